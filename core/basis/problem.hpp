// What is wrong with an input: all of it at once.
#pragma once

#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace pensim {

/// One fault of an input. `where` is a JSON pointer or "file:line:column"; `what` names the value
/// and says what was expected, with the nearest valid name where there is one.
struct Problem {
    std::string where;
    std::string what;
    friend bool operator==(Problem const&, Problem const&) = default;
};

using Problems = std::vector<Problem>;

/// A value, or every problem that was found on the way to it.
template <class T>
using Result = tl::expected<T, Problems>;

} // namespace pensim

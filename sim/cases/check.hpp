// Expectations of a case against what the law gives.
#pragma once

#include <string>
#include <vector>

#include "sim/input/json_document.hpp"

namespace pensim::cases {

/// One field that came out otherwise.
struct Difference {
    std::string field; ///< "transfers/0/account"
    std::string expected;
    std::string found;
};

/// Compares the fields that `expected` names, just these. Objects compare by the expected members
/// (months_by_area by all of its members), lists item by item and in length, numbers by value.
[[nodiscard]] std::vector<Difference> compare(input::JsonValue const& expected,
                                              input::JsonValue const& found);

/// Names in `expected` that no outcome has.
void check_expectation(input::JsonValue const& expected,
                       std::string const& pointer,
                       Problems& problems);

/// Short JSON text of a value.
[[nodiscard]] std::string to_json(input::JsonValue const& value);

} // namespace pensim::cases

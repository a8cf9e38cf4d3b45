// A person's story: each step with its month, amount, law and article, and what would have been
// decided otherwise.
#pragma once

#include <string>
#include <vector>

#include "sim/cases/decide_case.hpp"
#include "sim/story/line.hpp"

namespace pensim::story {

/// The story line by line. The case must have no problems; those that the walk finds are added to
/// it, and then there are no lines. `pointer` is the person's.
[[nodiscard]] std::vector<Line>
lines(cases::Law const& law, cases::Case& person, std::string const& pointer, Language language);

/// The same as text; empty when there are no lines.
[[nodiscard]] std::string
tell(cases::Law const& law, cases::Case& person, std::string const& pointer, Language language);

} // namespace pensim::story

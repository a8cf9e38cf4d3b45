// A person's story: each step with its month, amount, law and article, and what would have been
// decided otherwise.
#pragma once

#include <string>

#include "sim/cases/decide_case.hpp"
#include "sim/story/words.hpp"

namespace pensim::story {

/// The story as text. The case must have no problems; those that the walk finds are added to it,
/// and then the text is empty. `pointer` is the person's.
[[nodiscard]] std::string
tell(cases::Law const& law, cases::Case& person, std::string const& pointer, Language language);

} // namespace pensim::story

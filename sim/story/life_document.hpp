// A life as the document behind a page (pensim/page/1, kind "life"): the answer, the main figures,
// the records as bars of a timeline with what happened as marks, the story in both languages, the
// rules and texts.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sim/cases/decide_case.hpp"
#include "sim/story/words.hpp"

namespace pensim::story {

/// What the page says of its own making.
struct Reproduction {
    std::string command; ///< that makes the page again
    std::vector<std::pair<Words, std::string>> facts;
};

/// JSON on one line. `language` is the one that the page opens in. The case must have no problems;
/// those that the walk finds are added to it, and then the document is empty. `pointer` is the
/// person's. Amounts are yuan of the one life, exact to the fen.
[[nodiscard]] std::string life_document(cases::Law const& law,
                                        cases::Case& person,
                                        std::string const& pointer,
                                        Language language,
                                        Reproduction const& reproduction);

/// The title of such a page, plain text.
[[nodiscard]] std::string life_title(cases::Case const& person, Language language);

} // namespace pensim::story

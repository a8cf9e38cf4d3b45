// What a life's page says first: which province pays and why, what money moved, the main figures.
#pragma once

#include <string>
#include <vector>

#include "core/record/life.hpp"
#include "core/record/outcome.hpp"
#include "sim/story/page.hpp"

namespace pensim::story {

/// One or two sentences in the language of the page.
[[nodiscard]] std::string answer(Page const& page, Life const& life, Outcome const& outcome);

struct Headline {
    std::string label;
    std::string value; ///< with its unit
    std::string note;  ///< may be empty
};
/// The figures that the outcome has; the same ones in every language.
[[nodiscard]] std::vector<Headline> headlines(Page const& page, Outcome const& outcome);

struct PersonFact {
    std::string label;
    std::string value;
};
/// Who the person is to the law.
[[nodiscard]] std::vector<PersonFact> person_facts(Page const& page, Life const& life);

} // namespace pensim::story

// The story of one person: of a case file, or of a scenario.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/job/scenario_setup.hpp"
#include "sim/story/words.hpp"

namespace pensim::job {

struct ExplainAsked {
    Setting setting;
    std::string source;          ///< cases or a scenario, by name or file
    std::string cases_text{};    ///< when not empty: of a file of cases that is called `source`
    std::string scenario_text{}; ///< when not empty: of a scenario that is called `source`
    std::string person{};        ///< an id; of a scenario a number; empty: the only one
    std::uint32_t replicate = 0; ///< of a scenario
    std::string seed{};          ///< of a scenario; empty: its own
};

/// What is wanted of it.
struct StoryForms {
    story::Language language = story::Language::en;
    bool text = true;
    bool page = false;                ///< HTML
    std::vector<std::string> words{}; ///< of the command line, for the page
};
struct Story {
    std::string text;
    std::string page;
};
/// Throws WrongInput.
[[nodiscard]] Story explain(ExplainAsked const& asked, StoryForms const& forms);

} // namespace pensim::job

// The simplest lives that show each kind of change: as cases under both rule sets, with the
// outcomes that `check` then expects, and the story of each.
#pragma once

#include <string>
#include <vector>

#include "sim/reform/reform_set.hpp"
#include "sim/story/words.hpp"

namespace pensim::reform {

struct WitnessFile {
    std::string name;
    std::string text;
};

struct WitnessLine {
    std::string reform;
    std::string change; ///< "benefit_area: longest -> last_qualified"
    std::string id;     ///< of the person in the files
};

struct Witnesses {
    std::vector<WitnessFile> files;
    std::vector<WitnessLine> lines;
};

/// For each reform `witnesses-<reform>-before.json` and `-after.json` (pensim/cases/1), and
/// `witnesses-<reform>.txt` with the stories; beside them the rule sets that are no shipped ones.
[[nodiscard]] Witnesses witnesses_of(Comparison const& comparison,
                                     ComparisonPlan const& plan,
                                     ReformSet const& reforms,
                                     story::Language language);

/// "benefit_area: longest -> last_qualified".
[[nodiscard]] std::string kind_text(engine::WitnessKind const& kind);

} // namespace pensim::reform

// The simplest lives that show each kind of change: as cases under both rule sets, with the
// outcomes that `check` then expects, and the story of each.
#pragma once

#include <string>
#include <vector>

#include "sim/reform/reform_set.hpp"
#include "sim/report/labels.hpp"
#include "sim/story/line.hpp"

namespace pensim::reform {

struct WitnessFile {
    std::string name;
    std::string text;
};

/// A story under one rule set, in either language: line by line the same.
struct WitnessStory {
    std::vector<story::Line> en;
    std::vector<story::Line> zh;
};

struct WitnessLine {
    std::string reform;
    std::string change; ///< "benefit_area: longest -> last_qualified"
    std::string id;     ///< of the person in the files
    engine::WitnessKind kind;
    WitnessStory before;
    WitnessStory after;
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
/// The same for people: "Benefit location: the longest → the last other area with enough months".
[[nodiscard]] report::Bilingual kind_label(engine::WitnessKind const& kind);

} // namespace pensim::reform

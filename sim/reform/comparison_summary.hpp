// A comparison at a glance, for the terminal: who changes and how, who wins and loses, what moves,
// which parameters do it. Figures stand for the scenario's people, not for the simulated lives.
#pragma once

#include "sim/reform/witnesses.hpp"
#include "sim/report/text_grid.hpp"

namespace pensim::reform {

struct ComparisonFacts {
    report::SummaryLanguage language = report::SummaryLanguage::en;
    double seconds = 0;
    int threads = 0;
    report::Ink ink = report::Ink::plain;
};

[[nodiscard]] std::string summary_of(Comparison const& comparison,
                                     ComparisonPlan const& plan,
                                     ReformSet const& reforms,
                                     Witnesses const& witnesses,
                                     ComparisonFacts const& facts);

} // namespace pensim::reform

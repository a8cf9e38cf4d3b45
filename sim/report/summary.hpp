// A run at a glance, for the terminal: how many people, where they are paid and why, the largest
// flows, who gains and loses, how well targets are met, how long it took. Figures stand for the
// scenario's people, not for the simulated lives.
#pragma once

#include <cstdint>
#include <string>

#include "sim/report/run_results.hpp"
#include "sim/report/text_grid.hpp"

namespace pensim::report {

struct SummaryFacts {
    SummaryLanguage language = SummaryLanguage::en;
    double seconds = 0; ///< for the lives that were run in them
    int threads = 0;    ///< of all processes
    Ink ink = Ink::plain;
    std::uint64_t lives_before = 0; ///< run before, and only read
};

[[nodiscard]] std::string summary_of(RunResults const& results,
                                     scenario::Simulation const& simulation,
                                     Table const& calibration,
                                     SummaryFacts const& facts);

} // namespace pensim::report

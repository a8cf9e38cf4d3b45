// How well a run meets what is known of the world: target, simulated, difference.
#pragma once

#include "sim/report/table.hpp"
#include "sim/scenario/simulation.hpp"

namespace pensim::report {

class RunResults;

/// One line a number. Shares are shares; people are weighted; errors of fits and forecasts have the
/// target 0 or none.
[[nodiscard]] Table calibration_table(RunResults const& results,
                                      scenario::Simulation const& simulation);

} // namespace pensim::report

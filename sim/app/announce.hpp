// Says beforehand what a long run will cost.
#pragma once

#include "sim/scenario/simulation.hpp"

namespace pensim::app {

/// From the time of one shard; on standard error. Silent about a short run.
void announce(scenario::Simulation const& simulation, int threads);

} // namespace pensim::app

// Scenarios ready to run, and what a benchmark counts.
#pragma once

#include <cstdint>
#include <string>

#include <benchmark/benchmark.h>

#include "sim/scenario/simulation.hpp"

namespace pensim::bench {

/// A shipped one, made ready once.
[[nodiscard]] scenario::Simulation const& simulation(std::string const& name);

/// Lives a second, of so many `each` iteration.
void count_lives(benchmark::State& state, std::uint64_t each);

} // namespace pensim::bench

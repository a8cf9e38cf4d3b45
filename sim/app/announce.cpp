#include "sim/app/announce.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/job/stopwatch.hpp"

namespace pensim::app {

namespace {

/// Bytes that a run keeps, roughly: books and flows of each thread and of the sum.
double memory_of(scenario::Simulation const& simulation, int threads) {
    auto const areas = static_cast<double>(simulation.tables.areas.size());
    auto const persons = static_cast<double>(simulation.scenario.run.persons);
    double const books = FundLedger::years() * areas * sizeof(AreaYear);
    double const cells = std::min(persons, 2.0 * areas * areas * FundLedger::years());
    double const buffers = 2.0 * (1U << 17U) * 32;
    double const each = books + cells * 2 * 32 + buffers;
    double const results = books * 6 + cells * 3 * 48;
    return (threads + 1) * each + results;
}

} // namespace

void announce(scenario::Simulation const& simulation, int threads) {
    constexpr std::uint64_t trial = 4096;
    constexpr double long_run = 20; // seconds
    scenario::RunSpec const& run = simulation.scenario.run;
    double const lives = static_cast<double>(run.persons) * run.replicates;
    if (lives < 100.0 * trial) {
        return;
    }
    job::Stopwatch const watch;
    engine::Tally tally(simulation.tables.areas.size(), simulation.watch);
    engine::LifeRunner runner(simulation.setup(), simulation.key(0), tally);
    for (std::uint64_t person = 0; person < trial; ++person) {
        static_cast<void>(runner.run(person));
    }
    double const seconds = watch.seconds() / trial * lives / threads;
    if (seconds >= long_run) {
        fmt::print(stderr,
                   "about {} and {:.0f} MiB on {} {}\n",
                   seconds < 120 ? fmt::format("{:.0f} s", seconds)
                                 : fmt::format("{:.0f} min", seconds / 60),
                   memory_of(simulation, threads) / (1024 * 1024),
                   threads,
                   threads == 1 ? "thread" : "threads");
    }
}

} // namespace pensim::app

// Full lives a second: drawn, through the law, booked, paid until death; every shipped scenario, on
// one and two threads; in vector lanes and the general way. And the parts of the general way:
// drawing alone, drawing and law without books.
#include <benchmark/benchmark.h>
#include <tbb/global_control.h>

#include "bench/support/simulations.hpp"

namespace pensim::bench {
namespace {

void run_scenario(benchmark::State& state, char const* name) {
    scenario::Simulation const& ready = simulation(name);
    auto const persons = static_cast<std::uint64_t>(state.range(0));
    tbb::global_control const threads(tbb::global_control::max_allowed_parallelism,
                                      static_cast<std::size_t>(state.range(1)));
    std::uint32_t replicate = 0;
    for (auto _ : state) {
        auto tally = engine::run_people(ready.setup(), ready.key(replicate++), {0, persons}, {});
        benchmark::DoNotOptimize(tally.people);
    }
    count_lives(state, persons);
}

constexpr std::int64_t persons = 200'000;
BENCHMARK_CAPTURE(run_scenario, hmt, "hmt")
    ->ArgNames({"persons", "threads"})
    ->Args({persons, 1})
    ->Args({persons, 2})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(run_scenario, foreigners, "foreigners")
    ->ArgNames({"persons", "threads"})
    ->Args({persons, 1})
    ->Args({persons, 2})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(run_scenario, national, "national")
    ->ArgNames({"persons", "threads"})
    ->Args({10'000, 1})
    ->Args({persons, 1})
    ->Args({persons, 2})
    ->Args({5 * persons, 2})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(run_scenario, country400, "country400")
    ->ArgNames({"persons", "threads"})
    ->Args({persons, 1})
    ->Args({persons, 2})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

/// The same lives in vector lanes and the general way (engine::Setup::lanes).
void run_in_lanes(benchmark::State& state) {
    scenario::Simulation const& ready = simulation("national");
    tbb::global_control const threads(tbb::global_control::max_allowed_parallelism, 1);
    engine::Setup setup = ready.setup();
    setup.lanes = static_cast<int>(state.range(0));
    if (setup.lanes > lanes::widest_lanes()) {
        state.SkipWithError("this machine has no vectors as wide");
        return;
    }
    for (auto _ : state) {
        auto tally = engine::run_people(setup, ready.key(0), {0, persons}, {});
        benchmark::DoNotOptimize(tally.people);
    }
    count_lives(state, persons);
}
BENCHMARK(run_in_lanes)
    ->ArgName("lanes")
    ->Arg(0)
    ->Arg(4)
    ->Arg(8)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void draw_only(benchmark::State& state) {
    scenario::Simulation const& ready = simulation("national");
    world::LifeDrawer drawer(ready.world, ready.law->context(), ready.limits);
    std::uint64_t person = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(drawer.draw(ready.key(0), person++).life.records.size());
    }
    count_lives(state, 1);
}
BENCHMARK(draw_only);

void draw_and_law(benchmark::State& state) {
    scenario::Simulation const& ready = simulation("national");
    world::LifeDrawer drawer(ready.world, ready.law->context(), ready.limits);
    law::LawContext const context = ready.law->context();
    law::Walk walk;
    law::SilentListener nobody;
    std::uint64_t person = 0;
    for (auto _ : state) {
        Life const& life = drawer.draw(ready.key(0), person++).life;
        law::Timeline(context, life, walk, nobody).run();
        benchmark::DoNotOptimize(walk.months_total);
    }
    count_lives(state, 1);
}
BENCHMARK(draw_and_law);

void full_life(benchmark::State& state) {
    scenario::Simulation const& ready = simulation("national");
    engine::Tally tally(ready.tables.areas.size(), ready.watch);
    engine::LifeRunner runner(ready.setup(), ready.key(0), tally);
    std::uint64_t person = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(runner.run(person++).paid_out);
    }
    count_lives(state, 1);
}
BENCHMARK(full_life);

} // namespace
} // namespace pensim::bench

// What other rules cost beside one run of the same people: a sweep of eleven settings, and a
// comparison with one reform; on one and two threads. `*_over_run` time both in turns: `ratio` is
// the time of all settings over that of the run, `lives_each` how many lives a person was run for.
#include "sim/reform/sweep.hpp"

#include <chrono>
#include <map>
#include <memory>

#include <benchmark/benchmark.h>
#include <tbb/global_control.h>

#include "sim/reform/reform_set.hpp"
#include "sim/scenario/scenario_json.hpp"

#include "bench/support/careers.hpp"

namespace pensim::bench {
namespace {

constexpr std::uint64_t persons =
    1'000'000; ///< what samples cost whatever they hold is little then

scenario::Simulation const& simulation(std::string const& name) {
    static std::map<std::string, std::unique_ptr<scenario::Simulation>> ready;
    auto& found = ready[name];
    if (!found) {
        auto loaded = scenario::load_scenario(name, tables()).value();
        loaded.run.persons = persons;
        loaded.run.replicates = 1;
        found = scenario::prepare(std::move(loaded), {}, {}).value();
    }
    return *found;
}

reform::Sweep sweep_of(char const* scenario, char const* setting) {
    return reform::Sweep::make(
               simulation(scenario), {reform::parse_axis(setting).value()}, std::nullopt)
        .value();
}

tbb::global_control threads_of(benchmark::State const& state) {
    return {tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(state.range(0))};
}

template <class Work>
double seconds_of(Work const& work) {
    auto const start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void run_alone(scenario::Simulation const& ready) {
    auto tally = engine::run_people(ready.setup(), ready.key(0), {0, persons}, {});
    benchmark::DoNotOptimize(tally.people);
}

/// The plan and the run of its baseline in turns.
void time_over_run(benchmark::State& state, reform::ComparisonPlan const& plan) {
    auto const threads = threads_of(state);
    double of_plan = 0;
    double of_run = 0;
    double lives_each = 0;
    for (auto _ : state) {
        of_run += seconds_of([&] { run_alone(plan.simulation); });
        of_plan += seconds_of([&] {
            auto const comparison = compare(plan);
            lives_each =
                static_cast<double>(comparison.lives_run) / static_cast<double>(comparison.people);
        });
    }
    state.counters["settings"] = static_cast<double>(plan.reforms.size());
    state.counters["lives_each"] = lives_each;
    state.counters["ratio"] = of_plan / of_run;
}

void sweep_11_settings(benchmark::State& state, char const* scenario, char const* setting) {
    auto const threads = threads_of(state);
    auto const sweep = sweep_of(scenario, setting);
    auto const plan = sweep.plan();
    for (auto _ : state) {
        auto const comparison = compare(plan);
        benchmark::DoNotOptimize(comparison.lives_run);
    }
}

void run_baseline(benchmark::State& state, char const* scenario) {
    auto const threads = threads_of(state);
    scenario::Simulation const& ready = simulation(scenario);
    for (auto _ : state) {
        run_alone(ready);
    }
}

void sweep_over_run(benchmark::State& state, char const* scenario, char const* setting) {
    auto const sweep = sweep_of(scenario, setting);
    time_over_run(state, sweep.plan());
}

void compare_over_run(benchmark::State& state, char const* scenario, char const* rules) {
    auto const reforms = reform::ReformSet::load(simulation(scenario), {rules}).value();
    time_over_run(state, reforms.plan());
}

void on_one_and_two_threads(benchmark::internal::Benchmark* benchmark) {
    benchmark->ArgName("threads")->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);
}

constexpr char const* months = "place.min_months=60:180:12";
constexpr char const* rate = "transfer.pooled_rate=0:0.2:0.02"; // every move of money differs

BENCHMARK_CAPTURE(run_baseline, hmt, "hmt")->Apply(on_one_and_two_threads);
BENCHMARK_CAPTURE(sweep_11_settings, hmt_min_months, "hmt", months)->Apply(on_one_and_two_threads);
BENCHMARK_CAPTURE(sweep_over_run, hmt_min_months, "hmt", months)->Apply(on_one_and_two_threads);
BENCHMARK_CAPTURE(sweep_over_run, hmt_pooled_rate, "hmt", rate)->Apply(on_one_and_two_threads);
BENCHMARK_CAPTURE(compare_over_run, hmt_five_years, "hmt", "five-years")
    ->Apply(on_one_and_two_threads);

BENCHMARK_CAPTURE(run_baseline, national, "national")->Apply(on_one_and_two_threads);
BENCHMARK_CAPTURE(sweep_11_settings, national_min_months, "national", months)
    ->Apply(on_one_and_two_threads);
BENCHMARK_CAPTURE(sweep_over_run, national_min_months, "national", months)
    ->Apply(on_one_and_two_threads);
BENCHMARK_CAPTURE(sweep_over_run, national_pooled_rate, "national", rate)
    ->Apply(on_one_and_two_threads);
BENCHMARK_CAPTURE(compare_over_run, national_five_years, "national", "five-years")
    ->Apply(on_one_and_two_threads);

} // namespace
} // namespace pensim::bench

// What saving costs a long run: the same people in one go, and in stretches whose finished work is
// written every half second, thirty times as often as the program does unless told.
#include <filesystem>

#include <benchmark/benchmark.h>

#include "sim/resume/people_run.hpp"

#include "bench/support/simulations.hpp"

namespace pensim::bench {
namespace {

constexpr std::uint64_t persons = 2'000'000;
constexpr std::uint64_t shard = 4096;

void in_one_go(benchmark::State& state, char const* name) {
    scenario::Simulation const& ready = simulation(name);
    for (auto _ : state) {
        auto tally = engine::run_people(ready.setup(), ready.key(0), {0, persons, shard}, {});
        benchmark::DoNotOptimize(tally.people);
    }
    count_lives(state, persons);
}

void with_saving(benchmark::State& state, char const* name) {
    scenario::Simulation const& ready = simulation(name);
    auto const folder = std::filesystem::temp_directory_path() / "pensim-resume-bench";
    ranks::Ranks ranks;
    for (auto _ : state) {
        resume::SavedRun saved({folder.string(), "{}", std::chrono::milliseconds(500)});
        resume::PeopleRun run(ready, ranks, &saved, {});
        auto tally = run.run({0, 0, persons}, shard, {});
        benchmark::DoNotOptimize(tally.people);
        std::uintmax_t bytes = 0;
        for (auto const& file : std::filesystem::directory_iterator(folder)) {
            bytes += file.file_size();
        }
        state.counters["MB"] = static_cast<double>(bytes) / 1e6;
        saved.remove();
    }
    count_lives(state, persons);
}

BENCHMARK_CAPTURE(in_one_go, national, "national")->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(with_saving, national, "national")->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(in_one_go, country400, "country400")
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(with_saving, country400, "country400")
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

} // namespace
} // namespace pensim::bench

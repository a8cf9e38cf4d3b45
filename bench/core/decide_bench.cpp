// Persons per second of the law alone: lives in memory, one decider a thread.
#include <vector>

#include <benchmark/benchmark.h>

#include "bench/support/careers.hpp"

namespace pensim::bench {
namespace {

std::vector<Life> const& careers() {
    static std::vector<Life> const drawn = [] {
        std::vector<Life> lives;
        constexpr std::uint64_t count = 4096;
        for (std::uint64_t number = 0; number < count; ++number) {
            lives.push_back(career(number));
        }
        return lives;
    }();
    return drawn;
}

void decide(benchmark::State& state) {
    auto const& lives = careers();
    law::Decider decider = law().decider();
    std::size_t next = static_cast<std::size_t>(state.thread_index()) * 1000;
    std::int64_t months = 0;
    for (auto _ : state) {
        bool const decided = decider.decide(lives[next++ % lives.size()]);
        benchmark::DoNotOptimize(decided);
        months += decider.outcome().months_total;
    }
    state.counters["persons"] =
        benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
    state.counters["months"] =
        benchmark::Counter(static_cast<double>(months), benchmark::Counter::kIsRate);
}
BENCHMARK(decide)->Threads(1)->Threads(2)->UseRealTime();

} // namespace
} // namespace pensim::bench

// Persons per second of `decide --persons --records -o`: read, decide and write, by threads.
#include <filesystem>

#include <benchmark/benchmark.h>
#include <tbb/global_control.h>

#include "sim/cases/case_csv.hpp"

#include "bench/support/careers.hpp"

namespace pensim::bench {
namespace {

constexpr std::uint64_t persons = 100'000;

void decide_csv(benchmark::State& state) {
    static CareerFiles const files(persons);
    auto const threads = static_cast<int>(state.range(0));
    tbb::global_control const limit(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(threads));
    cases::CsvJob job;
    job.persons = files.folder() + "/persons.csv";
    job.records = files.folder() + "/records.csv";
    job.output = cases::CsvOutput::folder;
    job.folder = files.folder() + "/out";
    job.threads = threads;
    for (auto _ : state) {
        auto const summary = cases::decide_csv(law(), job);
        if (!summary || summary->errors > 0) {
            state.SkipWithError("the careers have faults");
            break;
        }
        state.PauseTiming();
        std::filesystem::remove_all(job.folder);
        state.ResumeTiming();
    }
    state.counters["persons"] =
        benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(persons),
                           benchmark::Counter::kIsRate);
}
BENCHMARK(decide_csv)
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

} // namespace
} // namespace pensim::bench

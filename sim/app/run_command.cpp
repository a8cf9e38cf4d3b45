#include <chrono>
#include <ctime>

#include <fmt/format.h>
#include <tbb/global_control.h>

#include "sim/app/commands.hpp"
#include "sim/input/interrupt.hpp"
#include "sim/input/output_folder.hpp"
#include "sim/input/progress.hpp"
#include "sim/report/manifest.hpp"
#include "sim/report/run_scenario.hpp"
#include "sim/report/summary.hpp"

namespace pensim::app {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string now_utc() {
    std::time_t const now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
                       parts.tm_year + 1900,
                       parts.tm_mon + 1,
                       parts.tm_mday,
                       parts.tm_hour,
                       parts.tm_min,
                       parts.tm_sec);
}

void write_folder(std::string const& folder,
                  scenario::Simulation const& simulation,
                  report::RunResults const& results,
                  std::vector<report::Table> const& tables,
                  report::ManifestFacts const& facts) {
    input::OutputFolder out(folder);
    std::vector<report::TableDigest> digests;
    for (report::Table const& table : tables) {
        std::string const text = report::csv_of(table);
        digests.push_back({table.name + ".csv", table.rows, report::sha256(text)});
        out.write(out.add(digests.back().file), text);
    }
    out.write(out.add("manifest.json"), report::manifest_json(simulation, results, digests, facts));
    out.finish();
}

} // namespace

int run(RunCommandOptions const& options) {
    if (!options.output.empty()) {
        if (auto problems = input::OutputFolder::check(options.output); !problems.empty()) {
            throw WrongInput(std::move(problems));
        }
    }
    int const threads = thread_count(options.scenario.threads);
    tbb::global_control const limit(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(threads));
    input::remember_interrupts();
    auto const simulation = load_simulation(options.scenario);
    scenario::RunSpec const& spec = simulation->scenario.run;
    report::RunOptions run_options;
    if (!options.until.empty()) {
        run_options.until =
            value_or_throw(report::parse_precision(options.until, simulation->tables.areas));
    }
    report::ManifestFacts facts;
    facts.version = PENSIM_VERSION;
    facts.until = options.until;
    facts.data_folder = options.scenario.setting.data_folder;
    facts.clock.started = now_utc();
    facts.clock.threads = threads;
    auto const start = Clock::now();
    auto outcome = [&] {
        std::uint64_t const total = spec.persons * spec.replicates;
        input::Progress progress("lives", total);
        std::uint64_t done = 0;
        run_options.progressed = [&](std::uint64_t persons) {
            done += persons;
            progress.update(done, done);
        };
        return report::run_scenario(*simulation, run_options);
    }();
    facts.clock.seconds = seconds_since(start);
    auto const tables = report::tables_of(outcome.results, *simulation);
    if (!options.output.empty()) {
        write_folder(options.output, *simulation, outcome.results, tables, facts);
    }
    Results text("");
    text.write(report::summary_of(
        outcome.results,
        *simulation,
        tables.back(),
        {options.language == "zh" ? report::SummaryLanguage::zh : report::SummaryLanguage::en,
         facts.clock.seconds,
         threads}));
    text.finish();
    return exit_done;
}

} // namespace pensim::app

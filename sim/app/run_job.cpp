#include "sim/app/run_job.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/app/stopwatch.hpp"
#include "sim/input/progress.hpp"
#include "sim/report/calibration.hpp"
#include "sim/report/microdata.hpp"
#include "sim/report/network_files.hpp"

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

/// Says beforehand what a long run will cost, from the time of one shard.
void announce(scenario::Simulation const& simulation, int threads) {
    constexpr std::uint64_t trial = 4096;
    constexpr double long_run = 20; // seconds
    scenario::RunSpec const& run = simulation.scenario.run;
    double const lives = static_cast<double>(run.persons) * run.replicates;
    if (lives < 100.0 * trial) {
        return;
    }
    Stopwatch const watch;
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

/// people.csv.gz on its way into a folder (or only into its digest).
class PeopleFile {
  public:
    PeopleFile(scenario::Simulation const& simulation, input::OutputFolder* folder)
        : simulation_(simulation), folder_(folder) {
        if (folder_ != nullptr) {
            file_ = folder_->add(name);
        }
        take(report::microdata_head(), report::gzipped(report::microdata_head()));
    }
    engine::RowSink const* rows_of(std::uint32_t replicate) {
        sink_.append = [this, replicate](std::string& out,
                                         std::uint64_t person,
                                         engine::LifeResult const& result) {
            report::append_person(out, replicate, person, result, simulation_);
        };
        sink_.pack = [](std::string_view text) { return report::gzipped(text); };
        sink_.take = [this](std::string const& text, std::string const& packed) {
            take(text, packed);
        };
        return &sink_;
    }
    report::TableDigest finish(std::int64_t rows) {
        return {name, static_cast<std::size_t>(rows), digest_.finish()};
    }

  private:
    static constexpr char const* name = "people.csv.gz";
    void take(std::string_view text, std::string_view packed) {
        digest_.add(text);
        if (folder_ != nullptr) {
            folder_->write(file_, packed);
        }
    }
    scenario::Simulation const& simulation_;
    input::OutputFolder* folder_;
    std::size_t file_ = 0;
    report::Digest digest_;
    engine::RowSink sink_;
};

} // namespace

JobResult run_job(scenario::Simulation const& simulation,
                  JobOptions const& options,
                  input::OutputFolder* folder) {
    scenario::RunSpec const& run = simulation.scenario.run;
    report::RunOptions run_options;
    if (!options.until.empty()) {
        run_options.until =
            value_or_throw(report::parse_precision(options.until, simulation.tables.areas));
    }
    report::ManifestFacts facts{
        PENSIM_VERSION, options.until, options.data_folder, options.microdata, {}};
    facts.suppress_below = options.suppress_below;
    run_options.suppress_below = options.suppress_below;
    facts.clock.threads = options.threads;
    announce(simulation, options.threads);
    std::optional<PeopleFile> people;
    if (options.microdata) {
        people.emplace(simulation, folder);
        run_options.rows = [&](std::uint32_t replicate) { return people->rows_of(replicate); };
    }
    Stopwatch const watch;
    std::uint64_t done = 0;
    input::Progress progress("lives", run.persons * run.replicates);
    run_options.progressed = [&](std::uint64_t persons) {
        done += persons;
        progress.update(done, done);
    };
    JobResult result{report::run_scenario(simulation, run_options), {}, {}, std::move(facts)};
    result.facts.clock.started = watch.started();
    result.facts.clock.seconds = watch.seconds();
    if (options.tables) {
        result.tables = report::tables_of(result.outcome.results, simulation);
    } else {
        result.tables.push_back(report::calibration_table(result.outcome.results, simulation));
    }
    for (report::Table const& table : result.tables) {
        std::string const text = report::csv_of(table);
        result.digests.push_back({table.name + ".csv", table.rows, report::sha256(text)});
        if (folder != nullptr) {
            folder->write(folder->add(result.digests.back().file), text);
        }
    }
    if (people) {
        result.digests.push_back(people->finish(result.outcome.results.people()));
    }
    if (folder != nullptr) {
        for (auto const& [name, text] :
             report::network_files(result.outcome.results, simulation, options.graph_years)) {
            folder->write(folder->add(name), text);
        }
        folder->write(folder->add("manifest.json"),
                      report::manifest_json(
                          simulation, result.outcome.results, result.digests, result.facts));
    }
    return result;
}

} // namespace pensim::app

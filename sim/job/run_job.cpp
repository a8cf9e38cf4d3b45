#include "sim/job/run_job.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "sim/job/presented.hpp"
#include "sim/job/stopwatch.hpp"
#include "sim/job/version.hpp"
#include "sim/job/wrong_input.hpp"
#include "sim/report/calibration.hpp"
#include "sim/report/microdata.hpp"
#include "sim/report/network_files.hpp"
#include "sim/resume/people_run.hpp"

namespace pensim::job {

namespace {

constexpr char const* people_file = "people.csv.gz";

/// people.csv.gz on its way into a folder, or kept, or only into its digest; beside it the table.
class PeopleFile {
  public:
    PeopleFile(scenario::Simulation const& simulation,
               input::OutputFolder* folder,
               KeptPeople* kept)
        : simulation_(simulation), folder_(folder), kept_(kept) {
        if (folder_ != nullptr) {
            file_ = folder_->add(people_file);
        }
        if (kept_ != nullptr) {
            rows_.emplace(simulation);
        }
        take(report::microdata_head(), report::gzipped(report::microdata_head()));
    }
    engine::RowSink const* rows_of(std::uint32_t replicate) {
        sink_.append = [this, replicate](std::string& out,
                                         std::uint64_t person,
                                         engine::LifeResult const& result) {
            report::append_person(out, replicate, person, result, simulation_);
            if (rows_) {
                rows_->put(replicate, person, result);
            }
        };
        sink_.pack = [](std::string_view text) { return report::gzipped(text); };
        sink_.take = [this](std::string const& text, std::string const& packed) {
            take(text, packed);
        };
        return &sink_;
    }
    report::TableDigest finish(std::int64_t rows) {
        if (rows_) {
            kept_->table = rows_->finish(static_cast<std::size_t>(rows));
        }
        return {people_file, static_cast<std::size_t>(rows), digest_.finish()};
    }

  private:
    void take(std::string_view text, std::string_view packed) {
        digest_.add(text);
        if (folder_ != nullptr) {
            folder_->write(file_, packed);
        }
        if (kept_ != nullptr) {
            kept_->packed += packed;
        }
    }
    scenario::Simulation const& simulation_;
    input::OutputFolder* folder_;
    KeptPeople* kept_;
    std::optional<report::PeopleRows> rows_;
    std::size_t file_ = 0;
    report::Digest digest_;
    engine::RowSink sink_;
};

report::ManifestFacts facts_of(JobOptions const& options) {
    report::ManifestFacts facts{
        std::string(version()), options.until, options.data_folder, options.microdata, {}};
    facts.suppress_below = options.suppress_below;
    return facts;
}

/// What stands in the folder beside the tables.
void write_more(input::OutputFolder& folder,
                scenario::Simulation const& simulation,
                JobOptions const& options,
                JobResult const& result) {
    for (auto const& [name, text] :
         report::network_files(result.outcome.results, simulation, options.graph_years)) {
        folder.write(folder.add(name), text);
    }
    folder.write(folder.add("manifest.json"), manifest_of(simulation, result));
}

/// On one or more ranks; with what was saved, and saving what is done.
report::RunOutcome run_people(scenario::Simulation const& simulation,
                              JobOptions const& options,
                              report::RunOptions& run_options) {
    if (options.ranks == nullptr) {
        return report::run_scenario(simulation, run_options);
    }
    ranks::Ranks& ranks = *options.ranks;
    resume::PeopleRun run(simulation, ranks, options.saved, run_options.progressed);
    run_options.people = [&](engine::Stretch const& people,
                             std::uint64_t shard,
                             engine::RowsOfReplicate const& rows) {
        return run.run(people, shard, rows);
    };
    run_options.agree = [&](bool mine) { return !ranks.from_first(mine ? "reached" : "").empty(); };
    return report::run_scenario(simulation, run_options);
}

/// What only the scenario tells.
void check_scenario(RunAsked const& asked, scenario::Simulation const& simulation) {
    scenario::Scenario const& scenario = simulation.scenario;
    Problems problems;
    if (!asked.until.empty()) {
        auto const precision = report::parse_precision(asked.until, simulation.tables.areas);
        problems = precision ? Problems{} : precision.error();
    }
    for (int const year : asked.graph_years) {
        if (year < scenario.horizon.first || year > scenario.horizon.last) {
            problems.push_back(
                {"--graph-year",
                 fmt::format("{}: expected a year of the scenario's horizon, {} to {}",
                             year,
                             scenario.horizon.first,
                             scenario.horizon.last)});
        }
    }
    if (asked.suppress_below > 0 && scenario.run.replicates > 1) {
        problems.push_back(
            {"--suppress-below",
             fmt::format("expected one replicate, not {}: means over replicates are no numbers of "
                         "people; --replicates 1",
                         scenario.run.replicates)});
    }
    if (asked.suppress_below > 0 && scenario.microdata) {
        problems.push_back({asked.scenario.scenario,
                            "asks for microdata, which show single people; --suppress-below is "
                            "to hide them"});
    }
    if (!problems.empty()) {
        throw WrongInput(std::move(problems));
    }
}

} // namespace

Problems problems_of(RunAsked const& asked) {
    Problems problems;
    if (asked.suppress_below > 0 && asked.microdata) {
        problems.push_back(
            {"--microdata", "shows single people, which --suppress-below is to hide"});
    }
    return problems;
}

std::unique_ptr<scenario::Simulation> load_simulation(RunAsked const& asked, ThreadLimit& threads) {
    auto simulation = load_simulation(asked.scenario);
    threads.follow(simulation->scenario.run.threads);
    check_scenario(asked, *simulation);
    simulation->watch.behind = asked.suppress_below > 0;
    return simulation;
}

JobOptions
job_of(RunAsked const& asked, scenario::Simulation const& simulation, ThreadLimit const& threads) {
    JobOptions job;
    job.until = asked.until;
    job.microdata = asked.microdata || (simulation.scenario.microdata && asked.files);
    job.suppress_below = asked.suppress_below;
    job.tables = asked.files;
    job.graph_years = asked.graph_years;
    job.threads = threads.threads();
    if (!asked.scenario.setting.data_folder.empty()) {
        job.data_folder = std::filesystem::absolute(asked.scenario.setting.data_folder).string();
    }
    return job;
}

std::string identity_of(scenario::Simulation const& simulation, JobOptions const& options) {
    return report::run_identity_json(simulation, facts_of(options));
}

JobResult run_job(scenario::Simulation const& simulation,
                  JobOptions const& options,
                  input::OutputFolder* folder,
                  input::OnProgress const& progressed) {
    scenario::RunSpec const& run = simulation.scenario.run;
    report::RunOptions run_options;
    if (!options.until.empty()) {
        run_options.until =
            value_or_throw(report::parse_precision(options.until, simulation.tables.areas));
    }
    report::ManifestFacts facts = facts_of(options);
    run_options.suppress_below = options.suppress_below;
    int const processes = options.ranks != nullptr ? options.ranks->size() : 1;
    facts.clock.threads = options.threads * processes;
    std::optional<KeptPeople> kept;
    std::optional<PeopleFile> people;
    if (options.microdata) {
        people.emplace(simulation, folder, options.keep_people ? &kept.emplace() : nullptr);
        run_options.rows = [&](std::uint32_t replicate) { return people->rows_of(replicate); };
    }
    Stopwatch const watch;
    std::uint64_t const found = options.saved != nullptr ? options.saved->lives_found() : 0;
    std::uint64_t const lives = run.persons * run.replicates - found;
    std::uint64_t done = 0;
    run_options.progressed = [&](std::uint64_t persons) {
        done += persons;
        if (progressed) {
            progressed(done, lives, done);
        }
    };
    JobResult result{run_people(simulation, options, run_options), {}, {}, std::move(facts), {}};
    result.facts.clock.started = watch.started();
    result.facts.clock.seconds = watch.seconds();
    if (options.ranks != nullptr && !options.ranks->first()) {
        return result;
    }
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
    result.people = std::move(kept);
    if (folder != nullptr) {
        write_more(*folder, simulation, options, result);
    }
    return result;
}

void write_tables(input::OutputFolder& folder,
                  scenario::Simulation const& simulation,
                  JobOptions const& options,
                  JobResult const& result) {
    if (result.people) {
        folder.write(folder.add(people_file), result.people->packed);
    }
    for (report::Table const& table : result.tables) {
        folder.write(folder.add(table.name + ".csv"), report::csv_of(table));
    }
    write_more(folder, simulation, options, result);
}

std::string manifest_of(scenario::Simulation const& simulation, JobResult const& result) {
    return report::manifest_json(simulation, result.outcome.results, result.digests, result.facts);
}

report::Presentation presentation_of(scenario::Simulation const& simulation,
                                     JobResult const& result,
                                     std::vector<std::string> const& words) {
    return report::presentation_of(result.outcome.results,
                                   simulation,
                                   result.tables,
                                   {command_text(words), result.digests, result.facts});
}

} // namespace pensim::job

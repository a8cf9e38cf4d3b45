#include <filesystem>

#include <fmt/format.h>

#include "sim/app/commands.hpp"
#include "sim/app/presented.hpp"
#include "sim/app/run_job.hpp"
#include "sim/app/thread_limit.hpp"
#include "sim/input/interrupt.hpp"
#include "sim/report/summary.hpp"

namespace pensim::app {

namespace {

void check_usage(RunCommandOptions const& options) {
    Problems problems;
    if (!options.output.empty()) {
        problems = input::OutputFolder::check(options.output);
    } else if (options.microdata) {
        problems.push_back({"--microdata", "needs -o, the folder that people.csv.gz goes to"});
    }
    if (options.output.empty() && !options.graph_years.empty()) {
        problems.push_back({"--graph-year", "needs -o, the folder that the files go to"});
    }
    if (options.suppress_below > 0 && options.microdata) {
        problems.push_back(
            {"--microdata", "shows single people, which --suppress-below is to hide"});
    }
    if (!problems.empty()) {
        throw WrongInput(std::move(problems));
    }
}

/// What only the scenario tells.
void check_scenario(scenario::Simulation const& simulation, RunCommandOptions const& options) {
    scenario::Scenario const& scenario = simulation.scenario;
    Problems problems;
    for (int const year : options.graph_years) {
        if (year < scenario.horizon.first || year > scenario.horizon.last) {
            problems.push_back(
                {"--graph-year",
                 fmt::format("{}: expected a year of the scenario's horizon, {} to {}",
                             year,
                             scenario.horizon.first,
                             scenario.horizon.last)});
        }
    }
    if (options.suppress_below > 0 && scenario.run.replicates > 1) {
        problems.push_back(
            {"--suppress-below",
             fmt::format("expected one replicate, not {}: means over replicates are no numbers of "
                         "people; --replicates 1",
                         scenario.run.replicates)});
    }
    if (options.suppress_below > 0 && scenario.microdata) {
        problems.push_back({options.scenario.scenario,
                            "asks for microdata, which show single people; --suppress-below is "
                            "to hide them"});
    }
    if (!problems.empty()) {
        throw WrongInput(std::move(problems));
    }
}

JobOptions
job_of(RunCommandOptions const& options, scenario::Simulation const& simulation, int threads) {
    JobOptions job;
    job.until = options.until;
    job.microdata = options.microdata || (simulation.scenario.microdata && !options.output.empty());
    job.suppress_below = options.suppress_below;
    job.tables = !options.output.empty();
    job.graph_years = options.graph_years;
    job.threads = threads;
    if (!options.scenario.setting.data_folder.empty()) {
        job.data_folder = std::filesystem::absolute(options.scenario.setting.data_folder).string();
    }
    return job;
}

std::string list_of(input::OutputFolder const& folder, std::string const& path) {
    std::string text = fmt::format("\n{}{}:", path, path.ends_with('/') ? "" : "/");
    for (std::string const& name : folder.names()) {
        text += ' ' + name;
    }
    return text + '\n';
}

} // namespace

int run(RunCommandOptions const& options) {
    check_usage(options);
    ThreadLimit threads(options.scenario.threads);
    input::remember_interrupts();
    auto const simulation = load_simulation(options.scenario);
    threads.follow(simulation->scenario.run.threads);
    check_scenario(*simulation, options);
    simulation->watch.behind = options.suppress_below > 0;
    std::optional<input::OutputFolder> folder;
    if (!options.output.empty()) {
        folder.emplace(options.output);
    }
    JobResult const result = run_job(
        *simulation, job_of(options, *simulation, threads.threads()), folder ? &*folder : nullptr);
    auto const language =
        options.language == "zh" ? report::SummaryLanguage::zh : report::SummaryLanguage::en;
    if (folder && !options.no_report) {
        write_presentation(
            *folder,
            report::presentation_of(result.outcome.results,
                                    *simulation,
                                    result.tables,
                                    {command_text(options.words), result.digests, result.facts}),
            *simulation,
            language);
    }
    if (folder) {
        folder->finish();
    }
    Results text("");
    text.write(report::summary_of(
        result.outcome.results,
        *simulation,
        result.tables.back(),
        {language, result.facts.clock.seconds, threads.threads(), terminal_ink()}));
    if (folder) {
        text.write(list_of(*folder, options.output));
    }
    text.finish();
    if (!result.outcome.reached) {
        fmt::print(stderr,
                   "{}: not reached after {} replicates; --replicates allows more\n",
                   options.until,
                   result.outcome.results.replicates());
    }
    return exit_done;
}

} // namespace pensim::app

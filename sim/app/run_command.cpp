#include <optional>

#include <fmt/format.h>

#include "sim/app/announce.hpp"
#include "sim/app/commands.hpp"
#include "sim/input/interrupt.hpp"
#include "sim/input/progress.hpp"
#include "sim/job/presented.hpp"
#include "sim/job/run_job.hpp"
#include "sim/report/summary.hpp"

namespace pensim::app {

namespace {

job::RunAsked asked_of(RunCommandOptions const& options) {
    return {options.scenario,
            options.until,
            options.microdata,
            options.suppress_below,
            options.graph_years,
            !options.output.empty()};
}

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
    Problems const more = job::problems_of(asked_of(options));
    problems.insert(problems.end(), more.begin(), more.end());
    if (!problems.empty()) {
        throw WrongInput(std::move(problems));
    }
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
    job::RunAsked const asked = asked_of(options);
    ThreadLimit threads(options.scenario.threads);
    input::remember_interrupts();
    auto const simulation = job::load_simulation(asked, threads);
    std::optional<input::OutputFolder> folder;
    if (!options.output.empty()) {
        folder.emplace(options.output);
    }
    announce(*simulation, threads.threads());
    job::JobResult const result = job::run_job(*simulation,
                                               job::job_of(asked, *simulation, threads),
                                               folder ? &*folder : nullptr,
                                               input::shown_progress("lives"));
    auto const language =
        options.language == "zh" ? report::SummaryLanguage::zh : report::SummaryLanguage::en;
    if (folder && !options.no_report) {
        job::write_presentation(*folder,
                                job::presentation_of(*simulation, result, options.words),
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

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

/// Numbers of people are hidden where they are counted; means over replicates count nobody.
void hide_small(scenario::Simulation& simulation, RunCommandOptions const& options) {
    if (options.suppress_below == 0) {
        return;
    }
    if (simulation.scenario.run.replicates > 1) {
        throw WrongInput("--suppress-below",
                         fmt::format("expected one replicate, not {}: means over replicates are no "
                                     "numbers of people; --replicates 1",
                                     simulation.scenario.run.replicates));
    }
    if (simulation.scenario.microdata) {
        throw WrongInput(options.scenario.scenario,
                         "asks for microdata, which show single people; --suppress-below is to "
                         "hide them");
    }
    simulation.watch.behind = true;
}

void check_years(scenario::Simulation const& simulation, RunCommandOptions const& options) {
    scenario::Horizon const& horizon = simulation.scenario.horizon;
    Problems problems;
    for (int const year : options.graph_years) {
        if (year < horizon.first || year > horizon.last) {
            problems.push_back({"--graph-year",
                                fmt::format("{}: expected a year of the scenario's horizon, {} to "
                                            "{}",
                                            year,
                                            horizon.first,
                                            horizon.last)});
        }
    }
    if (options.output.empty() && !options.graph_years.empty()) {
        problems.push_back({"--graph-year", "needs -o, the folder that the files go to"});
    }
    if (!problems.empty()) {
        throw WrongInput(std::move(problems));
    }
}

} // namespace

int run(RunCommandOptions const& options) {
    if (!options.output.empty()) {
        if (auto problems = input::OutputFolder::check(options.output); !problems.empty()) {
            throw WrongInput(std::move(problems));
        }
    } else if (options.microdata) {
        throw WrongInput("--microdata", "needs -o, the folder that people.csv.gz goes to");
    }
    if (options.suppress_below > 0 && options.microdata) {
        throw WrongInput("--microdata", "shows single people, which --suppress-below is to hide");
    }
    ThreadLimit threads(options.scenario.threads);
    input::remember_interrupts();
    auto const simulation = load_simulation(options.scenario);
    threads.follow(simulation->scenario.run.threads);
    hide_small(*simulation, options);
    check_years(*simulation, options);
    JobOptions job;
    job.until = options.until;
    job.microdata =
        options.microdata || (simulation->scenario.microdata && !options.output.empty());
    job.suppress_below = options.suppress_below;
    job.tables = !options.output.empty();
    job.graph_years = options.graph_years;
    job.threads = threads.threads();
    if (!options.scenario.setting.data_folder.empty()) {
        job.data_folder = std::filesystem::absolute(options.scenario.setting.data_folder).string();
    }
    std::optional<input::OutputFolder> folder;
    if (!options.output.empty()) {
        folder.emplace(options.output);
    }
    JobResult const result = run_job(*simulation, job, folder ? &*folder : nullptr);
    auto const language =
        options.language == "zh" ? report::SummaryLanguage::zh : report::SummaryLanguage::en;
    if (folder) {
        if (!options.no_report) {
            write_presentation(*folder,
                               report::presentation_of(
                                   result.outcome.results,
                                   *simulation,
                                   result.tables,
                                   {command_text(options.words), result.digests, result.facts}),
                               *simulation,
                               language);
        }
        folder->finish();
    }
    Results text("");
    text.write(report::summary_of(result.outcome.results,
                                  *simulation,
                                  result.tables.back(),
                                  {language,
                                   result.facts.clock.seconds,
                                   threads.threads(),
                                   in_colour() ? report::Ink::colour : report::Ink::plain}));
    if (folder) {
        text.write(
            fmt::format("\n{}{}:", options.output, options.output.ends_with('/') ? "" : "/"));
        for (report::TableDigest const& table : result.digests) {
            text.write(fmt::format(" {}", table.file));
        }
        text.write(options.no_report ? " network.graphml network.dot manifest.json\n"
                                     : " network.graphml network.dot manifest.json report.html\n");
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

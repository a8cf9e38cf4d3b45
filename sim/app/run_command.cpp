#include <filesystem>

#include <fmt/format.h>

#include "sim/app/commands.hpp"
#include "sim/app/run_job.hpp"
#include "sim/app/thread_limit.hpp"
#include "sim/input/interrupt.hpp"
#include "sim/report/summary.hpp"

namespace pensim::app {

int run(RunCommandOptions const& options) {
    if (!options.output.empty()) {
        if (auto problems = input::OutputFolder::check(options.output); !problems.empty()) {
            throw WrongInput(std::move(problems));
        }
    } else if (options.microdata) {
        throw WrongInput("--microdata", "needs -o, the folder that people.csv.gz goes to");
    }
    ThreadLimit threads(options.scenario.threads);
    input::remember_interrupts();
    auto const simulation = load_simulation(options.scenario);
    threads.follow(simulation->scenario.run.threads);
    JobOptions job;
    job.until = options.until;
    job.microdata =
        options.microdata || (simulation->scenario.microdata && !options.output.empty());
    job.threads = threads.threads();
    if (!options.scenario.setting.data_folder.empty()) {
        job.data_folder = std::filesystem::absolute(options.scenario.setting.data_folder).string();
    }
    std::optional<input::OutputFolder> folder;
    if (!options.output.empty()) {
        folder.emplace(options.output);
    }
    JobResult const result = run_job(*simulation, job, folder ? &*folder : nullptr);
    if (folder) {
        folder->finish();
    }
    Results text("");
    text.write(report::summary_of(
        result.outcome.results,
        *simulation,
        result.tables.back(),
        {options.language == "zh" ? report::SummaryLanguage::zh : report::SummaryLanguage::en,
         result.facts.clock.seconds,
         threads.threads()}));
    if (folder) {
        text.write(
            fmt::format("\n{}{}:", options.output, options.output.ends_with('/') ? "" : "/"));
        for (report::TableDigest const& table : result.digests) {
            text.write(fmt::format(" {}", table.file));
        }
        text.write(" manifest.json\n");
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

#include "sim/app/commands.hpp"
#include "sim/input/interrupt.hpp"
#include "sim/job/compare_job.hpp"

namespace pensim::app {

namespace {

/// What the words of the command line say.
job::SweepRange read(job::SweepAsked const& asked, std::string const& output) {
    Problems problems;
    job::SweepRange range = job::range_of(asked, problems);
    if (!output.empty()) {
        auto const more = input::OutputFolder::check(output);
        problems.insert(problems.end(), more.begin(), more.end());
    }
    if (!problems.empty()) {
        throw WrongInput(std::move(problems));
    }
    return range;
}

} // namespace

int sweep(SweepOptions const& options) {
    job::SweepAsked const asked{options.scenario, options.settings, options.from};
    job::SweepRange range = read(asked, options.output);
    ThreadLimit threads(options.scenario.threads);
    input::remember_interrupts();
    job::Sweeping sweeping = job::prepare_sweep(asked, std::move(range), threads);
    auto const folder = job::open_folder(options.output);
    job::RanPlan const ran =
        job::run_plan(sweeping.plan, threads.threads(), input::shown_progress("lives"));
    auto const language =
        options.language == "zh" ? report::SummaryLanguage::zh : report::SummaryLanguage::en;
    Results text("");
    text.write(
        reform::summary_of(ran.comparison,
                           sweeping.plan,
                           sweeping.sweep,
                           {language, ran.clock.seconds, threads.threads(), terminal_ink()}));
    if (folder) {
        job::write_sweep(*folder,
                         sweeping,
                         ran,
                         {options.words, options.scenario.setting.data_folder, {}},
                         language,
                         !options.no_report);
        folder->finish();
    }
    text.finish();
    return exit_done;
}

} // namespace pensim::app

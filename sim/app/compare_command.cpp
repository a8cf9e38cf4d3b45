#include <algorithm>

#include "sim/app/commands.hpp"
#include "sim/input/interrupt.hpp"
#include "sim/job/compare_job.hpp"
#include "sim/reform/comparison_summary.hpp"

namespace pensim::app {

namespace {

job::CompareAsked asked_of(CompareOptions const& options) {
    job::CompareAsked asked{options.scenario, options.other, "", {}, options.witnesses};
    for (std::string const& name : options.rules) {
        asked.rules.push_back({name, ""});
    }
    return asked;
}

void check_usage(CompareOptions const& options) {
    Problems problems = job::problems_of(asked_of(options));
    if (!options.output.empty()) {
        auto more = input::OutputFolder::check(options.output);
        problems.insert(problems.end(), more.begin(), more.end());
    }
    if (!problems.empty()) {
        throw WrongInput(std::move(problems));
    }
}

} // namespace

int compare(CompareOptions const& options) {
    check_usage(options);
    ThreadLimit threads(options.scenario.threads);
    input::remember_interrupts();
    job::Comparing comparing = job::prepare_comparison(asked_of(options), threads);
    auto const folder = job::open_folder(options.output);
    job::RanPlan const ran =
        job::run_plan(comparing.plan, threads.threads(), input::shown_progress("lives"));
    reform::Comparison const& comparison = ran.comparison;
    bool const zh = options.language == "zh";
    auto const language = zh ? report::SummaryLanguage::zh : report::SummaryLanguage::en;
    auto const witnesses = reform::witnesses_of(comparison,
                                                comparing.plan,
                                                comparing.reforms,
                                                zh ? story::Language::zh : story::Language::en);
    Results text("");
    text.write(
        reform::summary_of(comparison,
                           comparing.plan,
                           comparing.reforms,
                           witnesses,
                           {language, ran.clock.seconds, threads.threads(), terminal_ink()}));
    if (folder) {
        job::write_comparison(*folder,
                              comparing,
                              ran,
                              witnesses,
                              {options.words, options.scenario.setting.data_folder, {}},
                              language,
                              !options.no_report);
        folder->finish();
    }
    text.finish();
    bool const changed =
        std::any_of(comparison.reforms.begin(), comparison.reforms.end(), [](auto const& reform) {
            return reform.people.changed > 0 || !reform.difference.areas.cells().empty();
        });
    return options.fail_on_change && changed ? exit_found : exit_done;
}

} // namespace pensim::app

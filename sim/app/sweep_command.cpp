#include <fmt/format.h>

#include "sim/app/commands.hpp"
#include "sim/app/comparison_job.hpp"
#include "sim/app/presented.hpp"
#include "sim/app/thread_limit.hpp"
#include "sim/input/interrupt.hpp"
#include "sim/input/suggestion.hpp"
#include "sim/reform/sweep_page.hpp"

namespace pensim::app {

namespace {

/// What the words of the command line say.
struct Asked {
    std::vector<reform::SweepAxis> axes;
    std::optional<YearMonth> from;
};

Asked read(SweepOptions const& options) {
    Asked asked;
    Problems problems;
    for (std::string const& text : options.settings) {
        auto axis = reform::parse_axis(text);
        if (axis) {
            asked.axes.push_back(std::move(*axis));
        } else {
            problems.insert(problems.end(), axis.error().begin(), axis.error().end());
        }
    }
    if (options.settings.size() > 2) {
        problems.push_back(
            {"--set", "stands here more than twice; expected one or two parameters"});
    }
    if (!options.from.empty()) {
        asked.from = YearMonth::parse(options.from);
        if (!asked.from) {
            problems.push_back(
                {"--from",
                 fmt::format("{} is no month; expected YYYY-MM", input::in_quotes(options.from))});
        }
    }
    if (!options.output.empty()) {
        auto const more = input::OutputFolder::check(options.output);
        problems.insert(problems.end(), more.begin(), more.end());
    }
    if (!problems.empty()) {
        throw WrongInput(std::move(problems));
    }
    return asked;
}

} // namespace

int sweep(SweepOptions const& options) {
    Asked const asked = read(options);
    ThreadLimit threads(options.scenario.threads);
    input::remember_interrupts();
    auto const simulation = load_simulation(options.scenario);
    threads.follow(simulation->scenario.run.threads);
    auto const sweep = value_or_throw(reform::Sweep::make(*simulation, asked.axes, asked.from));
    auto const folder = open_folder(options.output);
    reform::ComparisonPlan plan = sweep.plan();
    RanPlan const ran = run_plan(plan, threads.threads());
    reform::Comparison const& comparison = ran.comparison;
    auto const language =
        options.language == "zh" ? report::SummaryLanguage::zh : report::SummaryLanguage::en;
    Results text("");
    text.write(reform::summary_of(
        comparison, plan, sweep, {language, ran.clock.seconds, threads.threads(), terminal_ink()}));
    if (folder) {
        auto tables = reform::tables_of(comparison, plan, sweep);
        auto const origin = write_files(*folder,
                                        {options.words, options.scenario.setting.data_folder, {}},
                                        plan,
                                        tables,
                                        ran.clock);
        if (!options.no_report) {
            write_presentation(
                *folder,
                reform::presentation_of(comparison, plan, sweep, std::move(tables), origin),
                *simulation,
                language,
                reform::page_of(plan, sweep));
        }
        folder->finish();
    }
    text.finish();
    return exit_done;
}

} // namespace pensim::app

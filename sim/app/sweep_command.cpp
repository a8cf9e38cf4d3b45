#include <chrono>

#include <fmt/format.h>

#include "sim/app/commands.hpp"
#include "sim/app/thread_limit.hpp"
#include "sim/input/interrupt.hpp"
#include "sim/input/output_folder.hpp"
#include "sim/input/progress.hpp"
#include "sim/reform/sweep.hpp"

namespace pensim::app {

namespace {

std::vector<reform::SweepAxis> axes_of(SweepOptions const& options) {
    std::vector<reform::SweepAxis> axes;
    Problems problems;
    for (std::string const& text : options.settings) {
        auto axis = reform::parse_axis(text);
        if (axis) {
            axes.push_back(std::move(*axis));
        } else {
            problems.insert(problems.end(), axis.error().begin(), axis.error().end());
        }
    }
    if (options.settings.size() > 2) {
        problems.push_back(
            {"--set", "stands here more than twice; expected one or two parameters"});
    }
    if (!options.output.empty()) {
        auto const more = input::OutputFolder::check(options.output);
        problems.insert(problems.end(), more.begin(), more.end());
    }
    if (!problems.empty()) {
        throw WrongInput(std::move(problems));
    }
    return axes;
}

std::optional<YearMonth> month_of(std::string const& text) {
    if (text.empty()) {
        return std::nullopt;
    }
    auto const month = YearMonth::parse(text);
    if (!month) {
        throw WrongInput("--from", fmt::format("\"{}\" is no month; expected YYYY-MM", text));
    }
    return *month;
}

} // namespace

int sweep(SweepOptions const& options) {
    using Clock = std::chrono::steady_clock;
    auto const axes = axes_of(options);
    auto const from = month_of(options.from);
    ThreadLimit threads(options.scenario.threads);
    input::remember_interrupts();
    auto const simulation = load_simulation(options.scenario);
    threads.follow(simulation->scenario.run.threads);
    auto const sweep = value_or_throw(reform::Sweep::make(*simulation, axes, from));
    reform::ComparisonPlan plan = sweep.plan();
    auto const start = Clock::now();
    scenario::RunSpec const& run = simulation->scenario.run;
    std::uint64_t done = 0;
    input::Progress progress("lives", run.persons * run.replicates);
    plan.progressed = [&](std::uint64_t persons) {
        done += persons;
        progress.update(done, done);
    };
    reform::Comparison const comparison = reform::compare(plan);
    double const seconds = std::chrono::duration<double>(Clock::now() - start).count();
    Results text("");
    text.write(reform::summary_of(
        comparison,
        plan,
        sweep,
        {options.language == "zh" ? report::SummaryLanguage::zh : report::SummaryLanguage::en,
         seconds,
         threads.threads()}));
    if (!options.output.empty()) {
        input::OutputFolder folder(options.output);
        for (report::Table const& table : reform::tables_of(comparison, plan, sweep)) {
            folder.write(folder.add(table.name + ".csv"), report::csv_of(table));
        }
        folder.finish();
    }
    text.finish();
    return exit_done;
}

} // namespace pensim::app

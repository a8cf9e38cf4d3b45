#include "sim/job/compare_job.hpp"

#include <fmt/format.h>

#include "sim/input/suggestion.hpp"
#include "sim/job/presented.hpp"
#include "sim/job/wrong_input.hpp"
#include "sim/reform/comparison_page.hpp"
#include "sim/reform/comparison_tables.hpp"
#include "sim/reform/sweep_page.hpp"

namespace pensim::job {

namespace {

using Choices = std::vector<scenario::RulesChoice>;

/// The baseline, and the rest as reforms: with one rule set the scenario's own is the baseline.
ScenarioSetting baseline_of(CompareAsked const& asked, Choices& reforms) {
    ScenarioSetting baseline = asked.scenario;
    reforms = asked.rules;
    if (reforms.size() > 1) {
        baseline.setting.rules = reforms.front().name;
        baseline.setting.rules_text = reforms.front().text;
        reforms.erase(reforms.begin());
    }
    return baseline;
}

/// With faults of the reforms' rule sets beside those of its own.
std::unique_ptr<scenario::Simulation> load_baseline(ScenarioSetting const& baseline,
                                                    Choices const& reforms) {
    try {
        return load_simulation(baseline);
    } catch (WrongInput const& wrong) {
        Problems problems = wrong.problems();
        ScenarioSetting plain = baseline;
        plain.setting.rules.clear();
        plain.setting.rules_text.clear();
        try {
            auto const simulation = load_simulation(plain);
            auto const loaded = reform::ReformSet::load(*simulation, reforms);
            if (!loaded) {
                problems.insert(problems.end(), loaded.error().begin(), loaded.error().end());
            }
        } catch (WrongInput const&) {
            throw WrongInput(std::move(problems)); // the scenario itself is at fault
        }
        throw WrongInput(std::move(problems));
    }
}

/// The second scenario, with the same lives to simulate.
std::unique_ptr<scenario::Simulation> load_other(CompareAsked const& asked,
                                                 scenario::Simulation const& first) {
    ScenarioSetting setting = asked.scenario;
    setting.scenario = asked.other;
    setting.scenario_text = asked.other_text;
    setting.full = false;
    setting.persons = first.scenario.run.persons;
    setting.replicates = first.scenario.run.replicates;
    setting.seed = fmt::format("{}", first.scenario.run.seed);
    auto other = load_simulation(setting);
    auto const ids = [](scenario::Simulation const& simulation) {
        std::vector<std::string> list;
        for (Area const& area : simulation.tables.areas.all()) {
            list.push_back(area.id);
        }
        return list;
    };
    if (ids(first) != ids(*other)) {
        throw WrongInput(asked.other,
                         "has other areas than " + asked.scenario.scenario
                             + "; expected a scenario of the same areas");
    }
    return other;
}

} // namespace

Problems problems_of(CompareAsked const& asked) {
    Problems problems;
    if (asked.other.empty() && asked.rules.empty()) {
        problems.push_back({"--rules", "says what to compare with; or name a second scenario"});
    }
    if (!asked.other.empty() && !asked.rules.empty()) {
        problems.push_back({"--rules", "excludes a second scenario, which has rules of its own"});
    }
    return problems;
}

Comparing prepare_comparison(CompareAsked const& asked, ThreadLimit& threads) {
    Choices choices;
    ScenarioSetting const baseline = baseline_of(asked, choices);
    auto simulation = load_baseline(baseline, choices);
    threads.follow(simulation->scenario.run.threads);
    auto other = asked.other.empty() ? nullptr : load_other(asked, *simulation);
    reform::ReformSet reforms = other
                                    ? reform::ReformSet::of_scenario(*simulation, *other)
                                    : value_or_throw(reform::ReformSet::load(*simulation, choices));
    reform::ComparisonPlan plan = reforms.plan();
    plan.witnesses = asked.witnesses;
    return {std::move(simulation), std::move(other), std::move(reforms), std::move(plan)};
}

void write_comparison(input::OutputFolder& folder,
                      Comparing const& comparing,
                      RanPlan const& ran,
                      reform::Witnesses const& witnesses,
                      ComparisonFiles files,
                      report::SummaryLanguage language,
                      bool report) {
    for (reform::WitnessFile const& file : witnesses.files) {
        files.files.emplace_back(file.name, file.text);
    }
    auto tables = reform::tables_of(ran.comparison, comparing.plan);
    auto const origin = write_files(folder, files, comparing.plan, tables, ran.clock);
    if (report) {
        write_presentation(
            folder,
            reform::presentation_of(
                ran.comparison, comparing.plan, comparing.reforms, std::move(tables), origin),
            *comparing.simulation,
            language,
            reform::page_of(ran.comparison, comparing.plan, comparing.reforms, witnesses));
    }
}

SweepRange range_of(SweepAsked const& asked, Problems& problems) {
    SweepRange range;
    for (std::string const& text : asked.settings) {
        auto axis = reform::parse_axis(text);
        if (axis) {
            range.axes.push_back(std::move(*axis));
        } else {
            problems.insert(problems.end(), axis.error().begin(), axis.error().end());
        }
    }
    if (asked.settings.size() > 2) {
        problems.push_back(
            {"--set", "stands here more than twice; expected one or two parameters"});
    }
    if (!asked.from.empty()) {
        range.from = YearMonth::parse(asked.from);
        if (!range.from) {
            problems.push_back(
                {"--from",
                 fmt::format("{} is no month; expected YYYY-MM", input::in_quotes(asked.from))});
        }
    }
    return range;
}

Sweeping prepare_sweep(SweepAsked const& asked, SweepRange range, ThreadLimit& threads) {
    auto simulation = load_simulation(asked.scenario);
    threads.follow(simulation->scenario.run.threads);
    auto sweep =
        value_or_throw(reform::Sweep::make(*simulation, std::move(range.axes), range.from));
    auto plan = sweep.plan();
    return {std::move(simulation), std::move(sweep), std::move(plan)};
}

void write_sweep(input::OutputFolder& folder,
                 Sweeping const& sweeping,
                 RanPlan const& ran,
                 ComparisonFiles const& files,
                 report::SummaryLanguage language,
                 bool report) {
    auto tables = reform::tables_of(ran.comparison, sweeping.plan, sweeping.sweep);
    auto const origin = write_files(folder, files, sweeping.plan, tables, ran.clock);
    if (report) {
        write_presentation(
            folder,
            reform::presentation_of(
                ran.comparison, sweeping.plan, sweeping.sweep, std::move(tables), origin),
            *sweeping.simulation,
            language,
            reform::page_of(sweeping.plan, sweeping.sweep));
    }
}

} // namespace pensim::job

#include <algorithm>

#include <fmt/format.h>

#include "sim/app/commands.hpp"
#include "sim/app/comparison_job.hpp"
#include "sim/app/presented.hpp"
#include "sim/app/thread_limit.hpp"
#include "sim/input/interrupt.hpp"
#include "sim/reform/comparison_page.hpp"
#include "sim/reform/comparison_summary.hpp"
#include "sim/reform/comparison_tables.hpp"

namespace pensim::app {

namespace {

/// The baseline, and the rest as reforms: with one rule set the scenario's own is the baseline.
ScenarioSetting baseline_of(CompareOptions const& options, std::vector<std::string>& reforms) {
    ScenarioSetting baseline = options.scenario;
    reforms = options.rules;
    if (reforms.size() > 1) {
        baseline.setting.rules = reforms.front();
        reforms.erase(reforms.begin());
    }
    return baseline;
}

/// With faults of the reforms' rule sets beside those of its own.
std::unique_ptr<scenario::Simulation> load_baseline(ScenarioSetting const& baseline,
                                                    std::vector<std::string> const& reforms) {
    try {
        return load_simulation(baseline);
    } catch (WrongInput const& wrong) {
        Problems problems = wrong.problems();
        ScenarioSetting plain = baseline;
        plain.setting.rules.clear();
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
std::unique_ptr<scenario::Simulation> load_other(CompareOptions const& options,
                                                 scenario::Simulation const& first) {
    ScenarioSetting setting = options.scenario;
    setting.scenario = options.other;
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
        throw WrongInput(options.other,
                         "has other areas than " + options.scenario.scenario
                             + "; expected a scenario of the same areas");
    }
    return other;
}

void check_usage(CompareOptions const& options) {
    Problems problems;
    if (options.other.empty() && options.rules.empty()) {
        problems.push_back({"--rules", "says what to compare with; or name a second scenario"});
    }
    if (!options.other.empty() && !options.rules.empty()) {
        problems.push_back({"--rules", "excludes a second scenario, which has rules of its own"});
    }
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
    std::vector<std::string> names;
    ScenarioSetting const baseline = baseline_of(options, names);
    auto const simulation = load_baseline(baseline, names);
    threads.follow(simulation->scenario.run.threads);
    auto const other = options.other.empty() ? nullptr : load_other(options, *simulation);
    reform::ReformSet const reforms =
        other ? reform::ReformSet::of_scenario(*simulation, *other)
              : value_or_throw(reform::ReformSet::load(*simulation, names));
    reform::ComparisonPlan plan = reforms.plan();
    plan.witnesses = options.witnesses;
    auto const folder = open_folder(options.output);
    RanPlan const ran = run_plan(plan, threads.threads());
    reform::Comparison const& comparison = ran.comparison;
    bool const zh = options.language == "zh";
    auto const language = zh ? report::SummaryLanguage::zh : report::SummaryLanguage::en;
    auto const witnesses = reform::witnesses_of(
        comparison, plan, reforms, zh ? story::Language::zh : story::Language::en);
    Results text("");
    text.write(
        reform::summary_of(comparison,
                           plan,
                           reforms,
                           witnesses,
                           {language, ran.clock.seconds, threads.threads(), terminal_ink()}));
    if (folder) {
        ComparisonFiles files{options.words, options.scenario.setting.data_folder, {}};
        for (reform::WitnessFile const& file : witnesses.files) {
            files.files.emplace_back(file.name, file.text);
        }
        auto tables = reform::tables_of(comparison, plan);
        auto const origin = write_files(*folder, files, plan, tables, ran.clock);
        if (!options.no_report) {
            write_presentation(
                *folder,
                reform::presentation_of(comparison, plan, reforms, std::move(tables), origin),
                *simulation,
                language,
                reform::page_of(comparison, plan, reforms, witnesses));
        }
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

#include "sim/job/scenario_setup.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include <fmt/format.h>

#include "sim/input/file.hpp"
#include "sim/input/suggestion.hpp"
#include "sim/job/wrong_input.hpp"
#include "sim/scenario/scenario_json.hpp"

namespace pensim::job {

namespace {

/// The scenario with what the command line says.
void apply(ScenarioSetting const& setting, scenario::RunSpec& run) {
    Problems problems;
    if (setting.persons) {
        if (*setting.persons == 0 || *setting.persons > random::persons_max) {
            problems.push_back(
                {"--persons",
                 fmt::format("{}: expected 1 to {}", *setting.persons, random::persons_max)});
        }
        run.persons = *setting.persons;
        if (setting.full) {
            problems.push_back({"--full", "excludes --persons"});
        }
    }
    if (setting.replicates) {
        run.replicates = *setting.replicates;
    }
    if (!setting.seed.empty()) {
        char const* const end = setting.seed.data() + setting.seed.size();
        auto const [stopped, fault] = std::from_chars(setting.seed.data(), end, run.seed);
        if (fault != std::errc() || stopped != end) {
            problems.push_back({"--seed",
                                fmt::format("{} is no seed; expected a whole number from 0 to {}",
                                            input::in_quotes(setting.seed),
                                            UINT64_MAX)});
        }
    }
    if (!problems.empty()) {
        throw WrongInput(std::move(problems));
    }
}

} // namespace

Result<scenario::Scenario> scenario_of(ScenarioSetting const& setting, data::Tables const& tables) {
    if (setting.scenario_text.empty()) {
        return scenario::load_scenario(setting.scenario, tables);
    }
    return scenario::read_scenario(setting.scenario,
                                   std::filesystem::path(setting.scenario).parent_path().string(),
                                   setting.scenario_text,
                                   tables);
}

bool is_scenario(std::string const& name) {
    auto const ids = scenario::shipped_scenarios();
    if (std::find(ids.begin(), ids.end(), name) != ids.end()) {
        return true;
    }
    auto const text = input::read_file(name);
    auto const json = text ? input::parse_json(*text) : tl::make_unexpected(Problems{});
    auto const* const schema = json ? json->find("schema") : nullptr;
    return schema != nullptr && schema->text.starts_with("pensim/scenario/");
}

std::unique_ptr<scenario::Simulation> load_simulation(ScenarioSetting const& setting) {
    data::TableSource const source = table_source(setting.setting);
    auto const tables = value_or_throw(data::load_tables(source));
    auto loaded = value_or_throw(scenario_of(setting, tables));
    apply(setting, loaded.run);
    auto simulation = value_or_throw(scenario::prepare(
        std::move(loaded), source, {setting.setting.rules, setting.setting.rules_text}));
    if (setting.full) {
        simulation->scenario.run.persons = simulation->people;
    }
    return simulation;
}

} // namespace pensim::job

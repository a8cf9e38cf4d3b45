#include "sim/app/options.hpp"

namespace pensim::app {

void add_setting(CLI::App& command, Setting& setting) {
    command
        .add_option(
            "--rules",
            setting.rules,
            "Rule set: a shipped id such as law, practice, or a file; several joined with +")
        ->type_name("RULES");
    add_data(command, setting);
}

void add_data(CLI::App& command, Setting& setting) {
    command
        .add_option(
            "--data", setting.data_folder, "Folder with data tables that replace the shipped ones")
        ->type_name("DIR");
}

void add_output(CLI::App& command, std::string& output, char const* what) {
    command.add_option("-o,--output", output, what)->type_name("PATH");
}

void add_language(CLI::App& command, std::string& language) {
    command.add_option("--lang", language, "Language of the text")
        ->check(CLI::IsMember({"en", "zh"}))
        ->capture_default_str();
}

void add_threads(CLI::App& command, int& threads) {
    command
        .add_option("--threads", threads, "Threads; 0 takes all cores. Results do not depend on it")
        ->check(CLI::Range(0, 4096))
        ->capture_default_str();
}

void add_people(CLI::App& command, ScenarioSetting& scenario) {
    command.add_option("SCENARIO", scenario.scenario, "Scenario file, or a shipped one by name")
        ->required();
    command.add_option("--seed", scenario.seed, "Seed, instead of the scenario's")->type_name("S");
}

void add_scenario(CLI::App& command, ScenarioSetting& scenario) {
    add_people(command, scenario);
    add_setting(command, scenario.setting);
}

void add_persons(CLI::App& command, ScenarioSetting& scenario) {
    command.add_option("--persons", scenario.persons, "Lives to simulate")
        ->check([](std::string const& text) {
            return text.starts_with('-') ? text + ": expected 1 or more" : std::string();
        })
        ->type_name("N");
    command.add_flag("--full", scenario.full, "A life for each person");
}

void add_replicates(CLI::App& command, ScenarioSetting& scenario) {
    command.add_option("--replicates", scenario.replicates, "Populations to simulate")
        ->check(CLI::Range(1, 100'000))
        ->type_name("R");
}

void add_replicate(CLI::App& command, std::uint32_t& replicate) {
    command.add_option("--replicate", replicate, "Which population, from 0")
        ->check(CLI::Range(std::uint32_t{0}, std::uint32_t{99'999}))
        ->type_name("K")
        ->capture_default_str();
}

} // namespace pensim::app

// A command line in the making, and the options that several commands share.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "sim/app/console.hpp"
#include "sim/job/scenario_setup.hpp"

namespace pensim::app {

struct CommandLine {
    CLI::App cli;
    std::vector<std::string> words; ///< as typed, the name of the program first
    std::function<int()> action;    ///< of the command that was chosen
};

/// What the program does once the command is chosen; options that keep the words get them.
template <class Options>
void on_chosen(CommandLine& line,
               CLI::App& command,
               std::shared_ptr<Options> const& options,
               int (*act)(Options const&)) {
    command.callback([&line, options, act] {
        if constexpr (requires { options->words; }) {
            options->words = line.words;
        }
        line.action = [options, act] { return act(*options); };
    });
}

/// run, compare, sweep, sample, who, verify.
void add_scenario_commands(CommandLine& line);
/// decide, explain, check, validate.
void add_case_commands(CommandLine& line);

/// --rules and --data: every command that applies the law.
void add_setting(CLI::App& command, Setting& setting);
void add_data(CLI::App& command, Setting& setting);
/// -o; `what` goes there.
void add_output(CLI::App& command, std::string& output, char const* what);
void add_language(CLI::App& command, std::string& language);
void add_threads(CLI::App& command, int& threads);
/// SCENARIO and --seed.
void add_people(CLI::App& command, ScenarioSetting& scenario);
/// The same with --rules and --data.
void add_scenario(CLI::App& command, ScenarioSetting& scenario);
/// --persons and --full.
void add_persons(CLI::App& command, ScenarioSetting& scenario);
void add_replicates(CLI::App& command, ScenarioSetting& scenario);
void add_replicate(CLI::App& command, std::uint32_t& replicate);

} // namespace pensim::app

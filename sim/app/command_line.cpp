#include <algorithm>
#include <cstdio>
#include <exception>
#include <memory>

#include <fmt/format.h>

#include "sim/app/commands.hpp"
#include "sim/app/completion.hpp"
#include "sim/app/declared.hpp"
#include "sim/app/manual.hpp"
#include "sim/app/options.hpp"
#include "sim/app/program_words.hpp"
#include "sim/input/file.hpp"
#include "sim/input/interrupt.hpp"
#include "sim/input/suggestion.hpp"
#include "sim/ranks/launched.hpp"

namespace pensim::app {

namespace {

void add_rules(CommandLine& line) {
    auto* const command = line.cli.add_subcommand("rules", "Rule sets, readably");
    command->require_subcommand(1);
    auto const options = std::make_shared<RulesOptions>();
    auto* const show =
        command->add_subcommand("show", "Every parameter with dates, values and sources");
    auto* const diff =
        command->add_subcommand("diff", "What differs between two rule sets, and from when");
    show->add_option(
        "RULES", options->first, "A shipped id or a file; without it, the shipped ones are listed");
    diff->add_option("A", options->first, "A shipped id or a file")->required();
    diff->add_option("B", options->second, "Another")->required();
    for (auto* const leaf : {show, diff}) {
        leaf->add_option("--data", options->setting.data_folder, "Folder with data tables")
            ->type_name("DIR");
        leaf->add_flag("--json", options->json, "As JSON");
        add_language(*leaf, options->language);
        add_output(*leaf, options->output, "File for the text");
    }
    on_chosen(line, *show, options, rules_show);
    on_chosen(line, *diff, options, rules_diff);
}

void add_audit(CommandLine& line) {
    auto* const command = line.cli.add_subcommand(
        "audit",
        "Gaps, open ties, dead criteria, cliffs and short stays that pay in a rule set; exit 1 "
        "with gaps or open ties");
    auto const options = std::make_shared<AuditOptions>();
    command->add_option("RULES", options->rules, "A shipped id or a file")->required();
    command
        ->add_option("--cases",
                     options->cases,
                     "File for the lives that show the findings, which explain and check take")
        ->type_name("FILE");
    command
        ->add_option("--data",
                     options->setting.data_folder,
                     "Folder with data tables that replace the shipped ones")
        ->type_name("DIR");
    command
        ->add_option("--spells", options->spells, "The most spells of a career; fewer are quicker")
        ->check(CLI::Range(1, audit::spells_max))
        ->type_name("N")
        ->capture_default_str();
    command->add_flag("--json", options->json, "As JSON, in both languages");
    add_language(*command, options->language);
    add_output(*command, options->output, "File for the text");
    on_chosen(line, *command, options, app::audit);
}

void add_completion(CommandLine& line) {
    auto* const command =
        line.cli.add_subcommand("completion", "Shell completion: source <(pensim completion bash)");
    auto const shell = std::make_shared<std::string>("bash");
    command->add_option("SHELL", *shell, "Shell")
        ->check(CLI::IsMember({"bash", "zsh", "fish"}))
        ->capture_default_str();
    command->callback([&line, shell] {
        line.action = [&line, shell] {
            fmt::print("{}", completion(declared(line.cli), *shell));
            return static_cast<int>(exit_done);
        };
    });
}

void add_manual(CommandLine& line) {
    auto* const command =
        line.cli.add_subcommand("manual", "The man page: pensim manual | man -l -");
    command->callback([&line] {
        line.action = [&line] {
            fmt::print("{}", manual(declared(line.cli)));
            return static_cast<int>(exit_done);
        };
    });
}

void print_usage_error(CLI::App const& cli, CLI::ParseError const& error, std::string_view first) {
    std::vector<std::string_view> names;
    for (auto const* const command : cli.get_subcommands([](CLI::App const*) { return true; })) {
        names.push_back(command->get_name());
    }
    bool const known = std::find(names.begin(), names.end(), first) != names.end();
    if (!known && !first.empty() && !first.starts_with('-')) {
        fmt::print(stderr, "pensim: {}\n", input::unknown("command", first, names));
    } else {
        fmt::print(stderr, "pensim: {}\n", error.what());
    }
    fmt::print(stderr,
               "`pensim --help` lists the commands, `pensim COMMAND --help` their options.\n");
}

int parse_and_run(int argc, char** argv) {
    CommandLine line{CLI::App(help_heading(), "pensim"), {argv, argv + argc}, {}};
    line.words.front() = "pensim";
    CLI::App& cli = line.cli;
    cli.set_version_flag("-V,--version", version_text());
    cli.require_subcommand(1);
    cli.footer(help_footer());
    cli.get_formatter()->column_width(34);
    add_scenario_commands(line);
    add_case_commands(line);
    add_rules(line);
    add_audit(line);
    add_completion(line);
    add_manual(line);
    try {
        cli.parse(argc, argv);
    } catch (CLI::Success const& done) {
        return cli.exit(done); // --help, --version
    } catch (CLI::ParseError const& error) {
        print_usage_error(cli, error, argc > 1 ? argv[1] : "");
        return exit_wrong_input;
    }
    if (ranks::launched_size() > 1 && !cli.got_subcommand("run")) {
        throw WrongInput("mpirun", "is for `pensim run`; other commands run on one machine");
    }
    return line.action();
}

} // namespace

int failure_status() {
    try {
        throw;
    } catch (WrongInput const&) {
        return exit_wrong_input;
    } catch (MoneyOverflow const&) {
        return exit_wrong_input;
    } catch (input::Interrupted const&) {
        return exit_interrupted;
    } catch (...) {
        return exit_machine;
    }
}

int tell_failure(std::string const& who) {
    try {
        throw;
    } catch (WrongInput const& wrong) {
        print_problems(wrong.problems());
    } catch (input::Interrupted const& interrupted) {
        fmt::print(
            stderr, "{}interrupted{}\n", who, interrupted.kept ? "" : "; nothing was written");
    } catch (input::MachineFault const& fault) {
        fmt::print(stderr, "pensim: {}{}\n", who, fault.what());
    } catch (MoneyOverflow const& overflow) {
        fmt::print(stderr, "pensim: {}{}\n", who, overflow.what());
    } catch (std::bad_alloc const&) {
        fmt::print(
            stderr,
            "pensim: {}out of memory; fewer --threads take less, and a higher limit gives more\n",
            who);
    } catch (std::exception const& fault) {
        std::string_view const what = fault.what();
        if (what.starts_with("pthread_create")) { // of TBB, which has no type for it
            fmt::print(stderr,
                       "pensim: {}{}; expected room for another thread: fewer --threads, or a "
                       "higher limit of memory or processes\n",
                       who,
                       what);
            return exit_machine;
        }
        fmt::print(stderr, "pensim: {}this is a bug of the program: {}\n", who, what);
    }
    return failure_status();
}

int run_command_line(int argc, char** argv) {
    try {
        return parse_and_run(argc, argv);
    } catch (...) {
        return tell_failure("");
    }
}

} // namespace pensim::app

#include "sim/app/manual.hpp"

#include <array>
#include <string_view>

#include <fmt/format.h>

#include "sim/app/program_words.hpp"
#include "sim/job/version.hpp"

namespace pensim::app {

namespace {

/// Text that roff prints as it is.
std::string plain(std::string_view text) {
    std::string escaped = text.starts_with('.') || text.starts_with('\'') ? "\\&" : "";
    for (char const c : text) {
        switch (c) {
        case '\\':
            escaped += "\\e";
            break;
        case '-':
            escaped += "\\-";
            break;
        case '^':
            escaped += "\\(ha";
            break;
        case '~':
            escaped += "\\(ti";
            break;
        case '`':
            escaped += "\\(ga";
            break;
        case '\'':
            escaped += "\\(aq";
            break;
        default:
            escaped += c;
        }
    }
    return escaped;
}

/// As it is typed.
std::string bold(std::string_view text) {
    return "\\fB" + plain(text) + "\\fR";
}

/// To be replaced by something.
std::string italic(std::string_view text) {
    return "\\fI" + plain(text) + "\\fR";
}

std::string sentence(std::string_view text) {
    return plain(text) + (text.ends_with('.') ? "" : ".");
}

std::string joined(std::span<std::string const> words, std::string_view between) {
    return fmt::format("{}", fmt::join(words.begin(), words.end(), between));
}

std::string command_line(DeclaredCommand const& command) {
    std::string line = bold("pensim " + command.path) + " [" + italic("options") + "]";
    for (DeclaredOption const& argument : command.arguments) {
        auto const name = italic(argument.names.front()) + (argument.repeated ? " ..." : "");
        line += argument.required ? " " + name : " [" + name + "]";
    }
    return line;
}

/// "-o PATH, --output PATH" and what it is for.
std::string entry(DeclaredOption const& option, bool is_argument) {
    std::string text = ".TP\n";
    for (std::string const& name : option.names) {
        text += &name == &option.names.front() ? "" : ", ";
        text += is_argument ? italic(name) : bold(name);
        if (!is_argument && !option.value.empty()) {
            text += " "
                    + (option.choices.empty() ? italic(option.value)
                                              : bold(joined(option.choices, "|")));
        }
    }
    text += "\n" + sentence(option.description);
    if (is_argument && !option.choices.empty()) {
        text += " One of " + plain(joined(option.choices, ", ")) + ".";
    }
    if (!option.limits.empty()) {
        text += " A number " + plain(option.limits) + ".";
    }
    if (!option.preset.empty()) {
        text += " Default: " + plain(option.preset) + ".";
    }
    return text + (option.required && !is_argument ? " Required.\n" : "\n");
}

std::string synopsis(std::span<DeclaredCommand const> commands) {
    std::string text = ".SH SYNOPSIS\n";
    for (DeclaredCommand const& command : commands) {
        if (command.commands.empty()) {
            text += command_line(command) + "\n.br\n";
        }
    }
    return text + bold("pensim --version") + "\n";
}

/// A command with commands below it does nothing by itself.
std::string sections(std::span<DeclaredCommand const> commands) {
    std::string text = ".SH COMMANDS\n";
    for (DeclaredCommand const& command : commands) {
        if (!command.commands.empty()) {
            continue;
        }
        text += ".SS " + plain(command.path) + "\n" + command_line(command) + "\n.PP\n"
                + sentence(command.description) + "\n";
        for (DeclaredOption const& argument : command.arguments) {
            text += entry(argument, true);
        }
        for (DeclaredOption const& option : command.options) {
            if (option.names.back() != "--help") { // said once, of the program
                text += entry(option, false);
            }
        }
    }
    return text;
}

std::string entries(std::span<Said const> list) {
    std::string text;
    for (Said const& said : list) {
        text += ".TP\n" + bold(said.name) + "\n" + sentence(said.what) + "\n";
    }
    return text;
}

std::string files() {
    static constexpr std::array<Said, 4> installed{{
        {"/usr/share/pensim/scenarios",
         "Scenarios, rule sets, cases and data tables to start one's own from, with JSON schemas. "
         "The program carries the same in itself and does not read them"},
        {"DIR/report.html, DIR/results.xlsx", "What run -o, compare -o and sweep -o leave to read"},
        {"DIR/*.csv",
         "Tables. Of run: flows.csv, locations.csv, areas.csv, distributions.csv, calibration.csv, "
         "and the flows as a network of each year and of all: network.csv, positions.csv, "
         "settlements.csv, circles.csv, network_totals.csv, position_totals.csv, "
         "settlement_totals.csv, circle_totals.csv, network.graphml, network.dot"},
        {"DIR/manifest.json", "What makes the folder what it is: inputs, seed, version, digests"},
    }};
    return ".SH FILES\n" + sentence(formats()) + "\n" + entries(installed);
}

std::string example_section() {
    std::string text = ".SH EXAMPLES\n";
    for (Said const& example : examples()) {
        text += ".TP\n" + bold(example.name) + "\n" + sentence(example.what) + "\n";
    }
    return text;
}

} // namespace

std::string manual(std::span<DeclaredCommand const> commands) {
    std::string text =
        fmt::format(".\\\" Made by `pensim manual`.\n"
                    ".TH PENSIM 1 \"\" \"pensim {}\" \"User Commands\"\n"
                    ".ad l\n"
                    ".nh\n"
                    ".SH NAME\n"
                    "pensim \\- which province of China pays a pension, and what money moves\n",
                    plain(job::version()));
    text += synopsis(commands);
    text += ".SH DESCRIPTION\n" + plain(purpose()) + "\n.PP\n" + plain(shipped_names()) + "\n.PP\n"
            + plain(streams()) + "\n.SH OPTIONS\n";
    for (DeclaredOption const& option : commands.front().options) {
        text += entry(option, false);
    }
    text += sections(commands) + files();
    text += ".SH ENVIRONMENT\n"
            + entries(std::array<Said, 1>{{{"NO_COLOR", "No colours on the terminal"}}});
    text += ".SH EXIT STATUS\n" + entries(exit_statuses());
    text += example_section();
    return text;
}

} // namespace pensim::app

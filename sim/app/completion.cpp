#include "sim/app/completion.hpp"

#include <vector>

#include <fmt/format.h>

namespace pensim::app {

namespace {

using Commands = std::span<DeclaredCommand const>;

std::string joined(std::span<std::string const> words) {
    return fmt::format("{}", fmt::join(words.begin(), words.end(), " "));
}

std::string replaced_all(std::string_view text, char from, std::string_view to) {
    std::string made;
    for (char const c : text) {
        if (c == from) {
            made += to;
        } else {
            made += c;
        }
    }
    return made;
}

/// In single quotes, as bash and zsh read them.
std::string in_quotes(std::string_view text) {
    return "'" + replaced_all(text, '\'', R"('\'')") + "'";
}

/// The next word of a path, and what the command does that it leads to.
struct Next {
    std::string word;
    std::string description;
};

std::vector<Next> below(DeclaredCommand const& command, Commands commands) {
    std::vector<Next> list;
    auto const prefix = command.path.empty() ? "" : command.path + " ";
    for (std::string const& word : command.commands) {
        for (DeclaredCommand const& other : commands) {
            if (other.path == prefix + word) {
                list.push_back({word, other.description});
            }
        }
    }
    return list;
}

/// "rules": the first words of paths of two, as alternatives of a shell's case.
std::string first_of_two(Commands commands) {
    std::string alternatives;
    for (DeclaredCommand const& command : commands.subspan(1)) {
        if (!command.commands.empty()) {
            alternatives += (alternatives.empty() ? "" : "|") + command.path;
        }
    }
    return alternatives;
}

// ---- bash ---------------------------------------------------------------------------------------

std::string bash(Commands commands) {
    std::string cases;
    std::string values;
    for (DeclaredCommand const& command : commands) {
        std::string options;
        for (DeclaredOption const& option : command.options) {
            options += (options.empty() ? "" : " ") + option.names.back();
            if (!option.choices.empty()) {
                values += fmt::format("    \"{} {}\") words=\"{}\" ;;\n",
                                      command.path,
                                      option.names.back(),
                                      joined(option.choices));
            }
        }
        std::string words = joined(command.commands);
        for (DeclaredOption const& argument : command.arguments) {
            words += joined(argument.choices);
        }
        cases += fmt::format(
            "    \"{}\") options=\"{}\" words=\"{}\" ;;\n", command.path, options, words);
    }
    return fmt::format(R"(_pensim() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}" options="" words="" path=""
  [ "$COMP_CWORD" -gt 1 ] && path="${{COMP_WORDS[1]}}"
  case "$path" in {}) [ "$COMP_CWORD" -gt 2 ] && path="$path ${{COMP_WORDS[2]}}" ;; esac
  case "$path" in
{}  esac
  case "$path $before" in
{}  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$options" -- "$current")) ;;
    *) if [ -n "$words" ]; then COMPREPLY=($(compgen -W "$words" -- "$current"))
       else COMPREPLY=($(compgen -f -- "$current")); fi ;;
  esac
}}
complete -o filenames -F _pensim pensim
)",
                       first_of_two(commands),
                       cases,
                       values);
}

// ---- zsh ----------------------------------------------------------------------------------------

/// What may stand behind an option, or in the place of an argument.
std::string zsh_value(DeclaredOption const& option, std::string_view what) {
    return fmt::format(":{}:{}",
                       replaced_all(what, ':', "\\:"),
                       option.choices.empty() ? "_files" : "(" + joined(option.choices) + ")");
}

std::string zsh_arguments(DeclaredCommand const& command) {
    std::string text = "_arguments -S";
    for (DeclaredOption const& option : command.options) {
        for (std::string const& name : option.names) {
            auto const value = option.value.empty() ? "" : zsh_value(option, option.value);
            auto const description =
                replaced_all(replaced_all(option.description, '[', "("), ']', ")");
            text += " \\\n        "
                    + in_quotes(fmt::format(
                        "{}{}[{}]{}", option.repeated ? "*" : "", name, description, value));
        }
    }
    for (DeclaredOption const& argument : command.arguments) {
        std::string_view const how = argument.repeated ? "*" : argument.required ? "" : ":";
        text += " \\\n        "
                + in_quotes(std::string(how) + zsh_value(argument, argument.names.front()));
    }
    return text;
}

/// Each command below one, with what it does.
std::string zsh_commands(DeclaredCommand const& command, Commands commands) {
    std::string list;
    for (auto const& [word, description] : below(command, commands)) {
        list += " " + in_quotes(word + ":" + replaced_all(description, ':', "\\:"));
    }
    return "commands=(" + list + " )\n      _describe command commands";
}

/// One case a command; the words before its own are taken away for _arguments.
std::string zsh(Commands commands) {
    std::string cases;
    for (DeclaredCommand const& command : commands) {
        if (command.commands.empty()) {
            int const depth = command.path.find(' ') == std::string::npos ? 1 : 2;
            cases +=
                fmt::format("    {})\n      shift {} words; (( CURRENT -= {} ))\n      {} ;;\n",
                            in_quotes(command.path),
                            depth,
                            depth,
                            zsh_arguments(command));
        } else {
            cases += fmt::format(
                "    {})\n      {} ;;\n", in_quotes(command.path), zsh_commands(command, commands));
        }
    }
    return fmt::format(R"(#compdef pensim
compdef _pensim pensim
_pensim() {{
  local -a commands
  local typed="" # not "path": that is where zsh looks for programs
  (( CURRENT > 2 )) && typed="$words[2]"
  case "$typed" in {}) (( CURRENT > 3 )) && typed="$typed $words[3]" ;; esac
  case "$typed" in
{}  esac
}}
# Loaded by name it completes at once; sourced it only waits.
[[ "$funcstack[1]" == _pensim ]] && _pensim "$@"
true
)",
                       first_of_two(commands),
                       cases);
}

// ---- fish ---------------------------------------------------------------------------------------

/// In single quotes, as fish reads them.
std::string fish_quoted(std::string_view text) {
    return "'" + replaced_all(replaced_all(text, '\\', "\\\\"), '\'', "\\'") + "'";
}

/// When the words typed so far are those of a path.
std::string fish_condition(DeclaredCommand const& command) {
    std::string const seen = "__fish_seen_subcommand_from ";
    std::string test =
        command.path.empty() ? "" : seen + replaced_all(command.path, ' ', "; and " + seen);
    if (!command.commands.empty()) {
        test += (test.empty() ? "not " : "; and not ") + seen + joined(command.commands);
    }
    return in_quotes(test);
}

std::string fish_option(DeclaredOption const& option) {
    std::string text;
    for (std::string const& name : option.names) {
        text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    }
    if (!option.choices.empty()) {
        text += " -x -a " + fish_quoted(joined(option.choices));
    } else if (!option.value.empty()) {
        text += " -r";
    }
    return text + " -d " + fish_quoted(option.description);
}

std::string fish(Commands commands) {
    std::string text;
    for (DeclaredCommand const& command : commands) {
        auto const start = "complete -c pensim -n " + fish_condition(command);
        for (DeclaredOption const& option : command.options) {
            text += start + fish_option(option) + "\n";
        }
        for (DeclaredOption const& argument : command.arguments) {
            if (!argument.choices.empty()) {
                text += start + " -f -a " + fish_quoted(joined(argument.choices)) + "\n";
            }
        }
        for (auto const& [word, description] : below(command, commands)) {
            text += fmt::format("{} -f -a {} -d {}\n", start, word, fish_quoted(description));
        }
    }
    return text;
}

} // namespace

std::string completion(Commands commands, std::string_view shell) {
    if (shell == "fish") {
        return fish(commands);
    }
    return shell == "zsh" ? zsh(commands) : bash(commands);
}

} // namespace pensim::app

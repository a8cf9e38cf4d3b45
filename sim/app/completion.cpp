#include "sim/app/completion.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace pensim::app {

void print_completion(CLI::App const& commands_of, std::string const& shell) {
    std::string commands;
    std::string cases;
    auto const describe = [&](CLI::App const& app, std::string const& path) {
        std::string options;
        for (auto const* const option : app.get_options()) {
            for (auto const& name : option->get_lnames()) {
                options += " --" + name;
            }
        }
        std::string subcommands;
        for (auto const* const sub : app.get_subcommands([](CLI::App const*) { return true; })) {
            subcommands += " " + sub->get_name();
        }
        cases += fmt::format(
            "    \"{}\") options=\"{}\" subcommands=\"{}\" ;;\n", path, options, subcommands);
    };
    for (auto const* const command :
         commands_of.get_subcommands([](CLI::App const*) { return true; })) {
        commands += " " + command->get_name();
        describe(*command, command->get_name());
        for (auto const* const sub :
             command->get_subcommands([](CLI::App const*) { return true; })) {
            describe(*sub, command->get_name() + " " + sub->get_name());
        }
    }
    if (shell == "zsh") {
        fmt::print("autoload -U +X bashcompinit && bashcompinit\n");
    }
    fmt::print(R"(_pensim() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" options="" subcommands="" path="${{COMP_WORDS[1]}}"
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "{} --help --version" -- "$current")); return
  fi
  case "${{COMP_WORDS[1]}} ${{COMP_WORDS[2]}}" in "rules show"|"rules diff") [ "$COMP_CWORD" -gt 2 ] && path="$path ${{COMP_WORDS[2]}}" ;; esac
  case "$path" in
{}  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$options" -- "$current")) ;;
    *) if [ -n "$subcommands" ]; then COMPREPLY=($(compgen -W "$subcommands" -- "$current"))
       else COMPREPLY=($(compgen -f -- "$current")); fi ;;
  esac
}}
complete -o filenames -F _pensim pensim
)",
               commands.empty() ? "" : commands.substr(1),
               cases);
}

} // namespace pensim::app

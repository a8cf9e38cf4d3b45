// Completion scripts for shells, made from the commands themselves so that they cannot fall behind.
#pragma once

#include <string>

namespace CLI { // NOLINT(readability-identifier-naming): the library's name
class App;
}

namespace pensim::app {

/// Prints the script for "bash" or "zsh".
void print_completion(CLI::App const& commands_of, std::string const& shell);

} // namespace pensim::app

// What the command line declares, as plain values: man page and completions are made from it, so
// that they cannot fall behind.
#pragma once

#include <string>
#include <vector>

namespace CLI { // NOLINT(readability-identifier-naming): the library's name
class App;
}

namespace pensim::app {

/// An option, or an argument that is told by its place.
struct DeclaredOption {
    std::vector<std::string> names;   ///< "-o", "--output"; of an argument the one: "SCENARIO"
    std::string value;                ///< what it takes: "DIR"; empty: nothing
    std::vector<std::string> choices; ///< the only values, if they are few
    std::string limits;               ///< "from 1 to 4096"; empty: none
    std::string preset;               ///< its value when it is not given; empty: none
    std::string description;
    bool required = false;
    bool repeated = false; ///< may be given more than once
};

struct DeclaredCommand {
    std::string path; ///< "rules show"; empty: the program itself
    std::string description;
    std::vector<DeclaredOption> arguments;
    std::vector<DeclaredOption> options;
    std::vector<std::string> commands; ///< the next word of the path
};

/// The program first, then each command, followed by those below it.
[[nodiscard]] std::vector<DeclaredCommand> declared(CLI::App const& program);

} // namespace pensim::app

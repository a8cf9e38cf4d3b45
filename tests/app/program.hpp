// Runs the built program as a user would.
#pragma once

#include <cstdlib>
#include <regex>
#include <string>
#include <string_view>
#include <sys/wait.h>
#include <vector>

#include "tests/sim/support.hpp"

namespace pensim::test {

struct Ran {
    int status = -1;
    std::string out;
    std::string err;
};

/// What a command told beside what only a slow machine shows: how long it will take, and after a
/// second how far it is.
[[nodiscard]] inline std::string without_progress(std::string const& err) {
    static std::regex const line(
        R"((about [0-9]+ (s|min) and [0-9]+ MiB on [0-9]+ threads?| *[0-9]+%  [0-9]+ [a-z]+, [0-9]+/s, [0-9]+ s left)\n)");
    return std::regex_replace(err, line, "");
}

/// Runs `pensim ARGUMENTS` by the shell, in `folder`.
[[nodiscard]] inline Ran run(TemporaryFolder const& folder, std::string const& arguments) {
    TemporaryFolder const streams;
    std::string const command = "cd '" + folder.path() + "' && '" PENSIM_PROGRAM "' " + arguments
                                + " >'" + streams.path("out") + "' 2>'" + streams.path("err") + "'";
    int const status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1,
            content_of(streams.path("out")),
            without_progress(content_of(streams.path("err")))};
}

/// A command with the most memory that it took, in megabytes.
struct MeasuredRun {
    Ran ran;
    long megabytes = 0;
};
/// The same as run(), watched.
[[nodiscard]] MeasuredRun run_measured(TemporaryFolder const& folder, std::string const& arguments);

[[nodiscard]] inline bool holds(std::string const& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

/// A command that was interrupted once it had shown its progress.
struct InterruptedRun {
    int pid = 0;
    Ran ran;
    std::string told;                ///< before the interrupt
    std::vector<std::string> during; ///< what stood in the folder then
};
[[nodiscard]] InterruptedRun run_and_interrupt(TemporaryFolder const& folder,
                                               std::vector<std::string> const& arguments);

} // namespace pensim::test

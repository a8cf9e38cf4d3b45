// Runs the built program as a user would.
#pragma once

#include <cstdlib>
#include <string>
#include <string_view>
#include <sys/wait.h>

#include "tests/sim/support.hpp"

namespace pensim::test {

struct Ran {
    int status = -1;
    std::string out;
    std::string err;
};

/// Runs `pensim ARGUMENTS` by the shell, in `folder`.
[[nodiscard]] inline Ran run(TemporaryFolder const& folder, std::string const& arguments) {
    TemporaryFolder const streams;
    std::string const command = "cd '" + folder.path() + "' && '" PENSIM_PROGRAM "' " + arguments
                                + " >'" + streams.path("out") + "' 2>'" + streams.path("err") + "'";
    int const status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1,
            content_of(streams.path("out")),
            content_of(streams.path("err"))};
}

[[nodiscard]] inline bool holds(std::string const& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

/// A slow machine says how far it is; nothing else is to be said.
inline bool quiet(std::string const& err) {
    return err.empty()
           || (err.find(" lives, ") != std::string::npos && err.find(": ") == std::string::npos);
}

} // namespace pensim::test

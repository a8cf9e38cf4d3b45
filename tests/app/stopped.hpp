// A run that is stopped when it has saved some of its work.
#pragma once

#include <string>
#include <string_view>

#include "tests/app/process.hpp"

namespace pensim::test {

/// `run` of enough lives to be stopped among them.
[[nodiscard]] std::string long_run();

/// How a run is begun that is to be stopped: on one thread, with a file after each stretch.
inline constexpr std::string_view slowly = " --threads 1 --save-every 0";

/// Stops `pensim ARGUMENTS -o OUTPUT`, begun slowly, by a signal once it has saved something, and
/// gives its end; tries again where it was too quick.
[[nodiscard]] Ran stop(TemporaryFolder const& folder,
                       std::string const& arguments,
                       std::string const& output,
                       int signal);

/// The number before `word` in a text, as in "12 lives"; -1 where there is none.
[[nodiscard]] long number_before(std::string const& text, std::string_view word);

} // namespace pensim::test

#include "tests/app/stopped.hpp"

#include <cctype>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/support/few_lives.hpp"

namespace pensim::test {

std::string long_run() {
    constexpr int lives = 60'000;
    return fmt::format("run hmt --persons {} --no-report", lives_to_try(lives));
}

Ran stop(TemporaryFolder const& folder,
         std::string const& arguments,
         std::string const& output,
         int signal) {
    constexpr int tries = 20;
    std::string const saved = folder.path(output + ".resume");
    auto const before = shards_in(saved);
    for (int i = 0; i < tries; ++i) {
        Process process(folder, program_words(arguments + std::string(slowly) + " -o " + output));
        if (process.runs_until([&] { return shards_in(saved) > before; })) {
            process.send(signal);
        }
        Ran ran = process.wait();
        if (ran.status != 0) {
            return ran;
        }
        std::filesystem::remove_all(folder.path(output)); // too quick
    }
    FAIL("no run could be stopped");
    return {};
}

long number_before(std::string const& text, std::string_view word) {
    auto const end = text.find(' ' + std::string(word));
    auto begin = end;
    while (end != std::string::npos && begin > 0
           && std::isdigit(static_cast<unsigned char>(text[begin - 1])) != 0) {
        --begin;
    }
    return end == std::string::npos || begin == end ? -1 : std::stol(text.substr(begin));
}

} // namespace pensim::test

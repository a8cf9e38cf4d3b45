// How many lives a test tries: all of its own, or few where each takes ten times as long.
#pragma once

#include <cstdint>
#include <cstdlib>

namespace pensim::test {

/// Whether few lives do, as under sanitizers: PENSIM_LIVES is set below 10 000.
[[nodiscard]] inline bool few_lives() {
    constexpr int few = 10'000;
    char const* const lives = std::getenv("PENSIM_LIVES");
    return lives != nullptr && std::atoi(lives) < few;
}

/// `all`, or a fourth where few do.
template <typename Count>
[[nodiscard]] Count lives_to_try(Count all) {
    return few_lives() ? all / 4 : all;
}

/// `all`, or as many as PENSIM_LIVES says: millions, where somebody wants to wait.
[[nodiscard]] inline std::uint64_t lives_wanted(std::uint64_t all) {
    char const* const lives = std::getenv("PENSIM_LIVES");
    return lives != nullptr ? std::strtoull(lives, nullptr, 10) : all;
}

} // namespace pensim::test

// What a life of `national` takes on average: counted in lives that the engine runs, never typed
// in.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sim/random/stream.hpp"

namespace pensim::bench {

/// Draws by what they are looked up in.
struct Draws {
    std::int64_t exponentials = 0;
    std::int64_t choices = 0;
    std::int64_t log_normals = 0;
    std::int64_t chances = 0;
    [[nodiscard]] std::int64_t count() const {
        return exponentials + choices + log_normals + chances;
    }
};

/// All lives' draws for one purpose.
struct StreamUse {
    random::Purpose purpose = random::Purpose::who;
    Draws draws;
    std::vector<std::int64_t> lives_of_block; ///< lives that need the first block, the second ...
};

struct LivesTaken {
    std::int64_t lives = 0;
    std::vector<StreamUse> streams;
    std::int64_t stretches = 0; ///< paid, with money
    std::int64_t pension_years = 0;

    /// Places in two tables, one behind the other, of a line by area and year each: years with a
    /// payment or interest, then years of a pension. In the order of lives, and of a life's
    /// years.
    std::vector<std::uint32_t> postings;
    std::vector<std::size_t> posted; ///< postings up to and with each life
    std::size_t lines = 0;           ///< of both tables

    [[nodiscard]] std::int64_t blocks() const;
    [[nodiscard]] Draws draws() const;
    [[nodiscard]] double mean(std::int64_t sum) const {
        return static_cast<double>(sum) / static_cast<double>(lives);
    }
};

/// 20 000 lives of `national`, run once. Throws ContractViolation when the draws counted are not
/// those of the lives that the engine drew.
[[nodiscard]] LivesTaken const& lives_taken();

} // namespace pensim::bench

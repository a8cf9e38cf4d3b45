// The work of lives, many of them in step: loops over arrays that the compiler turns into vector
// instructions, in the widest form that the processor has. Nothing here is a simulation: what a
// life would decide is given.
//
// Amounts are whole numbers held in doubles. For 0 <= n < 2^49 and a constant d, n / d rounded
// half up is ((n + 1/4) (1/d) + 3 * 2^51) - 3 * 2^51: adding and taking off a number whose unit in
// the last place is 1 rounds to the nearest, and the quarter keeps halves and the error of 1/d on
// the right side.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/random/stream.hpp"
#include "sim/random/tables.hpp"

namespace pensim::bench {

/// Lives in step: four vectors of eight, so that one's results need not wait for another's.
inline constexpr std::size_t lane_count = 32;
using Lanes = std::array<double, lane_count>;

// A result for each word.
void look_up(random::Exponential const& table,
             std::span<std::uint32_t const> words,
             std::span<double> results);
void look_up(random::Choice const& table,
             std::span<std::uint32_t const> words,
             std::span<std::int32_t> results);
void look_up(random::LogNormal const& table,
             std::span<std::uint32_t const> words,
             std::span<std::int32_t> results);
void look_up(random::Chance const& chance,
             std::span<std::uint32_t const> words,
             std::span<std::int32_t> results);

/// Payments of one calendar year. Rates and shares in parts per million.
struct alignas(64) PaidYears {
    Lanes age_factor;
    Lanes average_wage; ///< fen, of the year before
    Lanes base_floor;
    Lanes base_ceiling;
    Lanes account;
    Lanes pool;
    Lanes individual;
    Lanes interest;
    Lanes payments;
    Lanes months_of_interest; ///< of one fen a month
    Lanes wage_inverse;       ///< of the place that will pay
};

/// What payments change.
struct alignas(64) PayingLives {
    Lanes wage_ppm; ///< before the factor of age
    Lanes alone;    ///< 1: pays alone, 0: employed
    Lanes account;
    Lanes base_sum;
    Lanes pool_in;
    Lanes own;
    Lanes index;
};

/// One calendar year of pensions.
struct alignas(64) PensionYears {
    Lanes raise;
    Lanes interest;
    Lanes months;
};

struct alignas(64) PensionLives {
    Lanes basic;
    Lanes account_part;
    Lanes account;
    Lanes from_account;
    Lanes from_pool;
    Lanes interest;
};

/// What law::Relation does in a year of one stretch; so many of them, the years again and again.
void pay_years(std::span<PaidYears const> years, std::size_t stretches, PayingLives& lives);

/// What law::PensionPayment does in a year.
void pay_pensions(std::span<PensionYears const> years, std::size_t count, PensionLives& lives);

/// A line of the cache in a ledger.
struct alignas(64) Line {
    std::array<std::int64_t, 8> amounts{};
};

/// Adds a line to the table at every place; the amounts are taken from a few lines again and again,
/// as many as a power of two.
void post(std::span<std::uint32_t const> places,
          std::span<Line const> amounts,
          std::span<Line> table);

} // namespace pensim::bench

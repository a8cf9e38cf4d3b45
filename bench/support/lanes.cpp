#include "bench/support/lanes.hpp"

#include <cstring>

#include "core/basis/check.hpp"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#include <immintrin.h>
#define PENSIM_EVERY_WIDTH [[gnu::target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")]]
#define PENSIM_HAS_WIDEST 1
#else
#define PENSIM_EVERY_WIDTH
#define PENSIM_HAS_WIDEST 0
#endif

namespace pensim::bench {

namespace {

constexpr double million = 1e6;
constexpr double whole = 6755399441055744.0; ///< 3 * 2^51

[[gnu::always_inline]] inline double half_up(double numerator, double inverse) {
    return ((numerator + 0.25) * inverse + whole) - whole;
}

/// Rounded down: half up of what is almost half less.
[[gnu::always_inline]] inline double down(double numerator, double denominator) {
    return ((numerator - (denominator - 1) / 2) * (1 / denominator) + whole) - whole;
}

// Philox4x32-10, of the paper: two multipliers, and what the two halves of the key grow by.
constexpr std::uint32_t multiplier_0 = 0xD2511F53;
constexpr std::uint32_t multiplier_1 = 0xCD9E8D57;
constexpr std::uint32_t growth_0 = 0x9E3779B9;
constexpr std::uint32_t growth_1 = 0xBB67AE85;
constexpr std::uint32_t rounds = 10;

/// What the words of many persons have in common.
struct Philox {
    std::uint32_t key_0;
    std::uint32_t key_1;
    std::uint32_t first_person;
    std::uint32_t purpose;
    std::uint32_t replicate;
    std::uint32_t block;
};

PENSIM_EVERY_WIDTH
void philox_by_loop(Philox const& of, std::size_t persons, std::uint32_t* words) {
    for (std::size_t i = 0; i < persons; ++i) {
        std::uint32_t a = of.first_person + static_cast<std::uint32_t>(i);
        std::uint32_t b = of.purpose;
        std::uint32_t c = of.replicate;
        std::uint32_t d = of.block;
#pragma GCC unroll 10
        for (std::uint32_t round = 0; round < rounds; ++round) {
            std::uint64_t const left = std::uint64_t{multiplier_0} * a;
            std::uint64_t const right = std::uint64_t{multiplier_1} * c;
            a = static_cast<std::uint32_t>(right >> 32U) ^ b ^ (of.key_0 + round * growth_0);
            c = static_cast<std::uint32_t>(left >> 32U) ^ d ^ (of.key_1 + round * growth_1);
            b = static_cast<std::uint32_t>(right);
            d = static_cast<std::uint32_t>(left);
        }
        words[i] = a;
        words[persons + i] = b;
        words[2 * persons + i] = c;
        words[3 * persons + i] = d;
    }
}

#if PENSIM_HAS_WIDEST
using Eight [[gnu::vector_size(64)]] = std::uint64_t;
using EightHalves [[gnu::vector_size(32)]] = std::uint32_t;

/// Eight persons at once, each in 64 bits of which the lower half counts: so a product needs no
/// shuffling. g++ 12 makes several times as many instructions of the loop above.
[[gnu::target("avx512f")]] void
philox_by_eight(Philox const& of, std::size_t persons, std::uint32_t* words) {
    constexpr __mmask8 every = 0xff;
    auto const store = [](std::uint32_t* to, EightHalves const& halves) {
        std::memcpy(to, &halves, sizeof halves);
    };
    Eight const numbers{0, 1, 2, 3, 4, 5, 6, 7};
    for (std::size_t i = 0; i < persons; i += 8) {
        Eight a = numbers + (of.first_person + i);
        Eight b = Eight{} + of.purpose;
        Eight c = Eight{} + of.replicate;
        Eight d = Eight{} + of.block;
#pragma GCC unroll 10
        for (std::uint32_t round = 0; round < rounds; ++round) {
            auto const left = reinterpret_cast<Eight>(_mm512_maskz_mul_epu32(
                every,
                reinterpret_cast<__m512i>(a),
                reinterpret_cast<__m512i>(Eight{} + std::uint64_t{multiplier_0})));
            auto const right = reinterpret_cast<Eight>(_mm512_maskz_mul_epu32(
                every,
                reinterpret_cast<__m512i>(c),
                reinterpret_cast<__m512i>(Eight{} + std::uint64_t{multiplier_1})));
            a = right >> 32U ^ b ^ std::uint64_t{of.key_0 + round * growth_0};
            c = left >> 32U ^ d ^ std::uint64_t{of.key_1 + round * growth_1};
            b = right;
            d = left;
        }
        store(words + i, __builtin_convertvector(a, EightHalves));
        store(words + persons + i, __builtin_convertvector(b, EightHalves));
        store(words + 2 * persons + i, __builtin_convertvector(c, EightHalves));
        store(words + 3 * persons + i, __builtin_convertvector(d, EightHalves));
    }
}
#endif

} // namespace

void philox_words(random::Key key,
                  std::uint32_t first_person,
                  random::Purpose purpose,
                  std::uint32_t block,
                  std::span<std::uint32_t> words) {
    PENSIM_EXPECT(words.size() % 32 == 0);
    std::size_t const persons = words.size() / 4;
    Philox const of{static_cast<std::uint32_t>(key.seed),
                    static_cast<std::uint32_t>(key.seed >> 32U),
                    first_person,
                    static_cast<std::uint32_t>(purpose) << 8U,
                    key.replicate,
                    block};
#if PENSIM_HAS_WIDEST
    if (__builtin_cpu_supports("avx512f") != 0) {
        philox_by_eight(of, persons, words.data());
        return;
    }
#endif
    philox_by_loop(of, persons, words.data());
}

Aliases::Aliases(random::Choice const& choice) {
    std::uint64_t const count = choice.size();
    for (std::uint64_t number = 0; number < count; ++number) {
        // Words of this cell; the first ones draw its number, the others its alias.
        std::uint64_t const first = ((number << 32U) + count - 1) / count;
        std::uint64_t const end = (((number + 1) << 32U) + count - 1) / count;
        auto const drawn = [&](std::uint64_t word) {
            return choice.draw(static_cast<std::uint32_t>(word));
        };
        std::uint64_t low = first;
        std::uint64_t high = end;
        while (low < high) {
            std::uint64_t const middle = (low + high) / 2;
            bool const own = drawn(middle) == static_cast<int>(number);
            low = own ? middle + 1 : low;
            high = own ? high : middle;
        }
        cells_.push_back(
            {static_cast<std::uint32_t>(low < end ? low * count : UINT32_MAX), drawn(end - 1)});
    }
}

PENSIM_EVERY_WIDTH
void look_up(random::Exponential const& table,
             std::span<std::uint32_t const> words,
             std::span<double> results) {
    std::uint32_t const* const from = words.data();
    double* const to = results.data();
    for (std::size_t i = 0; i < words.size(); ++i) {
        to[i] = table.draw(from[i]);
    }
}

PENSIM_EVERY_WIDTH
void look_up(Aliases const& table,
             std::span<std::uint32_t const> words,
             std::span<std::int32_t> results) {
    std::uint32_t const* const from = words.data();
    std::int32_t* const to = results.data();
    Aliases::Cell const* const cells = table.cells().data();
    std::uint64_t const count = table.cells().size();
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::uint64_t const scaled = count * from[i];
        auto const number = static_cast<std::int32_t>(scaled >> 32U);
        Aliases::Cell const& cell = cells[scaled >> 32U];
        std::int32_t const if_alias = static_cast<std::uint32_t>(scaled) < cell.threshold ? 0 : -1;
        to[i] = number ^ ((number ^ cell.alias) & if_alias);
    }
}

PENSIM_EVERY_WIDTH
void look_up(random::LogNormal const& table,
             std::span<std::uint32_t const> words,
             std::span<std::int32_t> results) {
    std::uint32_t const* const from = words.data();
    std::int32_t* const to = results.data();
    for (std::size_t i = 0; i < words.size(); ++i) {
        to[i] = static_cast<std::int32_t>(table.draw_ppm(from[i]));
    }
}

PENSIM_EVERY_WIDTH
void look_up(random::Chance const& chance,
             std::span<std::uint32_t const> words,
             std::span<std::int32_t> results) {
    std::uint32_t const* const from = words.data();
    std::int32_t* const to = results.data();
    for (std::size_t i = 0; i < words.size(); ++i) {
        to[i] = chance.happens(from[i]) ? 1 : 0;
    }
}

PENSIM_EVERY_WIDTH
void pay_years(std::span<PaidYears const> years, std::size_t stretches, PayingLives& lives) {
    PENSIM_EXPECT(!years.empty() && (years.size() & (years.size() - 1)) == 0);
    PayingLives held = lives; // nobody else's: the compiler need not ask
    for (std::size_t stretch = 0; stretch < stretches; ++stretch) {
        PaidYears const& year = years[stretch & (years.size() - 1)];
        for (std::size_t i = 0; i < lane_count; ++i) {
            double const earned = down(held.wage_ppm[i] * year.age_factor[i], million);
            double const lifted = earned < year.base_floor[i] ? year.base_floor[i] : earned;
            double const share = lifted > year.base_ceiling[i] ? year.base_ceiling[i] : lifted;
            double const base = half_up(year.average_wage[i] * share, 1 / million);
            double const to_account = half_up(base * year.account[i], 1 / million);
            double const to_pool = half_up(base * year.pool[i], 1 / million);
            double const employed = half_up(base * year.individual[i], 1 / million);
            double const own = held.alone[i] > 0 ? to_account + to_pool : employed;
            double const bases = base * year.payments[i];
            double const fen_months =
                held.account[i] * 12 + to_account * year.months_of_interest[i];
            double const interest = half_up(fen_months * year.interest[i], 1 / (12 * million));
            held.account[i] += to_account * year.payments[i] + interest;
            held.base_sum[i] += bases;
            held.pool_in[i] += to_pool * year.payments[i];
            held.own[i] += own * year.payments[i];
            held.index[i] += bases * year.wage_inverse[i];
        }
    }
    lives = held;
}

PENSIM_EVERY_WIDTH
void pay_pensions(std::span<PensionYears const> years, std::size_t count, PensionLives& lives) {
    PENSIM_EXPECT(!years.empty() && (years.size() & (years.size() - 1)) == 0);
    PensionLives held = lives;
    for (std::size_t number = 0; number < count; ++number) {
        PensionYears const& year = years[number & (years.size() - 1)];
        for (std::size_t i = 0; i < lane_count; ++i) {
            held.basic[i] += half_up(held.basic[i] * year.raise[i], 1 / million);
            held.account_part[i] += half_up(held.account_part[i] * year.raise[i], 1 / million);
            double const each = held.account_part[i];
            double const months = year.months[i];
            double const before = held.account[i];
            double const wanted = each * months;
            bool const runs_out = wanted > before;
            double const full = ((before - (each - 1) / 2) / each + whole) - whole;
            double const draws = runs_out ? full : months;
            double const rest = runs_out ? before - each * full : 0;
            double const drawn = runs_out ? before : wanted;
            double const drawn_fen_months =
                each * (draws * months - draws * (draws - 1) * 0.5) + rest * (months - draws);
            double const fen_months = before * months - drawn_fen_months;
            double const interest = half_up(fen_months * year.interest[i], 1 / (12 * million));
            held.account[i] = before - drawn + interest;
            held.from_account[i] += drawn;
            held.from_pool[i] += (held.basic[i] + each) * months - drawn;
            held.interest[i] += interest;
        }
    }
    lives = held;
}

PENSIM_EVERY_WIDTH
void post(std::span<std::uint32_t const> places,
          std::span<Line const> amounts,
          std::span<Line> table) {
    std::size_t const mask = amounts.size() - 1;
    PENSIM_EXPECT((amounts.size() & mask) == 0);
    for (std::size_t i = 0; i < places.size(); ++i) {
        Line& line = table[places[i]];
        Line sum = amounts[i & mask]; // no line of the table: all columns at once
        for (std::size_t column = 0; column < sum.amounts.size(); ++column) {
            sum.amounts[column] += line.amounts[column];
        }
        line = sum;
    }
}

} // namespace pensim::bench

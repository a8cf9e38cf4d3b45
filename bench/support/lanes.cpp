#include "bench/support/lanes.hpp"

#include "core/basis/check.hpp"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define PENSIM_EVERY_WIDTH [[gnu::target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")]]
#else
#define PENSIM_EVERY_WIDTH
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

} // namespace

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
void look_up(random::Choice const& table,
             std::span<std::uint32_t const> words,
             std::span<std::int32_t> results) {
    std::uint32_t const* const from = words.data();
    std::int32_t* const to = results.data();
    for (std::size_t i = 0; i < words.size(); ++i) {
        to[i] = table.draw(from[i]);
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

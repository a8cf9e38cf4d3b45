#include "core/law/holding.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace pensim::test {

namespace {

using law::Holding;
using law::PooledRate;

using Year = std::array<std::int64_t, 12>; ///< fen credited in each month

Holding holding_of(std::int64_t opening, Year const& credits) {
    Holding holding;
    holding.opening = Fen(opening);
    for (int n = 1; n <= 12; ++n) {
        YearMonth const month{2020, n};
        holding.credit(month, month, Fen(credits[static_cast<std::size_t>(n - 1)]));
    }
    return holding;
}

/// Contract 2.1.5 and 2.1.6, word for word: round(rate x (m x opening + sum credit_n x (m + 1 - n))
/// / 12).
std::int64_t interest_by_the_letter(std::int64_t opening, Year const& credits, int m, int ppm) {
    Wide sum = Wide{opening} * m;
    for (int n = 1; n <= m; ++n) {
        sum += Wide{credits[static_cast<std::size_t>(n - 1)]} * (m + 1 - n);
    }
    Wide const twelve_million = 12'000'000;
    return static_cast<std::int64_t>((2 * sum * ppm + twelve_million) / (2 * twelve_million));
}

PooledRate share(std::int64_t ppm) {
    return {false, Rate::ppm(ppm)};
}

} // namespace

TEST_CASE("a year's interest is the sum over twelve months, rounded once") {
    struct Case {
        std::string why;
        std::int64_t opening;
        Year credits;
        int ppm;
    };
    for (auto const& c : std::vector<Case>{
             {"nothing", 0, {}, 26'200},
             {"an opening balance alone", 1'000'000, {}, 26'200},
             {"January alone", 0, {100}, 120'000},
             {"December alone", 0, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100}, 120'000},
             {"twelve different months", 77, {1, 20, 3, 40, 5, 60, 7, 80, 9, 100, 11, 120}, 83'100},
             {"no interest", 1'000'000, {640, 640}, 0},
             {"large", 900'000'000'000'000, {1'000'000'000'000, 3}, 83'100},
         }) {
        CAPTURE(c.why);
        for (int m = 1; m <= 12; ++m) {
            CAPTURE(m);
            Year until_m{};
            std::copy_n(c.credits.begin(), m, until_m.begin());
            auto const interest =
                holding_of(c.opening, until_m).interest({2020, m}, Rate::ppm(c.ppm));
            CHECK(interest.count() == interest_by_the_letter(c.opening, c.credits, m, c.ppm));
        }
    }
}

TEST_CASE("the fact sheet's year: 10 000.00, 640.00 a month, 2.62%") {
    Holding holding{.opening = Fen{1'000'000}};
    holding.credit({2024, 1}, {2024, 12}, Fen{64'000});
    CHECK(holding.principal() == Fen{1'768'000});
    // 2.62% x (12 x 10 000 + 640 x 78) / 12 = 370.992
    Fen const interest = holding.interest({2024, 12}, Rate::ppm(26'200));
    CHECK(interest == Fen{37'099});
    holding.close_year(interest);
    CHECK(holding.opening == Fen{1'805'099});
    CHECK(holding.principal() == Fen{1'805'099});
    CHECK(holding.interest({2025, 12}, Rate::ppm(1'000'000)) == Fen{1'805'099});
}

TEST_CASE("interest is rounded half up") {
    struct Case {
        std::string why;
        std::int64_t opening;
        int month;
        int ppm;
        std::int64_t interest;
    };
    for (auto const& c : std::vector<Case>{
             {"0.49", 49, 12, 10'000, 0},
             {"0.50", 50, 12, 10'000, 1},
             {"1.49", 149, 12, 10'000, 1},
             {"1.50", 150, 12, 10'000, 2},
             {"half a year: 0.495", 99, 6, 10'000, 0},
             {"half a year: 0.50", 100, 6, 10'000, 1},
             {"one month: 0.4999", 599, 1, 10'000, 0},
             {"one month: 0.50", 600, 1, 10'000, 1},
         }) {
        CAPTURE(c.why);
        Holding const holding{.opening = Fen(c.opening)};
        CHECK(holding.interest({2020, c.month}, Rate::ppm(c.ppm)).count() == c.interest);
    }
}

TEST_CASE("a stretch of equal months is the same as its months") {
    for (int first = 1; first <= 12; ++first) {
        for (int last = first; last <= 12; ++last) {
            Holding stretch;
            stretch.credit({2020, first}, {2020, last}, Fen{12'345});
            Year credits{};
            for (int n = first; n <= last; ++n) {
                credits[static_cast<std::size_t>(n - 1)] = 12'345;
            }
            Holding const months = holding_of(0, credits);
            CAPTURE(first);
            CAPTURE(last);
            CHECK(stretch.credits == months.credits);
            CHECK(stretch.weighted_credits == months.weighted_credits);
        }
    }
}

TEST_CASE("a holding that moves in the year earns the whole year's interest at the receiver") {
    Year const before{500, 500, 500, 700};
    Year const after{0, 0, 0, 0, 900, 900, 900, 900, 900, 900, 900, 900};
    Holding left = holding_of(123'456, before);
    left.base_sum = Fen{27'500};
    left.pool_in = Fen{4'400};
    Holding receiver = holding_of(7'890, {});
    receiver.base_sum = Fen{1'000};
    receiver.pool_in = Fen{160};
    CHECK(left.principal() == Fen{123'456 + 2'200}); // without this year's interest
    Fen const pooled = left.pooled(share(120'000));
    CHECK(pooled == Fen{3'300});
    receiver.absorb(left, pooled);
    receiver.credit({2020, 5}, {2020, 12}, Fen{900});

    Year whole = before;
    for (std::size_t n = 4; n < 12; ++n) {
        whole[n] = after[n];
    }
    CHECK(receiver.interest({2020, 12}, Rate::ppm(60'400)).count()
          == interest_by_the_letter(123'456 + 7'890, whole, 12, 60'400));
    CHECK(receiver.principal() == Fen{123'456 + 7'890 + 2'200 + 8 * 900});
    CHECK(receiver.base_sum == Fen{28'500}); // the base sum goes along
    CHECK(receiver.pooled(share(120'000)) == Fen{3'420});
    CHECK(receiver.pooled({true, Rate{}}) == Fen{160 + 3'300}); // paid and arrived
}

TEST_CASE("pooled money that moves") {
    struct Case {
        std::string why;
        bool temporary;
        PooledRate rate;
        std::int64_t pooled;
    };
    // Three months at 3.33: 16% each came in, rounded month by month to 0.53.
    Wide const product = Wide{3} * 333 * 160'000;
    for (auto const& c : std::vector<Case>{
             {"12% of the sum, rounded once: 119.88", false, share(120'000), 120},
             {"another share", false, share(200'000), 200},
             {"none", false, share(0), 0},
             {"all that came in", false, {true, Rate{}}, 159},
             {"temporary: month by month at its own rate, rounded once: 159.84",
              true,
              share(120'000),
              160},
             {"temporary: whatever else moves", true, share(0), 160},
             {"temporary: also where all moves", true, {true, Rate{}}, 160},
         }) {
        CAPTURE(c.why);
        Holding const holding{.temporary = c.temporary,
                              .base_sum = Fen{999},
                              .pool_in = Fen{159},
                              .pool_product = product};
        CHECK(holding.pooled(c.rate).count() == c.pooled);
    }
}

TEST_CASE("a credit that leaves 64 bits is an error") {
    Holding holding;
    CHECK_THROWS_AS(holding.credit({2020, 1}, {2020, 12}, Fen{INT64_MAX / 4}), MoneyOverflow);
    Holding closing{.opening = Fen{INT64_MAX}};
    CHECK_THROWS_AS(closing.close_year(Fen{1}), MoneyOverflow);
    Holding receiver{.opening = Fen{INT64_MAX}};
    CHECK_THROWS_AS(receiver.absorb(Holding{.opening = Fen{1}}, Fen{}), MoneyOverflow);
}

} // namespace pensim::test

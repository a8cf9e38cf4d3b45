#include "core/basis/money.hpp"

#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

#include <doctest/doctest.h>

namespace pensim::test {

namespace {

template <class A, class B>
concept addable = requires(A a, B b) {
    a + b;
};
template <class A, class B>
concept multipliable = requires(A a, B b) {
    a* b;
};
template <class A, class B>
concept divisible = requires(A a, B b) {
    a / b;
};
template <class A, class B>
concept comparable = requires(A a, B b) {
    a < b;
};
template <class A, class B>
concept timesable = requires(A a, B b) {
    times(a, b);
};

static_assert(addable<Fen, Fen> && multipliable<Fen, std::int64_t> && timesable<Fen, Rate>);
static_assert(!addable<Fen, int> && !addable<Fen, Rate> && !addable<Rate, Rate>);
static_assert(!multipliable<Fen, Fen> && !multipliable<Fen, Rate> && !multipliable<Rate, Rate>);
static_assert(!divisible<Fen, int> && !divisible<Fen, Fen>);
static_assert(!comparable<Fen, int> && !comparable<Fen, Rate>);
static_assert(!timesable<Rate, Fen> && !timesable<Fen, double> && !timesable<Fen, int>);
static_assert(!std::is_convertible_v<int, Fen> && !std::is_convertible_v<Fen, std::int64_t>);
static_assert(!std::is_constructible_v<Rate, int> && !std::is_convertible_v<Rate, Fen>);

static_assert(times(Fen{520'000}, Rate::ppm(80'000)) == Fen{41'600});

constexpr std::int64_t max64 = INT64_MAX;
constexpr std::int64_t two_to_62 = std::int64_t{1} << 62;

} // namespace

TEST_CASE("a product is one division, rounded half up") {
    struct Case {
        std::string why;
        std::int64_t base;
        std::int64_t ppm;
        std::int64_t product;
    };
    for (auto const& c : std::vector<Case>{
             {"8% of 5 200.00", 520'000, 80'000, 41'600},
             {"8% of 9 800.50", 980'050, 80'000, 78'404},
             {"11% of 2 100.00", 210'000, 110'000, 23'100},
             {"nothing of nothing", 0, 80'000, 0},
             {"a rate of nothing", 520'000, 0, 0},
             {"all of it", 123'456'789, 1'000'000, 123'456'789},
             {"three times it", 41, 3'000'000, 123},
             {"0.49", 49, 10'000, 0},
             {"0.50 goes up", 50, 10'000, 1},
             {"0.51", 51, 10'000, 1},
             {"1.49", 149, 10'000, 1},
             {"1.50 goes up", 150, 10'000, 2},
             {"2.50 goes up too: no banker's rounding", 250, 10'000, 3},
             {"one part below a half", 1, 499'999, 0},
             {"the half of one fen", 1, 500'000, 1},
             {"the smallest part of the smallest amount", 1, 1, 0},
             {"half a million times the smallest part", 500'000, 1, 1},
             {"one fen below", 499'999, 1, 0},
             {"the largest amount, whole", max64, 1'000'000, max64},
             {"half of it: 2^62 - 0.5 goes up", max64, 500'000, two_to_62},
             {"8% of 9 x 10^18", 9'000'000'000'000'000'000, 80'000, 720'000'000'000'000'000},
         }) {
        CAPTURE(c.why);
        CHECK(times(Fen(c.base), Rate::ppm(c.ppm)).count() == c.product);
    }
}

TEST_CASE("division is exact on both sides of the machine's word") {
    struct Case {
        std::string why;
        Wide numerator;
        std::int64_t denominator;
        std::int64_t quotient;
    };
    constexpr Wide wide = two_to_62;
    for (auto const& c : std::vector<Case>{
             {"zero", 0, 7, 0},
             {"by one", 5, 1, 5},
             {"3/7 goes down", 3, 7, 0},
             {"4/7 goes up", 4, 7, 1},
             {"7/2 goes up", 7, 2, 4},
             {"2^62 - 1 by 2 ends in a half", wide - 1, 2, 2'305'843'009'213'693'952},
             {"2^62 by 2", wide, 2, 2'305'843'009'213'693'952},
             {"2^62 = 1 mod 3 goes down", wide, 3, 1'537'228'672'809'129'301},
             {"2^62 + 1 = 2 mod 3 goes up", wide + 1, 3, 1'537'228'672'809'129'302},
             {"just below half of the largest", wide - 1, max64, 0},
             {"just above half of the largest", wide, max64, 1},
             {"the largest by one", max64, 1, max64},
             {"twice the largest by two", Wide{2} * max64, 2, max64},
             {"the largest squared by itself", Wide{max64} * max64, max64, max64},
         }) {
        CAPTURE(c.why);
        CHECK(divide_half_up(c.numerator, c.denominator).count() == c.quotient);
    }
}

TEST_CASE("a sum or product that leaves 64 bits is an error, never a wrap") {
    Fen const most(INT64_MAX);
    Fen const least(INT64_MIN);
    CHECK((most - Fen{1}) + Fen{1} == most);
    CHECK_THROWS_AS(static_cast<void>(most + Fen{1}), MoneyOverflow);
    CHECK((least + Fen{1}) - Fen{1} == least);
    CHECK_THROWS_AS(static_cast<void>(least - Fen{1}), MoneyOverflow);
    CHECK_THROWS_AS(static_cast<void>(most - Fen{-1}), MoneyOverflow);
    CHECK(Fen(two_to_62 - 1) * 2 == most - Fen{1});
    CHECK_THROWS_AS(static_cast<void>(Fen(two_to_62) * 2), MoneyOverflow);
    CHECK_THROWS_AS(static_cast<void>(times(most, Rate::ppm(1'000'001))), MoneyOverflow);
    CHECK_THROWS_AS(static_cast<void>(divide_half_up(Wide{2} * max64 + 1, 2)), MoneyOverflow);
    CHECK_THROWS_AS(static_cast<void>(divide_half_up(Wide{max64} + 1, 1)), MoneyOverflow);
}

TEST_CASE("money is never divided by nothing nor rounded below zero") {
    CHECK_THROWS_AS(static_cast<void>(divide_half_up(1, 0)), ContractViolation);
    CHECK_THROWS_AS(static_cast<void>(divide_half_up(1, -1)), ContractViolation);
    CHECK_THROWS_AS(static_cast<void>(divide_half_up(-1, 1)), ContractViolation);
    CHECK_THROWS_AS(static_cast<void>(times(Fen{-1}, Rate::ppm(1))), ContractViolation);
    CHECK_THROWS_AS(static_cast<void>(times(Fen{1}, Rate::ppm(-1))), ContractViolation);
}

TEST_CASE("amounts add and compare like numbers") {
    Fen sum;
    sum += Fen{5};
    sum -= Fen{7};
    CHECK(sum == Fen{-2});
    CHECK(Fen{3} * 4 == Fen{12});
    CHECK(Fen{3} * 0 == Fen{});
    CHECK(Fen{-1} < Fen{});
    CHECK(Rate::ppm(119'999) < Rate::ppm(120'000));
}

} // namespace pensim::test

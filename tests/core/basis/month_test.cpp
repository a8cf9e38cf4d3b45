#include "core/basis/month.hpp"

#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <doctest/doctest.h>

namespace pensim::test {

namespace {

// What must not compile: a sum of points, a point less from a length, bare numbers in either.
template <class A, class B>
concept months_addable = requires(A a, B b) {
    a + b;
};
template <class A, class B>
concept subtractable = requires(A a, B b) {
    a - b;
};
template <class A, class B>
concept months_multipliable = requires(A a, B b) {
    a* b;
};
template <class A, class B>
concept months_comparable = requires(A a, B b) {
    a < b;
};
template <class A>
concept increasable = requires(A a) {
    ++a;
};

static_assert(months_addable<YearMonth, Months> && subtractable<YearMonth, Months>);
static_assert(subtractable<YearMonth, YearMonth> && months_addable<Months, Months>);
static_assert(!months_addable<YearMonth, YearMonth>);
static_assert(!months_addable<Months, YearMonth> && !subtractable<Months, YearMonth>);
static_assert(!months_addable<YearMonth, int> && !subtractable<YearMonth, int>);
static_assert(!months_addable<Months, int> && !months_addable<int, Months>);
static_assert(!months_multipliable<Months, int> && !months_multipliable<YearMonth, int>);
static_assert(months_comparable<YearMonth, YearMonth> && months_comparable<Months, Months>);
static_assert(!months_comparable<YearMonth, Months> && !months_comparable<YearMonth, int>);
static_assert(!months_comparable<Months, int>);
static_assert(!increasable<YearMonth> && !increasable<Months>);
static_assert(!std::is_convertible_v<int, Months> && !std::is_convertible_v<Months, int>);
static_assert(!std::is_convertible_v<YearMonth, int>);
static_assert(!std::is_constructible_v<YearMonth, int>);
static_assert(!std::is_constructible_v<YearMonth, Months>);
static_assert(!std::is_default_constructible_v<YearMonth>);

static_assert(YearMonth{2025, 1} - YearMonth{2024, 12} == Months{1});
static_assert(YearMonth{2024, 12}.next() == YearMonth{2025, 1});

} // namespace

TEST_CASE("a month is read only in its one form and in its range") {
    struct Case {
        std::string why;
        std::string text;
        std::optional<YearMonth> month;
    };
    for (auto const& c : std::vector<Case>{
             {"a month", "2025-01", YearMonth{2025, 1}},
             {"December", "2025-12", YearMonth{2025, 12}},
             {"the first of all", "1900-01", YearMonth::first()},
             {"before it", "1899-12", {}},
             {"the last of all", "2199-12", YearMonth::last()},
             {"after it", "2200-01", {}},
             {"month 0", "2025-00", {}},
             {"month 13", "2025-13", {}},
             {"a year mistyped", "0205-01", {}},
             {"nothing", "", {}},
             {"one digit short", "2025-1", {}},
             {"two-digit year", "25-01", {}},
             {"a day behind it", "2025-01-01", {}},
             {"space before", " 2025-1", {}},
             {"space behind", "2025-1 ", {}},
             {"a slash", "2025/01", {}},
             {"no sign between", "2025001", {}},
             {"plus", "+025-01", {}},
             {"minus", "-025-01", {}},
             {"minus in the month", "2025--1", {}},
             {"a letter in the year", "202a-01", {}},
             {"a letter in the month", "2025-0x", {}},
             {"the sign misplaced", "202-501", {}},
         }) {
        CAPTURE(c.why);
        CHECK(YearMonth::parse(c.text) == c.month);
    }
}

TEST_CASE("every month is written as it is read") {
    for (auto month = YearMonth::first(); month <= YearMonth::last(); month = month.next()) {
        REQUIRE(YearMonth::parse(month.text()) == month);
        REQUIRE(YearMonth(month.year(), month.month()) == month);
    }
    CHECK(YearMonth(2025, 1).text() == "2025-01");
    CHECK(YearMonth(1999, 12).text() == "1999-12");
}

TEST_CASE("a month outside the calendar is refused, never rolled over") {
    struct Case {
        std::string why;
        int year;
        int month;
        bool refused;
    };
    for (auto const& c : std::vector<Case>{
             {"month 0", 2025, 0, true},
             {"month 1", 2025, 1, false},
             {"month 12", 2025, 12, false},
             {"month 13", 2025, 13, true},
             {"month -1", 2025, -1, true},
             {"the year before the first", 1899, 12, true},
             {"the first year", 1900, 1, false},
             {"the last year", 2199, 12, false},
             {"the year after the last", 2200, 1, true},
         }) {
        CAPTURE(c.why);
        if (c.refused) {
            CHECK_THROWS_AS(static_cast<void>(YearMonth(c.year, c.month)), ContractViolation);
        } else {
            CHECK_NOTHROW(static_cast<void>(YearMonth(c.year, c.month)));
        }
    }
}

TEST_CASE("point and length") {
    struct Case {
        std::string why;
        YearMonth from;
        int months;
        YearMonth to;
    };
    for (auto const& c : std::vector<Case>{
             {"no step", {2025, 6}, 0, {2025, 6}},
             {"inside a year", {2025, 1}, 11, {2025, 12}},
             {"over New Year", {2025, 12}, 1, {2026, 1}},
             {"a year", {2025, 1}, 12, {2026, 1}},
             {"back over New Year", {2025, 1}, -1, {2024, 12}},
             {"back by a year and a month", {2025, 1}, -13, {2023, 12}},
             {"sixty years", {1965, 1}, 720, {2025, 1}},
             {"from end to end", {1900, 1}, 3599, {2199, 12}},
         }) {
        CAPTURE(c.why);
        CHECK(c.from + Months(c.months) == c.to);
        CHECK(c.to - Months(c.months) == c.from);
        CHECK((c.to - c.from).count() == c.months);
        CHECK((c.from < c.to) == (c.months > 0));
    }
    CHECK(YearMonth(2025, 1).previous() == YearMonth(2024, 12));
    CHECK(YearMonth(2025, 1).december() == YearMonth(2025, 12));
    CHECK(YearMonth(2025, 12).december() == YearMonth(2025, 12));
    CHECK(YearMonth::last() < YearMonth::last() + Months(1));
    CHECK(YearMonth::first() - Months(1) < YearMonth::first());
}

TEST_CASE("lengths add up and turn round") {
    CHECK(Months::of_years(60) == Months(720));
    CHECK(Months(7) + Months(-9) == Months(-2));
    CHECK(Months(7) - Months(9) == Months(-2));
    CHECK(-Months(7) == Months(-7));
    Months sum;
    sum += Months(5);
    CHECK(sum == Months(5));
    CHECK(Months(-1) < Months());
}

} // namespace pensim::test

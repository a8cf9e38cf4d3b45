#include "core/law/retirement_age.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

enum class Class { men, women_55, women_50 };

Life person(Class of, YearMonth birth) {
    Life life;
    life.sex = of == Class::men ? Sex::male : Sex::female;
    life.post = of == Class::women_55 ? Post::management : Post::worker;
    life.birth = birth;
    return life;
}

} // namespace

TEST_CASE("the statutory month follows the tables of the 2024 decision") {
    struct Case {
        std::string why;
        Class of;
        YearMonth birth;
        YearMonth statutory;
    };
    for (auto const& c : std::vector<Case>{
             {"men: long before", Class::men, {1950, 2}, {2010, 2}},
             {"men: the month before the base month, 60y0m", Class::men, {1964, 12}, {2024, 12}},
             {"men: the base month, 60y1m", Class::men, {1965, 1}, {2025, 2}},
             {"men: last of the first step", Class::men, {1965, 4}, {2025, 5}},
             {"men: second step, 60y2m", Class::men, {1965, 5}, {2025, 7}},
             {"men: 62y0m", Class::men, {1972, 9}, {2034, 9}},
             {"men: last month of 62y11m", Class::men, {1976, 8}, {2039, 7}},
             {"men: first month of 63y", Class::men, {1976, 9}, {2039, 9}},
             {"men: last month of the last step", Class::men, {1976, 12}, {2039, 12}},
             {"men: no later than 63y", Class::men, {1977, 1}, {2040, 1}},
             {"men: far beyond", Class::men, {1990, 6}, {2053, 6}},
             {"women 55: before the base month", Class::women_55, {1969, 12}, {2024, 12}},
             {"women 55: the base month, 55y1m", Class::women_55, {1970, 1}, {2025, 2}},
             {"women 55: last of the first step", Class::women_55, {1970, 4}, {2025, 5}},
             {"women 55: second step", Class::women_55, {1970, 5}, {2025, 7}},
             {"women 55: last month of 57y11m", Class::women_55, {1981, 8}, {2039, 7}},
             {"women 55: first month of 58y", Class::women_55, {1981, 9}, {2039, 9}},
             {"women 55: no later than 58y", Class::women_55, {1982, 1}, {2040, 1}},
             {"women 50: before the base month", Class::women_50, {1974, 12}, {2024, 12}},
             {"women 50: the base month, 50y1m", Class::women_50, {1975, 1}, {2025, 2}},
             {"women 50: last of the first step", Class::women_50, {1975, 2}, {2025, 3}},
             {"women 50: second step, 50y2m", Class::women_50, {1975, 3}, {2025, 5}},
             {"women 50: 53y", Class::women_50, {1980, 11}, {2033, 11}},
             {"women 50: last month of 54y11m", Class::women_50, {1984, 10}, {2039, 9}},
             {"women 50: first month of 55y", Class::women_50, {1984, 11}, {2039, 11}},
             {"women 50: last month of the last step", Class::women_50, {1984, 12}, {2039, 12}},
             {"women 50: no later than 55y", Class::women_50, {1985, 1}, {2040, 1}},
         }) {
        CAPTURE(c.why);
        CHECK(law::statutory_month(rules("law"), person(c.of, c.birth)) == c.statutory);
    }
}

TEST_CASE("every birth month follows the formula of the decision") {
    struct Row {
        Class of;
        YearMonth base;
        int years;
        int step;
        int most;
    };
    for (auto const& row : std::vector<Row>{{Class::men, {1965, 1}, 60, 4, 36},
                                            {Class::women_55, {1970, 1}, 55, 4, 36},
                                            {Class::women_50, {1975, 1}, 50, 2, 60}}) {
        for (YearMonth birth{1930, 1}; birth <= YearMonth{2010, 12}; birth = birth.next()) {
            int const k = (birth - row.base).count();
            int const delay = k < 0 ? 0 : std::min(row.most, k / row.step + 1);
            Life const life = person(row.of, birth);
            CAPTURE(birth.text());
            CHECK(law::original_age_month(rules("law"), life)
                  == birth + Months::of_years(row.years));
            CHECK(law::statutory_month(rules("law"), life)
                  == birth + Months(row.years * 12 + delay));
        }
    }
}

TEST_CASE("a man's post makes no difference") {
    Life man = person(Class::men, {1972, 9});
    man.post = Post::management;
    CHECK(law::statutory_month(rules("law"), man) == YearMonth(2034, 9));
}

TEST_CASE("a claim may be up to 36 months early or late, never before the original age") {
    struct Case {
        std::string why;
        Class of;
        YearMonth birth;
        YearMonth earliest;
        YearMonth latest;
    };
    for (auto const& c : std::vector<Case>{
             {"one month of delay: one month early", Class::men, {1965, 1}, {2025, 1}, {2028, 2}},
             {"24 of delay: 24 early", Class::men, {1972, 9}, {2032, 9}, {2037, 9}},
             {"36 of delay: 36 early", Class::men, {1976, 9}, {2036, 9}, {2042, 9}},
             {"58 at the latest for women 55", Class::women_55, {1981, 9}, {2036, 9}, {2042, 9}},
             {"35 of delay, women 50", Class::women_50, {1980, 10}, {2030, 10}, {2036, 9}},
             {"36 of delay, women 50: the original age",
              Class::women_50,
              {1980, 12},
              {2030, 12},
              {2036, 12}},
             {"37 of delay: 36 early is after the original age",
              Class::women_50,
              {1981, 1},
              {2031, 2},
              {2037, 2}},
             {"60 of delay: 36 early", Class::women_50, {1984, 11}, {2036, 11}, {2042, 11}},
         }) {
        CAPTURE(c.why);
        auto const window = law::claim_window(rules("law"), person(c.of, c.birth));
        CHECK(window.earliest == c.earliest);
        CHECK(window.latest == c.latest);
    }
}

} // namespace pensim::test

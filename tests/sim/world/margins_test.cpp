#include "sim/world/margins.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace pensim::test {

namespace {

using world::adjust_to_margins;
using world::Margins;
using world::RectangularMatrix;

} // namespace

TEST_CASE("a seed of ones becomes the product of the margins, in one iteration") {
    auto const fit =
        adjust_to_margins({2, 3, {1, 1, 1, 1, 1, 1}}, {{10.0, 20.0}, {6.0, 9.0, 15.0}});
    REQUIRE(fit.has_value());
    CHECK(fit->converged);
    CHECK(fit->iterations == 1);
    std::vector<double> const expected{2, 3, 5, 4, 6, 10};
    for (std::size_t k = 0; k < expected.size(); ++k) {
        CHECK(fit->table.values[k] == doctest::Approx(expected[k]));
    }
}

TEST_CASE("the structure of the seed stays: cross ratios are the same") {
    RectangularMatrix const seed{2, 2, {40, 30, 35, 50}};
    auto const fit = adjust_to_margins(seed, {{150.0, 300.0}, {200.0, 250.0}});
    REQUIRE(fit.has_value());
    CHECK(fit->converged);
    CHECK(fit->iterations > 1);
    CHECK(fit->gap <= 450.0 * 1e-10);
    auto const ratio = [](RectangularMatrix const& t) {
        return t.at(0, 0) * t.at(1, 1) / (t.at(0, 1) * t.at(1, 0));
    };
    CHECK(ratio(fit->table) == doctest::Approx(ratio(seed)));
    CHECK(fit->table.at(0, 0) + fit->table.at(0, 1) == doctest::Approx(150.0));
    CHECK(fit->table.at(0, 1) + fit->table.at(1, 1) == doctest::Approx(250.0));
}

TEST_CASE("a seed that fits already is left alone") {
    RectangularMatrix const seed{1, 2, {3, 4}};
    auto const fit = adjust_to_margins(seed, {{7.0}, {3.0, 4.0}});
    REQUIRE(fit.has_value());
    CHECK(fit->iterations == 0);
    CHECK(fit->gap == 0.0);
    CHECK(fit->table == seed);
}

TEST_CASE("zeros stay zero, and sums out of their reach are told") {
    auto const within = adjust_to_margins({2, 2, {0, 1, 1, 0}}, {{5.0, 0.0}, {0.0, 5.0}});
    REQUIRE(within.has_value());
    CHECK(within->converged);
    CHECK(within->table == RectangularMatrix{2, 2, {0, 5, 0, 0}});
    auto const beyond =
        adjust_to_margins({2, 2, {1, 0, 0, 1}}, {{1.0, 2.0}, {2.0, 1.0}}, {1e-10, 50});
    REQUIRE(beyond.has_value());
    CHECK_FALSE(beyond->converged);
    CHECK(beyond->iterations == 50);
    CHECK(beyond->gap == doctest::Approx(1.0));
}

TEST_CASE("margins that cannot be reached") {
    struct Case {
        std::string why;
        RectangularMatrix seed;
        Margins margins;
        Problems problems;
    };
    for (auto const& c : std::vector<Case>{
             {"totals",
              {2, 2, {1, 1, 1, 1}},
              {{1.0, 2.0}, {2.0, 2.0}},
              {{"margins", "rows add up to 3.000000, columns to 4.000000"}}},
             {"nothing to multiply",
              {2, 2, {0, 0, 1, 1}},
              {{1.0, 2.0}, {2.0, 1.0}},
              {{"row margin 1", "is 1.000000, but all of this row of the seed is zero"}}},
             {"sizes and a negative sum",
              {1, 2, {1, 1}},
              {{1.0, 2.0}, {4.0, -1.0}},
              {{"row margin", "has 2 sums for a table of 1 rows"},
               {"column margin 2", "is -1.000000; a sum is a number of zero or more"}}},
             {"a negative cell",
              {1, 1, {-2}},
              {{1.0}, {1.0}},
              {{"seed table", "holds -2.000000; a cell is a number of zero or more"}}},
         }) {
        CAPTURE(c.why);
        auto const fit = adjust_to_margins(c.seed, c.margins);
        REQUIRE_FALSE(fit.has_value());
        CHECK(fit.error() == c.problems);
    }
}

} // namespace pensim::test

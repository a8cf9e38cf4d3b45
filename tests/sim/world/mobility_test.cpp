#include "sim/world/mobility.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/basis/check.hpp"

namespace pensim::test {

namespace {

using world::fit_generator;
using world::GeneratorMethod;
using world::SquareMatrix;
using world::transition;

constexpr double close = 1e-12;

bool near(double a, double b, double tolerance = close) {
    return std::abs(a - b) <= tolerance;
}

bool near(SquareMatrix const& a, SquareMatrix const& b, double tolerance = close) {
    bool same = a.size == b.size;
    for (std::size_t k = 0; same && k < a.values.size(); ++k) {
        same = near(a.values[k], b.values[k], tolerance);
    }
    return same;
}

SquareMatrix times(SquareMatrix matrix, double factor) {
    for (double& value : matrix.values) {
        value *= factor;
    }
    return matrix;
}

SquareMatrix product(SquareMatrix const& a, SquareMatrix const& b) {
    auto result = SquareMatrix::zero(a.size);
    for (int i = 0; i < a.size; ++i) {
        for (int j = 0; j < a.size; ++j) {
            for (int k = 0; k < a.size; ++k) {
                result.at(i, j) += a.at(i, k) * b.at(k, j);
            }
        }
    }
    return result;
}

SquareMatrix const between_two{2, {-0.03, 0.03, 0.01, -0.01}};
SquareMatrix const among_three{3, {-0.05, 0.02, 0.03, 0.001, -0.004, 0.003, 0.0, 0.02, -0.02}};

} // namespace

TEST_CASE("two areas: the chances in closed form") {
    for (double const years : {0.0, 1.0 / 12.0, 1.0, 5.0, 40.0, 1000.0}) {
        CAPTURE(years);
        auto const chances = transition(between_two, years);
        double const moved = (1.0 - std::exp(-0.04 * years)) / 0.04;
        CHECK(near(chances,
                   {2, {1.0 - 0.03 * moved, 0.03 * moved, 0.01 * moved, 1.0 - 0.01 * moved}}));
    }
}

TEST_CASE("three areas: a one-way road and a round table in closed form") {
    double const years = 7.0;
    SUBCASE("first to second at 0.2, second to third at 0.1") {
        auto const chances =
            transition({3, {-0.2, 0.2, 0.0, 0.0, -0.1, 0.1, 0.0, 0.0, 0.0}}, years);
        double const first = std::exp(-0.2 * years);
        double const second = std::exp(-0.1 * years);
        double const there = 0.2 / (0.1 - 0.2) * (first - second);
        CHECK(near(
            chances,
            {3, {first, there, 1.0 - first - there, 0.0, second, 1.0 - second, 0.0, 0.0, 1.0}}));
    }
    SUBCASE("from each to each at 0.1") {
        auto const chances =
            transition({3, {-0.2, 0.1, 0.1, 0.1, -0.2, 0.1, 0.1, 0.1, -0.2}}, years);
        double const moved = (1.0 - std::exp(-0.3 * years)) / 3.0;
        double const stayed = 1.0 - 2.0 * moved;
        CHECK(
            near(chances, {3, {stayed, moved, moved, moved, stayed, moved, moved, moved, stayed}}));
    }
}

TEST_CASE("chances over two stretches are those over both") {
    CHECK(near(product(transition(among_three, 2.0), transition(among_three, 3.0)),
               transition(among_three, 5.0)));
    CHECK(transition(SquareMatrix::zero(0), 1.0).size == 0);
}

TEST_CASE("the generator behind counts comes back") {
    for (SquareMatrix const& rates : {between_two, among_three, SquareMatrix::zero(3)}) {
        for (double const years : {1.0, 5.0}) {
            auto const fit = fit_generator(times(transition(rates, years), 1e6), years);
            REQUIRE(fit.has_value());
            CHECK(fit->method == GeneratorMethod::logarithm);
            CHECK(fit->repaired_entries == 0);
            CHECK(near(fit->rates, rates));
            CHECK(fit->largest_error < close);
            CHECK(fit->mean_error <= fit->largest_error);
        }
    }
}

TEST_CASE("rates below zero are repaired") {
    // Nobody went from the first area to the third, although the way through the second is open:
    // the logarithm has -0.1^2 / (2 x 0.9^2) and less there.
    auto const fit = fit_generator({3, {90, 10, 0, 0, 90, 10, 0, 10, 90}}, 1.0);
    REQUIRE(fit.has_value());
    CHECK((fit->method == GeneratorMethod::diagonal_adjustment
           || fit->method == GeneratorMethod::weighted_adjustment));
    CHECK(fit->repaired_entries == 1);
    CHECK(world::is_generator(fit->rates));
    CHECK(fit->rates.at(0, 2) == 0.0);
    CHECK(fit->largest_error > 1e-4);
    CHECK(fit->largest_error < 0.01);
    auto const back = transition(fit->rates, 1.0);
    auto const observed = *world::transition_of_counts({3, {90, 10, 0, 0, 90, 10, 0, 10, 90}});
    double sum = 0.0;
    for (std::size_t k = 0; k < back.values.size(); ++k) {
        sum += std::abs(back.values[k] - observed.values[k]);
    }
    CHECK(near(fit->mean_error, sum / 9.0));
}

TEST_CASE("without a real logarithm the rates are of first order") {
    struct Case {
        std::string why;
        SquareMatrix counts;
        SquareMatrix rates; ///< over two years
    };
    for (auto const& c : std::vector<Case>{
             {"an eigenvalue below zero", {2, {1, 9, 9, 1}}, {2, {-0.45, 0.45, 0.45, -0.45}}},
             {"an eigenvalue of zero", {2, {5, 5, 5, 5}}, {2, {-0.25, 0.25, 0.25, -0.25}}},
             {"everybody moves in a ring of four",
              {4, {0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0}},
              {4, {-0.5, 0.5, 0, 0, 0, -0.5, 0.5, 0, 0, 0, -0.5, 0.5, 0.5, 0, 0, -0.5}}},
         }) {
        CAPTURE(c.why);
        auto const fit = fit_generator(c.counts, 2.0);
        REQUIRE(fit.has_value());
        CHECK(fit->method == GeneratorMethod::first_order);
        CHECK(near(fit->rates, c.rates));
        CHECK(fit->largest_error > 0.0);
    }
}

TEST_CASE("counts that cannot be: every one is named") {
    auto const fit = fit_generator({2, {-1.0, 2.0, 0.0, 0.0}}, 5.0);
    REQUIRE_FALSE(fit.has_value());
    CHECK(fit.error()
          == Problems{
              {"counts, row 1, column 1", "is -1.000000; a count is a number of zero or more"},
              {"counts, row 2", "has no people; give the stayers on the diagonal"}});
}

TEST_CASE("people after some years") {
    SUBCASE("none is lost") {
        auto const after = world::occupancy({100.0, 200.0, 50.0}, among_three, 12.0);
        CHECK(near(after[0] + after[1] + after[2], 350.0, 1e-9));
    }
    SUBCASE("in the long run by the rates alone") {
        auto const after = world::occupancy({1.0, 0.0}, between_two, 5000.0);
        CHECK(near(after[0], 0.25, 1e-9));
        CHECK(near(after[1], 0.75, 1e-9));
    }
}

TEST_CASE("only generators have chances") {
    CHECK(world::is_generator(among_three));
    for (SquareMatrix const& wrong : {SquareMatrix{2, {0.1, -0.1, 0.1, -0.1}},
                                      SquareMatrix{2, {-0.1, 0.2, 0.1, -0.1}},
                                      SquareMatrix{2, {-0.1, 0.1}}}) {
        CHECK_FALSE(world::is_generator(wrong));
        CHECK_THROWS_AS(static_cast<void>(transition(wrong, 1.0)), ContractViolation);
    }
    CHECK_THROWS_AS(static_cast<void>(transition(between_two, -1.0)), ContractViolation);
    CHECK_THROWS_AS(static_cast<void>(between_two.at(0, 2)), ContractViolation);
}

} // namespace pensim::test

#include "sim/random/tables.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include <doctest/doctest.h>

#include "core/basis/check.hpp"
#include "sim/random/stream.hpp"
#include "tests/support/monte_carlo.hpp"

namespace pensim::test {

namespace {

using random::Chance;
using random::Choice;

constexpr double two_to_32 = 4294967296.0;
constexpr std::uint32_t last_draw = 0xffffffff;

/// Probabilities of a choice, from draws evenly over their whole range. Each cell of the table has
/// two results side by side, so each share is right to two draws a cell: the sharpest comparison
/// that draws allow.
std::vector<double> probabilities(Choice const& choice, std::uint32_t draws) {
    std::vector<double> shares(choice.size());
    for (std::uint32_t i = 0; i < draws; ++i) {
        auto const u = static_cast<std::uint32_t>((i + 0.5) / draws * two_to_32);
        shares[static_cast<std::size_t>(choice.draw(u))] += 1.0 / draws;
    }
    return shares;
}

/// Whether a table gives each its weight, and nothing to zeros.
void check_choice(std::vector<double> const& weights) {
    Choice const choice(weights);
    REQUIRE(choice.size() == weights.size());
    constexpr std::uint32_t draws = 1U << 18U;
    auto const shares = probabilities(choice, draws);
    double const sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    double const tolerance = 2.0 * static_cast<double>(weights.size()) / draws;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        CAPTURE(i);
        CHECK(std::abs(shares[i] - weights[i] / sum) <= tolerance);
        if (weights[i] == 0) {
            CHECK(shares[i] == 0);
        }
    }
    for (std::uint32_t const u : {0U, 1U, last_draw - 1, last_draw}) {
        CHECK(weights[static_cast<std::size_t>(choice.draw(u))] > 0);
    }
}

} // namespace

TEST_CASE("a chance of nothing, of everything, and the smallest") {
    Chance const nothing;
    CHECK(nothing.never());
    CHECK_FALSE(nothing.happens(0));
    CHECK(Chance(0).never());
    CHECK_FALSE(Chance(0).happens(0));

    CHECK(Chance(1).happens(0));
    CHECK(Chance(1).happens(last_draw));
    CHECK_FALSE(Chance(1).never());

    Chance const smallest(1 / two_to_32);
    CHECK(smallest.happens(0));
    CHECK_FALSE(smallest.happens(1));
    CHECK_FALSE(smallest.never());

    Chance const quarter(0.25);
    CHECK(quarter.happens(0x3fffffff));
    CHECK_FALSE(quarter.happens(0x40000000));

    CHECK_THROWS_AS(Chance(-0.01), ContractViolation);
    CHECK_THROWS_AS(Chance(1.01), ContractViolation);
}

TEST_CASE("one of few") {
    check_choice({1});
    check_choice({0.125});
    check_choice({1, 1});
    check_choice({3, 1});
    check_choice({0, 0, 5, 0});
    check_choice({1, 0, 1, 0, 1, 0});
    check_choice({0.7, 0.2, 0.1, 0});
    check_choice({1e-300, 0, 3e-300});
    check_choice({1e12, 1, 1e12});
    CHECK(Choice().empty());
    CHECK_THROWS_AS(Choice(std::vector<double>{}), ContractViolation);
    CHECK_THROWS_AS(Choice(std::vector<double>{0, 0}), ContractViolation);
    CHECK_THROWS_AS(Choice(std::vector<double>{2, -1}), ContractViolation);
}

TEST_CASE("the whole range of draws over two results, to the draw") {
    Choice const choice(std::vector<double>{3, 5});
    // 3/8 of all draws: the lower half of the table's first cell up to three quarters.
    auto const first_draws = [&](std::uint64_t from, std::uint64_t to) {
        return choice.draw(static_cast<std::uint32_t>(from)) == 0
               && choice.draw(static_cast<std::uint32_t>(to)) == 0;
    };
    std::uint64_t const three_eighths = (std::uint64_t{1} << 32U) / 8 * 3;
    CHECK(first_draws(0, three_eighths - 1));
    CHECK(choice.draw(static_cast<std::uint32_t>(three_eighths)) == 1);
    CHECK(choice.draw(last_draw) == 1);
}

TEST_CASE("one of 400, some of them impossible, of very different weights") {
    random::Stream stream({9, 0}, 0, random::Purpose::world);
    std::vector<double> weights;
    for (int i = 0; i < 400; ++i) {
        double const u = stream.next() / two_to_32;
        weights.push_back(i % 7 == 3 ? 0 : std::exp(6 * u));
    }
    check_choice(weights);
    std::sort(weights.begin(), weights.end());
    check_choice(weights);
    std::reverse(weights.begin(), weights.end());
    check_choice(weights);
    check_choice(std::vector<double>(400, 0.0025));
}

TEST_CASE("waiting times: mean, variance and tail of the exponential distribution") {
    random::Exponential const exponential;
    constexpr std::uint32_t draws = 1U << 20U;
    double mean = 0;
    double squares = 0;
    for (std::uint32_t i = 0; i < draws; ++i) {
        double const x = exponential.draw((i << 12U) + (1U << 11U));
        mean += x / draws;
        squares += x * x / draws;
    }
    // Straight lines between the quantiles of a curve that bends upwards: a little too long.
    CHECK(mean > 1);
    CHECK(mean < 1.00003);
    CHECK(squares == doctest::Approx(2).epsilon(2e-4));
}

TEST_CASE("waiting times: quantiles") {
    random::Exponential const exponential;
    CHECK(exponential.draw(0) == 0);
    double before = 0;
    for (std::uint64_t step = 1; step < 100'000; ++step) {
        auto const u = static_cast<std::uint32_t>(step * 42'949);
        double const exact = -std::log1p(-(u / two_to_32));
        double const drawn = exponential.draw(u);
        double const tolerance = u / two_to_32 < 0.999 ? 0.001 : 0.008;
        CHECK(std::abs(drawn / exact - 1) < tolerance);
        CHECK(drawn >= before);
        before = drawn;
    }
}

TEST_CASE("waiting times: beyond the last piece the same table again") {
    random::Exponential const exponential;
    double const last_knot = std::log(4096.0);
    std::uint32_t const behind = last_draw - (1U << 20U) + 1;
    CHECK(exponential.draw(behind - 1) < last_knot);
    CHECK(exponential.draw(behind - 1) == doctest::Approx(last_knot));
    CHECK(exponential.draw(behind) == doctest::Approx(last_knot));
    // Half of those behind it are behind it by ln 2, one of 1024 by ln 1024.
    CHECK(exponential.draw(behind + (1U << 19U)) == doctest::Approx(last_knot + std::log(2.0)));
    CHECK(exponential.draw(last_draw - (1U << 10U) + 1)
          == doctest::Approx(last_knot + std::log(1024.0)));
    CHECK(exponential.draw(last_draw) == doctest::Approx(2 * last_knot));
    Sample beyond;
    for (std::uint32_t u = behind; u > behind - 1; u += 64) {
        beyond.add(exponential.draw(u) - last_knot);
    }
    CHECK(beyond.mean() == doctest::Approx(1).epsilon(0.003));
}

TEST_CASE("wages: lognormal with mean 1") {
    for (double const sigma : {0.1, 0.5, 1.0, 2.0, 3.0}) {
        CAPTURE(sigma);
        random::LogNormal const wage(sigma);
        double mean = 0;
        double mean_logarithm = 0;
        double squares = 0;
        constexpr std::uint32_t steps = 4096;
        for (std::uint32_t i = 0; i < steps; ++i) {
            auto const ppm = static_cast<double>(wage.draw_ppm(i << 20U));
            CHECK(wage.draw_ppm((i << 20U) + 0xfffff) == wage.draw_ppm(i << 20U));
            double const logarithm = std::log(std::max(1.0, ppm) / 1e6);
            mean += ppm / 1e6 / steps;
            mean_logarithm += logarithm / steps;
            squares += logarithm * logarithm / steps;
        }
        CHECK(mean == doctest::Approx(1).epsilon(1e-6));
        CHECK(static_cast<double>(wage.draw_ppm(1U << 31U)) / 1e6
              == doctest::Approx(std::exp(-sigma * sigma / 2)).epsilon(0.001 + sigma / 2000));
        CHECK(mean_logarithm == doctest::Approx(-sigma * sigma / 2).epsilon(0.002));
        CHECK(std::sqrt(squares - mean_logarithm * mean_logarithm)
              == doctest::Approx(sigma).epsilon(0.002));
    }
}

TEST_CASE("wages: all alike") {
    for (random::LogNormal const& same : {random::LogNormal(), random::LogNormal(0)}) {
        CHECK(same.draw_ppm(0) == 1'000'000);
        CHECK(same.draw_ppm(last_draw) == 1'000'000);
    }
    CHECK_THROWS_AS(random::LogNormal(-0.1), ContractViolation);
    CHECK_THROWS_AS(random::LogNormal(3.1), ContractViolation);
}

} // namespace pensim::test

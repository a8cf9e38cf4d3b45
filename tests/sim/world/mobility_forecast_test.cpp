#include "sim/world/mobility_forecast.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include "core/basis/check.hpp"
#include "sim/world/gravity.hpp"
#include "sim/world/mobility.hpp"

namespace pensim::test {

namespace {

using world::ForecastMethod;
using world::MigrationTable;
using world::Period;
using world::predict_next;
using world::SquareMatrix;

/// Three areas over five years; nobody's staying is known.
MigrationTable movers_only(int from_year, double share, std::vector<double> counts) {
    return {{from_year, from_year + 5}, share, {3, std::move(counts)}};
}

/// What a process that never changes leaves of `people` in five years, and where they are then.
MigrationTable next_of(SquareMatrix const& rates, int from_year, std::vector<double>& people) {
    SquareMatrix counts = world::transition(rates, 5.0);
    for (int i = 0; i < counts.size; ++i) {
        for (int j = 0; j < counts.size; ++j) {
            counts.at(i, j) *= people[static_cast<std::size_t>(i)];
        }
    }
    people = world::occupancy(people, rates, 5.0);
    return {{from_year, from_year + 5}, 1.0, counts};
}

SquareMatrix const draining{3, {-0.08, 0.06, 0.02, 0.001, -0.002, 0.001, 0.005, 0.02, -0.025}};

double error_of(SquareMatrix const& predicted, MigrationTable const& observed) {
    return world::forecast_error(predicted, world::movers(observed)).share_misplaced;
}

} // namespace

TEST_CASE("movers are counts over the sampled share, without stayers") {
    auto const persons = world::movers({{2000, 2005}, 0.25, {2, {90.0, 10.0, 5.0, 70.0}}});
    CHECK(persons == SquareMatrix{2, {0.0, 40.0, 20.0, 0.0}});
}

TEST_CASE("errors by hand") {
    SquareMatrix const observed{2, {7.0, 30.0, 10.0, 7.0}};
    SUBCASE("the same share on each way, half as many people") {
        auto const error = world::forecast_error({2, {0.0, 15.0, 5.0, 0.0}}, observed);
        CHECK(error.share_misplaced == doctest::Approx(0.0));
        CHECK(error.absolute_persons == doctest::Approx(20.0));
        CHECK(error.predicted_persons == doctest::Approx(20.0));
        CHECK(error.observed_persons == doctest::Approx(40.0));
    }
    SUBCASE("the other way round") {
        auto const error = world::forecast_error({2, {0.0, 10.0, 30.0, 0.0}}, observed);
        CHECK(error.share_misplaced == doctest::Approx(0.5));
        CHECK(error.absolute_persons == doctest::Approx(40.0));
    }
}

TEST_CASE("trends carry growth on, damped step by step") {
    std::vector<MigrationTable> const history{
        movers_only(2000, 0.5, {0, 1e6, 2e6, 3e6, 0, 4e6, 5e6, 6e6, 0}),
        movers_only(2005, 1.0, {0, 4e6, 8e6, 12e6, 0, 16e6, 20e6, 24e6, 0})};
    for (auto const method :
         {ForecastMethod::cell_trend, ForecastMethod::margin_trend, ForecastMethod::pooled_trend}) {
        struct Case {
            double damping;
            int from_year;
            double factor; ///< after growth by 2 in each cell
        };
        for (auto const& c : std::vector<Case>{{0.0, 2010, 1.0},
                                               {1.0, 2010, 2.0},
                                               {1.0, 2015, 4.0},
                                               {0.5, 2010, std::sqrt(2.0)},
                                               {0.5, 2015, std::pow(2.0, 0.75)}}) {
            CAPTURE(c.damping);
            CAPTURE(c.from_year);
            auto const predicted = world::predict_with(
                {method, c.damping}, history, Period{c.from_year, c.from_year + 5});
            REQUIRE(predicted.has_value());
            CHECK(predicted->at(0, 1) == doctest::Approx(4e6 * c.factor).epsilon(1e-6));
            CHECK(predicted->at(2, 1) == doctest::Approx(24e6 * c.factor).epsilon(1e-6));
            CHECK(predicted->at(1, 1) == 0.0);
        }
    }
}

TEST_CASE("a process that never changes is foreseen by its generator") {
    std::vector<double> people{9e6, 1e6, 4e6};
    std::vector<MigrationTable> history;
    for (int const year : {1990, 1995, 2000}) {
        history.push_back(next_of(draining, year, people));
    }
    auto const passed_over = next_of(draining, 2005, people);
    auto const to_come = next_of(draining, 2010, people);
    auto const forecast = predict_next(history, {2010, 2015});
    REQUIRE(forecast.has_value());
    CHECK(forecast->chosen.method == ForecastMethod::generator);
    CHECK(forecast->scores.size() == world::forecast_candidates().size());
    CHECK(error_of(forecast->persons, to_come) < 1e-9);
    CHECK(error_of(world::movers(history.back()), to_come) > 0.01);
    CHECK(error_of(forecast->persons, passed_over) > 1e-3);
}

TEST_CASE("steady growth by cell is foreseen where nobody knows the stayers") {
    std::vector<MigrationTable> history;
    std::vector<double> counts{0, 1e6, 2e6, 3e6, 0, 4e6, 5e6, 6e6, 0};
    for (int const year : {1990, 1995, 2000, 2005}) {
        history.push_back(movers_only(year, 0.1, counts));
        counts[1] *= 1.5;
        counts[3] *= 0.8;
        counts[5] *= 1.2;
    }
    MigrationTable const to_come = history.back();
    history.pop_back();
    auto const forecast = predict_next(history, to_come.period);
    REQUIRE(forecast.has_value());
    CHECK(forecast->chosen == world::ForecastCandidate{ForecastMethod::cell_trend, 1.0});
    CHECK(error_of(forecast->persons, to_come) < 1e-6);
    CHECK(std::none_of(forecast->scores.begin(), forecast->scores.end(), [](auto const& score) {
        return score.candidate.method == ForecastMethod::generator;
    }));
}

TEST_CASE("one period only is repeated") {
    std::vector<MigrationTable> const history{movers_only(2000, 0.1, {0, 1, 2, 3, 0, 4, 5, 6, 0})};
    auto const forecast = predict_next(history, {2005, 2010});
    REQUIRE(forecast.has_value());
    CHECK(forecast->persons == world::movers(history.back()));
    CHECK(forecast->scores.empty());
}

TEST_CASE("a history that cannot be: every fault is named") {
    auto const none = predict_next({}, {2005, 2010});
    REQUIRE_FALSE(none.has_value());
    CHECK(none.error() == Problems{{"migration history", "is empty; give one period at least"}});
    std::vector<MigrationTable> const history{{{2000, 2010}, 10.0, {2, {0, 1, 1, 0}}},
                                              movers_only(2000, 0.1, {0, 0, 0, 0, 0, 0, 0, 0, 0})};
    auto const wrong = predict_next(history, {1995, 2000});
    REQUIRE_FALSE(wrong.has_value());
    CHECK(wrong.error()
          == Problems{{"period 2000 to 2010", "is not as long as the last one known"},
                      {"period 2000 to 2010",
                       "has a sampled share of 10.000000; it lies above 0 and up to 1"},
                      {"period 2000 to 2010", "is not over the same areas as the last one"},
                      {"period 2000 to 2005", "does not come after period 2000 to 2010"},
                      {"period 2000 to 2005", "has counts below zero, or nobody who moved"},
                      {"period 1995 to 2000", "does not come after period 2000 to 2005"}});
}

TEST_CASE("a trend needs periods in order of time") {
    std::vector<MigrationTable> const history{movers_only(2005, 0.1, {0, 1, 2, 3, 0, 4, 5, 6, 0}),
                                              movers_only(2000, 0.1, {0, 1, 2, 3, 0, 4, 5, 6, 0})};
    CHECK_THROWS_AS(static_cast<void>(world::predict_with(
                        {ForecastMethod::cell_trend, 0.5}, history, {2010, 2015})),
                    ContractViolation);
}

TEST_CASE("gravity stands beside a forecast") {
    std::vector<double> const populations{1e6, 3e6, 2e6, 5e6};
    SquareMatrix const distances =
        world::distances_km({{116.4, 39.9}, {121.5, 31.2}, {113.3, 23.1}, {104.1, 30.7}});
    SquareMatrix counts =
        world::predict_gravity({-9.0, 1.0, 0.8, 1.0}, {populations, populations, distances});
    for (int i = 0; i < counts.size; ++i) {
        counts.at(i, i) = populations[static_cast<std::size_t>(i)]; // few move, so about as many
    }
    MigrationTable const table{{2005, 2010}, 1.0, counts};
    auto const predicted = world::predict_by_gravity(table, distances);
    REQUIRE(predicted.has_value());
    CHECK(error_of(*predicted, table) < 0.02);
}

} // namespace pensim::test

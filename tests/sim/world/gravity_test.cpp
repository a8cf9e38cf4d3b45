#include "sim/world/gravity.hpp"

#include <cmath>
#include <numbers>
#include <vector>

#include <doctest/doctest.h>

namespace pensim::test {

namespace {

using world::fit_gravity;
using world::GravityFacts;
using world::GravityModel;
using world::SquareMatrix;

GravityFacts five_areas() {
    return {{50.0, 20.0, 80.0, 10.0, 35.0},
            {55.0, 18.0, 90.0, 9.0, 33.0},
            world::distances_km(
                {{116.4, 39.9}, {121.5, 31.2}, {113.3, 23.1}, {87.6, 43.8}, {104.1, 30.7}})};
}

void check_near(GravityModel const& found, GravityModel const& wanted) {
    CHECK(found.constant == doctest::Approx(wanted.constant).epsilon(1e-8));
    CHECK(found.origin_elasticity == doctest::Approx(wanted.origin_elasticity).epsilon(1e-8));
    CHECK(found.destination_elasticity
          == doctest::Approx(wanted.destination_elasticity).epsilon(1e-8));
    CHECK(found.distance_decay == doctest::Approx(wanted.distance_decay).epsilon(1e-8));
}

} // namespace

TEST_CASE("the coefficients that made the flows are found again") {
    GravityModel const truth{3.0, 0.8, 1.1, 0.9};
    auto flows = world::predict_gravity(truth, five_areas());
    CHECK(flows.at(2, 2) == 0.0);
    flows.at(2, 2) = 1e9; // stayers play no part
    auto const fit = fit_gravity(flows, five_areas());
    REQUIRE(fit.has_value());
    CHECK(fit->converged);
    check_near(fit->model, truth);
}

TEST_CASE("flows of zero count, and totals are kept") {
    auto flows = world::predict_gravity({3.0, 0.8, 1.1, 0.9}, five_areas());
    flows.at(3, 1) = 0.0;
    flows.at(1, 3) = 0.0;
    flows.at(0, 2) *= 1.5;
    auto const fit = fit_gravity(flows, five_areas());
    REQUIRE(fit.has_value());
    CHECK(fit->converged);
    // What the score equations of a Poisson model with a constant promise.
    auto const expected = world::predict_gravity(fit->model, five_areas());
    double observed_sum = 0.0;
    double expected_sum = 0.0;
    for (std::size_t k = 0; k < flows.values.size(); ++k) {
        observed_sum += flows.values[k];
        expected_sum += expected.values[k];
    }
    CHECK(expected_sum == doctest::Approx(observed_sum).epsilon(1e-9));
}

TEST_CASE("a flow by hand") {
    GravityFacts const facts{{4.0, 9.0}, {2.0, 3.0}, {2, {0.0, 10.0, 10.0, 0.0}}};
    auto const flows = world::predict_gravity({std::log(5.0), 0.5, 2.0, 1.0}, facts);
    CHECK(flows.at(0, 1) == doctest::Approx(5.0 * 2.0 * 9.0 / 10.0));
    CHECK(flows.at(1, 0) == doctest::Approx(5.0 * 3.0 * 4.0 / 10.0));
}

TEST_CASE("facts and flows that tell nothing") {
    GravityFacts const alike{{1.0, 1.0, 1.0}, {1.0, 1.0, 1.0}, {3, {0, 5, 5, 5, 0, 5, 5, 5, 0}}};
    auto const same = fit_gravity({3, {0, 1, 2, 3, 0, 4, 5, 6, 0}}, alike);
    REQUIRE_FALSE(same.has_value());
    CHECK(same.error()
          == Problems{
              {"gravity facts", "are too alike to tell constant, populations and distance apart"}});
    auto const none = fit_gravity(SquareMatrix::zero(3), alike);
    REQUIRE_FALSE(none.has_value());
    CHECK(none.error() == Problems{{"flows", "are all zero; there is nothing to fit"}});
    auto const wrong = fit_gravity({2, {0, 1, -1, 0}}, {{1.0, 1.0}, {0.0, 1.0}, {2, {0, 5, 0, 0}}});
    REQUIRE_FALSE(wrong.has_value());
    CHECK(wrong.error()
          == Problems{{"populations of area 1", "are not both above zero"},
                      {"flow from area 2 to 1", "is -1.000000; a flow is a number of zero or more"},
                      {"distance from area 2 to 1", "is 0.000000 km; it must be above zero"}});
}

TEST_CASE("great circles") {
    constexpr double quarter = 6371.0088 * std::numbers::pi / 2.0;
    CHECK(world::distance_km({0, 0}, {90, 0}) == doctest::Approx(quarter));
    CHECK(world::distance_km({10, 0}, {-130, 90}) == doctest::Approx(quarter));
    CHECK(world::distance_km({20, 30}, {-160, -30}) == doctest::Approx(2.0 * quarter));
    CHECK(world::distance_km({116.4, 39.9}, {116.4, 39.9}) == 0.0);
    // Beijing to Shanghai.
    CHECK(world::distance_km({116.405, 39.905}, {121.473, 31.232})
          == doctest::Approx(1067).epsilon(0.002));
    auto const distances = world::distances_km({{0, 0}, {90, 0}, {0, 90}});
    CHECK(distances.at(0, 0) == 0.0);
    CHECK(distances.at(0, 1) == distances.at(1, 0));
}

} // namespace pensim::test

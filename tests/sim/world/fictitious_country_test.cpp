#include "sim/world/fictitious_country.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/basis/check.hpp"
#include "tests/support/monte_carlo.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

using world::FictitiousCountry;
using world::FictitiousSpec;

FictitiousCountry make(FictitiousSpec const& spec) {
    return world::make_country(spec, tables().wages, areas().default_count());
}

FictitiousSpec of_size(int size) {
    FictitiousSpec spec;
    spec.areas = size;
    spec.seed = 7;
    return spec;
}

Fen mean_wage(int year) {
    Fen sum;
    for (std::size_t i = 0; i < areas().default_count(); ++i) {
        sum += tables().wages.at(static_cast<AreaId>(i), year);
    }
    return divide_half_up(sum.count(), static_cast<std::int64_t>(areas().default_count()));
}

bool same(FictitiousCountry const& a, FictitiousCountry const& b) {
    return a.people == b.people && a.monthly_moves == b.monthly_moves
           && a.wages.at(AreaId{1}, 2020) == b.wages.at(AreaId{1}, 2020);
}

} // namespace

TEST_CASE("a country of any size: ids, wages, people") {
    for (int const size : {2, 3, 400, 1200}) {
        CAPTURE(size);
        auto const country = make(of_size(size));
        auto const n = static_cast<std::size_t>(size);
        CHECK(country.areas.size() == n);
        CHECK(country.areas.default_count() == n);
        CHECK(country.areas.all().front().id == "A001");
        CHECK(country.areas.find(size < 1000 ? "A002" : "A1200").has_value());
        CHECK(country.people.size() == n);
        CHECK(*std::min_element(country.people.begin(), country.people.end()) > 0);
        CHECK(country.monthly_moves.size() == n * n);
        CHECK(country.wages.first_year() == tables().wages.first_year());
        CHECK(country.wages.last_year() == tables().wages.last_year());
        bool positive = true;
        for (std::size_t i = 0; i < n; ++i) {
            for (int year : {country.wages.first_year(), 2010, country.wages.last_year()}) {
                positive = positive && country.wages.at(static_cast<AreaId>(i), year) > Fen{};
            }
        }
        CHECK(positive);
    }
}

TEST_CASE("monthly moves: rows sum to 1, few destinations, all leave at one rate") {
    FictitiousSpec spec = of_size(300);
    spec.moving_per_year = 0.06;
    for (int const destinations : {1, 40, 299, 300, 500}) {
        CAPTURE(destinations);
        spec.destinations = destinations;
        auto const country = make(spec);
        for (std::size_t i = 0; i < 300; ++i) {
            double sum = 0;
            int positive = 0;
            for (std::size_t j = 0; j < 300; ++j) {
                double const chance = country.monthly_moves[i * 300 + j];
                sum += chance;
                positive += chance > 0 && j != i ? 1 : 0;
                REQUIRE(chance >= 0);
            }
            CHECK(sum == doctest::Approx(1).epsilon(1e-12));
            CHECK(positive == std::min(destinations, 299));
            CHECK(country.monthly_moves[i * 301] == doctest::Approx(std::exp(-0.005)));
        }
    }
}

TEST_CASE("people go to big, rich and near places") {
    // With all alike but one cause, the order of destinations is that of the cause.
    FictitiousSpec spec = of_size(60);
    spec.destinations = 60;
    spec.wage_sigma = 0.3;
    SUBCASE("size alone") {
        spec.distance_power = 0;
        spec.wage_power = 0;
        auto const country = make(spec);
        for (std::size_t j = 2; j < 60; ++j) {
            CHECK(country.monthly_moves[j] / country.monthly_moves[1]
                  == doctest::Approx(country.people[j] / country.people[1]).epsilon(1e-6));
        }
    }
    SUBCASE("wages alone") {
        spec.size_sigma = 0;
        spec.distance_power = 0;
        spec.wage_power = 2;
        auto const country = make(spec);
        double const first = static_cast<double>(country.wages.at(AreaId{1}, 2020).count());
        for (std::size_t j = 2; j < 60; ++j) {
            double const wage =
                static_cast<double>(country.wages.at(static_cast<AreaId>(j), 2020).count());
            CHECK(country.monthly_moves[j] / country.monthly_moves[1]
                  == doctest::Approx(wage * wage / (first * first)).epsilon(1e-4));
        }
    }
    SUBCASE("distance alone is the same both ways") {
        spec.size_sigma = 0;
        spec.wage_sigma = 0;
        auto const pull = [&](double power) {
            spec.distance_power = power;
            return make(spec).monthly_moves;
        };
        auto const once = pull(1);
        auto const twice = pull(2);
        // d(0,j) / d(0,1) from the first power gives the second; the smallest distance aside.
        for (std::size_t j = 2; j < 60; ++j) {
            double const nearer = once[j] / once[1];
            CHECK(twice[j] / twice[1] == doctest::Approx(nearer * nearer).epsilon(1e-6));
        }
        // i -> j over i -> k, j -> k over j -> i, k -> i over k -> j: around a triangle it is 1.
        auto const at = [&](std::size_t i, std::size_t j) { return once[i * 60 + j]; };
        CHECK(at(0, 1) / at(0, 2) * at(1, 2) / at(1, 0) * at(2, 0) / at(2, 1)
              == doctest::Approx(1).epsilon(1e-6));
    }
}

TEST_CASE("sizes and wages scatter around their means as they should") {
    FictitiousSpec spec = of_size(2000);
    spec.destinations = 1;
    spec.wage_sigma = 0.25;
    auto const country = make(spec);
    Sample size;
    Sample wage;
    Sample logarithm;
    double const nation = static_cast<double>(mean_wage(2015).count());
    for (std::size_t i = 0; i < 2000; ++i) {
        double const level =
            static_cast<double>(country.wages.at(static_cast<AreaId>(i), 2015).count()) / nation;
        size.add(country.people[i]);
        wage.add(level);
        logarithm.add(std::log(level));
    }
    CHECK(size.surprise(1) < standard_errors);
    CHECK(wage.surprise(1) < standard_errors);
    CHECK(logarithm.surprise(-0.25 * 0.25 / 2) < standard_errors);
    CHECK(std::sqrt(logarithm.variance()) == doctest::Approx(0.25).epsilon(0.06));
}

TEST_CASE("the same seed is the same country") {
    CHECK(same(make(of_size(50)), make(of_size(50))));
    FictitiousSpec other = of_size(50);
    other.seed = 8;
    CHECK_FALSE(same(make(of_size(50)), make(other)));
    // More areas leave those that were there alone.
    auto const small = make(of_size(50));
    auto const large = make(of_size(51));
    CHECK(std::equal(small.people.begin(), small.people.end(), large.people.begin()));
    CHECK_THROWS_AS(static_cast<void>(make(of_size(1))), ContractViolation);
}

} // namespace pensim::test

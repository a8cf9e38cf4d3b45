#include "sim/scenario/places.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

using Chances = std::vector<double>; // row-major over all areas

Chances times(Chances const& a, Chances const& b, std::size_t n) {
    Chances product(n * n);
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < n; ++k) {
            for (std::size_t j = 0; j < n; ++j) {
                product[i * n + j] += a[i * n + k] * b[k * n + j];
            }
        }
    }
    return product;
}

Chances five_years(Chances const& month, std::size_t n) {
    Chances result = month;
    for (int passed = 1; passed < 60; ++passed) {
        result = times(result, month, n);
    }
    return result;
}

std::vector<std::int64_t> census(std::string_view period) {
    auto const loaded = data::load_migration({}, tables().areas);
    return data::find_migration(*loaded, period)->persons;
}

/// The sum of one row or column of a census matrix.
double sum_of(std::vector<std::int64_t> const& persons, std::size_t n, std::size_t i, bool row) {
    double sum = 0;
    for (std::size_t j = 0; j < n; ++j) {
        sum += static_cast<double>(row ? persons[i * n + j] : persons[j * n + i]);
    }
    return sum;
}

} // namespace

TEST_CASE(
    "an older matrix fitted to newer margins leads people where the newer census found them") {
    data::TableSource const source;
    scenario::PlaceTables places(source, tables().areas);
    world::MovingSpec spec;
    spec.model = world::MovingSpec::Model::flows;
    spec.period = "2005-2010";
    spec.margins = "2015-2020";
    auto const flows = places.monthly_flows(spec);
    REQUIRE(flows.has_value());
    std::size_t const areas = tables().areas.size();
    std::size_t const provinces = tables().areas.default_count();
    Chances const chances = five_years(flows->monthly, areas);
    auto const newer = census("2015-2020");
    for (std::size_t to = 0; to < provinces; ++to) {
        double expected = 0;
        for (std::size_t from = 0; from < provinces; ++from) {
            expected += sum_of(newer, provinces, from, true) * chances[from * areas + to];
        }
        double const found = sum_of(newer, provinces, to, false);
        CAPTURE(tables().areas[static_cast<AreaId>(to)].id);
        CHECK(std::abs(expected / found - 1) < 1e-4);
    }
    // The structure is still the older one's: without the margins people end elsewhere.
    spec.margins.reset();
    auto const old = five_years(places.monthly_flows(spec)->monthly, areas);
    double apart = 0;
    for (std::size_t i = 0; i < old.size(); ++i) {
        apart += std::abs(old[i] - chances[i]);
    }
    CHECK(apart > 0.1);
}

TEST_CASE("a scale multiplies rates, not chances") {
    data::TableSource const source;
    scenario::PlaceTables places(source, tables().areas);
    world::MovingSpec spec;
    spec.model = world::MovingSpec::Model::flows;
    spec.period = "2015-2020";
    auto const once = places.monthly_flows(spec);
    spec.scale = 2;
    auto const twice = places.monthly_flows(spec);
    std::size_t const n = tables().areas.size();
    Chances const two_months = times(once->monthly, once->monthly, n);
    for (std::size_t i = 0; i < two_months.size(); ++i) {
        CHECK(twice->monthly[i] == doctest::Approx(two_months[i]).epsilon(1e-9));
    }
}

TEST_CASE("people of the census matrix: what is known of forecasts") {
    data::TableSource const source;
    scenario::PlaceTables places(source, tables().areas);
    auto const errors = places.forecast({"1995-2000", "2000-2005", "2005-2010"}, "2015-2020");
    REQUIRE(errors.has_value());
    for (double const error : {errors->generator, errors->unchanged, errors->gravity}) {
        CHECK(error > 0);
        CHECK(error < 1);
    }
    CHECK(errors->generator < errors->unchanged);
    CHECK(errors->unchanged < errors->gravity);
    CHECK_FALSE(places.forecast({"1995-2000", "2005-2010"}, "2010-2015").has_value());
}

} // namespace pensim::test

#include "sim/report/calibration.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "sim/report/run_results.hpp"
#include "tests/support/shipped.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::report {
namespace {

using doctest::Approx;

struct Line {
    std::string unit;
    double known = 0;
    double simulated = 0;
    double difference = 0;
    std::string source;
};

Line line_of(Table const& table, std::string const& target, std::string const& item) {
    auto const word = [&](char const* name, std::size_t row) {
        Column const& column = table.column(name);
        return column.words[column.codes[row]];
    };
    for (std::size_t row = 0; row < table.rows; ++row) {
        if (word("target", row) == target && word("item", row) == item) {
            return {word("unit", row),
                    table.column("known").real[row],
                    table.column("simulated").real[row],
                    table.column("difference").real[row],
                    word("source", row)};
        }
    }
    FAIL("no line ", target, ", ", item);
    return {};
}

/// Lives that pay in a watched month, of a group in an area.
void set_paying(
    engine::Tally& tally, std::size_t month, Group group, AreaId area, std::int64_t people) {
    tally.paying[(month * engine::group_count + static_cast<std::size_t>(group))
                     * tally.ledger.areas()
                 + row(area)] = people;
}

scenario::ResolvedTarget const& target_of(scenario::Simulation const& simulation,
                                          std::string const& id) {
    for (auto const& target : simulation.targets) {
        if (target.target->id == id) {
            return target;
        }
    }
    FAIL("no target ", id);
    return simulation.targets.front();
}

TEST_CASE("insured people: weighted, the mean of replicates, only of the target's groups") {
    auto const simulation = test::simulated("hmt", {.persons = 1000, .with_pilot = false});
    auto const& target = target_of(*simulation, "insured-2021-10");
    RunResults results(terms_of(*simulation));
    for (std::int64_t const hong_kong : {30, 50}) {
        engine::Tally tally(simulation->tables.areas.size(), simulation->watch);
        set_paying(tally, target.watched, Group::hong_kong, AreaId{0}, hong_kong);
        set_paying(tally, target.watched, Group::macau, AreaId{4}, 10);
        set_paying(tally, target.watched, Group::taiwan, AreaId{0}, 1000);
        results.add(tally);
    }
    Line const line =
        line_of(calibration_table(results, *simulation), "insured-2021-10", "2021-10");
    CHECK(line.unit == "people");
    CHECK(line.known == 160'000);
    CHECK(line.simulated == Approx((40 + 10) * simulation->weight()));
    CHECK(line.difference == Approx(line.simulated - line.known));
    CHECK(line.source.starts_with("news-2021-11"));
}

TEST_CASE("insured by area: shares, and the share that would have to move") {
    auto const simulation = test::simulated("hmt", {.persons = 1000, .with_pilot = false});
    std::string const id = "hong-kong-by-province";
    auto const& target = target_of(*simulation, id);
    AreaId const guangdong = test::area("GD");
    AreaId const fujian = test::area("FJ");
    double sum = 0;
    for (double const share : target.shares) {
        sum += share;
    }
    CHECK(sum == Approx(1));
    engine::Tally tally(simulation->tables.areas.size(), simulation->watch);
    set_paying(tally, target.watched, Group::hong_kong, guangdong, 3);
    set_paying(tally, target.watched, Group::hong_kong, fujian, 1);
    set_paying(tally, target.watched, Group::macau, fujian, 9);
    RunResults results(terms_of(*simulation));
    results.add(tally);
    auto const table = calibration_table(results, *simulation);
    Line const in_guangdong = line_of(table, id, "GD");
    CHECK(in_guangdong.unit == "share");
    CHECK(in_guangdong.known == Approx(target.shares[row(guangdong)]));
    CHECK(in_guangdong.simulated == Approx(0.75));
    CHECK(in_guangdong.difference == Approx(0.75 - in_guangdong.known));
    CHECK(line_of(table, id, "FJ").simulated == Approx(0.25));
    CHECK(line_of(table, id, "BJ").simulated == 0);
    double surplus = 0; // where too many are
    for (std::size_t area = 0; area < target.shares.size(); ++area) {
        double const share = area == row(guangdong) ? 0.75 : area == row(fujian) ? 0.25 : 0;
        surplus += std::max(0.0, share - target.shares[area]);
    }
    CHECK(line_of(table, id, "share misplaced").known == 0);
    CHECK(line_of(table, id, "share misplaced").simulated == Approx(surplus));
    // Nobody paying is no share at all: nothing in the table.
    CHECK(std::isnan(line_of(table, "taiwan-by-province", "share misplaced").simulated));
}

TEST_CASE("movers by area, and how well the moves were fitted and foretold") {
    auto const simulation = test::simulated("national", {.persons = 1000, .with_pilot = false});
    std::string const id = "movers-2020";
    auto const& target = target_of(*simulation, id);
    std::size_t const areas = simulation->tables.areas.size();
    AreaId const henan = test::area("HA");
    AreaId const guangdong = test::area("GD");
    engine::Tally tally(areas, simulation->watch);
    REQUIRE(tally.moves.size() == areas * areas);
    tally.moves[row(henan) * areas + row(henan)] = 80;
    tally.moves[row(henan) * areas + row(guangdong)] = 20;
    tally.moves[row(guangdong) * areas + row(guangdong)] = 300;
    RunResults results(terms_of(*simulation));
    results.add(tally);
    auto const table = calibration_table(results, *simulation);
    CHECK(line_of(table, id, "HA").simulated == Approx(0.2));
    CHECK(line_of(table, id, "HA").known == Approx(target.shares[row(henan)]));
    CHECK(line_of(table, id, "GD").simulated == 0);
    Line const all = line_of(table, id, "all areas");
    CHECK(all.simulated == Approx(20.0 / 400));
    CHECK(all.known
          == Approx((100 * target.shares[row(henan)] + 300 * target.shares[row(guangdong)]) / 400));
    REQUIRE(simulation->moving_fits.size() == 1);
    CHECK(line_of(table, "moving of mainland", "largest error").simulated
          == simulation->moving_fits[0].largest_error);
    REQUIRE(simulation->forecasts.size() == 1);
    Line const carried_on = line_of(table, "forecast-2020", "generator carried on");
    CHECK(carried_on.simulated == simulation->forecasts[0].generator);
    // The generator is worth its while only if it beats the naive forecasts.
    CHECK(carried_on.simulated
          < line_of(table, "forecast-2020", "naive: last matrix again").simulated);
    CHECK(carried_on.simulated < line_of(table, "forecast-2020", "naive: gravity").simulated);
}

TEST_CASE("a scenario without targets has a table without rows but for its fits") {
    auto const simulation = test::simulated("country400", {.persons = 10, .with_pilot = false});
    RunResults results(terms_of(*simulation));
    engine::Tally tally(simulation->tables.areas.size(), simulation->watch);
    results.add(tally);
    CHECK(csv_of(calibration_table(results, *simulation))
          == "target,item,unit,known,simulated,difference,source\n");
}

} // namespace
} // namespace pensim::report

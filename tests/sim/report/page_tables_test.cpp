// What the page shows beside the folder's tables: the same numbers, added up.
#include "sim/report/page_tables.hpp"

#include <map>
#include <set>

#include <doctest/doctest.h>

#include "sim/report/run_scenario.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::report {
namespace {

struct Shown {
    explicit Shown(std::uint32_t replicates = 1)
        : simulation(test::simulated(
            "national", {.persons = 4000, .replicates = replicates, .with_pilot = false})),
          results(run_scenario(*simulation, {}).results), tables(tables_of(results, *simulation)),
          page(page_tables_of(results, *simulation)) {
        REQUIRE(page.size() == 4);
    }
    [[nodiscard]] Table const& table(std::string const& name) const {
        for (auto const* const list : {&tables, &page}) {
            for (Table const& table : *list) {
                if (table.name == name) {
                    return table;
                }
            }
        }
        FAIL("no table ", name);
        return tables.front();
    }
    std::unique_ptr<scenario::Simulation> simulation;
    RunResults results;
    std::vector<Table> tables;
    std::vector<Table> page;
};

std::string const& word(Table const& table, char const* column, std::size_t row) {
    Column const& words = table.column(column);
    return words.words[words.codes[row]];
}

/// In fen or people, of one replicate or the mean of several.
double number(Table const& table, std::string const& column, std::size_t row) {
    Column const& values = table.column(column);
    return values.kind == Column::Kind::real   ? values.real[row]
           : values.kind == Column::Kind::yuan ? static_cast<double>(values.whole[row]) / 100
                                               : static_cast<double>(values.whole[row]);
}

TEST_CASE("links are the flows of a pair, kinds together; all years together under year 0") {
    for (std::uint32_t const replicates : {1U, 3U}) {
        Shown const shown(replicates);
        Table const& flows = shown.table("flows");
        using Key = std::tuple<std::int64_t, std::string, std::string>;
        std::map<Key, std::array<double, 3>> expected;
        for (std::size_t row = 0; row < flows.rows; ++row) {
            for (std::int64_t const year : {std::int64_t{0}, flows.column("year").whole[row]}) {
                auto& sums = expected[{year, word(flows, "from", row), word(flows, "to", row)}];
                sums[0] += number(flows, "people", row);
                sums[1] += number(flows, "account", row);
                sums[2] += number(flows, "pooled", row);
            }
        }
        std::map<std::int64_t, std::size_t> in_year;
        std::map<std::int64_t, double> all;
        std::map<std::int64_t, double> so_far;
        for (auto const& [key, sums] : expected) {
            ++in_year[std::get<0>(key)];
            all[std::get<0>(key)] += sums[1] + sums[2];
        }
        Table const& links = shown.table("links");
        std::map<std::int64_t, std::size_t> shown_in_year;
        std::map<std::int64_t, double> before;
        for (std::size_t row = 0; row < links.rows; ++row) {
            std::int64_t const year = links.column("year").whole[row];
            auto const found =
                expected.find({year, word(links, "from", row), word(links, "to", row)});
            REQUIRE(found != expected.end());
            CHECK(number(links, "people", row) == doctest::Approx(found->second[0]));
            double const amount = number(links, "amount", row);
            CHECK(amount == doctest::Approx(found->second[1] + found->second[2]));
            CHECK((shown_in_year[year] == 0 || amount <= before[year])); // the largest first
            ++shown_in_year[year];
            before[year] = amount;
            so_far[year] += amount;
            CHECK(links.column("cumulative_share").real[row]
                  == doctest::Approx(so_far[year] / all[year]));
        }
        CHECK(in_year[0] > 150);
        for (auto const& counted : in_year) {
            auto const year = counted.first;
            auto const count = counted.second;
            CAPTURE(year);
            CHECK(shown_in_year[year] == (year == 0 ? count : std::min<std::size_t>(count, 150)));
        }
    }
}

TEST_CASE("totals of areas are sums over the years, balances as of the last") {
    Shown const shown;
    Table const& areas = shown.table("areas");
    Table const& totals = shown.table("area_totals");
    CHECK(totals.rows >= 30);
    for (std::size_t row = 0; row < totals.rows; ++row) {
        for (char const* const column : {"months_paid", "gather_in_pooled", "portability_gain"}) {
            std::int64_t sum = 0;
            for (std::size_t i = 0; i < areas.rows; ++i) {
                sum += word(areas, "area", i) == word(totals, "area", row)
                           ? areas.column(column).whole[i]
                           : 0;
            }
            CHECK(totals.column(column).whole[row] == sum);
        }
        std::int64_t last = 0;
        for (std::size_t i = 0; i < areas.rows; ++i) {
            bool const at_the_end =
                areas.column("year").whole[i] == shown.simulation->scenario.horizon.last;
            if (at_the_end && word(areas, "area", i) == word(totals, "area", row)) {
                last = areas.column("pool_balance").whole[i];
            }
        }
        CHECK(totals.column("pool_balance").whole[row] == last);
    }
}

TEST_CASE("criteria and paths hold every life once") {
    Shown const shown;
    Table const& locations = shown.table("locations");
    std::map<std::string, std::array<double, 2>> by_branch;
    std::map<std::pair<std::string, std::string>, double> by_path;
    for (std::size_t row = 0; row < locations.rows; ++row) {
        double const people = number(locations, "people", row);
        std::string const& last = word(locations, "last_area", row);
        std::string const& benefit = word(locations, "benefit_area", row);
        by_branch[word(locations, "branch", row)][0] += people;
        by_branch[word(locations, "branch", row)][1] +=
            !benefit.empty() && benefit != last ? people : 0;
        by_path[{last, benefit}] += people;
    }
    Table const& branches = shown.table("branches");
    double share = 0;
    CHECK(branches.rows == by_branch.size());
    for (std::size_t row = 0; row < branches.rows; ++row) {
        auto const& [people, elsewhere] = by_branch[word(branches, "branch", row)];
        CHECK(number(branches, "people", row) == people);
        CHECK(number(branches, "elsewhere", row) == elsewhere);
        CHECK(number(branches, "share", row) == doctest::Approx(people / 4000));
        share += number(branches, "share", row);
    }
    CHECK(share == doctest::Approx(1));
    Table const& paths = shown.table("paths");
    CHECK(paths.rows == by_path.size());
    for (std::size_t row = 0; row < paths.rows; ++row) {
        CHECK(number(paths, "people", row)
              == by_path[{word(paths, "last_area", row), word(paths, "benefit_area", row)}]);
    }
}

} // namespace
} // namespace pensim::report

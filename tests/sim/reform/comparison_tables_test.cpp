#include "sim/reform/comparison_tables.hpp"

#include <map>
#include <set>

#include <doctest/doctest.h>

#include "core/law/rule_keys.hpp"
#include "tests/support/compared.hpp"

namespace pensim::test {
namespace {

using report::Table;

struct Tabled {
    explicit Tabled(std::uint32_t replicates, std::vector<std::string> const& names)
        : simulation(
            simulated("national", {.persons = 600, .replicates = replicates, .with_pilot = false})),
          planned(*simulation, names), comparison(reform::compare(planned.plan)),
          tables(reform::tables_of(comparison, planned.plan)) {}
    [[nodiscard]] Table const& table(std::string_view name) const { return named(tables, name); }
    std::unique_ptr<scenario::Simulation> simulation;
    Planned planned;
    reform::Comparison comparison;
    std::vector<Table> tables;
};

std::int64_t whole_at(Table const& table, std::string const& column, std::size_t row) {
    return table.column(column).whole[row];
}

TEST_CASE("winners: groups, places, ages and careers each hold everybody") {
    Tabled const tabled(2, {"longest-only", "required-180"});
    Table const& winners = tabled.table("winners");
    // By reform and trait: people, pensioners, winners, losers, gained, lost.
    std::vector<std::string> const columns{
        "people", "pensioners", "winners", "losers", "gained_a_month", "lost_a_month"};
    std::map<std::string, std::map<std::string, std::vector<std::int64_t>>> sums;
    for (std::size_t row = 0; row < winners.rows; ++row) {
        auto& sum = sums[text_at(winners, "reform", row)][text_at(winners, "by", row)];
        sum.resize(columns.size());
        for (std::size_t i = 0; i < columns.size(); ++i) {
            sum[i] += whole_at(winners, columns[i], row);
        }
    }
    CHECK(sums.size() == 2);
    for (std::size_t r = 0; r < 2; ++r) {
        std::string const& name = tabled.planned.plan.reforms[r].name;
        CAPTURE(name);
        auto const& by = sums.at(name);
        CHECK(by.size() == engine::trait_count);
        for (auto const& trait : by) {
            CAPTURE(trait.first);
            CHECK(trait.second == by.at("all"));
        }
        CHECK(by.at("all")[0] == 1200);
        auto const& people = tabled.comparison.reforms[r].people;
        CHECK(by.at("all")[2] + by.at("all")[3]
              == people.by_change[static_cast<std::size_t>(engine::Change::pension)]);
        CHECK(by.at("all")[2] + by.at("all")[3] > 10);
    }
}

TEST_CASE("changes and transitions count the same people") {
    for (std::uint32_t const replicates : {1U, 3U}) {
        CAPTURE(replicates);
        Tabled const tabled(replicates, {"longest-only", "required-180"});
        std::map<std::string, double> sums;
        Table const& transitions = tabled.table("transitions");
        for (std::size_t row = 0; row < transitions.rows; ++row) {
            std::string const change = text_at(transitions, "change", row);
            // Who only goes to another amount may stay in a class.
            CHECK((text_at(transitions, "from", row) != text_at(transitions, "to", row)
                   || change == "pension" || change == "months_short"));
            sums[text_at(transitions, "reform", row) + ' ' + change] +=
                static_cast<double>(whole_at(transitions, "people", row));
            CHECK(transitions.column("weight").real[row] == 1000.0 / replicates);
        }
        Table const& changes = tabled.table("changes");
        CHECK(changes.rows == 2 * (engine::change_count + 1));
        int counted = 0;
        for (std::size_t row = 0; row < changes.rows; ++row) {
            std::string const change = text_at(changes, "change", row);
            CAPTURE(change);
            auto const& column = changes.column("people");
            double const people = replicates == 1 ? static_cast<double>(column.whole[row])
                                                  : column.real[row] * replicates;
            CHECK(changes.column("weight").real[row] == 1000);
            CHECK(changes.column("share").real[row]
                  == doctest::Approx(people / (600 * replicates)));
            CHECK(changes.column("lo95").real[row] <= people / replicates);
            CHECK(changes.column("hi95").real[row] >= people / replicates);
            bool const listed = change != "transfers" && change != "books" && change != "any";
            if (listed) {
                CHECK(sums[text_at(changes, "reform", row) + ' ' + change]
                      == doctest::Approx(people));
                counted += people > 0 ? 1 : 0;
            }
        }
        CHECK(counted >= 5);
    }
}

TEST_CASE("parameters: a row for each stretch of time, with what came of it") {
    Tabled const tabled(1, {"longest-only", "required-180", "central-2018"});
    Table const& parameters = tabled.table("parameters");
    std::size_t row = 0;
    for (std::size_t r = 0; r < tabled.planned.plan.reforms.size(); ++r) {
        auto const& reform = tabled.planned.plan.reforms[r];
        for (rules::RuleDifference const& d : reform.differences) {
            REQUIRE(row < parameters.rows);
            CHECK(text_at(parameters, "reform", row) == reform.name);
            CHECK(text_at(parameters, "parameter", row) == d.key);
            CHECK(text_at(parameters, "from", row) == d.from.text());
            CHECK(text_at(parameters, "to", row) == (d.to ? d.to->text() : ""));
            CHECK(text_at(parameters, "baseline", row) == d.first);
            CHECK(text_at(parameters, "reform_value", row) == d.second);
            CHECK(text_at(parameters, "baseline_source", row) == d.first_source);
            CHECK(text_at(parameters, "reform_source", row) == d.second_source);
            auto const& people = tabled.comparison.reforms[r].people;
            CHECK(whole_at(parameters, "people_reached", row)
                  == people.reached[*law::rule_number(d.key)]);
            auto const alone =
                reform::changed_alone(tabled.comparison, tabled.planned.plan, r, d.key);
            REQUIRE(alone.has_value());
            CHECK(parameters.column("people_changed_alone").real[row]
                  == static_cast<double>(*alone));
            CHECK(*alone <= whole_at(parameters, "people_reached", row));
            ++row;
        }
    }
    CHECK(row == parameters.rows);
    CHECK(row > 10);
}

TEST_CASE("books of areas name their unit") {
    Tabled const tabled(1, {"longest-only"});
    std::map<std::string, std::set<std::string>> units;
    for (std::string_view const name : {"areas", "area_totals"}) {
        Table const& table = tabled.table(name);
        for (std::size_t row = 0; row < table.rows; ++row) {
            std::string const unit = text_at(table, "unit", row);
            units[unit].insert(text_at(table, "item", row));
            CHECK(table.column("value_baseline").in_fen[row] == (unit == "yuan"));
        }
    }
    CHECK(units.size() == 3);
    CHECK(units["people"] == std::set<std::string>{"pensioners"});
    CHECK(units["months"] == std::set<std::string>{"pension_months"});
    CHECK(units["yuan"].contains("pool_balance"));
}

} // namespace
} // namespace pensim::test

#include "sim/report/run_results.hpp"

#include <map>
#include <set>

#include <doctest/doctest.h>

#include "core/law/words.hpp"
#include "sim/report/run_scenario.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::report {
namespace {

std::string const& word_at(Table const& table, char const* column, std::size_t row) {
    Column const& words = table.column(column);
    return words.words[words.codes[row]];
}

/// areas.csv by year and area; a row that is not there is all zeros.
class AreaYears {
  public:
    explicit AreaYears(Table const& table) : table_(table) {
        for (std::size_t row = 0; row < table.rows; ++row) {
            auto const year = table.column("year").whole[row];
            CHECK(rows_.emplace(std::pair(year, word_at(table, "area", row)), row).second);
            years.insert(year);
            areas.insert(word_at(table, "area", row));
        }
    }
    [[nodiscard]] std::int64_t
    at(std::int64_t year, std::string const& area, std::string const& column) const {
        auto const row = rows_.find({year, area});
        return row == rows_.end() ? 0 : table_.column(column).whole[row->second];
    }
    [[nodiscard]] std::int64_t sum(std::int64_t year, std::string const& column) const {
        std::int64_t total = 0;
        for (std::string const& area : areas) {
            total += at(year, area, column);
        }
        return total;
    }
    /// Of the four kinds of transfers, one column each: "_in_account".
    [[nodiscard]] std::int64_t
    transfers(std::int64_t year, std::string const& area, std::string const& side) const {
        std::int64_t total = 0;
        for (std::string_view const kind : words<TransferKind>) {
            total += at(year, area, std::string(kind) + side);
        }
        return total;
    }
    std::set<std::int64_t> years;
    std::set<std::string> areas;

  private:
    Table const& table_;
    std::map<std::pair<std::int64_t, std::string>, std::size_t> rows_;
};

struct Ran {
    explicit Ran(std::string_view scenario,
                 std::uint32_t replicates = 1,
                 std::optional<scenario::Horizon> horizon = {})
        : simulation(test::simulated(
            scenario, {.persons = 1500, .replicates = replicates, .with_pilot = false})) {
        simulation->scenario.horizon = horizon.value_or(simulation->scenario.horizon);
        tables = tables_of(run_scenario(*simulation, {}).results, *simulation);
        REQUIRE(tables.size() == 13);
    }
    std::unique_ptr<scenario::Simulation> simulation;
    std::vector<Table> tables;
};

TEST_CASE("columns of areas have names of their own; four are no amounts") {
    std::set<std::string_view> names;
    int amounts = 0;
    for (std::size_t i = 0; i < area_columns; ++i) {
        auto const column = static_cast<AreaColumn>(i);
        CHECK(names.insert(column_name(column)).second);
        amounts += is_amount(column) ? 1 : 0;
    }
    CHECK(amounts == static_cast<int>(area_columns) - 4);
    // Transfers stand in the order of the kinds: in, out; account, pooled.
    std::size_t next = static_cast<std::size_t>(AreaColumn::move_in_account);
    for (std::string_view const kind : words<TransferKind>) {
        for (std::string_view const side :
             {"_in_account", "_in_pooled", "_out_account", "_out_pooled"}) {
            CHECK(column_name(static_cast<AreaColumn>(next++))
                  == std::string(kind) + std::string(side));
        }
    }
}

TEST_CASE("areas.csv keeps its own books, year after year") {
    for (char const* const scenario : {"national", "hmt", "foreigners"}) {
        CAPTURE(scenario);
        Ran const ran(scenario);
        AreaYears const table(ran.tables[2]);
        auto const horizon = ran.simulation->scenario.horizon;
        CHECK(*table.years.begin() >= horizon.first);
        CHECK(*table.years.rbegin() <= horizon.last);
        for (std::int64_t year = horizon.first; year <= horizon.last; ++year) {
            CAPTURE(year);
            for (std::string const& area : table.areas) {
                CAPTURE(area);
                auto const at = [&](char const* column) { return table.at(year, area, column); };
                auto const moved = [&](char const* side) {
                    return table.transfers(year, area, side);
                };
                if (year > horizon.first) {
                    CHECK(at("account_balance")
                          == table.at(year - 1, area, "account_balance")
                                 + at("contributions_account") + at("interest")
                                 + moved("_in_account") - moved("_out_account")
                                 - at("benefits_account") - at("refunds") - at("inheritances")
                                 - at("to_resident_scheme"));
                    CHECK(at("pool_balance")
                          == table.at(year - 1, area, "pool_balance") + at("contributions_pool")
                                 + moved("_in_pooled") - moved("_out_pooled")
                                 - at("benefits_pool"));
                }
                CHECK(at("contributions_workers") + at("contributions_employers")
                      == at("contributions_account") + at("contributions_pool"));
                CHECK(at("contributions_employers") >= 0);
                CHECK(at("account_balance") >= 0);
                CHECK(at("portability_gain")
                      == moved("_in_pooled") - moved("_out_pooled") + at("paid_by_elsewhere")
                             - at("paid_for_elsewhere"));
                CHECK(at("paid_for_elsewhere") <= at("benefits_pool"));
                CHECK(at("pensioners") <= at("pension_months"));
                CHECK(at("pension_months") <= 12 * at("pensioners"));
                CHECK(at("insured") <= at("months_paid"));
            }
            CHECK(table.sum(year, "portability_gain") == 0);
            CHECK(table.sum(year, "paid_for_elsewhere") == table.sum(year, "paid_by_elsewhere"));
            for (std::string_view const kind : words<TransferKind>) {
                for (char const* const part : {"account", "pooled"}) {
                    CHECK(table.sum(year, std::string(kind) + "_in_" + part)
                          == table.sum(year, std::string(kind) + "_out_" + part));
                }
            }
        }
    }
}

TEST_CASE("flows.csv adds up to the columns of areas.csv; locations to the lives") {
    Ran const ran("national");
    Table const& flows = ran.tables[0];
    AreaYears const areas(ran.tables[2]);
    std::map<std::tuple<std::int64_t, std::string, std::string>, std::int64_t> sums;
    for (std::size_t row = 0; row < flows.rows; ++row) {
        auto const year = flows.column("year").whole[row];
        std::string const kind = word_at(flows, "kind", row);
        CHECK(flows.column("people").whole[row] > 0);
        CHECK(word_at(flows, "from", row) != word_at(flows, "to", row));
        for (std::string const part : {"account", "pooled"}) {
            auto const amount = flows.column(part).whole[row];
            sums[{year, word_at(flows, "to", row), kind + "_in_" + part}] += amount;
            sums[{year, word_at(flows, "from", row), kind + "_out_" + part}] += amount;
        }
    }
    CHECK(sums.size() > 100);
    for (std::int64_t const year : areas.years) {
        for (std::string const& area : areas.areas) {
            for (std::string_view const kind : words<TransferKind>) {
                for (char const* const side :
                     {"_in_account", "_in_pooled", "_out_account", "_out_pooled"}) {
                    std::string const column = std::string(kind) + side;
                    CHECK(areas.at(year, area, column) == sums[{year, area, column}]);
                }
            }
        }
    }
    Table const& locations = ran.tables[1];
    std::int64_t lives = 0;
    for (std::int64_t const people : locations.column("people").whole) {
        lives += people;
    }
    CHECK(lives == 1500);
    for (Table const* table : {&flows, &locations, &ran.tables[2]}) {
        CHECK(table->columns.back().name == "weight");
        CHECK(table->columns.back().real
              == std::vector<double>(table->rows, ran.simulation->weight()));
    }
    CHECK(ran.simulation->weight() == 1000);
}

TEST_CASE("the horizon cuts years from tables and nothing else") {
    Ran const all("national");
    Ran const some("national", 1, scenario::Horizon{2030, 2040});
    AreaYears const whole(all.tables[2]);
    AreaYears const part(some.tables[2]);
    CHECK(*part.years.begin() == 2030);
    CHECK(*part.years.rbegin() == 2040);
    for (std::int64_t year = 2030; year <= 2040; ++year) {
        for (std::string const& area : whole.areas) {
            for (std::size_t i = 0; i < area_columns; ++i) {
                std::string const column(column_name(static_cast<AreaColumn>(i)));
                CHECK(whole.at(year, area, column) == part.at(year, area, column));
            }
        }
    }
    for (std::int64_t const year : some.tables[0].column("year").whole) {
        CHECK((2030 <= year && year <= 2040));
    }
    CHECK(csv_of(all.tables[1]) == csv_of(some.tables[1]));
}

double column_sum(Table const& table, char const* column) {
    double sum = 0;
    Column const& values = table.column(column);
    for (std::size_t row = 0; row < table.rows; ++row) {
        sum += values.kind == Column::Kind::real ? values.real[row]
                                                 : static_cast<double>(values.whole[row]);
    }
    return sum;
}

TEST_CASE("several replicates: means and spreads in four columns a measure") {
    constexpr std::uint32_t replicates = 3;
    Ran const ran("hmt", replicates);
    double people = 0;
    double account_fen = 0;
    double gains = 0;
    for (std::uint32_t replicate = 0; replicate < replicates; ++replicate) {
        RunResults single(terms_of(*ran.simulation));
        auto tally = engine::run_people(
            ran.simulation->setup(), ran.simulation->key(replicate), {0, 1500}, {});
        single.add(tally);
        auto const tables = tables_of(single, *ran.simulation);
        people += column_sum(tables[0], "people") / replicates;
        account_fen += column_sum(tables[0], "account") / replicates;
        gains += column_sum(tables[2], "portability_gain");
    }
    CHECK(gains == 0);
    Table const& flows = ran.tables[0];
    for (char const* const name : {"people",
                                   "people_sd",
                                   "people_lo95",
                                   "people_hi95",
                                   "account",
                                   "account_sd",
                                   "account_lo95",
                                   "account_hi95",
                                   "pooled",
                                   "pooled_sd",
                                   "pooled_lo95",
                                   "pooled_hi95"}) {
        CAPTURE(name);
        CHECK(flows.column(name).kind == Column::Kind::real);
        CHECK(flows.column(name).real.size() == flows.rows);
    }
    CHECK(column_sum(flows, "people") == doctest::Approx(people));
    CHECK(column_sum(flows, "account") == doctest::Approx(account_fen / 100));
    for (std::size_t row = 0; row < flows.rows; ++row) {
        double const mean = flows.column("account").real[row];
        CHECK(flows.column("account_lo95").real[row] <= mean);
        CHECK(mean <= flows.column("account_hi95").real[row]);
    }
    CHECK(column_sum(ran.tables[1], "people") == doctest::Approx(1500));
    CHECK(ran.tables[2].columns.size() == 2 + 4 * area_columns + 1);
}

} // namespace
} // namespace pensim::report

// Books of areas under rules that move money between the areas' pools, against the formulas read
// off the other columns.
#include "sim/report/area_books.hpp"

#include <cmath>
#include <map>

#include <doctest/doctest.h>

#include "sim/engine/parallel_run.hpp"
#include "tests/support/shipped.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::test {
namespace {

using report::AreaCell;
using report::AreaColumn;
using report::AreaKey;
using report::value_of;

constexpr scenario::Horizon all_years{FundLedger::first_year, YearMonth::last_year};

/// People under the law, and the books of their areas under other pooling rules.
class Books {
  public:
    explicit Books(std::string_view id)
        : simulation_(simulated(id, {.persons = 2000, .with_pilot = false})),
          tally_(engine::run_people(simulation_->setup(), simulation_->key(0), {0, 2000}, {})) {}
    [[nodiscard]] std::vector<AreaCell> under(std::string_view rule_set,
                                              scenario::Horizon horizon = all_years) {
        return report::area_cells(tally_, {horizon, rules(rule_set), tables().wages});
    }

  private:
    std::unique_ptr<scenario::Simulation> simulation_;
    engine::Tally tally_;
};

std::map<int, std::vector<AreaCell>> by_year(std::vector<AreaCell> const& cells) {
    std::map<int, std::vector<AreaCell>> years;
    for (AreaCell const& cell : cells) {
        years[AreaKey::unpacked(cell.key).year].push_back(cell);
    }
    return years;
}

std::int64_t sum_of(std::vector<AreaCell> const& cells, AreaColumn column) {
    std::int64_t sum = 0;
    for (AreaCell const& cell : cells) {
        sum += value_of(cell, column);
    }
    return sum;
}

/// Months of a year in which the fund of 2018 is in force, and its rate, as published.
struct YearOfFund {
    int months = 0;
    std::int64_t per_thousand = 0;
};
YearOfFund fund_in(int year) {
    return year < 2018    ? YearOfFund{0, 0}
           : year == 2018 ? YearOfFund{6, 30}
           : year == 2019 ? YearOfFund{12, 35}
           : year == 2020 ? YearOfFund{12, 40}
                          : YearOfFund{12, 45};
}

/// Half up, as all amounts of the law are rounded.
std::int64_t rounded(long double amount) {
    return static_cast<std::int64_t>(std::floor(amount + 0.5L));
}

TEST_CASE("the fund of 2018: 90% of wage x insured x rate, handed back by heads of retirees") {
    Books books("national");
    int adjusted = 0;
    for (auto const& each : by_year(books.under("central-2018"))) {
        int const year = each.first;
        auto const& areas_of_year = each.second;
        YearOfFund const fund = fund_in(year);
        std::int64_t paid_in = 0;
        std::int64_t retirees = 0;
        std::vector<std::int64_t> payments;
        for (AreaCell const& cell : areas_of_year) {
            std::int64_t const wage =
                tables().wages.at(AreaKey::unpacked(cell.key).area, year).count();
            std::int64_t const insured = value_of(cell, AreaColumn::months_paid) * fund.months / 12;
            payments.push_back(
                rounded(static_cast<long double>(wage) * insured * 9 * fund.per_thousand / 10'000));
            paid_in += payments.back();
            retirees += value_of(cell, AreaColumn::pension_months) * fund.months / 12;
        }
        CAPTURE(year);
        CHECK(sum_of(areas_of_year, AreaColumn::pooling_adjustment) == 0);
        for (std::size_t i = 0; i < areas_of_year.size(); ++i) {
            AreaCell const& cell = areas_of_year[i];
            std::int64_t const heads =
                value_of(cell, AreaColumn::pension_months) * fund.months / 12;
            std::int64_t const moved = value_of(cell, AreaColumn::pooling_adjustment);
            if (retirees == 0) { // the centre keeps nothing
                CHECK(moved == 0);
                continue;
            }
            // Whole fen are handed out, so that an area gets less than one more or less.
            long double const expected =
                static_cast<long double>(paid_in) * heads / retirees - payments[i];
            CHECK(std::fabs(static_cast<long double>(moved) - expected) < 1);
            adjusted += moved != 0 ? 1 : 0;
        }
    }
    CHECK(adjusted > 1000);
}

TEST_CASE("the fund of 2018 holds for half of 2018, at a rate of its own") {
    Books books("national");
    auto const years = by_year(books.under("central-2018"));
    CHECK(sum_of(years.at(2017), AreaColumn::months_paid) > 0);
    for (AreaCell const& cell : years.at(2017)) {
        CHECK(value_of(cell, AreaColumn::pooling_adjustment) == 0);
    }
    // What an area without retirees pays is 90% x 3% of half a year's wages.
    int without_retirees = 0;
    for (AreaCell const& cell : years.at(2018)) {
        if (value_of(cell, AreaColumn::pension_months) == 0) {
            std::int64_t const half = value_of(cell, AreaColumn::months_paid) / 2;
            std::int64_t const wage =
                tables().wages.at(AreaKey::unpacked(cell.key).area, 2018).count();
            CHECK(value_of(cell, AreaColumn::pooling_adjustment)
                  == -rounded(static_cast<long double>(wage) * half * 27 / 1000));
            ++without_retirees;
        }
    }
    CHECK(without_retirees > 0);
}

std::int64_t surplus_of(AreaCell const& cell) {
    std::int64_t surplus =
        value_of(cell, AreaColumn::contributions_pool) - value_of(cell, AreaColumn::benefits_pool);
    for (auto const& [in, out] :
         {std::pair(AreaColumn::move_in_pooled, AreaColumn::move_out_pooled),
          {AreaColumn::return_in_pooled, AreaColumn::return_out_pooled},
          {AreaColumn::gather_in_pooled, AreaColumn::gather_out_pooled},
          {AreaColumn::temporary_in_pooled, AreaColumn::temporary_out_pooled}}) {
        surplus += value_of(cell, in) - value_of(cell, out);
    }
    return surplus;
}

TEST_CASE("national pooling: surpluses meet deficits, pro rata where either does not reach") {
    int short_of_surplus = 0;
    int more_than_deficits = 0;
    Books books("national");
    for (auto const& each : by_year(books.under("national-pooling"))) {
        int const year = each.first;
        auto const& areas_of_year = each.second;
        CAPTURE(year);
        std::int64_t offered = 0;
        std::int64_t wanted = 0;
        for (AreaCell const& cell : areas_of_year) {
            std::int64_t const surplus = surplus_of(cell);
            offered += std::max<std::int64_t>(surplus, 0);
            wanted += std::max<std::int64_t>(-surplus, 0);
        }
        std::int64_t const moved = year < 2022 ? 0 : std::min(offered, wanted);
        (offered < wanted ? short_of_surplus : more_than_deficits) += moved > 0 ? 1 : 0;
        CHECK(sum_of(areas_of_year, AreaColumn::pooling_adjustment) == 0);
        for (AreaCell const& cell : areas_of_year) {
            std::int64_t const surplus = surplus_of(cell);
            std::int64_t const all = surplus > 0 ? offered : wanted;
            long double const expected =
                all == 0 ? 0 : -static_cast<long double>(moved) * surplus / all;
            CHECK(std::fabs(static_cast<long double>(value_of(cell, AreaColumn::pooling_adjustment))
                            - expected)
                  < 1);
        }
    }
    // Both happen, so that both were tested.
    CHECK(short_of_surplus > 0);
    CHECK(more_than_deficits > 0);
}

TEST_CASE("an adjustment changes balances of pools, by what was received up to then, and no more") {
    Books books("national");
    auto const law = books.under("law");
    for (std::string_view const id : {"central-2018", "national-pooling"}) {
        CAPTURE(id);
        auto const adjusted = books.under(id);
        std::map<std::uint64_t, AreaCell> before;
        for (AreaCell const& cell : law) {
            before[cell.key] = cell;
            CHECK(value_of(cell, AreaColumn::pooling_adjustment) == 0);
        }
        std::map<AreaId, std::int64_t> received;
        std::map<int, std::int64_t> balances;
        for (AreaCell const& cell : adjusted) {
            AreaKey const key = AreaKey::unpacked(cell.key);
            AreaCell expected = before[cell.key];
            expected.key = cell.key;
            std::int64_t const moved = value_of(cell, AreaColumn::pooling_adjustment);
            received[key.area] += moved;
            value_of(expected, AreaColumn::pooling_adjustment) = moved;
            value_of(expected, AreaColumn::pool_balance) += received[key.area];
            CHECK(cell == expected);
            balances[key.year] += value_of(cell, AreaColumn::pool_balance)
                                  - value_of(before[cell.key], AreaColumn::pool_balance);
        }
        for (auto const& balance : balances) {
            CAPTURE(balance.first);
            CHECK(balance.second == 0);
        }
        CHECK(balances.size() > 100);
    }
}

TEST_CASE("the horizon shows years and hides none of what was before") {
    Books books("national");
    auto const years = by_year(books.under("central-2018"));
    auto const few = by_year(books.under("central-2018", {2030, 2032}));
    REQUIRE(few.size() == 3);
    for (int const year : {2030, 2031, 2032}) {
        CHECK(few.at(year) == years.at(year));
    }
}

TEST_CASE("columns have names of their own; amounts come behind people and months") {
    std::map<std::string_view, int> names;
    for (std::size_t i = 0; i < report::area_columns; ++i) {
        ++names[report::column_name(static_cast<AreaColumn>(i))];
    }
    CHECK(names.size() == report::area_columns);
    CHECK_FALSE(names.contains(""));
    CHECK(report::column_name(AreaColumn::portability_gain) == "portability_gain");
    CHECK_FALSE(report::is_amount(AreaColumn::pension_months));
    CHECK(report::is_amount(AreaColumn::contributions_account));
}

} // namespace
} // namespace pensim::test

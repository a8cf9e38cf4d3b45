#include "sim/report/samples.hpp"

#include <algorithm>
#include <map>

#include <doctest/doctest.h>

#include "tests/support/compared.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {
namespace {

using report::AreaColumn;
using report::AreaKey;
using report::SampleCells;

/// Some people under one rule set, as cells.
SampleCells cells_under(std::string const& rules) {
    auto const simulation = simulated("hmt", {.persons = 700, .rules = rules, .with_pilot = false});
    engine::Tally tally = engine::run_people(simulation->setup(), simulation->key(0), {0, 700}, {});
    return report::cells_of(tally, report::terms_of(*simulation));
}

template <class Cells>
auto map_of(Cells const& cells) {
    std::map<std::uint64_t, decltype(cells.front().values)> values;
    for (auto const& cell : cells) {
        CHECK(values.emplace(cell.key, cell.values).second);
    }
    return values;
}

/// b - a, cell by cell; nothing where nothing differs.
template <class Cells>
std::size_t check_difference(Cells const& found, Cells const& b, Cells const& a) {
    auto const before = map_of(a);
    auto const after = map_of(b);
    auto expected = after;
    for (auto const& [key, values] : before) {
        auto& sum = expected[key]; // zeros where there was none
        for (std::size_t i = 0; i < values.size(); ++i) {
            sum[i] -= values[i];
        }
    }
    std::erase_if(expected,
                  [](auto const& cell) { return cell.second == decltype(cell.second){}; });
    CHECK(map_of(found) == expected);
    CHECK(std::is_sorted(
        found.begin(), found.end(), [](auto const& x, auto const& y) { return x.key < y.key; }));
    return expected.size();
}

TEST_CASE("a difference is taken cell by cell") {
    SampleCells const law = cells_under("law");
    SampleCells const reform = cells_under("pro-rata");
    SampleCells const difference = report::difference_of(reform, law);
    CHECK(check_difference(difference.flows, reform.flows, law.flows) > 100);
    CHECK(check_difference(difference.flow_totals, reform.flow_totals, law.flow_totals) > 20);
    CHECK(check_difference(difference.areas, reform.areas, law.areas) > 500);
    CHECK(check_difference(difference.area_totals, reform.area_totals, law.area_totals) > 20);
    SampleCells const other = cells_under("longest-only");
    CHECK(check_difference(
              report::difference_of(other, law).locations, other.locations, law.locations)
          > 10);
    SampleCells const nothing = report::difference_of(law, law);
    CHECK(nothing.flows.empty());
    CHECK(nothing.locations.empty());
    CHECK(nothing.areas.empty());
    CHECK(nothing.area_totals.empty());
}

TEST_CASE("a difference that leaves 64 bits is told") {
    SampleCells before;
    before.flows.push_back({7, {1, -2, 3}});
    SampleCells after;
    after.flows.push_back({7, {1, INT64_MAX - 2, 3}});
    CHECK(report::difference_of(after, before).flows.front().values[1] == INT64_MAX);
    after.flows.front().values[1] += 1;
    CHECK_THROWS_AS(static_cast<void>(report::difference_of(after, before)), MoneyOverflow);
}

TEST_CASE("totals are sums over years and areas; balances those of the last year") {
    SampleCells const cells = cells_under("law");
    std::map<std::uint64_t, std::array<std::int64_t, 3>> flows;
    for (auto const& cell : cells.flows) {
        FlowKey const key = FlowKey::unpacked(cell.key);
        for (std::size_t i = 0; i < 3; ++i) {
            flows[FlowKey{0, key.from, key.to, key.kind}.packed()][i] += cell.values[i];
            flows[FlowKey{0, report::all_areas, reform::all_areas, key.kind}.packed()][i] +=
                cell.values[i];
        }
    }
    CHECK(map_of(cells.flow_totals) == flows);
    auto const totals = map_of(cells.area_totals);
    int const last = simulated("hmt", {.with_pilot = false})->scenario.horizon.last;
    for (std::size_t i = 0; i < report::area_columns; ++i) {
        auto const column = static_cast<AreaColumn>(i);
        bool const balance =
            column == AreaColumn::account_balance || column == AreaColumn::pool_balance;
        std::map<std::uint64_t, std::int64_t> sums;
        for (auto const& cell : cells.areas) {
            AreaKey const key = AreaKey::unpacked(cell.key);
            std::int64_t const value = balance && key.year != last ? 0 : cell.values[i];
            sums[AreaKey{0, key.area}.packed()] += value;
            sums[AreaKey{0, report::all_areas}.packed()] += value;
        }
        CAPTURE(report::column_name(column));
        CHECK(sums.size() == totals.size());
        for (auto const& [key, sum] : sums) {
            CHECK(totals.at(key)[i] == sum);
        }
    }
}

TEST_CASE("samples of several kinds of cells are counted apart") {
    SampleCells const law = cells_under("law");
    reform::SampleMoments moments;
    moments.add(law);
    moments.add({});
    moments.list({.flows = {{1, {1, 2, 3}}}});
    CHECK(moments.flows.cells().size() == law.flows.size() + 1);
    CHECK(moments.locations.cells().size() == law.locations.size());
    CHECK(moments.areas.cells().size() == law.areas.size());
    CHECK(moments.flows.find(1)->values[0].over(2).mean == 0);
    auto const& cell = law.flows.front();
    CHECK(moments.flows.find(cell.key)->values[1].over(2).mean
          == static_cast<double>(cell.values[1]) / 2);
}

} // namespace
} // namespace pensim::test

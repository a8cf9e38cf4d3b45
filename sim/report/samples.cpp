#include "sim/report/samples.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace pensim::report {

namespace {

template <std::size_t Values>
bool all_zero(typename engine::CellTally<Values>::Cell const& cell) {
    return std::all_of(
        cell.values.begin(), cell.values.end(), [](std::int64_t value) { return value == 0; });
}

template <std::size_t Values>
Cells<Values> cells_of_map(std::map<std::uint64_t, std::array<std::int64_t, Values>> const& sums) {
    Cells<Values> cells;
    for (auto const& [key, values] : sums) {
        cells.push_back({key, values});
    }
    return cells;
}

template <std::size_t Values>
void add_to(std::array<std::int64_t, Values>& sum, std::array<std::int64_t, Values> const& more) {
    for (std::size_t i = 0; i < Values; ++i) {
        engine::add_checked(sum[i], more[i]);
    }
}

Cells<3> totals_of_flows(Cells<3> const& flows) {
    std::map<std::uint64_t, std::array<std::int64_t, 3>> sums;
    for (auto const& cell : flows) {
        FlowKey key = FlowKey::unpacked(cell.key);
        key.year = 0;
        add_to(sums[key.packed()], cell.values);
        key.from = all_areas;
        key.to = all_areas;
        add_to(sums[key.packed()], cell.values);
    }
    return cells_of_map(sums);
}

/// What stands at the end of a year is no sum of years.
constexpr std::array balances{AreaColumn::account_balance, AreaColumn::pool_balance};

Cells<area_columns> totals_of_areas(Cells<area_columns> const& years, int last) {
    Cells<area_columns> totals; // by area, the last one of all
    for (auto const& cell : years) {
        std::size_t const number = row(AreaKey::unpacked(cell.key).area);
        while (totals.size() <= number) {
            auto const area = static_cast<AreaId>(totals.size());
            totals.push_back({AreaKey{0, area}.packed(), {}});
        }
        auto values = cell.values;
        if (AreaKey::unpacked(cell.key).year != last) {
            for (AreaColumn const balance : balances) {
                values[static_cast<std::size_t>(balance)] = 0;
            }
        }
        add_to(totals[number].values, values);
    }
    engine::CellTally<area_columns>::Cell all{AreaKey{0, all_areas}.packed(), {}};
    for (auto const& cell : totals) {
        add_to(all.values, cell.values);
    }
    std::erase_if(totals, all_zero<area_columns>);
    if (!totals.empty()) {
        totals.push_back(all);
    }
    return totals;
}

template <std::size_t Values>
Cells<Values> difference(Cells<Values> const& after, Cells<Values> const& before) {
    Cells<Values> cells;
    auto a = after.begin();
    auto b = before.begin();
    while (a != after.end() || b != before.end()) {
        bool const take_a = a != after.end() && (b == before.end() || a->key <= b->key);
        bool const take_b = b != before.end() && (a == after.end() || b->key <= a->key);
        typename engine::CellTally<Values>::Cell cell{take_a ? a->key : b->key, {}};
        for (std::size_t i = 0; i < Values; ++i) {
            cell.values[i] = take_a ? a->values[i] : 0;
            engine::subtract_checked(cell.values[i], take_b ? b->values[i] : 0);
        }
        if (!all_zero<Values>(cell)) {
            cells.push_back(cell);
        }
        a += take_a ? 1 : 0;
        b += take_b ? 1 : 0;
    }
    return cells;
}

} // namespace

SampleCells cells_of(engine::Tally& tally, BooksTerms const& terms) {
    SampleCells cells;
    for (auto const& cell : tally.flows.cells()) {
        int const year = FlowKey::unpacked(cell.key).year;
        if (terms.horizon.first <= year && year <= terms.horizon.last && !all_zero<3>(cell)) {
            cells.flows.push_back(cell);
        }
    }
    cells.flow_totals = totals_of_flows(cells.flows);
    cells.locations = tally.locations.cells();
    std::erase_if(cells.locations, all_zero<1>);
    cells.areas = area_cells(tally, terms);
    cells.area_totals = totals_of_areas(cells.areas, terms.horizon.last);
    return cells;
}

SampleCells difference_of(SampleCells const& after, SampleCells const& before) {
    return {difference<3>(after.flows, before.flows),
            difference<3>(after.flow_totals, before.flow_totals),
            difference<1>(after.locations, before.locations),
            difference<area_columns>(after.areas, before.areas),
            difference<area_columns>(after.area_totals, before.area_totals)};
}

void SampleMoments::add(SampleCells const& cells) {
    flows.add(cells.flows);
    flow_totals.add(cells.flow_totals);
    locations.add(cells.locations);
    areas.add(cells.areas);
    area_totals.add(cells.area_totals);
}

void SampleMoments::list(SampleCells const& cells) {
    flows.list(cells.flows);
    flow_totals.list(cells.flow_totals);
    locations.list(cells.locations);
    areas.list(cells.areas);
    area_totals.list(cells.area_totals);
}

} // namespace pensim::report

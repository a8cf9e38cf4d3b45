#include "sim/report/run_results.hpp"

#include <array>
#include <cmath>
#include <numeric>

#include "sim/report/calibration.hpp"
#include "sim/report/network_tables.hpp"
#include "sim/report/table_maker.hpp"

namespace pensim::report {

namespace {

constexpr std::array<std::string_view, engine::ending_count> ending_names{
    "missing_months", "replacement_of_area_wage", "replacement_of_own_wage"};

Table flows_table(RunResults const& results, scenario::Simulation const& simulation) {
    TableMaker maker("flows", results.replicates());
    maker.weight(simulation.weight());
    auto const areas = area_words(simulation.tables.areas);
    auto const year = maker.whole("year");
    auto const from = maker.words("from", areas);
    auto const to = maker.words("to", areas);
    auto const kind = maker.words("kind", words_of<TransferKind>());
    auto const people = maker.measure("people", false);
    auto const account = maker.measure("account", true);
    auto const pooled = maker.measure("pooled", true);
    for (auto const& cell : results.flows().cells()) {
        FlowKey const key = FlowKey::unpacked(cell.key);
        maker.put_whole(year, key.year);
        maker.put(from, row(key.from));
        maker.put(to, row(key.to));
        maker.put(kind, static_cast<std::size_t>(key.kind));
        maker.put_measure(people, cell.values[0]);
        maker.put_measure(account, cell.values[1]);
        maker.put_measure(pooled, cell.values[2]);
        maker.end_row();
    }
    return maker.finish();
}

Table locations_table(RunResults const& results, scenario::Simulation const& simulation) {
    TableMaker maker("locations", results.replicates());
    maker.weight(simulation.weight());
    auto const areas = area_words(simulation.tables.areas);
    auto const group = maker.words("group", words_of<Group>());
    auto const branch = maker.words("branch", words_of<Branch>());
    auto const last = maker.words("last_area", areas);
    auto const benefit = maker.words("benefit_area", areas);
    auto const people = maker.measure("people", false);
    auto const code = [&](std::optional<AreaId> area) {
        return area ? std::size_t{row(*area)} : areas.size() - 1;
    };
    for (auto const& cell : results.locations().cells()) {
        auto const key = engine::LocationKey::unpacked(cell.key);
        maker.put(group, static_cast<std::size_t>(key.group));
        maker.put(branch, static_cast<std::size_t>(key.branch));
        maker.put(last, code(key.last_area));
        maker.put(benefit, code(key.benefit_area));
        maker.put_measure(people, cell.values[0]);
        maker.end_row();
    }
    return maker.finish();
}

Table areas_table(RunResults const& results, scenario::Simulation const& simulation) {
    TableMaker maker("areas", results.replicates());
    maker.weight(simulation.weight());
    auto const year = maker.whole("year");
    auto const area = maker.words("area", area_words(simulation.tables.areas));
    std::array<std::size_t, area_columns> columns{};
    for (std::size_t i = 0; i < area_columns; ++i) {
        columns[i] = maker.measure(column_name(static_cast<AreaColumn>(i)),
                                   is_amount(static_cast<AreaColumn>(i)));
    }
    for (auto const& cell : results.area_years().cells()) {
        AreaKey const key = AreaKey::unpacked(cell.key);
        maker.put_whole(year, key.year);
        maker.put(area, row(key.area));
        for (std::size_t i = 0; i < area_columns; ++i) {
            maker.put_measure(columns[i], cell.values[i]);
        }
        maker.end_row();
    }
    return maker.finish();
}

/// Where a bin of a histogram begins.
double begin_of(engine::Ending what, std::size_t bin) {
    constexpr double twentieth = 0.05;
    if (what != engine::Ending::missing_months) {
        return static_cast<double>(bin) * twentieth;
    }
    return bin == 0 ? 0 : static_cast<double>(12 * (bin - 1) + 1);
}

Table distributions_table(RunResults const& results, scenario::Simulation const& simulation) {
    TableMaker maker("distributions", results.replicates());
    maker.weight(simulation.weight() / results.replicates());
    auto const measure = maker.words("measure", {ending_names.begin(), ending_names.end()});
    auto const from = maker.number("from", Column::Kind::real);
    auto const to = maker.number("to", Column::Kind::real);
    auto const people = maker.weighted(maker.whole("people"));
    auto const share = maker.number("share", Column::Kind::real, 6);
    for (std::size_t i = 0; i < engine::ending_count; ++i) {
        auto const what = static_cast<engine::Ending>(i);
        auto const& counts = results.endings().of(what);
        std::int64_t const all = std::accumulate(counts.begin(), counts.end(), std::int64_t{});
        std::size_t used = counts.size();
        while (used > 0 && counts[used - 1] == 0) {
            --used;
        }
        for (std::size_t bin = 0; bin < used; ++bin) {
            bool const open = bin + 1 == counts.size();
            maker.put(measure, i);
            maker.put_real(from, begin_of(what, bin));
            maker.put_real(to, open ? std::nan("") : begin_of(what, bin + 1));
            maker.put_whole(people, counts[bin]);
            maker.put_real(share, static_cast<double>(counts[bin]) / static_cast<double>(all));
            maker.end_row();
        }
    }
    return maker.finish();
}

void add_totals(std::array<Moments, run_totals>& moments, SampleCells const& cells) {
    std::array<std::int64_t, run_totals> totals{};
    auto const of = [&](RunTotal total) -> std::int64_t& {
        return totals[static_cast<std::size_t>(total)];
    };
    for (auto const& cell : cells.locations) {
        auto const key = engine::LocationKey::unpacked(cell.key);
        of(RunTotal::placed) += key.benefit_area ? cell.values[0] : 0;
        of(RunTotal::elsewhere) += is_elsewhere(key) ? cell.values[0] : 0;
    }
    for (auto const& cell : cells.flow_totals) {
        if (FlowKey::unpacked(cell.key).from == all_areas) {
            of(RunTotal::transfers) += cell.values[0];
            engine::add_checked(of(RunTotal::account), cell.values[1]);
            engine::add_checked(of(RunTotal::pooled), cell.values[2]);
        }
    }
    of(RunTotal::moved) = of(RunTotal::account);
    engine::add_checked(of(RunTotal::moved), of(RunTotal::pooled));
    for (std::size_t i = 0; i < run_totals; ++i) {
        moments[i].add(totals[i]);
    }
}

template <class Sums>
void add_to(Sums& sums, Sums const& more) {
    sums.resize(more.size());
    for (std::size_t i = 0; i < sums.size(); ++i) {
        sums[i] += more[i];
    }
}

} // namespace

void RunResults::add(engine::Tally& tally) {
    ++replicates_;
    people_ += tally.people;
    for (std::size_t i = 0; i < by_status_.size(); ++i) {
        by_status_[i] += tally.by_status[i];
    }
    add_to(paying_, tally.paying);
    add_to(moves_, tally.moves);
    endings_.merge(tally.endings);
    SampleCells const cells = cells_of(tally, terms_);
    moments_.add(cells);
    add_totals(totals_, cells);
}

void RunResults::add_batch(engine::Tally& tally) {
    ++batches_;
    SampleCells cells = cells_of(tally, terms_);
    cells.flows.clear();
    cells.areas.clear();
    batches_moments_.add(cells);
    add_totals(batches_totals_, cells);
}

Estimate RunResults::estimate_of(Moments const& replicates, Moments const& batches) const {
    Spread const all = replicates.over(replicates_);
    if (replicates_ > 1) {
        return {all.mean, all.hi95 - all.mean};
    }
    if (batches_ < 2) {
        return {all.mean, std::nan("")};
    }
    Spread const each = batches.over(batches_);
    return {all.mean, (each.hi95 - each.mean) * batches_}; // batches add up
}

namespace {

std::vector<Table> network_tables_of(RunResults const& results,
                                     scenario::Simulation const& simulation) {
    try {
        return network_tables(network_flows_of(results),
                              simulation.tables.areas,
                              results.replicates(),
                              simulation.weight());
    } catch (MoneyOverflow const&) { // each replicate alone was not too large
        throw MoneyOverflow("a sum of flows over years and replicates",
                            "fewer replicates, fewer persons, or lower wages");
    }
}

} // namespace

std::vector<network::Flow> network_flows_of(RunResults const& results) {
    std::vector<network::Flow> flows;
    for (auto const& cell : results.flows().cells()) {
        FlowKey const key = FlowKey::unpacked(cell.key);
        bool const same = !flows.empty() && flows.back().year == key.year
                          && flows.back().from == key.from && flows.back().to == key.to;
        if (!same) {
            flows.push_back({key.year, key.from, key.to, 0, {}, {}});
        }
        network::Flow& flow = flows.back();
        engine::add_checked(flow.people, cell.values[0].total());
        flow.account += Fen(cell.values[1].total());
        flow.pooled += Fen(cell.values[2].total());
    }
    return flows;
}

std::vector<Table> tables_of(RunResults const& results, scenario::Simulation const& simulation) {
    std::vector<Table> tables;
    tables.push_back(flows_table(results, simulation));
    tables.push_back(locations_table(results, simulation));
    tables.push_back(areas_table(results, simulation));
    tables.push_back(distributions_table(results, simulation));
    for (Table& table : network_tables_of(results, simulation)) {
        tables.push_back(std::move(table));
    }
    tables.push_back(calibration_table(results, simulation));
    return tables;
}

} // namespace pensim::report

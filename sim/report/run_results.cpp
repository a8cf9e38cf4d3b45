#include "sim/report/run_results.hpp"

#include <array>

#include "sim/report/calibration.hpp"
#include "sim/report/table_maker.hpp"

namespace pensim::report {

namespace {

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
        if (key.year < simulation.scenario.horizon.first
            || key.year > simulation.scenario.horizon.last) {
            continue;
        }
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

} // namespace

void RunResults::add(engine::Tally& tally) {
    ++replicates_;
    people_ += tally.people;
    for (std::size_t i = 0; i < by_status_.size(); ++i) {
        by_status_[i] += tally.by_status[i];
    }
    paying_.resize(tally.paying.size());
    for (std::size_t i = 0; i < paying_.size(); ++i) {
        paying_[i] += tally.paying[i];
    }
    moves_.resize(tally.moves.size());
    for (std::size_t i = 0; i < moves_.size(); ++i) {
        moves_[i] += tally.moves[i];
    }
    flows_.add(tally.flows.cells());
    locations_.add(tally.locations.cells());
    area_years_.add(area_cells(tally, terms_));
}

std::vector<Table> tables_of(RunResults const& results, scenario::Simulation const& simulation) {
    std::vector<Table> tables;
    tables.push_back(flows_table(results, simulation));
    tables.push_back(locations_table(results, simulation));
    tables.push_back(areas_table(results, simulation));
    tables.push_back(calibration_table(results, simulation));
    return tables;
}

} // namespace pensim::report

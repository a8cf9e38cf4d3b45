#include "sim/report/page_tables.hpp"

#include <algorithm>
#include <map>

#include "sim/report/table_maker.hpp"

namespace pensim::report {

namespace {

/// A column of means of what replicates found, from their sum: exact with one replicate.
class SumColumn {
  public:
    SumColumn(TableMaker& maker, std::string name, bool amount, std::uint32_t replicates)
        : maker_(maker), unit_(replicates * (amount ? 100.0 : 1.0)), exact_(replicates == 1),
          column_(maker.weighted(maker.number(std::move(name),
                                              replicates > 1 ? Column::Kind::real
                                              : amount       ? Column::Kind::yuan
                                                             : Column::Kind::whole))) {}
    void put(std::int64_t sum) {
        if (exact_) {
            maker_.put_whole(column_, sum);
        } else {
            maker_.put_real(column_, static_cast<double>(sum) / unit_);
        }
    }

  private:
    TableMaker& maker_;
    double unit_;
    bool exact_;
    std::size_t column_;
};

/// People, and money of accounts and pools, over all replicates.
using PairSums = std::array<std::int64_t, 2>;

/// By key of the flow without its kind.
template <class Cells>
std::map<std::uint64_t, PairSums> pairs_of(Cells const& cells) {
    std::map<std::uint64_t, PairSums> pairs;
    for (auto const& cell : cells) {
        FlowKey key = FlowKey::unpacked(cell.key);
        if (key.from == all_areas) {
            continue;
        }
        key.kind = TransferKind::move;
        PairSums& sums = pairs[key.packed()];
        engine::add_checked(sums[0], cell.values[0].total());
        engine::add_checked(sums[1], cell.values[1].total());
        engine::add_checked(sums[1], cell.values[2].total());
    }
    return pairs;
}

/// A diagram holds no more; flows.csv has every one.
constexpr std::size_t links_a_year = 150;

Table links_table(RunResults const& results, scenario::Simulation const& simulation) {
    TableMaker maker("links", 1);
    maker.weight(simulation.weight());
    std::uint32_t const replicates = results.replicates();
    auto const words = area_words(simulation.tables.areas);
    auto const year = maker.whole("year");
    auto const from = maker.words("from", words);
    auto const to = maker.words("to", words);
    SumColumn people(maker, "people", false, replicates);
    SumColumn amount(maker, "amount", true, replicates);
    auto const cumulative = maker.number("cumulative_share", Column::Kind::real, 3);
    auto links = pairs_of(results.moments().flow_totals.cells());
    links.merge(pairs_of(results.flows().cells()));
    std::map<int, std::int64_t> all; // money of a year
    for (auto const& [packed, sums] : links) {
        engine::add_checked(all[FlowKey::unpacked(packed).year], sums[1]);
    }
    std::vector<std::pair<std::uint64_t, PairSums>> order(links.begin(), links.end());
    std::stable_sort(order.begin(), order.end(), [](auto const& a, auto const& b) {
        int const first = FlowKey::unpacked(a.first).year;
        int const second = FlowKey::unpacked(b.first).year;
        return first != second ? first < second : a.second[1] > b.second[1];
    });
    int shown_year = 0;
    std::size_t shown = 0;
    std::int64_t so_far = 0;
    for (auto const& [packed, sums] : order) {
        FlowKey const key = FlowKey::unpacked(packed);
        bool const same_year = key.year == shown_year;
        shown = same_year ? shown + 1 : 1;
        so_far = same_year ? so_far + sums[1] : sums[1];
        shown_year = key.year;
        if (key.year != 0 && shown > links_a_year) {
            continue;
        }
        maker.put_whole(year, key.year);
        maker.put(from, row(key.from));
        maker.put(to, row(key.to));
        people.put(sums[0]);
        amount.put(sums[1]);
        maker.put_real(cumulative,
                       static_cast<double>(so_far) / static_cast<double>(all[key.year]));
        maker.end_row();
    }
    return maker.finish();
}

Table area_totals_table(RunResults const& results, scenario::Simulation const& simulation) {
    TableMaker maker("area_totals", results.replicates());
    maker.weight(simulation.weight());
    auto const area = maker.words("area", area_words(simulation.tables.areas));
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < area_columns; ++i) {
        columns.push_back(maker.measure(column_name(static_cast<AreaColumn>(i)),
                                        is_amount(static_cast<AreaColumn>(i))));
    }
    for (auto const& cell : results.moments().area_totals.cells()) {
        AreaId const id = AreaKey::unpacked(cell.key).area;
        if (id == all_areas) {
            continue;
        }
        maker.put(area, row(id));
        for (std::size_t i = 0; i < area_columns; ++i) {
            maker.put_measure(columns[i], cell.values[i]);
        }
        maker.end_row();
    }
    return maker.finish();
}

Table branches_table(RunResults const& results, scenario::Simulation const& simulation) {
    std::map<Branch, std::array<std::int64_t, 2>> by_branch;
    std::int64_t all = 0;
    for (auto const& cell : results.locations().cells()) {
        auto const key = engine::LocationKey::unpacked(cell.key);
        std::int64_t const people = cell.values[0].total();
        by_branch[key.branch][0] += people;
        by_branch[key.branch][1] += is_elsewhere(key) ? people : 0;
        all += people;
    }
    TableMaker maker("branches", 1);
    maker.weight(simulation.weight());
    auto const branch = maker.words("branch", words_of<Branch>());
    SumColumn people(maker, "people", false, results.replicates());
    auto const share = maker.number("share", Column::Kind::real, 6);
    SumColumn elsewhere(maker, "elsewhere", false, results.replicates());
    for (auto const& [which, sums] : by_branch) {
        maker.put(branch, static_cast<std::size_t>(which));
        people.put(sums[0]);
        maker.put_real(share, static_cast<double>(sums[0]) / static_cast<double>(all));
        elsewhere.put(sums[1]);
        maker.end_row();
    }
    return maker.finish();
}

Table paths_table(RunResults const& results, scenario::Simulation const& simulation) {
    std::map<std::pair<std::size_t, std::size_t>, std::int64_t> by_path;
    auto const words = area_words(simulation.tables.areas);
    auto const code = [&](std::optional<AreaId> area) {
        return area ? std::size_t{row(*area)} : words.size() - 1;
    };
    for (auto const& cell : results.locations().cells()) {
        auto const key = engine::LocationKey::unpacked(cell.key);
        by_path[{code(key.last_area), code(key.benefit_area)}] += cell.values[0].total();
    }
    TableMaker maker("paths", 1);
    maker.weight(simulation.weight());
    auto const last = maker.words("last_area", words);
    auto const benefit = maker.words("benefit_area", words);
    SumColumn people(maker, "people", false, results.replicates());
    for (auto const& [path, sum] : by_path) {
        maker.put(last, path.first);
        maker.put(benefit, path.second);
        people.put(sum);
        maker.end_row();
    }
    return maker.finish();
}

} // namespace

std::vector<Table> page_tables_of(RunResults const& results,
                                  scenario::Simulation const& simulation) {
    std::vector<Table> tables;
    tables.push_back(links_table(results, simulation));
    tables.push_back(area_totals_table(results, simulation));
    tables.push_back(branches_table(results, simulation));
    tables.push_back(paths_table(results, simulation));
    return tables;
}

} // namespace pensim::report

#include "tests/support/compared.hpp"

#include <fmt/format.h>

#include "sim/scenario/scenario_json.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

using report::Column;
using report::Table;

bool is_key(Column const& column) {
    return column.kind == Column::Kind::word || column.name == "year";
}

std::string key_of(Table const& table, std::size_t row) {
    std::string key;
    for (Column const& column : table.columns) {
        if (is_key(column) && column.name != "reform" && column.name != "unit") {
            key += text_at(table, column.name, row) + '|';
        }
    }
    return key;
}

double number_at(Column const& column, std::size_t row) {
    return column.kind == Column::Kind::real ? column.real[row]
                                             : static_cast<double>(column.whole[row]);
}

std::string difference_of(engine::ChangeTally& a, engine::ChangeTally& b, std::string const& name) {
    auto const differs = [&](std::string const& what) { return name + ": " + what; };
    if (a.people != b.people || a.changed != b.changed || a.by_change != b.by_change) {
        return differs(fmt::format(
            "{} of {} changed, and {} of {}", a.changed, a.people, b.changed, b.people));
    }
    if (a.paid_out != b.paid_out) {
        return differs("pensions paid out");
    }
    if (a.transitions.cells() != b.transitions.cells()) {
        return differs("transitions");
    }
    if (a.changes.cells() != b.changes.cells()) {
        return differs("changes of pensions");
    }
    for (std::size_t i = 0; i < a.impacts.size(); ++i) {
        engine::Impact const& mine = a.impacts[i];
        engine::Impact const& theirs = b.impacts[i];
        if (mine.winners != theirs.winners || mine.losers != theirs.losers
            || mine.gained != theirs.gained || mine.lost != theirs.lost) {
            return differs(fmt::format("winners and losers in row {}", i));
        }
    }
    for (std::size_t i = 0; i < a.reached.size(); ++i) {
        if (a.reached[i] != b.reached[i]) {
            return differs(
                fmt::format("{} reaches {} and {}", law::rule_name(i), a.reached[i], b.reached[i]));
        }
    }
    if (a.first != b.first) {
        return differs("first difference");
    }
    return a.witnesses == b.witnesses ? "" : differs("witnesses");
}

} // namespace

std::vector<std::string> shipped_reforms() {
    std::vector<std::string> names;
    for (std::string_view const id : rules::shipped_rule_sets()) {
        if (id != "law") {
            names.emplace_back(id);
        }
    }
    return names;
}

std::unique_ptr<scenario::Simulation> simulated_text(std::string_view text,
                                                     std::string const& rules) {
    return scenario::prepare(
               scenario::read_scenario("test.json", "", text, tables()).value(), {}, {rules, ""})
        .value();
}

std::string csv_of_all(reform::Comparison const& comparison, reform::ComparisonPlan const& plan) {
    std::string all;
    for (Table const& table : reform::tables_of(comparison, plan)) {
        all += table.name + '\n' + report::csv_of(table);
    }
    return all;
}

void drop_empty_cells(engine::Tally& tally) {
    engine::CellTally<3> flows;
    for (auto const& cell : tally.flows.cells()) {
        if (cell.values != std::array<std::int64_t, 3>{}) {
            flows.add(cell.key, cell.values);
        }
    }
    engine::CellTally<1> locations;
    for (auto const& cell : tally.locations.cells()) {
        if (cell.values[0] != 0) {
            locations.add(cell.key, cell.values);
        }
    }
    tally.flows = flows;
    tally.locations = locations;
}

std::string difference_of(engine::PairedTally& a, engine::PairedTally& b, AreaTable const& areas) {
    std::string found = difference_of(a.first, b.first, areas);
    if (!found.empty()) {
        return found;
    }
    if (a.population.people != b.population.people
        || a.population.pensioners != b.population.pensioners
        || a.population.monthly != b.population.monthly) {
        return "population";
    }
    for (std::size_t i = 0; i < a.variants.size(); ++i) {
        std::string const name = fmt::format("variant {}", i);
        found = difference_of(a.variants[i].people, b.variants[i].people, name);
        if (!found.empty()) {
            return found;
        }
        if ((a.variants[i].books == nullptr) != (b.variants[i].books == nullptr)) {
            return name + ": books of one only";
        }
        if (a.variants[i].books == nullptr) {
            continue;
        }
        engine::Tally mine = a.first;
        engine::Tally theirs = b.first;
        mine.merge(*a.variants[i].books);
        theirs.merge(*b.variants[i].books);
        drop_empty_cells(mine);
        drop_empty_cells(theirs);
        found = difference_of(mine, theirs, areas);
        if (!found.empty()) {
            return name + ": " + found;
        }
    }
    return "";
}

std::map<std::string, double> cells_of_run(Table const& table) {
    std::map<std::string, double> cells;
    for (std::size_t row = 0; row < table.rows; ++row) {
        std::string const key = key_of(table, row);
        for (Column const& column : table.columns) {
            bool const spread = column.name.ends_with("_sd") || column.name.ends_with("_lo95")
                                || column.name.ends_with("_hi95");
            bool const number = !is_key(column) && !spread && column.name != "weight";
            double const value = number ? number_at(column, row) : 0;
            if (value != 0) {
                cells[key + column.name] = value;
            }
        }
    }
    return cells;
}

std::map<std::string, Compared> cells_of_comparison(Table const& table, std::string_view reform) {
    constexpr std::string_view baseline = "baseline";
    std::map<std::string, Compared> cells;
    for (std::size_t row = 0; row < table.rows; ++row) {
        if (text_at(table, "reform", row) != reform) {
            continue;
        }
        std::string const key = key_of(table, row);
        for (Column const& column : table.columns) {
            if (!column.name.ends_with(baseline)) {
                continue;
            }
            // "people_baseline"; in the books of areas "value_baseline" of what "item" names.
            std::string const head = column.name.substr(0, column.name.size() - baseline.size());
            std::string const measure = head.substr(0, head.size() - 1);
            std::string name = key + measure;
            if (measure == "value") {
                name = key.substr(0, key.size() - 1);
            }
            cells[name] = {number_at(column, row),
                           number_at(table.column(head + "reform"), row),
                           number_at(table.column(head + "difference"), row)};
        }
    }
    return cells;
}

Table const& named(std::vector<Table> const& tables, std::string_view name) {
    auto const found = std::find_if(
        tables.begin(), tables.end(), [&](Table const& table) { return table.name == name; });
    PENSIM_EXPECT(found != tables.end());
    return *found;
}

std::string text_at(Table const& table, std::string_view column, std::size_t row) {
    Column const& of = table.column(column);
    return of.kind == Column::Kind::word   ? of.words[of.codes[row]]
           : of.kind == Column::Kind::real ? fmt::format("{}", of.real[row])
                                           : fmt::format("{}", of.whole[row]);
}

} // namespace pensim::test

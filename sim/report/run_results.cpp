#include "sim/report/run_results.hpp"

#include <array>

#include "core/law/words.hpp"
#include "sim/report/calibration.hpp"

namespace pensim::report {

namespace {

constexpr std::array<std::string_view, area_columns> area_column_names{"insured",
                                                                       "pensioners",
                                                                       "months_paid",
                                                                       "pension_months",
                                                                       "contributions_account",
                                                                       "contributions_pool",
                                                                       "contributions_workers",
                                                                       "contributions_employers",
                                                                       "interest",
                                                                       "move_in_account",
                                                                       "move_in_pooled",
                                                                       "move_out_account",
                                                                       "move_out_pooled",
                                                                       "return_in_account",
                                                                       "return_in_pooled",
                                                                       "return_out_account",
                                                                       "return_out_pooled",
                                                                       "gather_in_account",
                                                                       "gather_in_pooled",
                                                                       "gather_out_account",
                                                                       "gather_out_pooled",
                                                                       "temporary_in_account",
                                                                       "temporary_in_pooled",
                                                                       "temporary_out_account",
                                                                       "temporary_out_pooled",
                                                                       "benefits_account",
                                                                       "benefits_pool",
                                                                       "refunds",
                                                                       "inheritances",
                                                                       "to_resident_scheme",
                                                                       "account_balance",
                                                                       "pool_balance",
                                                                       "paid_for_elsewhere",
                                                                       "paid_by_elsewhere",
                                                                       "portability_gain"};

struct AreaCell {
    std::uint64_t key = 0;
    std::array<std::int64_t, area_columns> values{};
    std::int64_t& operator[](AreaColumn column) { return values[static_cast<std::size_t>(column)]; }
};

/// The columns of a kind of transfer, from its first one on: in, then out; account, then pooled.
std::size_t transfer_columns(TransferKind kind) {
    constexpr std::size_t each = 4;
    return static_cast<std::size_t>(AreaColumn::move_in_account)
           + static_cast<std::size_t>(kind) * each;
}

void fill(AreaCell& cell, AreaYear const& books, engine::AreaBalance const& balance) {
    cell[AreaColumn::insured] = books.insured;
    cell[AreaColumn::pensioners] = books.pensioners;
    cell[AreaColumn::months_paid] = books.months;
    cell[AreaColumn::pension_months] = books.pension_months;
    cell[AreaColumn::contributions_account] = books.paid_to_accounts.count();
    cell[AreaColumn::contributions_pool] = books.paid_to_pool.count();
    cell[AreaColumn::contributions_workers] = books.paid_by_workers.count();
    cell[AreaColumn::contributions_employers] =
        (books.paid_to_accounts + books.paid_to_pool - books.paid_by_workers).count();
    cell[AreaColumn::interest] = books.interest.count();
    cell[AreaColumn::benefits_account] = books.pensions_from_accounts.count();
    cell[AreaColumn::benefits_pool] = books.pensions_from_pool.count();
    cell[AreaColumn::refunds] = books.refunds.count();
    cell[AreaColumn::inheritances] = books.inheritances.count();
    cell[AreaColumn::to_resident_scheme] = books.to_residents.count();
    cell[AreaColumn::account_balance] = balance.accounts.count();
    cell[AreaColumn::pool_balance] = balance.pool.count();
    cell[AreaColumn::paid_for_elsewhere] = books.for_elsewhere.count();
    cell[AreaColumn::paid_by_elsewhere] = books.by_elsewhere.count();
    cell[AreaColumn::portability_gain] = (books.by_elsewhere - books.for_elsewhere).count();
}

/// The books of every area in every year of the calendar.
std::vector<AreaCell> area_cells(engine::Tally& tally) {
    std::size_t const areas = tally.ledger.areas();
    auto const balances = engine::balances_of(tally);
    std::vector<AreaCell> cells(balances.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        int const year = FundLedger::first_year + static_cast<int>(i / areas);
        std::size_t const area = i % areas;
        cells[i].key = static_cast<std::uint64_t>(year) << 16U | area;
        fill(cells[i], tally.ledger.at(year, static_cast<AreaId>(area)), balances[i]);
    }
    for (auto const& flow : tally.flows.cells()) {
        FlowKey const key = FlowKey::unpacked(flow.key);
        auto const line =
            static_cast<std::size_t>(std::max(0, key.year - FundLedger::first_year)) * areas;
        auto const first = transfer_columns(key.kind);
        AreaCell& to = cells[line + row(key.to)];
        AreaCell& from = cells[line + row(key.from)];
        engine::add_checked(to.values[first], flow.values[1]);
        engine::add_checked(to.values[first + 1], flow.values[2]);
        engine::add_checked(from.values[first + 2], flow.values[1]);
        engine::add_checked(from.values[first + 3], flow.values[2]);
        to[AreaColumn::portability_gain] += flow.values[2];
        from[AreaColumn::portability_gain] -= flow.values[2];
    }
    return cells;
}

bool all_zero(AreaCell const& cell) {
    for (std::int64_t const value : cell.values) {
        if (value != 0) {
            return false;
        }
    }
    return true;
}

// ---- tables ----

/// Builds a table row by row; measures get their spread where there are several replicates.
class TableMaker {
  public:
    TableMaker(std::string name, std::uint32_t replicates) : replicates_(replicates) {
        table_.name = std::move(name);
    }
    std::size_t words(std::string name, std::vector<std::string> words) {
        return add(
            {.name = std::move(name), .kind = Column::Kind::word, .words = std::move(words)});
    }
    std::size_t whole(std::string name) {
        return add({.name = std::move(name), .kind = Column::Kind::whole});
    }
    /// One column, or four.
    std::size_t measure(std::string_view name, bool amount) {
        if (replicates_ == 1) {
            return add({.name = std::string(name),
                        .kind = amount ? Column::Kind::yuan : Column::Kind::whole});
        }
        std::size_t const first = add({.name = std::string(name), .kind = Column::Kind::real});
        for (std::string_view const suffix : {"_sd", "_lo95", "_hi95"}) {
            add({.name = std::string(name) + std::string(suffix), .kind = Column::Kind::real});
        }
        amounts_.resize(first + 1);
        amounts_[first] = amount;
        return first;
    }
    void weight(double value) { weight_ = value; }

    void put(std::size_t column, std::size_t code) {
        table_.columns[column].codes.push_back(static_cast<std::uint32_t>(code));
    }
    void put_whole(std::size_t column, std::int64_t value) {
        table_.columns[column].whole.push_back(value);
    }
    void put_measure(std::size_t column, Moments const& moments) {
        Spread const spread = moments.over(replicates_);
        if (replicates_ == 1) {
            table_.columns[column].whole.push_back(moments.first());
            return;
        }
        double const unit = amounts_[column] ? 100 : 1;
        table_.columns[column].real.push_back(spread.mean / unit);
        table_.columns[column + 1].real.push_back(spread.sd / unit);
        table_.columns[column + 2].real.push_back(spread.lo95 / unit);
        table_.columns[column + 3].real.push_back(spread.hi95 / unit);
    }
    void end_row() { ++table_.rows; }
    Table finish() {
        table_.columns.push_back({.name = "weight",
                                  .kind = Column::Kind::real,
                                  .decimals = 6,
                                  .real = std::vector<double>(table_.rows, weight_)});
        return std::move(table_);
    }

  private:
    std::size_t add(Column column) {
        table_.columns.push_back(std::move(column));
        return table_.columns.size() - 1;
    }
    Table table_;
    std::uint32_t replicates_;
    double weight_ = 1;
    std::vector<bool> amounts_;
};

template <class Enum>
std::vector<std::string> words_of() {
    return {words<Enum>.begin(), words<Enum>.end()};
}

/// Ids by row; the last word, nothing, is for no area.
std::vector<std::string> area_words(AreaTable const& areas) {
    std::vector<std::string> ids;
    for (Area const& area : areas.all()) {
        ids.push_back(area.id);
    }
    ids.emplace_back();
    return ids;
}

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
        columns[i] = maker.measure(area_column_names[i], is_amount(static_cast<AreaColumn>(i)));
    }
    for (auto const& cell : results.area_years().cells()) {
        maker.put_whole(year, static_cast<std::int64_t>(cell.key >> 16U));
        maker.put(area, cell.key & 0xffffU);
        for (std::size_t i = 0; i < area_columns; ++i) {
            maker.put_measure(columns[i], cell.values[i]);
        }
        maker.end_row();
    }
    return maker.finish();
}

} // namespace

std::string_view column_name(AreaColumn column) {
    return area_column_names[static_cast<std::size_t>(column)];
}

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
    auto cells = area_cells(tally);
    std::erase_if(cells, [&](AreaCell const& cell) {
        auto const year = static_cast<int>(cell.key >> 16U);
        return year < horizon_.first || year > horizon_.last || all_zero(cell);
    });
    area_years_.add(cells);
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

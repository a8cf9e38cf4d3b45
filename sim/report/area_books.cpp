#include "sim/report/area_books.hpp"

#include <algorithm>
#include <span>

#include "core/law/pooling_adjustment.hpp"

namespace pensim::report {

namespace {

constexpr std::array<std::string_view, area_columns> column_names{"insured",
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
                                                                  "pooling_adjustment",
                                                                  "pool_balance",
                                                                  "paid_for_elsewhere",
                                                                  "paid_by_elsewhere",
                                                                  "portability_gain"};

/// The columns of a kind of transfer, from its first one on: in, then out; account, then pooled.
std::size_t transfer_columns(TransferKind kind) {
    constexpr std::size_t each = 4;
    return static_cast<std::size_t>(AreaColumn::move_in_account)
           + static_cast<std::size_t>(kind) * each;
}

void fill(AreaCell& cell, AreaYear const& books, engine::AreaBalance const& balance) {
    value_of(cell, AreaColumn::insured) = books.insured;
    value_of(cell, AreaColumn::pensioners) = books.pensioners;
    value_of(cell, AreaColumn::months_paid) = books.months;
    value_of(cell, AreaColumn::pension_months) = books.pension_months;
    value_of(cell, AreaColumn::contributions_account) = books.paid_to_accounts.count();
    value_of(cell, AreaColumn::contributions_pool) = books.paid_to_pool.count();
    value_of(cell, AreaColumn::contributions_workers) = books.paid_by_workers.count();
    value_of(cell, AreaColumn::contributions_employers) =
        (books.paid_to_accounts + books.paid_to_pool - books.paid_by_workers).count();
    value_of(cell, AreaColumn::interest) = books.interest.count();
    value_of(cell, AreaColumn::benefits_account) = books.pensions_from_accounts.count();
    value_of(cell, AreaColumn::benefits_pool) = books.pensions_from_pool.count();
    value_of(cell, AreaColumn::refunds) = books.refunds.count();
    value_of(cell, AreaColumn::inheritances) = books.inheritances.count();
    value_of(cell, AreaColumn::to_resident_scheme) = books.to_residents.count();
    value_of(cell, AreaColumn::account_balance) = balance.accounts.count();
    value_of(cell, AreaColumn::pool_balance) = balance.pool.count();
    value_of(cell, AreaColumn::paid_for_elsewhere) = books.for_elsewhere.count();
    value_of(cell, AreaColumn::paid_by_elsewhere) = books.by_elsewhere.count();
    value_of(cell, AreaColumn::portability_gain) =
        (books.by_elsewhere - books.for_elsewhere).count();
}

/// The books of every area in every year up to `last`.
std::vector<AreaCell> all_cells(engine::Tally& tally, int last) {
    std::size_t const areas = tally.ledger.areas();
    auto const balances = engine::balances_of(tally);
    auto const years = static_cast<std::size_t>(
        std::clamp(last - FundLedger::first_year + 1, 0, FundLedger::years()));
    std::vector<AreaCell> cells(years * areas);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        int const year = FundLedger::first_year + static_cast<int>(i / areas);
        auto const area = static_cast<AreaId>(i % areas);
        cells[i].key = AreaKey{year, area}.packed();
        fill(cells[i], tally.ledger.at(year, area), balances[i]);
    }
    for (auto const& flow : tally.flows.cells()) {
        FlowKey const key = FlowKey::unpacked(flow.key);
        if (key.year > last) {
            continue;
        }
        auto const line =
            static_cast<std::size_t>(std::max(0, key.year - FundLedger::first_year)) * areas;
        auto const first = transfer_columns(key.kind);
        AreaCell& to = cells[line + row(key.to)];
        AreaCell& from = cells[line + row(key.from)];
        engine::add_checked(to.values[first], flow.values[1]);
        engine::add_checked(to.values[first + 1], flow.values[2]);
        engine::add_checked(from.values[first + 2], flow.values[1]);
        engine::add_checked(from.values[first + 3], flow.values[2]);
        engine::add_checked(value_of(to, AreaColumn::portability_gain), flow.values[2]);
        engine::subtract_checked(value_of(from, AreaColumn::portability_gain), flow.values[2]);
    }
    return cells;
}

/// One scheme between pools, and in how many months of a year it holds.
struct PoolingScheme {
    law::PoolingAdjustment scheme = law::PoolingAdjustment::none;
    Rate rate;
    int months = 0;
};

std::vector<PoolingScheme> schemes_of(law::RuleBook const& book, int year) {
    std::vector<PoolingScheme> schemes;
    for (int month = 1; month <= 12; ++month) {
        YearMonth const now(year, month);
        auto const scheme = book.pooling.adjustment.at(now);
        Rate const rate = book.pooling.rate.at(now);
        if (scheme == law::PoolingAdjustment::none) {
            continue;
        }
        if (schemes.empty() || schemes.back().scheme != scheme || schemes.back().rate != rate) {
            schemes.push_back({scheme, rate, 0});
        }
        ++schemes.back().months;
    }
    return schemes;
}

/// Where an area stands in a part of a year.
law::PoolPosition position_of(AreaCell const& cell, AverageWages const& wages, int months) {
    constexpr int year = 12;
    AreaKey const key = AreaKey::unpacked(cell.key);
    auto const amount = [&](AreaColumn column) { return Fen(value_of(cell, column)); };
    std::int64_t const surplus =
        (amount(AreaColumn::contributions_pool) + amount(AreaColumn::move_in_pooled)
         - amount(AreaColumn::move_out_pooled) + amount(AreaColumn::return_in_pooled)
         - amount(AreaColumn::return_out_pooled) + amount(AreaColumn::gather_in_pooled)
         - amount(AreaColumn::gather_out_pooled) + amount(AreaColumn::temporary_in_pooled)
         - amount(AreaColumn::temporary_out_pooled) - amount(AreaColumn::benefits_pool))
            .count();
    // Wage x paid months of the year's part: the yearly wage times heads, in other words.
    return {wages.at(key.area, key.year),
            value_of(cell, AreaColumn::months_paid) * months / year,
            value_of(cell, AreaColumn::pension_months) * months / year,
            Fen(surplus / year * months + surplus % year * months / year)};
}

/// Moves money between the pools of `cells`, which hold every area of every year, and carries it on
/// in the balances.
void adjust_pools(std::vector<AreaCell>& cells, std::size_t areas, BooksTerms const& terms) {
    std::vector<Fen> carried(areas);
    std::vector<law::PoolPosition> positions(areas);
    for (std::size_t line = 0; line < cells.size(); line += areas) {
        std::span const year_cells(cells.data() + line, areas);
        int const year = AreaKey::unpacked(year_cells.front().key).year;
        for (PoolingScheme const& scheme : schemes_of(terms.book, year)) {
            for (std::size_t i = 0; i < areas; ++i) {
                positions[i] = position_of(year_cells[i], terms.wages, scheme.months);
            }
            auto const moved = scheme.scheme == law::PoolingAdjustment::central_2018
                                   ? law::central_adjustment_2018(positions, scheme.rate)
                                   : law::national_pooling(positions, scheme.rate);
            for (std::size_t i = 0; i < areas; ++i) {
                engine::add_checked(value_of(year_cells[i], AreaColumn::pooling_adjustment),
                                    moved[i].count());
                carried[i] += moved[i];
            }
        }
        for (std::size_t i = 0; i < areas; ++i) {
            engine::add_checked(value_of(year_cells[i], AreaColumn::pool_balance),
                                carried[i].count());
        }
    }
}

bool all_zero(AreaCell const& cell) {
    for (std::int64_t const value : cell.values) {
        if (value != 0) {
            return false;
        }
    }
    return true;
}

} // namespace

std::string_view unit_name(AreaColumn column) {
    bool const people = column == AreaColumn::insured || column == AreaColumn::pensioners;
    return is_amount(column) ? "yuan" : people ? "people" : "months";
}

std::string_view column_name(AreaColumn column) {
    return column_names[static_cast<std::size_t>(column)];
}

BooksTerms terms_of(scenario::Simulation const& simulation) {
    return {simulation.scenario.horizon, simulation.law->book(), simulation.tables.wages};
}

std::vector<AreaCell> area_cells(engine::Tally& tally, BooksTerms const& terms) {
    auto cells = all_cells(tally, terms.horizon.last);
    adjust_pools(cells, tally.ledger.areas(), terms);
    std::erase_if(cells, [&](AreaCell const& cell) {
        int const year = AreaKey::unpacked(cell.key).year;
        return year < terms.horizon.first || all_zero(cell);
    });
    return cells;
}

} // namespace pensim::report

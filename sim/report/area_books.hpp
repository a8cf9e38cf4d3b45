// The books of areas by year as tables show them: columns of contract 4, with the adjustment
// between the areas' pooled funds where the rules have one.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/law/rule_book.hpp"
#include "core/record/average_wage.hpp"
#include "sim/engine/tally.hpp"
#include "sim/scenario/simulation.hpp"

namespace pensim::report {

/// Columns of areas.csv behind year and area, with the amounts of one area in one year.
enum class AreaColumn : std::uint8_t {
    insured,
    pensioners,
    months_paid,
    pension_months,
    contributions_account,
    contributions_pool,
    contributions_workers,
    contributions_employers,
    interest,
    move_in_account,
    move_in_pooled,
    move_out_account,
    move_out_pooled,
    return_in_account,
    return_in_pooled,
    return_out_account,
    return_out_pooled,
    gather_in_account,
    gather_in_pooled,
    gather_out_account,
    gather_out_pooled,
    temporary_in_account,
    temporary_in_pooled,
    temporary_out_account,
    temporary_out_pooled,
    benefits_account,
    benefits_pool,
    refunds,
    inheritances,
    to_resident_scheme,
    account_balance,
    pooling_adjustment, ///< received from other areas' pools less paid to them
    pool_balance,
    paid_for_elsewhere,
    paid_by_elsewhere,
    portability_gain,
    count_,
};
inline constexpr auto area_columns = static_cast<std::size_t>(AreaColumn::count_);
[[nodiscard]] std::string_view column_name(AreaColumn column);
/// "yuan", "people" or "months": in what it is counted.
[[nodiscard]] std::string_view unit_name(AreaColumn column);
/// Is it an amount (fen), or a number of people or months?
[[nodiscard]] constexpr bool is_amount(AreaColumn column) {
    return column >= AreaColumn::contributions_account;
}

/// A row of areas.csv.
using AreaCell = engine::CellTally<area_columns>::Cell;
[[nodiscard]] inline std::int64_t& value_of(AreaCell& cell, AreaColumn column) {
    return cell.values[static_cast<std::size_t>(column)];
}
[[nodiscard]] inline std::int64_t value_of(AreaCell const& cell, AreaColumn column) {
    return cell.values[static_cast<std::size_t>(column)];
}
/// AreaCell::key.
struct AreaKey {
    int year = 0;
    AreaId area{};
    [[nodiscard]] std::uint64_t packed() const {
        return static_cast<std::uint64_t>(year) << 16U | row(area);
    }
    [[nodiscard]] static AreaKey unpacked(std::uint64_t packed) {
        return {static_cast<int>(packed >> 16U), static_cast<AreaId>(packed & 0xffffU)};
    }
};

/// Under what the books were kept, and which years of them are shown. Refers to a simulation's law
/// or another.
struct BooksTerms {
    scenario::Horizon horizon;
    law::RuleBook const& book;
    AverageWages const& wages;
};
[[nodiscard]] BooksTerms terms_of(scenario::Simulation const& simulation);

/// The years of the horizon in which anything stands, by rising key.
///
/// `pooling_adjustment` is what a year's scheme of the rules moves between the areas' pools; all
/// areas together get nothing. People are counted by paid months and months of pension, in twelfths
/// (whoever is simulated is all there is); a scheme that holds in k months of a year moves k
/// twelfths of the year's amount.
///   Law    gf-2018-18; national pooling is an assumption (core/law/pooling_adjustment.hpp)
[[nodiscard]] std::vector<AreaCell> area_cells(engine::Tally& tally, BooksTerms const& terms);

} // namespace pensim::report

// What a run of one or more replicates found, and its tables (contract 4).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/engine/tally.hpp"
#include "sim/report/moments.hpp"
#include "sim/report/table.hpp"
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
    pool_balance,
    paid_for_elsewhere,
    paid_by_elsewhere,
    portability_gain,
    count_,
};
inline constexpr auto area_columns = static_cast<std::size_t>(AreaColumn::count_);
[[nodiscard]] std::string_view column_name(AreaColumn column);
/// Is it an amount (fen), or a number of people or months?
[[nodiscard]] constexpr bool is_amount(AreaColumn column) {
    return column >= AreaColumn::contributions_account;
}

class RunResults {
  public:
    explicit RunResults(scenario::Horizon horizon) : horizon_(horizon) {}

    /// Takes a replicate in; `tally` must be in balance. Empties nothing.
    void add(engine::Tally& tally);

    [[nodiscard]] std::uint32_t replicates() const { return replicates_; }
    [[nodiscard]] std::int64_t people() const { return people_; } ///< lives of all replicates
    [[nodiscard]] std::array<std::int64_t, engine::status_count> const& by_status() const {
        return by_status_;
    }
    [[nodiscard]] std::vector<std::int64_t> const& paying() const { return paying_; }
    [[nodiscard]] std::vector<std::int64_t> const& moves() const { return moves_; }
    [[nodiscard]] CellMoments<3> const& flows() const { return flows_; }
    [[nodiscard]] CellMoments<1> const& locations() const { return locations_; }
    [[nodiscard]] CellMoments<area_columns> const& area_years() const { return area_years_; }

  private:
    scenario::Horizon horizon_;
    std::uint32_t replicates_ = 0;
    std::int64_t people_ = 0;
    std::array<std::int64_t, engine::status_count> by_status_{};
    std::vector<std::int64_t> paying_; ///< summed over replicates
    std::vector<std::int64_t> moves_;
    CellMoments<3> flows_;
    CellMoments<1> locations_;
    CellMoments<area_columns> area_years_; ///< key: year << 16 | area
};

/// flows, locations, areas, calibration; years as the horizon says.
[[nodiscard]] std::vector<Table> tables_of(RunResults const& results,
                                           scenario::Simulation const& simulation);

} // namespace pensim::report

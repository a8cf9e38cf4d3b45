// What a run of one or more replicates found, and its tables (contract 4).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/report/area_books.hpp"
#include "sim/report/moments.hpp"
#include "sim/report/table.hpp"

namespace pensim::report {

class RunResults {
  public:
    explicit RunResults(BooksTerms const& terms) : terms_(terms) {}

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
    BooksTerms terms_;
    std::uint32_t replicates_ = 0;
    std::int64_t people_ = 0;
    std::array<std::int64_t, engine::status_count> by_status_{};
    std::vector<std::int64_t> paying_; ///< summed over replicates
    std::vector<std::int64_t> moves_;
    CellMoments<3> flows_;
    CellMoments<1> locations_;
    CellMoments<area_columns> area_years_; ///< AreaKey
};

/// flows, locations, areas, calibration; years as the horizon says.
[[nodiscard]] std::vector<Table> tables_of(RunResults const& results,
                                           scenario::Simulation const& simulation);

} // namespace pensim::report

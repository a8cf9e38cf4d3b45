// Calibration tables as a scenario uses them: where people begin, how they move, when they die.
// Loads a table when it is first asked for.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/data/tables.hpp"
#include "sim/data/world_tables.hpp"
#include "sim/world/spec.hpp"
#include "sim/world/survival.hpp"

namespace pensim::scenario {

/// Moves of a month, and how well they give back five years.
struct MonthlyFlows {
    std::vector<double> monthly; ///< row-major over all areas
    int repaired_entries = 0;
    double largest_error = 0;
    double mean_error = 0;
};

/// Errors as shares of movers misplaced.
struct ForecastErrors {
    double generator = 0; ///< the rates of the last known matrix carried on
    double unchanged = 0; ///< the last known matrix again
    double gravity = 0;   ///< fitted to the last known matrix
};

/// Problems: faults of a table, with its name and line; or of the scenario, with a pointer below
/// the place that asked ("#/period").
class PlaceTables {
  public:
    PlaceTables(data::TableSource const& source, AreaTable const& areas)
        : source_(source), areas_(areas) {}

    /// Weights by area of a table that a scenario names: "residents" (those from outside the
    /// mainland, by origin), "population", "insured".
    [[nodiscard]] Result<std::vector<double>> weights(std::string_view table, Group group);
    [[nodiscard]] Result<MonthlyFlows> monthly_flows(world::MovingSpec const& spec);
    /// Share of the people of each area who lived elsewhere five years later.
    [[nodiscard]] Result<std::vector<double>> moved_shares(std::string const& period);
    /// Forecasts the matrix of `period` from those of `known` and compares.
    [[nodiscard]] Result<ForecastErrors> forecast(std::vector<std::string> const& known,
                                                  std::string const& period);
    [[nodiscard]] Result<std::shared_ptr<world::Survival const>>
    survival(world::MortalitySpec const& spec);

  private:
    /// A matrix of five years; `pointer` says where the scenario asks for it.
    [[nodiscard]] Result<data::MigrationTable const*> migration(std::string const& period,
                                                                std::string const& pointer);

    data::TableSource const& source_;
    AreaTable areas_; ///< of the provinces: a scenario may go on with a country of its own
    std::optional<std::vector<data::MigrationTable>> migration_;
    std::optional<std::vector<data::MortalityTable>> mortality_;
};

} // namespace pensim::scenario

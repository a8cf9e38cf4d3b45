// The next migration matrix, from the ones before it.
//   Given  persons by origin and destination in samples of several periods, and a later period
//   Gives  expected persons of the whole population; the method that history itself chose
//   Fails  no history, periods out of order or of different lengths, counts that cannot be
// Several sound methods forecast the last known matrix from those before it; the one that misplaces
// the smallest share of people there forecasts the next. The period to come plays no part in the
// choice. Trends are damped step by step (Gardner and McKenzie 1985, Forecasting trends in time
// series, Management Science 31); structure is kept by iterative proportional fitting
// (margins.hpp).
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/basis/problem.hpp"
#include "sim/world/matrix.hpp"

namespace pensim::world {

/// From the residence asked about to the residence at the count.
struct Period {
    int from_year = 0;
    int to_year = 0;
    friend bool operator==(Period, Period) = default;
};

/// Persons counted in the sample of a census or survey.
struct MigrationTable {
    Period period;
    double sampled_share = 1.0; ///< of the population: 0.1 for a ten per cent sample
    SquareMatrix counts;        ///< the diagonal holds the stayers; zeros there: not known
};

enum class ForecastMethod {
    unchanged,    ///< the last matrix again
    generator,    ///< the chances of the last period, with its people where it left them
    cell_trend,   ///< each cell grows on as between the last two periods, damped
    margin_trend, ///< so do totals by origin and destination; structure of the last period
    pooled_trend  ///< the same with the structure of all periods, by how many people were counted
};

/// One way to forecast.
struct ForecastCandidate {
    ForecastMethod method = ForecastMethod::unchanged;
    double damping = 0.0; ///< what is left of growth from one step to the next: 0 none, 1 all
    friend bool operator==(ForecastCandidate, ForecastCandidate) = default;
};

/// How far a forecast is off; off the diagonal only, stayers do not count.
struct ForecastError {
    double share_misplaced = 0.0;  ///< half the sum of differences as a share, totals made the same
    double absolute_persons = 0.0; ///< sum of differences, totals as they are
    double predicted_persons = 0.0;
    double observed_persons = 0.0;
};

struct CandidateScore {
    ForecastCandidate candidate;
    ForecastError backtest; ///< of the last known period, from those before it
};

struct Forecast {
    SquareMatrix persons; ///< of the whole population who move; zero on the diagonal
    ForecastCandidate chosen;
    std::vector<CandidateScore> scores; ///< empty when there is too little history to choose from
};

/// Movers of the whole population: counts over the sampled share, zero on the diagonal.
[[nodiscard]] SquareMatrix movers(MigrationTable const& table);

/// Compares movers. Both matrices in persons of the same population; observed not all zero.
[[nodiscard]] ForecastError forecast_error(SquareMatrix const& predicted,
                                           SquareMatrix const& observed);

/// Every way to forecast that predict_next() tries, plainest first.
[[nodiscard]] std::vector<ForecastCandidate> forecast_candidates();

/// Movers in the target period by one method; nothing when the history does not hold what the
/// method needs (two periods for a trend, stayers for a generator). The history is sound and in
/// order of time, as predict_next() sees to.
[[nodiscard]] std::optional<SquareMatrix>
predict_with(ForecastCandidate candidate, std::span<MigrationTable const> history, Period target);

/// Movers in the target period by the method that did best on the last period of the history,
/// which is in order of time. With one period only, that one again.
[[nodiscard]] Result<Forecast> predict_next(std::span<MigrationTable const> history, Period target);

/// For comparison: movers by a gravity model fitted to one table whose stayers are known, with
/// populations as that table left them. Distances as in gravity.hpp.
[[nodiscard]] Result<SquareMatrix> predict_by_gravity(MigrationTable const& table,
                                                      SquareMatrix const& distance_km);

} // namespace pensim::world

// Runs a scenario's replicates and collects what they find.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/basis/problem.hpp"
#include "sim/engine/stretch.hpp"
#include "sim/report/run_results.hpp"

namespace pensim::report {

/// A figure of one replicate, by name: "flows.total", "flows.account", "flows.pooled",
/// "flows.people", "flows.GD.HN" (account and pooled from one area to another), "gain.GD"
/// (portability gain of an area), "benefits.total", "contributions.total"; all over the years of
/// the horizon. Amounts in fen.
class Figure {
  public:
    [[nodiscard]] static Result<Figure> parse(std::string_view name, AreaTable const& areas);
    [[nodiscard]] std::int64_t of(engine::Tally& tally, scenario::Horizon horizon) const;

  private:
    enum class Kind : std::uint8_t {
        total,
        account,
        pooled,
        people,
        pair,
        gain,
        benefits,
        paid_in
    };
    Kind kind_ = Kind::total;
    AreaId from_{};
    AreaId to_{};
};

/// Stop when the half-width of the 95% interval of a figure's mean is this share of the mean.
struct Precision {
    Figure figure;
    double share = 0;
};
/// "flows.total:1%".
[[nodiscard]] Result<Precision> parse_precision(std::string_view text, AreaTable const& areas);

struct RunOptions {
    std::optional<Precision> until;
    std::uint64_t shard = 4096;      ///< results do not depend on it
    std::int64_t suppress_below = 0; ///< hides smaller numbers of people; one replicate only
    engine::Progressed progressed;
    /// Runs people in the place of engine::run_people; their rows are packed by `shard` persons.
    std::function<engine::Tally(
        engine::Stretch const& people, std::uint64_t shard, engine::RowsOfReplicate const& rows)>
        people;
    /// Whether a precision is reached, where several processes have to agree; empty: one alone.
    std::function<bool(bool mine)> agree;
    engine::RowsOfReplicate rows; ///< empty: none are wanted
};

struct RunOutcome {
    RunResults results;
    bool reached = true; ///< the precision asked for
};

/// Runs all replicates of the scenario, or as many as a precision needs (five at least). A single
/// one runs in batches of its people. To hide small numbers the simulation's watch must count the
/// people behind amounts. Throws
/// engine::BrokenLife when books are out of balance, MoneyOverflow, input::Interrupted.
[[nodiscard]] RunOutcome run_scenario(scenario::Simulation const& simulation,
                                      RunOptions const& options);

} // namespace pensim::report

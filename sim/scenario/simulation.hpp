// A scenario made ready to run: its tables, its law, its world.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/cases/decide_case.hpp"
#include "sim/engine/parallel_run.hpp"
#include "sim/scenario/scenario.hpp"

namespace pensim::scenario {

/// How well the generator behind a group's moves gives back the matrix it was fitted to.
struct MovingFit {
    std::string group;
    std::string period;
    int repaired_entries = 0;
    double largest_error = 0; ///< of the five-year chances
    double mean_error = 0;
};

/// The errors of a forecast of moves, and of naive ones, as shares of people misplaced.
struct ForecastResult {
    std::string target; ///< its id
    double generator = 0;
    double unchanged = 0;
    double gravity = 0;
};

/// A target with its table looked up.
struct ResolvedTarget {
    Target const* target = nullptr;
    std::size_t watched = 0; ///< insured ...: the month's place in the watch
    std::vector<double>
        shares; ///< insured_by_area: by area; movers_by_area: share moved, by origin
};

class Simulation {
  public:
    Simulation(Simulation const&) = delete;
    Simulation& operator=(Simulation const&) = delete;
    ~Simulation() = default;

    Scenario scenario;
    data::Tables tables;
    std::unique_ptr<cases::Law> law; ///< refers to `tables`
    world::World world;
    world::BaseLimits limits;
    engine::Watch watch;
    std::vector<ResolvedTarget> targets; ///< all but forecasts
    std::vector<MovingFit> moving_fits;
    std::vector<ForecastResult> forecasts;
    std::uint64_t people = 0; ///< that the scenario is about

    [[nodiscard]] engine::Setup setup() const {
        return {world, law->context(), limits, watch, tables.areas.size()};
    }
    [[nodiscard]] random::Key key(std::uint32_t replicate) const {
        return {scenario.run.seed, replicate};
    }
    /// People that one simulated life stands for.
    [[nodiscard]] double weight() const {
        return static_cast<double>(people) / static_cast<double>(scenario.run.persons);
    }

  private:
    Simulation() = default;
    friend class Preparation;
};

/// Replicates are numbered below this; the number itself is that of the pilot.
inline constexpr std::uint32_t pilot_replicate = 0xffffffff;

/// The rule set to run under: by name, or the text of one; neither: the scenario's own.
struct RulesChoice {
    std::string name;
    std::string text;
};

/// Makes a scenario ready. Problems: tables, rules, or words of the scenario that no table has.
/// Runs a pilot where the number of people follows from a target.
[[nodiscard]] Result<std::unique_ptr<Simulation>>
prepare(Scenario scenario, data::TableSource const& source, RulesChoice const& rules);

} // namespace pensim::scenario

#include "sim/report/calibration.hpp"

#include <cmath>
#include <limits>

#include "sim/report/run_results.hpp"

namespace pensim::report {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// Collects lines; words are few, so each line has its own.
class Lines {
  public:
    void add(std::string const& id,
             std::string const& item,
             std::string const& unit,
             double target,
             double simulated,
             std::string const& source) {
        put(target_, id);
        put(item_, item);
        put(unit_, unit);
        known_.real.push_back(target);
        simulated_.real.push_back(simulated);
        difference_.real.push_back(simulated - target);
        put(source_, source);
        ++rows_;
    }
    Table finish() {
        return {"calibration",
                {std::move(target_),
                 std::move(item_),
                 std::move(unit_),
                 std::move(known_),
                 std::move(simulated_),
                 std::move(difference_),
                 std::move(source_)},
                rows_};
    }

  private:
    static void put(Column& column, std::string const& text) {
        column.codes.push_back(static_cast<std::uint32_t>(column.words.size()));
        column.words.push_back(text);
    }
    static Column word(char const* name) { return {.name = name, .kind = Column::Kind::word}; }
    static Column real(char const* name) {
        return {.name = name, .kind = Column::Kind::real, .decimals = 6};
    }
    Column target_ = word("target");
    Column item_ = word("item");
    Column unit_ = word("unit");
    Column known_ = real("known");
    Column simulated_ = real("simulated");
    Column difference_ = real("difference");
    Column source_ = word("source");
    std::size_t rows_ = 0;
};

using scenario::ResolvedTarget;
using scenario::Target;

/// Simulated lives of the target's groups that pay in its month, by area.
std::vector<double>
paying_by_area(RunResults const& results, ResolvedTarget const& target, std::size_t areas) {
    std::vector<double> people(areas);
    for (Group const group : target.target->groups) {
        std::size_t const line =
            (target.watched * engine::group_count + static_cast<std::size_t>(group)) * areas;
        for (std::size_t area = 0; area < areas; ++area) {
            people[area] += static_cast<double>(results.paying()[line + area]);
        }
    }
    return people;
}

double sum_of(std::vector<double> const& values) {
    double sum = 0;
    for (double const value : values) {
        sum += value;
    }
    return sum;
}

void add_insured(Lines& lines,
                 RunResults const& results,
                 ResolvedTarget const& resolved,
                 scenario::Simulation const& simulation) {
    Target const& target = *resolved.target;
    std::size_t const areas = simulation.tables.areas.size();
    auto const people = paying_by_area(results, resolved, areas);
    double const sum = sum_of(people);
    if (target.measure == Target::Measure::insured) {
        lines.add(target.id,
                  target.month->text(),
                  "people",
                  target.people,
                  sum * simulation.weight() / results.replicates(),
                  target.source);
        return;
    }
    double misplaced = 0;
    for (std::size_t area = 0; area < areas; ++area) {
        double const share = sum > 0 ? people[area] / sum : unknown;
        if (resolved.shares[area] > 0 || people[area] > 0) {
            lines.add(target.id,
                      simulation.tables.areas[static_cast<AreaId>(area)].id,
                      "share",
                      resolved.shares[area],
                      share,
                      target.places.source);
        }
        misplaced += std::abs(share - resolved.shares[area]) / 2;
    }
    lines.add(target.id, "share misplaced", "share", 0, misplaced, target.source);
}

void add_movers(Lines& lines,
                RunResults const& results,
                ResolvedTarget const& resolved,
                scenario::Simulation const& simulation) {
    Target const& target = *resolved.target;
    std::size_t const areas = simulation.tables.areas.size();
    double moved = 0;
    double expected = 0;
    double all = 0;
    for (std::size_t from = 0; from < areas; ++from) {
        double people = 0;
        for (std::size_t to = 0; to < areas; ++to) {
            people += static_cast<double>(results.moves()[from * areas + to]);
        }
        double const stayed = static_cast<double>(results.moves()[from * areas + from]);
        if (people > 0) {
            lines.add(target.id,
                      simulation.tables.areas[static_cast<AreaId>(from)].id,
                      "share",
                      resolved.shares[from],
                      1 - stayed / people,
                      target.source);
        }
        moved += people - stayed;
        expected += people * resolved.shares[from];
        all += people;
    }
    lines.add(target.id,
              "all areas",
              "share",
              all > 0 ? expected / all : unknown,
              all > 0 ? moved / all : unknown,
              target.source);
}

} // namespace

Table calibration_table(RunResults const& results, scenario::Simulation const& simulation) {
    Lines lines;
    for (ResolvedTarget const& target : simulation.targets) {
        if (target.target->measure == Target::Measure::movers_by_area) {
            add_movers(lines, results, target, simulation);
        } else {
            add_insured(lines, results, target, simulation);
        }
    }
    for (auto const& fit : simulation.moving_fits) {
        std::string const id = "moving of " + fit.group;
        std::string const source =
            "five-year chances of the generator against the matrix " + fit.period;
        lines.add(id, "largest error", "chance", 0, fit.largest_error, source);
        lines.add(id, "mean error", "chance", 0, fit.mean_error, source);
        lines.add(id, "repaired rates", "entries", 0, fit.repaired_entries, source);
    }
    for (auto const& forecast : simulation.forecasts) {
        std::string const source = "share of movers misplaced, totals made equal";
        lines.add(forecast.target, "generator carried on", "share", 0, forecast.generator, source);
        lines.add(
            forecast.target, "naive: last matrix again", "share", 0, forecast.unchanged, source);
        lines.add(forecast.target, "naive: gravity", "share", 0, forecast.gravity, source);
    }
    return lines.finish();
}

} // namespace pensim::report

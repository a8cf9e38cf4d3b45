// One or two rule parameters over a grid of values, on the same lives and in one pass.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/reform/comparison.hpp"
#include "sim/report/table.hpp"
#include "sim/report/text_grid.hpp"

namespace pensim::reform {

/// The values of one parameter, as JSON texts.
struct SweepAxis {
    std::string key;
    std::vector<std::string> values;
    std::vector<std::string> names; ///< the values as people read them: words without quotes
    std::vector<double> numbers;    ///< the values, where all are numbers; else empty
};
/// "place.min_months=60:180:12": from, to, step; to is among them if a step hits it. Or a list:
/// "place.tie=latest_last_paid,latest_start". Problems: under "--set".
[[nodiscard]] Result<SweepAxis> parse_axis(std::string_view text);

/// Every combination of values, last axis fastest. Owns the rule sets.
class Sweep {
  public:
    /// The values hold from a month on, or for all time. Problems: unknown parameters (with the
    /// nearest), the same one twice, values that do not fit, more than `settings_max` settings.
    [[nodiscard]] static Result<Sweep> make(scenario::Simulation const& simulation,
                                            std::vector<SweepAxis> axes,
                                            std::optional<YearMonth> from);
    static constexpr std::size_t settings_max = 1000;

    [[nodiscard]] std::vector<SweepAxis> const& axes() const { return axes_; }
    [[nodiscard]] std::size_t settings() const { return variants_.size(); }
    /// The number of a setting's value on an axis.
    [[nodiscard]] std::size_t value_of(std::size_t setting, std::size_t axis) const;
    /// A reform for each setting; totals only.
    [[nodiscard]] ComparisonPlan plan() const;

  private:
    explicit Sweep(scenario::Simulation const& simulation) : simulation_(&simulation) {}
    scenario::Simulation const* simulation_;
    std::vector<SweepAxis> axes_;
    std::deque<RuleVariant> variants_;
};

/// The straight line through a figure over the settings, by least squares.
struct Slope {
    std::vector<double> per_unit; ///< by axis; not a number where its values are no numbers
    double lowest = 0;            ///< of the figure, over the settings
    double highest = 0;
    double fit = 0; ///< R², the share of the variance that the line explains
};
[[nodiscard]] Slope slope_of(Sweep const& sweep, std::vector<double> const& figure);

/// sweep (a row a setting and figure) and sensitivity (a row a flow).
[[nodiscard]] std::vector<report::Table>
tables_of(Comparison const& comparison, ComparisonPlan const& plan, Sweep const& sweep);

struct SweepFacts {
    report::SummaryLanguage language = report::SummaryLanguage::en;
    double seconds = 0;
    int threads = 0;
    report::Ink ink = report::Ink::plain;
};
[[nodiscard]] std::string summary_of(Comparison const& comparison,
                                     ComparisonPlan const& plan,
                                     Sweep const& sweep,
                                     SweepFacts const& facts);

} // namespace pensim::reform

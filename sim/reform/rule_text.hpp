// What a summary says of a reform's rules: how they are composed, what differs and since when, and
// what came of each parameter.
#pragma once

#include <optional>
#include <string>

#include "sim/reform/reform_set.hpp"
#include "sim/report/text_grid.hpp"

namespace pensim::reform {

/// Of one reform. Every text is whole lines, or empty.
class RuleText {
  public:
    RuleText(Comparison const& comparison,
             ComparisonPlan const& plan,
             ReformSet const& reforms,
             std::size_t reform,
             report::SummaryLanguage language)
        : comparison_(comparison), plan_(plan), source_(reforms.sources()[reform]),
          result_(comparison.reforms[reform]), reform_(plan.reforms[reform]), number_(reform),
          zh_(language == report::SummaryLanguage::zh) {}

    /// In which order its parts count, and which values gave way.
    [[nodiscard]] std::string composition() const;
    /// The proof that the reform leaves what was before it, or who refutes it.
    [[nodiscard]] std::string before_first_date() const;
    /// Each parameter that differs, with its sources, and what it does.
    [[nodiscard]] std::string parameters() const;
    /// A line for each parameter that differs and acts in nobody's life, or alone changes nobody.
    [[nodiscard]] std::string idle_parameters() const;
    /// A line for each rule set on the way of a composition: whom it changes.
    [[nodiscard]] std::string steps() const;

  private:
    [[nodiscard]] char const* say(char const* en, char const* zh) const { return zh_ ? zh : en; }
    [[nodiscard]] std::string people(std::int64_t count) const;
    [[nodiscard]] std::string inputs() const;
    [[nodiscard]] std::string effect(std::string const& key) const;
    [[nodiscard]] std::int64_t reached(std::string const& key) const;
    [[nodiscard]] std::optional<std::int64_t> alone(std::string const& key) const;

    Comparison const& comparison_;
    ComparisonPlan const& plan_;
    ReformSet::Source const& source_;
    ReformResult const& result_;
    Reform const& reform_;
    std::size_t number_;
    bool zh_;
};

} // namespace pensim::reform

// A rule set made ready to be tried on the people of a scenario, and how it differs from the first.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/engine/paired_run.hpp"
#include "sim/report/area_books.hpp"
#include "sim/rules/rule_table.hpp"
#include "sim/scenario/simulation.hpp"

namespace pensim::reform {

/// Refers to the simulation, which outlives it.
class RuleVariant {
  public:
    RuleVariant(law::RuleBook book, scenario::Simulation const& people);

    [[nodiscard]] cases::Law const& law() const { return *law_; }
    [[nodiscard]] law::RuleBook const& book() const { return law_->book(); }
    [[nodiscard]] engine::Setup setup() const;
    [[nodiscard]] report::BooksTerms terms() const;

  private:
    scenario::Simulation const* people_;
    std::unique_ptr<cases::Law> law_;
    std::unique_ptr<world::BaseLimits> limits_;
};

using RuleDifferences = std::vector<rules::RuleDifference>;

/// The month from which something differs.
[[nodiscard]] std::optional<YearMonth> first_date(RuleDifferences const& differences);
/// Each parameter that differs, once.
[[nodiscard]] std::vector<std::string> keys_of(RuleDifferences const& differences);

} // namespace pensim::reform

// The rule sets of a comparison, loaded by name, with the parts of each reform.
#pragma once

#include <deque>

#include "sim/reform/comparison.hpp"
#include "sim/rules/rule_files.hpp"

namespace pensim::reform {

/// Owns what a plan refers to.
class ReformSet {
  public:
    /// `baseline` is the rule set of the simulation, by the name under which it was loaded. Names
    /// are shipped ids, files, or several of these joined with '+'; a choice with a text is a file
    /// of that name. Problems: those of the rule sets; a rule set given twice.
    [[nodiscard]] static Result<ReformSet> load(scenario::Simulation const& simulation,
                                                std::vector<scenario::RulesChoice> const& choices);
    [[nodiscard]] static Result<ReformSet> load(scenario::Simulation const& simulation,
                                                std::vector<std::string> const& names);

    /// A second scenario of the same areas, compared as a whole.
    [[nodiscard]] static ReformSet of_scenario(scenario::Simulation const& baseline,
                                               scenario::Simulation const& other);

    [[nodiscard]] ComparisonPlan plan() const;

    /// What is said of a reform's rules: composition, and which part overrides which.
    struct Source {
        std::string name;
        std::vector<rules::RulePart> parts;
        std::vector<rules::Overridden> overridden;
    };
    [[nodiscard]] std::vector<Source> const& sources() const { return sources_; }
    /// The law of a reform, ready to decide with.
    [[nodiscard]] cases::Law const& law(std::size_t reform) const { return *laws_[reform]; }

  private:
    explicit ReformSet(scenario::Simulation const& simulation) : simulation_(&simulation) {}
    void add_parts(std::size_t reform, rules::Composition const& composition);
    void add_part(std::size_t reform, Part::Kind kind, std::string name, law::RuleBook book);
    [[nodiscard]] RuleDifferences differences_of(law::RuleBook const& book) const;

    scenario::Simulation const* simulation_;
    std::deque<RuleVariant> variants_;
    std::vector<Reform> reforms_;
    std::vector<Part> parts_;
    std::vector<Source> sources_;
    std::vector<cases::Law const*> laws_;
};

} // namespace pensim::reform

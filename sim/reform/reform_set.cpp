#include "sim/reform/reform_set.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/rules/rule_change.hpp"

namespace pensim::reform {

RuleDifferences ReformSet::differences_of(law::RuleBook const& book) const {
    return rules::difference_of(simulation_->law->book(), book, simulation_->tables.areas);
}

void ReformSet::add_part(std::size_t reform,
                         Part::Kind kind,
                         std::string name,
                         law::RuleBook book) {
    auto differences = differences_of(book);
    RuleVariant const& variant = variants_.emplace_back(std::move(book), *simulation_);
    parts_.push_back({reform, kind, std::move(name), variant.setup(), std::move(differences)});
}

/// Each parameter alone, where there are several; each rule set on the way of a composition.
void ReformSet::add_parts(std::size_t reform, rules::Composition const& composition) {
    auto const keys = keys_of(reforms_[reform].differences);
    for (std::string const& key : keys) {
        if (keys.size() > 1) {
            auto alone = rules::with_key_of(simulation_->law->book(), composition.book, key);
            if (alone) { // else its rates need the other parameters
                add_part(reform, Part::Kind::parameter, key, std::move(*alone));
            }
        }
    }
    std::string name = composition.parts.front().name;
    for (std::size_t i = 1; i + 1 < composition.parts.size(); ++i) {
        name += '+' + composition.parts[i].name;
        auto step = rules::load_rules(name, simulation_->tables);
        PENSIM_EXPECT(step.has_value()); // the whole of it was loaded
        if (!differences_of(*step).empty()) {
            add_part(reform, Part::Kind::step, name, std::move(*step));
        }
    }
}

Result<ReformSet> ReformSet::load(scenario::Simulation const& simulation,
                                  std::vector<std::string> const& names) {
    ReformSet set(simulation);
    Problems problems;
    for (std::size_t i = 0; i < names.size(); ++i) {
        std::string const& name = names[i];
        if (std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), name)
            != names.begin() + static_cast<std::ptrdiff_t>(i)) {
            problems.push_back({"--rules", fmt::format("\"{}\" is given twice", name)});
            continue;
        }
        auto composition = rules::compose_rules(name, simulation.tables);
        if (!composition) {
            problems.insert(problems.end(), composition.error().begin(), composition.error().end());
            continue;
        }
        auto differences = set.differences_of(composition->book);
        RuleVariant const& variant = set.variants_.emplace_back(composition->book, simulation);
        std::size_t const reform = set.reforms_.size();
        set.reforms_.push_back(
            {name, variant.setup(), variant.terms(), true, std::move(differences)});
        set.laws_.push_back(&variant.law());
        set.sources_.push_back({name,
                                composition->parts,
                                rules::overridden_in(*composition, simulation.tables.areas)});
        set.add_parts(reform, *composition);
    }
    if (!problems.empty()) {
        return tl::make_unexpected(std::move(problems));
    }
    return set;
}

ReformSet ReformSet::of_scenario(scenario::Simulation const& baseline,
                                 scenario::Simulation const& other) {
    ReformSet set(baseline);
    set.reforms_.push_back({other.scenario.id,
                            other.setup(),
                            report::terms_of(other),
                            false,
                            set.differences_of(other.law->book())});
    set.laws_.push_back(other.law.get());
    set.sources_.push_back({other.scenario.id, {}, {}});
    return set;
}

ComparisonPlan ReformSet::plan() const {
    return {.simulation = *simulation_,
            .baseline = simulation_->setup(),
            .terms = report::terms_of(*simulation_),
            .reforms = reforms_,
            .parts = parts_};
}

} // namespace pensim::reform

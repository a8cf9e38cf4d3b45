#include "sim/reform/reform_set.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/cases/check.hpp"
#include "sim/input/json_reader.hpp"
#include "sim/rules/rule_change.hpp"

namespace pensim::reform {

namespace {

using input::JsonValue;

void add_differences(JsonValue const* before,
                     JsonValue const* after,
                     std::string const& pointer,
                     std::vector<InputDifference>& found) {
    bool const objects = before != nullptr && after != nullptr
                         && before->is(JsonValue::Type::object)
                         && after->is(JsonValue::Type::object);
    if (!objects) {
        std::string const a = before == nullptr ? "" : cases::to_json(*before);
        std::string const b = after == nullptr ? "" : cases::to_json(*after);
        if (a != b) {
            found.push_back({pointer, a, b});
        }
        return;
    }
    for (auto const& [key, value] : before->members) {
        add_differences(&value, after->find(key), input::child(pointer, key), found);
    }
    for (auto const& [key, value] : after->members) {
        if (before->find(key) == nullptr) {
            add_differences(nullptr, &value, input::child(pointer, key), found);
        }
    }
}

/// What one scenario says otherwise than another; not what both are called.
std::vector<InputDifference> differences_of_scenarios(scenario::Scenario const& before,
                                                      scenario::Scenario const& after) {
    auto const a = input::parse_json(before.text);
    auto const b = input::parse_json(after.text);
    PENSIM_EXPECT(a.has_value() && b.has_value()); // both were read
    std::vector<InputDifference> found;
    add_differences(&*a, &*b, "", found);
    std::erase_if(found, [](InputDifference const& d) {
        return d.pointer == "/id" || d.pointer.starts_with("/title") || d.pointer == "/extends"
               || d.pointer == "/why";
    });
    return found;
}

} // namespace

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
                                  std::vector<scenario::RulesChoice> const& choices) {
    ReformSet set(simulation);
    Problems problems;
    for (auto choice = choices.begin(); choice != choices.end(); ++choice) {
        std::string const& name = choice->name;
        if (std::any_of(
                choices.begin(), choice, [&](auto const& other) { return other.name == name; })) {
            problems.push_back({"--rules", fmt::format("\"{}\" is given twice", name)});
            continue;
        }
        auto composition = choice->text.empty()
                               ? rules::compose_rules(name, simulation.tables)
                               : rules::read_composition(name, choice->text, simulation.tables);
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

Result<ReformSet> ReformSet::load(scenario::Simulation const& simulation,
                                  std::vector<std::string> const& names) {
    std::vector<scenario::RulesChoice> choices;
    choices.reserve(names.size());
    for (std::string const& name : names) {
        choices.push_back({name, ""});
    }
    return load(simulation, choices);
}

ReformSet ReformSet::of_scenario(scenario::Simulation const& baseline,
                                 scenario::Simulation const& other) {
    ReformSet set(baseline);
    // The years of the baseline: what lies outside the other's horizon is not nothing.
    set.reforms_.push_back({other.scenario.id,
                            other.setup(),
                            {baseline.scenario.horizon, other.law->book(), other.tables.wages},
                            false,
                            set.differences_of(other.law->book()),
                            differences_of_scenarios(baseline.scenario, other.scenario)});
    if (other.people != baseline.people) { // each met its own target; a life weighs as in the first
        set.reforms_.back().inputs.push_back(
            {"people", fmt::format("{}", baseline.people), fmt::format("{}", other.people)});
    }
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

#include "sim/reform/rule_variant.hpp"

#include <algorithm>

namespace pensim::reform {

RuleVariant::RuleVariant(law::RuleBook book, scenario::Simulation const& people)
    : people_(&people), law_(std::make_unique<cases::Law>(std::move(book), people.tables)),
      limits_(std::make_unique<world::BaseLimits>(
          law_->book(), people.tables.wages, people.tables.areas.size())) {}

engine::Setup RuleVariant::setup() const {
    return {
        people_->world, law_->context(), *limits_, people_->watch, people_->tables.areas.size()};
}

report::BooksTerms RuleVariant::terms() const {
    return {people_->scenario.horizon, law_->book(), people_->tables.wages};
}

std::optional<YearMonth> first_date(RuleDifferences const& differences) {
    std::optional<YearMonth> first;
    for (rules::RuleDifference const& difference : differences) {
        first = first ? std::min(*first, difference.from) : difference.from;
    }
    return first;
}

std::vector<std::string> keys_of(RuleDifferences const& differences) {
    std::vector<std::string> keys;
    for (rules::RuleDifference const& difference : differences) {
        if (std::find(keys.begin(), keys.end(), difference.key) == keys.end()) {
            keys.push_back(difference.key);
        }
    }
    return keys;
}

} // namespace pensim::reform

#include "core/law/rule_keys.hpp"

#include <algorithm>

namespace pensim::law {

namespace {

using RuleNames = std::array<std::string_view, rule_count>;

RuleNames const& names() {
    static RuleNames const all = [] {
        RuleNames found{};
        RuleBook const book;
        visit_rules(
            book, [&](RuleKey const& key, auto const&) { found[number_of(key.rule)] = key.name; });
        return found;
    }();
    return all;
}

} // namespace

std::optional<std::size_t> rule_number(std::string_view name) {
    auto const found = std::find(names().begin(), names().end(), name);
    return found == names().end()
               ? std::nullopt
               : std::optional(static_cast<std::size_t>(found - names().begin()));
}

std::string_view rule_name(std::size_t number) {
    PENSIM_EXPECT(number < rule_count);
    return names()[number];
}

} // namespace pensim::law

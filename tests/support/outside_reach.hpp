// Rule sets that differ from another one only where a life cannot feel it.
#pragma once

#include <array>
#include <optional>
#include <random>
#include <vector>

#include "core/law/rule_reach.hpp"

namespace pensim::test {

/// Rule sets whose values are taken for changes; every parameter has several.
[[nodiscard]] std::vector<law::RuleBook>
drawn_books(std::mt19937_64& random, law::RuleBook const& base, int areas, int count);

/// The book with other values before and after the reach of each parameter, or only of one.
/// `changed` counts, by parameter, the months in which it has become another.
[[nodiscard]] law::RuleBook
changed_outside(std::mt19937_64& random,
                law::RuleBook const& book,
                law::RuleReach const& reach,
                std::vector<law::RuleBook> const& values,
                std::optional<std::size_t> only = std::nullopt,
                std::array<std::int64_t, law::rule_count>* changed = nullptr);

} // namespace pensim::test

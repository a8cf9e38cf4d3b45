// Rule sets (pensim/rules/1): files of dated parameters that extend one another.
//
// A name is a shipped id ("law", "practice", "five-years" ...) or a file (*.json). `extends` names
// a shipped id, or a file in the folder of the file that extends it. A list replaces the parent's
// values from its first month on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/law/rule_book.hpp"
#include "sim/data/tables.hpp"

namespace pensim::rules {

/// Ids of the shipped rule sets, by name.
[[nodiscard]] std::vector<std::string_view> shipped_rule_sets();

/// Problems: an unknown id (with the nearest), every fault of the files, a chain that ends nowhere
/// or in a circle, a parameter that no file of the chain sets.
[[nodiscard]] Result<law::RuleBook> load_rules(std::string_view name, data::Tables const& tables);

/// Checks the text of a rule file as if it were a file called `name`.
[[nodiscard]] Result<law::RuleBook>
read_rules(std::string_view name, std::string_view text, data::Tables const& tables);

} // namespace pensim::rules

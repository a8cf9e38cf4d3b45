// Rule sets (pensim/rules/1): files of dated parameters that extend one another.
//
// A name is a shipped id ("law", "practice", "five-years" ...), a file (*.json), or several of
// these joined with '+': law+no-pooled-money+years-in-ties. `extends` names a shipped id, or a file
// in the folder of the file that extends it, links followed. A list replaces the parent's values
// from its first month on. Of joined rule sets the first is loaded whole; each further one puts the
// lists of its own chain on top, files that are there already left out, so that later ones win.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/law/rule_book.hpp"
#include "sim/data/tables.hpp"

namespace pensim::rules {

/// Ids of the shipped rule sets, by name.
[[nodiscard]] std::vector<std::string_view> shipped_rule_sets();

/// One of the rule sets of a joined name.
struct RulePart {
    std::string name;
    std::string title_en;
    std::string title_zh;
    bool adds = false;   ///< else every file of its chain was there already
    law::RuleBook own{}; ///< the lists that it added; of the first one without those of the file
                         ///< that extends nothing, over which all the rest is a change
};

struct Composition {
    law::RuleBook book;
    std::vector<RulePart> parts; ///< in order; one, unless the name is joined
};

/// Files are looked for in `folder`. Problems: an unknown id (with the nearest), an empty name or
/// the same one twice in a joined name, every fault of the files, a chain that ends nowhere or in a
/// circle, a parameter that no file of the chain sets, parts that do not fit each other.
[[nodiscard]] Result<Composition>
compose_rules(std::string_view name, data::Tables const& tables, std::string const& folder = {});

/// Its book.
[[nodiscard]] Result<law::RuleBook>
load_rules(std::string_view name, data::Tables const& tables, std::string const& folder = {});

/// The same of a text, as if it were a file called `name`.
[[nodiscard]] Result<Composition>
read_composition(std::string_view name, std::string_view text, data::Tables const& tables);

/// Checks the text of a rule file as if it were a file called `name`.
[[nodiscard]] Result<law::RuleBook>
read_rules(std::string_view name, std::string_view text, data::Tables const& tables);

} // namespace pensim::rules

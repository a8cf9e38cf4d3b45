// Rule sets as tables: every parameter with its dates and sources; what differs between two.
#pragma once

#include <string>
#include <vector>

#include "core/law/rule_book.hpp"
#include "sim/data/tables.hpp"
#include "sim/rules/rule_files.hpp"

namespace pensim::rules {

/// One dated value of one parameter.
struct RuleRow {
    std::string key;
    std::string unit;
    std::string meaning_en;
    std::string meaning_zh;
    YearMonth from = YearMonth::first();
    std::string value; ///< JSON text
    std::string source;
};
[[nodiscard]] std::vector<RuleRow> table_of(law::RuleBook const& book, AreaTable const& areas);

/// A stretch of time in which two rule sets give a parameter different values.
struct RuleDifference {
    std::string key;
    std::string meaning_en;
    std::string meaning_zh;
    YearMonth from = YearMonth::first();
    std::optional<YearMonth> to; ///< none: for good
    std::string first;
    std::string second;
    std::string first_source;
    std::string second_source;
};
[[nodiscard]] std::vector<RuleDifference>
difference_of(law::RuleBook const& first, law::RuleBook const& second, AreaTable const& areas);

/// A stretch of time in which a part of a joined rule set says something else than a later one,
/// which wins.
struct Overridden {
    std::string loser;
    std::string winner;
    RuleDifference difference; ///< first: of the loser; second: of the winner
};
/// By parameter, then by loser, then by time. What the rule set that all rest on says is not among
/// it.
[[nodiscard]] std::vector<Overridden> overridden_in(Composition const& composition,
                                                    AreaTable const& areas);

/// The whole rule set as pensim/rules/1, which load_rules reads back to the same values.
[[nodiscard]] std::string rules_json(law::RuleBook const& book, AreaTable const& areas);

} // namespace pensim::rules

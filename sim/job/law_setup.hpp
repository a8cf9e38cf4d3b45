// What jobs that apply the law share: data tables, rule sets and cases, loaded as asked.
#pragma once

#include <string>

#include "core/law/rule_book.hpp"
#include "sim/cases/case.hpp"
#include "sim/data/tables.hpp"

namespace pensim::job {

/// Data tables and a rule set.
struct Setting {
    std::string data_folder;  ///< empty: the shipped tables
    std::string rules;        ///< empty: what the input is meant for, else "law"
    std::string rules_text{}; ///< when not empty: of a file that is called `rules`
};
[[nodiscard]] data::TableSource table_source(Setting const& setting);
[[nodiscard]] data::Tables load_tables(Setting const& setting);

/// A name of a rule set, and where its files stand.
struct RulesName {
    std::string name;
    std::string folder; ///< empty: where we are
    std::string text{}; ///< when not empty: of a file that is called `name`
};
[[nodiscard]] law::RuleBook load_rules(RulesName const& rules, data::Tables const& tables);

/// A case file with its text's faults reported as of `path`. A shipped one ("cases/order-41") is
/// known by name.
[[nodiscard]] cases::CaseFile load_cases(std::string const& path, data::Tables const& tables);

/// Which rule set decides: the option, what the file is meant for, or "law". A file of rules that a
/// case file names is looked for beside it.
[[nodiscard]] RulesName
rules_for(Setting const& setting, std::string const& path, cases::CaseFile const& file);

} // namespace pensim::job

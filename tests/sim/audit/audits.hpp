// Audits for tests: of shipped rule sets, and of ours with one change.
#pragma once

#include <string>

#include "sim/audit/audit.hpp"
#include "sim/rules/rule_files.hpp"
#include "tests/support/few_lives.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

/// As many spells as the program tries; one less where the lives of other tests are few, under
/// sanitizers.
[[nodiscard]] inline int spells_to_try() {
    return audit::spells_max - (few_lives() ? 1 : 0);
}

/// Careers of so many spells.
[[nodiscard]] inline audit::Audit audited(law::RuleBook const& book, int spells) {
    audit::AuditPlan plan;
    plan.spells = spells;
    return audit::audit_rules(book, tables(), plan);
}
[[nodiscard]] inline audit::Audit audited(std::string_view id, int spells) {
    return audited(rules(id), spells);
}

/// The national law with other parameters.
[[nodiscard]] inline law::RuleBook changed_law(std::string const& parameters) {
    return rules::read_rules("changed.json",
                             R"({"schema": "pensim/rules/1", "id": "changed", "extends": "law",
                                 "title": {"en": "Changed", "zh": "改动"}, "parameters": {)"
                                 + parameters + "}}",
                             tables())
        .value();
}

[[nodiscard]] inline std::string
dated_rule(std::string const& key, std::string const& from, std::string const& value) {
    return "\"" + key + R"(": [{"from": ")" + from + R"(", "value": )" + value
           + R"(, "source": "proposal: a test"}])";
}

} // namespace pensim::test

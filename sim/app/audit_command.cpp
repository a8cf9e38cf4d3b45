#include <filesystem>

#include "sim/app/commands.hpp"
#include "sim/audit/audit_text.hpp"
#include "sim/input/file.hpp"
#include "sim/input/interrupt.hpp"
#include "sim/input/progress.hpp"

namespace pensim::app {

namespace {

/// How a file of cases names the rule set: a file of rules is looked for beside it.
std::string rules_beside(std::string const& rules, std::string const& cases) {
    namespace fs = std::filesystem;
    if (!rules.ends_with(".json")) {
        return rules;
    }
    return fs::relative(fs::absolute(rules), fs::absolute(cases).parent_path()).string();
}

} // namespace

int audit(AuditOptions const& options) {
    data::Tables const tables = load_tables(options.setting);
    law::RuleBook const book = load_rules({options.rules, {}}, tables);
    input::remember_interrupts();
    audit::AuditPlan plan;
    plan.spells = options.spells;
    auto show = input::shown_progress("lives");
    plan.progress = show;
    audit::Audit const found = audit::audit_rules(book, tables, plan);
    plan.progress = {};
    show = {};
    if (!options.cases.empty()) {
        input::write_file(
            options.cases,
            audit::audit_cases(found, tables.areas, rules_beside(options.rules, options.cases)));
    }
    Results results(options.output);
    results.write(options.json ? audit::audit_json(found, tables.areas)
                               : audit::audit_text(found,
                                                   tables.areas,
                                                   options.language == "zh" ? story::Language::zh
                                                                            : story::Language::en,
                                                   options.cases));
    results.finish();
    return found.faulty() ? exit_found : exit_done;
}

} // namespace pensim::app

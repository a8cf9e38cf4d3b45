#include "sim/job/law_setup.hpp"

#include <filesystem>

#include "sim/cases/case_json.hpp"
#include "sim/input/file.hpp"
#include "sim/job/wrong_input.hpp"
#include "sim/rules/rule_files.hpp"

namespace pensim::job {

namespace {

/// A shipped case file by its name, or the file.
Result<std::string> case_text(std::string const& path) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
        for (std::string const& name : {"cases/" + path + ".json", path + ".json", path}) {
            if (auto const shipped = data::shipped_file(name);
                shipped && name.starts_with("cases/")) {
                return std::string(*shipped);
            }
        }
    }
    return input::read_file(path);
}

} // namespace

data::TableSource table_source(Setting const& setting) {
    if (setting.data_folder.empty()) {
        return {};
    }
    if (!std::filesystem::is_directory(setting.data_folder)) {
        throw WrongInput(setting.data_folder,
                         "is no folder; expected one with data tables (*.csv)");
    }
    return data::TableSource(setting.data_folder);
}

data::Tables load_tables(Setting const& setting) {
    return value_or_throw(data::load_tables(table_source(setting)));
}

law::RuleBook load_rules(RulesName const& rules, data::Tables const& tables) {
    return value_or_throw(rules.text.empty() ? rules::load_rules(rules.name, tables, rules.folder)
                                             : rules::read_rules(rules.name, rules.text, tables));
}

cases::CaseFile load_cases(std::string const& path, data::Tables const& tables) {
    auto const text = value_or_throw(case_text(path));
    return value_or_throw(cases::read_cases(text, tables), path);
}

RulesName rules_for(Setting const& setting, std::string const& path, cases::CaseFile const& file) {
    if (!setting.rules.empty() || !file.rules) {
        return {setting.rules.empty() ? "law" : setting.rules, "", setting.rules_text};
    }
    return {*file.rules, std::filesystem::path(path).parent_path().string()};
}

} // namespace pensim::job

#include "sim/job/validate.hpp"

#include <algorithm>
#include <filesystem>

#include "sim/cases/case_json.hpp"
#include "sim/cases/check.hpp"
#include "sim/input/file.hpp"
#include "sim/job/wrong_input.hpp"
#include "sim/rules/rule_files.hpp"
#include "sim/scenario/scenario_json.hpp"
#include "sim/scenario/simulation.hpp"

namespace pensim::job {

namespace {

void append(Problems& all, Problems const& more, std::string const& file) {
    for (Problem const& problem : more) {
        bool const named = file.empty() || problem.where.starts_with(file);
        all.push_back({named ? problem.where : place_in(file, problem.where), problem.what});
    }
}

void validate_cases(std::string const& path,
                    std::string const& text,
                    Setting const& setting,
                    data::Tables const& tables,
                    Problems& all) {
    auto file = cases::read_cases(text, tables);
    if (!file) {
        append(all, file.error(), path);
        return;
    }
    RulesName const named = rules_for(setting, path, *file);
    auto book = named.text.empty() ? rules::load_rules(named.name, tables, named.folder)
                                   : rules::read_rules(named.name, named.text, tables);
    if (!book) {
        append(all, book.error(), "");
        return;
    }
    cases::Law const law(std::move(*book), tables);
    static_cast<void>(cases::decide_file(law, *file));
    for (std::size_t i = 0; i < file->persons.size(); ++i) {
        cases::Case& person = file->persons[i];
        if (person.expect) {
            cases::check_expectation(
                *person.expect, input::child("/persons", i) + "/expect", person.problems);
        }
        // A case that expects errors is there to have them.
        if (!person.expect || person.expect->find("errors") == nullptr) {
            append(all, person.problems, path);
        }
    }
}

/// Reads it and, if that is clean, makes it ready to run: tables, rules, periods, targets.
void validate_scenario(Result<scenario::Scenario> read, Setting const& setting, Problems& all) {
    auto const ready = std::move(read).and_then([&](scenario::Scenario loaded) {
        return scenario::prepare(
            std::move(loaded), table_source(setting), {setting.rules, setting.rules_text});
    });
    if (!ready) {
        append(all, ready.error(), "");
    }
}

bool is_shipped_scenario(std::string const& name) {
    auto const ids = scenario::shipped_scenarios();
    std::error_code ignored;
    return std::find(ids.begin(), ids.end(), name) != ids.end()
           && !std::filesystem::exists(name, ignored);
}

} // namespace

Problems
validate_file(std::string const& path, Setting const& setting, data::Tables const& tables) {
    Problems all;
    if (std::filesystem::is_directory(path)) {
        if (auto const loaded = data::load_tables(data::TableSource(path)); !loaded) {
            append(all, loaded.error(), path);
        }
        return all;
    }
    if (is_shipped_scenario(path)) {
        validate_scenario(scenario::load_scenario(path, tables), setting, all);
        return all;
    }
    auto const text = input::read_file(path);
    if (!text) {
        append(all, text.error(), "");
        return all;
    }
    return validate_text(path, *text, setting, tables);
}

Problems validate_text(std::string const& path,
                       std::string const& text,
                       Setting const& setting,
                       data::Tables const& tables) {
    Problems all;
    auto const json = input::parse_json(text);
    if (!json) {
        append(all, json.error(), path);
        return all;
    }
    auto const* const schema = json->find("schema");
    std::string const name = schema == nullptr ? "" : schema->text;
    if (name == "pensim/rules/1") {
        if (auto const book = rules::read_rules(path, text, tables); !book) {
            append(all, book.error(), "");
        }
    } else if (name == "pensim/cases/1") {
        validate_cases(path, text, setting, tables, all);
    } else if (name == "pensim/scenario/1") {
        std::string const folder = std::filesystem::path(path).parent_path().string();
        validate_scenario(scenario::read_scenario(path, folder, text, tables), setting, all);
    } else {
        append(
            all,
            {{"/schema", R"(expected "pensim/cases/1", "pensim/rules/1" or "pensim/scenario/1")"}},
            path);
    }
    return all;
}

} // namespace pensim::job

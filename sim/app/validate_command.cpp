#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "sim/app/commands.hpp"
#include "sim/cases/case_csv.hpp"
#include "sim/cases/case_json.hpp"
#include "sim/cases/check.hpp"
#include "sim/input/file.hpp"
#include "sim/rules/rule_files.hpp"
#include "sim/scenario/scenario_json.hpp"
#include "sim/scenario/simulation.hpp"

namespace pensim::app {

namespace {

void append(Problems& all, Problems const& more, std::string const& file) {
    for (Problem const& problem : more) {
        bool const named = file.empty() || problem.where.starts_with(file);
        all.push_back({named ? problem.where : place_in(file, problem.where), problem.what});
    }
}

void validate_cases(std::string const& path,
                    std::string const& text,
                    ValidateOptions const& options,
                    data::Tables const& tables,
                    Problems& all) {
    auto file = cases::read_cases(text, tables);
    if (!file) {
        append(all, file.error(), path);
        return;
    }
    RulesName const named = rules_for(options.setting, path, *file);
    auto book = rules::load_rules(named.name, tables, named.folder);
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
void validate_scenario(Result<scenario::Scenario> read,
                       ValidateOptions const& options,
                       Problems& all) {
    auto const ready = std::move(read).and_then([&](scenario::Scenario loaded) {
        return scenario::prepare(
            std::move(loaded), table_source(options.setting), {options.setting.rules, ""});
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

void validate_file(std::string const& path,
                   ValidateOptions const& options,
                   data::Tables const& tables,
                   Problems& all) {
    if (std::filesystem::is_directory(path)) {
        if (auto const loaded = data::load_tables(data::TableSource(path)); !loaded) {
            append(all, loaded.error(), path);
        }
        return;
    }
    if (is_shipped_scenario(path)) {
        validate_scenario(scenario::load_scenario(path, tables), options, all);
        return;
    }
    auto const text = input::read_file(path);
    if (!text) {
        append(all, text.error(), "");
        return;
    }
    auto const json = input::parse_json(*text);
    if (!json) {
        append(all, json.error(), path);
        return;
    }
    auto const* const schema = json->find("schema");
    std::string const name = schema == nullptr ? "" : schema->text;
    if (name == "pensim/rules/1") {
        if (auto const book = rules::read_rules(path, *text, tables); !book) {
            append(all, book.error(), "");
        }
    } else if (name == "pensim/cases/1") {
        validate_cases(path, *text, options, tables, all);
    } else if (name == "pensim/scenario/1") {
        std::string const folder = std::filesystem::path(path).parent_path().string();
        validate_scenario(scenario::read_scenario(path, folder, *text, tables), options, all);
    } else {
        append(
            all,
            {{"/schema", R"(expected "pensim/cases/1", "pensim/rules/1" or "pensim/scenario/1")"}},
            path);
    }
}

/// The two CSV files of a history; faults go out as they are found. Gives how many persons have
/// some.
std::uint64_t validate_csv(ValidateOptions const& options, data::Tables const& tables) {
    if (options.persons.empty() || options.records.empty()) {
        throw WrongInput("validate", "--persons and --records go together");
    }
    std::string const rules = options.setting.rules.empty() ? "law" : options.setting.rules;
    cases::Law const law(load_rules({rules, ""}, tables), tables);
    cases::CsvJob job;
    job.persons = options.persons;
    job.records = options.records;
    job.output = cases::CsvOutput::faults;
    job.threads = thread_count(options.threads);
    auto const summary = cases::decide_csv(law, job);
    if (!summary) {
        throw WrongInput(summary.error());
    }
    return summary->errors;
}

} // namespace

int validate(ValidateOptions const& options) {
    data::Tables const tables = load_tables(options.setting);
    Problems all;
    for (std::string const& path : options.files) {
        validate_file(path, options, tables, all);
    }
    bool const csv = !options.persons.empty() || !options.records.empty();
    if (!csv && options.files.empty()) {
        throw WrongInput("validate", "expected files, or --persons and --records");
    }
    std::uint64_t const wrong_persons = csv ? validate_csv(options, tables) : 0;
    if (!all.empty()) {
        throw WrongInput(std::move(all));
    }
    if (wrong_persons > 0) {
        return exit_wrong_input;
    }
    fmt::print(stderr,
               "{} {} without faults\n",
               options.files.size() + (csv ? 2 : 0),
               options.files.size() + (csv ? 2 : 0) == 1 ? "file" : "files");
    return exit_done;
}

} // namespace pensim::app

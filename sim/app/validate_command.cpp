#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "sim/app/commands.hpp"
#include "sim/cases/case_json.hpp"
#include "sim/cases/check.hpp"
#include "sim/input/file.hpp"
#include "sim/rules/rule_files.hpp"

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
    auto book = rules::load_rules(rules_for(options.setting, path, *file), tables);
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
    } else {
        append(all, {{"/schema", R"(expected "pensim/cases/1" or "pensim/rules/1")"}}, path);
    }
}

} // namespace

int validate(ValidateOptions const& options) {
    data::Tables const tables = load_tables(options.setting);
    Problems all;
    for (std::string const& path : options.files) {
        validate_file(path, options, tables, all);
    }
    if (!all.empty()) {
        throw WrongInput(std::move(all));
    }
    fmt::print(stderr,
               "{} {} without faults\n",
               options.files.size(),
               options.files.size() == 1 ? "file" : "files");
    return exit_done;
}

} // namespace pensim::app

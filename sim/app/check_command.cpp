#include <fmt/format.h>

#include "sim/app/commands.hpp"
#include "sim/cases/check.hpp"

namespace pensim::app {

namespace {

struct Tally {
    std::size_t checked = 0;
    std::size_t without = 0;
    std::size_t differing = 0;
    std::size_t unexpected_errors = 0;
};

/// A case that expects errors is right when it has them.
bool expects_errors(cases::Case const& person) {
    return person.expect && person.expect->find("errors") != nullptr;
}

void check_person(std::string const& file,
                  cases::Case const& person,
                  std::string const& outcome,
                  Results& results,
                  Tally& tally) {
    if (!person.problems.empty() && !expects_errors(person)) {
        ++tally.unexpected_errors;
        print_problems(person.problems, file);
        return;
    }
    if (!person.expect) {
        ++tally.without;
        return;
    }
    ++tally.checked;
    auto const found = input::parse_json(outcome);
    PENSIM_EXPECT(found.has_value());
    auto const differences = cases::compare(*person.expect, *found);
    tally.differing += differences.empty() ? 0U : 1U;
    for (auto const& difference : differences) {
        results.tell(fmt::format("{}: {}: {}: expected {}, found {}\n",
                                 file,
                                 person.id,
                                 difference.field,
                                 difference.expected,
                                 difference.found));
    }
}

void check_file(std::string const& path,
                CheckOptions const& options,
                data::Tables const& tables,
                Results& results,
                Tally& tally) {
    cases::CaseFile file = load_cases(path, tables);
    Problems problems;
    for (std::size_t i = 0; i < file.persons.size(); ++i) {
        if (file.persons[i].expect) {
            cases::check_expectation(*file.persons[i].expect,
                                     path + ": " + input::child("/persons", i) + "/expect",
                                     problems);
        }
    }
    if (!problems.empty()) {
        throw WrongInput(std::move(problems));
    }
    cases::Law const law(load_rules(rules_for(options.setting, path, file), tables), tables);
    auto const decided = cases::decide_file(law, file);
    for (std::size_t i = 0; i < file.persons.size(); ++i) {
        check_person(path, file.persons[i], decided.outcomes[i], results, tally);
    }
}

} // namespace

int check(CheckOptions const& options) {
    data::Tables const tables = load_tables(options.setting);
    ThreadLimit const threads(options.threads);
    Results results(options.output);
    Tally tally;
    for (std::string const& path : options.cases) {
        check_file(path, options, tables, results, tally);
    }
    results.write(
        fmt::format("{} checked, {} differ, {} with input errors, {} without expectation\n",
                    tally.checked,
                    tally.differing,
                    tally.unexpected_errors,
                    tally.without));
    results.finish();
    if (tally.unexpected_errors > 0) {
        return exit_wrong_input;
    }
    return tally.differing > 0 ? exit_found : exit_done;
}

} // namespace pensim::app

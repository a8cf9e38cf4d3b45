#include <fmt/format.h>

#include "sim/app/commands.hpp"
#include "sim/cases/case_csv.hpp"
#include "sim/input/interrupt.hpp"

namespace pensim::app {

namespace {

int decide_json(DecideOptions const& options, data::Tables const& tables) {
    cases::CaseFile file = load_cases(options.cases, tables);
    cases::Law const law(load_rules(rules_for(options.setting, options.cases, file), tables),
                         tables);
    auto const decided = cases::decide_file(law, file);
    Results results(options.output);
    results.write("{\"schema\": \"pensim/outcomes/1\",\n \"outcomes\": [");
    for (std::size_t i = 0; i < decided.outcomes.size(); ++i) {
        results.write(i == 0 ? "\n  " : ",\n  ");
        results.write(decided.outcomes[i]);
    }
    results.write("\n ]}\n");
    results.finish();
    for (cases::Case const& person : file.persons) {
        print_problems(person.problems, options.cases);
    }
    return decided.errors > 0 ? exit_wrong_input : exit_done;
}

int decide_csv(DecideOptions const& options, data::Tables const& tables) {
    std::string const rules = options.setting.rules.empty() ? "law" : options.setting.rules;
    cases::Law const law(load_rules({rules, ""}, tables), tables);
    cases::CsvJob job;
    job.persons = options.persons;
    job.records = options.records;
    job.output = options.output.empty() ? cases::CsvOutput::json_lines : cases::CsvOutput::folder;
    job.folder = options.output;
    job.keep_columns = options.keep_columns;
    job.threads = thread_count(options.threads);
    input::remember_interrupts();
    auto const summary = cases::decide_csv(law, job);
    if (!summary) {
        throw WrongInput(summary.error());
    }
    fmt::print(stderr, "{} persons decided, {} with errors\n", summary->persons, summary->errors);
    return summary->errors > 0 ? exit_wrong_input : exit_done;
}

} // namespace

int decide(DecideOptions const& options) {
    data::Tables const tables = load_tables(options.setting);
    ThreadLimit const threads(options.threads);
    bool const csv = !options.persons.empty() || !options.records.empty();
    if (csv == !options.cases.empty()) {
        throw WrongInput("decide", "expected a case file, or --persons and --records");
    }
    if (!csv) {
        return decide_json(options, tables);
    }
    if (options.persons.empty() || options.records.empty()) {
        throw WrongInput("decide", "--persons and --records go together");
    }
    return decide_csv(options, tables);
}

} // namespace pensim::app

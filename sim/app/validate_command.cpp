#include <fmt/format.h>

#include "sim/app/commands.hpp"
#include "sim/cases/case_csv.hpp"
#include "sim/job/validate.hpp"

namespace pensim::app {

namespace {

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
        Problems const more = job::validate_file(path, options.setting, tables);
        all.insert(all.end(), more.begin(), more.end());
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

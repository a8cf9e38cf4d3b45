#include "sim/app/commands.hpp"
#include "sim/app/options.hpp"

namespace pensim::app {

namespace {

void add_decide(CommandLine& line) {
    auto* const command = line.cli.add_subcommand("decide", "One outcome a person");
    auto const options = std::make_shared<DecideOptions>();
    command->add_option(
        "CASES", options->cases, "Case file (pensim/cases/1), or a shipped one by name");
    command->add_option("--persons", options->persons, "persons.csv: id, group, sex, birth, ...")
        ->type_name("CSV");
    command
        ->add_option(
            "--records", options->records, "records.csv: person_id, area, from, to, base, ...")
        ->type_name("CSV");
    add_setting(*command, options->setting);
    add_output(*command,
               options->output,
               "File for JSON; for CSV a new folder for outcomes.csv, transfers.csv, "
               "refunds.csv, errors.csv");
    command->add_flag("--keep-columns",
                      options->keep_columns,
                      "Carry further columns of persons.csv through to outcomes.csv");
    add_threads(*command, options->threads);
    on_chosen(line, *command, options, app::decide);
}

void add_explain(CommandLine& line) {
    auto* const command = line.cli.add_subcommand(
        "explain", "One person's story, step by step, with law and article");
    auto const options = std::make_shared<ExplainOptions>();
    command
        ->add_option(
            "CASES", options->cases, "Case file or scenario, or a shipped one of either by name")
        ->required();
    command
        ->add_option("--person",
                     options->person,
                     "The person's id, or number in a scenario; may be left out if there is "
                     "only one")
        ->type_name("ID");
    add_replicate(*command, options->replicate);
    command->add_option("--seed", options->seed, "Seed, instead of the scenario's")->type_name("S");
    add_setting(*command, options->setting);
    add_language(*command, options->language);
    add_output(*command, options->output, "File for the text");
    command
        ->add_option("--html",
                     options->html,
                     "File for a page with a timeline, in both languages; without -o, the text "
                     "is not written")
        ->type_name("FILE");
    on_chosen(line, *command, options, app::explain);
}

void add_check(CommandLine& line) {
    auto* const command = line.cli.add_subcommand(
        "check", "Decides and compares with what the cases expect; exit 1 on a difference");
    auto const options = std::make_shared<CheckOptions>();
    command->add_option("CASES", options->cases, "Case files")->required();
    add_setting(*command, options->setting);
    add_output(*command, options->output, "File for the differences");
    add_threads(*command, options->threads);
    on_chosen(line, *command, options, app::check);
}

void add_validate(CommandLine& line) {
    auto* const command = line.cli.add_subcommand(
        "validate", "All faults of input files at once: cases, rule sets, data tables");
    auto const options = std::make_shared<ValidateOptions>();
    command->add_option("FILE", options->files, "Files, or folders of data tables");
    command->add_option("--persons", options->persons, "persons.csv of a pair to validate")
        ->type_name("CSV");
    command->add_option("--records", options->records, "records.csv of a pair to validate")
        ->type_name("CSV");
    add_setting(*command, options->setting);
    on_chosen(line, *command, options, app::validate);
}

} // namespace

void add_case_commands(CommandLine& line) {
    add_decide(line);
    add_explain(line);
    add_check(line);
    add_validate(line);
}

} // namespace pensim::app

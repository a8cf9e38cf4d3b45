#include "sim/app/commands.hpp"
#include "sim/app/options.hpp"

namespace pensim::app {

namespace {

void add_no_report(CLI::App& command, bool& no_report) {
    command.add_flag(
        "--no-report", no_report, "Tables alone, without report.html and results.xlsx");
}

void add_resume(CLI::App& command, RunCommandOptions& options) {
    command.add_flag("--resume",
                     options.resume,
                     "Go on with a run that was stopped; what it finished is in DIR.resume");
    command
        .add_option("--save-every",
                    options.save_every,
                    "Seconds between files of finished work; of a run that is killed, this is lost")
        ->check(CLI::Range(0.0, 86'400.0))
        ->type_name("SECONDS")
        ->capture_default_str();
}

void add_run(CommandLine& line) {
    auto* const command =
        line.cli.add_subcommand("run", "Simulates a scenario's people and reports the flows");
    auto const options = std::make_shared<RunCommandOptions>();
    add_scenario(*command, options->scenario);
    add_output(*command,
               options->output,
               "New folder for report.html, results.xlsx, the tables and manifest.json");
    add_persons(*command, options->scenario);
    add_replicates(*command, options->scenario);
    command
        ->add_option(
            "--until", options->until, "Stop when a figure is known this well, e.g. flows.total:1%")
        ->type_name("WHAT:PRECISION");
    command->add_flag("--microdata", options->microdata, "A row a person as well: people.csv.gz");
    command
        ->add_option("--suppress-below",
                     options->suppress_below,
                     "Hide numbers of people under K, in every output and in every sum")
        ->check(CLI::Range(1, 1'000'000))
        ->type_name("K");
    command
        ->add_option("--graph-year",
                     options->graph_years,
                     "The network of a year as network-YEAR.graphml and .dot; may be given again")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->type_name("YEAR");
    add_no_report(*command, options->no_report);
    add_resume(*command, *options);
    add_threads(*command, options->scenario.threads);
    add_language(*command, options->language);
    on_chosen(line, *command, options, app::run);
}

void add_compare(CommandLine& line) {
    auto* const command = line.cli.add_subcommand(
        "compare", "What a rule change does to a scenario's people: who, how much, and why");
    auto const options = std::make_shared<CompareOptions>();
    add_people(*command, options->scenario);
    command->add_option("OTHER",
                        options->other,
                        "A second scenario of the same areas, to compare instead of rules");
    command
        ->add_option("--rules",
                     options->rules,
                     "Rule sets: the baseline, then each reform; one alone is compared with "
                     "the scenario's own")
        ->type_name("RULES")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    add_data(*command, options->scenario.setting);
    add_output(*command,
               options->output,
               "New folder for report.html, results.xlsx, the tables of what differs, and the "
               "witnesses");
    add_persons(*command, options->scenario);
    add_replicates(*command, options->scenario);
    command
        ->add_option(
            "--witnesses", options->witnesses, "Simplest lives to show for each kind of change")
        ->check(CLI::Range(0, 1000))
        ->type_name("K")
        ->capture_default_str();
    add_no_report(*command, options->no_report);
    command->add_flag(
        "--fail-on-change", options->fail_on_change, "Exit status 1 if anything differs");
    add_threads(*command, options->scenario.threads);
    add_language(*command, options->language);
    on_chosen(line, *command, options, app::compare);
}

void add_sweep(CommandLine& line) {
    auto* const command = line.cli.add_subcommand(
        "sweep", "One or two rule parameters over a range of values, on the same people");
    auto const options = std::make_shared<SweepOptions>();
    add_scenario(*command, options->scenario);
    command
        ->add_option("--set",
                     options->settings,
                     "The parameter and its values: place.min_months=60:180:12 (from, to, "
                     "step), or place.tie=latest_start,earliest_start; at most two")
        ->type_name("PARAMETER=VALUES")
        ->required()
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    command->add_option("--from", options->from, "Month from which the values hold; else always")
        ->type_name("YYYY-MM");
    add_output(*command,
               options->output,
               "New folder for report.html, results.xlsx, sweep.csv and sensitivity.csv");
    add_persons(*command, options->scenario);
    add_replicates(*command, options->scenario);
    add_no_report(*command, options->no_report);
    add_threads(*command, options->scenario.threads);
    add_language(*command, options->language);
    on_chosen(line, *command, options, app::sweep);
}

void add_sample(CommandLine& line) {
    auto* const command =
        line.cli.add_subcommand("sample", "Simulated people as cases, for decide and explain");
    auto const options = std::make_shared<SampleOptions>();
    add_scenario(*command, options->scenario);
    command->add_option("--persons", options->persons, "How many")
        ->check(CLI::Range(std::uint64_t{1}, random::persons_max))
        ->type_name("N")
        ->capture_default_str();
    command->add_option("--first", options->first, "The number of the first one")
        ->check(CLI::Range(std::uint64_t{0}, random::persons_max))
        ->type_name("N")
        ->capture_default_str();
    add_replicate(*command, options->replicate);
    add_output(*command, options->output, "File for the cases");
    command
        ->add_option("--tables",
                     options->tables_folder,
                     "New folder for the areas and wages of a fictitious country, which decide "
                     "--data takes")
        ->type_name("DIR");
    on_chosen(line, *command, options, app::sample);
}

void add_who(CommandLine& line) {
    auto* const command =
        line.cli.add_subcommand("who", "The people behind a cell of flows.csv, as CSV");
    auto const options = std::make_shared<WhoOptions>();
    add_scenario(*command, options->scenario);
    command->add_option("--year", options->year, "Year of the transfer")->type_name("Y");
    command->add_option("--from", options->from, "Area that sends")->type_name("AREA");
    command->add_option("--to", options->to, "Area that receives")->type_name("AREA");
    command->add_option("--kind", options->kind, "move, return, gather or temporary")
        ->type_name("KIND");
    command->add_option("--limit", options->limit, "The most lines to list")->capture_default_str();
    add_persons(*command, options->scenario);
    add_replicate(*command, options->replicate);
    add_threads(*command, options->scenario.threads);
    add_output(*command, options->output, "File for the list");
    on_chosen(line, *command, options, app::who);
}

void add_verify(CommandLine& line) {
    auto* const command = line.cli.add_subcommand(
        "verify", "Runs a finished folder's scenario again and compares every table");
    auto const options = std::make_shared<VerifyOptions>();
    command->add_option("DIR", options->folder, "Folder that run -o made")->required();
    add_threads(*command, options->threads);
    on_chosen(line, *command, options, app::verify);
}

} // namespace

void add_scenario_commands(CommandLine& line) {
    add_run(line);
    add_compare(line);
    add_sweep(line);
    add_sample(line);
    add_who(line);
    add_verify(line);
}

} // namespace pensim::app

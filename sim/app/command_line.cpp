#include <cstdio>
#include <exception>
#include <functional>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "sim/app/commands.hpp"
#include "sim/app/completion.hpp"
#include "sim/input/file.hpp"
#include "sim/input/interrupt.hpp"
#include "sim/input/suggestion.hpp"

namespace pensim::app {

namespace {

constexpr char const* version_text = "pensim " PENSIM_VERSION "\n"
                                     "Pension portability between the pooling areas of mainland "
                                     "China: who pays, what moves, and why.\n"
                                     "Files: pensim/scenario/1, pensim/cases/1, "
                                     "pensim/outcomes/1, pensim/rules/1. "
                                     "Law as known in 2025; see `pensim rules show law`.";

constexpr char const* description =
    "Decides which province pays a pension and what money moves, by law and article.\n\n"
    "  pensim run SCENARIO -o DIR               simulate people, report flows between areas\n"
    "  pensim decide CASES.json                 one outcome a person, as JSON\n"
    "  pensim explain CASES.json --person ID    the story, month by month, each step with its law\n"
    "  pensim check CASES.json                  outcomes against what the cases expect\n"
    "  pensim compare SCENARIO --rules law --rules five-years\n"
    "                                           who a rule change touches, how much, and why\n"
    "  pensim sweep SCENARIO --set place.min_months=60:180:12\n"
    "                                           one parameter over a range\n"
    "  pensim rules show law                    every number of the law with date and source\n"
    "  pensim audit law                         what a rule set leaves open, and where a month "
    "decides\n\n"
    "Shipped case files are known by name (order-41, foreigners, mainland, history-retirement "
    "...), and so\nare scenarios (hmt, foreigners, national, small, country400).";

constexpr char const* exit_text =
    "Exit status: 0 done; 1 check, verify, audit or compare found something; 2 wrong input "
    "or usage; 3 the machine failed;\n"
    "130 interrupted. Results go to standard output or to the file "
    "that -o names; all else to standard error.";

/// Command line in the making: each subcommand binds its options and an action.
class CommandLine {
  public:
    CommandLine() : cli_(description, "pensim") {
        cli_.set_version_flag("-V,--version", version_text);
        cli_.require_subcommand(1);
        cli_.footer(exit_text);
        cli_.get_formatter()->column_width(34);
        add_run();
        add_compare();
        add_sweep();
        add_sample();
        add_who();
        add_verify();
        add_decide();
        add_explain();
        add_check();
        add_validate();
        add_rules();
        add_audit();
        add_completion();
    }

    int run(int argc, char** argv) {
        words_.assign(argv, argv + argc);
        words_.front() = "pensim";
        try {
            cli_.parse(argc, argv);
        } catch (CLI::Success const& done) {
            return cli_.exit(done); // --help, --version
        } catch (CLI::ParseError const& error) {
            print_usage_error(error, argc, argv);
            return exit_wrong_input;
        }
        return action_();
    }

  private:
    void print_usage_error(CLI::ParseError const& error, int argc, char** argv) {
        std::vector<std::string_view> names;
        for (auto const* const command : cli_.get_subcommands([](CLI::App*) { return true; })) {
            names.push_back(command->get_name());
        }
        std::string_view const first = argc > 1 ? argv[1] : "";
        bool const known = std::find(names.begin(), names.end(), first) != names.end();
        if (!known && !first.empty() && !first.starts_with('-')) {
            fmt::print(stderr, "pensim: {}\n", input::unknown("command", first, names));
        } else {
            fmt::print(stderr, "pensim: {}\n", error.what());
        }
        fmt::print(stderr,
                   "`pensim --help` lists the commands, `pensim COMMAND --help` their options.\n");
    }

    /// Options of every command that applies the law.
    static void add_setting(CLI::App& command, Setting& setting) {
        command
            .add_option(
                "--rules",
                setting.rules,
                "Rule set: a shipped id such as law, practice, or a file; several joined with +")
            ->type_name("RULES");
        add_data(command, setting);
    }
    static void add_data(CLI::App& command, Setting& setting) {
        command
            .add_option("--data",
                        setting.data_folder,
                        "Folder with data tables that replace the shipped ones")
            ->type_name("DIR");
    }
    static void add_output(CLI::App& command, std::string& output, char const* what) {
        command.add_option("-o,--output", output, what)->type_name("PATH");
    }
    static void add_language(CLI::App& command, std::string& language) {
        command.add_option("--lang", language, "Language of the text")
            ->check(CLI::IsMember({"en", "zh"}))
            ->capture_default_str();
    }
    static void add_threads(CLI::App& command, int& threads) {
        command
            .add_option(
                "--threads", threads, "Threads; 0 takes all cores. Results do not depend on it")
            ->check(CLI::Range(0, 4096))
            ->capture_default_str();
    }

    /// Options of every command that takes a scenario.
    static void add_scenario(CLI::App& command, ScenarioSetting& scenario) {
        add_people(command, scenario);
        add_setting(command, scenario.setting);
    }
    static void add_people(CLI::App& command, ScenarioSetting& scenario) {
        command
            .add_option("SCENARIO", scenario.scenario, "Scenario file, or a shipped one by name")
            ->required();
        command.add_option("--seed", scenario.seed, "Seed, instead of the scenario's")
            ->type_name("S");
    }

    void add_run() {
        auto* const command =
            cli_.add_subcommand("run", "Simulates a scenario's people and reports the flows");
        auto const options = std::make_shared<RunCommandOptions>();
        add_scenario(*command, options->scenario);
        add_output(*command,
                   options->output,
                   "New folder for report.html, results.xlsx, the tables and manifest.json");
        add_persons(*command, options->scenario);
        add_replicates(*command, options->scenario);
        command
            ->add_option("--until",
                         options->until,
                         "Stop when a figure is known this well, e.g. flows.total:1%")
            ->type_name("WHAT:PRECISION");
        command->add_flag(
            "--microdata", options->microdata, "A row a person as well: people.csv.gz");
        command
            ->add_option("--suppress-below",
                         options->suppress_below,
                         "Hide numbers of people under K, in every output and in every sum")
            ->check(CLI::Range(1, 1'000'000))
            ->type_name("K");
        command->add_flag("--no-report", options->no_report, "Tables alone, without report.html");
        add_threads(*command, options->scenario.threads);
        add_language(*command, options->language);
        command->callback([this, options] {
            action_ = [this, options] {
                options->words = words_;
                return app::run(*options);
            };
        });
    }

    static void add_persons(CLI::App& command, ScenarioSetting& scenario) {
        command.add_option("--persons", scenario.persons, "Lives to simulate")
            ->check([](std::string const& text) {
                return text.starts_with('-') ? text + ": expected 1 or more" : std::string();
            })
            ->type_name("N");
        command.add_flag("--full", scenario.full, "A life for each person");
    }
    static void add_replicates(CLI::App& command, ScenarioSetting& scenario) {
        command.add_option("--replicates", scenario.replicates, "Populations to simulate")
            ->check(CLI::Range(1, 100'000))
            ->type_name("R");
    }
    static void add_replicate(CLI::App& command, std::uint32_t& replicate) {
        command.add_option("--replicate", replicate, "Which population, from 0")
            ->check(CLI::Range(std::uint32_t{0}, std::uint32_t{99'999}))
            ->type_name("K")
            ->capture_default_str();
    }

    void add_compare() {
        auto* const command = cli_.add_subcommand(
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
                   "New folder for the tables of what differs, and the witnesses");
        add_persons(*command, options->scenario);
        add_replicates(*command, options->scenario);
        command
            ->add_option(
                "--witnesses", options->witnesses, "Simplest lives to show for each kind of change")
            ->check(CLI::Range(0, 1000))
            ->type_name("K")
            ->capture_default_str();
        command->add_flag(
            "--fail-on-change", options->fail_on_change, "Exit status 1 if anything differs");
        add_threads(*command, options->scenario.threads);
        add_language(*command, options->language);
        command->callback([this, options] {
            action_ = [this, options] {
                options->words = words_;
                return compare(*options);
            };
        });
    }

    void add_sweep() {
        auto* const command = cli_.add_subcommand(
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
        command
            ->add_option("--from", options->from, "Month from which the values hold; else always")
            ->type_name("YYYY-MM");
        add_output(*command, options->output, "New folder for sweep.csv and sensitivity.csv");
        add_persons(*command, options->scenario);
        add_replicates(*command, options->scenario);
        add_threads(*command, options->scenario.threads);
        add_language(*command, options->language);
        command->callback([this, options] {
            action_ = [this, options] {
                options->words = words_;
                return sweep(*options);
            };
        });
    }

    void add_sample() {
        auto* const command =
            cli_.add_subcommand("sample", "Simulated people as cases, for decide and explain");
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
        command->callback([this, options] { action_ = [options] { return sample(*options); }; });
    }

    void add_who() {
        auto* const command =
            cli_.add_subcommand("who", "The people behind a cell of flows.csv, as CSV");
        auto const options = std::make_shared<WhoOptions>();
        add_scenario(*command, options->scenario);
        command->add_option("--year", options->year, "Year of the transfer")->type_name("Y");
        command->add_option("--from", options->from, "Area that sends")->type_name("AREA");
        command->add_option("--to", options->to, "Area that receives")->type_name("AREA");
        command->add_option("--kind", options->kind, "move, return, gather or temporary")
            ->type_name("KIND");
        command->add_option("--limit", options->limit, "The most lines to list")
            ->capture_default_str();
        add_persons(*command, options->scenario);
        add_replicate(*command, options->replicate);
        add_threads(*command, options->scenario.threads);
        add_output(*command, options->output, "File for the list");
        command->callback([this, options] { action_ = [options] { return who(*options); }; });
    }

    void add_verify() {
        auto* const command = cli_.add_subcommand(
            "verify", "Runs a finished folder's scenario again and compares every table");
        auto const options = std::make_shared<VerifyOptions>();
        command->add_option("DIR", options->folder, "Folder that run -o made")->required();
        add_threads(*command, options->threads);
        command->callback([this, options] { action_ = [options] { return verify(*options); }; });
    }

    void add_decide() {
        auto* const command = cli_.add_subcommand("decide", "One outcome a person");
        auto const options = std::make_shared<DecideOptions>();
        command->add_option(
            "CASES", options->cases, "Case file (pensim/cases/1), or a shipped one by name");
        command
            ->add_option("--persons", options->persons, "persons.csv: id, group, sex, birth, ...")
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
        command->callback([this, options] { action_ = [options] { return decide(*options); }; });
    }

    void add_explain() {
        auto* const command = cli_.add_subcommand(
            "explain", "One person's story, step by step, with law and article");
        auto const options = std::make_shared<ExplainOptions>();
        command
            ->add_option("CASES",
                         options->cases,
                         "Case file or scenario, or a shipped one of either by name")
            ->required();
        command
            ->add_option("--person",
                         options->person,
                         "The person's id, or number in a scenario; may be left out if there is "
                         "only one")
            ->type_name("ID");
        add_replicate(*command, options->replicate);
        command->add_option("--seed", options->seed, "Seed, instead of the scenario's")
            ->type_name("S");
        add_setting(*command, options->setting);
        add_language(*command, options->language);
        add_output(*command, options->output, "File for the text");
        command
            ->add_option("--html",
                         options->html,
                         "File for a page with a timeline, in both languages; without -o, the text "
                         "is not written")
            ->type_name("FILE");
        command->callback([this, options] {
            options->words = words_;
            action_ = [options] { return explain(*options); };
        });
    }

    void add_check() {
        auto* const command = cli_.add_subcommand(
            "check", "Decides and compares with what the cases expect; exit 1 on a difference");
        auto const options = std::make_shared<CheckOptions>();
        command->add_option("CASES", options->cases, "Case files")->required();
        add_setting(*command, options->setting);
        add_output(*command, options->output, "File for the differences");
        add_threads(*command, options->threads);
        command->callback([this, options] { action_ = [options] { return check(*options); }; });
    }

    void add_validate() {
        auto* const command = cli_.add_subcommand(
            "validate", "All faults of input files at once: cases, rule sets, data tables");
        auto const options = std::make_shared<ValidateOptions>();
        command->add_option("FILE", options->files, "Files, or folders of data tables");
        command->add_option("--persons", options->persons, "persons.csv of a pair to validate")
            ->type_name("CSV");
        command->add_option("--records", options->records, "records.csv of a pair to validate")
            ->type_name("CSV");
        add_setting(*command, options->setting);
        command->callback([this, options] { action_ = [options] { return validate(*options); }; });
    }

    void add_rules() {
        auto* const command = cli_.add_subcommand("rules", "Rule sets, readably");
        command->require_subcommand(1);
        auto const options = std::make_shared<RulesOptions>();
        auto* const show =
            command->add_subcommand("show", "Every parameter with dates, values and sources");
        auto* const diff =
            command->add_subcommand("diff", "What differs between two rule sets, and from when");
        show->add_option("RULES",
                         options->first,
                         "A shipped id or a file; without it, the shipped ones are listed");
        diff->add_option("A", options->first, "A shipped id or a file")->required();
        diff->add_option("B", options->second, "Another")->required();
        for (auto* const leaf : {show, diff}) {
            leaf->add_option("--data", options->setting.data_folder, "Folder with data tables")
                ->type_name("DIR");
            leaf->add_flag("--json", options->json, "As JSON");
            add_language(*leaf, options->language);
            add_output(*leaf, options->output, "File for the text");
        }
        show->callback([this, options] { action_ = [options] { return rules_show(*options); }; });
        diff->callback([this, options] { action_ = [options] { return rules_diff(*options); }; });
    }

    void add_audit() {
        auto* const command = cli_.add_subcommand(
            "audit",
            "Gaps, open ties, dead criteria, cliffs and short stays that pay in a rule set; exit 1 "
            "with gaps or open ties");
        auto const options = std::make_shared<AuditOptions>();
        command->add_option("RULES", options->rules, "A shipped id or a file")->required();
        command
            ->add_option("--cases",
                         options->cases,
                         "File for the lives that show the findings, which explain and check take")
            ->type_name("FILE");
        command
            ->add_option("--data",
                         options->setting.data_folder,
                         "Folder with data tables that replace the shipped ones")
            ->type_name("DIR");
        command
            ->add_option(
                "--spells", options->spells, "The most spells of a career; fewer are quicker")
            ->check(CLI::Range(1, audit::spells_max))
            ->type_name("N")
            ->capture_default_str();
        command->add_flag("--json", options->json, "As JSON, in both languages");
        add_language(*command, options->language);
        add_output(*command, options->output, "File for the text");
        command->callback(
            [this, options] { action_ = [options] { return app::audit(*options); }; });
    }

    void add_completion() {
        auto* const command =
            cli_.add_subcommand("completion", "Shell completion: source <(pensim completion bash)");
        auto const shell = std::make_shared<std::string>("bash");
        command->add_option("SHELL", *shell, "Shell")
            ->check(CLI::IsMember({"bash", "zsh"}))
            ->capture_default_str();
        command->callback([this, shell] {
            action_ = [this, shell] {
                print_completion(cli_, *shell);
                return static_cast<int>(exit_done);
            };
        });
    }

    CLI::App cli_;
    std::vector<std::string> words_;
    std::function<int()> action_;
};

} // namespace

int run_command_line(int argc, char** argv) {
    try {
        return CommandLine().run(argc, argv);
    } catch (WrongInput const& wrong) {
        print_problems(wrong.problems());
        return exit_wrong_input;
    } catch (input::Interrupted const&) {
        fmt::print(stderr, "interrupted; nothing was written\n");
        return exit_interrupted;
    } catch (input::MachineFault const& fault) {
        fmt::print(stderr, "pensim: {}\n", fault.what());
        return exit_machine;
    } catch (MoneyOverflow const& overflow) {
        fmt::print(stderr, "pensim: {}; expected fewer persons, or lower wages\n", overflow.what());
        return exit_wrong_input;
    } catch (std::bad_alloc const&) {
        fmt::print(stderr, "pensim: out of memory\n");
        return exit_machine;
    } catch (std::exception const& bug) {
        fmt::print(stderr, "pensim: this is a bug of the program: {}\n", bug.what());
        return exit_machine;
    }
}

} // namespace pensim::app

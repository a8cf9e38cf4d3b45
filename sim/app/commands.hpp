// The commands of the program (contract 5). Each gives an exit status, and throws WrongInput or
// MachineFault.
#pragma once

#include <string>
#include <vector>

#include "sim/app/console.hpp"
#include "sim/audit/career.hpp"
#include "sim/job/scenario_setup.hpp"

namespace pensim::app {

struct DecideOptions {
    Setting setting;
    std::string cases;   ///< a JSON file; or
    std::string persons; ///< two CSV files
    std::string records;
    std::string output; ///< a file (JSON) or a new folder (CSV)
    bool keep_columns = false;
    int threads = 0;
};
int decide(DecideOptions const& options);

struct ExplainOptions {
    Setting setting;
    std::string cases;
    std::string person;
    std::uint32_t replicate = 0; ///< of a scenario
    std::string seed;            ///< of a scenario
    std::string language = "en";
    std::string output;             ///< a file for the text
    std::string html;               ///< a file for the page
    std::vector<std::string> words; ///< of the command line
};
int explain(ExplainOptions const& options);

struct CheckOptions {
    Setting setting;
    std::vector<std::string> cases;
    std::string output;
    int threads = 0;
};
int check(CheckOptions const& options);

struct RulesOptions {
    Setting setting;
    std::string first;
    std::string second; ///< diff only
    std::string language = "en";
    bool json = false;
    std::string output;
};
int rules_show(RulesOptions const& options);
int rules_diff(RulesOptions const& options);

struct AuditOptions {
    Setting setting;
    std::string rules;
    std::string cases;              ///< a file for the witnesses
    int spells = audit::spells_max; ///< of a career, at most
    std::string language = "en";
    bool json = false;
    std::string output;
};
int audit(AuditOptions const& options);

struct ValidateOptions {
    Setting setting;
    std::vector<std::string> files;
    std::string persons; ///< two CSV files
    std::string records;
    int threads = 0;
};
int validate(ValidateOptions const& options);

/// The exit status that the exception that is being handled means.
[[nodiscard]] int failure_status();
/// Tells of that exception; `who` had it. The same exit status.
[[nodiscard]] int tell_failure(std::string const& who);

struct RunCommandOptions {
    ScenarioSetting scenario;
    std::string output; ///< a new folder
    std::string until;  ///< stop at this precision
    bool microdata = false;
    bool no_report = false;          ///< neither report.html nor results.xlsx
    std::int64_t suppress_below = 0; ///< hides smaller numbers of people
    std::vector<int> graph_years;    ///< whose networks are wanted as files
    bool resume = false;             ///< go on with what was finished before
    double save_every = 15;          ///< seconds between files of finished work
    std::vector<std::string> words;  ///< of the command line
    std::string language = "en";
};
int run(RunCommandOptions const& options);

struct CompareOptions {
    ScenarioSetting scenario;
    std::string other;              ///< a second scenario, instead of rules
    std::vector<std::string> rules; ///< the baseline's, then the reforms'; one alone: a reform
    std::string output;             ///< a new folder
    std::vector<std::string> words; ///< of the command line
    std::size_t witnesses = 1;      ///< of each kind of change
    bool fail_on_change = false;
    bool no_report = false; ///< neither report.html nor results.xlsx
    std::string language = "en";
};
int compare(CompareOptions const& options);

struct SweepOptions {
    ScenarioSetting scenario;
    std::vector<std::string> settings; ///< PARAMETER=from:to:step, one or two
    std::vector<std::string> words;    ///< of the command line
    std::string from;                  ///< the month from which the values hold; empty: always
    std::string output;                ///< a new folder
    bool no_report = false;            ///< neither report.html nor results.xlsx
    std::string language = "en";
};
int sweep(SweepOptions const& options);

struct SampleOptions {
    ScenarioSetting scenario;
    std::uint64_t persons = 10;
    std::uint64_t first = 0;
    std::uint32_t replicate = 0;
    std::string output;        ///< a file
    std::string tables_folder; ///< a new folder for the tables of a fictitious country
};
int sample(SampleOptions const& options);

struct WhoOptions {
    ScenarioSetting scenario;
    std::optional<int> year;
    std::string from;
    std::string to;
    std::string kind;
    std::uint32_t replicate = 0;
    std::size_t limit = 20;
    std::string output;
};
int who(WhoOptions const& options);

struct VerifyOptions {
    std::string folder;
    int threads = 0;
};
int verify(VerifyOptions const& options);

/// Reads the command line, runs the command and turns failures into an exit status.
int run_command_line(int argc, char** argv);

} // namespace pensim::app

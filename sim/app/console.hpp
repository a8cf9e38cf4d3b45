// What commands share: where results and faults go, and what their exit status means (contract 5).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/basis/problem.hpp"
#include "sim/cases/decide_case.hpp"
#include "sim/data/tables.hpp"
#include "sim/report/text_grid.hpp"

namespace pensim::app {

enum ExitStatus : int {
    exit_done = 0,
    exit_found = 1, ///< check found a difference
    exit_wrong_input = 2,
    exit_machine = 3, ///< disk full, file not writable
    exit_interrupted = 130,
};

/// Wrong input: every problem at once. Commands throw it; main prints it and exits with 2.
class WrongInput {
  public:
    explicit WrongInput(Problems problems) : problems_(std::move(problems)) {}
    WrongInput(std::string where, std::string what)
        : problems_{{std::move(where), std::move(what)}} {}
    [[nodiscard]] Problems const& problems() const { return problems_; }

  private:
    Problems problems_;
};

/// "file: /persons/0": the place of a problem, in its file.
[[nodiscard]] std::string place_in(std::string_view file, std::string const& where);

/// The value, or WrongInput with its problems; `file` goes before each place when given.
template <class T>
T value_or_throw(Result<T> result, std::string_view file = {}) {
    if (result) {
        return std::move(*result);
    }
    for (Problem& problem : result.error()) {
        problem.where = place_in(file, problem.where);
    }
    throw WrongInput(std::move(result.error()));
}

/// Colour where standard output is a terminal, unless NO_COLOR (no-color.org) or TERM=dumb says no.
[[nodiscard]] report::Ink terminal_ink();

/// One line a problem on standard error, with the file before each place when given.
void print_problems(Problems const& problems, std::string_view file = {});

/// The words of a command as a shell reads them back.
[[nodiscard]] std::string shell_line(std::vector<std::string> const& words);

/// Results: standard output, or a file that appears whole when finish() is called.
class Results {
  public:
    explicit Results(std::string path) : path_(std::move(path)) {}
    void write(std::string_view text);
    /// Whole lines for people: without what would steer a terminal.
    void tell(std::string_view lines) { write(report::printable_lines(lines)); }
    void finish();

  private:
    std::string path_; ///< empty: standard output
    std::string text_;
};

/// Data tables and a rule set, loaded as the options say.
struct Setting {
    std::string data_folder; ///< empty: the shipped tables
    std::string rules;       ///< empty: what the input is meant for, else "law"
};
[[nodiscard]] data::Tables load_tables(Setting const& setting);
/// A name of a rule set, and where its files stand.
struct RulesName {
    std::string name;
    std::string folder; ///< empty: where we are
};
[[nodiscard]] law::RuleBook load_rules(RulesName const& rules, data::Tables const& tables);

/// A case file with its text's faults reported as of `path`. A shipped one ("cases/order-41") is
/// known by name.
[[nodiscard]] cases::CaseFile load_cases(std::string const& path, data::Tables const& tables);

/// Which rule set decides: the option, what the file is meant for, or "law". A file of rules that a
/// case file names is looked for beside it.
[[nodiscard]] RulesName
rules_for(Setting const& setting, std::string const& path, cases::CaseFile const& file);

/// Threads to use: what was asked for, or all cores.
[[nodiscard]] int thread_count(int asked);

} // namespace pensim::app

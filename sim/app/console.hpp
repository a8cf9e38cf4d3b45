// What commands share: where results and faults go, and what their exit status means (contract 5).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/basis/problem.hpp"
#include "sim/cases/decide_case.hpp"
#include "sim/job/law_setup.hpp"
#include "sim/job/scenario_setup.hpp"
#include "sim/job/thread_limit.hpp"
#include "sim/job/wrong_input.hpp"
#include "sim/report/text_grid.hpp"

namespace pensim::app {

enum ExitStatus : int {
    exit_done = 0,
    exit_found = 1, ///< check found a difference
    exit_wrong_input = 2,
    exit_machine = 3, ///< disk full, file not writable
    exit_interrupted = 130,
};

using job::load_cases;
using job::load_rules;
using job::load_tables;
using job::place_in;
using job::rules_for;
using job::RulesName;
using job::ScenarioSetting;
using job::Setting;
using job::thread_count;
using job::ThreadLimit;
using job::value_or_throw;
using job::WrongInput;

/// Colour where standard output is a terminal, unless NO_COLOR (no-color.org) or TERM=dumb says no.
[[nodiscard]] report::Ink terminal_ink();

/// One line a problem on standard error, with the file before each place when given.
void print_problems(Problems const& problems, std::string_view file = {});

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

} // namespace pensim::app

// What compare and sweep share: a plan run and the folder that its
// tables go to.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sim/input/output_folder.hpp"
#include "sim/input/progress.hpp"
#include "sim/reform/comparison.hpp"
#include "sim/report/presentation.hpp"

namespace pensim::job {

struct RanPlan {
    reform::Comparison comparison;
    report::RunClock clock;
};
/// Throws input::Interrupted, MoneyOverflow.
[[nodiscard]] RanPlan
run_plan(reform::ComparisonPlan& plan, int threads, input::OnProgress const& progressed);

/// Opened before a long run, so that it does not fail after it. Nothing for an empty path. Throws
/// input::MachineFault.
[[nodiscard]] std::unique_ptr<input::OutputFolder> open_folder(std::string const& path);

struct ComparisonFiles {
    std::vector<std::string> words; ///< of the command line
    std::string data_folder;
    std::vector<std::pair<std::string, std::string>> files; ///< beside the tables: name, text
};
/// Tables as CSV, the files, manifest.json. Gives what a report says of them. Throws
/// input::MachineFault.
[[nodiscard]] report::Origin write_files(input::OutputFolder& out,
                                         ComparisonFiles const& more,
                                         reform::ComparisonPlan const& plan,
                                         std::vector<report::Table> const& tables,
                                         report::RunClock const& clock);

} // namespace pensim::job

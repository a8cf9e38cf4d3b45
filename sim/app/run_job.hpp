// A run of a scenario with progress on standard error, into a folder or for its tables' digests.
#pragma once

#include <string>
#include <vector>

#include "sim/app/scenario_setup.hpp"
#include "sim/input/output_folder.hpp"
#include "sim/report/manifest.hpp"
#include "sim/report/run_scenario.hpp"

namespace pensim::app {

struct JobOptions {
    std::string until; ///< a precision; empty: none
    bool microdata = false;
    std::int64_t suppress_below = 0; ///< the simulation's watch must count people behind amounts
    bool tables = true;              ///< all of them, not only what a summary needs
    std::vector<int> graph_years;    ///< whose networks are wanted as files
    int threads = 0;
    std::string data_folder;
};

struct JobResult {
    report::RunOutcome outcome;
    std::vector<report::Table> tables;
    std::vector<report::TableDigest> digests; ///< of every file but the manifest
    report::ManifestFacts facts;
};

/// Runs; writes tables and manifest into `folder` when not null, without finishing it. Throws
/// WrongInput, input::Interrupted, input::MachineFault.
[[nodiscard]] JobResult run_job(scenario::Simulation const& simulation,
                                JobOptions const& options,
                                input::OutputFolder* folder);

} // namespace pensim::app

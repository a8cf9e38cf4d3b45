// A run of a scenario: as asked for, made ready, run into a folder or kept in memory.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/input/output_folder.hpp"
#include "sim/input/progress.hpp"
#include "sim/job/scenario_setup.hpp"
#include "sim/job/thread_limit.hpp"
#include "sim/ranks/ranks.hpp"
#include "sim/report/presentation.hpp"
#include "sim/report/run_scenario.hpp"
#include "sim/resume/saved_run.hpp"

namespace pensim::job {

struct RunAsked {
    ScenarioSetting scenario;
    std::string until; ///< stop at this precision
    bool microdata = false;
    std::int64_t suppress_below = 0; ///< hides smaller numbers of people
    std::vector<int> graph_years;    ///< whose networks are wanted as files
    bool files = false;              ///< all tables are wanted, not only a summary
};
/// What contradicts itself before anything is loaded.
[[nodiscard]] Problems problems_of(RunAsked const& asked);
/// Ready to run as asked. Throws WrongInput.
[[nodiscard]] std::unique_ptr<scenario::Simulation> load_simulation(RunAsked const& asked,
                                                                    ThreadLimit& threads);

struct JobOptions {
    std::string until; ///< a precision; empty: none
    bool microdata = false;
    bool keep_people = false;        ///< of microdata: in the result
    std::int64_t suppress_below = 0; ///< the simulation's watch must count people behind amounts
    bool tables = true;              ///< all of them, not only what a summary needs
    std::vector<int> graph_years;    ///< whose networks are wanted as files
    int threads = 0;
    std::string data_folder;
    ranks::Ranks* ranks = nullptr; ///< who runs the people together; null: this process, at once
    resume::SavedRun* saved = nullptr; ///< where ranks keep finished work, or null
};
[[nodiscard]] JobOptions
job_of(RunAsked const& asked, scenario::Simulation const& simulation, ThreadLimit const& threads);

/// Microdata in memory.
struct KeptPeople {
    report::Table table;
    std::string packed; ///< people.csv.gz
};

struct JobResult {
    report::RunOutcome outcome;
    std::vector<report::Table> tables;
    std::vector<report::TableDigest> digests; ///< of every file but the manifest
    report::ManifestFacts facts;
    std::optional<KeptPeople> people;
};

/// All that decides the results, as JSON.
[[nodiscard]] std::string identity_of(scenario::Simulation const& simulation,
                                      JobOptions const& options);

/// Runs; writes tables and manifest into `folder` when not null, without finishing it. The result
/// is the first rank's; the others have none of their own. Throws WrongInput, input::Interrupted,
/// input::MachineFault.
[[nodiscard]] JobResult run_job(scenario::Simulation const& simulation,
                                JobOptions const& options,
                                input::OutputFolder* folder,
                                input::OnProgress const& progressed);

/// What run_job writes into a folder, of a result that was kept. Throws input::MachineFault.
void write_tables(input::OutputFolder& folder,
                  scenario::Simulation const& simulation,
                  JobOptions const& options,
                  JobResult const& result);
[[nodiscard]] std::string manifest_of(scenario::Simulation const& simulation,
                                      JobResult const& result);
/// `words`: of the command line.
[[nodiscard]] report::Presentation presentation_of(scenario::Simulation const& simulation,
                                                   JobResult const& result,
                                                   std::vector<std::string> const& words);

} // namespace pensim::job

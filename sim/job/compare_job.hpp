// A comparison or a sweep: as asked for, made ready, its folder written.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/job/comparison_job.hpp"
#include "sim/job/scenario_setup.hpp"
#include "sim/job/thread_limit.hpp"
#include "sim/reform/reform_set.hpp"
#include "sim/reform/sweep.hpp"
#include "sim/reform/witnesses.hpp"

namespace pensim::job {

struct CompareAsked {
    ScenarioSetting scenario;
    std::string other;      ///< a second scenario, instead of rules
    std::string other_text; ///< when not empty: of a file that is called `other`
    std::vector<scenario::RulesChoice>
        rules;                 ///< the baseline's, then the reforms'; one alone: a reform
    std::size_t witnesses = 1; ///< of each kind of change
};
/// What contradicts itself before anything is loaded.
[[nodiscard]] Problems problems_of(CompareAsked const& asked);

/// Everything that a comparison refers to.
struct Comparing {
    std::unique_ptr<scenario::Simulation> simulation;
    std::unique_ptr<scenario::Simulation> other; ///< null, or the second scenario
    reform::ReformSet reforms;
    reform::ComparisonPlan plan;
};
/// Throws WrongInput.
[[nodiscard]] Comparing prepare_comparison(CompareAsked const& asked, ThreadLimit& threads);

/// `report`: with report.html and results.xlsx. Throws input::MachineFault.
void write_comparison(input::OutputFolder& folder,
                      Comparing const& comparing,
                      RanPlan const& ran,
                      reform::Witnesses const& witnesses,
                      ComparisonFiles files,
                      report::SummaryLanguage language,
                      bool report);

struct SweepAsked {
    ScenarioSetting scenario;
    std::vector<std::string> settings; ///< PARAMETER=from:to:step, one or two
    std::string from;                  ///< the month from which the values hold; empty: always
};
/// What the words of it say.
struct SweepRange {
    std::vector<reform::SweepAxis> axes;
    std::optional<YearMonth> from;
};
/// Problems: what cannot be read, before anything is loaded.
[[nodiscard]] SweepRange range_of(SweepAsked const& asked, Problems& problems);

struct Sweeping {
    std::unique_ptr<scenario::Simulation> simulation;
    reform::Sweep sweep;
    reform::ComparisonPlan plan;
};
/// Throws WrongInput.
[[nodiscard]] Sweeping
prepare_sweep(SweepAsked const& asked, SweepRange range, ThreadLimit& threads);

/// `report`: with report.html and results.xlsx. Throws input::MachineFault.
void write_sweep(input::OutputFolder& folder,
                 Sweeping const& sweeping,
                 RanPlan const& ran,
                 ComparisonFiles const& files,
                 report::SummaryLanguage language,
                 bool report);

} // namespace pensim::job

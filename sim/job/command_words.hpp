// The command line that does what a job was asked for elsewhere.
#pragma once

#include <string>
#include <vector>

#include "sim/job/compare_job.hpp"
#include "sim/job/explain_job.hpp"
#include "sim/job/run_job.hpp"

namespace pensim::job {

/// "pensim", "run", "hmt", "--persons", "1000"
[[nodiscard]] std::vector<std::string> words_of(RunAsked const& asked);
[[nodiscard]] std::vector<std::string> words_of(CompareAsked const& asked);
[[nodiscard]] std::vector<std::string> words_of(SweepAsked const& asked);
[[nodiscard]] std::vector<std::string> words_of(ExplainAsked const& asked);

} // namespace pensim::job

// The network of flows as files for other programs: GraphML and DOT.
#pragma once

#include <string>
#include <vector>

#include "sim/report/run_results.hpp"

namespace pensim::report {

struct TextFile {
    std::string name;
    std::string text;
};

/// network.graphml and network.dot of all years together, then network-<year>.graphml and .dot of
/// each year asked for, whether anything flows in it or not.
[[nodiscard]] std::vector<TextFile> network_files(RunResults const& results,
                                                  scenario::Simulation const& simulation,
                                                  std::vector<int> const& years);

} // namespace pensim::report

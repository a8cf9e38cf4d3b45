// The network of one period as a file for other programs: GraphML (Gephi, networkx, igraph, yEd)
// and DOT (Graphviz).
//
// Both are UTF-8. Names of areas may hold anything: what is no UTF-8 or a control character other
// than a line feed or tab (XML 1.0 has no way to write most of them) is shown as U+FFFD, all else
// is escaped.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "core/area/area_table.hpp"
#include "sim/network/centrality.hpp"
#include "sim/network/flow_graph.hpp"
#include "sim/network/groups.hpp"

namespace pensim::network {

/// What the files tell of a network.
struct Portrait {
    FlowGraph graph;
    Groups groups; ///< strongly connected
    Centrality centrality;
};
/// Of all flows given: those of one year, or of all.
[[nodiscard]] Portrait portrait_of(std::span<Flow const> flows);

struct FileTerms {
    std::string title;            ///< "hmt 2031"
    double weight = 1;            ///< people that a simulated life stands for
    std::uint32_t replicates = 1; ///< that the flows are summed over
};

/// Every area and link with exact figures of the simulated lives: yuan as decimals with two places,
/// people whole. The graph's own data are title, weight and replicates.
[[nodiscard]] std::string
graphml_of(Portrait const& portrait, AreaTable const& areas, FileTerms const& terms);

/// For `neato` or `dot`: the mean of the replicates times the weight, rounded for reading. Pens are
/// as wide as the amounts; links below a hundredth of the total are thin and have no label.
[[nodiscard]] std::string
dot_of(Portrait const& portrait, AreaTable const& areas, FileTerms const& terms);

} // namespace pensim::network

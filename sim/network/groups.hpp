// Which areas of a network hang together.
#pragma once

#include <cstddef>
#include <vector>

#include "sim/network/flow_graph.hpp"

namespace pensim::network {

struct Groups {
    /// By node: the number of its group, from 1 in the order of each group's first area.
    std::vector<std::size_t> of;
    std::vector<std::size_t> sizes;            ///< nodes of group 1, 2 ...
    [[nodiscard]] std::size_t largest() const; ///< nodes of the largest; 0 without nodes
};

/// Strongly connected: along links each area of a group reaches every other and is reached by it
/// (R. Tarjan 1972). Money can run in circles within a group only.
[[nodiscard]] Groups strong_groups(FlowGraph const& graph);

/// Weakly connected: links count in both directions. Each group settles by itself.
[[nodiscard]] Groups weak_groups(FlowGraph const& graph);

} // namespace pensim::network

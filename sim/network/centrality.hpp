// Which areas the money of a network comes by.
//
// Numbers are doubles, summed in the order of areas and links: the same on every run and with any
// number of threads.
#pragma once

#include <vector>

#include "sim/network/flow_graph.hpp"

namespace pensim::network {

struct Centrality {
    /// By node, sums to 1: where a yuan is found that follows the flows, each link by its share of
    /// what its area sends, and starts anew in any area with probability 0.15 at every step
    /// (PageRank: S. Brin, L. Page, "The anatomy of a large-scale hypertextual web search engine",
    /// Computer Networks 30, 1998). From an area that sends nothing it goes on anywhere.
    std::vector<double> rank;
    /// By node, 0 to 1: on how many shortest ways between two others it lies, of (n - 1)(n - 2);
    /// of several shortest ways each counts in part. A link is as long as 1 / amount, so much money
    /// makes areas near; links without money are no way (U. Brandes, "A faster algorithm for
    /// betweenness centrality", Journal of Mathematical Sociology 25(2), 2001). 0 below three
    /// nodes.
    std::vector<double> betweenness;
};

[[nodiscard]] Centrality centrality_of(FlowGraph const& graph);

} // namespace pensim::network

#include "sim/network/centrality.hpp"

#include <cmath>
#include <utility>

#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/property_map/property_map.hpp>

namespace pensim::network {

namespace {

constexpr double damping = 0.85;
/// Far below the six decimals that are shown. Each step leaves at most 0.85 of the last change.
constexpr double rank_tolerance = 1e-13;
constexpr int rank_steps_max = 1000;

std::vector<double> ranks_of(FlowGraph const& graph) {
    std::size_t const count = graph.nodes.size();
    auto const n = static_cast<double>(count);
    std::vector<double> rank(count, 1 / n);
    double change = count == 0 ? 0 : 1;
    for (int step = 0; change > rank_tolerance; ++step) {
        PENSIM_ENSURE(step < rank_steps_max);
        double stranded = 0;
        for (std::size_t i = 0; i < count; ++i) {
            stranded += graph.nodes[i].sent == Fen(0) ? rank[i] : 0;
        }
        std::vector<double> next(count, (1 - damping + damping * stranded) / n);
        for (Link const& link : graph.links) {
            if (link.amount > Fen(0)) {
                auto const sent = static_cast<double>(graph.nodes[link.from].sent.count());
                next[link.to] +=
                    damping * rank[link.from] * (static_cast<double>(link.amount.count()) / sent);
            }
        }
        change = 0;
        for (std::size_t i = 0; i < count; ++i) {
            change += std::abs(next[i] - rank[i]);
        }
        rank.swap(next);
    }
    return rank;
}

struct Road {
    double length = 0;
};
using Roads = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, Road>;

std::vector<double> betweenness_of(FlowGraph const& graph) {
    std::size_t const count = graph.nodes.size();
    std::vector<double> betweenness(count, 0);
    if (count < 3) {
        return betweenness;
    }
    std::vector<std::pair<std::size_t, std::size_t>> ends;
    std::vector<Road> lengths;
    for (Link const& link : graph.links) {
        if (link.amount > Fen(0)) {
            ends.emplace_back(link.from, link.to);
            lengths.push_back({1 / static_cast<double>(link.amount.count())});
        }
    }
    Roads const roads(
        boost::edges_are_sorted, ends.begin(), ends.end(), lengths.begin(), count, ends.size());
    boost::brandes_betweenness_centrality(
        roads,
        boost::centrality_map(boost::make_iterator_property_map(
                                  betweenness.begin(), boost::get(boost::vertex_index, roads)))
            .weight_map(boost::get(&Road::length, roads))
            .vertex_index_map(boost::get(boost::vertex_index, roads)));
    auto const n = static_cast<double>(count);
    for (double& value : betweenness) {
        value /= (n - 1) * (n - 2);
    }
    return betweenness;
}

} // namespace

Centrality centrality_of(FlowGraph const& graph) {
    return {.rank = ranks_of(graph), .betweenness = betweenness_of(graph)};
}

} // namespace pensim::network

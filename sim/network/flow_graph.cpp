#include "sim/network/flow_graph.hpp"

#include <algorithm>
#include <utility>

namespace pensim::network {

namespace {

void add(std::int64_t& sum, std::int64_t value) {
    if (__builtin_add_overflow(sum, value, &sum)) {
        throw_money_overflow();
    }
}

/// The areas at the ends of the flows, each once, rising.
std::vector<Node> nodes_of(std::span<Flow const> flows) {
    std::vector<AreaId> areas;
    areas.reserve(2 * flows.size());
    for (Flow const& flow : flows) {
        areas.push_back(flow.from);
        areas.push_back(flow.to);
    }
    std::sort(areas.begin(), areas.end());
    areas.erase(std::unique(areas.begin(), areas.end()), areas.end());
    std::vector<Node> nodes;
    nodes.reserve(areas.size());
    for (AreaId const area : areas) {
        nodes.push_back({.area = area});
    }
    return nodes;
}

std::size_t place_of(AreaId area, std::vector<Node> const& nodes) {
    auto const place = std::lower_bound(
        nodes.begin(), nodes.end(), area, [](Node const& n, AreaId a) { return n.area < a; });
    return static_cast<std::size_t>(place - nodes.begin());
}

std::pair<AreaId, AreaId> pair_of(Flow const& flow) {
    return {flow.from, flow.to};
}

} // namespace

FlowGraph graph_of(std::span<Flow const> flows) {
    for (Flow const& flow : flows) {
        PENSIM_EXPECT(flow.from != flow.to);
        PENSIM_EXPECT(flow.people >= 0 && flow.account >= Fen(0) && flow.pooled >= Fen(0));
    }
    std::vector<Flow> sorted(flows.begin(), flows.end());
    std::sort(sorted.begin(), sorted.end(), [](Flow const& a, Flow const& b) {
        return pair_of(a) < pair_of(b);
    });
    FlowGraph graph{.nodes = nodes_of(flows), .links = {}, .gross = {}};
    for (auto flow = sorted.begin(); flow != sorted.end();) {
        auto const pair = pair_of(*flow);
        Link link{.from = place_of(pair.first, graph.nodes),
                  .to = place_of(pair.second, graph.nodes)};
        for (; flow != sorted.end() && pair_of(*flow) == pair; ++flow) {
            add(link.people, flow->people);
            link.account += flow->account;
            link.pooled += flow->pooled;
        }
        link.amount = link.account + link.pooled;
        graph.links.push_back(link);
    }
    for (Link const& link : graph.links) {
        graph.gross += link.amount;
        Node& from = graph.nodes[link.from];
        Node& to = graph.nodes[link.to];
        from.sent += link.amount;
        to.received += link.amount;
        ++from.links_out;
        ++to.links_in;
    }
    Wide nets = 0;
    for (Node& node : graph.nodes) {
        node.net = node.received - node.sent;
        nets += node.net.count();
    }
    PENSIM_ENSURE(nets == 0);
    return graph;
}

std::vector<YearGraph> yearly_graphs(std::span<Flow const> flows) {
    std::vector<Flow> sorted(flows.begin(), flows.end());
    std::stable_sort(
        sorted.begin(), sorted.end(), [](Flow const& a, Flow const& b) { return a.year < b.year; });
    std::vector<YearGraph> graphs;
    for (auto first = sorted.begin(); first != sorted.end();) {
        auto const last = std::find_if(
            first, sorted.end(), [&](Flow const& flow) { return flow.year != first->year; });
        graphs.push_back({first->year, graph_of({first, last})});
        first = last;
    }
    return graphs;
}

} // namespace pensim::network

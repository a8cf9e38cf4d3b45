#include "sim/network/groups.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "tests/sim/network/networks.hpp"

namespace pensim::network {
namespace {

using Numbers = std::vector<std::size_t>;

TEST_CASE("groups are numbered by their first area") {
    // 0 -> 3 <-> 1 -> 2, and 5 <-> 4 apart.
    std::vector<Flow> const flows{
        flow(0, 3, 1), flow(3, 1, 1), flow(1, 3, 1), flow(1, 2, 1), flow(5, 4, 1), flow(4, 5, 1)};
    FlowGraph const graph = graph_of(flows);
    Groups const strong = strong_groups(graph);
    CHECK(strong.of == Numbers{1, 2, 3, 2, 4, 4});
    CHECK(strong.sizes == Numbers{1, 2, 1, 2});
    CHECK(strong.largest() == 2);
    Groups const weak = weak_groups(graph);
    CHECK(weak.of == Numbers{1, 1, 1, 1, 2, 2});
    CHECK(weak.sizes == Numbers{4, 2});
    CHECK(weak.largest() == 4);
}

TEST_CASE("no areas, no groups") {
    CHECK(strong_groups({}).of.empty());
    CHECK(strong_groups({}).largest() == 0);
    CHECK(weak_groups({}).largest() == 0);
}

/// Who reaches whom, by trying every area in between (S. Warshall 1962).
std::vector<std::vector<bool>> reach_of(FlowGraph const& graph, bool both_ways) {
    std::size_t const count = graph.nodes.size();
    std::vector<std::vector<bool>> reach(count, std::vector<bool>(count, false));
    for (std::size_t i = 0; i < count; ++i) {
        reach[i][i] = true;
    }
    for (Link const& link : graph.links) {
        reach[link.from][link.to] = true;
        reach[link.to][link.from] = reach[link.to][link.from] || both_ways;
    }
    for (std::size_t via = 0; via < count; ++via) {
        for (std::size_t a = 0; a < count; ++a) {
            for (std::size_t b = 0; b < count; ++b) {
                reach[a][b] = reach[a][b] || (reach[a][via] && reach[via][b]);
            }
        }
    }
    return reach;
}

TEST_CASE("areas are in one group where each reaches the other") {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        CAPTURE(seed);
        std::mt19937_64 random(seed);
        auto const graph = graph_of(drawn_flows(random, {.areas = 12, .flows = 15}));
        for (bool const weak : {false, true}) {
            Groups const groups = weak ? weak_groups(graph) : strong_groups(graph);
            auto const reach = reach_of(graph, weak);
            std::size_t known = 0;
            for (std::size_t a = 0; a < graph.nodes.size(); ++a) {
                for (std::size_t b = 0; b < graph.nodes.size(); ++b) {
                    CHECK((groups.of[a] == groups.of[b]) == (reach[a][b] && reach[b][a]));
                }
                CHECK(groups.of[a] <= known + 1);
                known = std::max(known, groups.of[a]);
            }
            CHECK(groups.sizes.size() == known);
        }
    }
}

} // namespace
} // namespace pensim::network

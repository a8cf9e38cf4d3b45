#include "sim/network/centrality.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include <doctest/doctest.h>

#include "tests/sim/network/networks.hpp"

namespace pensim::network {
namespace {

using doctest::Approx;

Centrality centrality(std::vector<Flow> const& flows) {
    return centrality_of(graph_of(flows));
}

TEST_CASE("no areas") {
    CHECK(centrality({}).rank.empty());
    CHECK(centrality({}).betweenness.empty());
}

TEST_CASE("rank: two areas, one of which sends nothing") {
    // r0 = 0.15 / 2 + 0.85 r1 / 2 and r1 = the same + 0.85 r0, so r0 = 20 / 57.
    auto const rank = centrality({flow(0, 1, 5)}).rank;
    REQUIRE(rank.size() == 2);
    CHECK(rank[0] == Approx(20.0 / 57).epsilon(1e-12));
    CHECK(rank[1] == Approx(37.0 / 57).epsilon(1e-12));
}

TEST_CASE("rank: even in a circle, whatever the amounts") {
    for (double const rank : centrality({flow(0, 1, 5), flow(1, 2, 7), flow(2, 0, 900)}).rank) {
        CHECK(rank == Approx(1.0 / 3).epsilon(1e-12));
    }
}

TEST_CASE("rank: goes by amounts") {
    // 0 sends three quarters to 1 and one to 2; both send all back.
    // r0 = 0.05 + 0.85 (1 - r0), r1 = 0.05 + 0.85 * 3/4 r0.
    auto const rank =
        centrality({flow(0, 1, 75), flow(0, 2, 25), flow(1, 0, 1), flow(2, 0, 1)}).rank;
    double const zero = 0.9 / 1.85;
    CHECK(rank[0] == Approx(zero).epsilon(1e-12));
    CHECK(rank[1] == Approx(0.05 + 0.6375 * zero).epsilon(1e-12));
    CHECK(rank[2] == Approx(0.05 + 0.2125 * zero).epsilon(1e-12));
}

TEST_CASE("rank: people without money carry nothing on") {
    auto const rank = centrality({flow(0, 1, 0), flow(1, 0, 0), flow(2, 1, 0)}).rank;
    CHECK(rank == std::vector<double>(3, rank[0]));
    CHECK(rank[0] == Approx(1.0 / 3));
}

TEST_CASE("betweenness: all that passes through the middle") {
    // 1 > 0 > 2 and back: the two ways between 1 and 2, of (3 - 1)(3 - 2).
    auto const both = centrality({flow(1, 0, 5), flow(0, 2, 5), flow(2, 0, 1), flow(0, 1, 1)});
    CHECK(both.betweenness == std::vector<double>{1, 0, 0});
    auto const one_way = centrality({flow(1, 0, 5), flow(0, 2, 5)});
    CHECK(one_way.betweenness == std::vector<double>{0.5, 0, 0});
}

TEST_CASE("betweenness: much money makes areas near") {
    // Straight 0 > 2 is as long as 1/10; by way of 1 it is 1/40 + 1/40.
    std::vector<Flow> const wide{flow(0, 2, 10), flow(0, 1, 40), flow(1, 2, 40)};
    CHECK(centrality(wide).betweenness == std::vector<double>{0, 0.5, 0});
    std::vector<Flow> const narrow{flow(0, 2, 30), flow(0, 1, 40), flow(1, 2, 40)};
    CHECK(centrality(narrow).betweenness == std::vector<double>{0, 0, 0});
}

TEST_CASE("betweenness: two ways of one length count half each") {
    // 0 > 1 > 3 and 0 > 2 > 3; four areas, so of 6.
    std::vector<Flow> const flows{flow(0, 1, 8), flow(1, 3, 8), flow(0, 2, 8), flow(2, 3, 8)};
    auto const between = centrality(flows).betweenness;
    CHECK(between[0] == 0);
    CHECK(between[1] == Approx(0.5 / 6));
    CHECK(between[2] == Approx(0.5 / 6));
    CHECK(between[3] == 0);
}

TEST_CASE("betweenness: links without money are no way, and two areas have nothing between") {
    CHECK(centrality({flow(0, 1, 0), flow(1, 2, 0)}).betweenness == std::vector<double>(3, 0));
    CHECK(centrality({flow(0, 1, 4), flow(1, 0, 4)}).betweenness == std::vector<double>(2, 0));
}

/// Betweenness from the definition: ways by length through every area in between (Floyd, Warshall).
/// Amounts are drawn so that no two ways are equally long.
std::vector<double> betweenness_by_tables(FlowGraph const& graph) {
    std::size_t const count = graph.nodes.size();
    double const far = std::numeric_limits<double>::infinity();
    std::vector<std::vector<double>> length(count, std::vector<double>(count, far));
    for (Link const& link : graph.links) {
        if (link.amount > Fen(0)) {
            length[link.from][link.to] = 1 / static_cast<double>(link.amount.count());
        }
    }
    for (std::size_t via = 0; via < count; ++via) {
        for (std::size_t a = 0; a < count; ++a) {
            for (std::size_t b = 0; b < count; ++b) {
                length[a][b] = std::min(length[a][b], length[a][via] + length[via][b]);
            }
        }
    }
    std::vector<double> between(count, 0);
    for (std::size_t via = 0; via < count; ++via) {
        for (std::size_t a = 0; a < count; ++a) {
            for (std::size_t b = 0; b < count; ++b) {
                double const by_way = length[a][via] + length[via][b];
                bool const on_it = a != b && a != via && b != via && length[a][b] < far
                                   && by_way <= length[a][b] * (1 + 1e-9);
                between[via] += on_it ? 1 : 0;
            }
        }
        between[via] /= static_cast<double>((count - 1) * (count - 2));
    }
    return between;
}

TEST_CASE("on drawn networks: ranks sum to 1, betweenness is that of the definition") {
    for (std::uint64_t seed = 1; seed <= 25; ++seed) {
        CAPTURE(seed);
        std::mt19937_64 random(seed);
        auto flows = drawn_flows(random, {.areas = 12, .flows = 50, .fen_max = 1'000'000'000});
        FlowGraph const graph = graph_of(flows);
        Centrality const found = centrality_of(graph);
        CHECK(std::accumulate(found.rank.begin(), found.rank.end(), 0.0) == Approx(1));
        auto const between = betweenness_by_tables(graph);
        for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
            CHECK(found.rank[i] > 0.15 / 12 - 1e-9);
            CHECK(found.betweenness[i] == Approx(between[i]));
        }
        std::shuffle(flows.begin(), flows.end(), random);
        Centrality const again = centrality_of(graph_of(flows));
        CHECK(again.rank == found.rank);
        CHECK(again.betweenness == found.betweenness);
    }
}

} // namespace
} // namespace pensim::network

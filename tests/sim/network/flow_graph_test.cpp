#include "sim/network/flow_graph.hpp"

#include <algorithm>
#include <limits>

#include <doctest/doctest.h>

#include "tests/sim/network/networks.hpp"

namespace pensim::network {
namespace {

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

TEST_CASE("flows of the same pair add up to one link") {
    std::vector<Flow> const flows{
        {2031, AreaId{7}, AreaId{2}, 3, Fen(500), Fen(40)},
        {2030, AreaId{2}, AreaId{7}, 1, Fen(100), Fen(0)},
        {2030, AreaId{7}, AreaId{2}, 2, Fen(1), Fen(2)},
        {2030, AreaId{7}, AreaId{4}, 1, Fen(0), Fen(0)},
    };
    FlowGraph const graph = graph_of(flows);
    REQUIRE(graph.nodes.size() == 3);
    REQUIRE(graph.links.size() == 3);
    CHECK(graph.gross == Fen(643));

    Link const& back = graph.links[1];
    CHECK(graph.nodes[back.from].area == AreaId{7});
    CHECK(graph.nodes[back.to].area == AreaId{2});
    CHECK(back.people == 5);
    CHECK(back.account == Fen(501));
    CHECK(back.pooled == Fen(42));
    CHECK(back.amount == Fen(543));

    Node const& two = graph.nodes[0];
    CHECK(two.area == AreaId{2});
    CHECK(two.sent == Fen(100));
    CHECK(two.received == Fen(543));
    CHECK(two.net == Fen(443));
    CHECK(two.links_out == 1);
    CHECK(two.links_in == 1);
    Node const& four = graph.nodes[1];
    CHECK(four.area == AreaId{4});
    CHECK(four.net == Fen(0));
    CHECK(four.links_in == 1); // people came, without money
    Node const& seven = graph.nodes[2];
    CHECK(seven.net == Fen(-443));
    CHECK(seven.links_out == 2);
}

TEST_CASE("no flows make no network") {
    CHECK(graph_of({}).nodes.empty());
    CHECK(graph_of({}).links.empty());
    CHECK(graph_of({}).gross == Fen(0));
    CHECK(yearly_graphs({}).empty());
}

TEST_CASE("sums agree with the flows, whatever their order") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        std::mt19937_64 random(seed);
        auto flows = drawn_flows(random, {.areas = 9, .flows = 60, .years = 4});
        FlowGraph const graph = graph_of(flows);
        std::int64_t gross = 0;
        std::int64_t people = 0;
        std::int64_t linked_people = 0;
        for (Flow const& one : flows) {
            gross += (one.account + one.pooled).count();
            people += one.people;
        }
        for (Link const& link : graph.links) {
            CHECK(link.amount == link.account + link.pooled);
            linked_people += link.people;
        }
        CHECK(graph.gross == Fen(gross));
        CHECK(linked_people == people);
        auto const nets = nets_of(flows);
        REQUIRE(nets.size() == graph.nodes.size());
        Fen sent;
        Fen net;
        for (Node const& node : graph.nodes) {
            CHECK(node.net.count() == nets.at(node.area));
            sent += node.sent;
            net += node.net;
        }
        CHECK(sent == graph.gross);
        CHECK(net == Fen(0));

        std::shuffle(flows.begin(), flows.end(), random);
        FlowGraph const again = graph_of(flows);
        REQUIRE(again.links.size() == graph.links.size());
        for (std::size_t i = 0; i < graph.links.size(); ++i) {
            CHECK(again.links[i].from == graph.links[i].from);
            CHECK(again.links[i].to == graph.links[i].to);
            CHECK(again.links[i].people == graph.links[i].people);
            CHECK(again.links[i].pooled == graph.links[i].pooled);
            CHECK(again.links[i].amount == graph.links[i].amount);
        }
    }
}

TEST_CASE("every year has its own network") {
    std::vector<Flow> const flows{
        flow(1, 2, 50, 2040), flow(2, 3, 70, 2031), flow(1, 2, 5, 2040), flow(1, 3, 1, 2031)};
    auto const graphs = yearly_graphs(flows);
    REQUIRE(graphs.size() == 2);
    CHECK(graphs[0].year == 2031);
    CHECK(graphs[0].graph.gross == Fen(71));
    CHECK(graphs[0].graph.nodes.size() == 3);
    CHECK(graphs[1].year == 2040);
    CHECK(graphs[1].graph.gross == Fen(55));
    CHECK(graphs[1].graph.nodes.size() == 2);
    CHECK(graphs[1].graph.links.size() == 1);
}

TEST_CASE("sums that leave 64 bits throw") {
    auto const throws = [](std::vector<Flow> const& flows) {
        CHECK_THROWS_AS(static_cast<void>(graph_of(flows)), MoneyOverflow);
    };
    throws({{2030, AreaId{0}, AreaId{1}, 1, Fen(most), Fen(1)}}); // account and pooled
    throws({flow(0, 1, most), flow(0, 1, 1)});                    // one link
    throws({flow(0, 1, most), flow(1, 0, 1)});                    // gross
    throws({{2030, AreaId{0}, AreaId{1}, most, Fen(1), Fen(1)},   // people
            {2030, AreaId{0}, AreaId{1}, 1, Fen(1), Fen(1)}});
    CHECK(graph_of(std::vector{flow(0, 1, most)}).gross == Fen(most));
}

TEST_CASE("flows that cannot be are refused") {
    auto const refuses = [](Flow const& wrong) {
        CHECK_THROWS_AS(static_cast<void>(graph_of(std::vector{wrong})), ContractViolation);
    };
    refuses(flow(3, 3, 10));
    refuses(flow(3, 4, -10));
    refuses({2030, AreaId{0}, AreaId{1}, -1, Fen(1), Fen(1)});
    refuses({2030, AreaId{0}, AreaId{1}, 1, Fen(1), Fen(-1)});
}

} // namespace
} // namespace pensim::network

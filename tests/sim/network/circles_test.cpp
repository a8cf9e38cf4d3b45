#include "sim/network/circles.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "sim/network/settlement.hpp"
#include "tests/sim/network/networks.hpp"

namespace pensim::network {
namespace {

/// "0>1>2:30 0>4:5"
std::string text_of(std::vector<Circle> const& circles) {
    std::string text;
    for (Circle const& circle : circles) {
        text += text.empty() ? "" : " ";
        for (std::size_t i = 0; i < circle.areas.size(); ++i) {
            text += (i == 0 ? "" : ">") + std::to_string(row(circle.areas[i]));
        }
        text += ":" + std::to_string(circle.amount.count());
    }
    return text;
}

TEST_CASE("circles of small networks") {
    struct Case {
        std::string_view why;
        std::vector<Flow> flows;
        std::int64_t total;
        std::string_view circles;
    };
    for (Case const& c : {
             Case{"nothing", {}, 0, ""},
             Case{"a chain", {flow(0, 1, 5), flow(1, 2, 5)}, 0, ""},
             Case{"a triangle", {flow(2, 0, 30), flow(0, 1, 30), flow(1, 2, 30)}, 90, "0>1>2:30"},
             Case{"a triangle with a thin side",
                  {flow(2, 0, 30), flow(0, 1, 7), flow(1, 2, 30)},
                  21,
                  "0>1>2:7"},
             Case{"a triangle the other way round",
                  {flow(0, 2, 4), flow(2, 1, 4), flow(1, 0, 4)},
                  12,
                  "0>2>1:4"},
             Case{"there and back", {flow(3, 8, 9), flow(8, 3, 4)}, 8, "3>8:4"},
             Case{"two circles that share an area",
                  {flow(0, 1, 3), flow(1, 0, 3), flow(1, 2, 5), flow(2, 1, 5)},
                  16,
                  "1>2:5 0>1:3"},
             Case{"two circles that share a link: the longer has more links to leave out",
                  {flow(0, 1, 6), flow(1, 0, 6), flow(1, 2, 6), flow(2, 0, 6)},
                  18,
                  "0>1>2:6"},
             Case{"of circles of one width that cross, the shortest first",
                  {flow(2, 3, 5),
                   flow(3, 2, 5),
                   flow(2, 0, 5),
                   flow(0, 3, 5),
                   flow(3, 1, 5),
                   flow(1, 2, 5)},
                  30,
                  "2>3:5 0>3>1>2:5"},
             Case{"no money", {flow(0, 1, 0), flow(1, 0, 0)}, 0, ""},
         }) {
        CAPTURE(c.why);
        Circulation const found = circulation_of(graph_of(c.flows));
        CHECK(found.total == Fen(c.total));
        CHECK(text_of(found.circles) == c.circles);
    }
}

TEST_CASE("the largest part is not what taking the widest circles first would find") {
    // 0 > 1 > 0 is wider than 0 > 1 > 2 > 3 > 0, and would take all of 0 > 1: 12 in place of 22.
    std::vector<Flow> const flows{
        flow(0, 1, 6), flow(1, 0, 6), flow(1, 2, 5), flow(2, 3, 5), flow(3, 0, 5)};
    Circulation const found = circulation_of(graph_of(flows));
    CHECK(found.total == Fen(22));
    CHECK(text_of(found.circles) == "0>1>2>3:5 0>1:1");
    CHECK(found.share == doctest::Approx(22.0 / 27));
}

TEST_CASE("the share of nothing is no number") {
    CHECK(std::isnan(circulation_of({}).share));
    CHECK(circulation_of(graph_of(std::vector{flow(0, 1, 5)})).share == 0);
}

TEST_CASE("amounts may be as large as they can be counted") {
    std::int64_t const third = std::numeric_limits<std::int64_t>::max() / 3;
    std::vector<Flow> const flows{flow(0, 1, third), flow(1, 2, third), flow(2, 0, third)};
    CHECK(text_of(circulation_of(graph_of(flows)).circles) == "0>1>2:3074457345618258602");
}

/// The links that still flow, from node to node, with amounts.
struct Rest {
    std::size_t from;
    std::size_t to;
    std::int64_t flows;
    std::int64_t circles;
};
std::vector<Rest> rests_of(FlowGraph const& graph, Circulation const& found) {
    REQUIRE(found.by_link.size() == graph.links.size());
    std::vector<Rest> rests;
    for (std::size_t i = 0; i < graph.links.size(); ++i) {
        Link const& link = graph.links[i];
        CHECK(found.by_link[i] >= Fen(0));
        CHECK(found.by_link[i] <= link.amount);
        rests.push_back({link.from,
                         link.to,
                         (link.amount - found.by_link[i]).count(),
                         found.by_link[i].count()});
    }
    return rests;
}

/// Whether links can be put in an order in which each leads on: none leads back.
bool is_acyclic(std::size_t nodes, std::vector<Rest> rests) {
    std::erase_if(rests, [](Rest const& rest) { return rest.flows == 0; });
    for (std::size_t round = 0; round < nodes; ++round) {
        std::set<std::size_t> entered;
        for (Rest const& rest : rests) {
            entered.insert(rest.to);
        }
        std::erase_if(rests, [&](Rest const& rest) { return !entered.contains(rest.from); });
    }
    return rests.empty();
}

/// Proof that nothing less would do: prices of being at a node, so that no change of the flow along
/// links with room (one more fen costs 1, one less saves 1) is cheaper than nothing. They exist
/// where no way round costs less than nothing (R. Bellman 1958, L. Ford 1956).
bool is_cheapest(std::size_t nodes, std::vector<Rest> const& rests) {
    std::vector<std::int64_t> price(nodes, 0);
    for (std::size_t round = 0; round <= nodes; ++round) {
        bool changed = false;
        auto const lower = [&](std::size_t from, std::size_t to, std::int64_t cost) {
            if (price[from] + cost < price[to]) {
                price[to] = price[from] + cost;
                changed = true;
            }
        };
        for (Rest const& rest : rests) {
            if (rest.circles > 0) {
                lower(rest.from, rest.to, 1);
            }
            if (rest.flows > 0) {
                lower(rest.to, rest.from, -1);
            }
        }
        if (!changed) {
            return true;
        }
    }
    return false;
}

void check_circulation(FlowGraph const& graph, Circulation const& found) {
    auto const rests = rests_of(graph, found);
    std::vector<std::int64_t> nets(graph.nodes.size(), 0);
    std::int64_t total = 0;
    for (Rest const& rest : rests) {
        nets[rest.from] -= rest.flows;
        nets[rest.to] += rest.flows;
        total += rest.circles;
    }
    for (std::size_t i = 0; i < nets.size(); ++i) {
        CHECK(nets[i] == graph.nodes[i].net.count());
    }
    CHECK(found.total == Fen(total));
    CHECK(is_acyclic(graph.nodes.size(), rests));
    CHECK(is_cheapest(graph.nodes.size(), rests));
    CHECK(settlement_of(graph).settled <= graph.gross - found.total);

    // The circles are simple, in order, and sum to the circulation link by link.
    std::map<std::pair<AreaId, AreaId>, std::int64_t> around;
    Circle const* before = nullptr;
    for (Circle const& circle : found.circles) {
        CHECK(circle.amount > Fen(0));
        CHECK(circle.areas.size() >= 2);
        CHECK(std::set<AreaId>(circle.areas.begin(), circle.areas.end()).size()
              == circle.areas.size());
        CHECK(*std::min_element(circle.areas.begin(), circle.areas.end()) == circle.areas.front());
        CHECK((before == nullptr || before->amount >= circle.amount));
        before = &circle;
        for (std::size_t i = 0; i < circle.areas.size(); ++i) {
            around[{circle.areas[i], circle.areas[(i + 1) % circle.areas.size()]}] +=
                circle.amount.count();
        }
    }
    for (Rest const& rest : rests) {
        CHECK(around[{graph.nodes[rest.from].area, graph.nodes[rest.to].area}] == rest.circles);
    }
    CHECK(around.size() <= rests.size());
}

TEST_CASE("the rest is free of circles, cheapest, and leaves net positions alone") {
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        CAPTURE(seed);
        std::mt19937_64 random(seed);
        int const areas = 2 + static_cast<int>(seed % 25);
        for (int const flows : {areas, 3 * areas, 12 * areas}) {
            for (std::int64_t const fen_max : {std::int64_t{1}, std::int64_t{1'000'000'000'000}}) {
                auto drawn =
                    drawn_flows(random, {.areas = areas, .flows = flows, .fen_max = fen_max});
                FlowGraph const graph = graph_of(drawn);
                Circulation const found = circulation_of(graph);
                check_circulation(graph, found);
                std::shuffle(drawn.begin(), drawn.end(), random);
                Circulation const again = circulation_of(graph_of(drawn));
                CHECK(again.by_link == found.by_link);
                CHECK(text_of(again.circles) == text_of(found.circles));
            }
        }
    }
}

/// The largest circulation by trying every amount on every link.
std::int64_t
largest_by_trying(FlowGraph const& graph, std::size_t link, std::vector<std::int64_t>& excess) {
    if (link == graph.links.size()) {
        bool const even = std::all_of(
            excess.begin(), excess.end(), [](std::int64_t amount) { return amount == 0; });
        return even ? 0 : std::numeric_limits<std::int64_t>::min() / 2;
    }
    std::int64_t largest = std::numeric_limits<std::int64_t>::min() / 2;
    Link const& on = graph.links[link];
    for (std::int64_t amount = 0; amount <= on.amount.count(); ++amount) {
        excess[on.from] -= amount;
        excess[on.to] += amount;
        largest = std::max(largest, amount + largest_by_trying(graph, link + 1, excess));
        excess[on.from] += amount;
        excess[on.to] -= amount;
    }
    return largest;
}

TEST_CASE("as much runs in circles as trying every amount finds") {
    std::int64_t most = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        std::mt19937_64 random(seed);
        FlowGraph const graph =
            graph_of(drawn_flows(random, {.areas = 4, .flows = 8, .fen_max = 1}));
        std::vector<std::int64_t> excess(graph.nodes.size(), 0);
        std::int64_t const expected = largest_by_trying(graph, 0, excess);
        CHECK(circulation_of(graph).total == Fen(expected));
        most = std::max(most, expected);
    }
    CHECK(most >= 6);
}

/// The widest circle there is by trying every width and every start.
std::int64_t widest_by_trying(FlowGraph const& graph) {
    std::int64_t widest = 0;
    for (Link const& narrow : graph.links) {
        std::set<std::size_t> reached{narrow.to};
        for (std::size_t round = 0; round < graph.nodes.size(); ++round) {
            for (Link const& link : graph.links) {
                if (link.amount >= narrow.amount && reached.contains(link.from)) {
                    reached.insert(link.to);
                }
            }
        }
        if (reached.contains(narrow.from)) {
            widest = std::max(widest, narrow.amount.count());
        }
    }
    return widest;
}

TEST_CASE("the first circle is the widest of the circulation") {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        CAPTURE(seed);
        std::mt19937_64 random(seed);
        FlowGraph const graph =
            graph_of(drawn_flows(random, {.areas = 10, .flows = 50, .fen_max = 1000}));
        Circulation const found = circulation_of(graph);
        FlowGraph circling = graph;
        for (std::size_t i = 0; i < graph.links.size(); ++i) {
            circling.links[i].amount = found.by_link[i];
        }
        REQUIRE_FALSE(found.circles.empty());
        CHECK(found.circles.front().amount.count() == widest_by_trying(circling));
    }
}

TEST_CASE("more circles than are taken by width") {
    // 30 pairs there and back; and all of them are told.
    std::vector<Flow> flows;
    for (int i = 0; i < 30; ++i) {
        flows.push_back(flow(2 * i, 2 * i + 1, 100 + i));
        flows.push_back(flow(2 * i + 1, 2 * i, 200));
    }
    Circulation const found = circulation_of(graph_of(flows));
    REQUIRE(found.circles.size() == 30);
    CHECK(found.circles.front().amount == Fen(129));
    CHECK(found.circles.back().amount == Fen(100));
    CHECK(found.circles.back().total() == Fen(200));
}

} // namespace
} // namespace pensim::network

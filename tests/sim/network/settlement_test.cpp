#include "sim/network/settlement.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <map>
#include <string>

#include <doctest/doctest.h>

#include "sim/network/groups.hpp"
#include "tests/sim/network/networks.hpp"

namespace pensim::network {
namespace {

/// "1>2:30 4>2:5"
std::string text_of(std::vector<Payment> const& payments) {
    std::string text;
    for (Payment const& payment : payments) {
        text += (text.empty() ? "" : " ") + std::to_string(row(payment.payer)) + ">"
                + std::to_string(row(payment.payee)) + ":" + std::to_string(payment.amount.count());
    }
    return text;
}

/// One flow from an area that owes, or to one that is owed, from or to area 0, which is even then.
FlowGraph graph_with_nets(std::vector<std::int64_t> const& nets) {
    std::vector<Flow> flows;
    for (std::size_t i = 0; i < nets.size(); ++i) {
        int const area = static_cast<int>(i) + 1;
        if (nets[i] != 0) {
            flows.push_back(nets[i] > 0 ? flow(0, area, nets[i]) : flow(area, 0, -nets[i]));
        }
    }
    return graph_of(flows);
}

TEST_CASE("plans of small networks") {
    struct Case {
        std::string_view why;
        std::vector<Flow> flows;
        std::string_view plan;
        std::int64_t payments_gross;
        std::int64_t gross;
        std::int64_t payments_bilateral;
        std::int64_t bilateral;
    };
    for (Case const& c : {
             Case{"nothing", {}, "", 0, 0, 0, 0},
             Case{"one flow", {flow(1, 2, 30)}, "1>2:30", 1, 30, 1, 30},
             Case{"a pair nets", {flow(1, 2, 30), flow(2, 1, 10)}, "1>2:20", 2, 40, 1, 20},
             Case{"an even pair pays nothing", {flow(1, 2, 9), flow(2, 1, 9)}, "", 2, 18, 0, 0},
             Case{"a circle pays nothing",
                  {flow(1, 2, 9), flow(2, 3, 9), flow(3, 1, 9)},
                  "",
                  3,
                  27,
                  3,
                  27},
             Case{"a chain is cut short",
                  {flow(1, 2, 9), flow(2, 3, 9), flow(3, 4, 9)},
                  "1>4:9",
                  3,
                  27,
                  3,
                  27},
             Case{"people without money owe nothing",
                  {flow(1, 2, 0), flow(2, 3, 5)},
                  "2>3:5",
                  1,
                  5,
                  1,
                  5},
         }) {
        CAPTURE(c.why);
        Settlement const found = settlement_of(graph_of(c.flows));
        CHECK(text_of(found.payments) == c.plan);
        CHECK(found.payments_gross == c.payments_gross);
        CHECK(found.gross == Fen(c.gross));
        CHECK(found.payments_bilateral == c.payments_bilateral);
        CHECK(found.bilateral == Fen(c.bilateral));
        CHECK(found.fewest);
    }
}

TEST_CASE("plans by net positions") {
    struct Case {
        std::string_view why;
        std::vector<std::int64_t> nets; ///< of areas 1, 2 ...
        std::string_view plan;
    };
    for (Case const& c : {
             Case{
                 "equal and opposite balances pay each other", {-70, 20, -20, 70}, "1>4:70 3>2:20"},
             Case{"ties go by area", {-5, -5, 5, 5}, "1>3:5 2>4:5"},
             Case{"ties within a part go by area", {-6, -6, 4, 4, 4}, "1>3:4 2>4:4 1>5:2 2>5:2"},
             Case{"the largest pays the largest", {-60, -40, 90, 10}, "1>3:60 2>3:30 2>4:10"},
             Case{"two parts of three: four payments, where largest first takes five",
                  {-9, 4, 5, -8, 6, 2},
                  "4>5:6 1>3:5 1>2:4 4>6:2"},
         }) {
        CAPTURE(c.why);
        CHECK(text_of(settlement_of(graph_with_nets(c.nets)).payments) == c.plan);
    }
}

TEST_CASE("what is saved") {
    auto const share = [](std::vector<Flow> const& flows) {
        return settlement_of(graph_of(flows)).saved_share();
    };
    CHECK(share({flow(1, 2, 30), flow(2, 1, 10)}) == 0.5);
    CHECK(share({flow(1, 2, 30)}) == 0);
    CHECK(share({flow(1, 2, 30), flow(2, 1, 30)}) == 1);
    CHECK(std::isnan(share({})));
    CHECK(std::isnan(share({flow(1, 2, 0)})));
}

TEST_CASE("amounts may be as large as they can be counted") {
    std::int64_t const most = std::numeric_limits<std::int64_t>::max();
    Settlement const found = settlement_of(graph_of(std::vector{flow(1, 2, most)}));
    CHECK(text_of(found.payments) == "1>2:9223372036854775807");
    CHECK(found.settled == Fen(most));
}

/// The plan reaches every net position, in payments from those that owe to those that are owed, and
/// no plan can move less than what those are owed.
void check_plan(FlowGraph const& graph, Settlement const& found) {
    std::map<AreaId, std::int64_t> nets;
    std::int64_t owed = 0;
    std::map<AreaId, std::int64_t> initial;
    for (Node const& node : graph.nodes) {
        nets[node.area] = node.net.count();
        owed += std::max<std::int64_t>(node.net.count(), 0);
    }
    initial = nets;
    std::int64_t settled = 0;
    for (Payment const& payment : found.payments) {
        CHECK(payment.amount > Fen(0));
        CHECK(initial.at(payment.payer) < 0);
        CHECK(initial.at(payment.payee) > 0);
        nets.at(payment.payer) += payment.amount.count();
        nets.at(payment.payee) -= payment.amount.count();
        settled += payment.amount.count();
    }
    for (auto const& left : nets) {
        CAPTURE(row(left.first));
        CHECK(left.second == 0);
    }
    CHECK(settled == owed);
    CHECK(found.settled == Fen(owed));
    CHECK(found.settled <= found.bilateral);
    CHECK(found.bilateral <= found.gross);
    CHECK(found.payments_bilateral <= found.payments_gross);
}

/// Areas with a balance, less one for each group that has some.
std::size_t payments_bound(FlowGraph const& graph) {
    Groups const groups = weak_groups(graph);
    std::vector<std::size_t> balances(groups.sizes.size(), 0);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        balances[groups.of[i] - 1] += graph.nodes[i].net != Fen(0) ? 1U : 0U;
    }
    std::size_t bound = 0;
    for (std::size_t const count : balances) {
        bound += count == 0 ? 0 : count - 1;
    }
    return bound;
}

TEST_CASE("every plan is even, minimal and short") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        CAPTURE(seed);
        std::mt19937_64 random(seed);
        int const areas = 3 + static_cast<int>(seed);
        for (int const flows : {areas / 2, 2 * areas, 6 * areas}) {
            for (std::int64_t const fen_max : {std::int64_t{3}, std::int64_t{1'000'000'000'000}}) {
                auto drawn =
                    drawn_flows(random, {.areas = areas, .flows = flows, .fen_max = fen_max});
                FlowGraph const graph = graph_of(drawn);
                Settlement const found = settlement_of(graph);
                check_plan(graph, found);
                CHECK(found.payments.size() <= payments_bound(graph));
                std::shuffle(drawn.begin(), drawn.end(), random);
                CHECK(text_of(settlement_of(graph_of(drawn)).payments) == text_of(found.payments));
            }
        }
    }
}

/// The fewest payments by trying every order. The payments of a shortest plan make no ring, so some
/// area has a single one and settles all it has by it: any area is tried as this one, with any
/// partner, and then the rest in the same way.
std::size_t fewest_by_trying(std::vector<std::int64_t> nets) {
    nets.erase(std::remove(nets.begin(), nets.end(), 0), nets.end());
    if (nets.empty()) {
        return 0;
    }
    std::size_t fewest = nets.size();
    for (std::size_t leaf = 0; leaf < nets.size(); ++leaf) {
        for (std::size_t other = 0; other < nets.size(); ++other) {
            if ((nets[leaf] > 0) != (nets[other] > 0)) {
                auto rest = nets;
                rest[other] += rest[leaf];
                rest[leaf] = 0;
                fewest = std::min(fewest, 1 + fewest_by_trying(std::move(rest)));
            }
        }
    }
    return fewest;
}

TEST_CASE("up to seven balances: as few payments as trying all plans finds") {
    std::mt19937_64 random(11);
    int better_than_bound = 0;
    for (int i = 0; i < 60; ++i) {
        std::vector<std::int64_t> nets;
        std::int64_t sum = 0;
        std::size_t const count = 2 + random() % 5;
        for (std::size_t k = 0; k < count; ++k) {
            nets.push_back(static_cast<std::int64_t>(random() % 13) - 6);
            sum += nets.back();
        }
        nets.push_back(-sum);
        CAPTURE(i);
        FlowGraph const graph = graph_with_nets(nets);
        Settlement const found = settlement_of(graph);
        check_plan(graph, found);
        CHECK(found.fewest);
        CHECK(found.payments.size() == fewest_by_trying(nets));
        better_than_bound += found.payments.size() < payments_bound(graph) ? 1 : 0;
    }
    CHECK(better_than_bound > 10);
}

TEST_CASE("above the limit: by rule, equal balances first") {
    // Area k owes k and area 100 + k is owed as much, so that pairs are enough.
    std::vector<Flow> flows;
    for (int k = 1; k <= 20; ++k) {
        flows.push_back(flow(k, 0, k));
        flows.push_back(flow(0, 100 + k, k));
    }
    Settlement const found = settlement_of(graph_of(flows));
    CHECK_FALSE(found.fewest);
    REQUIRE(found.payments.size() == 20);
    for (Payment const& payment : found.payments) {
        CHECK(row(payment.payee) == 100 + row(payment.payer));
    }
    CHECK(found.payments.front().amount == Fen(20));
}

TEST_CASE("above the limit: equal balances wait for each other, though not the largest") {
    // 9 owes 9 of what 12 and 9 are owed, 7 and 5 the rest: three payments. Paying the largest
    // claim first it would be four. Then the same with payers and payees exchanged.
    for (bool const reversed : {false, true}) {
        CAPTURE(reversed);
        std::vector<Flow> flows;
        auto const owe = [&](int area, std::int64_t fen) {
            flows.push_back((fen > 0) != reversed ? flow(area, 0, std::abs(fen))
                                                  : flow(0, area, std::abs(fen)));
        };
        for (int k = 1; k <= 7; ++k) { // pairs of their own, to be above the limit
            owe(k, k);
            owe(10 + k, -k);
        }
        owe(20, 9'000);
        owe(21, 7'000);
        owe(22, 5'000);
        owe(23, -12'000);
        owe(24, -9'000);
        Settlement const found = settlement_of(graph_of(flows));
        CHECK_FALSE(found.fewest);
        CHECK(found.payments.size() == 7 + 3);
        check_plan(graph_of(flows), found);
    }
}

TEST_CASE("above the limit: each group settles by itself") {
    std::vector<Flow> flows;
    for (int k = 1; k <= 12; ++k) {
        flows.push_back(flow(k, 0, 10 * k + 1));       // group of 0 to 12: all owe area 0
        flows.push_back(flow(50, 50 + k, 10 * k + 1)); // group of 50 to 62: 50 owes all
    }
    Settlement const found = settlement_of(graph_of(flows));
    CHECK_FALSE(found.fewest);
    CHECK(found.payments.size() == 24);
    for (Payment const& payment : found.payments) {
        CHECK((row(payment.payer) >= 50) == (row(payment.payee) >= 50));
    }
}

} // namespace
} // namespace pensim::network

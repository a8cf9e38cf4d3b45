#include "sim/report/network_files.hpp"

#include <set>

#include <doctest/doctest.h>

#include "sim/report/run_scenario.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::report {
namespace {

std::size_t count_of(std::string const& text, std::string_view part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++count;
    }
    return count;
}

TEST_CASE("a network of all years, and of each year asked for; links are pairs of the flows") {
    auto const simulation = test::simulated("hmt", {.persons = 5000, .with_pilot = false});
    RunResults const results = run_scenario(*simulation, {}).results;
    auto const flows = network_flows_of(results);
    std::set<std::pair<AreaId, AreaId>> all;
    std::set<std::pair<AreaId, AreaId>> in_2040;
    for (network::Flow const& flow : flows) {
        all.insert({flow.from, flow.to});
        if (flow.year == 2040) {
            CHECK(in_2040.insert({flow.from, flow.to}).second); // kinds are together
        }
    }
    auto const files = network_files(results, *simulation, {2040, 2005});
    REQUIRE(files.size() == 6);
    CHECK(files[0].name == "network.graphml");
    CHECK(count_of(files[0].text, "<edge ") == all.size());
    CHECK(files[1].name == "network.dot");
    CHECK(count_of(files[1].text, "->") == all.size());
    CHECK(files[2].name == "network-2040.graphml");
    CHECK(count_of(files[2].text, "<edge ") == in_2040.size());
    CHECK(in_2040.size() > 20);
    CHECK(files[3].name == "network-2040.dot");
    CHECK(files[4].name == "network-2005.graphml");
}

TEST_CASE("flows of the network are those of flows.csv, summed over replicates") {
    auto const simulation =
        test::simulated("hmt", {.persons = 500, .replicates = 3, .with_pilot = false});
    RunResults const results = run_scenario(*simulation, {}).results;
    std::array<std::int64_t, 3> sums{};
    for (network::Flow const& flow : network_flows_of(results)) {
        sums[0] += flow.people;
        sums[1] += flow.account.count();
        sums[2] += flow.pooled.count();
    }
    std::array<std::int64_t, 3> expected{};
    for (auto const& cell : results.flows().cells()) {
        for (std::size_t i = 0; i < 3; ++i) {
            expected[i] += cell.values[i].total();
        }
    }
    CHECK(sums == expected);
    CHECK(sums[0] > 100);
}

} // namespace
} // namespace pensim::report

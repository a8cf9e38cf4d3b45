// Networks for tests: by hand, and drawn.
#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <utility>
#include <vector>

#include "sim/network/flow_graph.hpp"

namespace pensim::network {

/// One flow of one person, all of it account money.
[[nodiscard]] inline Flow flow(int from, int to, std::int64_t fen, int year = 2030) {
    return {.year = year,
            .from = static_cast<AreaId>(from),
            .to = static_cast<AreaId>(to),
            .people = 1,
            .account = Fen(fen),
            .pooled = Fen(0)};
}

struct Drawing {
    int areas = 5;
    int flows = 12;
    std::int64_t fen_max = 20;
    int first_year = 2030;
    int years = 1;
};
/// Areas and amounts drawn evenly; pairs may come several times, areas may be missing.
[[nodiscard]] inline std::vector<Flow> drawn_flows(std::mt19937_64& random, Drawing const& of) {
    auto const below = [&](std::int64_t count) {
        return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(count));
    };
    std::vector<Flow> flows;
    for (int i = 0; i < of.flows; ++i) {
        auto const from = below(of.areas);
        auto const to = (from + 1 + below(of.areas - 1)) % of.areas;
        flows.push_back({.year = of.first_year + static_cast<int>(below(of.years)),
                         .from = static_cast<AreaId>(from),
                         .to = static_cast<AreaId>(to),
                         .people = below(4),
                         .account = Fen(below(of.fen_max + 1)),
                         .pooled = Fen(below(of.fen_max + 1))});
    }
    return flows;
}

/// Received less sent by area, straight from the flows.
[[nodiscard]] inline std::map<AreaId, std::int64_t> nets_of(std::vector<Flow> const& flows) {
    std::map<AreaId, std::int64_t> nets;
    for (Flow const& one : flows) {
        nets[one.from] -= one.account.count() + one.pooled.count();
        nets[one.to] += one.account.count() + one.pooled.count();
    }
    return nets;
}

} // namespace pensim::network

// Money that runs in circles: what flows between areas and comes back to where it was.
//
// If GD sends HN 5, HN sends SC 5 and SC sends GD 5, nobody is richer. Of every flow the largest
// part is taken that can be left out without changing any area's net position: what could stay
// unpaid along relations that exist, with no new payer and no new payee. The rest, which must still
// flow, is a flow of least total amount that leaves everybody the same net position, each link used
// up to its amount: a minimum-cost flow with unit cost (R. Ahuja, T. Magnanti, J. Orlin, "Network
// Flows", 1993, chapters 9 and 10). It holds no circle, but may run through areas in between, where
// a settlement plan (settlement.hpp) may use pairs that never paid each other: it moves less or
// the same.
//
// The total is unique, the circulation and its circles are not: ours follow from the order of
// areas.
#pragma once

#include <cstddef>
#include <vector>

#include "sim/network/flow_graph.hpp"

namespace pensim::network {

/// So many circles at least are the widest that are left when they are taken out.
inline constexpr std::size_t widest_circles = 20;

struct Circle {
    std::vector<AreaId> areas; ///< each once, in the order of the money; the lowest is first
    Fen amount;                ///< on each of its links; positive
    [[nodiscard]] Fen total() const { return amount * areas.size(); }
};

struct Circulation {
    std::vector<Fen> by_link; ///< as FlowGraph::links: the part that runs in circles
    Fen total;                ///< of all links
    /// Sums to `by_link` exactly. Largest amount first, then few areas before many, then by area.
    std::vector<Circle> circles;
    /// Of gross; not a number where nothing flows.
    double share = 0;
};

[[nodiscard]] Circulation circulation_of(FlowGraph const& graph);

} // namespace pensim::network

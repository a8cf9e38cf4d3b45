// The network of one period: what pooling areas send each other, one link a pair and direction.
//
// Amounts are account and pooled money together, in exact fen; sums agree with the flows. Throws
// MoneyOverflow where a sum leaves 64 bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/area/area.hpp"
#include "core/basis/money.hpp"

namespace pensim::network {

/// Transfers of one year from one area to another. Never within an area, nothing negative.
struct Flow {
    int year = 0;
    AreaId from{};
    AreaId to{};
    std::int64_t people = 0;
    Fen account;
    Fen pooled;
};

/// All flows from one area to another. `from` and `to` are places in FlowGraph::nodes.
struct Link {
    std::size_t from = 0;
    std::size_t to = 0;
    std::int64_t people = 0;
    Fen account;
    Fen pooled;
    Fen amount; ///< both
};

/// An area that sends or receives.
struct Node {
    AreaId area{};
    Fen sent;     ///< out-strength
    Fen received; ///< in-strength
    Fen net;      ///< received less sent: negative, it owes
    std::int64_t links_out = 0;
    std::int64_t links_in = 0;
};

struct FlowGraph {
    std::vector<Node> nodes; ///< by rising area
    std::vector<Link> links; ///< by rising from, then to
    Fen gross;               ///< of all links
};

/// Of all flows given, whatever their years and order.
[[nodiscard]] FlowGraph graph_of(std::span<Flow const> flows);

struct YearGraph {
    int year = 0;
    FlowGraph graph;
};
/// One for each year that has a flow, rising.
[[nodiscard]] std::vector<YearGraph> yearly_graphs(std::span<Flow const> flows);

} // namespace pensim::network

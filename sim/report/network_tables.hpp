// The network of flows as tables: by year, and for all years together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/area/area_table.hpp"
#include "sim/network/flow_graph.hpp"
#include "sim/report/table.hpp"

namespace pensim::report {

/// So many circles of each period are listed at most, the largest.
inline constexpr std::size_t circles_max = 20;

/// network, network_totals: each period as a whole; a share of nothing is left empty.
/// positions, position_totals: each area of it, in the order of areas.
/// settlements, settlement_totals: who pays whom to be even, the largest payment first.
/// circles, circle_totals: what runs in circles, the circles_max largest of each period.
///
/// In this order; tables of totals have no column `year`. `flows` are summed over `replicates`:
/// of several, amounts are means in yuan, while counts, ranks, plans and circles are those of the
/// sums. Amounts are of simulated lives, each of which stands for `weight`. Throws MoneyOverflow,
/// input::Interrupted.
[[nodiscard]] std::vector<Table> network_tables(std::span<network::Flow const> flows,
                                                AreaTable const& areas,
                                                std::uint32_t replicates,
                                                double weight);

} // namespace pensim::report

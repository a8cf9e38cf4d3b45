// Who pays whom so that all areas are even: the flows of a period netted against each other.
//
// Only the net position of an area matters in the end: what it received less what it sent. Every
// plan must move at least the sum of the positive positions, and a plan in which only areas that
// owe pay areas that are owed moves no more. How many payments it takes is another matter. k areas
// with balances that sum to zero need k - 1 at most, and fewer only where they split into parts
// that sum to zero each: with p parts, k - p. To find the most parts is NP-hard (a partition into
// zero-sum subsets; T. Verhoeff, "Settling multiple debts efficiently: an invitation to computing
// science", Informatics in Education 3(1), 2004). So small networks are solved by dynamic
// programming over subsets, large ones by rule: equal and opposite balances pay each other, else
// the largest debt goes against the largest claim, ties by the order of areas.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/network/flow_graph.hpp"

namespace pensim::network {

/// With at most so many areas that have a balance, payments are the fewest possible.
inline constexpr std::size_t exact_balances_max = 16;

struct Payment {
    AreaId payer{};
    AreaId payee{};
    Fen amount; ///< positive
};

struct Settlement {
    /// Largest first, then by payer and payee. Among all areas with a balance the fewest where they
    /// are at most exact_balances_max; else at most areas - 1 in each weakly connected group, and
    /// the fewest of a group that is small enough.
    std::vector<Payment> payments;
    bool fewest = false;             ///< no plan has fewer payments
    Fen settled;                     ///< of all payments: the least possible
    Fen gross;                       ///< every link paid by itself
    std::int64_t payments_gross = 0; ///< links that carry money
    Fen bilateral;                   ///< each pair of areas netted by itself
    std::int64_t payments_bilateral = 0;
    /// Of gross, what need not be paid; not a number where nothing flows.
    [[nodiscard]] double saved_share() const;
};

[[nodiscard]] Settlement settlement_of(FlowGraph const& graph);

} // namespace pensim::network

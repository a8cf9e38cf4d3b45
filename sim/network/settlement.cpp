#include "sim/network/settlement.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <set>
#include <tuple>
#include <utility>

#include "sim/network/groups.hpp"

namespace pensim::network {

namespace {

/// What is left to receive (positive) or to pay.
struct Balance {
    AreaId area{};
    std::int64_t fen = 0;
};

/// The largest amount first, then by area.
struct LargestFirst {
    bool operator()(Balance const& a, Balance const& b) const {
        return std::tie(b.fen, a.area) < std::tie(a.fen, b.area);
    }
};
using Queue = std::set<Balance, LargestFirst>;

/// The first of exactly this amount.
Queue::iterator find_amount(Queue& queue, std::int64_t fen) {
    auto const first = queue.lower_bound({AreaId{0}, fen});
    return first != queue.end() && first->fen == fen ? first : queue.end();
}

/// Pays the balances, which sum to zero, by rule: at most one payment less than there are. Areas of
/// equal and opposite balances, or of what payments left of them, wait for each other: neither is
/// the largest of its side before the other is asked for.
void pay_by_rule(std::vector<Balance> const& balances, std::vector<Payment>& payments) {
    Queue debts;
    Queue claims;
    for (Balance const& balance : balances) {
        if (balance.fen > 0) {
            claims.insert(balance);
        } else {
            debts.insert({balance.area, -balance.fen});
        }
    }
    auto const pay = [&](Queue::iterator debt, Queue::iterator claim) {
        Balance const payer = *debt;
        Balance const payee = *claim;
        auto const amount = std::min(payer.fen, payee.fen);
        payments.push_back({payer.area, payee.area, Fen(amount)});
        debts.erase(debt);
        claims.erase(claim);
        if (payer.fen > amount) {
            debts.insert({payer.area, payer.fen - amount});
        }
        if (payee.fen > amount) {
            claims.insert({payee.area, payee.fen - amount});
        }
    };
    while (!debts.empty()) {
        PENSIM_ENSURE(!claims.empty());
        auto debt = debts.begin();
        auto claim = claims.begin();
        if (auto const equal = find_amount(claims, debt->fen); equal != claims.end()) {
            claim = equal;
        } else if (auto const opposite = find_amount(debts, claim->fen); opposite != debts.end()) {
            debt = opposite;
        }
        pay(debt, claim);
    }
    PENSIM_ENSURE(claims.empty());
}

/// Splits balances that sum to zero into the most parts that sum to zero each. For every subset:
/// the most such parts that end when its areas are taken one after the other, over all orders.
std::vector<std::vector<Balance>> most_parts(std::vector<Balance> const& balances) {
    PENSIM_EXPECT(balances.size() <= exact_balances_max);
    std::size_t const subsets = std::size_t{1} << balances.size();
    std::vector<std::int64_t> sum(subsets, 0);
    std::vector<int> parts(subsets, 0);
    auto const without = [](std::size_t subset, std::size_t i) {
        return subset & ~(std::size_t{1} << i);
    };
    for (std::size_t subset = 1; subset < subsets; ++subset) {
        auto const first = static_cast<std::size_t>(std::countr_zero(subset));
        sum[subset] = sum[without(subset, first)] + balances[first].fen;
        for (std::size_t i = first; i < balances.size(); ++i) {
            if ((subset >> i & 1U) != 0) {
                parts[subset] = std::max(parts[subset], parts[without(subset, i)]);
            }
        }
        parts[subset] += sum[subset] == 0 ? 1 : 0;
    }
    std::vector<std::vector<Balance>> found;
    for (std::size_t subset = subsets - 1; subset != 0;) {
        if (sum[subset] == 0) {
            found.emplace_back();
        }
        int const wanted = parts[subset] - (sum[subset] == 0 ? 1 : 0);
        std::size_t i = 0;
        while ((subset >> i & 1U) == 0 || parts[without(subset, i)] != wanted) {
            ++i;
        }
        found.back().push_back(balances[i]);
        subset = without(subset, i);
    }
    return found;
}

void pay(std::vector<Balance> const& balances, std::vector<Payment>& payments) {
    if (balances.size() > exact_balances_max) {
        pay_by_rule(balances, payments);
        return;
    }
    for (auto const& part : most_parts(balances)) {
        pay_by_rule(part, payments);
    }
}

std::vector<Payment> plan_of(FlowGraph const& graph, bool& fewest) {
    std::vector<Balance> all;
    Groups const groups = weak_groups(graph);
    std::vector<std::vector<Balance>> by_group(groups.sizes.size());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        Balance const balance{graph.nodes[i].area, graph.nodes[i].net.count()};
        if (balance.fen != 0) {
            all.push_back(balance);
            by_group[groups.of[i] - 1].push_back(balance);
        }
    }
    std::vector<Payment> payments;
    fewest = all.size() <= exact_balances_max;
    if (fewest) {
        pay(all, payments);
    } else {
        for (auto const& group : by_group) {
            pay(group, payments);
        }
    }
    std::sort(payments.begin(), payments.end(), [](Payment const& a, Payment const& b) {
        return std::tie(b.amount, a.payer, a.payee) < std::tie(a.amount, b.payer, b.payee);
    });
    return payments;
}

/// The link from one node to another, or null.
Link const* find_link(FlowGraph const& graph, std::size_t from, std::size_t to) {
    auto const link = std::lower_bound(
        graph.links.begin(), graph.links.end(), std::pair{from, to}, [](Link const& l, auto pair) {
            return std::pair{l.from, l.to} < pair;
        });
    return link != graph.links.end() && link->from == from && link->to == to ? &*link : nullptr;
}

} // namespace

double Settlement::saved_share() const {
    if (gross == Fen(0)) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    return static_cast<double>((gross - settled).count()) / static_cast<double>(gross.count());
}

Settlement settlement_of(FlowGraph const& graph) {
    Settlement result;
    result.gross = graph.gross;
    for (Link const& link : graph.links) {
        result.payments_gross += link.amount > Fen(0) ? 1 : 0;
        Link const* const back = find_link(graph, link.to, link.from);
        Fen const less = back == nullptr ? Fen(0) : back->amount;
        if (link.amount > less) {
            result.bilateral += link.amount - less;
            ++result.payments_bilateral;
        }
    }
    result.payments = plan_of(graph, result.fewest);
    for (Payment const& payment : result.payments) {
        result.settled += payment.amount;
    }
    Fen claims;
    for (Node const& node : graph.nodes) {
        claims += std::max(node.net, Fen(0));
    }
    PENSIM_ENSURE(result.settled == claims);
    return result;
}

} // namespace pensim::network

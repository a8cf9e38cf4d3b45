// The residents' scheme (城乡居民基本养老保险) and the bridge between it and the employees' scheme.
//   Law    rsb-2014-17, arts. 3-8; order-41-2019, arts. 2(3) and 6(2). Doubts: OPEN_QUESTIONS R3
//   Given  resident records with a yearly contribution; the months counted in the employees' scheme
//   Gives  the resident account; refunds of months that the employees' scheme counts too; the
//   crossing at T or settlement
//   Fails  MoneyOverflow
//
// A month's share of a yearly contribution is the difference of two rounded running sums, so that
// twelve of them make the whole year to the fen.
#pragma once

#include <optional>
#include <vector>

#include "core/law/rule_book.hpp"
#include "core/record/outcome.hpp"

namespace pensim::law {

struct Walk;

struct ResidentAccount {
    std::optional<AreaId> area; ///< where the resident scheme was paid last
    Fen balance;                ///< at the end of the month asked for, part-year interest included
    std::vector<Refund> overlaps; ///< by month
};

[[nodiscard]] bool has_resident_records(Life const& life);

/// The month in which the resident account is reckoned up: of settlement, of death, or T.
[[nodiscard]] YearMonth reckoning_month(Walk const& walk);

/// Does somebody placed and short take the account to the residents' scheme at the end of T? The
/// choice lapses for whoever pays on or ends the relation after T (R7).
[[nodiscard]] bool crosses_at_counting(RuleBook const& book, Life const& life, YearMonth counting);

/// The resident account at the end of `until`. Months in the walk's runs belong to the employees'
/// scheme (art. 7).
[[nodiscard]] ResidentAccount
resident_account(RuleBook const& book, Life const& life, Walk const& walk, YearMonth until);

/// What crosses (arts. 3-6): with enough months the resident account joins the pension; somebody
/// short who elected it takes the employee account to the residents' scheme, and the pooled money
/// stays. The dead do not cross, but what crossed at T stays crossed.
[[nodiscard]] std::optional<Bridge> bridge_accounts(RuleBook const& book,
                                                    Life const& life,
                                                    Walk const& walk,
                                                    ResidentAccount const& resident);

} // namespace pensim::law

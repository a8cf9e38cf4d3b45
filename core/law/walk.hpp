// What a walk through a life reads, tells and leaves behind (timeline.hpp, relation.hpp).
//   Law    none of its own
//
// A listener derives from SilentListener and hides what it wants to hear; what it leaves costs
// nothing.
#pragma once

#include <optional>
#include <vector>

#include "core/law/benefit_location.hpp"
#include "core/law/holding.hpp"
#include "core/law/life_checks.hpp"
#include "core/law/overlap.hpp"
#include "core/law/pension_formula.hpp"
#include "core/law/rule_book.hpp"

namespace pensim::law {

/// What every walk reads.
struct LawContext {
    RuleBook const& book;
    MoneyCalendar const& money;
    AverageWages const& wages;
};

/// Equal payments of the months `first` to `last` of one year; a lump sum has first = last.
struct PaidStretch {
    YearMonth first = YearMonth::first();
    YearMonth last = YearMonth::first();
    int record = 0;
    int months = 0;     ///< months that count
    Fen account_credit; ///< of each payment
    Fen pool_credit;    ///< of each payment
    Fen own;            ///< the person's part of both, of each payment
    bool temporary = false;
};

/// The test at the end of a claim month or of T.
struct CountingTest {
    YearMonth month = YearMonth::first();
    int months_total = 0;
    int required = 0;
    bool delayed = false; ///< the statutory month lies behind the original age
    bool raised = false;  ///< more is required than at first
};

struct SilentListener {
    void paid(PaidStretch const&) {}
    void overlap_refunded(Refund const&, int /*record*/) {}
    void relation_moved(YearMonth,
                        std::optional<AreaId> /*from*/,
                        AreaId /*to*/,
                        bool /*money follows*/) {}
    void temporary_opened(YearMonth, AreaId) {}
    void transferred(Transfer const&) {}
    void interest_credited(YearMonth, Holding const&, Fen /*interest*/) {}
    void departed(YearMonth, bool /*terminated*/) {}
    void died(YearMonth) {}
    void refunded(Refund const&, Fen /*interest in it*/) {}
    void early_claim(CountingTest const&, bool /*accepted*/) {}
    void counted(CountingTest const&) {}
    void placed(YearMonth,
                PlaceFacts const&,
                std::optional<PlaceDecision> const& /*by the order*/,
                std::optional<PlaceDecision> const& /*after the election*/) {}
    void bridged(YearMonth, AreaId /*from*/, Fen /*account*/, Fen /*interest in it*/) {}
    void settled(YearMonth, AreaId, Fen /*balance*/) {}
};

/// What a walk leaves behind; reused from life to life, so that a bulk run does not allocate.
struct Walk {
    YearMonth statutory = YearMonth::first();
    YearMonth counting = YearMonth::first();
    std::optional<YearMonth> settlement;
    std::optional<YearMonth> died;
    std::optional<YearMonth> first_paid; ///< since the last termination
    bool ever_paid = false;
    bool terminated = false;
    bool counted = false;      ///< T has passed
    bool undetermined = false; ///< T has passed and no criterion fits
    bool bridged = false;      ///< the account left for the residents' scheme at T
    int months_total = 0;
    int counted_months = 0;                     ///< of months_total, those up to T
    std::optional<AreaId> counted_relation;     ///< at the end of T, before anything was gathered
    std::optional<PlaceDecision> counted_place; ///< as decided at T, also where it lapsed later
    std::vector<Standing> counted_standings;    ///< of T, when the end of the relation voided them
    int extension_months = 0;
    int required = 0;
    std::optional<PlaceDecision> place;
    Fen balance;                     ///< at settlement, or at T while short
    Fen own_contributions;           ///< of the person, since the last termination
    std::optional<AreaId> last_area; ///< paid in last

    std::vector<Holding> holdings;   ///< in the order in which they came into being
    std::vector<Standing> standings; ///< up to T, in the order of first payment
    std::vector<WageSum> wages;
    std::vector<AreaBalance> balances; ///< at settlement, by holding
    std::vector<LifeFault> faults;

    std::vector<PaidRun> runs;
    std::vector<LostMonth> lost;
    std::vector<int> lump_sums; ///< records, by month, then as listed
    std::vector<int> events;    ///< by month, then as listed

    void reset();
};

} // namespace pensim::law

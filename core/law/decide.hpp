// One life, decided: the outcome of the contract, or every fault of the history.
//
//   Decider decider({book, calendar, wages}, areas.default_count());
//   if (decider.decide(life)) use(decider.outcome()); else report(decider.faults());
//
// A decider keeps its memory from life to life; one per thread.
#pragma once

#include <vector>

#include "core/law/citation.hpp"
#include "core/law/timeline.hpp"
#include "core/record/outcome.hpp"

namespace pensim::law {

/// The texts behind a counting test: those of 2024 where they changed something, else those before
/// them.
[[nodiscard]] inline Ground age_ground(CountingTest const& test) {
    return test.delayed ? Ground::statutory_age : Ground::original_age;
}
[[nodiscard]] inline Ground months_ground(CountingTest const& test) {
    return test.raised ? Ground::required_months : Ground::fifteen_years;
}

[[nodiscard]] inline Ground transfer_ground(TransferKind kind) {
    return kind == TransferKind::move        ? Ground::money_moves
           : kind == TransferKind::temporary ? Ground::temporary_account
                                             : Ground::gathering;
}

/// Collects what an outcome lists. A story listens to more.
class OutcomeListener : public SilentListener {
  public:
    OutcomeListener(Life const& life, Outcome& outcome) : life_(life), outcome_(outcome) {}
    void paid(PaidStretch const& stretch) {
        Kind const kind = life_.records[static_cast<std::size_t>(stretch.record)].kind;
        if (kind == Kind::extension) {
            ground(Ground::extension);
        } else if (kind == Kind::lump_sum) {
            ground(Ground::lump_sum);
        }
    }
    void overlap_refunded(Refund const& refund, int /*record*/) {
        ground(Ground::overlap);
        outcome_.refunds.push_back(refund);
    }
    void relation_moved(YearMonth, std::optional<AreaId> from, AreaId, bool) {
        ground(from ? Ground::relation_moves : Ground::insured);
    }
    void temporary_opened(YearMonth, AreaId) { ground(Ground::temporary_account); }
    void transferred(Transfer const& transfer) {
        ground(transfer_ground(transfer.kind));
        outcome_.transfers.push_back(transfer);
    }
    void departed(YearMonth, bool terminated) {
        ground(terminated ? Ground::departure_ended : Ground::departure_kept);
    }
    void died(YearMonth) { ground(Ground::death); }
    void refunded(Refund const& refund, Fen) { outcome_.refunds.push_back(refund); }
    void early_claim(CountingTest const&, bool) { ground(Ground::flexible_claim); }
    void counted(CountingTest const& test) {
        ground(age_ground(test));
        ground(months_ground(test));
    }
    void placed(YearMonth,
                PlaceFacts const&,
                std::optional<PlaceDecision> const& found,
                std::optional<PlaceDecision> const& place);
    void settled(YearMonth, AreaId, Fen) { ground(Ground::pension_formula); }
    void ground(Ground step);

  private:
    Life const& life_;
    Outcome& outcome_;
};

/// The ground of a place decision.
[[nodiscard]] Ground ground_of(Branch branch);

/// The status of a finished walk, in the order of contract 2.3.
[[nodiscard]] Status status_of(RuleBook const& book, Life const& life, Walk const& walk);

/// The pension of a walk that settled.
[[nodiscard]] Pension settled_pension(LawContext const& law, Life const& life, Walk const& walk);

/// Fills `outcome` from a finished walk without faults; `transfers`, `refunds` and `basis` stand
/// there already.
void complete_outcome(LawContext const& law, Life const& life, Walk& walk, Outcome& outcome);

class Decider {
  public:
    Decider(LawContext const& law, std::size_t default_areas)
        : law_(law), default_areas_(default_areas) {}

    /// False: the history has faults.
    [[nodiscard]] bool decide(Life const& life);
    /// Looks only for the faults that need no walk.
    void check(Life const& life);
    /// Of the last life that had no faults.
    [[nodiscard]] Outcome const& outcome() const { return outcome_; }
    /// Of the last life; by part and index of the history.
    [[nodiscard]] std::vector<LifeFault> const& faults() const { return walk_.faults; }

  private:
    void walk(Life const& life);

    LawContext law_;
    std::size_t default_areas_;
    Walk walk_;
    Outcome outcome_;
};

} // namespace pensim::law

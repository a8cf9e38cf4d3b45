#include "core/law/decide.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/law/death_benefit.hpp"
#include "core/law/resident_bridge.hpp"

namespace pensim::law {

void Walk::reset() {
    settlement.reset();
    died.reset();
    first_paid.reset();
    ever_paid = false;
    terminated = false;
    counted = false;
    undetermined = false;
    bridged = false;
    months_total = 0;
    counted_months = 0;
    counted_relation.reset();
    extension_months = 0;
    place.reset();
    balance = Fen{};
    own_contributions = Fen{};
    last_area.reset();
    holdings.clear();
    counted_place.reset();
    counted_standings.clear();
    standings.clear();
    wages.clear();
    balances.clear();
    faults.clear();
    lump_sums.clear();
    events.clear();
}

void OutcomeListener::ground(Ground step) {
    auto const code = static_cast<std::uint8_t>(step);
    if (std::find(outcome_.basis.begin(), outcome_.basis.end(), code) == outcome_.basis.end()) {
        outcome_.basis.push_back(code);
    }
}

void OutcomeListener::placed(YearMonth,
                             PlaceFacts const&,
                             std::optional<PlaceDecision> const& found,
                             std::optional<PlaceDecision> const& place) {
    if (found) {
        ground(ground_of(found->branch));
    }
    if (place && place != found) {
        ground(Ground::last_area_election);
    }
}

Ground ground_of(Branch branch) {
    switch (branch) {
    case Branch::relation_qualified:
        return Ground::relation_qualified;
    case Branch::last_qualified:
        return Ground::last_qualified;
    case Branch::longest:
        return Ground::longest;
    case Branch::longest_last:
        return Ground::longest_last;
    case Branch::hukou:
        return Ground::hukou;
    case Branch::hukou_gathers:
        return Ground::hukou_gathers;
    case Branch::last_area_election:
        return Ground::last_area_election;
    case Branch::none:
    case Branch::last_area:
    case Branch::first_qualified:
    case Branch::longest_qualified:
        break;
    }
    return Ground::reform_criterion;
}

Status status_of(RuleBook const& book, Life const& life, Walk const& walk) {
    if (walk.settlement) {
        return Status::pension;
    }
    if (!walk.ever_paid) {
        return Status::no_contributions;
    }
    if (walk.terminated && walk.months_total == 0) {
        return Status::refunded;
    }
    if (walk.died) {
        return Status::died;
    }
    if (walk.undetermined) {
        return Status::undetermined;
    }
    if (!may_extend(book, person_of(life), walk.counting)) {
        return Status::short_no_extension;
    }
    return may_pay_lump_sum(book, walk.counting, walk.first_paid, walk.extension_months)
               ? Status::lump_sum
               : Status::extend;
}

namespace {

bool is_short(Status status) {
    return status == Status::extend || status == Status::lump_sum
           || status == Status::short_no_extension;
}

void complete_pension(LawContext const& law, Life const& life, Walk& walk, Outcome& outcome) {
    if (outcome.bridge) {
        // What came over from the residents' scheme belongs to the benefit location's share.
        walk.balances.push_back({walk.place->area, outcome.bridge->account});
        walk.balance = *outcome.account_balance;
    }
    outcome.pension = settled_pension(law, life, walk);
}

/// rsb-2021-18: the last area pays for somebody in service, the benefit location for a pensioner.
void complete_death_grant(Life const& life, Walk const& walk, Outcome& outcome) {
    std::optional<YearMonth> death;
    for (Event const& event : life.events) {
        if (event.kind == EventKind::death) {
            death = event.month;
        }
    }
    if (!death || (outcome.status != Status::died && outcome.status != Status::pension)) {
        return;
    }
    bool const drawing = outcome.status == Status::pension;
    outcome.death_grant = death_grant(
        *death,
        drawing ? walk.place->area : *walk.last_area,
        walk.months_total,
        drawing ? std::optional<int>((*death - *walk.settlement).count()) : std::nullopt,
        walk.own_contributions);
}

void complete_resident_scheme(LawContext const& law,
                              Life const& life,
                              Walk const& walk,
                              Outcome& outcome) {
    ResidentAccount const resident = resident_account(law.book, life, walk, reckoning_month(walk));
    outcome.refunds.insert(
        outcome.refunds.end(), resident.overlaps.begin(), resident.overlaps.end());
    if (walk.died && resident.area && resident.balance > Fen{}) {
        outcome.refunds.push_back(
            {*walk.died, RefundReason::death, *resident.area, resident.balance});
    }
    std::stable_sort(outcome.refunds.begin(),
                     outcome.refunds.end(),
                     [](Refund const& a, Refund const& b) { return a.month < b.month; });
    outcome.bridge = bridge_accounts(law.book, life, walk, resident);
    if (outcome.bridge) {
        OutcomeListener(life, outcome).ground(Ground::bridge);
    }
    if (outcome.bridge && outcome.bridge->direction == BridgeDirection::resident_to_employee) {
        *outcome.account_balance += outcome.bridge->account;
    }
}

} // namespace

Pension settled_pension(LawContext const& law, Life const& life, Walk const& walk) {
    PENSIM_EXPECT(walk.settlement && walk.place);
    Settlement const settlement{*walk.settlement,
                                *walk.settlement - life.birth,
                                walk.months_total,
                                walk.place->area,
                                walk.balance};
    bool const each_area = law.book.pension.paid_by.at(*walk.settlement) == PaidBy::each_area;
    return each_area ? pension_by_area(law.book, law.wages, settlement, walk.wages, walk.balances)
                     : pension_of(law.book, law.wages, settlement, walk.wages);
}

void complete_outcome(LawContext const& law, Life const& life, Walk& walk, Outcome& outcome) {
    outcome.status = status_of(law.book, life, walk);
    outcome.statutory_month = walk.statutory;
    outcome.counting_month = walk.counting;
    outcome.settlement_month = walk.settlement;
    outcome.months_total = walk.months_total;
    outcome.months_by_area.clear();
    for (Standing const& standing : walk.standings) {
        outcome.months_by_area.push_back({standing.area, standing.months});
    }
    outcome.required_months = walk.required;
    outcome.missing_months = is_short(outcome.status) ? walk.required - walk.months_total : 0;
    outcome.benefit_area = walk.place ? std::optional(walk.place->area) : std::nullopt;
    outcome.branch = walk.place ? walk.place->branch : Branch::none;
    outcome.account_balance.reset();
    outcome.pension.reset();
    outcome.bridge.reset();
    outcome.death_grant.reset();
    if (walk.settlement || is_short(outcome.status)) {
        outcome.account_balance = walk.balance;
    }
    if (is_short(outcome.status)) {
        OutcomeListener(life, outcome)
            .ground(outcome.status == Status::lump_sum ? Ground::lump_sum : Ground::extension);
    }
    if (!life.exemptions.empty()) {
        OutcomeListener(life, outcome).ground(Ground::exempt);
    }
    if (has_resident_records(life) || life.move_to_resident_scheme) {
        complete_resident_scheme(law, life, walk, outcome);
    }
    if (walk.settlement) {
        complete_pension(law, life, walk, outcome);
    }
    complete_death_grant(life, walk, outcome);
    PENSIM_ENSURE(outcome.missing_months >= 0);
}

namespace {

/// Faults after which a walk can still find others that do not follow from them.
bool leaves_walk_sound(LifeFault const& fault) {
    switch (fault.kind) {
    case LifeFaultKind::hukou_not_mainland:
    case LifeFaultKind::nationality_not_foreign:
    case LifeFaultKind::permanent_not_foreign:
    case LifeFaultKind::record_too_early:
    case LifeFaultKind::area_not_admitted:
    case LifeFaultKind::lump_months_misplaced:
    case LifeFaultKind::event_after_death:
        return true;
    default:
        return false;
    }
}

} // namespace

void Decider::check(Life const& life) {
    walk_.faults.clear();
    check_life(law_.book, life, default_areas_, walk_.faults);
}

bool Decider::decide(Life const& life) {
    check(life);
    auto const found = std::exchange(walk_.faults, {});
    if (std::all_of(found.begin(), found.end(), leaves_walk_sound)) {
        walk(life);
    }
    walk_.faults.insert(walk_.faults.end(), found.begin(), found.end());
    std::sort(walk_.faults.begin(), walk_.faults.end(), [](auto const& a, auto const& b) {
        return std::tie(a.part, a.index, a.kind) < std::tie(b.part, b.index, b.kind);
    });
    return walk_.faults.empty();
}

void Decider::walk(Life const& life) {
    outcome_.basis.clear();
    outcome_.transfers.clear();
    outcome_.refunds.clear();
    OutcomeListener listener(life, outcome_);
    try {
        Timeline(law_, life, walk_, listener).run();
        if (walk_.faults.empty()) {
            complete_outcome(law_, life, walk_, outcome_);
        }
    } catch (MoneyOverflow const&) {
        walk_.faults.push_back({.kind = LifeFaultKind::sum_overflow, .field = "records"});
    }
}

} // namespace pensim::law

#include "sim/lanes/planner.hpp"

#include <algorithm>

namespace pensim::lanes {

using world::Spell;

void Plans::clear() {
    lives.clear();
    transfers.clear();
    refunds.clear();
    segments.clear();
    joins.clear();
    accounts.clear();
    earners.clear();
    for (auto& of_pass : takers) {
        of_pass.clear();
    }
}

namespace {

template <class T>
std::uint32_t size_of(std::vector<T> const& list) {
    return static_cast<std::uint32_t>(list.size());
}

} // namespace

Planner::Planner(world::World const& world,
                 law::LawContext const& law,
                 world::CareerDrawer const& careers,
                 LaneTables const& tables)
    : world_(world), law_(law), places_(law.book), careers_(careers), tables_(tables) {}

bool Planner::plan(world::Career& career, world::PersonStreams& streams, Plans& plans) {
    elsewhere_.reset();
    conduct_.reset();
    drawn_spells_ = career.spells.size();
    drawn_events_ = career.life.events.size();
    begin(career, plans);
    if (!decide(&streams) || !fits_) {
        drop();
        return false;
    }
    return true;
}

void Planner::plan_elsewhere(law::PlaceDecision const& place, Plans& plans) {
    elsewhere_ = place;
    world::Career& career = *career_;
    career.spells.erase(career.spells.begin() + static_cast<std::ptrdiff_t>(drawn_spells_),
                        career.spells.end());
    career.life.events.erase(career.life.events.begin()
                                 + static_cast<std::ptrdiff_t>(drawn_events_),
                             career.life.events.end());
    begin(career, plans);
    bool const planned = decide(nullptr) && fits_;
    PENSIM_EXPECT(planned);
}

bool Planner::may_go_elsewhere() const {
    return std::all_of(plans_->segments.begin() + life_.first_segment,
                       plans_->segments.end(),
                       [](Segment const& s) { return s.pass + 1U < PaidYears::passes_max; });
}

bool Planner::has_temporary() const {
    return std::any_of(plans_->segments.begin() + life_.first_segment,
                       plans_->segments.end(),
                       [](Segment const& s) { return s.temporary; });
}

PlannedLife& Planner::keep(std::uint64_t person, PaidYears& years) {
    life_.person = person;
    life_.segments = size_of(plans_->segments) - life_.first_segment;
    life_.transfers = size_of(plans_->transfers) - life_.first_transfer;
    life_.refunds = size_of(plans_->refunds) - life_.first_refund;
    life_.accounts = size_of(plans_->accounts) - life_.first_account;
    life_.earners = size_of(plans_->earners) - life_.first_earner;
    for (std::uint32_t i = 0; i < life_.segments; ++i) {
        write_holding(life_.first_segment + i, years);
    }
    return plans_->lives.emplace_back(life_);
}

void Planner::begin(world::Career& career, Plans& plans) {
    career_ = &career;
    plans_ = &plans;
    life_ = {};
    life_.group = career.life.group;
    life_.birth = career.life.birth;
    life_.death = career.death;
    life_.first_segment = size_of(plans.segments);
    life_.first_transfer = size_of(plans.transfers);
    life_.first_refund = size_of(plans.refunds);
    life_.first_account = size_of(plans.accounts);
    life_.first_earner = size_of(plans.earners);
    person_ = law::person_of(career.life);
    first_join_ = size_of(plans.joins);
    parts_.clear();
    standings_.clear();
    voided_.clear();
    counted_relation_.reset();
    counted_place_.reset();
    counted_months_ = 0;
    slot_count_ = 0;
    relation_.reset();
    first_paid_.reset();
    ever_paid_ = false;
    terminated_ = false;
    fits_ = true;
}

void Planner::drop() {
    plans_->transfers.resize(life_.first_transfer);
    plans_->refunds.resize(life_.first_refund);
    plans_->accounts.resize(life_.first_account);
    plans_->earners.resize(life_.first_earner);
    plans_->segments.resize(life_.first_segment);
    plans_->joins.resize(first_join_);
}

// ---- what happens ----

/// Payments and departures up to T, the test of T, what follows, death. A departure lies behind the
/// spell that it ends and before the next one.
bool Planner::decide(world::PersonStreams* streams) {
    auto event = career_->life.events.begin();
    auto const end_before = [&](YearMonth month) {
        for (; event != career_->life.events.end() && event->month < month; ++event) {
            if (event->terminate) {
                end_relation(event->month);
            }
        }
    };
    for (std::uint32_t spell = 0; spell < career_->spells.size(); ++spell) {
        end_before(career_->spells[spell].from);
        pay(spell);
        if (!fits_) {
            return false;
        }
    }
    end_before(YearMonth::last());
    if (!career_->reaches_counting()) {
        die();
        return true;
    }
    return count(streams);
}

/// contract 2.1.2 and 2.4: where the payment goes; the relation and its money move first.
void Planner::pay(std::uint32_t number) {
    Spell const& spell = career_->spells[number];
    fits_ = fits_ && spell.own_ppm <= tables_.largest_own_ppm();
    Slot* slot = find_slot(spell.area);
    if (slot != nullptr && (slot->temporary || relation_ == spell.area)) {
        // It goes on.
    } else if (slot == nullptr && opens_temporary(spell.area, spell.from)) {
        slot = &slots_[slot_count_++];
        *slot = {spell.area, true, new_segment(spell.area, true, spell.from)};
    } else {
        bool const money_follows =
            relation_ && spell.transfer && law_.book.transfer.on_move.at(spell.from);
        relation_ = spell.area;
        if (money_follows) {
            move_slots(
                spell.from, spell.area, false, [](Slot const&) { return TransferKind::move; });
        }
        slot = find_slot(spell.area);
        if (slot == nullptr) {
            slot = &slots_[slot_count_++];
            *slot = {spell.area, false, new_segment(spell.area, false, spell.from)};
        }
    }
    fits_ = fits_ && slot_count_ < slots_max;
    parts_.push_back({slot->segment, number});
    life_.months_total += (spell.to - spell.from).count() + 1;
    life_.last_area = spell.area;
    ever_paid_ = true;
    if (!first_paid_) {
        first_paid_ = spell.from;
    }
    if (spell.kind != Kind::extension) {
        note_standing(spell, slot->temporary);
    }
}

void Planner::note_standing(Spell const& spell, bool temporary) {
    int const months = (spell.to - spell.from).count() + 1;
    auto standing = std::find_if(standings_.begin(), standings_.end(), [&](law::Standing const& s) {
        return s.area == spell.area;
    });
    if (standing == standings_.end()) {
        standings_.push_back({spell.area, 0, 0, spell.from, spell.from, spell.from, temporary});
        standing = standings_.end() - 1;
    } else if (standing->last_paid.next() < spell.from) {
        standing->run_start = spell.from;
    }
    standing->months += months;
    standing->relation_months += temporary ? 0 : months;
    standing->last_paid = spell.to;
    standing->temporary = temporary;
}

/// gbf-2009-66, art. 5: away from the hukou area at 50 (men) or 40 (women), the relation stays
/// where it is.
bool Planner::opens_temporary(AreaId area, YearMonth month) const {
    law::TemporaryRules const& rules = law_.book.temporary;
    Life const& life = career_->life;
    if (life.hukou == area || !rules.groups.at(month).contains(person_)) {
        return false;
    }
    auto const& age = life.sex == Sex::male ? rules.male_age : rules.female_age;
    return month - life.birth >= Months::of_years(age.at(month));
}

Planner::Slot* Planner::find_slot(AreaId area) {
    auto* const end = slots_.data() + slot_count_;
    auto* const found =
        std::find_if(slots_.data(), end, [&](Slot const& slot) { return slot.area == area; });
    return found == end ? nullptr : found;
}

std::uint32_t Planner::new_segment(AreaId area, bool temporary, YearMonth start) {
    Segment segment;
    segment.area = area;
    segment.temporary = temporary;
    segment.start = start;
    segment.first_join = size_of(plans_->joins);
    plans_->segments.push_back(segment);
    return size_of(plans_->segments) - 1;
}

void Planner::close_segment(Slot const& slot, YearMonth month) {
    plans_->segments[slot.segment].end = month;
}

std::uint32_t
Planner::add_transfer(Slot const& slot, YearMonth month, AreaId to, TransferKind kind) {
    plans_->transfers.push_back({month, slot.area, to, kind, slot.temporary});
    return size_of(plans_->transfers) - 1;
}

/// contract 2.1.4: every holding outside `to`, temporary ones only on demand, goes there, into a
/// new segment.
template <class KindOf>
void Planner::move_slots(YearMonth month, AreaId to, bool temporary_too, KindOf const& kind_of) {
    auto const moves = [&](Slot const& slot) {
        return slot.area != to && (temporary_too || !slot.temporary);
    };
    auto* const end = slots_.data() + slot_count_;
    if (std::none_of(slots_.data(), end, moves)) {
        return;
    }
    std::uint32_t const taker = new_segment(to, false, month);
    std::uint32_t pass = 0;
    auto* kept = slots_.data();
    for (auto* slot = slots_.data(); slot != end; ++slot) {
        if (!moves(*slot) && slot->area != to) {
            *kept++ = *slot;
            continue;
        }
        std::optional<std::uint32_t> transfer;
        if (slot->area != to) {
            transfer = add_transfer(*slot, month, to, kind_of(*slot));
        }
        close_segment(*slot, month);
        plans_->joins.push_back({slot->segment, transfer});
        pass = std::max<std::uint32_t>(pass, plans_->segments[slot->segment].pass + 1U);
    }
    Segment& segment = plans_->segments[taker];
    segment.joins = size_of(plans_->joins) - segment.first_join;
    segment.pass = static_cast<std::uint16_t>(pass);
    fits_ = fits_ && pass < PaidYears::passes_max;
    *kept++ = {to, false, taker};
    slot_count_ = static_cast<std::size_t>(kept - slots_.data());
}

/// On written application: it is as if nothing had been paid.
void Planner::end_relation(YearMonth month) {
    for (std::size_t i = 0; i < slot_count_; ++i) {
        close_segment(slots_[i], month);
        plans_->refunds.push_back(
            {month, RefundReason::terminated, slots_[i].area, slots_[i].segment});
    }
    terminated_ = true;
    slot_count_ = 0;
    if (life_.counted) {
        voided_.swap(standings_);
    }
    standings_.clear();
    life_.months_total = 0;
    first_paid_.reset();
    life_.place.reset();
    relation_.reset();
}

/// contract 2.2: the first criterion that fits. A mainlander whose relation is in the hukou area,
/// where the rules ask for that first, need not be taken through the others.
std::optional<law::PlaceDecision> Planner::decide_place(bool enough) const {
    Life const& life = career_->life;
    law::PlaceTerms const& terms = places_.at(life.group, career_->counting);
    if (life.hukou && relation_ == life.hukou && terms.order.front() == law::Criterion::hukou) {
        return law::PlaceDecision{*life.hukou, Branch::hukou};
    }
    law::PlaceFacts const facts{relation_, life.hukou, standings_};
    auto const found = law::decide_benefit_location(terms, facts);
    if (found && !enough) {
        if (auto const elected =
                law::elect_last_area(law_.book, life, career_->counting, facts, *found)) {
            return elected;
        }
    }
    return found;
}

/// The end of T (contract 2.2, 2.3).
bool Planner::count(world::PersonStreams* streams) {
    YearMonth const month = career_->counting;
    if (life_.months_total == 0) {
        die();
        return true;
    }
    bool const enough = life_.months_total >= career_->required;
    life_.counted = true;
    counted_months_ = life_.months_total;
    counted_relation_ = relation_;
    life_.missing = enough ? 0 : career_->required - life_.months_total;
    if (!enough && streams != nullptr) {
        career_->life.continue_in_last_area = careers_.elects_last_area(*career_, *streams);
    }
    life_.place = elsewhere_ ? elsewhere_ : decide_place(enough);
    counted_place_ = life_.place;
    if (!life_.place) {
        die();
        return true;
    }
    for (law::Standing const& standing : standings_) {
        if (standing.area != life_.place->area) {
            plans_->earners.push_back({standing.area, standing.months});
        }
    }
    gather();
    relation_ = life_.place->area;
    if (enough) {
        finish(AccountEnd::pension, month);
        return true;
    }
    return go_on_short(streams);
}

/// All money goes to the benefit location (order-41-2019, art. 8; gbf-2009-66, arts. 5-6).
void Planner::gather() {
    AreaId const place = life_.place->area;
    move_slots(career_->counting, place, true, [&](Slot const& slot) {
        if (slot.temporary) {
            return TransferKind::temporary;
        }
        return life_.place->branch == Branch::last_qualified && relation_ == slot.area
                   ? TransferKind::sent_back
                   : TransferKind::gather;
    });
}

/// What somebody short of months does (world::Conduct), as far as the law lets them.
bool Planner::go_on_short(world::PersonStreams* streams) {
    YearMonth const counting = career_->counting;
    if (streams != nullptr) {
        conduct_ = careers_.conduct(*career_, first_paid_, *streams);
    }
    world::Conduct const& conduct = conduct_.value();
    if (conduct.lump_months > 0) {
        return false;
    }
    career_->life.move_to_resident_scheme = conduct.moves_to_resident_scheme;
    if (conduct.moves_to_resident_scheme && law_.book.bridge.open.at(counting)) {
        finish(AccountEnd::resident_scheme, counting);
        return true;
    }
    YearMonth const ends = counting + Months(conduct.ends_after);
    if (conduct.ends_after > 0 && ends < career_->death) {
        career_->life.events.push_back({EventKind::depart, ends, true});
        end_relation(ends);
    } else if (conduct.extension_months > 0) {
        YearMonth const settles = counting + Months(conduct.extension_months);
        auto const& group = world_.groups[static_cast<std::size_t>(career_->group)];
        career_->spells.push_back({counting.next(),
                                   std::min(career_->death, settles),
                                   life_.place->area,
                                   Kind::extension,
                                   true,
                                   world::CareerDrawer::alone_ppm(group, career_->last_spell_ppm)});
        pay(static_cast<std::uint32_t>(career_->spells.size() - 1));
        if (settles < career_->death) {
            finish(AccountEnd::pension, settles);
            return true;
        }
    }
    die();
    return true;
}

void Planner::finish(AccountEnd end, YearMonth month) {
    life_.account_end = end;
    life_.month = month;
    for (std::size_t i = 0; i < slot_count_; ++i) {
        close_segment(slots_[i], month);
        plans_->accounts.push_back(slots_[i].segment);
    }
    life_.status = end == AccountEnd::pension ? Status::pension : Status::died;
}

void Planner::die() {
    for (std::size_t i = 0; i < slot_count_; ++i) {
        close_segment(slots_[i], life_.death);
        plans_->refunds.push_back(
            {life_.death, RefundReason::death, slots_[i].area, slots_[i].segment});
    }
    life_.status = !ever_paid_                              ? Status::no_contributions
                   : terminated_ && life_.months_total == 0 ? Status::refunded
                                                            : Status::died;
}

} // namespace pensim::lanes

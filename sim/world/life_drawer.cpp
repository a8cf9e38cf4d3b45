#include "sim/world/life_drawer.hpp"

#include <algorithm>

#include "core/law/qualifying_period.hpp"
#include "core/law/retirement_age.hpp"

namespace pensim::world {

namespace {

constexpr std::int64_t one = 1'000'000;

using random::Purpose;
using random::Stream;

} // namespace

DrawnLife const& LifeDrawer::draw(random::Key key, std::uint64_t person) {
    Life& life = drawn_.life;
    life.claim.reset();
    life.hukou.reset();
    life.nationality.reset();
    life.permanent_resident = false;
    life.continue_in_last_area = false;
    life.move_to_resident_scheme = false;
    life.records.clear();
    life.events.clear();
    life.exemptions.clear();
    months_paid_ = 0;

    draw_who(Stream(key, person, Purpose::who));
    Stream death(key, person, Purpose::death);
    drawn_.death = group_->survival->death(
        life.sex, life.birth, drawn_.entry, world_.exponential.draw(death.next()));
    Stream claim(key, person, Purpose::claim);
    plan_claim(claim);
    draw_career(Stream(key, person, Purpose::career), Stream(key, person, Purpose::wage));
    settle_claim();
    act_when_short(claim, Stream(key, person, Purpose::election));
    life.events.push_back({EventKind::death, drawn_.death});
    return drawn_;
}

void LifeDrawer::draw_who(Stream who) {
    Life& life = drawn_.life;
    drawn_.group = world_.group.draw(who.next());
    group_ = &world_.groups[static_cast<std::size_t>(drawn_.group)];
    life.group = group_->group;
    life.sex = group_->male.happens(who.next()) ? Sex::male : Sex::female;
    bool const manages = group_->management.happens(who.next());
    life.post = life.sex == Sex::female && manages ? Post::management : Post::worker;
    drawn_.entry = group_->entry_first + Months(group_->entry_month.draw(who.next()));
    life.birth =
        drawn_.entry - Months(group_->entry_age_first + group_->entry_age.draw(who.next()));
    if (group_->home.empty()) {
        first_area_ = static_cast<AreaId>(group_->first_area.draw(who.next()));
        home_ = first_area_;
    } else {
        home_ = static_cast<AreaId>(group_->home.draw(who.next()));
        bool const stays = group_->stays_home.happens(who.next());
        first_area_ = stays || !group_->moving->leads_away(home_)
                          ? home_
                          : group_->moving->destination(home_, who.next());
    }
    if (life.group == Group::mainland) {
        life.hukou = home_;
    } else if (life.group == Group::foreign) {
        draw_nationality(who);
    }
}

void LifeDrawer::draw_nationality(Stream& who) {
    drawn_.life.nationality =
        group_->nationalities[static_cast<std::size_t>(group_->nationality.draw(who.next()))];
    drawn_.life.permanent_resident = group_->permanent_resident.happens(who.next());
}

/// Flexible retirement (rsb-2024-94): a late claim is a plan; an early one depends on the months.
void LifeDrawer::plan_claim(Stream& claim) {
    Life& life = drawn_.life;
    statutory_ = law::statutory_month(law_.book, life);
    counting_ = statutory_;
    early_claim_ = statutory_;
    bool const late = group_->claims_late.happens(claim.next());
    bool const early = group_->claims_early.happens(claim.next());
    if (!late && !early) {
        return;
    }
    law::ClaimWindow const window = law::claim_window(law_.book, life);
    if (late && window.latest > statutory_) {
        life.claim = window.latest;
        counting_ = window.latest;
    } else if (early && window.earliest > drawn_.entry) {
        early_claim_ = window.earliest;
    }
}

int LifeDrawer::wait(double rate_a_month, Stream& stream) const {
    if (rate_a_month <= 0) {
        return never;
    }
    double const months = world_.exponential.draw(stream.next()) / rate_a_month;
    return months < never ? static_cast<int>(months) : never;
}

void LifeDrawer::draw_career(Stream career, Stream wage) {
    Life& life = drawn_.life;
    GroupTables const& g = *group_;
    YearMonth const end = std::min(counting_, drawn_.death);
    AreaId area = first_area_;
    bool transfer = true;
    person_ppm_ = g.person_wage.draw_ppm(wage.next());
    spell_ppm_ = person_ppm_;
    YearMonth month = wait_out_exemption(career, drawn_.entry);
    while (month <= end) {
        int const age = (month - life.birth).count();
        int const move = g.moving->leads_away(area) ? g.moving->age().months_until(
                             age, g.moving->rate(area), world_.exponential.draw(career.next()))
                                                    : never;
        int const back = area != home_ ? wait(g.return_rate, career) : never;
        int const gap = wait(g.gap_rate, career);
        int const leave = wait(g.leaving_rate, career);
        int const lasts = std::max(1, std::min({move, back, gap, leave}) + 1);
        // The state holds in the months before its end; the month of a move is paid in the new
        // area.
        auto const kind = static_cast<Kind>(g.kind.draw(career.next()));
        spell_ppm_ = person_ppm_ * g.spell_wage.draw_ppm(wage.next()) / one;
        YearMonth const last = std::min(end, month + Months(lasts - 1));
        pay(month, last, area, kind, transfer);
        months_paid_ += (last - month).count() + 1;
        month = month + Months(lasts);
        if (month > end) {
            break;
        }
        if (lasts == move + 1) {
            area = g.moving->destination(area, career.next());
            transfer = !g.leaves_money.happens(career.next());
        } else if (lasts == back + 1) {
            area = home_;
            transfer = !g.leaves_money.happens(career.next());
        } else if (lasts == gap + 1) {
            month = month + Months(1 + wait(g.gap_end_rate, career));
        } else if (lasts == leave + 1) {
            bool const ends = g.ends_relation.happens(career.next());
            life.events.push_back({EventKind::depart, month, ends});
            months_paid_ = ends ? 0 : months_paid_;
            if (!g.comes_back.happens(career.next())) {
                break;
            }
            month = month + Months(1 + wait(g.away_end_rate, career));
        }
    }
}

/// Somebody insured at home, or under an agreement, begins to pay when the exemption ends.
YearMonth LifeDrawer::wait_out_exemption(Stream& career, YearMonth month) {
    Life& life = drawn_.life;
    if (group_->exempt.never() || !group_->exempt.happens(career.next())) {
        return month;
    }
    int months = group_->exempt_months;
    ExemptionGround ground = ExemptionGround::home_certificate;
    YearMonth lawful_from = world_.certificates_from;
    if (life.group == Group::foreign) {
        auto const right =
            std::find_if(world_.agreements.begin(),
                         world_.agreements.end(),
                         [&](ExemptRight const& r) { return r.nationality == *life.nationality; });
        if (right == world_.agreements.end()) {
            return month;
        }
        ground = ExemptionGround::agreement;
        lawful_from = right->from;
        months = right->months_max > 0 ? std::min(months, right->months_max) : months;
    }
    if (month < lawful_from || months == 0) {
        return month;
    }
    YearMonth const after = month + Months(months);
    life.exemptions.push_back({ground, month, std::min(after.previous(), drawn_.death)});
    return after;
}

void LifeDrawer::pay(YearMonth from, YearMonth to, AreaId area, Kind kind, bool transfer) {
    GroupTables const& g = *group_;
    std::int64_t const own = kind == Kind::employed ? spell_ppm_ : spell_ppm_ * g.alone_ppm / one;
    while (from <= to) {
        YearMonth const last = std::min(to, from.december());
        auto const age = static_cast<std::size_t>((from - drawn_.life.birth).count() / 12);
        std::int64_t const ppm =
            own * g.wage_ppm[std::min(age, std::size_t{GroupTables::ages - 1})] / one;
        drawn_.life.records.push_back({.area = area,
                                       .from = from,
                                       .to = last,
                                       .base = limits_.base(area, from.year(), ppm),
                                       .kind = kind,
                                       .transfer = transfer});
        from = last.next();
    }
}

/// Months up to the end of `last` since the last termination before it.
int LifeDrawer::months_paid_to(YearMonth last) const {
    YearMonth since = YearMonth::first();
    for (Event const& event : drawn_.life.events) {
        if (event.terminate && event.month <= last) {
            since = event.month;
        }
    }
    int months = 0;
    for (Record const& record : drawn_.life.records) {
        if (record.from > since && record.from <= last) {
            months += (std::min(record.to, last) - record.from).count() + 1;
        }
    }
    return months;
}

/// An early claim comes about if the months suffice; then the career ends with it.
void LifeDrawer::settle_claim() {
    Life& life = drawn_.life;
    if (early_claim_ >= statutory_ || drawn_.death <= early_claim_) {
        return;
    }
    int const months = months_paid_to(early_claim_);
    if (months < law::required_months(law_.book, statutory_, early_claim_)) {
        return;
    }
    life.claim = early_claim_;
    counting_ = early_claim_;
    months_paid_ = months;
    std::erase_if(life.records, [&](Record const& r) { return r.from > early_claim_; });
    std::erase_if(life.events, [&](Event const& e) { return e.month > early_claim_; });
    if (!life.records.empty()) {
        life.records.back().to = std::min(life.records.back().to, early_claim_);
    }
}

void LifeDrawer::act_when_short(Stream& claim, Stream election) {
    Life& life = drawn_.life;
    int const required = law::required_months(law_.book, statutory_, counting_);
    if (months_paid_ == 0 || months_paid_ >= required || drawn_.death <= counting_) {
        return;
    }
    life.continue_in_last_area =
        !group_->elects_last_area.never() && group_->elects_last_area.happens(election.next());
    law::SilentListener nobody;
    law::Timeline(law_, life, walk_, nobody).run();
    if (!walk_.place) {
        return;
    }
    int const missing = required - months_paid_;
    YearMonth const after = counting_.next();
    bool const may_extend = law::may_extend(law_.book, law::person_of(life), counting_);
    auto action = static_cast<ShortAction>(group_->when_short.draw(claim.next()));
    int const years_first = law_.book.extension.lump_sum_after.at(counting_);
    if (action == ShortAction::lump_sum
        && (missing <= years_first
            || !law::may_pay_lump_sum(
                law_.book, after + Months(years_first), walk_.first_paid, years_first))) {
        action = ShortAction::extends;
    }
    if (action == ShortAction::extends && may_extend) {
        extend(after, missing, walk_.place->area);
    } else if (action == ShortAction::lump_sum && may_extend) {
        extend(after, years_first, walk_.place->area);
        YearMonth const month = after + Months(years_first);
        if (month <= drawn_.death) {
            extend(month, 1, walk_.place->area);
            life.records.back().kind = Kind::lump_sum;
            life.records.back().lump_months = missing - years_first;
        }
    } else if (action == ShortAction::resident_scheme) {
        life.move_to_resident_scheme = true;
    } else if (action == ShortAction::ends_relation) {
        YearMonth const month = after + Months(static_cast<int>(claim.next() >> 28U));
        if (month < drawn_.death) {
            life.events.push_back({EventKind::depart, month, true});
        }
    }
}

/// Months paid alone at the benefit location, as far as life lasts.
void LifeDrawer::extend(YearMonth from, int months, AreaId area) {
    YearMonth const last = std::min(drawn_.death, from + Months(months - 1));
    if (from <= last) {
        pay(from, last, area, Kind::extension, true);
    }
}

} // namespace pensim::world

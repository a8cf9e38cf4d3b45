#include "sim/world/career_drawer.hpp"

#include <algorithm>

#include "core/law/qualifying_period.hpp"

namespace pensim::world {

namespace {

constexpr std::int64_t one = 1'000'000;

using random::Stream;

/// The first and the last month in which somebody of the world can be born.
struct BirthRange {
    YearMonth first = YearMonth::last();
    YearMonth last = YearMonth::first();
};

BirthRange births_of(World const& world) {
    BirthRange range;
    for (GroupTables const& group : world.groups) {
        auto const entry_months = static_cast<int>(group.entry_month.size());
        auto const entry_ages = static_cast<int>(group.entry_age.size());
        YearMonth const youngest = group.entry_first - Months(group.entry_age_first);
        range.first = std::min(range.first, youngest - Months(entry_ages - 1));
        range.last = std::max(range.last, youngest + Months(entry_months - 1));
    }
    return range;
}

RetirementTable retirement_of(World const& world, law::RuleBook const& book) {
    auto const [first, last] = births_of(world);
    return {book, first, last};
}

} // namespace

CareerDrawer::CareerDrawer(World const& world, law::LawContext const& law)
    : world_(world), law_(law), retirement_(retirement_of(world, law.book)) {}

void CareerDrawer::draw(PersonStreams& streams, Career& career) const {
    Life& life = career.life;
    life.claim.reset();
    life.hukou.reset();
    life.nationality.reset();
    life.permanent_resident = false;
    life.continue_in_last_area = false;
    life.move_to_resident_scheme = false;
    life.records.clear();
    life.events.clear();
    life.exemptions.clear();
    career.spells.clear();
    career.months_paid = 0;

    AreaId home{};
    AreaId first_area{};
    draw_who(streams.who, career, home, first_area);
    career.death = group_of(career).survival->death(
        life.sex, life.birth, career.entry, world_.exponential.draw(streams.death.next()));
    auto const& retirement = retirement_.at(life.sex, life.post, life.birth);
    bool const asks_early = plan_claim(streams.claim, career, retirement);
    draw_spells(streams, career, home, first_area);
    if (asks_early) {
        settle_claim(career, retirement);
    }
}

void CareerDrawer::draw_who(Stream& who, Career& career, AreaId& home, AreaId& first_area) const {
    Life& life = career.life;
    career.group = world_.group.draw(who.next());
    GroupTables const& group = group_of(career);
    life.group = group.group;
    life.sex = group.male.happens(who.next()) ? Sex::male : Sex::female;
    bool const manages = group.management.happens(who.next());
    life.post = life.sex == Sex::female && manages ? Post::management : Post::worker;
    career.entry = group.entry_first + Months(group.entry_month.draw(who.next()));
    life.birth = career.entry - Months(group.entry_age_first + group.entry_age.draw(who.next()));
    if (group.home.empty()) {
        first_area = static_cast<AreaId>(group.first_area.draw(who.next()));
        home = first_area;
    } else {
        home = static_cast<AreaId>(group.home.draw(who.next()));
        bool const stays = group.stays_home.happens(who.next());
        first_area = stays || !group.moving->leads_away(home)
                         ? home
                         : group.moving->destination(home, who.next());
    }
    if (life.group == Group::mainland) {
        life.hukou = home;
    } else if (life.group == Group::foreign) {
        life.nationality =
            group.nationalities[static_cast<std::size_t>(group.nationality.draw(who.next()))];
        life.permanent_resident = group.permanent_resident.happens(who.next());
    }
}

/// Flexible retirement (rsb-2024-94): a late claim is a plan; an early one depends on the months.
bool CareerDrawer::plan_claim(Stream& claim,
                              Career& career,
                              RetirementTable::Entry const& retirement) const {
    GroupTables const& group = group_of(career);
    career.statutory = retirement.statutory;
    career.counting = retirement.statutory;
    career.required = retirement.required;
    bool const late = group.claims_late.happens(claim.next());
    bool const early = group.claims_early.happens(claim.next());
    if (late && retirement.window.latest > retirement.statutory) {
        career.life.claim = retirement.window.latest;
        career.counting = retirement.window.latest;
        return false;
    }
    return early && retirement.window.earliest > career.entry
           && retirement.window.earliest < retirement.statutory;
}

int CareerDrawer::wait(double rate_a_month, Stream& stream) const {
    if (rate_a_month <= 0) {
        return never;
    }
    double const months = world_.exponential.draw(stream.next()) / rate_a_month;
    return months < never ? static_cast<int>(months) : never;
}

std::int64_t CareerDrawer::alone_ppm(GroupTables const& group, std::int64_t spell_ppm) {
    return spell_ppm * group.alone_ppm / one;
}

void CareerDrawer::draw_spells(PersonStreams& streams,
                               Career& career,
                               AreaId home,
                               AreaId first_area) const {
    Life& life = career.life;
    GroupTables const& g = group_of(career);
    Moving const& moving = *g.moving;
    Stream& draws = streams.career;
    YearMonth const end = std::min(career.counting, career.death);
    AreaId area = first_area;
    bool transfer = true;
    std::int64_t const person_ppm = g.person_wage.draw_ppm(streams.wage.next());
    career.last_spell_ppm = person_ppm;
    YearMonth month = wait_out_exemption(draws, career);
    while (month <= end) {
        int const age = (month - life.birth).count();
        int const move = moving.leads_away(area) ? moving.age().months_until(
                             age, moving.rate(area), world_.exponential.draw(draws.next()))
                                                 : never;
        int const back = area != home ? wait(g.return_rate, draws) : never;
        int const gap = wait(g.gap_rate, draws);
        int const leave = wait(g.leaving_rate, draws);
        int const lasts = std::max(1, std::min({move, back, gap, leave}) + 1);
        // The state holds in the months before its end; the month of a move is paid in the new
        // area.
        auto const kind = static_cast<Kind>(g.kind.draw(draws.next()));
        career.last_spell_ppm = person_ppm * g.spell_wage.draw_ppm(streams.wage.next()) / one;
        YearMonth const last = std::min(end, month + Months(lasts - 1));
        career.spells.push_back(
            {month,
             last,
             area,
             kind,
             transfer,
             kind == Kind::employed ? career.last_spell_ppm : alone_ppm(g, career.last_spell_ppm)});
        career.months_paid += (last - month).count() + 1;
        month = month + Months(lasts);
        if (month > end) {
            break;
        }
        if (lasts == move + 1) {
            area = moving.destination(area, draws.next());
            transfer = !g.leaves_money.happens(draws.next());
        } else if (lasts == back + 1) {
            area = home;
            transfer = !g.leaves_money.happens(draws.next());
        } else if (lasts == gap + 1) {
            month = month + Months(1 + wait(g.gap_end_rate, draws));
        } else if (lasts == leave + 1) {
            bool const ends = g.ends_relation.happens(draws.next());
            life.events.push_back({EventKind::depart, month, ends});
            career.months_paid = ends ? 0 : career.months_paid;
            if (!g.comes_back.happens(draws.next())) {
                break;
            }
            month = month + Months(1 + wait(g.away_end_rate, draws));
        }
    }
}

/// Somebody insured at home, or under an agreement, begins to pay when the exemption ends. Gives
/// the first month that is paid.
YearMonth CareerDrawer::wait_out_exemption(Stream& stream, Career& career) const {
    Life& life = career.life;
    GroupTables const& group = group_of(career);
    YearMonth const month = career.entry;
    if (group.exempt.never() || !group.exempt.happens(stream.next())) {
        return month;
    }
    int months = group.exempt_months;
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
    life.exemptions.push_back({ground, month, std::min(after.previous(), career.death)});
    return after;
}

namespace {

/// Months up to the end of `last` since the last termination before it.
int months_paid_to(Career const& career, YearMonth last) {
    YearMonth since = YearMonth::first();
    for (Event const& event : career.life.events) {
        if (event.terminate && event.month <= last) {
            since = event.month;
        }
    }
    int months = 0;
    for (Spell const& spell : career.spells) {
        if (spell.from > since && spell.from <= last) {
            months += (std::min(spell.to, last) - spell.from).count() + 1;
        }
    }
    return months;
}

} // namespace

/// An early claim comes about if the months suffice; then the career ends with it.
void CareerDrawer::settle_claim(Career& career, RetirementTable::Entry const& retirement) const {
    YearMonth const claim = retirement.window.earliest;
    if (career.death <= claim) {
        return;
    }
    int const months = months_paid_to(career, claim);
    if (months < retirement.required_earliest) {
        return;
    }
    career.life.claim = claim;
    career.counting = claim;
    career.required = retirement.required_earliest;
    career.months_paid = months;
    std::erase_if(career.spells, [&](Spell const& spell) { return spell.from > claim; });
    std::erase_if(career.life.events, [&](Event const& e) { return e.month > claim; });
    if (!career.spells.empty()) {
        career.spells.back().to = std::min(career.spells.back().to, claim);
    }
}

bool CareerDrawer::elects_last_area(Career const& career, PersonStreams& streams) const {
    random::Chance const& elects = group_of(career).elects_last_area;
    return !elects.never() && elects.happens(streams.election.next());
}

Conduct CareerDrawer::conduct(Career const& career,
                              std::optional<YearMonth> first_paid,
                              PersonStreams& streams) const {
    Conduct conduct;
    law::RuleBook const& book = law_.book;
    YearMonth const counting = career.counting;
    int const missing = career.required - career.months_paid;
    bool const may_extend = law::may_extend(book, law::person_of(career.life), counting);
    auto action = static_cast<ShortAction>(group_of(career).when_short.draw(streams.claim.next()));
    int const years_first = book.extension.lump_sum_after.at(counting);
    if (action == ShortAction::lump_sum
        && (missing <= years_first
            || !law::may_pay_lump_sum(
                book, counting.next() + Months(years_first), first_paid, years_first))) {
        action = ShortAction::extends;
    }
    if (action == ShortAction::extends && may_extend) {
        conduct.extension_months = missing;
    } else if (action == ShortAction::lump_sum && may_extend) {
        conduct.extension_months = years_first;
        conduct.lump_months = missing - years_first;
    } else if (action == ShortAction::resident_scheme) {
        conduct.moves_to_resident_scheme = true;
    } else if (action == ShortAction::ends_relation) {
        conduct.ends_after = 1 + static_cast<int>(streams.claim.next() >> 28U);
    }
    return conduct;
}

} // namespace pensim::world

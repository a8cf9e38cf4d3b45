#include "sim/audit/examiner.hpp"

#include <algorithm>

#include "core/law/timeline.hpp"

namespace pensim::audit {

namespace {

struct PlaceListener : law::SilentListener {
    std::optional<law::PlaceDecision> by_order;
    std::optional<AreaId> relation;
    void placed(YearMonth,
                law::PlaceFacts const& facts,
                std::optional<law::PlaceDecision> const& found,
                std::optional<law::PlaceDecision> const&) {
        by_order = found;
        relation = facts.relation;
    }
};

} // namespace

law::Standing const* Verdict::standing(AreaId area) const {
    auto const found = std::find_if(
        standings.begin(), standings.end(), [&](auto const& s) { return s.area == area; });
    return found == standings.end() ? nullptr : &*found;
}

law::Criterion criterion_of(Branch branch) {
    switch (branch) {
    case Branch::hukou:
        return law::Criterion::hukou;
    case Branch::relation_qualified:
        return law::Criterion::relation_qualified;
    case Branch::last_qualified:
        return law::Criterion::last_qualified;
    case Branch::hukou_gathers:
        return law::Criterion::hukou_gathers;
    case Branch::last_area:
        return law::Criterion::last_area;
    case Branch::first_qualified:
        return law::Criterion::first_qualified;
    case Branch::longest_qualified:
        return law::Criterion::longest_qualified;
    case Branch::longest:
    case Branch::longest_last:
        break;
    case Branch::none:
    case Branch::last_area_election:
        PENSIM_EXPECT(false); // no criterion of an order
    }
    return law::Criterion::longest;
}

Examiner::Examiner(law::LawContext const& law, Setting const& setting)
    : law_(law), setting_(setting),
      terms_(law::place_terms(law.book, setting.life.group, setting.counting)),
      life_(setting.life) {}

Fen Examiner::wage(int label, YearMonth first, YearMonth last) const {
    YearMonth const middle = first + Months((last - first).count() / 2);
    return law_.wages.at(area(label), middle.year() - 1);
}

std::optional<Career> Examiner::placed(Career career) const {
    career.end = setting_.last_end;
    // A lump sum takes a month, but pays for months of a working life too.
    if (career.end - Months(career.months() - 1) < setting_.earliest()) {
        return std::nullopt;
    }
    YearMonth last = career.end;
    for (std::size_t i = career.size(); i-- > 0;) {
        Spell& spell = career[i];
        YearMonth const first = spell.at_once ? last : last - Months(spell.months - 1);
        spell.base = wage(spell.label, first, last);
        bool const shares_month = spell.at_once && i > 0 && career[i - 1].at_once;
        last = shares_month ? last : first.previous();
    }
    return career;
}

Spell Examiner::stay_after(Career const& career, int label, int months) const {
    Spell stay{static_cast<std::uint8_t>(label), months};
    stay.base = wage(label, career.end.next(), career.end + Months(months));
    return stay;
}

std::optional<Career> Examiner::fitted(Career career) const {
    career.end = std::min(career.end, setting_.counting);
    if (career.end - Months(career.duration() - 1) < setting_.earliest()) {
        return std::nullopt;
    }
    return career;
}

Life const& Examiner::life_of(Career const& career) {
    life_.records.resize(career.size());
    YearMonth last = career.end;
    for (std::size_t i = career.size(); i-- > 0;) {
        Spell const& spell = career[i];
        YearMonth const first = spell.at_once ? last : last - Months(spell.months - 1);
        life_.records[i] = {.area = area(spell.label),
                            .from = first,
                            .to = last,
                            .base = spell.base,
                            .kind = spell.at_once ? Kind::lump_sum : Kind::employed,
                            .lump_months = spell.at_once ? spell.months : 0,
                            .transfer = setting_.money_follows};
        bool const shares_month = spell.at_once && i > 0 && career[i - 1].at_once;
        last = shares_month ? last : first.previous();
    }
    return life_;
}

void Examiner::examine(Career const& career, Verdict& verdict) {
    ++examined_;
    PlaceListener listener;
    law::Timeline(law_, life_of(career), walk_, listener).run();
    PENSIM_ENSURE(walk_.faults.empty() && walk_.counted);
    verdict.by_order = listener.by_order;
    verdict.place = walk_.place;
    verdict.relation = listener.relation;
    verdict.standings.assign(walk_.standings.begin(), walk_.standings.end());
    verdict.months = walk_.months_total;
    verdict.required = walk_.required;
    verdict.pension.reset();
    verdict.tie_open = false;
    if (walk_.settlement) {
        verdict.pension = law::settled_pension(law_, life_, walk_).monthly;
    } else if (!walk_.place) {
        verdict.tie_open =
            std::any_of(terms_.order.begin(), terms_.order.end(), [&](law::Criterion criterion) {
                return law::ask(criterion, terms_, facts_of(verdict)).tie_open;
            });
    }
}

bool Examiner::fits(law::Criterion criterion, Verdict const& verdict) const {
    return law::ask(criterion, terms_, facts_of(verdict)).decision.has_value();
}

} // namespace pensim::audit

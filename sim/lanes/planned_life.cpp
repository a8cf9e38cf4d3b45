// What a planner makes of a life that it has planned: holdings with months, for their amounts; and
// the life and its walk as core/law has them, without money.
#include <algorithm>

#include "sim/lanes/planner.hpp"

namespace pensim::lanes {

using world::Spell;

// ---- holdings ----

void Planner::write_holding(std::uint32_t number, PaidYears& years) {
    Segment const& segment = plans_->segments[number];
    if (segment.joins > 0) {
        plans_->takers[segment.pass].push_back(number);
    }
    auto const first = add_holding(number, number, tables_, years);
    if (first && number > life_.first_segment) {
        count_once(number, first->year(), years);
    }
}

/// What is only passed on, in the month in which it came, needs no lane.
std::optional<YearMonth> Planner::add_holding(std::uint32_t number,
                                              std::uint32_t holding,
                                              LaneTables const& tables,
                                              PaidYears& years) const {
    Segment const& segment = plans_->segments[number];
    auto const& group = world_.groups[static_cast<std::size_t>(career_->group)];
    std::optional<YearMonth> first;
    for (Part const& part : parts_) {
        if (part.segment == number) {
            Spell const& spell = career_->spells[part.spell];
            first = first ? first : spell.from;
            std::int64_t const ppm = group.age_ppm(spell.from - life_.birth);
            years.add({static_cast<double>(tables.month_number(spell.from)),
                       static_cast<double>(tables.month_number(spell.to) + 1),
                       static_cast<double>(spell.own_ppm),
                       spell.kind == Kind::employed ? 0.0 : 1.0,
                       static_cast<double>(ppm)});
        }
    }
    if (!first && segment.start.year() == segment.end.year()) {
        return first;
    }
    PaidJob job;
    job.begin = tables.month_number(segment.start);
    job.end = tables.month_number(segment.end);
    job.holding = holding;
    job.index_line = tables.line(life_.place ? life_.place->area : segment.area, 0);
    job.ages = tables.first_age(career_->group, life_.birth);
    job.temporary = segment.temporary;
    job.takes_in = segment.joins > 0;
    years.add(segment.pass, segment.area, job);
    return first;
}

std::uint32_t Planner::add_temporaries(std::uint32_t first_holding,
                                       LaneTables const& tables,
                                       PaidYears& years) const {
    std::uint32_t holding = first_holding;
    for (std::uint32_t number = life_.first_segment; number < plans_->segments.size(); ++number) {
        if (plans_->segments[number].temporary) {
            add_holding(number, holding++, tables, years);
        }
    }
    return holding;
}

/// A person counts once a year in an area: if the year in which the segment's payments begin had
/// some in an earlier one of the same area, one of the two does not count.
void Planner::count_once(std::uint32_t number, int year, PaidYears& years) const {
    AreaId const area = plans_->segments[number].area;
    bool const twice = std::any_of(parts_.begin(), parts_.end(), [&](Part const& part) {
        return part.segment < number && plans_->segments[part.segment].area == area
               && career_->spells[part.spell].to.year() == year;
    });
    if (twice) {
        years.uncount(area, tables_.month_number(YearMonth(year, 1)) / months_of_year);
    }
}

// ---- as core/law has it ----

Life const& Planner::outline(law::Walk& walk) {
    Life& life = career_->life;
    life.records.clear();
    walk.reset();
    walk.runs.clear();
    for (Spell const& spell : career_->spells) {
        Record record{.area = spell.area,
                      .from = spell.from,
                      .to = spell.to,
                      .kind = spell.kind,
                      .transfer = spell.transfer};
        YearMonth const last_year(spell.to.year(), 1);
        auto const add = [&] {
            walk.runs.push_back({record.from, record.to, static_cast<int>(life.records.size())});
            life.records.push_back(record);
        };
        if (spell.from < last_year) {
            record.to = last_year.previous();
            add();
            record.from = last_year;
            record.to = spell.to;
        }
        add();
    }
    walk.statutory = career_->statutory;
    walk.counting = career_->counting;
    walk.required = career_->required;
    walk.counted = career_->reaches_counting();
    walk.counted_months = counted_months_;
    walk.counted_relation = counted_relation_;
    walk.counted_place = counted_place_;
    walk.standings = standings_;
    walk.counted_standings = voided_;
    walk.place = life_.place;
    walk.ever_paid = ever_paid_;
    walk.terminated = terminated_;
    walk.months_total = life_.months_total;
    if (life_.account_end == AccountEnd::pension) {
        walk.settlement = life_.month;
    } else {
        walk.died = life_.death;
    }
    return life;
}

} // namespace pensim::lanes

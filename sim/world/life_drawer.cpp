#include "sim/world/life_drawer.hpp"

#include <algorithm>

namespace pensim::world {

DrawnLife const& LifeDrawer::draw(random::Key key, std::uint64_t person) {
    PersonStreams streams(key, person);
    careers_.draw(streams, career_);
    for (Spell const& spell : career_.spells) {
        pay(spell);
    }
    if (career_.is_short()) {
        act_when_short(streams);
    }
    career_.life.events.push_back({EventKind::death, career_.death});
    return career_;
}

/// A record for each calendar year.
void LifeDrawer::pay(Spell spell) {
    Life& life = career_.life;
    GroupTables const& group = world_.groups[static_cast<std::size_t>(career_.group)];
    while (spell.from <= spell.to) {
        YearMonth const last = std::min(spell.to, spell.from.december());
        life.records.push_back(
            {.area = spell.area,
             .from = spell.from,
             .to = last,
             .base = limits_.base(spell.area,
                                  spell.from.year(),
                                  group.share_ppm(spell.own_ppm, spell.from - life.birth)),
             .kind = spell.kind,
             .transfer = spell.transfer});
        spell.from = last.next();
    }
}

void LifeDrawer::act_when_short(PersonStreams& streams) {
    Life& life = career_.life;
    life.continue_in_last_area = careers_.elects_last_area(career_, streams);
    law::SilentListener nobody;
    law::Timeline(law_, life, walk_, nobody).run();
    if (!walk_.place) {
        return;
    }
    Conduct const conduct = careers_.conduct(career_, walk_.first_paid, streams);
    YearMonth const after = career_.counting.next();
    extend(after, conduct.extension_months, walk_.place->area);
    YearMonth const lump_sum = after + Months(conduct.extension_months);
    if (conduct.lump_months > 0 && lump_sum <= career_.death) {
        extend(lump_sum, 1, walk_.place->area);
        life.records.back().kind = Kind::lump_sum;
        life.records.back().lump_months = conduct.lump_months;
    }
    life.move_to_resident_scheme = conduct.moves_to_resident_scheme;
    YearMonth const end = career_.counting + Months(conduct.ends_after);
    if (conduct.ends_after > 0 && end < career_.death) {
        life.events.push_back({EventKind::depart, end, true});
    }
}

/// Months paid alone at the benefit location, as far as life lasts.
void LifeDrawer::extend(YearMonth from, int months, AreaId area) {
    GroupTables const& group = world_.groups[static_cast<std::size_t>(career_.group)];
    pay({from,
         std::min(career_.death, from + Months(months - 1)),
         area,
         Kind::extension,
         true,
         CareerDrawer::alone_ppm(group, career_.last_spell_ppm)});
}

} // namespace pensim::world

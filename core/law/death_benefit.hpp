// Funeral grant (丧葬补助金) and survivors' lump sum (抚恤金) after a death.
//   Law    rsb-2021-18, Articles 4 and 5; doubts: OPEN_QUESTIONS.md N15
//   Given  month of death; who pays; months paid; for a pensioner the months drawn; own
//   contributions Gives  both grants in months of the area's urban disposable income per head, then
//   in fen Fails  never: before 2021-09, and for somebody without a paid month, there is no grant
//
// The survivors get M months of income: less than 5 years paid 3; less than 10 years 6; up to and
// with 15 years 9; above, a month more for each year, up to 24 at 30 years. Years paid and years
// drawn are counted to the month (so the measures themselves), in twelfths. For a pensioner M falls
// by one for each year of drawing, never below 9.
//
// Readings. The pensioner's floor of 9 is a floor for all pensioners: one whose M was 3 or 6, which
// only a rule set with a short qualifying period brings about, has 9 from the first month on. The
// cap of a career below 5 years holds for pensioners as well. Where it bites, the funeral grant is
// paid first and the survivors get what is left.
#pragma once

#include <optional>

#include "core/record/outcome.hpp"

namespace pensim::law {

/// `months_drawn` is set for a pensioner; the payer is the area of the last relation, for a
/// pensioner the benefit area. `own_contributions` is handed on where it caps the grants.
[[nodiscard]] std::optional<DeathGrant> death_grant(YearMonth death,
                                                    AreaId payer,
                                                    int paid_months,
                                                    std::optional<int> months_drawn,
                                                    Fen own_contributions);

struct DeathMoney {
    Fen funeral;
    Fen survivors;
    friend bool operator==(DeathMoney const&, DeathMoney const&) = default;
};

/// In money, at the urban disposable income per head of the payer's year before the death. Each
/// grant is rounded once, half up to the fen; the monthly income itself is not rounded.
[[nodiscard]] DeathMoney death_money(DeathGrant const& grant, Fen yearly_income_per_head);

} // namespace pensim::law

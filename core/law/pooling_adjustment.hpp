// What the areas' pooled funds (统筹基金) pay each other for one year.
//   Law    gf-2018-18 (central adjustment, 中央调剂); national pooling (全国统筹) from 2022, whose
//          formula is not public; doubts: OPEN_QUESTIONS.md N6
//   Given  the position of each area in the year; the rate
//   Gives  for each area what it receives less what it pays; all areas together exactly zero
//   Fails  MoneyOverflow, where an amount leaves 64-bit fen
//
// What is divided among areas is divided in whole fen: each gets its share rounded down, and the
// fen left over go one each to the largest remainders, equal remainders in the order of the areas.
//
// `national_pooling` is an ASSUMPTION, not law: it is known only that surpluses and deficits of the
// current period are evened out nationwide. Where nobody is to be paid, nothing is collected.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/basis/money.hpp"

namespace pensim::law {

/// One area in one year.
struct PoolPosition {
    Fen average_yearly_wage;
    std::int64_t insured = 0; ///< employees who should be insured
    std::int64_t retirees = 0;
    Fen surplus; ///< of the year; a deficit is negative
};

/// Each area pays 90% of average wage x insured x rate (rounded half up to the fen); all of it
/// comes back by heads of retirees. Uses no surplus. No value may be negative.
[[nodiscard]] std::vector<Fen> central_adjustment_2018(std::span<PoolPosition const> areas,
                                                       Rate rate);

/// A share (0 to 1) of each positive surplus is collected and paid out pro rata to the deficits,
/// never more than these together: then each pays less, pro rata. Uses the surplus only.
[[nodiscard]] std::vector<Fen> national_pooling(std::span<PoolPosition const> areas, Rate share);

} // namespace pensim::law

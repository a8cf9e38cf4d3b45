// Hides small numbers of people, so that results on real records can be shown to others.
//
// What is hidden is taken out of the counts themselves, before any table is made: it is in no sum,
// so no sum gives it away, and every output has the same. Where all people together are known, a
// single hidden number would be what is left of them, and several equal ones a share of it: then
// the next smallest goes as well, until those hidden make up a number that may be shown. The same
// holds for amounts that the books tie to others: nothing is left of an area's accounts after all
// lives, and what all areas pay for months elsewhere in a year is what is paid by elsewhere.
//
// Not hidden is what only the difference of two numbers of different things tells, such as the
// insured of two years.
#pragma once

#include <cstdint>

#include "sim/engine/tally.hpp"

namespace pensim::engine {

/// How many numbers were hidden, by where they stood.
struct HiddenCells {
    std::int64_t flows = 0;     ///< flows of a year, with their money
    std::int64_t locations = 0; ///< kinds of people by place
    std::int64_t books = 0;     ///< amounts of an area's year, with whom they stand for
    std::int64_t others = 0;    ///< of endings, states and targets
};

/// Takes out of `tally` every number of people above zero and under `below`, and the money of those
/// people: flows; areas' years of contributions, pensions, interest, refunds and so on. Balances
/// are then those of what is left. The tally must have been made with Watch::behind, and its books
/// found in balance before; `holdings` are not looked at.
HiddenCells hide_small_numbers(Tally& tally, std::int64_t below);

} // namespace pensim::engine

// A life as it is drawn: who, when, where, in spells; years and wages come later (life_drawer.hpp).
#pragma once

#include <cstdint>
#include <vector>

#include "core/record/life.hpp"

namespace pensim::world {

struct DrawnLife {
    Life life;
    int group = 0;                        ///< of the world
    YearMonth entry = YearMonth::first(); ///< when the career begins
    YearMonth death = YearMonth::first(); ///< also the last event of the life
};

/// Months of pay in one area, at one level of wages; ends included.
struct Spell {
    YearMonth from = YearMonth::first();
    YearMonth to = YearMonth::first();
    AreaId area{};
    Kind kind = Kind::employed;
    bool transfer = true;     ///< does the money follow the relation to this area?
    std::int64_t own_ppm = 0; ///< wage over the area's average, before the factor of age
};

/// Up to T or death. The life has everything but its records, what somebody short of months does,
/// and its death.
struct Career : DrawnLife {
    std::vector<Spell> spells; ///< in order of time, apart from one another
    YearMonth statutory = YearMonth::first();
    YearMonth counting = YearMonth::first(); ///< T
    int required = 0;                        ///< months at T
    int months_paid = 0;                     ///< up to T, since the last termination
    std::int64_t last_spell_ppm = 0;         ///< as own_ppm of the last spell, if employed

    [[nodiscard]] bool reaches_counting() const { return counting < death; }
    /// Alive at T, with too few months?
    [[nodiscard]] bool is_short() const {
        return months_paid > 0 && months_paid < required && reaches_counting();
    }
};

/// What somebody who is short of months at T does.
struct Conduct {
    int extension_months = 0; ///< wanted from the month after T on
    int lump_months = 0;      ///< paid at once, when the extension months have passed
    bool moves_to_resident_scheme = false;
    int ends_after = 0; ///< months after T in which the relation is ended; 0: it is not
};

} // namespace pensim::world

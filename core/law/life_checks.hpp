// Histories that contradict themselves or the law (contract 2.2, 2.3, 2.6): input errors, not legal
// answers.
//   Law    order-41-2019, arts. 6 and 8(3) (who may pay on, and where); the working age of 16
//   Gives  every fault with its place in the history; the reader of the input renders paths and
//   texts
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/law/rule_book.hpp"

namespace pensim::law {

/// Labour law, art. 15 (劳动法第十五条); contract 2.6.
constexpr int working_age_years = 16;

enum class LifeFaultKind : std::uint8_t {
    hukou_missing, ///< mainland without hukou
    hukou_not_mainland,
    nationality_not_foreign,
    permanent_not_foreign,
    claim_too_early,           ///< `month`: the earliest possible
    claim_too_late,            ///< `month`: the latest possible
    record_backward,           ///< ends before it starts
    record_too_early,          ///< `month`: the first month of age 16
    area_not_admitted,         ///< an area that this rule set does not know
    resident_kind,             ///< a resident record that extends or pays at once
    lump_months_missing,       ///< a lump sum without a number of months
    lump_months_misplaced,     ///< a number of months on another kind
    event_after_death,         ///< `month`: of death
    extension_before_counting, ///< `month`: T
    record_after_counting,     ///< `month`: T
    extension_elsewhere,       ///< `area`: the benefit location
    extension_without_place,   ///< nothing designated to extend at
    extension_not_allowed,     ///< foreigner without permanent residence
    lump_sum_without_right,
    after_settlement, ///< `month`: of settlement
    sum_overflow,     ///< an amount leaves 64-bit fen
};

struct LifeFault {
    enum class Part : std::uint8_t { person, record, event };
    LifeFaultKind kind = LifeFaultKind::hukou_missing;
    Part part = Part::person;
    int index = 0;          ///< of the record or event
    std::string_view field; ///< the input field to look at
    YearMonth month = YearMonth::first();
    std::optional<AreaId> area{};
};

/// Faults that can be seen without walking through the life. `default_areas` rows are always
/// admitted.
void check_life(RuleBook const& book,
                Life const& life,
                std::size_t default_areas,
                std::vector<LifeFault>& faults);

} // namespace pensim::law

// The month of the statutory retirement age (法定退休年龄).
//   Law    npc-2024-09-13, art. 1 and tables 1-3; before 2025-01 the original ages hold
//   Given  class (men; women in management posts; women workers), birth month
//   Gives  the month of the original age, and the statutory month: later by one month for every
//   started `delay_step`
//          months of later birth, up to `delay_max`
//   Fails  never
#pragma once

#include "core/law/rule_book.hpp"

namespace pensim::law {

[[nodiscard]] YearMonth original_age_month(RuleBook const& book, Life const& life);
[[nodiscard]] YearMonth statutory_month(RuleBook const& book, Life const& life);

/// The months that a claim may choose, ends included (rsb-2024-94, arts. 1-2): never before the
/// original age.
struct ClaimWindow {
    YearMonth earliest = YearMonth::first();
    YearMonth latest = YearMonth::first();
};
[[nodiscard]] ClaimWindow claim_window(RuleBook const& book, Life const& life);

} // namespace pensim::law

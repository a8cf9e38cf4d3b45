// How many months must have been paid, and who may make up for missing ones.
//   Law    npc-2024-09-13, art. 2 (180 months, from 2030 six more a year up to 240); rsb-2024-94,
//   art. 7 (whose year);
//          order-41-2019, art. 6(1); order-13-2011, art. 2; rsth-2021-139, item 2
//   Given  the statutory month, the counting month T, what was paid
//   Gives  required months; the right to extend (延长缴费); the right to pay the rest at once
//   (一次性缴费) Fails  never
#pragma once

#include <optional>

#include "core/law/rule_book.hpp"

namespace pensim::law {

/// The year that counts is that of T if T is early, else that of the statutory month.
[[nodiscard]] int required_months(RuleBook const& book, YearMonth statutory, YearMonth counting);

[[nodiscard]] inline bool may_extend(RuleBook const& book, Person person, YearMonth counting) {
    return book.extension.groups.at(counting).contains(person);
}

/// May the rest be paid at once in `month`, by somebody who may extend?
[[nodiscard]] bool may_pay_lump_sum(RuleBook const& book,
                                    YearMonth month,
                                    std::optional<YearMonth> first_paid,
                                    int extension_months);

} // namespace pensim::law

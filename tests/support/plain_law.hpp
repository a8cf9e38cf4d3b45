// A second reading of the law: plain, slow, month by month, from the text. It shares the vocabulary
// (Life, Outcome, RuleBook) with core/law, and no rule. The two must agree on random lives.
#pragma once

#include <variant>

#include "core/law/rule_book.hpp"
#include "core/record/average_wage.hpp"
#include "core/record/life.hpp"
#include "core/record/outcome.hpp"

namespace pensim::test {

/// The history contradicts itself or the law; how many faults and where is the business of the
/// other reading.
struct Rejected {};

/// `basis`, `death_grant` and `bridge` are left empty; resident records are not allowed here.
[[nodiscard]] std::variant<Outcome, Rejected>
plain_decide(law::RuleBook const& rules, AverageWages const& wages, Life const& life);

} // namespace pensim::test

// A second reading of the money: the books of the areas from one life, month by month, from the
// contract. It shares with the run what plain_law says of the life (places, transfers, pension),
// and no arithmetic.
#pragma once

#include "core/law/rule_book.hpp"
#include "core/record/average_wage.hpp"
#include "core/record/fund_ledger.hpp"
#include "core/record/life.hpp"

namespace pensim::test {

/// Adds a life to the books. Its last event is its death.
void add_plain_books(FundLedger& books,
                     law::RuleBook const& rules,
                     AverageWages const& wages,
                     Life const& life);

} // namespace pensim::test

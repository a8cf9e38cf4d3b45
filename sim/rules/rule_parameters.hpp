// The parameters of a rule set as its files give them: dated values, or columns of a table.
#pragma once

#include "core/law/rule_book.hpp"
#include "sim/data/tables.hpp"
#include "sim/input/json_reader.hpp"

namespace pensim::rules {

/// Reads the member "parameters" over what stands in the book.
void read_parameters(input::JsonValue const& json,
                     input::Place const& place,
                     data::Tables const& tables,
                     law::RuleBook& book);

/// Faults of a whole book: a parameter without a value, rates that do not fit.
void check_book(law::RuleBook const& book, Problems& problems);

} // namespace pensim::rules

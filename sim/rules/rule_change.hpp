// Rule sets made from others, one parameter at a time.
#pragma once

#include <optional>
#include <string_view>

#include "core/law/rule_book.hpp"
#include "sim/data/tables.hpp"

namespace pensim::rules {

/// The book with one parameter set to a value, given as JSON text: from a month on, or for all time
/// without one; what the book had from there on is gone. Problems, under the name of the
/// parameter: an unknown one (with the nearest), no JSON, a value of another kind, a book whose
/// rates do not fit.
[[nodiscard]] Result<law::RuleBook> with_value(law::RuleBook const& book,
                                               std::string_view key,
                                               std::string_view json_value,
                                               std::optional<YearMonth> from,
                                               std::string_view source,
                                               data::Tables const& tables);

/// The base with every dated value of one parameter as in the other book. Problems: as above.
[[nodiscard]] Result<law::RuleBook>
with_key_of(law::RuleBook const& base, law::RuleBook const& other, std::string_view key);

} // namespace pensim::rules

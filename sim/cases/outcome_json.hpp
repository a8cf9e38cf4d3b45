// Writes pensim/outcomes/1: one JSON object a person.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/record/outcome.hpp"
#include "sim/data/tables.hpp"

namespace pensim::cases {

/// Fields of an outcome, in the order in which they are written; for `expect` and suggestions.
[[nodiscard]] std::vector<std::string_view> const& outcome_fields();

/// Appends one object, no line break.
void append_outcome(std::string& out,
                    std::string_view id,
                    Group group,
                    Outcome const& outcome,
                    data::Tables const& tables);

/// Appends {"id", "errors": [...]}.
void append_errors(std::string& out, std::string_view id, Problems const& problems);

} // namespace pensim::cases

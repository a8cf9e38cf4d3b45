// Reads pensim/cases/1 from JSON.
#pragma once

#include <string_view>

#include "sim/cases/case.hpp"

namespace pensim::cases {

/// Problems of the file as a whole; those of a person stay with the person.
[[nodiscard]] Result<CaseFile> read_cases(std::string_view text, data::Tables const& tables);

} // namespace pensim::cases

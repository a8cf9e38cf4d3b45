// Faults of a history, in words.
#pragma once

#include <string>

#include "core/area/area_table.hpp"
#include "core/law/life_checks.hpp"

namespace pensim::cases {

/// What is wrong and what was expected.
[[nodiscard]] std::string
describe(law::LifeFault const& fault, Life const& life, AreaTable const& areas);

/// "/records/2/area" behind the person's pointer.
[[nodiscard]] std::string pointer_of(law::LifeFault const& fault, std::string const& person);

} // namespace pensim::cases

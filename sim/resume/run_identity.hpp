// Is a saved run the one that is asked for now? What differs is told place by place.
#pragma once

#include <string>
#include <string_view>

#include "core/basis/problem.hpp"

namespace pensim::resume {

/// What differs between two JSON texts, at `file`: "/run/seed: saved 7, now 8". No more than ten,
/// then how many more there are. None where they are equal.
[[nodiscard]] Problems
identity_differences(std::string const& file, std::string_view saved, std::string_view now);

} // namespace pensim::resume

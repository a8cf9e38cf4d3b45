// Reads pensim/scenario/1.
//
// A name is a shipped scenario ("hmt", "national" ...) or a file (*.json). `extends` names a
// shipped one, or a file in the folder of the file that extends it or below; the file is merged
// over it as RFC 7396 has it, so that a what-if is a few lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/data/tables.hpp"
#include "sim/scenario/scenario.hpp"

namespace pensim::scenario {

/// Ids of the shipped scenarios, by name.
[[nodiscard]] std::vector<std::string_view> shipped_scenarios();

/// All faults at once, each with the file that it stands in. `tables` are those of the mainland;
/// a scenario may bring a country of its own.
[[nodiscard]] Result<Scenario> load_scenario(std::string_view name, data::Tables const& tables);

/// The same of a text that stands in `folder` as the file `name`.
[[nodiscard]] Result<Scenario> read_scenario(std::string_view name,
                                             std::string const& folder,
                                             std::string_view text,
                                             data::Tables const& tables);

} // namespace pensim::scenario

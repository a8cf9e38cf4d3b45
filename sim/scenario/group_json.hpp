// Reads the groups of a scenario: the processes of simulated lives.
#pragma once

#include "sim/data/tables.hpp"
#include "sim/input/json_reader.hpp"
#include "sim/world/spec.hpp"

namespace pensim::scenario {

/// What a group's words are looked up in.
struct GroupContext {
    AreaTable const* areas = nullptr; ///< of its own country, if it has one; null: not known
    bool own_country = false;
    data::Tables const& tables;
};

/// One group. Faults go to the reader's problems; the group is then not to be used.
[[nodiscard]] world::GroupSpec read_group(std::string const& name,
                                          input::JsonValue const& json,
                                          input::Place const& place,
                                          GroupContext const& context);

/// {"shares": {"GD": 0.4, ...}} or {"table": "residents"}, with a source.
[[nodiscard]] std::optional<world::Places>
read_places(input::JsonValue const& json, input::Place const& place, GroupContext const& context);

} // namespace pensim::scenario

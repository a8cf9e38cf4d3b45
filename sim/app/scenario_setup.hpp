// What commands that take a scenario share: loading it, with the settings of the command line.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "sim/app/console.hpp"
#include "sim/scenario/simulation.hpp"

namespace pensim::app {

/// Options that change a scenario's own settings.
struct ScenarioSetting {
    Setting setting;
    std::string scenario; ///< a shipped one by name, or a file
    std::optional<std::uint64_t> persons;
    bool full = false; ///< one life for each person
    std::optional<std::uint32_t> replicates;
    std::string seed;
    int threads = 0;
};

/// Is it the name of a shipped scenario, or a file with the schema of one?
[[nodiscard]] bool is_scenario(std::string const& name);

/// Ready to run. Throws WrongInput with every fault.
[[nodiscard]] std::unique_ptr<scenario::Simulation> load_simulation(ScenarioSetting const& setting);

[[nodiscard]] data::TableSource table_source(Setting const& setting);

} // namespace pensim::app

// What jobs that take a scenario share: loading it, with the settings that change it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "sim/job/law_setup.hpp"
#include "sim/scenario/simulation.hpp"

namespace pensim::job {

/// What changes a scenario's own settings.
struct ScenarioSetting {
    Setting setting;
    std::string scenario;      ///< a shipped one by name, or a file
    std::string scenario_text; ///< when not empty: of a file that is called `scenario`
    std::optional<std::uint64_t> persons;
    bool full = false; ///< one life for each person
    std::optional<std::uint32_t> replicates;
    std::string seed;
    int threads = 0;
};

/// Is it the name of a shipped scenario, or a file with the schema of one?
[[nodiscard]] bool is_scenario(std::string const& name);

/// As it is read, before the settings.
[[nodiscard]] Result<scenario::Scenario> scenario_of(ScenarioSetting const& setting,
                                                     data::Tables const& tables);

/// Ready to run. Throws WrongInput with every fault.
[[nodiscard]] std::unique_ptr<scenario::Simulation> load_simulation(ScenarioSetting const& setting);

} // namespace pensim::job

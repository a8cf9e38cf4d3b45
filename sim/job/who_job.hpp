// The people behind a cell of the table of flows, and simulated people as cases.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "sim/engine/find_people.hpp"
#include "sim/input/progress.hpp"
#include "sim/job/scenario_setup.hpp"
#include "sim/report/table.hpp"

namespace pensim::job {

struct WhoAsked {
    ScenarioSetting scenario;
    std::optional<int> year;
    std::string from; ///< areas and a kind; empty: any
    std::string to;
    std::string kind;
    std::uint32_t replicate = 0;
    std::size_t limit = 20;
};
/// Throws WrongInput, input::Interrupted.
[[nodiscard]] engine::FoundPeople find_people(scenario::Simulation const& simulation,
                                              WhoAsked const& asked,
                                              input::OnProgress const& progressed);
/// A row a transfer of those that are shown.
[[nodiscard]] report::Table table_of(engine::FoundPeople const& found, AreaTable const& areas);

struct SampleAsked {
    ScenarioSetting scenario;
    std::uint64_t persons = 10;
    std::uint64_t first = 0;
    std::uint32_t replicate = 0;
};
/// Problems of the numbers. Throws WrongInput.
void check(SampleAsked const& asked);
/// pensim/cases/1, piece by piece.
void sample_cases(scenario::Simulation const& simulation,
                  SampleAsked const& asked,
                  std::function<void(std::string_view)> const& write);

} // namespace pensim::job

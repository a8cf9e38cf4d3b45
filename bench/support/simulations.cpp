#include "bench/support/simulations.hpp"

#include <map>
#include <memory>

#include "sim/scenario/scenario_json.hpp"

#include "bench/support/careers.hpp"

namespace pensim::bench {

scenario::Simulation const& simulation(std::string const& name) {
    static std::map<std::string, std::unique_ptr<scenario::Simulation>> ready;
    auto& found = ready[name];
    if (!found) {
        auto loaded = scenario::load_scenario(name, tables());
        auto prepared = scenario::prepare(std::move(loaded.value()), {}, {});
        found = std::move(prepared.value());
    }
    return *found;
}

void count_lives(benchmark::State& state, std::uint64_t each) {
    state.counters["lives"] =
        benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(each),
                           benchmark::Counter::kIsRate);
}

} // namespace pensim::bench

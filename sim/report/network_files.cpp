#include "sim/report/network_files.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/network/graph_files.hpp"

namespace pensim::report {

std::vector<TextFile> network_files(RunResults const& results,
                                    scenario::Simulation const& simulation,
                                    std::vector<int> const& years) {
    std::vector<TextFile> files;
    auto const add = [&](std::string const& name,
                         std::string const& title,
                         std::vector<network::Flow> const& flows) {
        AreaTable const& areas = simulation.tables.areas;
        network::Portrait const portrait = network::portrait_of(flows);
        network::FileTerms const terms{title, simulation.weight(), results.replicates()};
        files.push_back({name + ".graphml", network::graphml_of(portrait, areas, terms)});
        files.push_back({name + ".dot", network::dot_of(portrait, areas, terms)});
    };
    auto const flows = network_flows_of(results);
    auto const& scenario = simulation.scenario;
    add("network",
        fmt::format("{} {}-{}", scenario.id, scenario.horizon.first, scenario.horizon.last),
        flows);
    for (int const year : years) {
        std::vector<network::Flow> of_year;
        std::copy_if(flows.begin(),
                     flows.end(),
                     std::back_inserter(of_year),
                     [&](network::Flow const& flow) { return flow.year == year; });
        add(fmt::format("network-{}", year), fmt::format("{} {}", scenario.id, year), of_year);
    }
    return files;
}

} // namespace pensim::report

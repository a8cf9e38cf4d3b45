// Scenarios and rule sets: the shipped ones, read, checked; and what changes a scenario.
#include <filesystem>
#include <pybind11/stl.h>
#include <string>

#include "sim/job/scenario_setup.hpp"
#include "sim/job/wrong_input.hpp"
#include "sim/python/module.hpp"
#include "sim/python/source.hpp"
#include "sim/random/stream.hpp"
#include "sim/rules/rule_files.hpp"
#include "sim/rules/rule_table.hpp"
#include "sim/scenario/scenario_json.hpp"

namespace pensim::python {

namespace py = pybind11;
using job::ScenarioSetting;
using job::Setting;

namespace {

std::string load_scenario(std::string const& name, std::string const& data) {
    Setting const setting{data, ""};
    auto const tables = job::load_tables(setting);
    return job::value_or_throw(scenario::load_scenario(name, tables)).text;
}

std::string load_rules(std::string const& name, std::string const& data) {
    auto const tables = job::load_tables({data, ""});
    return rules::rules_json(job::load_rules({name, ""}, tables), tables.areas);
}

ScenarioSetting setting_of(Source const& scenario,
                           std::optional<Source> const& rules,
                           std::optional<std::uint64_t> persons,
                           bool full,
                           std::optional<std::uint32_t> replicates,
                           std::string const& seed,
                           int threads,
                           std::string const& data) {
    ScenarioSetting setting;
    setting.setting.data_folder = data;
    if (rules) {
        setting.setting.rules = rules->first;
        setting.setting.rules_text = rules->second;
    }
    setting.scenario = scenario.first;
    setting.scenario_text = scenario.second;
    setting.persons = persons;
    setting.full = full;
    setting.replicates = replicates;
    setting.seed = seed;
    setting.threads = threads;
    return setting;
}

} // namespace

void bind_inputs(py::module_& module) {
    using Free = py::call_guard<py::gil_scoped_release>;
    module.def("scenarios", scenario::shipped_scenarios);
    module.def("rule_sets", rules::shipped_rule_sets);
    module.attr("persons_max") = random::persons_max;
    module.def("load_scenario", load_scenario, Free());
    module.def("load_rules", load_rules, Free());
    py::class_<ScenarioSetting>(module, "Setting")
        .def(py::init(&setting_of),
             py::kw_only(),
             py::arg("scenario"),
             py::arg("rules"),
             py::arg("persons"),
             py::arg("full"),
             py::arg("replicates"),
             py::arg("seed"),
             py::arg("threads"),
             py::arg("data"));
}

} // namespace pensim::python

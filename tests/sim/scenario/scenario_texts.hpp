// What tests of scenarios share: a whole small scenario, and ways to plant faults in it.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "sim/scenario/scenario_json.hpp"
#include "tests/sim/support.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

using Json = nlohmann::ordered_json;

/// A file that extends nothing: one group, "a", and one target, "t".
[[nodiscard]] inline Json whole_scenario() {
    return Json::parse(R"({
        "schema": "pensim/scenario/1", "id": "x", "title": {"en": "X", "zh": "甲"},
        "horizon": {"first": 2000, "last": 2050},
        "population": {"people": 1000, "source": "s"},
        "run": {"persons": 10, "seed": 1},
        "groups": {"a": {
            "group": "hong_kong", "share": 1, "source": "s", "male": 0.5,
            "entry": {"years": [[2010, 1], [2020, 1]], "ages": [[20, 1], [40, 1]], "source": "s"},
            "first_area": {"shares": {"GD": 0.6, "FJ": 0.4}, "source": "s"},
            "moving": {"model": "none", "source": "s"},
            "paying": {"source": "s"}, "wage": {"source": "s"},
            "mortality": {"table": "HK", "source": "s"}}},
        "targets": {"t": {"measure": "insured", "month": "2020-12", "groups": ["hong_kong"],
                          "people": 500, "source": "s"}}})");
}

/// The same of mainland residents in a country of their own.
[[nodiscard]] inline Json whole_country() {
    Json scenario = whole_scenario();
    scenario["country"] = Json::parse(R"({
        "areas": 3, "seed": 1, "size_sigma": 1, "wage_sigma": 0.2, "moving_per_year": 0.02,
        "distance_power": 1, "wage_power": 1, "destinations": 2, "source": "s"})");
    Json& group = scenario["groups"]["a"];
    group["group"] = "mainland";
    group.erase("first_area");
    group["home"] = Json::parse(
        R"({"at": {"shares": {"A001": 0.5, "A003": 0.5}, "source": "s"}, "source": "s"})");
    group["moving"]["model"] = "gravity";
    scenario.erase("targets");
    return scenario;
}

/// `scenario` with one value set; an empty `value` takes the member away.
[[nodiscard]] inline Json
with(Json scenario, std::string const& pointer, std::string const& value) {
    Json::json_pointer const at(pointer);
    if (value.empty()) {
        scenario[at.parent_pointer()].erase(at.back());
    } else {
        scenario[at] = Json::parse(value);
    }
    return scenario;
}

/// Of a text that stands nowhere, as "x.json".
[[nodiscard]] inline std::string faults_of_scenario(std::string const& text) {
    return faults_of(scenario::read_scenario("x.json", "", text, tables()));
}
[[nodiscard]] inline std::string faults_of_scenario(Json const& scenario) {
    return faults_of_scenario(scenario.dump());
}

/// A value planted somewhere, and every fault that follows.
struct Planted {
    std::string why;
    std::string at;
    std::string value;
    std::string faults;
};

/// A what-if: a few lines that extend another.
[[nodiscard]] inline std::string what_if(std::string_view extends, std::string const& lines) {
    return R"({"schema": "pensim/scenario/1", "extends": ")" + std::string(extends) + '"'
           + (lines.empty() ? "" : ", ") + lines + "}";
}

} // namespace pensim::test

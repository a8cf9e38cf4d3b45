// A scenario: who is simulated, under which processes and rules, how often, and what it is held
// against (pensim/scenario/1). The JSON is this struct, key for key; scenarios/schema/ has its
// schema.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/scenario_files.hpp"
#include "sim/world/fictitious_country.hpp"
#include "sim/world/spec.hpp"

namespace pensim::scenario {

/// How many people the scenario is about.
struct Population {
    std::uint64_t people = 0;  ///< 0: so many that a target is met
    std::string calibrated_to; ///< the id of that target; of measure "insured"
    std::string source;
};

struct RunSpec {
    std::uint64_t persons = 0; ///< simulated lives
    std::uint32_t replicates = 1;
    std::uint64_t seed = 0;
    int threads = 0; ///< 0: all cores
};

/// Calendar years that the tables show; lives and books go on outside.
struct Horizon {
    int first = 1998;
    int last = 2100;
};

/// Something known of the world, to hold the simulation against.
struct Target {
    enum class Measure : std::uint8_t {
        insured,         ///< people with a month paid, weighted
        insured_by_area, ///< their shares by area
        movers_by_area,  ///< of those who pay at both ends of five years: share that moved, by
                         ///< origin
        forecast,        ///< error of a forecast of a census matrix from earlier ones
    };
    std::string id;
    Measure measure = Measure::insured;
    std::optional<YearMonth> month; ///< insured, insured_by_area: the month; movers: the last month
    std::vector<Group> groups;      ///< insured, insured_by_area
    double people = 0;              ///< insured
    world::Places places;           ///< insured_by_area
    std::string period;             ///< movers, forecast: a matrix of migration.csv
    std::vector<std::string> known; ///< forecast: the matrices it may use
    std::string source;
};

struct Scenario {
    std::string id;
    std::string title_en;
    std::string title_zh;
    std::string rules = "law"; ///< a shipped id or a file
    Horizon horizon;
    Population population;
    RunSpec run;
    bool microdata = false;
    std::optional<world::FictitiousSpec> country;
    std::vector<world::GroupSpec> groups;
    std::vector<Target> targets;

    std::string text;   ///< all of it, with what it extends, as one JSON text
    std::string folder; ///< where the file of its rules is looked for; empty for shipped ones
    std::vector<SourceFile> files; ///< itself and what it extends, to name the places of faults
};

} // namespace pensim::scenario

#include <filesystem>

#include <fmt/format.h>

#include "sim/app/commands.hpp"
#include "sim/cases/case_out.hpp"
#include "sim/input/csv.hpp"
#include "sim/input/output_folder.hpp"
#include "sim/input/text_out.hpp"

namespace pensim::app {

namespace {

std::string areas_csv(AreaTable const& areas, std::string const& source) {
    std::string out = "id,name_en,name_zh,level,parent,gb2,default,source\n";
    for (Area const& area : areas.all()) {
        out += fmt::format("{},{},{},area,,,1,", area.id, area.name_en, area.name_zh);
        input::append_csv_field(out, source);
        out += '\n';
    }
    return out;
}

std::string wages_csv(scenario::Simulation const& simulation, std::string const& source) {
    std::string out = "area,year,yuan_per_month,method,source\n";
    auto const& tables = simulation.tables;
    for (std::size_t i = 0; i < tables.areas.size(); ++i) {
        auto const area = static_cast<AreaId>(i);
        for (int year = tables.wages.first_year(); year <= tables.wages.last_year(); ++year) {
            out += fmt::format("{},{},", tables.areas[area].id, year);
            input::append_yuan(out, tables.wages.at(area, year));
            out += ",made,";
            input::append_csv_field(out, source);
            out += '\n';
        }
    }
    return out;
}

/// The tables of a country of the scenario's own, as a folder for --data.
void write_tables(scenario::Simulation const& simulation, std::string const& folder) {
    if (auto problems = input::OutputFolder::check(folder); !problems.empty()) {
        throw WrongInput(std::move(problems));
    }
    std::string const source = "made by scenario " + simulation.scenario.id;
    input::OutputFolder out(folder);
    out.write(out.add("areas.csv"), areas_csv(simulation.tables.areas, source));
    out.write(out.add("average_wage.csv"), wages_csv(simulation, source));
    out.write(out.add("urban_income.csv"), "area,year,yuan_per_year,source\n");
    out.finish();
}

} // namespace

int sample(SampleOptions const& options) {
    if (options.first >= random::persons_max
        || options.persons > random::persons_max - options.first) {
        throw WrongInput("--first",
                         fmt::format("{} persons from {} on: they are numbered from 0 to {}",
                                     options.persons,
                                     options.first,
                                     random::persons_max - 1));
    }
    auto const simulation = load_simulation(options.scenario);
    if (!options.tables_folder.empty()) {
        write_tables(*simulation, options.tables_folder);
    }
    std::string const& rules = options.scenario.setting.rules;
    Results results(options.output);
    results.write(cases::cases_head(rules.empty() ? simulation->scenario.rules : rules,
                                    fmt::format("persons {} to {} of scenario {}, seed {}, "
                                                "replicate {}",
                                                options.first,
                                                options.first + options.persons - 1,
                                                simulation->scenario.id,
                                                simulation->scenario.run.seed,
                                                options.replicate)));
    world::LifeDrawer drawer(simulation->world, simulation->law->context(), simulation->limits);
    std::string text;
    for (std::uint64_t i = 0; i < options.persons; ++i) {
        std::uint64_t const person = options.first + i;
        auto const& drawn = drawer.draw(simulation->key(options.replicate), person);
        text = i == 0 ? "" : ",\n";
        cases::append_case(text, fmt::format("{}", person), drawn.life, simulation->tables.areas);
        results.write(text);
    }
    results.write(cases::cases_end());
    results.finish();
    return exit_done;
}

} // namespace pensim::app

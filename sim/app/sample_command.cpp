#include <fmt/format.h>

#include "sim/app/commands.hpp"
#include "sim/input/csv.hpp"
#include "sim/input/output_folder.hpp"
#include "sim/input/text_out.hpp"
#include "sim/job/who_job.hpp"

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
    job::SampleAsked const asked{
        options.scenario, options.persons, options.first, options.replicate};
    job::check(asked);
    auto const simulation = job::load_simulation(options.scenario);
    if (!options.tables_folder.empty()) {
        write_tables(*simulation, options.tables_folder);
    }
    Results results(options.output);
    job::sample_cases(*simulation, asked, [&](std::string_view text) { results.write(text); });
    results.finish();
    return exit_done;
}

} // namespace pensim::app

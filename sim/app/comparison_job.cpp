#include "sim/app/comparison_job.hpp"

#include <filesystem>

#include "sim/app/stopwatch.hpp"
#include "sim/input/output_folder.hpp"
#include "sim/input/progress.hpp"
#include "sim/rules/rule_table.hpp"

namespace pensim::app {

RanPlan run_plan(reform::ComparisonPlan& plan, int threads) {
    Stopwatch const watch;
    scenario::RunSpec const& run = plan.simulation.scenario.run;
    std::uint64_t done = 0;
    input::Progress progress("lives", run.persons * run.replicates);
    plan.progressed = [&](std::uint64_t persons) {
        done += persons;
        progress.update(done, done);
    };
    reform::Comparison comparison = reform::compare(plan);
    plan.progressed = {};
    return {std::move(comparison), {watch.started(), watch.seconds(), threads}};
}

void write_folder(ComparisonFolder const& folder,
                  reform::ComparisonPlan const& plan,
                  std::vector<report::Table> const& tables,
                  report::RunClock const& clock) {
    if (folder.path.empty()) {
        return;
    }
    input::OutputFolder out(folder.path);
    std::vector<report::TableDigest> digests;
    for (report::Table const& table : tables) {
        std::string const text = report::csv_of(table);
        digests.push_back({table.name + ".csv", table.rows, report::sha256(text)});
        out.write(out.add(digests.back().file), text);
    }
    for (auto const& [name, text] : folder.files) {
        out.write(out.add(name), text);
    }
    report::CommandFacts command{folder.words, {}};
    for (reform::Reform const& reform : plan.reforms) {
        command.rules.push_back(rules::rules_json(reform.terms.book, plan.simulation.tables.areas));
    }
    report::ManifestFacts facts{PENSIM_VERSION, "", "", false, clock};
    if (!folder.data_folder.empty()) {
        facts.data_folder = std::filesystem::absolute(folder.data_folder).string();
    }
    out.write(out.add("manifest.json"),
              report::command_manifest_json(plan.simulation, command, digests, facts));
    out.finish();
}

} // namespace pensim::app

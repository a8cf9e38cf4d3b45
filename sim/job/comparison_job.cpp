#include "sim/job/comparison_job.hpp"

#include <filesystem>

#include "sim/job/presented.hpp"
#include "sim/job/stopwatch.hpp"
#include "sim/job/version.hpp"
#include "sim/rules/rule_table.hpp"

namespace pensim::job {

RanPlan run_plan(reform::ComparisonPlan& plan, int threads, input::OnProgress const& progressed) {
    Stopwatch const watch;
    scenario::RunSpec const& run = plan.simulation.scenario.run;
    std::uint64_t done = 0;
    std::uint64_t const lives = run.persons * run.replicates;
    plan.progressed = [&](std::uint64_t persons) {
        done += persons;
        if (progressed) {
            progressed(done, lives, done);
        }
    };
    reform::Comparison comparison = reform::compare(plan);
    plan.progressed = {};
    return {std::move(comparison), {watch.started(), watch.seconds(), threads}};
}

std::unique_ptr<input::OutputFolder> open_folder(std::string const& path) {
    return path.empty() ? nullptr : std::make_unique<input::OutputFolder>(path);
}

report::Origin write_files(input::OutputFolder& out,
                           ComparisonFiles const& more,
                           reform::ComparisonPlan const& plan,
                           std::vector<report::Table> const& tables,
                           report::RunClock const& clock) {
    std::vector<report::TableDigest> digests;
    for (report::Table const& table : tables) {
        std::string const text = report::csv_of(table);
        digests.push_back({table.name + ".csv", table.rows, report::sha256(text)});
        out.write(out.add(digests.back().file), text);
    }
    for (auto const& [name, text] : more.files) {
        out.write(out.add(name), text);
    }
    report::CommandFacts command{more.words, {}};
    for (reform::Reform const& reform : plan.reforms) {
        command.rules.push_back(rules::rules_json(reform.terms.book, plan.simulation.tables.areas));
    }
    report::ManifestFacts facts{std::string(version()), "", "", false, clock};
    if (!more.data_folder.empty()) {
        facts.data_folder = std::filesystem::absolute(more.data_folder).string();
    }
    out.write(out.add("manifest.json"),
              report::command_manifest_json(plan.simulation, command, digests, facts));
    return {command_text(more.words), std::move(digests), std::move(facts)};
}

} // namespace pensim::job

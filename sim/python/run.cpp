// A run of a scenario, kept in memory.
#include <memory>
#include <pybind11/stl.h>
#include <string>
#include <vector>

#include "sim/job/command_words.hpp"
#include "sim/job/presented.hpp"
#include "sim/job/run_job.hpp"
#include "sim/job/wrong_input.hpp"
#include "sim/python/job_thread.hpp"
#include "sim/python/module.hpp"
#include "sim/python/source.hpp"
#include "sim/python/tables.hpp"
#include "sim/report/summary.hpp"

namespace pensim::python {

namespace py = pybind11;

namespace {

/// Never changed once it is made, so that threads may read it.
struct Run {
    job::RunAsked asked;
    std::unique_ptr<scenario::Simulation> simulation;
    job::JobOptions options;
    job::JobResult result;
};
using SharedRun = std::shared_ptr<Run const>;

SharedRun run(job::ScenarioSetting const& setting,
              std::string const& until,
              bool microdata,
              std::int64_t suppress_below,
              std::vector<int> const& graph_years,
              ProgressObject const& progress) {
    return watched(progress, [&](input::OnProgress const& told) -> SharedRun {
        job::RunAsked asked{setting, until, microdata, suppress_below, graph_years, true};
        if (auto problems = job::problems_of(asked); !problems.empty()) {
            throw job::WrongInput(std::move(problems));
        }
        job::ThreadLimit threads(setting.threads);
        auto simulation = job::load_simulation(asked, threads);
        auto options = job::job_of(asked, *simulation, threads);
        options.keep_people = true;
        auto result = job::run_job(*simulation, options, nullptr, told);
        return std::make_shared<Run const>(
            Run{std::move(asked), std::move(simulation), std::move(options), std::move(result)});
    });
}

/// pybind11 holds no pointers to what is const; the module changes no table.
std::shared_ptr<report::Table> table_in(SharedRun const& run, report::Table const& table) {
    return {run,
            const_cast<report::Table*>(&table)}; // NOLINT(cppcoreguidelines-pro-type-const-cast)
}

std::vector<std::shared_ptr<report::Table>> tables_of(SharedRun const& run) {
    std::vector<std::shared_ptr<report::Table>> tables;
    for (report::Table const& table : run->result.tables) {
        tables.push_back(table_in(run, table));
    }
    if (run->result.people) {
        tables.push_back(table_in(run, run->result.people->table));
    }
    return tables;
}

std::string summary(SharedRun const& run, std::string const& lang) {
    job::JobResult const& result = run->result;
    return report::summary_of(result.outcome.results,
                              *run->simulation,
                              result.tables.back(),
                              {summary_language(lang),
                               result.facts.clock.seconds,
                               result.facts.clock.threads,
                               report::Ink::plain});
}

void save(SharedRun const& run, std::string const& path, std::string const& lang, bool report) {
    if (auto problems = input::OutputFolder::check(path); !problems.empty()) {
        throw job::WrongInput(std::move(problems));
    }
    input::OutputFolder folder(path);
    job::write_tables(folder, *run->simulation, run->options, run->result);
    if (report) {
        job::write_presentation(
            folder,
            job::presentation_of(*run->simulation, run->result, job::words_of(run->asked)),
            *run->simulation,
            summary_language(lang));
    }
    folder.finish();
}

} // namespace

void bind_run(py::module_& module) {
    using Free = py::call_guard<py::gil_scoped_release>;
    py::class_<Run, std::shared_ptr<Run>>(module, "Run")
        .def("tables", [](std::shared_ptr<Run> const& run) { return tables_of(run); })
        .def_property_readonly("reached", [](Run const& run) { return run.result.outcome.reached; })
        .def("digests",
             [](Run const& run) {
                 std::vector<std::pair<std::string, std::string>> digests;
                 for (report::TableDigest const& digest : run.result.digests) {
                     digests.emplace_back(digest.file, digest.sha256);
                 }
                 return digests;
             })
        .def(
            "manifest",
            [](Run const& run) { return job::manifest_of(*run.simulation, run.result); },
            Free())
        .def(
            "summary",
            [](std::shared_ptr<Run> const& run, std::string const& lang) {
                return summary(run, lang);
            },
            Free())
        .def(
            "save",
            [](std::shared_ptr<Run> const& run,
               std::string const& path,
               std::string const& lang,
               bool report) { save(run, path, lang, report); },
            Free());
    module.def("run",
               [](job::ScenarioSetting const& setting,
                  std::string const& until,
                  bool microdata,
                  std::int64_t suppress_below,
                  std::vector<int> const& graph_years,
                  ProgressObject const& progress) {
                   return std::const_pointer_cast<Run>(
                       run(setting, until, microdata, suppress_below, graph_years, progress));
               });
}

} // namespace pensim::python

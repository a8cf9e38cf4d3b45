// Comparisons and sweeps, kept in memory.
#include <memory>
#include <pybind11/stl.h>
#include <string>
#include <vector>

#include "sim/job/command_words.hpp"
#include "sim/job/compare_job.hpp"
#include "sim/job/wrong_input.hpp"
#include "sim/python/job_thread.hpp"
#include "sim/python/module.hpp"
#include "sim/python/source.hpp"
#include "sim/python/tables.hpp"
#include "sim/reform/comparison_summary.hpp"
#include "sim/reform/comparison_tables.hpp"
#include "sim/report/table_maker.hpp"

namespace pensim::python {

namespace py = pybind11;

namespace {

/// What has run: tables and the plan that they come from. Never changed once it is made.
template <class Asked, class Prepared>
struct Ran {
    Asked asked;
    Prepared prepared;
    job::RanPlan ran;
    std::vector<report::Table> tables;
};
using Comparison = Ran<job::CompareAsked, job::Comparing>;
using Sweep = Ran<job::SweepAsked, job::Sweeping>;

void throw_if_any(Problems problems) {
    if (!problems.empty()) {
        throw job::WrongInput(std::move(problems));
    }
}

std::shared_ptr<Comparison> compare(job::ScenarioSetting const& setting,
                                    Source const& other,
                                    std::vector<Source> const& rules,
                                    std::size_t witnesses,
                                    ProgressObject const& progress) {
    job::CompareAsked asked{setting, other.first, other.second, {}, witnesses};
    for (Source const& one : rules) {
        asked.rules.push_back({one.first, one.second});
    }
    return watched(progress, [&](input::OnProgress const& told) {
        throw_if_any(job::problems_of(asked));
        job::ThreadLimit threads(setting.threads);
        auto prepared = job::prepare_comparison(asked, threads);
        auto ran = job::run_plan(prepared.plan, threads.threads(), told);
        auto tables = reform::tables_of(ran.comparison, prepared.plan);
        return std::make_shared<Comparison>(
            Comparison{asked, std::move(prepared), std::move(ran), std::move(tables)});
    });
}

std::shared_ptr<Sweep> sweep(job::ScenarioSetting const& setting,
                             std::vector<std::string> const& settings,
                             std::string const& from,
                             ProgressObject const& progress) {
    job::SweepAsked const asked{setting, settings, from};
    return watched(progress, [&](input::OnProgress const& told) {
        Problems problems;
        auto range = job::range_of(asked, problems);
        throw_if_any(std::move(problems));
        job::ThreadLimit threads(setting.threads);
        auto prepared = job::prepare_sweep(asked, std::move(range), threads);
        auto ran = job::run_plan(prepared.plan, threads.threads(), told);
        auto tables = reform::tables_of(ran.comparison, prepared.plan, prepared.sweep);
        return std::make_shared<Sweep>(
            Sweep{asked, std::move(prepared), std::move(ran), std::move(tables)});
    });
}

template <class Made>
std::vector<std::shared_ptr<report::Table>> tables_of(std::shared_ptr<Made> const& made) {
    std::vector<std::shared_ptr<report::Table>> tables;
    for (report::Table& table : made->tables) {
        tables.emplace_back(made, &table);
    }
    return tables;
}

reform::Witnesses witnesses_of(Comparison const& made, std::string const& lang) {
    return reform::witnesses_of(
        made.ran.comparison, made.prepared.plan, made.prepared.reforms, story_language(lang));
}

/// A row a witness, with both stories as text.
std::shared_ptr<report::Table> witness_table(Comparison const& made, std::string const& lang) {
    auto const language = story_language(lang);
    auto const text = [&](reform::WitnessStory const& story) {
        return story::to_text(language == story::Language::zh ? story.zh : story.en, language);
    };
    report::TableMaker maker("witnesses", 1);
    auto const reform = maker.words("reform", {});
    auto const change = maker.words("change", {});
    auto const person = maker.words("person", {});
    auto const before = maker.words("story_before", {});
    auto const after = maker.words("story_after", {});
    for (reform::WitnessLine const& line : witnesses_of(made, lang).lines) {
        maker.put_text(reform, line.reform);
        maker.put_text(change, line.change);
        maker.put_text(person, line.id);
        maker.put_text(before, text(line.before));
        maker.put_text(after, text(line.after));
        maker.end_row();
    }
    return std::make_shared<report::Table>(maker.finish_plain());
}

std::string summary_of(Comparison const& made, std::string const& lang) {
    return reform::summary_of(made.ran.comparison,
                              made.prepared.plan,
                              made.prepared.reforms,
                              witnesses_of(made, lang),
                              {summary_language(lang),
                               made.ran.clock.seconds,
                               made.ran.clock.threads,
                               report::Ink::plain});
}

std::string summary_of(Sweep const& made, std::string const& lang) {
    return reform::summary_of(made.ran.comparison,
                              made.prepared.plan,
                              made.prepared.sweep,
                              {summary_language(lang),
                               made.ran.clock.seconds,
                               made.ran.clock.threads,
                               report::Ink::plain});
}

void write(input::OutputFolder& folder,
           Comparison const& made,
           job::ComparisonFiles files,
           std::string const& lang,
           bool report) {
    job::write_comparison(folder,
                          made.prepared,
                          made.ran,
                          witnesses_of(made, lang),
                          std::move(files),
                          summary_language(lang),
                          report);
}

void write(input::OutputFolder& folder,
           Sweep const& made,
           job::ComparisonFiles const& files,
           std::string const& lang,
           bool report) {
    job::write_sweep(folder, made.prepared, made.ran, files, summary_language(lang), report);
}

template <class Made>
void save(Made const& made, std::string const& path, std::string const& lang, bool report) {
    throw_if_any(input::OutputFolder::check(path));
    input::OutputFolder folder(path);
    auto words = job::words_of(made.asked);
    words.insert(words.end(), {"-o", path});
    write(folder,
          made,
          {std::move(words), made.asked.scenario.setting.data_folder, {}},
          lang,
          report);
    folder.finish();
}

template <class Made>
py::class_<Made, std::shared_ptr<Made>> bind_ran(py::module_& module, char const* name) {
    using Free = py::call_guard<py::gil_scoped_release>;
    py::class_<Made, std::shared_ptr<Made>> bound(module, name);
    bound.def("tables", tables_of<Made>)
        .def(
            "summary",
            [](Made const& made, std::string const& lang) { return summary_of(made, lang); },
            Free())
        .def("save", save<Made>, Free());
    return bound;
}

} // namespace

void bind_compare(py::module_& module) {
    bind_ran<Comparison>(module, "Comparison")
        .def("witnesses", witness_table, py::call_guard<py::gil_scoped_release>());
    bind_ran<Sweep>(module, "Sweep");
    module.def("compare", compare);
    module.def("sweep", sweep);
}

} // namespace pensim::python

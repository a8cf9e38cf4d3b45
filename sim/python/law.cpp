// What the law says of single lives and of a rule set: audit, decide, explain; and simulated people
// by their flows or as cases.
#include <memory>
#include <pybind11/numpy.h>
#include <pybind11/stl.h>
#include <string>
#include <vector>

#include "sim/audit/audit_text.hpp"
#include "sim/cases/csv_rows.hpp"
#include "sim/job/audit_table.hpp"
#include "sim/job/command_words.hpp"
#include "sim/job/decide_frames.hpp"
#include "sim/job/thread_limit.hpp"
#include "sim/job/validate.hpp"
#include "sim/job/who_job.hpp"
#include "sim/job/wrong_input.hpp"
#include "sim/python/job_thread.hpp"
#include "sim/python/module.hpp"
#include "sim/python/source.hpp"
#include "sim/report/text_grid.hpp"

namespace pensim::python {

namespace py = pybind11;

namespace {

using SharedTables = std::vector<std::shared_ptr<report::Table>>;

std::shared_ptr<report::Table> shared(report::Table table) {
    return std::make_shared<report::Table>(std::move(table));
}

// ---- audit ----

struct Audit {
    std::string rules; ///< as it was named
    data::Tables tables;
    audit::Audit found;
};

std::shared_ptr<Audit> audit_rules(Source const& rules,
                                   int spells,
                                   int threads,
                                   std::string const& data,
                                   ProgressObject const& progress) {
    return watched(progress, [&](input::OnProgress const& told) {
        job::ThreadLimit const limit(threads);
        auto made = std::make_shared<Audit>();
        made->rules = rules.first;
        made->tables = job::load_tables({data, ""});
        auto const book = job::load_rules({rules.first, "", rules.second}, made->tables);
        audit::AuditPlan plan;
        plan.spells = spells;
        plan.progress = told;
        made->found = audit::audit_rules(book, made->tables, plan);
        return made;
    });
}

void bind_audit(py::module_& module) {
    using Free = py::call_guard<py::gil_scoped_release>;
    py::class_<Audit, std::shared_ptr<Audit>>(module, "Audit")
        .def_property_readonly("faulty", [](Audit const& a) { return a.found.faulty(); })
        .def("findings",
             [](Audit const& a, std::string const& lang) {
                 return shared(job::findings_of(a.found, a.tables.areas, story_language(lang)));
             })
        .def(
            "text",
            [](Audit const& a, std::string const& lang) {
                return audit::audit_text(a.found, a.tables.areas, story_language(lang), "");
            },
            Free())
        .def(
            "json",
            [](Audit const& a) { return audit::audit_json(a.found, a.tables.areas); },
            Free())
        .def(
            "cases",
            [](Audit const& a) { return audit::audit_cases(a.found, a.tables.areas, a.rules); },
            Free());
    module.def("audit", audit_rules);
    module.attr("spells_max") = audit::spells_max;
}

// ---- decide ----

using CodeArray = py::array_t<std::int32_t, py::array::c_style | py::array::forcecast>;
using PythonColumn = std::tuple<std::string, CodeArray, std::vector<std::string>>;

job::Frame
frame_of(std::string const& name, std::vector<PythonColumn> const& columns, std::size_t rows) {
    job::Frame frame{name, {}, rows};
    for (auto const& [column, codes, words] : columns) {
        frame.columns.push_back({column, {codes.data(), codes.data() + codes.size()}, words});
    }
    return frame;
}

/// The tables, outcomes first, and how many failed; or the outcomes as JSON.
py::tuple decide(job::Frame const& persons,
                 job::Frame const& records,
                 Source const& rules,
                 bool keep_columns,
                 bool json,
                 int threads,
                 std::string const& data,
                 ProgressObject const& progress) {
    auto made = watched(progress, [&](input::OnProgress const& told) {
        job::ThreadLimit const limit(threads);
        auto const tables = job::load_tables({data, ""});
        cases::Law const law(job::load_rules({rules.first, "", rules.second}, tables), tables);
        return job::decide_frames(law, persons, records, {keep_columns, json}, told);
    });
    SharedTables const tables{shared(std::move(made.outcomes)),
                              shared(std::move(made.transfers)),
                              shared(std::move(made.refunds)),
                              shared(std::move(made.errors))};
    return py::make_tuple(tables, made.failed, made.json);
}

void bind_decide(py::module_& module) {
    py::class_<job::Frame>(module, "Frame").def(py::init(&frame_of));
    module.def("decide", decide);
    module.def("person_columns", cases::person_columns_known);
}

// ---- explain, who, sample, validate ----

/// Text, page.
std::pair<std::string, std::string> explain(Source const& source,
                                            bool simulated,
                                            std::string const& person,
                                            std::uint32_t replicate,
                                            std::string const& seed,
                                            std::optional<Source> const& rules,
                                            std::string const& data,
                                            std::string const& lang,
                                            bool page) {
    job::ExplainAsked asked;
    asked.setting.data_folder = data;
    if (rules) {
        asked.setting.rules = rules->first;
        asked.setting.rules_text = rules->second;
    }
    asked.source = source.first;
    (simulated ? asked.scenario_text : asked.cases_text) = source.second;
    asked.person = person;
    asked.replicate = replicate;
    asked.seed = seed;
    auto words = job::words_of(asked);
    auto story = job::explain(asked, {story_language(lang), !page, page, std::move(words)});
    return {report::printable_lines(story.text), std::move(story.page)};
}

py::tuple who(job::ScenarioSetting const& setting,
              std::optional<int> year,
              std::string const& from,
              std::string const& to,
              std::string const& kind,
              std::uint32_t replicate,
              std::size_t limit,
              ProgressObject const& progress) {
    job::WhoAsked const asked{setting, year, from, to, kind, replicate, limit};
    auto [table, found] = watched(progress, [&](input::OnProgress const& told) {
        job::ThreadLimit const threads(setting.threads);
        auto const simulation = job::load_simulation(setting);
        auto people = job::find_people(*simulation, asked, told);
        auto rows = shared(job::table_of(people, simulation->tables.areas));
        return std::pair(std::move(rows), std::move(people));
    });
    return py::make_tuple(table, found.transfers, found.account.count(), found.pooled.count());
}

std::string sample(job::ScenarioSetting const& setting,
                   std::uint64_t persons,
                   std::uint64_t first,
                   std::uint32_t replicate) {
    job::SampleAsked const asked{setting, persons, first, replicate};
    job::check(asked);
    auto const simulation = job::load_simulation(setting);
    std::string text;
    job::sample_cases(*simulation, asked, [&](std::string_view piece) { text += piece; });
    return text;
}

void validate(Source const& what, std::optional<Source> const& rules, std::string const& data) {
    job::Setting setting{data, ""};
    if (rules) {
        setting.rules = rules->first;
        setting.rules_text = rules->second;
    }
    auto const tables = job::load_tables(setting);
    Problems problems = what.second.empty()
                            ? job::validate_file(what.first, setting, tables)
                            : job::validate_text(what.first, what.second, setting, tables);
    if (!problems.empty()) {
        throw job::WrongInput(std::move(problems));
    }
}

} // namespace

void bind_law(py::module_& module) {
    bind_audit(module);
    bind_decide(module);
    using Free = py::call_guard<py::gil_scoped_release>;
    module.def("explain", explain, Free());
    module.def("who", who);
    module.def("sample", sample, Free());
    module.def("validate", validate, Free());
}

} // namespace pensim::python

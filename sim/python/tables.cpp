#include "sim/python/tables.hpp"

#include <pybind11/numpy.h>
#include <pybind11/stl.h>
#include <string>

#include "sim/python/module.hpp"
#include "sim/report/labels.hpp"

namespace pensim::python {

namespace py = pybind11;

namespace {

using report::Column;

/// One column of a table that it keeps in memory.
struct ColumnView {
    SharedTable table;
    std::size_t number = 0;
    [[nodiscard]] Column const& operator*() const { return table->columns[number]; }
    [[nodiscard]] Column const* operator->() const { return &table->columns[number]; }
};

/// An array over the column's own memory, read only.
template <class Number>
py::array shared_array(ColumnView const& column, std::vector<Number> const& numbers) {
    py::capsule const keeper(new SharedTable(column.table),
                             [](void* table) { delete static_cast<SharedTable*>(table); });
    py::array_t<Number> array(
        {static_cast<py::ssize_t>(numbers.size())}, {}, numbers.data(), keeper);
    array.attr("setflags")(py::arg("write") = false);
    return array;
}

py::array values_of(ColumnView const& column) {
    switch (column->kind) {
    case Column::Kind::word:
        return shared_array(column, column->codes);
    case Column::Kind::real:
        return shared_array(column, column->real);
    case Column::Kind::whole:
    case Column::Kind::yuan:
    case Column::Kind::quantity:
        break;
    }
    return shared_array(column, column->whole);
}

char const* kind_of(ColumnView const& column) {
    switch (column->kind) {
    case Column::Kind::word:
        return column->months ? "month" : "word";
    case Column::Kind::whole:
        return "whole";
    case Column::Kind::yuan:
        return "yuan";
    case Column::Kind::quantity:
        return "quantity";
    case Column::Kind::real:
        return "real";
    }
    return "";
}

/// Where `quantity` counts fen.
py::array in_fen(ColumnView const& column) {
    py::array_t<bool> flags(static_cast<py::ssize_t>(column->in_fen.size()));
    for (std::size_t i = 0; i < column->in_fen.size(); ++i) {
        flags.mutable_at(static_cast<py::ssize_t>(i)) = column->in_fen[i];
    }
    return flags;
}

report::Label label_of(ColumnView const& column) {
    return report::label_of(column.table->name, *column);
}

void bind_column(py::module_& module) {
    py::class_<ColumnView>(module, "Column")
        .def_property_readonly("name", [](ColumnView const& c) { return c->name; })
        .def_property_readonly("kind", kind_of)
        .def_property_readonly("decimals", [](ColumnView const& c) { return c->decimals; })
        .def_property_readonly("weighted", [](ColumnView const& c) { return c->weighted; })
        .def_property_readonly("words", [](ColumnView const& c) { return c->words; })
        .def_property_readonly(
            "unit",
            [](ColumnView const& c) { return std::string(report::word_of(label_of(c).unit)); })
        .def("label",
             [](ColumnView const& c, std::string const& lang) {
                 auto const label = label_of(c);
                 return lang == "zh" ? label.name.zh : label.name.en;
             })
        .def("values", values_of)
        .def("in_fen", in_fen)
        .def("missing", [](ColumnView const& c) { return shared_array(c, c->missing); });
}

} // namespace

void bind_tables(py::module_& module) {
    bind_column(module);
    // Python reads only.
    py::class_<report::Table, std::shared_ptr<report::Table>>(module, "Table")
        .def_readonly("name", &report::Table::name)
        .def_readonly("rows", &report::Table::rows)
        .def_property_readonly("columns",
                               [](std::shared_ptr<report::Table> const& table) {
                                   std::vector<ColumnView> columns;
                                   for (std::size_t i = 0; i < table->columns.size(); ++i) {
                                       columns.push_back({table, i});
                                   }
                                   return columns;
                               })
        .def(
            "weighted",
            [](report::Table const& table) {
                return std::make_shared<report::Table>(report::weighted(table));
            },
            py::call_guard<py::gil_scoped_release>())
        .def(
            "csv",
            [](report::Table const& table) { return report::csv_of(table); },
            py::call_guard<py::gil_scoped_release>());
}

} // namespace pensim::python

// The parts of the module `pensim._pensim`, each bound by a file of its own. What people use is the
// package around it, pensim/*.py; the module itself has no names for them.
#pragma once

#include <pybind11/pybind11.h>

namespace pensim::python {

void bind_errors(pybind11::module_& module);
void bind_tables(pybind11::module_& module);
void bind_inputs(pybind11::module_& module);
void bind_run(pybind11::module_& module);
void bind_compare(pybind11::module_& module);
void bind_law(pybind11::module_& module);

} // namespace pensim::python

#include "sim/python/module.hpp"

#include <string>

#include "sim/job/version.hpp"

PYBIND11_MODULE(_pensim, module) {
    module.doc() = "What the package pensim is made on. Use the package.";
    module.def(
        "version", [] { return std::string(pensim::job::version()); }, "As CMake knows it.");
    pensim::python::bind_errors(module);
    pensim::python::bind_tables(module);
    pensim::python::bind_inputs(module);
    pensim::python::bind_run(module);
    pensim::python::bind_compare(module);
    pensim::python::bind_law(module);
}

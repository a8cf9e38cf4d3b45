// Failures of the library as exceptions of pensim._errors, with the texts that the program prints.
#include <pybind11/stl.h>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "core/basis/money.hpp"
#include "sim/engine/life_runner.hpp"
#include "sim/input/file.hpp"
#include "sim/input/interrupt.hpp"
#include "sim/job/wrong_input.hpp"
#include "sim/python/module.hpp"

namespace pensim::python {

namespace py = pybind11;

namespace {

template <class... Arguments>
void raise(char const* name, Arguments const&... arguments) {
    py::object const type = py::module_::import("pensim._errors").attr(name);
    PyErr_SetObject(type.ptr(), type(arguments...).ptr());
}

void raise_input_error(job::WrongInput const& wrong) {
    std::string text;
    std::vector<std::pair<std::string, std::string>> problems;
    for (Problem const& problem : wrong.problems()) {
        text += (text.empty() ? "" : "\n") + job::text_of(problem);
        problems.emplace_back(problem.where, problem.what);
    }
    raise("InputError", text, problems);
}

} // namespace

void bind_errors(py::module_& /*module*/) {
    py::register_exception_translator([](std::exception_ptr pointer) { // NOLINT: pybind11's type
        try {
            if (pointer) {
                std::rethrow_exception(pointer);
            }
        } catch (job::WrongInput const& wrong) {
            raise_input_error(wrong);
        } catch (MoneyOverflow const& overflow) {
            raise("MoneyOverflow", std::string(overflow.what()));
        } catch (input::MachineFault const& fault) {
            raise("MachineFault", std::string(fault.what()));
        } catch (engine::BrokenLife const& broken) {
            raise("BrokenLife", fmt::format("this is a bug of the program: {}", broken.what()));
        } catch (input::Interrupted const&) {
            PyErr_SetNone(PyExc_KeyboardInterrupt);
        }
    });
}

} // namespace pensim::python

// A long job on a thread of its own, while the thread that called it lets other Python code run,
// shows progress and looks for signals.
#pragma once

#include <functional>
#include <optional>
#include <pybind11/pybind11.h>
#include <utility>

#include "sim/input/progress.hpp"

namespace pensim::python {

/// What Python wants to be told: called with (done, total, count) a few times a second; or None.
using ProgressObject = pybind11::object;

/// Runs `work` and waits for it. A signal whose handler raises (Ctrl-C), or an exception of
/// `progress`, stops the work; the exception is raised once the work has cleaned up. Throws what
/// `work` throws. Call it with the GIL; `work` runs without.
void run_watched(ProgressObject const& progress,
                 std::function<void(input::OnProgress const&)> const& work);

/// The same with a result.
template <class Work>
auto watched(ProgressObject const& progress, Work const& work) {
    std::optional<decltype(work(input::OnProgress{}))> result;
    run_watched(progress, [&](input::OnProgress const& told) { result.emplace(work(told)); });
    return std::move(*result);
}

} // namespace pensim::python

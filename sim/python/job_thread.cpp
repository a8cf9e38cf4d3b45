#include "sim/python/job_thread.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

#include "sim/input/interrupt.hpp"

namespace pensim::python {

namespace py = pybind11;

namespace {

struct HowFar {
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    std::uint64_t count = 0;
};

/// One job on its way.
class WatchedJob {
  public:
    explicit WatchedJob(std::function<void(input::OnProgress const&)> const& work)
        : thread_([this, &work] { run(work); }) {}
    WatchedJob(WatchedJob const&) = delete;
    WatchedJob& operator=(WatchedJob const&) = delete;
    ~WatchedJob() { thread_.join(); }

    /// Waits a little. True when the job has ended.
    bool wait() {
        constexpr std::chrono::milliseconds between_looks{100};
        std::unique_lock lock(guard_);
        return changed_.wait_for(lock, between_looks, [this] { return ended_; });
    }
    void stop() { stop_ = true; }
    [[nodiscard]] HowFar how_far() {
        std::lock_guard const lock(guard_);
        return how_far_;
    }
    /// What the work threw; after it has ended.
    [[nodiscard]] std::exception_ptr failure() const { return failure_; }

  private:
    void run(std::function<void(input::OnProgress const&)> const& work) {
        try {
            work([this](std::uint64_t done, std::uint64_t total, std::uint64_t count) {
                if (stop_) {
                    throw input::Interrupted();
                }
                std::lock_guard const lock(guard_);
                how_far_ = {done, total, count};
            });
        } catch (...) {
            failure_ = std::current_exception();
        }
        std::lock_guard const lock(guard_);
        ended_ = true;
        changed_.notify_all();
    }

    std::mutex guard_;
    std::condition_variable changed_;
    bool ended_ = false;
    HowFar how_far_;
    std::atomic<bool> stop_ = false;
    std::exception_ptr failure_;
    std::thread thread_; ///< last: it uses the others
};

/// Runs handlers of signals and tells `progress`. Throws what they raise.
void look(ProgressObject const& progress, HowFar const& how_far) {
    if (PyErr_CheckSignals() != 0) {
        throw py::error_already_set();
    }
    if (!progress.is_none() && how_far.total > 0) {
        progress(how_far.done, how_far.total, how_far.count);
    }
}

} // namespace

void run_watched(ProgressObject const& progress,
                 std::function<void(input::OnProgress const&)> const& work) {
    std::optional<py::error_already_set> raised;
    std::exception_ptr failure;
    {
        py::gil_scoped_release const release;
        WatchedJob job(work);
        bool ended = false;
        while (!ended) {
            ended = job.wait();
            if (raised) {
                continue;
            }
            py::gil_scoped_acquire const acquire;
            try {
                look(progress, job.how_far());
            } catch (py::error_already_set& error) {
                raised.emplace(error);
                job.stop();
            }
        }
        failure = job.failure();
    }
    if (raised) {
        throw py::error_already_set(*raised);
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
}

} // namespace pensim::python

#include "sim/job/thread_limit.hpp"

#include <algorithm>
#include <thread>

#include <tbb/global_control.h>

namespace pensim::job {

struct ThreadLimit::Held {
    explicit Held(int threads)
        : control(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads)) {
    }
    tbb::global_control control;
};

int thread_count(int asked) {
    return asked > 0 ? asked : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

ThreadLimit::ThreadLimit(int asked) : asked_(asked), threads_(thread_count(asked)) {
    hold();
}

ThreadLimit::~ThreadLimit() = default;

void ThreadLimit::follow(int own) {
    if (asked_ == 0 && own > 0) {
        threads_ = std::min(own, threads_);
        hold();
    }
}

void ThreadLimit::hold() {
    held_.reset();
    held_ = std::make_unique<Held>(threads_);
}

} // namespace pensim::job

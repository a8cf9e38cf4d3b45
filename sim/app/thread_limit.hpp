// The threads of a command that runs a scenario: as many as asked for, else as the scenario says,
// else all cores.
#pragma once

#include <algorithm>
#include <optional>

#include <tbb/global_control.h>

#include "sim/app/console.hpp"

namespace pensim::app {

class ThreadLimit {
  public:
    explicit ThreadLimit(int asked) : asked_(asked), threads_(thread_count(asked)) { hold(); }
    /// Once the scenario is there: its own wish, 0 for none.
    void follow(int own) {
        if (asked_ == 0 && own > 0) {
            threads_ = std::min(own, threads_);
            hold();
        }
    }
    [[nodiscard]] int threads() const { return threads_; }

  private:
    void hold() {
        control_.emplace(tbb::global_control::max_allowed_parallelism,
                         static_cast<std::size_t>(threads_));
    }
    int asked_;
    int threads_;
    std::optional<tbb::global_control> control_;
};

} // namespace pensim::app

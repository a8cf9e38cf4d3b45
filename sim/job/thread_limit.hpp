// The threads of a job: as many as asked for, else as the scenario says, else all cores.
#pragma once

#include <memory>

namespace pensim::job {

/// Threads to use: what was asked for, or all cores.
[[nodiscard]] int thread_count(int asked);

/// Holds while it lives. Of several at once, the lowest counts.
class ThreadLimit {
  public:
    explicit ThreadLimit(int asked);
    ThreadLimit(ThreadLimit const&) = delete;
    ThreadLimit& operator=(ThreadLimit const&) = delete;
    ~ThreadLimit();
    /// Once the scenario is there: its own wish, 0 for none.
    void follow(int own);
    [[nodiscard]] int threads() const { return threads_; }

  private:
    struct Held;
    void hold();
    int asked_;
    int threads_;
    std::unique_ptr<Held> held_;
};

} // namespace pensim::job

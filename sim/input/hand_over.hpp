// The order of tasks of parallel algorithms, said where a thread sanitizer can see it.
// The library orders its tasks inside code that the sanitizer cannot look into; without this,
// memory that passes from one task to the next looks like a race. Tasks that run at the same time
// stay unordered, so real races are still found.
#pragma once

#include <atomic>

namespace pensim::input {

class HandOver {
  public:
    /// What this task wrote is for the tasks that take() after it.
    void give() { turns_.fetch_add(1, std::memory_order_acq_rel); }
    void take() const { static_cast<void>(turns_.load(std::memory_order_acquire)); }

  private:
    std::atomic<unsigned> turns_ = 0;
};

/// One for all: a task takes as it starts and gives as it ends. Not a member of anything, so that
/// reaching it needs no memory that a task got from another.
inline HandOver task_order;

/// Takes now, gives at the end of the scope.
class TaskScope {
  public:
    TaskScope() { task_order.take(); }
    TaskScope(TaskScope const&) = delete;
    TaskScope& operator=(TaskScope const&) = delete;
    ~TaskScope() { task_order.give(); }
};

} // namespace pensim::input

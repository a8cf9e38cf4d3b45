// Where memory passes from one task of a parallel algorithm to the next.
// The library orders the tasks already, inside code that a thread sanitizer cannot see; this says
// it once more where it can be seen. One atomic operation a batch.
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

} // namespace pensim::input

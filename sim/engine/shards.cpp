#include "sim/engine/shards.hpp"

#include <atomic>
#include <exception>
#include <mutex>
#include <utility>

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include "sim/input/hand_over.hpp"
#include "sim/input/interrupt.hpp"

namespace pensim::engine {

namespace {

/// The failure of the earliest shard that fails, so that the same run fails with the same words:
/// shards before a failure still run, whichever thread has them.
class EarliestFailure {
  public:
    void keep(std::uint64_t shard, std::exception_ptr failure) {
        std::lock_guard const lock(mutex_);
        if (shard < shard_) {
            shard_ = shard;
            failure_ = std::move(failure);
        }
    }
    [[nodiscard]] bool is_before(std::uint64_t shard) const { return shard_ < shard; }
    void rethrow() const {
        if (failure_) {
            std::rethrow_exception(failure_);
        }
    }

  private:
    std::mutex mutex_;
    std::atomic<std::uint64_t> shard_ = UINT64_MAX; ///< nothing has failed
    std::exception_ptr failure_;
};

} // namespace

void for_each_shard(std::uint64_t shards, std::function<void(std::uint64_t)> const& run) {
    EarliestFailure failure;
    input::task_order.give();
    tbb::parallel_for(
        tbb::blocked_range<std::uint64_t>(0, shards, 1),
        [&](tbb::blocked_range<std::uint64_t> const& range) {
            input::TaskScope const task;
            for (std::uint64_t shard = range.begin(); shard < range.end(); ++shard) {
                if (failure.is_before(shard) || input::interrupted()) {
                    return;
                }
                try {
                    run(shard);
                } catch (...) {
                    failure.keep(shard, std::current_exception());
                }
            }
        },
        tbb::simple_partitioner());
    input::task_order.take();
    failure.rethrow();
    if (input::interrupted()) {
        throw input::Interrupted();
    }
}

} // namespace pensim::engine

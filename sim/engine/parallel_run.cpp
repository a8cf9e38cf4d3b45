#include "sim/engine/parallel_run.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <memory>
#include <mutex>

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include "sim/engine/worker_pool.hpp"
#include "sim/input/hand_over.hpp"
#include "sim/input/interrupt.hpp"

namespace pensim::engine {

namespace {

struct Worker {
    Worker(Setup const& setup, random::Key key)
        : tally(setup.areas, setup.watch), runner(setup, key, tally) {}
    Tally tally;
    LifeRunner runner;
};

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

Tally run_people(Setup const& setup,
                 random::Key key,
                 Crowd const& crowd,
                 Progressed const& progressed,
                 RowSink const* rows) {
    PENSIM_EXPECT(crowd.shard > 0);
    // Rows of this many shards are kept in memory until it is their turn.
    std::uint64_t const batch = rows == nullptr ? std::max<std::uint64_t>(1, crowd.shards()) : 16;
    WorkerPool<Worker> workers([&] { return std::make_unique<Worker>(setup, key); });
    std::mutex mutex;
    for (std::uint64_t first = 0; first < crowd.shards(); first += batch) {
        std::uint64_t const shards = std::min(batch, crowd.shards() - first);
        std::vector<std::string> texts(rows == nullptr ? 0 : shards);
        std::vector<std::string> packed(texts.size());
        for_each_shard(shards, [&](std::uint64_t number) {
            std::uint64_t const shard = first + number;
            WorkerPool<Worker>::Loan const worker(workers);
            std::string text;
            for (std::uint64_t person = crowd.begin(shard); person < crowd.end(shard); ++person) {
                LifeResult const& result = worker->runner.run(person);
                if (rows != nullptr) {
                    rows->append(text, person, result);
                }
            }
            if (rows != nullptr) {
                packed[number] = rows->pack(text);
                texts[number] = std::move(text);
            }
            if (progressed) {
                std::lock_guard const lock(mutex);
                progressed(crowd.end(shard) - crowd.begin(shard));
            }
        });
        for (std::size_t i = 0; i < texts.size(); ++i) {
            rows->take(texts[i], packed[i]);
        }
    }
    Tally total(setup.areas, setup.watch);
    for (auto const& worker : workers.all()) {
        total.merge(worker->tally);
    }
    return total;
}

} // namespace pensim::engine

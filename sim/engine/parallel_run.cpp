#include "sim/engine/parallel_run.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <memory>
#include <mutex>

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include "sim/input/hand_over.hpp"
#include "sim/input/interrupt.hpp"

namespace pensim::engine {

namespace {

/// Tallies and runners lent to tasks: as many as tasks run at once.
class Workers {
  public:
    Workers(Setup const& setup, random::Key key) : setup_(setup), key_(key) {}

    struct Worker {
        Worker(Setup const& setup, random::Key key)
            : tally(setup.areas, setup.watch), runner(setup, key, tally) {}
        Tally tally;
        LifeRunner runner;
    };

    Worker* take() {
        std::lock_guard const lock(mutex_);
        if (free_.empty()) {
            all_.push_back(std::make_unique<Worker>(setup_, key_));
            return all_.back().get();
        }
        Worker* const worker = free_.back();
        free_.pop_back();
        return worker;
    }
    void give_back(Worker* worker) {
        std::lock_guard const lock(mutex_);
        free_.push_back(worker);
    }
    void add_up(Tally& total) {
        for (auto& worker : all_) {
            total.merge(worker->tally);
        }
    }

  private:
    Setup const& setup_;
    random::Key key_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Worker>> all_;
    std::vector<Worker*> free_;
};

/// The failure of the earliest shard that failed, so that the same run fails with the same words.
class EarliestFailure {
  public:
    void keep(std::uint64_t shard, std::exception_ptr failure) {
        std::lock_guard const lock(mutex_);
        if (!failure_ || shard < shard_) {
            shard_ = shard;
            failure_ = std::move(failure);
        }
        failed_ = true;
    }
    [[nodiscard]] bool failed() const { return failed_; }
    void rethrow() const {
        if (failure_) {
            std::rethrow_exception(failure_);
        }
    }

  private:
    std::mutex mutex_;
    std::uint64_t shard_ = 0;
    std::exception_ptr failure_;
    std::atomic<bool> failed_ = false;
};

} // namespace

void visit_shards(Setup const& setup,
                  random::Key key,
                  Crowd const& crowd,
                  ShardVisitor const& visit,
                  Tally& total) {
    PENSIM_EXPECT(crowd.shard > 0);
    std::uint64_t const shards = (crowd.persons + crowd.shard - 1) / crowd.shard;
    Workers workers(setup, key);
    EarliestFailure failure;
    input::task_order.give();
    tbb::parallel_for(
        tbb::blocked_range<std::uint64_t>(0, shards, 1),
        [&](tbb::blocked_range<std::uint64_t> const& range) {
            input::TaskScope const task;
            for (std::uint64_t shard = range.begin(); shard < range.end(); ++shard) {
                if (failure.failed() || input::interrupted()) {
                    return;
                }
                auto* const worker = workers.take();
                try {
                    visit(shard, worker->runner);
                } catch (...) {
                    failure.keep(shard, std::current_exception());
                }
                workers.give_back(worker);
            }
        },
        tbb::simple_partitioner());
    input::task_order.take();
    failure.rethrow();
    if (input::interrupted()) {
        throw input::Interrupted();
    }
    workers.add_up(total);
}

Tally run_people(Setup const& setup,
                 random::Key key,
                 Crowd const& crowd,
                 Progressed const& progressed) {
    Tally total(setup.areas, setup.watch);
    std::mutex mutex;
    visit_shards(
        setup,
        key,
        crowd,
        [&](std::uint64_t shard, LifeRunner& runner) {
            std::uint64_t const first = crowd.first + shard * crowd.shard;
            std::uint64_t const last = std::min(first + crowd.shard, crowd.first + crowd.persons);
            for (std::uint64_t person = first; person < last; ++person) {
                runner.run(person);
            }
            if (progressed) {
                std::lock_guard const lock(mutex);
                progressed(last - first);
            }
        },
        total);
    return total;
}

} // namespace pensim::engine

// Workers lent to tasks: as many come into being as tasks run at once.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace pensim::engine {

template <class Worker>
class WorkerPool {
  public:
    using Make = std::function<std::unique_ptr<Worker>()>;
    explicit WorkerPool(Make make) : make_(std::move(make)) {}

    /// A worker, for as long as the loan lives.
    class Loan {
      public:
        explicit Loan(WorkerPool& pool) : pool_(pool), worker_(pool.take()) {}
        Loan(Loan const&) = delete;
        Loan& operator=(Loan const&) = delete;
        ~Loan() { pool_.give_back(worker_); }
        Worker* operator->() const { return worker_; }
        Worker& operator*() const { return *worker_; }

      private:
        WorkerPool& pool_;
        Worker* worker_;
    };

    /// All that were made; while none is lent.
    [[nodiscard]] std::vector<std::unique_ptr<Worker>> const& all() const { return all_; }

  private:
    Worker* take() {
        std::lock_guard const lock(mutex_);
        if (free_.empty()) {
            free_.reserve(all_.size() + 1); // so that giving back needs no memory: it must not fail
            all_.push_back(make_());
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
    Make make_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Worker>> all_;
    std::vector<Worker*> free_;
};

} // namespace pensim::engine

#include "sim/engine/parallel_run.hpp"

#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "sim/engine/batch_runner.hpp"
#include "sim/engine/shards.hpp"
#include "sim/engine/worker_pool.hpp"

namespace pensim::engine {

namespace {

/// Runs people in lanes where there are tables, else one by one.
struct CrowdWorker {
    CrowdWorker(Setup const& setup, random::Key key, lanes::LaneTables const* tables)
        : tally(setup.areas, setup.watch) {
        if (tables != nullptr) {
            batches.emplace(setup, key, *tables, tally);
        } else {
            runner.emplace(setup, key, tally);
        }
    }
    /// Persons from `first` up to but without `end`. Gives their rows, if they are wanted.
    std::string run(std::uint64_t first, std::uint64_t end, RowSink const* rows) {
        std::string text;
        if (batches) {
            batches->run(first, end);
            return text;
        }
        for (std::uint64_t person = first; person < end; ++person) {
            LifeResult const& result = runner->run(person);
            if (rows != nullptr) {
                rows->append(text, person, result);
            }
        }
        return text;
    }
    Tally tally;
    std::optional<LifeRunner> runner;
    std::optional<BatchRunner> batches;
};

} // namespace

Tally CrowdRun::run(random::Key key,
                    Crowd const& crowd,
                    Progressed const& progressed,
                    RowSink const* rows) {
    PENSIM_EXPECT(crowd.shard > 0);
    // Rows of this many shards are kept in memory until it is their turn.
    std::uint64_t const batch = rows == nullptr ? std::max<std::uint64_t>(1, crowd.shards()) : 16;
    if (rows == nullptr && !tables_) {
        tables_ = lane_tables(setup_);
    }
    auto const* const tables = rows == nullptr ? tables_->get() : nullptr; // rows: one by one
    WorkerPool<CrowdWorker> workers(
        [&] { return std::make_unique<CrowdWorker>(setup_, key, tables); });
    std::mutex mutex;
    for (std::uint64_t first = 0; first < crowd.shards(); first += batch) {
        std::uint64_t const shards = std::min(batch, crowd.shards() - first);
        std::vector<std::string> texts(rows == nullptr ? 0 : shards);
        std::vector<std::string> packed(texts.size());
        for_each_shard(shards, [&](std::uint64_t number) {
            std::uint64_t const shard = first + number;
            WorkerPool<CrowdWorker>::Loan const worker(workers);
            std::string text = worker->run(crowd.begin(shard), crowd.end(shard), rows);
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
    auto const& all = workers.all();
    for_each_shard(all.size(), [&](std::uint64_t i) {
        if (all[i]->batches) {
            all[i]->batches->finish();
        }
    });
    Tally total(setup_.areas, setup_.watch);
    for (auto const& worker : all) {
        total.merge(worker->tally);
    }
    return total;
}

Tally run_people(Setup const& setup,
                 random::Key key,
                 Crowd const& crowd,
                 Progressed const& progressed,
                 RowSink const* rows) {
    return CrowdRun(setup).run(key, crowd, progressed, rows);
}

} // namespace pensim::engine

#include "sim/engine/parallel_run.hpp"

#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>

#include "sim/engine/batch_runner.hpp"
#include "sim/engine/shards.hpp"
#include "sim/engine/worker_pool.hpp"

namespace pensim::engine {

namespace {

/// Runs people in lanes where there are tables, else one by one.
struct Worker {
    Worker(Setup const& setup, random::Key key, lanes::LaneTables const* tables)
        : tally(setup.areas, setup.watch) {
        if (tables != nullptr) {
            batches.emplace(setup, key, *tables, tally);
        } else {
            runner.emplace(setup, key, tally);
        }
    }
    Tally tally;
    std::optional<LifeRunner> runner;
    std::optional<BatchRunner> batches;
};

/// Null where every life goes the general way: rows of lives are wanted, people are counted behind
/// amounts, or lanes will not do.
std::unique_ptr<lanes::LaneTables const> lane_tables(Setup const& setup, RowSink const* rows) {
    if (setup.lanes == 0 || rows != nullptr || setup.watch.behind) {
        return nullptr;
    }
    return lanes::LaneTables::make(setup.world, setup.law, setup.limits, setup.areas);
}

} // namespace

Tally run_people(Setup const& setup,
                 random::Key key,
                 Crowd const& crowd,
                 Progressed const& progressed,
                 RowSink const* rows) {
    PENSIM_EXPECT(crowd.shard > 0);
    // Rows of this many shards are kept in memory until it is their turn.
    std::uint64_t const batch = rows == nullptr ? std::max<std::uint64_t>(1, crowd.shards()) : 16;
    auto const tables = lane_tables(setup, rows);
    WorkerPool<Worker> workers([&] { return std::make_unique<Worker>(setup, key, tables.get()); });
    std::mutex mutex;
    for (std::uint64_t first = 0; first < crowd.shards(); first += batch) {
        std::uint64_t const shards = std::min(batch, crowd.shards() - first);
        std::vector<std::string> texts(rows == nullptr ? 0 : shards);
        std::vector<std::string> packed(texts.size());
        for_each_shard(shards, [&](std::uint64_t number) {
            std::uint64_t const shard = first + number;
            WorkerPool<Worker>::Loan const worker(workers);
            std::string text;
            if (worker->batches) {
                worker->batches->run(crowd.begin(shard), crowd.end(shard));
            }
            for (std::uint64_t person = crowd.begin(shard);
                 !worker->batches && person < crowd.end(shard);
                 ++person) {
                LifeResult const& result = worker->runner->run(person);
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
        if (worker->batches) {
            worker->batches->finish();
        }
        total.merge(worker->tally);
    }
    return total;
}

} // namespace pensim::engine

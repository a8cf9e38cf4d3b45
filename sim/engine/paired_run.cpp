#include "sim/engine/paired_run.hpp"

#include <algorithm>
#include <mutex>

#include "sim/engine/paired_worker.hpp"
#include "sim/engine/shards.hpp"
#include "sim/engine/worker_pool.hpp"

namespace pensim::engine {

namespace {

/// Only lives that need not run again in full go through lanes: there must be a way to tell.
bool lanes_will_do(PairedSetup const& setup) {
    return setup.shortcuts
           && std::all_of(setup.variants.begin(), setup.variants.end(), [](Variant const& variant) {
                  return variant.differences.has_value();
              });
}

} // namespace

PairedTally::PairedTally(PairedSetup const& setup)
    : first(setup.first.areas, setup.first.watch),
      population(Traits(setup.first.areas, setup.reference)) {
    for (Variant const& variant : setup.variants) {
        variants.push_back({ChangeTally(population.traits, setup.witnesses),
                            variant.books
                                ? std::make_unique<Tally>(setup.first.areas, setup.first.watch)
                                : nullptr});
    }
}

void PairedTally::merge(PairedTally& other) {
    first.merge(other.first);
    population.merge(other.population);
    for (std::size_t i = 0; i < variants.size(); ++i) {
        variants[i].people.merge(other.variants[i].people);
        if (variants[i].books) {
            variants[i].books->merge(*other.variants[i].books);
        }
    }
    lives_run += other.lives_run;
}

void PairedTally::clear() {
    first.clear();
    population.clear();
    for (Side& variant : variants) {
        variant.people.clear();
        if (variant.books) {
            variant.books->clear();
        }
    }
    lives_run = 0;
}

struct PairedRun::Workers {
    Workers(PairedSetup const& setup, random::Key of, lanes::LaneTables const* tables)
        : key(of),
          pool([&setup, of, tables] { return std::make_unique<PairedWorker>(setup, of, tables); }) {
    }
    random::Key key;
    WorkerPool<PairedWorker> pool;
};

PairedRun::PairedRun(PairedSetup const& setup)
    : setup_(setup), tables_(lanes_will_do(setup) ? lane_tables(setup.first) : nullptr) {}

PairedRun::~PairedRun() = default;

PairedTally PairedRun::run(random::Key key, Crowd const& crowd, Progressed const& progressed) {
    PENSIM_EXPECT(crowd.shard > 0);
    std::unique_ptr<Workers> workers = std::move(workers_); // lost where a run fails
    if (!workers || !(workers->key == key)) {
        workers = std::make_unique<Workers>(setup_, key, tables_.get());
    }
    std::mutex mutex;
    for_each_shard(crowd.shards(), [&](std::uint64_t shard) {
        WorkerPool<PairedWorker>::Loan const worker(workers->pool);
        worker->run(crowd.begin(shard), crowd.end(shard));
        if (progressed) {
            std::lock_guard const lock(mutex);
            progressed(crowd.end(shard) - crowd.begin(shard));
        }
    });
    auto const& all = workers->pool.all();
    for_each_shard(all.size(), [&](std::uint64_t i) { all[i]->finish(); });
    PairedTally total(setup_);
    for (auto const& worker : all) {
        total.merge(worker->tally);
        worker->tally.clear();
    }
    workers_ = std::move(workers);
    return total;
}

} // namespace pensim::engine

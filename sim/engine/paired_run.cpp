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
    for_each_shard(1 + variants.size(), [&](std::uint64_t part) {
        if (part == 0) {
            merge_first(other);
        } else {
            variants[part - 1].merge(other.variants[part - 1]);
        }
    });
}

void PairedTally::merge_first(PairedTally& other) {
    first.merge(other.first);
    population.merge(other.population);
    lives_run += other.lives_run;
    went_general += other.went_general;
}

void PairedTally::clear_first() {
    first.clear();
    population.clear();
    lives_run = 0;
    went_general = 0;
}

void PairedTally::Side::merge(Side& other) {
    people.merge(other.people);
    if (books) {
        books->merge(*other.books);
    }
}

void PairedTally::Side::clear() {
    people.clear();
    if (books) {
        books->clear();
    }
}

struct PairedRun::Workers {
    Workers(PairedSetup const& setup,
            random::Key of,
            lanes::LaneTables const* tables,
            VariantTables& of_variants)
        : key(of), pool([&setup, of, tables, &of_variants] {
              return std::make_unique<PairedWorker>(setup, of, tables, of_variants);
          }) {}
    random::Key key;
    WorkerPool<PairedWorker> pool;
};

PairedRun::PairedRun(PairedSetup const& setup)
    : setup_(setup), tables_(lanes_will_do(setup) ? lane_tables(setup.first) : nullptr),
      of_variants_(std::make_unique<VariantTables>(setup)) {}

PairedRun::~PairedRun() = default;

PairedTally PairedRun::run(random::Key key,
                           Crowd const& crowd,
                           Progressed const& progressed,
                           Meanwhile const& meanwhile) {
    PENSIM_EXPECT(crowd.shard > 0);
    std::unique_ptr<Workers> workers = std::move(workers_); // lost where a run fails
    if (!workers || !(workers->key == key)) {
        workers = std::make_unique<Workers>(setup_, key, tables_.get(), *of_variants_);
    }
    std::mutex mutex;
    for_each_shard(meanwhile.tasks + crowd.shards(), [&](std::uint64_t number) {
        if (number < meanwhile.tasks) {
            meanwhile.run(number);
            return;
        }
        std::uint64_t const shard = number - meanwhile.tasks;
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
    for_each_shard(1 + setup_.variants.size(), [&](std::uint64_t part) {
        for (auto const& worker : all) {
            PairedTally& tally = worker->tally;
            if (part == 0) {
                total.merge_first(tally);
                tally.clear_first();
            } else {
                total.variants[part - 1].merge(tally.variants[part - 1]);
                tally.variants[part - 1].clear();
            }
        }
    });
    workers_ = std::move(workers);
    return total;
}

} // namespace pensim::engine

#include "sim/engine/paired_run.hpp"

#include <algorithm>
#include <deque>
#include <mutex>
#include <optional>

#include "sim/engine/batch_runner.hpp"
#include "sim/engine/changed_lives.hpp"
#include "sim/engine/shards.hpp"
#include "sim/engine/worker_pool.hpp"

namespace pensim::engine {

namespace {

/// One rule set at work on one life after the other.
struct Side {
    Side(Setup const& setup, random::Key key) : books(setup.areas), runner(setup, key, books) {}
    Side(Side const&) = delete;
    Side& operator=(Side const&) = delete;
    ~Side() = default;

    void run(std::uint64_t person) {
        books.clear();
        result = &runner.run(person);
        facts = facts_of(*result);
        sorted = false;
    }
    [[nodiscard]] Life const& life() const { return result->drawn->life; }
    [[nodiscard]] LifeSide side() {
        if (!sorted) {
            books.sort();
            sorted = true;
        }
        return {facts, life(), books};
    }

    LifeBooks books;
    BasicLifeRunner<LifeBooks> runner;
    LifeResult const* result = nullptr;
    LifeFacts facts;
    bool sorted = false; ///< the books of the present life
};

/// A thread's share of a run, through lanes as far as they will do.
class PairedWorker : public BatchCompany {
  public:
    /// `tables` may be null.
    PairedWorker(PairedSetup const& setup, random::Key key, lanes::LaneTables const* tables)
        : tally(setup), setup_(setup), replicate_(key.replicate),
          reach_(setup.first.law.book, setup.default_areas, setup.variants),
          direct_(setup.first, key, tally.first), first_(setup.first, key),
          lives_(setup.variants.size()) {
        for (Variant const& variant : setup.variants) {
            others_.push_back(std::make_unique<Side>(variant.setup, key));
        }
        if (tables != nullptr) {
            batches_.emplace(setup.first, key, *tables, tally.first, this);
            changed_lives_.emplace(setup, key, *tables, tally);
        }
    }

    /// Persons from `first` up to but without `end`.
    void run(std::uint64_t first, std::uint64_t end) {
        if (batches_) {
            batches_->run(first, end);
            return;
        }
        for (std::uint64_t person = first; person < end; ++person) {
            run_alone(person);
        }
    }
    /// Once all are run.
    void finish() {
        if (batches_) {
            batches_->finish();
            changed_lives_->finish();
        }
    }

    Way
    way_of(std::uint64_t person, lanes::Planner& planner, world::Career const& career) override {
        planner.outline(outline_, outline_walk_);
        reach_.look_at(outline_, outline_walk_, career.death);
        Way const way = find_changes(planner) ? keep_in_lanes(person, planner, career) : Way::alone;
        if (way == Way::alone) {
            planner.drop();
            return way;
        }
        ++tally.lives_run;
        for (std::size_t i = 0; i < lives_.size(); ++i) {
            count(i);
        }
        return way;
    }
    void reckoned(Reckoner const& reckoner, std::size_t number, Pension const* pension) override {
        lanes::PlannedLife const& life = reckoner.plans().lives[number];
        LifeFacts facts = facts_of(life);
        if (pension != nullptr) {
            facts.pension = *pension;
        }
        tally.population.note(facts);
        if (!other_rates_.empty() && other_rates_.front().witness.person.person == life.person) {
            OtherRate const& other = other_rates_.front();
            pooled_changes_.note(reckoner, life, facts, other.variants, other.witness);
            other_rates_.pop_front();
        }
    }
    void run_alone(std::uint64_t person) override {
        life_ = &direct_.run(person);
        first_ran_ = false;
        ++tally.lives_run;
        tally.population.note(facts_of(*life_));
        reach_.look_at(life_->drawn->life, *life_->walk, life_->drawn->death);
        for (std::size_t i = 0; i < lives_.size(); ++i) {
            count(i);
            run_variant(i, person);
        }
    }

    PairedTally tally;

  private:
    /// How a variant came by its version of the present life.
    struct VariantLife {
        std::optional<std::size_t> ran_by; ///< none: the life of the first rule set
        std::optional<law::PlaceDecision> place;
        LifeChange change; ///< of who ran it
    };
    /// A life in lanes whose pooled money moves at another rate.
    struct OtherRate {
        VariantNumbers variants;
        Witness witness;
    };

    /// Somebody is compared with a variant.
    void count(std::size_t i) {
        ChangeTally& people = tally.variants[i].people;
        ++people.people;
        for (std::size_t const rule : reach_.touch(i).rules) {
            ++people.reached[rule];
        }
    }

    // ---- in lanes ----

    /// What the variants make of the outlined life. False: more than lanes can do.
    bool find_changes(lanes::Planner const& planner) {
        elsewhere_.clear();
        other_rate_.clear();
        for (std::size_t i = 0; i < lives_.size(); ++i) {
            VariantReach::Touch const& touch = reach_.touch(i);
            auto const number = static_cast<std::uint16_t>(i);
            if (touch.more || (touch.place && !reach_.counted())) {
                return false;
            }
            if (touch.place) {
                auto const place = reach_.place(i);
                if (place != outline_walk_.counted_place) {
                    if (!place || !outline_walk_.counted_place || !reach_.places_alone(i)) {
                        return false;
                    }
                    add_elsewhere(*place, number);
                    continue;
                }
            }
            if (touch.pooled_rate) {
                other_rate_.push_back(number);
            }
        }
        return other_rate_.empty() || (elsewhere_.empty() && PooledChanges::can_tell(planner));
    }
    void add_elsewhere(law::PlaceDecision const& place, std::uint16_t variant) {
        auto const same = std::find_if(
            elsewhere_.begin(), elsewhere_.end(), [&](auto const& e) { return e.place == place; });
        if (same == elsewhere_.end()) {
            elsewhere_.push_back({place, {variant}});
        } else {
            same->variants.push_back(variant);
        }
    }
    Way keep_in_lanes(std::uint64_t person, lanes::Planner& planner, world::Career const& career) {
        if (!elsewhere_.empty()) {
            bool const taken = changed_lives_->take(
                person, planner, career, *outline_walk_.counted_place, elsewhere_);
            tally.lives_run += taken ? static_cast<std::int64_t>(elsewhere_.size()) : 0;
            return taken ? Way::taken : Way::alone;
        }
        if (!other_rate_.empty()) {
            tally.lives_run += static_cast<std::int64_t>(other_rate_.size());
            other_rates_.push_back({other_rate_, {simplicity_of(career), {replicate_, person}}});
        }
        return Way::stays;
    }

    // ---- the general way ----

    void run_variant(std::size_t i, std::uint64_t person) {
        VariantLife& life = lives_[i];
        life.ran_by.reset();
        life.place.reset();
        if (setup_.shortcuts && stays_the_same(i)) {
            return;
        }
        if (setup_.shortcuts && life.place) {
            life.ran_by = who_decided_the_same(i);
        }
        if (!life.ran_by) {
            others_[i]->run(person);
            ++tally.lives_run;
            life.ran_by = i;
            life.change = change_between(first(person).side(), others_[i]->side());
        }
        note(i, person);
    }

    /// Is the life the same under a variant, because nothing that differs acts in it or the place
    /// is the same? Notes another place, where nothing else can differ.
    bool stays_the_same(std::size_t i) {
        VariantReach::Touch const& touch = reach_.touch(i);
        if (touch.more || touch.pooled_rate) {
            return false;
        }
        if (!touch.place) {
            return true;
        }
        if (!reach_.counted()) {
            return false;
        }
        auto const place = reach_.place(i);
        if (place == life_->walk->counted_place) {
            return true;
        }
        if (reach_.places_alone(i)) {
            lives_[i].place = place;
        }
        return false;
    }

    /// The present life under the first rule set, with books of its own: for few people only.
    Side& first(std::uint64_t person) {
        if (!first_ran_) {
            first_.run(person);
            first_ran_ = true;
        }
        return first_;
    }

    /// An earlier variant that only chose another place, and the same one.
    [[nodiscard]] std::optional<std::size_t> who_decided_the_same(std::size_t i) const {
        for (std::size_t j = 0; j < i; ++j) {
            if (lives_[j].ran_by == j && lives_[j].place == lives_[i].place) {
                return j;
            }
        }
        return std::nullopt;
    }

    void note(std::size_t i, std::uint64_t person) {
        std::size_t const ran_by = *lives_[i].ran_by;
        Side& other = *others_[ran_by];
        LifeChange const& change = lives_[ran_by].change;
        PairedTally::Side& variant = tally.variants[i];
        Side& before = first(person);
        variant.people.note(before.side(), other.side(), change, {replicate_, person});
        if (variant.books && change.any()) {
            before.books.replace_by(other.books, *variant.books);
        }
    }

    PairedSetup const& setup_;
    std::uint32_t replicate_;
    VariantReach reach_;
    LifeRunner direct_; ///< of the first rule set, into everybody's books
    LifeResult const* life_ = nullptr;
    Side first_;
    bool first_ran_ = false;
    std::vector<std::unique_ptr<Side>> others_;
    std::vector<VariantLife> lives_;
    // Where lanes will do.
    std::optional<BatchRunner> batches_;
    std::optional<ChangedLives> changed_lives_;
    PooledChanges pooled_changes_{setup_, tally};
    std::deque<OtherRate> other_rates_; ///< of lives that stay and are not reckoned yet, in order
    // Memory kept from life to life.
    Life outline_;
    law::Walk outline_walk_;
    std::vector<ChangedLives::Elsewhere> elsewhere_;
    VariantNumbers other_rate_;
};

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

PairedTally run_paired(PairedSetup const& setup,
                       random::Key key,
                       Crowd const& crowd,
                       Progressed const& progressed) {
    PENSIM_EXPECT(crowd.shard > 0);
    auto const tables = lanes_will_do(setup) ? lane_tables(setup.first) : nullptr;
    WorkerPool<PairedWorker> workers(
        [&] { return std::make_unique<PairedWorker>(setup, key, tables.get()); });
    std::mutex mutex;
    for_each_shard(crowd.shards(), [&](std::uint64_t shard) {
        WorkerPool<PairedWorker>::Loan const worker(workers);
        worker->run(crowd.begin(shard), crowd.end(shard));
        if (progressed) {
            std::lock_guard const lock(mutex);
            progressed(crowd.end(shard) - crowd.begin(shard));
        }
    });
    PairedTally total(setup);
    for (auto const& worker : workers.all()) {
        worker->finish();
        total.merge(worker->tally);
    }
    return total;
}

} // namespace pensim::engine

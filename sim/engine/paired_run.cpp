#include "sim/engine/paired_run.hpp"

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>

#include "core/law/place_preview.hpp"
#include "core/law/rule_keys.hpp"
#include "sim/engine/batch_runner.hpp"
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

/// Rules that do nothing but choose the benefit location at T.
std::array<bool, law::rule_count> place_rules() {
    std::array<bool, law::rule_count> place{};
    for (std::size_t i = 0; i < place.size(); ++i) {
        place[i] = law::rule_name(i).starts_with("place.");
    }
    return place;
}

/// A thread's share of a run. A life that no variant changes may go through lanes.
class PairedWorker : public BatchCompany {
  public:
    /// `tables` may be null.
    PairedWorker(PairedSetup const& setup, random::Key key, lanes::LaneTables const* tables)
        : tally(setup), setup_(setup), replicate_(key.replicate), place_rules_(place_rules()),
          direct_(setup.first, key, tally.first), first_(setup.first, key),
          lives_(setup.variants.size()) {
        for (Variant const& variant : setup.variants) {
            others_.push_back(std::make_unique<Side>(variant.setup, key));
        }
        if (tables != nullptr) {
            batches_.emplace(setup.first, key, *tables, tally.first, this);
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
        }
    }

    bool stays(lanes::Planner const& planner, world::Career const& career) override {
        planner.outline(outline_, outline_walk_);
        outline_facts_ = law::facts_at_counting(outline_, outline_walk_);
        reached_.clear();
        for (std::size_t i = 0; i < lives_.size(); ++i) {
            if (!same_under(i, career.death)) {
                return false;
            }
        }
        ++tally.lives_run;
        for (auto const& [variant, rule] : reached_) {
            ++tally.variants[variant].people.reached[rule];
        }
        for (PairedTally::Side& variant : tally.variants) {
            ++variant.people.people;
        }
        return true;
    }
    void reckoned(lanes::PlannedLife const& life, Pension const* pension) override {
        LifeFacts facts;
        facts.group = life.group;
        facts.birth = life.birth;
        facts.benefit_area = life.place ? std::optional(life.place->area) : std::nullopt;
        facts.months_total = life.months_total;
        if (pension != nullptr) {
            facts.pension = *pension;
        }
        tally.population.note(facts);
    }
    void run_alone(std::uint64_t person) override {
        life_ = &direct_.run(person);
        first_ran_ = false;
        ++tally.lives_run;
        tally.population.note(facts_of(*life_));
        for (std::size_t i = 0; i < lives_.size(); ++i) {
            ++tally.variants[i].people.people;
            run_variant(i, person);
        }
    }

    PairedTally tally;

  private:
    enum class Reached : std::uint8_t { nothing, place_only, more };
    /// How a variant came by its version of the present life.
    struct VariantLife {
        std::optional<std::size_t> ran_by; ///< none: the life of the first rule set
        std::optional<law::PlaceDecision> place;
        bool place_only = false;
        LifeChange change; ///< of who ran it
    };

    void run_variant(std::size_t i, std::uint64_t person) {
        Variant const& variant = setup_.variants[i];
        VariantLife& life = lives_[i];
        life.ran_by.reset();
        Reached reached = Reached::more;
        if (variant.differences) {
            reached = reach(i, life_->drawn->life, *life_->walk, life_->drawn->death);
            for (std::size_t const rule : touched_) {
                ++tally.variants[i].people.reached[rule];
            }
        }
        life.place_only = reached == Reached::place_only
                          && law::facts_at_counting(life_->drawn->life, *life_->walk);
        if (setup_.shortcuts && reached == Reached::nothing) {
            return;
        }
        if (setup_.shortcuts && life.place_only) {
            life.place = law::place_under(variant.setup.law.book, life_->drawn->life, *life_->walk);
            if (life.place == life_->walk->counted_place) {
                return;
            }
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

    /// Does a parameter act in the life in a month in which the variant's value is another? Puts
    /// these parameters into touched_.
    Reached reach(std::size_t i, Life const& life, law::Walk const& walk, YearMonth death) {
        setup_.variants[i].differences->touched(
            {setup_.first.law.book, life, walk, death, setup_.default_areas}, touched_);
        bool const place_only = std::all_of(
            touched_.begin(), touched_.end(), [&](std::size_t rule) { return place_rules_[rule]; });
        return touched_.empty() ? Reached::nothing
               : place_only     ? Reached::place_only
                                : Reached::more;
    }

    /// Does the outlined life remain the same under a variant, because nothing reaches it or the
    /// place is the same?
    bool same_under(std::size_t i, YearMonth death) {
        Reached const reached = reach(i, outline_, outline_walk_, death);
        for (std::size_t const rule : touched_) {
            reached_.emplace_back(i, rule);
        }
        if (reached != Reached::place_only || !outline_facts_) {
            return reached == Reached::nothing;
        }
        law::Walk const& walk = outline_walk_;
        auto const answer = law::answer_at_counting(setup_.variants[i].setup.law.book,
                                                    outline_,
                                                    walk.counting,
                                                    *outline_facts_,
                                                    walk.counted_months >= walk.required);
        return answer.place == walk.counted_place;
    }

    /// The present life under the first rule set, with books of its own: for few people only.
    Side& first(std::uint64_t person) {
        if (!first_ran_) {
            first_.run(person);
            first_ran_ = true;
            ++tally.lives_run;
        }
        return first_;
    }

    /// An earlier variant that only chose another place, and the same one.
    [[nodiscard]] std::optional<std::size_t> who_decided_the_same(std::size_t i) const {
        for (std::size_t j = 0; j < i; ++j) {
            if (lives_[j].ran_by == j && lives_[j].place_only
                && lives_[j].place == lives_[i].place) {
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
    std::array<bool, law::rule_count> place_rules_;
    LifeRunner direct_; ///< of the first rule set, into everybody's books
    LifeResult const* life_ = nullptr;
    Side first_;
    bool first_ran_ = false;
    std::vector<std::unique_ptr<Side>> others_;
    std::vector<VariantLife> lives_;
    std::optional<BatchRunner> batches_; ///< where lanes will do
    // Memory kept from life to life.
    std::vector<std::size_t> touched_;                         ///< rules
    std::vector<std::pair<std::size_t, std::size_t>> reached_; ///< variant and rule
    Life outline_;
    law::Walk outline_walk_;
    std::optional<law::PlaceFacts> outline_facts_; ///< at T
};

/// Only lives that need not run again go through lanes: there must be a way to tell.
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

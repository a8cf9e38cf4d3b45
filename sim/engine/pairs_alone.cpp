#include "sim/engine/pairs_alone.hpp"

namespace pensim::engine {

PairsAlone::Side::Side(Setup const& setup, random::Key key)
    : books(setup.areas), runner(setup, key, books) {}

void PairsAlone::Side::run(std::uint64_t person) {
    books.clear();
    result = &runner.run(person);
    facts = facts_of(*result);
    sorted = false;
}

LifeSide PairsAlone::Side::side() {
    if (!sorted) {
        books.sort();
        sorted = true;
    }
    return {facts, result->drawn->life, books};
}

PairsAlone::PairsAlone(PairedSetup const& setup,
                       random::Key key,
                       VariantReach& reach,
                       PairedTally& tally)
    : setup_(setup), replicate_(key.replicate), reach_(reach), tally_(tally),
      direct_(setup.first, key, tally.first), first_(setup.first, key),
      lives_(setup.variants.size()) {
    for (Variant const& variant : setup.variants) {
        others_.push_back(std::make_unique<Side>(variant.setup, key));
    }
}

void PairsAlone::run(std::uint64_t person) {
    life_ = &direct_.run(person);
    first_ran_ = false;
    ++tally_.lives_run;
    ++tally_.went_general;
    tally_.population.note(facts_of(*life_));
    reach_.look_at(life_->drawn->life, *life_->walk, life_->drawn->death);
    for (std::size_t i = 0; i < lives_.size(); ++i) {
        tally_.variants[i].people.count(reach_.touch(i).rules);
        run_variant(i, person);
    }
}

void PairsAlone::run_variant(std::size_t i, std::uint64_t person) {
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
        ++tally_.lives_run;
        life.ran_by = i;
        life.change = change_between(first(person).side(), others_[i]->side());
    }
    note(i, person);
}

/// Is the life the same under a variant, because nothing that differs acts in it or the place is
/// the same? Notes another place, where nothing else can differ.
bool PairsAlone::stays_the_same(std::size_t i) {
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

/// An earlier variant that only chose another place, and the same one.
std::optional<std::size_t> PairsAlone::who_decided_the_same(std::size_t i) const {
    for (std::size_t j = 0; j < i; ++j) {
        if (lives_[j].ran_by == j && lives_[j].place == lives_[i].place) {
            return j;
        }
    }
    return std::nullopt;
}

/// The present life under the first rule set, with books of its own: for few people only.
PairsAlone::Side& PairsAlone::first(std::uint64_t person) {
    if (!first_ran_) {
        first_.run(person);
        first_ran_ = true;
    }
    return first_;
}

void PairsAlone::note(std::size_t i, std::uint64_t person) {
    std::size_t const ran_by = *lives_[i].ran_by;
    Side& other = *others_[ran_by];
    LifeChange const& change = lives_[ran_by].change;
    PairedTally::Side& variant = tally_.variants[i];
    Side& before = first(person);
    variant.people.note(before.side(), other.side(), change, {replicate_, person});
    if (variant.books && change.any()) {
        before.books.replace_by(other.books, *variant.books);
    }
}

} // namespace pensim::engine

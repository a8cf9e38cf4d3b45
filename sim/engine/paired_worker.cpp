#include "sim/engine/paired_worker.hpp"

#include <algorithm>

namespace pensim::engine {

PairedWorker::PairedWorker(PairedSetup const& setup,
                           random::Key key,
                           lanes::LaneTables const* tables,
                           VariantTables& of_variants)
    : tally(setup), setup_(setup), replicate_(key.replicate),
      reach_(setup.first.law.book, setup.default_areas, setup.variants),
      alone_(setup, key, reach_, tally) {
    if (tables != nullptr) {
        batches_.emplace(setup.first, key, *tables, tally.first, this);
        changed_lives_.emplace(setup, key, *tables, tally);
        pooled_changes_.emplace(setup, *tables, of_variants, tally);
    }
}

void PairedWorker::run(std::uint64_t first, std::uint64_t end) {
    if (batches_) {
        batches_->run(first, end);
        return;
    }
    for (std::uint64_t person = first; person < end; ++person) {
        run_alone(person);
    }
}

void PairedWorker::finish() {
    if (batches_) {
        batches_->finish();
        changed_lives_->finish();
    }
}

Way PairedWorker::way_of(std::uint64_t person,
                         lanes::Planner& planner,
                         world::Career const& career) {
    if (reach_.leaves_alone(career.reaches_counting() ? std::optional(career.counting)
                                                      : std::nullopt)) {
        ++tally.lives_run;
        for (PairedTally::Side& variant : tally.variants) {
            ++variant.people.people;
        }
        return Way::stays;
    }
    reach_.look_at(planner.outline(outline_walk_), outline_walk_, career.death);
    Way const way = find_changes() ? keep_in_lanes(person, planner, career) : Way::alone;
    if (way == Way::alone) {
        planner.drop();
        return way;
    }
    for (std::size_t i = 0; i < setup_.variants.size(); ++i) {
        tally.variants[i].people.count(reach_.touch(i).rules);
    }
    return way;
}

void PairedWorker::reckoned(Reckoner const& reckoner, std::size_t number, Pension const* pension) {
    lanes::PlannedLife const& life = reckoner.plans().lives[number];
    LifeFacts facts = facts_of(life);
    if (pension != nullptr) {
        facts.pension = *pension;
    }
    tally.population.note(facts);
    pooled_changes_->reckoned(reckoner, life, facts);
}

namespace {

/// Are transfers and books the same whichever of two criteria chose the place? One sends money
/// back, which is another kind of transfer.
bool same_money(law::PlaceDecision const& a, law::PlaceDecision const& b) {
    return a.area == b.area
           && (a.branch == Branch::last_qualified) == (b.branch == Branch::last_qualified);
}

} // namespace

/// What the variants make of the outlined life. False: more than lanes can do.
bool PairedWorker::find_changes() {
    elsewhere_.clear();
    other_criteria_.clear();
    other_rate_.clear();
    auto const& own = outline_walk_.counted_place;
    for (std::size_t i = 0; i < setup_.variants.size(); ++i) {
        VariantReach::Touch const& touch = reach_.touch(i);
        auto const number = static_cast<std::uint16_t>(i);
        if (touch.more || (touch.place && !reach_.counted())) {
            return false;
        }
        auto const place = touch.place ? reach_.place(i) : own;
        if (place == own) {
            if (touch.pooled_rate) {
                other_rate_.push_back(number);
            }
            continue;
        }
        if (!place || !own || touch.pooled_rate) {
            return false;
        }
        if (same_money(*place, *own)) {
            add_criterion(place->branch, number);
        } else if (reach_.places_alone(i)) {
            add_elsewhere(*place, number);
        } else {
            return false;
        }
    }
    return other_rate_.empty() || elsewhere_.empty();
}

void PairedWorker::add_elsewhere(law::PlaceDecision const& place, std::uint16_t variant) {
    auto const same = std::find_if(
        elsewhere_.begin(), elsewhere_.end(), [&](auto const& e) { return e.place == place; });
    if (same == elsewhere_.end()) {
        elsewhere_.push_back({place, {variant}});
    } else {
        same->variants.push_back(variant);
    }
}

/// Together with others that differ in place rules alone, as in the general way.
void PairedWorker::add_criterion(Branch branch, std::uint16_t variant) {
    bool const places_alone = reach_.places_alone(variant);
    auto const same =
        std::find_if(other_criteria_.begin(), other_criteria_.end(), [&](OtherCriterion const& c) {
            return places_alone && c.places_alone && c.branch == branch;
        });
    if (same == other_criteria_.end()) {
        other_criteria_.push_back({branch, {variant}, places_alone});
    } else {
        same->variants.push_back(variant);
    }
}

Way PairedWorker::keep_in_lanes(std::uint64_t person,
                                lanes::Planner& planner,
                                world::Career const& career) {
    if (elsewhere_.empty() && other_criteria_.empty() && other_rate_.empty()) {
        ++tally.lives_run;
        return Way::stays;
    }
    lanes::PlannedLife const before = planner.life();
    Witness const witness{simplicity_of(career), {replicate_, person}};
    Way way = Way::stays;
    if (!elsewhere_.empty()) {
        if (!changed_lives_->take(
                planner, career, *outline_walk_.counted_place, elsewhere_, witness)) {
            return Way::alone;
        }
        way = Way::taken;
    }
    if (!other_rate_.empty() && !pooled_changes_->take(planner, other_rate_, witness)) {
        return Way::alone;
    }
    note_criteria(before, career.counting, witness);
    tally.lives_run += static_cast<std::int64_t>(1 + elsewhere_.size() + other_criteria_.size()
                                                 + other_rate_.size());
    return way;
}

/// Nobody has a place any more who ended the relation after T.
void PairedWorker::note_criteria(lanes::PlannedLife const& before,
                                 YearMonth counting,
                                 Witness const& witness) {
    if (!before.place) {
        return;
    }
    LifeChange change;
    change.changed[static_cast<std::size_t>(Change::branch)] = true;
    change.first = counting;
    LifeFacts const facts_before = facts_of(before);
    for (OtherCriterion const& other : other_criteria_) {
        lanes::PlannedLife after = before;
        after.place->branch = other.branch;
        LifeFacts const facts_after = facts_of(after);
        for (std::uint16_t const variant : other.variants) {
            PairedTally::Side& side = tally.variants[variant];
            side.people.note(facts_before, facts_after, change, witness);
            if (side.books) {
                side.books->locations.add(location_of(before).packed(), {-1});
                side.books->locations.add(location_of(after).packed(), {1});
            }
        }
    }
}

} // namespace pensim::engine

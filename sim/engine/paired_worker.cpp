#include "sim/engine/paired_worker.hpp"

#include <algorithm>

namespace pensim::engine {

PairedWorker::PairedWorker(PairedSetup const& setup,
                           random::Key key,
                           lanes::LaneTables const* tables,
                           VariantTables& of_variants)
    : tally(setup), setup_(setup),
      reach_(setup.first.law.book, setup.default_areas, setup.variants),
      alone_(setup, key, reach_, tally) {
    if (tables != nullptr) {
        batches_.emplace(setup.first, key, *tables, tally.first, this);
        changed_lives_.emplace(setup, key, *tables, tally);
        pooled_changes_.emplace(setup, key.replicate, *tables, of_variants, tally);
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
    planner.outline(outline_, outline_walk_);
    reach_.look_at(outline_, outline_walk_, career.death);
    Way const way = find_changes() ? keep_in_lanes(person, planner, career) : Way::alone;
    if (way == Way::alone) {
        planner.drop();
        return way;
    }
    ++tally.lives_run;
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

/// What the variants make of the outlined life. False: more than lanes can do.
bool PairedWorker::find_changes() {
    elsewhere_.clear();
    other_rate_.clear();
    for (std::size_t i = 0; i < setup_.variants.size(); ++i) {
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

Way PairedWorker::keep_in_lanes(std::uint64_t person,
                                lanes::Planner& planner,
                                world::Career const& career) {
    if (!elsewhere_.empty()) {
        bool const taken =
            changed_lives_->take(person, planner, career, *outline_walk_.counted_place, elsewhere_);
        tally.lives_run += taken ? static_cast<std::int64_t>(elsewhere_.size()) : 0;
        return taken ? Way::taken : Way::alone;
    }
    if (!other_rate_.empty()) {
        if (!pooled_changes_->take(person, planner, career, other_rate_)) {
            return Way::alone;
        }
        tally.lives_run += static_cast<std::int64_t>(other_rate_.size());
    }
    return Way::stays;
}

} // namespace pensim::engine

#include "sim/engine/pooled_changes.hpp"

#include <algorithm>

#include "sim/engine/batch_runner.hpp"

namespace pensim::engine {

lanes::LaneTables const* VariantTables::of(std::uint16_t variant) {
    Made& made = made_[variant];
    std::call_once(made.once, [&] { made.tables = lane_tables(setup_.variants[variant].setup); });
    return made.tables.get();
}

PooledChanges::PooledChanges(PairedSetup const& setup,
                             lanes::LaneTables const& tables,
                             VariantTables& of_variants,
                             PairedTally& tally)
    : setup_(setup), tables_(tables), of_variants_(of_variants), tally_(tally) {}

bool PooledChanges::take(lanes::Planner const& planner,
                         VariantNumbers const& variants,
                         Witness const& witness) {
    std::uint32_t const first_temporary = temporary_count_;
    if (planner.has_temporary()) {
        bool const can = std::all_of(variants.begin(), variants.end(), [&](std::uint16_t variant) {
            return temporaries_of(variant) != nullptr;
        });
        if (!can) {
            return false;
        }
        for (std::uint16_t const variant : variants) {
            Temporaries& other = *temporaries_of(variant);
            temporary_count_ = planner.add_temporaries(first_temporary, other.tables, other.years);
        }
    }
    taken_.push_back({variants, witness, first_temporary});
    return true;
}

PooledChanges::Temporaries* PooledChanges::temporaries_of(std::uint16_t variant) {
    auto const found = temporaries_.find(variant);
    if (found != temporaries_.end()) {
        return found->second.get();
    }
    auto const* const tables = of_variants_.of(variant);
    auto made =
        tables != nullptr ? std::make_unique<Temporaries>(*tables, setup_.first.lanes) : nullptr;
    return temporaries_.emplace(variant, std::move(made)).first->second.get();
}

void PooledChanges::reckoned(Reckoner const& reckoner,
                             lanes::PlannedLife const& life,
                             LifeFacts const& facts) {
    if (taken_.empty() || taken_.front().witness.person.person != life.person) {
        return;
    }
    reckon_temporaries();
    Taken const& taken = taken_.front();
    look_at(reckoner, life, taken.first_temporary);
    for (std::uint16_t const variant : taken.variants) {
        LifeChange change;
        change.first = note_flows(reckoner, life, variant);
        if (change.any()) {
            change.changed[static_cast<std::size_t>(Change::transfers)] = true;
            change.changed[static_cast<std::size_t>(Change::books)] = true;
            tally_.variants[variant].people.note(facts, facts, change, taken.witness);
        }
    }
    taken_.pop_front();
    if (taken_.empty()) { // that was the batch
        temporary_count_ = 0;
        temporaries_reckoned_ = false;
    }
}

void PooledChanges::reckon_temporaries() {
    if (temporaries_reckoned_) {
        return;
    }
    temporaries_reckoned_ = true;
    for (auto& [variant, other] : temporaries_) {
        if (other) {
            other->amounts.assign(temporary_count_, {});
            other->years.run(0, other->amounts); // a temporary holding takes in no other
            other->years.clear();
        }
    }
}

/// What is the same under every variant.
void PooledChanges::look_at(Reckoner const& reckoner,
                            lanes::PlannedLife const& life,
                            std::uint32_t first_temporary) {
    lanes::Plans const& plans = reckoner.plans();
    auto const& rates = setup_.first.law.book.transfer.pooled_rate;
    temporary_of_.assign(life.segments, 0);
    moved_.clear();
    for (std::uint32_t i = 0; i < life.segments; ++i) {
        lanes::Segment const& segment = plans.segments[life.first_segment + i];
        temporary_of_[i] = segment.temporary ? first_temporary++ : 0;
        for (std::uint32_t j = 0; j < segment.joins; ++j) {
            lanes::Join const& join = plans.joins[segment.first_join + j];
            if (join.transfer) {
                lanes::PlannedTransfer const& t = plans.transfers[*join.transfer];
                moved_.push_back(pooled_money(t.temporary,
                                              reckoner.amounts(join.segment),
                                              tables_.pooled_unit(),
                                              rates.at(t.month)));
            }
        }
    }
}

/// What a transfer of a segment of the life moves under a variant, by what it moves under the first
/// rule set.
Fen PooledChanges::moved_under(std::uint16_t variant,
                               lanes::PlannedTransfer const& transfer,
                               lanes::Amounts amounts,
                               std::uint32_t segment) const {
    auto const& rates = setup_.variants[variant].setup.law.book.transfer.pooled_rate;
    std::int64_t unit = tables_.pooled_unit();
    if (transfer.temporary) {
        Temporaries const& other = *temporaries_.at(variant);
        amounts.pool_in = other.amounts[temporary_of_[segment]].pool_in;
        unit = other.tables.pooled_unit();
    } else {
        amounts.pool_in += static_cast<double>(more_[segment].count());
    }
    return pooled_money(transfer.temporary, amounts, unit, rates.at(transfer.month));
}

/// The first month in which another amount moves. What arrives with one transfer may go on with
/// the next.
std::optional<YearMonth> PooledChanges::note_flows(Reckoner const& reckoner,
                                                   lanes::PlannedLife const& life,
                                                   std::uint16_t variant) {
    lanes::Plans const& plans = reckoner.plans();
    Tally* const books = tally_.variants[variant].books.get();
    std::optional<YearMonth> first;
    auto moved = moved_.begin();
    more_.assign(life.segments, Fen{});
    for (std::uint32_t i = 0; i < life.segments; ++i) {
        lanes::Segment const& segment = plans.segments[life.first_segment + i];
        for (std::uint32_t j = 0; j < segment.joins; ++j) {
            lanes::Join const& join = plans.joins[segment.first_join + j];
            std::uint32_t const from = join.segment - life.first_segment;
            if (!join.transfer) {
                more_[i] += more_[from];
                continue;
            }
            lanes::PlannedTransfer const& t = plans.transfers[*join.transfer];
            Fen const more =
                moved_under(variant, t, reckoner.amounts(join.segment), from) - *moved++;
            more_[i] += more;
            if (more == Fen{}) {
                continue;
            }
            first = first ? std::min(*first, t.month) : t.month;
            if (books != nullptr) {
                FlowKey const key{t.month.year(), t.from, t.to, t.kind};
                books->flows.add(key.packed(), {0, 0, more.count()});
            }
        }
    }
    return first;
}

} // namespace pensim::engine

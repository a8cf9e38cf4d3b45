#include "sim/engine/changed_lives.hpp"

#include <algorithm>

namespace pensim::engine {

namespace {

constexpr std::size_t batch = 8192; ///< lives that wait

/// Enough for nearly everybody in a sweep over one place rule; fewer where their books are large.
/// Who would need one more goes the general way.
std::size_t most_sides(lanes::LaneTables const& tables) {
    constexpr std::size_t most = 64;
    constexpr std::size_t least = 4;
    constexpr std::size_t bytes_max = std::size_t{128} << 20U;
    std::size_t const bytes =
        tables.areas()
        * (tables.periods() * sizeof(lanes::PaidBooks)
           + static_cast<std::size_t>(tables.years()) * sizeof(lanes::PensionBooks));
    return std::clamp(bytes_max / bytes, least, most);
}

/// `before` and `after` differ at T, and not before it.
LifeChange change_of_place(LifeFacts const& before,
                           LifeFacts const& after,
                           YearMonth counting,
                           bool transfers) {
    LifeChange change;
    auto const mark = [&](Change what, bool differs) {
        change.changed[static_cast<std::size_t>(what)] = differs;
        if (differs) {
            change.first = counting;
        }
    };
    mark(Change::status, before.status != after.status);
    mark(Change::benefit_area, before.benefit_area != after.benefit_area);
    mark(Change::branch, before.branch != after.branch);
    mark(Change::months_short, before.months_short != after.months_short);
    mark(Change::pension, before.monthly() != after.monthly());
    // In another area somebody's money has to move that need not move here; in the same one it is
    // of another kind, or all books are the same.
    mark(Change::transfers, transfers);
    mark(Change::books, transfers);
    return change;
}

} // namespace

ChangedLives::ChangedLives(PairedSetup const& setup,
                           random::Key key,
                           lanes::LaneTables const& tables,
                           PairedTally& tally)
    : setup_(setup), key_(key), tables_(tables), tally_(tally), sides_max_(most_sides(tables)) {}

bool ChangedLives::take(lanes::Planner& planner,
                        world::Career const& career,
                        law::PlaceDecision const& place,
                        std::span<Elsewhere const> elsewhere,
                        Witness const& witness) {
    if (!planner.may_go_elsewhere() || !find_sides(elsewhere)) {
        return false;
    }
    std::uint64_t const person = witness.person.person;
    auto const planned = planner.transfers();
    transfers_.assign(planned.begin(), planned.end());
    planner.drop();
    std::size_t const first = changes_.size();
    for (std::size_t i = 0; i < elsewhere.size(); ++i) {
        Side& side = *after_sides_[i];
        planner.plan_elsewhere(elsewhere[i].place, side.reckoner.plans());
        auto const others = planner.transfers();
        bool const differ =
            !std::equal(transfers_.begin(), transfers_.end(), others.begin(), others.end());
        changes_.push_back({{}, keep(planner, person, side), differ, career.counting, witness});
    }
    // Last, so that the career is again the one that was drawn.
    planner.plan_elsewhere(place, before_side_->reckoner.plans());
    PlannedIn const before = keep(planner, person, *before_side_);
    for (std::size_t i = first; i < changes_.size(); ++i) {
        changes_[i].before = before;
    }
    if (changes_.size() >= batch) {
        run();
    }
    return true;
}

/// Where all have room for one more life.
bool ChangedLives::find_sides(std::span<Elsewhere const> elsewhere) {
    changing_.clear();
    after_sides_.clear();
    for (Elsewhere const& other : elsewhere) {
        changing_.insert(changing_.end(), other.variants.begin(), other.variants.end());
        after_sides_.push_back(side_of(after_, other.variants, false));
    }
    std::sort(changing_.begin(), changing_.end());
    before_side_ = side_of(before_, changing_, true);
    auto const lacks_room = [](Side const* side) { return !side->reckoner.has_room(1); };
    if (before_side_ == nullptr
        || std::find(after_sides_.begin(), after_sides_.end(), nullptr) != after_sides_.end()) {
        return false;
    }
    if (lacks_room(before_side_)
        || std::any_of(after_sides_.begin(), after_sides_.end(), lacks_room)) {
        finish();
    }
    return true;
}

/// Null where there are too many already.
ChangedLives::Side*
ChangedLives::side_of(Sides& sides, VariantNumbers const& variants, bool before) {
    auto const found = sides.find(variants);
    if (found != sides.end()) {
        return found->second.get();
    }
    if (before_.size() + after_.size() >= sides_max_) {
        return nullptr;
    }
    return sides.emplace(variants, make_side(variants, before)).first->second.get();
}

std::unique_ptr<ChangedLives::Side> ChangedLives::make_side(VariantNumbers const& variants,
                                                            bool before) const {
    std::vector<Booking> bookings;
    if (before) {
        bookings.push_back({&tally_.first, Booking::As::all});
    }
    for (std::uint16_t const variant : variants) {
        if (Tally* const books = tally_.variants[variant].books.get()) {
            bookings.push_back({books, before ? Booking::As::deduction : Booking::As::addition});
        }
    }
    // Of variants that choose the same place, and differ in nothing else that acts in the life.
    Setup setup = before ? setup_.first : setup_.variants[variants.front()].setup;
    setup.lanes = setup_.first.lanes;
    return std::make_unique<Side>(variants, setup, key_, tables_, std::move(bookings));
}

ChangedLives::PlannedIn
ChangedLives::keep(lanes::Planner& planner, std::uint64_t person, Side& side) {
    side.facts.push_back(facts_of(planner.keep(person, side.reckoner.years())));
    return {&side, side.facts.size() - 1};
}

void ChangedLives::run() {
    for (Sides* const sides : {&before_, &after_}) {
        for (auto& [variants, side] : *sides) {
            side->reckoner.run(&*side);
        }
    }
    for (auto const& [variants, side] : before_) {
        for (LifeFacts const& facts : side->facts) {
            tally_.population.note(facts);
        }
    }
    for (Changed const& changed : changes_) {
        LifeFacts const& before = changed.before.facts();
        LifeFacts const& after = changed.after.facts();
        LifeChange const change =
            change_of_place(before, after, changed.counting, changed.transfers);
        for (std::uint16_t const variant : changed.after.side->variants) {
            tally_.variants[variant].people.note(before, after, change, changed.witness);
        }
    }
    changes_.clear();
    for (Sides* const sides : {&before_, &after_}) {
        for (auto& [variants, side] : *sides) {
            side->facts.clear();
        }
    }
}

void ChangedLives::finish() {
    run();
    flush(before_, true);
    flush(after_, false);
}

void ChangedLives::flush(Sides& sides, bool before) {
    for (auto& [variants, side] : sides) {
        Fen const paid_out = side->reckoner.flush();
        for (std::uint16_t const variant : variants) {
            Fen& difference = tally_.variants[variant].people.paid_out;
            difference = before ? difference - paid_out : difference + paid_out;
        }
    }
}

} // namespace pensim::engine

#include "sim/engine/change_tally.hpp"

#include <algorithm>
#include <bit>

namespace pensim::engine {

namespace {

constexpr std::uint16_t no_area_code = 0xffff;
constexpr std::uint32_t mantissa_bits = 11;
constexpr std::uint32_t negative = 1U << 30U;

template <class Ends, class Number>
std::uint16_t class_in(Ends const& ends, Number number) {
    return static_cast<std::uint16_t>(std::lower_bound(ends.begin(), ends.end(), number)
                                      - ends.begin());
}

} // namespace

// ---- traits ----

std::size_t Traits::values(Trait trait) const {
    switch (trait) {
    case Trait::all:
        return 1;
    case Trait::group:
        return group_count;
    case Trait::benefit_area:
        return areas_ + 1;
    case Trait::age:
        return age_classes;
    case Trait::career:
        return career_classes;
    case Trait::count_:
        break;
    }
    return 0;
}

std::size_t Traits::first(Trait trait) const {
    std::size_t rows = 0;
    for (std::size_t i = 0; i < static_cast<std::size_t>(trait); ++i) {
        rows += values(static_cast<Trait>(i));
    }
    return rows;
}

std::array<std::size_t, trait_count> Traits::rows_of(LifeFacts const& facts) const {
    constexpr int decade = 120;
    constexpr int five_years = 60;
    int const age = (reference_ - facts.birth).count();
    int const age_class = age < 0 ? age_unborn : std::min(age / decade + 1, age_classes - 1);
    int const career = facts.months_total == 0
                           ? 0
                           : std::min(facts.months_total / five_years + 1, career_classes - 1);
    return {row_of(Trait::all, 0),
            row_of(Trait::group, static_cast<std::size_t>(facts.group)),
            row_of(Trait::benefit_area, facts.benefit_area ? row(*facts.benefit_area) : areas_),
            row_of(Trait::age, static_cast<std::size_t>(age_class)),
            row_of(Trait::career, static_cast<std::size_t>(career))};
}

// ---- codes ----

std::uint16_t area_code(std::optional<AreaId> area) {
    return area ? static_cast<std::uint16_t>(row(*area)) : no_area_code;
}

std::optional<AreaId> area_of_code(std::uint16_t code) {
    return code == no_area_code ? std::nullopt : std::optional(static_cast<AreaId>(code));
}

std::uint16_t months_short_class(int months) {
    return class_in(months_short_ends, months);
}

std::uint16_t pension_class(Fen monthly) {
    constexpr std::int64_t fen_in_yuan = 100;
    return class_in(pension_ends, (monthly.count() + fen_in_yuan - 1) / fen_in_yuan);
}

std::uint64_t TransitionKey::packed() const {
    auto const head = static_cast<std::uint64_t>(what) << 8U | static_cast<std::uint64_t>(group);
    return (head << 16U | from) << 16U | to;
}

TransitionKey TransitionKey::unpacked(std::uint64_t packed) {
    return {static_cast<Change>(packed >> 40U),
            static_cast<Group>(packed >> 32U & 0xffU),
            static_cast<std::uint16_t>(packed >> 16U & 0xffffU),
            static_cast<std::uint16_t>(packed & 0xffffU)};
}

std::uint32_t amount_class(Fen amount) {
    // A float of our own: exponent and mantissa of the size, mirrored around `negative`.
    auto const size =
        static_cast<std::uint64_t>(amount.count() < 0 ? -amount.count() : amount.count());
    auto const bits = static_cast<std::uint32_t>(std::bit_width(size));
    std::uint32_t const shift = bits > mantissa_bits ? bits - mantissa_bits : 0;
    auto const number = (shift << (mantissa_bits - 1)) + static_cast<std::uint32_t>(size >> shift);
    return amount.count() < 0 ? negative - number : negative + number;
}

Fen amount_of_class(std::uint32_t number) {
    std::uint32_t const size = number < negative ? negative - number : number - negative;
    std::uint32_t const half = 1U << (mantissa_bits - 1);
    std::uint32_t const shift = size < 2 * half ? 0 : size / half - 1;
    auto const lowest = static_cast<std::int64_t>(size - shift * half) << shift;
    std::int64_t const middle = lowest + ((std::int64_t{1} << shift) - 1) / 2;
    return Fen(number < negative ? -middle : middle);
}

// ---- sums ----

void Impact::add(Impact const& other) {
    winners += other.winners;
    losers += other.losers;
    gained += other.gained;
    lost += other.lost;
}

void ChangeTally::note(LifeFacts const& before,
                       LifeFacts const& after,
                       LifeChange const& change,
                       Witness const& witness) {
    if (!change.any()) {
        return;
    }
    ++changed;
    for (std::size_t i = 0; i < change_count; ++i) {
        by_change[i] += change.changed[i] ? 1 : 0;
    }
    paid_out += after.paid_out - before.paid_out;
    std::pair const mine(*change.first, witness.person);
    first = first ? std::min(*first, mine) : mine;
    note_transitions(before, after, change);
    if (change.has(Change::pension)) {
        note_pension(before, after);
    }
    if (keep == 0) {
        return;
    }
    LifeFacts const& a = before;
    LifeFacts const& b = after;
    auto const code = [](auto value) { return static_cast<std::uint16_t>(value); };
    auto const more = [](bool grows) { return static_cast<std::uint16_t>(grows ? 1 : 0); };
    WitnessKind kind{Change::books, 0, 0};
    if (change.has(Change::status)) {
        kind = {Change::status, code(a.status), code(b.status)};
    } else if (change.has(Change::benefit_area)) {
        kind = {Change::benefit_area, code(a.branch), code(b.branch)};
    } else if (change.has(Change::branch)) {
        kind = {Change::branch, code(a.branch), code(b.branch)};
    } else if (change.has(Change::months_short)) {
        kind = {Change::months_short, 0, more(b.months_short > a.months_short)};
    } else if (change.has(Change::pension)) {
        kind = {Change::pension, 0, more(b.monthly() > a.monthly())};
    } else if (change.has(Change::transfers)) {
        kind = {Change::transfers, 0, 0};
    }
    keep_witness(kind, witness);
}

void ChangeTally::note_transitions(LifeFacts const& before,
                                   LifeFacts const& after,
                                   LifeChange const& change) {
    auto const add = [&](Change what, auto from, auto to) {
        if (change.has(what)) {
            TransitionKey const key{what,
                                    before.group,
                                    static_cast<std::uint16_t>(from),
                                    static_cast<std::uint16_t>(to)};
            transitions.add(key.packed(), {1});
        }
    };
    add(Change::status, before.status, after.status);
    add(Change::benefit_area, area_code(before.benefit_area), area_code(after.benefit_area));
    add(Change::branch, before.branch, after.branch);
    add(Change::months_short,
        months_short_class(before.months_short),
        months_short_class(after.months_short));
    add(Change::pension, pension_class(before.monthly()), pension_class(after.monthly()));
}

void ChangeTally::note_pension(LifeFacts const& before, LifeFacts const& after) {
    Fen const change = after.monthly() - before.monthly();
    bool const wins = change > Fen{};
    Impact const impact{
        wins ? 1 : 0, wins ? 0 : 1, wins ? change : Fen{}, wins ? Fen{} : Fen{} - change};
    for (std::size_t const place : traits.rows_of(before)) {
        impacts[place].add(impact);
        changes.add(std::uint64_t{place} << 32U | amount_class(change), {1});
    }
}

void ChangeTally::keep_witness(WitnessKind const& kind, Witness const& witness) {
    std::vector<Witness>& kept = witnesses[kind];
    if (kept.size() == keep && !(witness < kept.back())) {
        return;
    }
    kept.insert(std::upper_bound(kept.begin(), kept.end(), witness), witness);
    kept.resize(std::min(kept.size(), keep));
}

void ChangeTally::merge(ChangeTally& other) {
    people += other.people;
    changed += other.changed;
    for (std::size_t i = 0; i < change_count; ++i) {
        by_change[i] += other.by_change[i];
    }
    paid_out += other.paid_out;
    transitions.merge(other.transitions);
    for (std::size_t i = 0; i < impacts.size(); ++i) {
        impacts[i].add(other.impacts[i]);
    }
    changes.merge(other.changes);
    for (std::size_t i = 0; i < reached.size(); ++i) {
        reached[i] += other.reached[i];
    }
    if (other.first) {
        first = first ? std::min(*first, *other.first) : other.first;
    }
    for (auto const& [kind, kept] : other.witnesses) {
        for (Witness const& witness : kept) {
            keep_witness(kind, witness);
        }
    }
}

void PopulationTally::note(LifeFacts const& facts) {
    for (std::size_t const place : traits.rows_of(facts)) {
        ++people[place];
        pensioners[place] += facts.pension ? 1 : 0;
        monthly[place] += facts.monthly();
    }
}

void PopulationTally::merge(PopulationTally const& other) {
    for (std::size_t i = 0; i < people.size(); ++i) {
        people[i] += other.people[i];
        pensioners[i] += other.pensioners[i];
        monthly[i] += other.monthly[i];
    }
}

void ChangeTally::clear() {
    *this = ChangeTally(traits, keep);
}

void PopulationTally::clear() {
    *this = PopulationTally(traits);
}

} // namespace pensim::engine

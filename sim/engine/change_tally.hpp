// What a rule change does to a population: counts and sums over people, exact and in any order.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "core/law/rule_keys.hpp"
#include "sim/engine/cell_tally.hpp"
#include "sim/engine/life_change.hpp"

namespace pensim::engine {

/// By what winners and losers are told apart.
enum class Trait : std::uint8_t {
    all,
    group,
    benefit_area, ///< under the first rule set; none: the number of areas
    age,          ///< in the reference month, by decades; `age_unborn` for who is born later
    career,       ///< months paid under the first rule set, by five years
    count_
};
inline constexpr auto trait_count = static_cast<std::size_t>(Trait::count_);

inline constexpr int age_unborn = 0;
inline constexpr int age_classes = 12;    ///< 1: under 10 years ... 11: 100 and more
inline constexpr int career_classes = 11; ///< 0: nothing paid, 1: under 5 years ... 10: 45 and more

/// The values of all traits of a person, as places in tables that hold one row a value.
class Traits {
  public:
    Traits(std::size_t areas, YearMonth reference) : areas_(areas), reference_(reference) {}
    [[nodiscard]] std::size_t rows() const { return first(Trait::count_); }
    [[nodiscard]] std::size_t row_of(Trait trait, std::size_t value) const {
        return first(trait) + value;
    }
    [[nodiscard]] std::size_t values(Trait trait) const;
    [[nodiscard]] std::array<std::size_t, trait_count> rows_of(LifeFacts const& facts) const;

  private:
    [[nodiscard]] std::size_t first(Trait trait) const;
    std::size_t areas_;
    YearMonth reference_;
};

/// Whoever has no area stands behind all areas.
[[nodiscard]] std::uint16_t area_code(std::optional<AreaId> area);
[[nodiscard]] std::optional<AreaId> area_of_code(std::uint16_t code);

/// Upper ends of the classes of months short of the required ones: 0, up to a year, ...
inline constexpr std::array<int, 5> months_short_ends{
    0, 12, 60, 120, std::numeric_limits<int>::max()};
/// Upper ends of the classes of monthly pensions, in yuan; the first class has none.
inline constexpr std::array<std::int64_t, 12> pension_ends{
    0,
    500,
    1'000,
    2'000,
    5'000,
    10'000,
    20'000,
    50'000,
    100'000,
    200'000,
    500'000,
    std::numeric_limits<std::int64_t>::max()};
[[nodiscard]] std::uint16_t months_short_class(int months);
[[nodiscard]] std::uint16_t pension_class(Fen monthly);

/// A cell of the table of transitions.
struct TransitionKey {
    Change what = Change::status;
    Group group = Group::mainland;
    std::uint16_t from = 0; ///< a status, an area_code, a branch, a class
    std::uint16_t to = 0;
    [[nodiscard]] std::uint64_t packed() const;
    [[nodiscard]] static TransitionKey unpacked(std::uint64_t packed);
};

/// Amounts in few classes: exact below 2048 fen, then to one part in 2048 of the amount.
[[nodiscard]] std::uint32_t amount_class(Fen amount);
[[nodiscard]] Fen amount_of_class(std::uint32_t number); ///< its middle

struct PersonOfRun {
    std::uint32_t replicate = 0;
    std::uint64_t person = 0;
    friend auto operator<=>(PersonOfRun const&, PersonOfRun const&) = default;
};

/// A kind of change that witnesses are kept for: what changed first in the order of `Change`, and
/// between which branches the place went.
struct WitnessKind {
    Change what = Change::status;
    std::uint16_t from = 0; ///< status: of both sides; place: branches; amounts: 0 less, 1 more
    std::uint16_t to = 0;
    friend auto operator<=>(WitnessKind const&, WitnessKind const&) = default;
};
struct Witness {
    Simplicity simplicity;
    PersonOfRun person;
    friend auto operator<=>(Witness const&, Witness const&) = default;
};

/// Winners and losers with one value of a trait.
struct Impact {
    std::int64_t winners = 0;
    std::int64_t losers = 0;
    Fen gained; ///< a month
    Fen lost;   ///< a month
    void add(Impact const& other);
};

struct ChangeTally {
    ChangeTally(Traits const& of, std::size_t witnesses_kept)
        : traits(of), keep(witnesses_kept), impacts(of.rows()), reached(law::rule_count) {}

    Traits traits;
    std::size_t keep; ///< witnesses of a kind
    std::int64_t people = 0;
    std::int64_t changed = 0;
    std::array<std::int64_t, change_count> by_change{};
    Fen paid_out;                ///< pensions until death, after less before
    CellTally<1> transitions;    ///< TransitionKey
    std::vector<Impact> impacts; ///< by row of the traits
    CellTally<1> changes;        ///< row of the traits << 32 | amount_class of the monthly change
    /// By number of the rule: lives in which it acts in a month in which its value is another.
    std::vector<std::int64_t> reached;
    std::optional<std::pair<YearMonth, PersonOfRun>> first; ///< the earliest difference
    std::map<WitnessKind, std::vector<Witness>> witnesses;

    /// Somebody is compared, in whose life these rules act where they differ.
    void count(std::vector<std::size_t> const& rules) {
        ++people;
        for (std::size_t const rule : rules) {
            ++reached[rule];
        }
    }
    void note(LifeFacts const& before,
              LifeFacts const& after,
              LifeChange const& change,
              Witness const& witness);
    void note(LifeSide const& before,
              LifeSide const& after,
              LifeChange const& change,
              PersonOfRun const& person) {
        note(before.facts, after.facts, change, {simplicity_of(before.life), person});
    }
    void merge(ChangeTally& other);
    void clear();

  private:
    void note_transitions(LifeFacts const& before, LifeFacts const& after, LifeChange const&);
    void note_pension(LifeFacts const& before, LifeFacts const& after);
    void keep_witness(WitnessKind const& kind, Witness const& witness);
};

/// People by value of each trait, under the first rule set.
struct PopulationTally {
    explicit PopulationTally(Traits const& of)
        : traits(of), people(of.rows()), pensioners(of.rows()), monthly(of.rows()) {}
    Traits traits;
    std::vector<std::int64_t> people;
    std::vector<std::int64_t> pensioners;
    std::vector<Fen> monthly; ///< pensions a month, summed
    void note(LifeFacts const& facts);
    void merge(PopulationTally const& other);
    void clear();
};

} // namespace pensim::engine

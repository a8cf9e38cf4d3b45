// The careers that an audit tries: unbroken spells in up to four areas, one after the other. Pure
// values; what the law says of them is the examiner's.
//
//   auto const careers = careers_to_try({.min_months = 120, .required = 180}, 4);
//
// Areas are labels in the order of first payment: 0, then at most 1, then at most 2 and so on, so
// that no two careers differ by names alone. Neighbouring spells differ.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/basis/check.hpp"
#include "core/basis/money.hpp"
#include "core/basis/month.hpp"

namespace pensim::audit {

constexpr int labels_max = 4;          ///< areas that a career names
constexpr int outside_label = 4;       ///< an area that no career names
constexpr int spells_max = labels_max; ///< of a career; one more may be added to it

struct Spell {
    std::uint8_t label = 0;
    int months = 0;
    bool at_once = false; ///< a lump sum for so many months, paid in one month
    Fen base;             ///< a month
    friend bool operator==(Spell const&, Spell const&) = default;
};

/// Spells in the order of time; the last one ends with `end`.
class Career {
  public:
    YearMonth end = YearMonth::first();

    void add(Spell const& spell) {
        PENSIM_EXPECT(size_ < spells_.size());
        spells_[size_++] = spell;
    }
    void remove_last() {
        PENSIM_EXPECT(size_ > 0);
        --size_;
    }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] Spell& operator[](std::size_t index) { return spells_[index]; }
    [[nodiscard]] Spell const& operator[](std::size_t index) const { return spells_[index]; }
    [[nodiscard]] std::span<Spell const> spells() const { return {spells_.data(), size_}; }
    [[nodiscard]] Spell const& last() const { return spells_[size_ - 1]; }

    /// Months that count.
    [[nodiscard]] int months() const;
    /// Months of the calendar from the first payment to the last.
    [[nodiscard]] int duration() const;
    /// One more than the highest label below `outside_label`.
    [[nodiscard]] int labels() const;
    [[nodiscard]] bool pays_in(int label) const;

    /// One month more in a spell; those before it begin a month earlier.
    [[nodiscard]] Career lengthened(std::size_t spell) const;
    /// So many months more, behind its end: in the last area, or in another.
    [[nodiscard]] Career followed_by(Spell const& stay) const;

  private:
    std::array<Spell, spells_max + 1> spells_{};
    std::size_t size_ = 0;
};

/// Where the rules change their answer.
struct Limits {
    int min_months = 0;         ///< that qualify an area
    int required = 0;           ///< for a pension
    bool compare_years = false; ///< lengths are compared in completed years
};

/// Just below, at and above what qualifies an area, and one month; in order.
[[nodiscard]] std::vector<int> months_to_try(Limits const& limits);

/// Every career of one to `spells` spells of such months; the last one also as long as brings the
/// whole just below, to, or above the required months. Fewest spells first, then fewest months.
[[nodiscard]] std::vector<Career> careers_to_try(Limits const& limits, int spells);

/// Two lump sums for equally many months, paid in one month in two areas: alone, behind a spell, or
/// before one.
[[nodiscard]] std::vector<Career> lump_sums_to_try(Limits const& limits);

} // namespace pensim::audit

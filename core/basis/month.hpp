// Civil time at the grain of the law: the month.
//
//   YearMonth{2025, 1}           a point; written "2025-01"
//   Months{12}                   a length
//   point - point = length, point + length = point; nothing else compiles.
//
// Points lie between 1900-01 and 2199-12: no insured month of the living is outside, and a typing
// error such as 0205-01 is. The constructor refuses month 13; it never rolls over into the next
// year.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/basis/check.hpp"

namespace pensim {

/// A length of time, in months; may be negative.
class Months {
  public:
    constexpr Months() = default;
    constexpr explicit Months(int count) : count_(count) {}
    [[nodiscard]] constexpr int count() const { return count_; }
    [[nodiscard]] static constexpr Months of_years(int years) { return Months(years * 12); }

    constexpr Months& operator+=(Months other) {
        count_ += other.count_;
        return *this;
    }
    friend constexpr Months operator+(Months a, Months b) { return Months(a.count_ + b.count_); }
    friend constexpr Months operator-(Months a, Months b) { return Months(a.count_ - b.count_); }
    friend constexpr Months operator-(Months a) { return Months(-a.count_); }
    friend constexpr auto operator<=>(Months, Months) = default;

  private:
    int count_ = 0;
};

/// A month of the civil calendar.
class YearMonth {
  public:
    static constexpr int first_year = 1900;
    static constexpr int last_year = 2199;

    constexpr YearMonth(int year, int month) : index_(year * 12 + month - 1) {
        PENSIM_EXPECT(year >= first_year && year <= last_year);
        PENSIM_EXPECT(month >= 1 && month <= 12);
    }
    [[nodiscard]] static constexpr YearMonth first() { return {first_year, 1}; }
    [[nodiscard]] static constexpr YearMonth last() { return {last_year, 12}; }

    [[nodiscard]] constexpr int year() const { return index_ / 12; }
    /// 1 to 12.
    [[nodiscard]] constexpr int month() const { return index_ % 12 + 1; }
    [[nodiscard]] constexpr YearMonth december() const { return from_index(index_ / 12 * 12 + 11); }
    [[nodiscard]] constexpr YearMonth next() const { return from_index(index_ + 1); }
    [[nodiscard]] constexpr YearMonth previous() const { return from_index(index_ - 1); }

    /// "2025-01"; nothing when the text is no month in range.
    [[nodiscard]] static std::optional<YearMonth> parse(std::string_view text);
    [[nodiscard]] std::string text() const;

    // A sum may leave the range of the constructor by the length that was added: such a point
    // compares rightly, and is refused wherever a point is read.
    friend constexpr YearMonth operator+(YearMonth a, Months b) {
        return from_index(a.index_ + b.count());
    }
    friend constexpr YearMonth operator-(YearMonth a, Months b) {
        return from_index(a.index_ - b.count());
    }
    friend constexpr Months operator-(YearMonth a, YearMonth b) {
        return Months(a.index_ - b.index_);
    }
    friend constexpr auto operator<=>(YearMonth, YearMonth) = default;

  private:
    struct Index {
        int value;
    };
    constexpr explicit YearMonth(Index index) : index_(index.value) {}
    [[nodiscard]] static constexpr YearMonth from_index(int index) {
        return YearMonth(Index{index});
    }

    std::int32_t index_;
};

} // namespace pensim

// Money is a whole number of fen (分, 1/100 yuan); a rate is a whole number of parts per million.
//
//   Fen pay = Fen{520000};                 5 200.00 yuan
//   times(pay, Rate::ppm(80000))           8 % of it, one division, rounded half up to the fen
//
// No floating point and no silent wrap: a sum or product that leaves 64 bits throws MoneyOverflow.
#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "core/basis/check.hpp"

namespace pensim {

/// An amount left the range of 64-bit fen (about 92 million billion yuan).
class MoneyOverflow : public std::overflow_error {
  public:
    MoneyOverflow() : MoneyOverflow("an amount", "fewer persons, or lower wages") {}
    /// "`what` leaves the range of 64-bit fen; expected `instead`".
    MoneyOverflow(std::string const& what, std::string const& instead)
        : std::overflow_error(what + " leaves the range of 64-bit fen; expected " + instead) {}
};

/// Out of the way of the sums that fit.
[[noreturn, gnu::cold, gnu::noinline]] inline void throw_money_overflow() {
    throw MoneyOverflow();
}

__extension__ using Wide = __int128;

/// An amount of money, in fen.
class Fen {
  public:
    constexpr Fen() = default;
    constexpr explicit Fen(std::int64_t count) : count_(count) {}
    [[nodiscard]] constexpr std::int64_t count() const { return count_; }

    [[gnu::always_inline]] constexpr Fen& operator+=(Fen other) {
        std::int64_t sum = 0;
        if (__builtin_add_overflow(count_, other.count_, &sum)) {
            throw_money_overflow();
        }
        count_ = sum;
        return *this;
    }
    [[gnu::always_inline]] constexpr Fen& operator-=(Fen other) {
        std::int64_t rest = 0;
        if (__builtin_sub_overflow(count_, other.count_, &rest)) {
            throw_money_overflow();
        }
        count_ = rest;
        return *this;
    }
    [[gnu::always_inline]] friend constexpr Fen operator+(Fen a, Fen b) { return a += b; }
    [[gnu::always_inline]] friend constexpr Fen operator-(Fen a, Fen b) { return a -= b; }
    /// By a whole number only: Fen x 1.5 does not compile.
    template <std::integral Whole>
    [[gnu::always_inline]] friend constexpr Fen operator*(Fen a, Whole times) {
        if (__builtin_mul_overflow(a.count_, times, &a.count_)) {
            throw_money_overflow();
        }
        return a;
    }
    friend constexpr auto operator<=>(Fen, Fen) = default;

  private:
    std::int64_t count_ = 0;
};

/// A share or a yearly rate, exact to one part per million.
class Rate {
  public:
    constexpr Rate() = default;
    [[nodiscard]] static constexpr Rate ppm(std::int64_t parts) { return Rate(parts); }
    [[nodiscard]] constexpr std::int64_t parts() const { return parts_; }
    friend constexpr auto operator<=>(Rate, Rate) = default;

  private:
    constexpr explicit Rate(std::int64_t parts) : parts_(parts) {}
    std::int64_t parts_ = 0;
};

/// numerator / denominator, rounded half up. Both non-negative, denominator positive.
[[nodiscard]] constexpr Fen divide_half_up(Wide numerator, std::int64_t denominator) {
    PENSIM_EXPECT(numerator >= 0 && denominator > 0);
    constexpr Wide max64 = INT64_MAX;
    if (numerator <= max64 / 2) { // the common case, in one machine division
        auto const n = static_cast<std::uint64_t>(numerator);
        auto const d = static_cast<std::uint64_t>(denominator);
        // Half of an odd denominator may be cut: no rest is exactly half of it.
        return Fen(static_cast<std::int64_t>((n + d / 2) / d));
    }
    Wide const quotient = (2 * numerator / denominator + 1) / 2;
    if (quotient > max64) {
        throw_money_overflow();
    }
    return Fen(static_cast<std::int64_t>(quotient));
}

/// amount x rate / periods, rounded half up to the fen. amount is non-negative.
template <std::int64_t Periods = 1>
[[nodiscard, gnu::always_inline]] constexpr Fen share(Wide amount, Rate rate) {
    constexpr std::int64_t denominator = 1'000'000 * Periods;
    PENSIM_EXPECT(amount >= 0);
    auto const small = static_cast<std::int64_t>(amount);
    std::int64_t product = 0;
    bool const fits = small == amount && !__builtin_mul_overflow(small, rate.parts(), &product);
    if (fits && product >= 0 && product <= INT64_MAX - denominator) { // the common case
        auto const rounded = static_cast<std::uint64_t>(product + denominator / 2);
        return Fen(static_cast<std::int64_t>(rounded / static_cast<std::uint64_t>(denominator)));
    }
    return divide_half_up(amount * rate.parts(), denominator);
}

/// base x rate, rounded half up to the fen. base is non-negative.
[[nodiscard, gnu::always_inline]] constexpr Fen times(Fen base, Rate rate) {
    return share(base.count(), rate);
}

} // namespace pensim

#include "sim/input/decimal.hpp"

#include <algorithm>
#include <optional>

#include "sim/input/suggestion.hpp"

namespace pensim::input {

namespace {

bool is_digit(char character) {
    return character >= '0' && character <= '9';
}

/// The pieces of a decimal number: digits without point, how many stand behind the point, exponent.
struct Pieces {
    bool negative = false;
    std::string_view whole;
    std::string_view fraction;
    int exponent = 0;
};

std::string_view take_digits(std::string_view& rest) {
    auto const end = std::find_if_not(rest.begin(), rest.end(), is_digit);
    auto const count = static_cast<std::size_t>(end - rest.begin());
    std::string_view const digits = rest.substr(0, count);
    rest.remove_prefix(count);
    return digits;
}

bool take(std::string_view& rest, char character) {
    if (rest.empty() || rest.front() != character) {
        return false;
    }
    rest.remove_prefix(1);
    return true;
}

std::optional<Pieces> split(std::string_view rest) {
    Pieces pieces;
    pieces.negative = take(rest, '-');
    pieces.whole = take_digits(rest);
    if (pieces.whole.empty()) {
        return std::nullopt;
    }
    if (take(rest, '.')) {
        pieces.fraction = take_digits(rest);
        if (pieces.fraction.empty()) {
            return std::nullopt;
        }
    }
    if (take(rest, 'e') || take(rest, 'E')) {
        bool const negative = take(rest, '-');
        if (!negative) {
            take(rest, '+');
        }
        std::string_view const digits = take_digits(rest);
        constexpr std::size_t most_digits = 4;
        if (digits.empty() || digits.size() > most_digits) {
            return std::nullopt;
        }
        for (char const digit : digits) {
            pieces.exponent = pieces.exponent * 10 + (digit - '0');
        }
        pieces.exponent = negative ? -pieces.exponent : pieces.exponent;
    }
    return rest.empty() ? std::optional(pieces) : std::nullopt;
}

} // namespace

tl::expected<std::int64_t, NumberFault> parse_scaled(std::string_view text, int decimals) {
    auto const pieces = split(text);
    if (!pieces) {
        return tl::make_unexpected(NumberFault::not_a_number);
    }
    std::int64_t value = 0;
    bool overflow = false;
    auto const push = [&](int digit) {
        overflow = overflow || __builtin_mul_overflow(value, 10, &value)
                   || __builtin_add_overflow(value, digit, &value);
    };
    for (char const digit : pieces->whole) {
        push(digit - '0');
    }
    for (char const digit : pieces->fraction) {
        push(digit - '0');
    }
    if (overflow) {
        return tl::make_unexpected(NumberFault::out_of_range);
    }
    int const shift = decimals + pieces->exponent - static_cast<int>(pieces->fraction.size());
    if (shift < 0) {
        return tl::make_unexpected(NumberFault::too_many_decimals);
    }
    for (int i = 0; i < shift && value != 0; ++i) {
        push(0);
        if (overflow) {
            return tl::make_unexpected(NumberFault::out_of_range);
        }
    }
    return pieces->negative ? -value : value;
}

std::string describe_yuan_fault(NumberFault fault, std::string_view text) {
    switch (fault) {
    case NumberFault::not_a_number:
        return in_quotes(text) + " is not an amount; expected yuan such as 5200 or 5200.50";
    case NumberFault::too_many_decimals:
        return in_quotes(text)
               + " has more than two decimals; expected yuan and fen such as 5200.50";
    case NumberFault::out_of_range:
        break;
    }
    return in_quotes(text) + " is too large; the largest amount is 92233720368547758.07 yuan";
}

} // namespace pensim::input

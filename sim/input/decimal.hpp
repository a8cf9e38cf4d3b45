// Numbers of files, read exactly from their text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "core/basis/money.hpp"

namespace pensim::input {

enum class NumberFault : std::uint8_t { not_a_number, too_many_decimals, out_of_range };

/// A decimal number times 10^decimals, for "5200", "-5200.5", "5.2e3". A digit beyond `decimals`
/// places is a fault, even a zero: it says that somebody computes finer than the file can carry.
/// The range is symmetrical: the one number below minus the largest is out of range too.
[[nodiscard]] tl::expected<std::int64_t, NumberFault> parse_scaled(std::string_view text,
                                                                   int decimals);

/// Yuan with at most two decimals.
[[nodiscard]] inline tl::expected<Fen, NumberFault> parse_yuan(std::string_view text) {
    return parse_scaled(text, 2).map([](std::int64_t fen) { return Fen(fen); });
}
/// A share with at most six decimals.
[[nodiscard]] inline tl::expected<Rate, NumberFault> parse_rate(std::string_view text) {
    return parse_scaled(text, 6).map([](std::int64_t parts) { return Rate::ppm(parts); });
}

/// Why `text` is no amount of yuan: `"12.345" has more than two decimals; ...`.
[[nodiscard]] std::string describe_yuan_fault(NumberFault fault, std::string_view text);

} // namespace pensim::input

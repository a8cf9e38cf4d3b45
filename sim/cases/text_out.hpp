// Numbers, months and texts appended to a buffer: what a stream of millions of outcomes is made of.
#pragma once

#include <charconv>
#include <string>
#include <string_view>

#include "core/basis/money.hpp"
#include "core/basis/month.hpp"

namespace pensim::cases {

inline void append_number(std::string& out, std::int64_t number) {
    char digits[20];
    auto const end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append(digits, end);
}

/// A whole number of 10^-decimals as a decimal: 123, 2 -> "1.23".
inline void append_decimal(std::string& out, std::int64_t scaled, int decimals) {
    std::int64_t unit = 1;
    for (int i = 0; i < decimals; ++i) {
        unit *= 10;
    }
    if (scaled < 0) {
        out += '-';
    }
    auto const magnitude =
        scaled < 0 ? 0 - static_cast<std::uint64_t>(scaled) : static_cast<std::uint64_t>(scaled);
    append_number(out, static_cast<std::int64_t>(magnitude / static_cast<std::uint64_t>(unit)));
    if (decimals > 0) {
        out += '.';
        auto const fraction =
            static_cast<std::int64_t>(magnitude % static_cast<std::uint64_t>(unit));
        for (std::int64_t place = unit / 10; place > 0; place /= 10) {
            out += static_cast<char>('0' + fraction / place % 10);
        }
    }
}

inline void append_yuan(std::string& out, Fen amount) {
    append_decimal(out, amount.count(), 2);
}

inline void append_month(std::string& out, YearMonth month) {
    out += month.text();
}

/// In quotes, escaped as RFC 8259 asks.
inline void append_json_text(std::string& out, std::string_view text) {
    out += '"';
    for (char const character : text) {
        auto const code = static_cast<unsigned char>(character);
        if (character == '"' || character == '\\') {
            out += '\\';
            out += character;
        } else if (code < 0x20) {
            constexpr std::string_view hex = "0123456789abcdef";
            out += "\\u00";
            out += hex[code >> 4U];
            out += hex[code & 15U];
        } else {
            out += character;
        }
    }
    out += '"';
}

} // namespace pensim::cases

// Numbers, months and texts appended to a buffer: what a stream of millions of outcomes is made of.
#pragma once

#include <charconv>
#include <string>
#include <string_view>

#include "core/basis/money.hpp"
#include "core/basis/month.hpp"

namespace pensim::input {

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

/// Length of the UTF-8 sequence at the start of `text`, 0 if there is none (RFC 3629).
inline std::size_t utf8_length(std::string_view text) {
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    unsigned const lead = byte(0);
    std::size_t const length = lead < 0x80                   ? 1
                               : lead >= 0xC2 && lead < 0xE0 ? 2
                               : lead >= 0xE0 && lead < 0xF0 ? 3
                               : lead >= 0xF0 && lead < 0xF5 ? 4
                                                             : 0;
    if (length == 0 || text.size() < length) {
        return 0;
    }
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80) {
            return 0;
        }
    }
    bool const overlong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xF0 && byte(1) < 0x90);
    bool const surrogate = lead == 0xED && byte(1) >= 0xA0;
    bool const beyond = lead == 0xF4 && byte(1) >= 0x90;
    return overlong || surrogate || beyond ? 0 : length;
}

/// In quotes, escaped as RFC 8259 asks. Bytes that are no UTF-8 (a table in GBK) are shown as
/// U+FFFD: what we write is always JSON.
inline void append_json_text(std::string& out, std::string_view text) {
    out += '"';
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const character = text[i];
        auto const code = static_cast<unsigned char>(character);
        if (character == '"' || character == '\\') {
            out += '\\';
            out += character;
        } else if (code < 0x20) {
            constexpr std::string_view hex = "0123456789abcdef";
            out += "\\u00";
            out += hex[code >> 4U];
            out += hex[code & 15U];
        } else if (code < 0x80) {
            out += character;
        } else if (std::size_t const length = utf8_length(text.substr(i)); length > 0) {
            out += text.substr(i, length);
            i += length - 1;
        } else {
            out += "\xEF\xBF\xBD";
        }
    }
    out += '"';
}

} // namespace pensim::input

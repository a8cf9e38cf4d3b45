#include "tests/support/page_document.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <zlib.h>

namespace pensim::test {

namespace {

std::optional<std::string> from_base64(std::string_view text) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    std::uint32_t bits = 0;
    int held = 0;
    for (char const c : text.substr(0, text.find('='))) {
        auto const digit = digits.find(c);
        if (digit == std::string_view::npos) {
            return std::nullopt;
        }
        bits = bits << 6U | static_cast<std::uint32_t>(digit);
        held += 6;
        if (held >= 8) {
            held -= 8;
            out += static_cast<char>(bits >> static_cast<unsigned>(held) & 0xFFU);
        }
    }
    return out;
}

std::optional<std::string> inflated(std::string& bytes) {
    z_stream stream{};
    if (inflateInit(&stream) != Z_OK) {
        return std::nullopt;
    }
    stream.next_in = reinterpret_cast<Bytef*>(bytes.data());
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::string out;
    std::array<char, 65536> buffer{};
    int state = Z_OK;
    while (state == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
        stream.avail_out = static_cast<uInt>(buffer.size());
        state = inflate(&stream, Z_NO_FLUSH);
        out.append(buffer.data(), buffer.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    return state == Z_STREAM_END ? std::optional(out) : std::nullopt;
}

} // namespace

std::optional<input::JsonValue> document_of_page(std::string_view html) {
    constexpr std::string_view mark = "id=\"document\">";
    auto const begin = html.find(mark);
    if (begin == std::string_view::npos) {
        return std::nullopt;
    }
    std::string_view const rest = html.substr(begin + mark.size());
    auto bytes = from_base64(rest.substr(0, rest.find('<')));
    auto const text = bytes ? inflated(*bytes) : std::nullopt;
    if (!text) {
        return std::nullopt;
    }
    auto json = input::parse_json(*text);
    return json ? std::optional(std::move(*json)) : std::nullopt;
}

} // namespace pensim::test

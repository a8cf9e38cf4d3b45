#include "sim/web/page.hpp"

#include <algorithm>
#include <cstdint>
#include <new>
#include <zlib.h>

#include <fmt/format.h>

#include "core/basis/check.hpp"
#include "sim/web/bundle.hpp"

namespace pensim::web {
namespace {

std::string compressed(std::string_view text) {
    auto length = compressBound(static_cast<uLong>(text.size()));
    std::string out(length, '\0');
    auto const result = compress2(reinterpret_cast<Bytef*>(out.data()),
                                  &length,
                                  reinterpret_cast<Bytef const*>(text.data()),
                                  static_cast<uLong>(text.size()),
                                  Z_BEST_COMPRESSION);
    if (result == Z_MEM_ERROR) {
        throw std::bad_alloc();
    }
    PENSIM_ENSURE(result == Z_OK);
    out.resize(length);
    return out;
}

/// RFC 4648, with padding.
std::string base64(std::string_view bytes) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::size_t const given = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            group = group << 8U | (k < given ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        }
        for (std::size_t k = 0; k < 4; ++k) {
            out += k <= given ? digits[group >> (18U - 6U * k) & 63U] : '=';
        }
    }
    return out;
}

/// Only our script runs and only our style applies; nothing is fetched, sent or framed.
std::string policy(Bundle const& parts) {
    return fmt::format("default-src 'none'; script-src '{}'; style-src '{}'; img-src data: blob:; "
                       "base-uri 'none'; form-action 'none'",
                       parts.script_hash,
                       parts.style_hash);
}

} // namespace

std::string escape_html(std::string_view text) {
    std::string out;
    for (char const c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

std::string
html_page(std::string_view document, std::string_view title, std::string_view language) {
    PENSIM_EXPECT(language == "en" || language == "zh");
    Bundle const& parts = bundle();
    std::string out = fmt::format("<!doctype html>\n"
                                  "<html lang=\"{}\">\n"
                                  "<head>\n"
                                  "<meta charset=\"utf-8\">\n"
                                  "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
                                  "<meta name=\"viewport\" content=\"width=device-width, "
                                  "initial-scale=1\">\n"
                                  "<meta name=\"color-scheme\" content=\"light dark\">\n"
                                  "<title>{}</title>\n"
                                  "<link rel=\"icon\" href=\"data:,\">\n"
                                  "<style>",
                                  language == "zh" ? "zh-CN" : "en",
                                  policy(parts),
                                  escape_html(title));
    out += parts.style;
    out += "</style>\n</head>\n<body>\n"
           "<noscript>This page needs a browser that runs its script. The same numbers are in the "
           "CSV files beside it. 本页需要运行脚本的浏览器；同样的数据见所附 CSV 文件。</noscript>\n"
           "<script type=\"text/plain\" id=\"document\">";
    out += base64(compressed(document));
    out += "</script>\n<script>";
    out += parts.script;
    out += "</script>\n</body>\n</html>\n";
    return out;
}

} // namespace pensim::web

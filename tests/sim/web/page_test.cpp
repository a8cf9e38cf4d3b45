#include "sim/web/page.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <zlib.h>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "sim/report/table.hpp"
#include "sim/web/bundle.hpp"

namespace pensim::test {
namespace {

/// What stands between two marks, of which the first is there once.
std::string_view between(std::string_view text, std::string_view begin, std::string_view end) {
    auto const from = text.find(begin);
    REQUIRE(from != std::string_view::npos);
    CHECK(text.find(begin, from + 1) == std::string_view::npos);
    auto const to = text.find(end, from + begin.size());
    REQUIRE(to != std::string_view::npos);
    return text.substr(from + begin.size(), to - from - begin.size());
}

std::string from_base64(std::string_view text) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    std::uint32_t bits = 0;
    int held = 0;
    CHECK(text.size() % 4 == 0);
    for (char const c : text) {
        auto const digit = digits.find(c);
        if (digit == std::string_view::npos) {
            CHECK(c == '=');
            continue;
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

std::string uncompressed(std::string const& bytes, std::size_t size) {
    std::string out(size + 1, '\0');
    auto length = static_cast<uLongf>(out.size());
    REQUIRE(uncompress(reinterpret_cast<Bytef*>(out.data()),
                       &length,
                       reinterpret_cast<Bytef const*>(bytes.data()),
                       static_cast<uLong>(bytes.size()))
            == Z_OK);
    out.resize(length);
    return out;
}

std::string hexadecimal(std::string_view bytes) {
    std::string out;
    for (char const c : bytes) {
        out += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4U];
        out += "0123456789abcdef"[static_cast<unsigned char>(c) & 15U];
    }
    return out;
}

TEST_CASE("a page carries its document, whatever stands in it") {
    std::string every_byte;
    for (int c = 0; c < 256; ++c) {
        every_byte += static_cast<char>(c);
    }
    for (std::string const& document :
         {std::string(),
          std::string("{}"),
          std::string("{\"a\":1}"),
          std::string("{\"t\":\"</script><script>alert(1)</script>\"}"),
          every_byte,
          std::string(100'000, 'x')}) {
        CAPTURE(document.size());
        auto const page = web::html_page(document, "Title", "en");
        auto const carried = between(page, "id=\"document\">", "</script>");
        CHECK(uncompressed(from_base64(carried), document.size()) == document);
        CHECK(page == web::html_page(document, "Title", "en"));
    }
}

TEST_CASE("a page's title is text and its language is told") {
    auto const english = web::html_page("{}", "</title><script>'a' & \"b\"", "en");
    CHECK(between(english, "<title>", "</title>")
          == "&lt;/title&gt;&lt;script&gt;&#39;a&#39; &amp; &quot;b&quot;");
    CHECK(english.find("<html lang=\"en\">") != std::string::npos);
    CHECK(web::html_page("{}", "待遇领取地", "zh").find("<html lang=\"zh-CN\">")
          != std::string::npos);
}

TEST_CASE("a page's policy names the hashes of its script and style and nothing from outside") {
    auto const page = web::html_page("{}", "Title", "en");
    auto const& parts = web::bundle();
    auto const policy = between(page, "Content-Security-Policy\" content=\"", "\"");
    CHECK(policy.starts_with("default-src 'none'; "));
    for (std::string_view const open : {"unsafe", "http", "*", "'self'"}) {
        CAPTURE(open);
        CHECK(policy.find(open) == std::string_view::npos);
    }
    struct Part {
        std::string_view text;
        std::string_view hash;
        std::string_view directive;
        std::string_view ends;
    };
    for (Part const& part : {Part{parts.script, parts.script_hash, "script-src '", "</script"},
                             Part{parts.style, parts.style_hash, "style-src '", "</style"}}) {
        CAPTURE(part.directive);
        CHECK(part.text.size() > 1000);
        CHECK(part.text.find(part.ends) == std::string_view::npos);
        CHECK(page.find(fmt::format(">{}{}", part.text, part.ends)) != std::string::npos);
        CHECK(between(policy, part.directive, "'") == part.hash);
        REQUIRE(part.hash.starts_with("sha256-"));
        CHECK(hexadecimal(from_base64(part.hash.substr(7))) == report::sha256(part.text));
    }
}

} // namespace
} // namespace pensim::test

#include "sim/report/unzip.hpp"

#include <map>
#include <string>
#include <vector>
#include <zlib.h>

#include <doctest/doctest.h>

namespace pensim::report {
namespace {

struct Packed {
    std::string name;
    std::string text;
    bool deflated = false;
};

std::string little(std::uint32_t number, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i) {
        out += static_cast<char>(number >> (8 * i) & 0xffU);
    }
    return out;
}

std::string deflated(std::string const& text) {
    z_stream stream{};
    REQUIRE(deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY)
            == Z_OK);
    std::string input = text;
    std::string out(deflateBound(&stream, input.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

/// An archive as the format's text has it.
std::string archive_of(std::vector<Packed> const& members) {
    std::string out;
    std::string directory;
    for (Packed const& member : members) {
        std::string const data = member.deflated ? deflated(member.text) : member.text;
        auto const crc = static_cast<std::uint32_t>(
            crc32_z(0, reinterpret_cast<Bytef const*>(member.text.data()), member.text.size()));
        auto const size = [](std::string const& text) {
            return little(static_cast<std::uint32_t>(text.size()), 4);
        };
        std::string const common = little(20, 2) + little(0, 2) + little(member.deflated ? 8 : 0, 2)
                                   + little(0, 4) + little(crc, 4) + size(data) + size(member.text)
                                   + little(static_cast<std::uint32_t>(member.name.size()), 2)
                                   + little(0, 2);
        directory += little(0x02014b50, 4) + little(20, 2) + common + little(0, 4) + little(0, 4)
                     + little(0, 2) + size(out) + member.name;
        out += little(0x04034b50, 4) + common + member.name + data;
    }
    auto const count = little(static_cast<std::uint32_t>(members.size()), 2);
    return out + directory + little(0x06054b50, 4) + little(0, 4) + count + count
           + little(static_cast<std::uint32_t>(directory.size()), 4)
           + little(static_cast<std::uint32_t>(out.size()), 4) + little(0, 2);
}

std::string const long_text = [] {
    std::string text;
    for (int i = 0; i < 40'000; ++i) {
        text += std::to_string(i * i);
    }
    return text;
}();

TEST_CASE("members come whole, in order, in pieces") {
    std::string const archive =
        archive_of({{"b.xml", long_text, true}, {"a.xml", "stored", false}, {"empty", "", true}});
    std::vector<std::string> names;
    std::map<std::string, std::string> texts;
    std::size_t pieces = 0;
    CHECK(unzip(archive, [&](std::string_view name, std::string_view piece) {
        if (names.empty() || names.back() != name) {
            names.emplace_back(name);
        }
        texts[std::string(name)] += piece;
        ++pieces;
    }));
    CHECK(names == std::vector<std::string>{"b.xml", "a.xml", "empty"});
    CHECK(texts.at("b.xml") == long_text);
    CHECK(texts.at("a.xml") == "stored");
    CHECK(texts.at("empty").empty());
    CHECK(pieces > 4);
}

TEST_CASE("what is no whole archive is found out, wherever it is cut or changed") {
    auto const nothing = [](std::string_view, std::string_view) {};
    std::string const archive = archive_of({{"a", "some text", true}, {"b", "stored", false}});
    CHECK(unzip(archive, nothing));
    CHECK(unzip(archive_of({}), nothing));
    CHECK_FALSE(unzip("", nothing));
    CHECK_FALSE(unzip("no archive at all, but longer than its last record", nothing));
    for (std::size_t cut = 0; cut < archive.size(); ++cut) {
        CAPTURE(cut);
        CHECK_FALSE(unzip(archive.substr(0, cut), nothing));
        CHECK_FALSE(unzip(archive.substr(archive.size() - cut), nothing));
    }
    // Dates, versions and attributes aside, every byte matters; none may lead astray.
    std::size_t noticed = 0;
    for (std::size_t at = 0; at < archive.size(); ++at) {
        std::string changed = archive;
        changed[at] = static_cast<char>(~static_cast<unsigned char>(changed[at]));
        noticed += unzip(changed, nothing) ? 0U : 1U;
    }
    CHECK(noticed > archive.size() / 3);
}

TEST_CASE("a method that we do not know") {
    std::string archive = archive_of({{"a", "text", false}});
    auto const directory = archive.find("PK\1\2");
    REQUIRE(directory != std::string::npos);
    archive[directory + 10] = 12; // bzip2
    CHECK_FALSE(unzip(archive, [](std::string_view, std::string_view) {}));
}

} // namespace
} // namespace pensim::report

#include "sim/report/microdata.hpp"

#include <stdexcept>
#include <zlib.h>

#include <doctest/doctest.h>

#include "core/law/words.hpp"
#include "sim/report/table.hpp"
#include "tests/sim/support.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::report {
namespace {

/// Every member of a gzip text, by zlib's own reader.
std::string unzipped(std::string packed) {
    std::string out;
    std::size_t used = 0;
    while (used < packed.size()) {
        z_stream stream{};
        if (inflateInit2(&stream, 15 + 16) != Z_OK) {
            throw std::runtime_error("zlib");
        }
        stream.next_in = reinterpret_cast<Bytef*>(packed.data() + used);
        stream.avail_in = static_cast<uInt>(packed.size() - used);
        int ended = Z_OK;
        while (ended == Z_OK) {
            std::string piece(1 << 16, '\0');
            stream.next_out = reinterpret_cast<Bytef*>(piece.data());
            stream.avail_out = static_cast<uInt>(piece.size());
            ended = inflate(&stream, Z_NO_FLUSH);
            out.append(piece, 0, piece.size() - stream.avail_out);
        }
        used += stream.total_in;
        inflateEnd(&stream);
        if (ended != Z_STREAM_END) {
            throw std::runtime_error("no gzip member");
        }
    }
    return out;
}

TEST_CASE("what is packed comes back; members follow one another") {
    std::string const rows = "1,2\n3,4\n";
    std::string long_text;
    for (int i = 0; i < 100'000; ++i) {
        long_text += std::to_string(i * 7919) + (i % 10 == 0 ? '\n' : ',');
    }
    for (std::string const& text : {std::string(), rows, long_text, std::string(5, '\0')}) {
        CHECK(unzipped(gzipped(text)) == text);
    }
    CHECK(unzipped(gzipped(rows) + gzipped("") + gzipped(long_text)) == rows + long_text);
    CHECK(gzipped(long_text).size() < long_text.size());
    // No name, no time: the same text gives the same bytes.
    CHECK(gzipped(rows) == gzipped(rows));
    CHECK(gzipped(rows).substr(0, 10) == std::string("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10));
}

TEST_CASE("the digest of a packed file is that of its text; a file cut short has none") {
    test::TemporaryFolder const folder;
    std::string const rows = "1,2\n3,4\n";
    std::string const packed = gzipped(rows) + gzipped("") + gzipped(rows);
    CHECK(sha256_of_gzip(folder.file("whole.gz", packed)) == sha256(rows + rows));
    CHECK(sha256_of_gzip(folder.file("short.gz", packed.substr(0, packed.size() - 3)))
          == std::nullopt);
    std::string broken = packed;
    broken[gzipped(rows).size() - 8] ^= 1; // its checksum
    CHECK(sha256_of_gzip(folder.file("broken.gz", broken)) == std::nullopt);
    CHECK(sha256_of_gzip(folder.path("none.gz")) == std::nullopt);
    CHECK(sha256_of_gzip(folder.file("plain.gz", "other")) != sha256(rows + rows));
}

std::vector<std::string> fields_of(std::string const& line) {
    std::vector<std::string> fields(1);
    for (char const c : line) {
        if (c == ',') {
            fields.emplace_back();
        } else if (c != '\n') {
            fields.back() += c;
        }
    }
    return fields;
}

TEST_CASE("a row for each life, under the header, with what the life came to") {
    auto const simulation = test::simulated("national", {.persons = 300, .with_pilot = false});
    auto const setup = simulation->setup();
    engine::Tally tally(setup.areas, setup.watch);
    engine::LifeRunner runner(setup, simulation->key(2), tally);
    std::string const line = microdata_head();
    auto const head = fields_of(line);
    CHECK(head.size() == 24);
    auto const column = [&](std::vector<std::string> const& row, std::string_view name) {
        auto const found = std::find(head.begin(), head.end(), name);
        REQUIRE(found != head.end());
        return row[static_cast<std::size_t>(found - head.begin())];
    };
    int pensions = 0;
    for (std::uint64_t person = 0; person < 300; ++person) {
        CAPTURE(person);
        engine::LifeResult const& result = runner.run(person);
        std::string text;
        append_person(text, 2, person, result, *simulation);
        REQUIRE(text.ends_with("\n"));
        auto const row = fields_of(text);
        REQUIRE(row.size() == head.size());
        CHECK(column(row, "replicate") == "2");
        CHECK(column(row, "person") == std::to_string(person));
        CHECK(column(row, "status") == word(result.status));
        CHECK(column(row, "birth") == result.drawn->life.birth.text());
        CHECK(column(row, "death") == result.drawn->death.text());
        CHECK(column(row, "transfers") == std::to_string(result.moved.transfers));
        CHECK(column(row, "index").empty() == !result.pension.has_value());
        CHECK(column(row, "monthly_pension").empty() == !result.pension.has_value());
        CHECK(column(row, "settlement_month").empty() == !result.pension.has_value());
        if (result.pension) {
            ++pensions;
            CHECK(column(row, "index").size() >= 6);
            CHECK(column(row, "pensions_paid") != "0.00");
            CHECK(column(row, "branch") != "none");
        }
    }
    CHECK(pensions > 50);
}

} // namespace
} // namespace pensim::report

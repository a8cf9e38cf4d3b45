#include "sim/input/row_stream.hpp"

#include <vector>

#include <doctest/doctest.h>

#include "sim/input/csv.hpp"
#include "sim/input/file.hpp"
#include "tests/sim/support.hpp"

namespace pensim::test {

namespace {

/// "line:row" of every row.
std::vector<std::string> rows_of(input::RowStream& stream) {
    std::vector<std::string> rows;
    std::string_view row;
    input::RowPlace place;
    while (stream.next(row, place)) {
        rows.push_back(std::to_string(place.line) + ":" + std::string(row));
    }
    return rows;
}

std::vector<std::string> rows_of(TemporaryFolder const& folder, std::string_view text) {
    auto stream = input::RowStream::open(folder.file("t.csv", text));
    REQUIRE(stream.has_value());
    return rows_of(*stream);
}

using Rows = std::vector<std::string>;

} // namespace

TEST_CASE("rows of a file, whatever ends its lines") {
    TemporaryFolder const folder;
    struct Case {
        std::string why;
        std::string text;
        Rows rows;
    };
    for (auto const& c : std::vector<Case>{
             {"plain", "a,b\n1,2\n3,4\n", {"2:1,2", "3:3,4"}},
             {"no final line break", "a,b\n1,2\n3,4", {"2:1,2", "3:3,4"}},
             {"CRLF", "a,b\r\n1,2\r\n3,4\r\n", {"2:1,2", "3:3,4"}},
             {"byte-order mark",
              "\xEF\xBB\xBF"
              "a,b\n1,2\n",
              {"2:1,2"}},
             {"blank lines are passed over and counted",
              "\n\na,b\n\n1,2\n\r\n\n3,4\n\n",
              {"5:1,2", "8:3,4"}},
             {"only a header", "a,b\n", {}},
             {"only a header without line break", "a,b", {}},
             {"a line break in quotes", "a,b\n\"1\n1\",2\n3,4\n", {"2:\"1\n1\",2", "4:3,4"}},
             {"several, with commas and doubled quotes",
              "a,b\n\"x\n\"\"y\"\", \n\nz\",2\n3,4\n",
              {"2:\"x\n\"\"y\"\", \n\nz\",2", "6:3,4"}},
             {"one bad quote ends with its line",
              "a,b\n1,\"2\n3,4\n5,6\n",
              {"2:1,\"2", "3:3,4", "4:5,6"}},
             {"two bad quotes are two bad lines",
              "a,b\n1,\"2\n3,4\n5,\"6\n7,8\n",
              {"2:1,\"2", "3:3,4", "4:5,\"6", "5:7,8"}},
             {"a bad quote in the last line", "a,b\n1,2\n3,\"4", {"2:1,2", "3:3,\"4"}},
         }) {
        CAPTURE(c.why);
        CHECK(rows_of(folder, c.text) == c.rows);
    }
}

TEST_CASE("a bad quote does not swallow a later good one") {
    // The open quote of line 2 would close in line 3, but then the row had other fields.
    TemporaryFolder const folder;
    CHECK(rows_of(folder, "a,b\n1,\"2\n3,\"x\ny\"\n5,6\n")
          == Rows{"2:1,\"2", "3:3,\"x\ny\"", "5:5,6"});
}

TEST_CASE("rows over the border of blocks") {
    TemporaryFolder const folder;
    std::string text = "id,note\n";
    Rows expected;
    std::size_t line = 2;
    // About three blocks of a mebibyte, with quoted line breaks at uneven distances.
    for (int i = 0; text.size() < (3U << 20U); ++i) {
        std::string const row =
            i % 7 == 0
                ? std::to_string(i) + ",\"" + std::string(static_cast<std::size_t>(i % 97), 'q')
                      + "\nmore\""
                : std::to_string(i) + "," + std::string(static_cast<std::size_t>(i % 131), 'x');
        text += row + "\r\n";
        expected.push_back(std::to_string(line) + ":" + row);
        line += i % 7 == 0 ? 2 : 1;
    }
    CHECK(rows_of(folder, text) == expected);
}

TEST_CASE("a row can be read again where it stands") {
    TemporaryFolder const folder;
    std::string text = "\xEF\xBB\xBFid,note\n";
    for (int i = 0; i < 200'000; ++i) {
        text += std::to_string(i) + ",\"x\ny\"\n";
    }
    auto stream = input::RowStream::open(folder.file("t.csv", text)).value();
    input::RowPlace const start = stream.place();
    CHECK(stream.rereadable());
    std::string_view row;
    input::RowPlace place;
    std::vector<std::pair<input::RowPlace, std::string>> seen;
    while (stream.next(row, place)) {
        seen.emplace_back(place, row);
    }
    REQUIRE(seen.size() == 200'000);
    for (std::size_t const i : {std::size_t{199'999}, std::size_t{0}, std::size_t{123'456}}) {
        stream.seek(seen[i].first);
        REQUIRE(stream.next(row, place));
        CHECK(row == seen[i].second);
        CHECK(place.line == seen[i].first.line);
        CHECK(place.offset == seen[i].first.offset);
        std::string copy;
        stream.read_at(seen[i].first.offset, seen[i].second.size(), copy);
        CHECK(copy == seen[i].second);
    }
    stream.seek(start);
    REQUIRE(stream.next(row, place));
    CHECK(row == "0,\"x\ny\"");
    CHECK(place.line == 2);
}

TEST_CASE("a stream that cannot be opened says why") {
    TemporaryFolder const folder;
    auto const open = [](std::string const& path) {
        return faults_of(input::RowStream::open(path));
    };
    CHECK(open(folder.path("no.csv"))
          == folder.path("no.csv") + " | cannot be read: No such file or directory\n");
    CHECK(open(folder.path()) == folder.path() + " | is a folder; expected a CSV file\n");
    auto const bad = [&](std::string_view text) { return open(folder.file("t.csv", text)); };
    std::string const at = folder.path("t.csv") + ":1 | ";
    CHECK(bad("") == at + "the file is empty; expected a header\n");
    CHECK(bad("\n\r\n") == at + "the file is empty; expected a header\n");
    CHECK(bad("a,\"b\n1,2\n") == at + "the header has broken quotes\n");
    CHECK(bad("a,b,a,b\n")
          == at + "column \"a\" stands here twice\n" + at + "column \"b\" stands here twice\n");
}

TEST_CASE("a header may be quoted") {
    TemporaryFolder const folder;
    auto const stream =
        input::RowStream::open(folder.file("t.csv", "\"person, id\",\"say \"\"x\"\"\"\r\n"));
    REQUIRE(stream.has_value());
    CHECK(stream->header() == std::vector<std::string>{"person, id", "say \"x\""});
}

TEST_CASE("a line without end is cut, its rest passed over, and the lines after it are read") {
    TemporaryFolder const folder;
    constexpr std::size_t most = input::csv_row_bytes_max;
    std::string const head = "a,b\n";
    // Of the longest line nothing is cut; of longer ones the same, wherever a block ends.
    CHECK(rows_of(folder, head + std::string(most, 'x') + "\n1,2\n")
          == Rows{"2:" + std::string(most, 'x'), "3:1,2"});
    for (std::size_t const length : {most + 1, most + 2, 2 * most, std::size_t{3} << 20U}) {
        CAPTURE(length);
        Rows const expected{"2:" + std::string(most + 1, 'x'), "3:1,2", "4:3,4"};
        CHECK(rows_of(folder, head + std::string(length, 'x') + "\n1,2\n3,4\n") == expected);
        CHECK(rows_of(folder, head + std::string(length, 'x')) == Rows{expected.front()});
    }
    CHECK(faults_of(input::RowStream::open(folder.file("t.csv", std::string(most + 1, 'a'))))
          == folder.path("t.csv") + ":1 | the header is longer than 65536 bytes\n");
}

TEST_CASE("a row that was cut can be read again") {
    TemporaryFolder const folder;
    std::string const text = "a\n" + std::string(3U << 20U, 'x') + "\nlast\n";
    auto stream = input::RowStream::open(folder.file("t.csv", text)).value();
    input::RowPlace const start = stream.place();
    for (int times = 0; times < 2; ++times) {
        stream.seek(start);
        CHECK(rows_of(stream)
              == Rows{"2:" + std::string(input::csv_row_bytes_max + 1, 'x'), "3:last"});
    }
}

} // namespace pensim::test

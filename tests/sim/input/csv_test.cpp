#include "sim/input/csv.hpp"

#include <algorithm>
#include <vector>

#include <doctest/doctest.h>

#include "sim/input/limits.hpp"
#include "tests/sim/support.hpp"

namespace pensim::test {

using Fields = std::vector<std::string>;

TEST_CASE("a row is split as RFC 4180 says") {
    struct Case {
        std::string why;
        std::string row;
        std::optional<Fields> fields;
    };
    input::RowSplitter splitter; // one for all: it must not remember
    for (auto const& c : std::vector<Case>{
             {"plain", "a,b,c", Fields{"a", "b", "c"}},
             {"empty fields", ",a,,", Fields{"", "a", "", ""}},
             {"one empty field", "", Fields{""}},
             {"its line break goes", "a,b\r\n", Fields{"a", "b"}},
             {"spaces stay", " a , b", Fields{" a ", " b"}},
             {"quotes go", R"("a","b,c")", Fields{"a", "b,c"}},
             {"empty quotes", R"("",a,"")", Fields{"", "a", ""}},
             {"doubled quotes", R"("say ""no""",x)", Fields{R"(say "no")", "x"}},
             {"two fields with doubled quotes", R"("""a","b""")", Fields{R"("a)", R"(b")"}},
             {"only doubled quotes", R"("""""",x)", Fields{R"("")", "x"}},
             {"a line break inside", "\"a\nb\",c", Fields{"a\nb", "c"}},
             {"quotes that end with the row", "a,\"b,c\"", Fields{"a", "b,c"}},
             {"never closed", R"(a,"b)", std::nullopt},
             {"text behind the quotes", R"("a"b,c)", std::nullopt},
             {"a quote inside a bare field", R"(a"b,c)", std::nullopt},
             {"odd quotes", R"("a""",b"")", std::nullopt},
         }) {
        CAPTURE(c.why);
        auto const* const fields = splitter.split(c.row);
        REQUIRE((fields != nullptr) == c.fields.has_value());
        if (fields != nullptr) {
            CHECK(Fields(fields->begin(), fields->end()) == *c.fields);
        }
    }
}

TEST_CASE("a row ends behind its line break, those inside quotes passed over") {
    CHECK(input::row_end("a,b\nc", 0) == 4);
    CHECK(input::row_end("a,b\nc", 4) == 5);
    CHECK(input::row_end("\"a\nb\",c\nd", 0) == 8);
    CHECK(input::row_end("\"a\nb", 0) == std::string_view::npos);
    CHECK(input::row_end("", 0) == 0);
}

TEST_CASE("a small table with byte-order mark, CRLF and quotes") {
    auto const table = input::CsvTable::parse(
        "t.csv",
        "\xEF\xBB\xBFid,name\r\nGD,\"Guangdong, south\"\r\nSH,\"two\nlines\"\r\nBJ,x",
        {"id", "name"});
    REQUIRE(table.has_value());
    REQUIRE(table->rows().size() == 3);
    CHECK(table->rows()[0].fields == Fields{"GD", "Guangdong, south"});
    CHECK(table->rows()[1].fields == Fields{"SH", "two\nlines"});
    CHECK(table->rows()[0].line == 2);
    CHECK(table->rows()[1].line == 3);
    CHECK(table->rows()[2].line == 5);
}

TEST_CASE("all faults of a small table, each with its line") {
    auto const parse = [](std::string_view text) {
        return faults_of(input::CsvTable::parse("t.csv", text, {"id", "name"}));
    };
    CHECK(parse("") == "t.csv:1 | the file is empty\n");
    CHECK(parse("\xEF\xBB\xBF") == "t.csv:1 | the file is empty\n");
    CHECK(parse("id,title\nGD,x\n") == "t.csv:1 | the header is id,title; expected id,name\n");
    CHECK(parse("name,id\n") == "t.csv:1 | the header is name,id; expected id,name\n");
    CHECK(parse("id,name\nGD\nSH,x,y\nBJ,x\nTJ,a\"b\n")
          == "t.csv:2 | 1 fields; expected 2\n"
             "t.csv:3 | 3 fields; expected 2\n"
             "t.csv:5 | broken quotes\n");
    CHECK(parse("id,name\nGD,\"x\nSH,y\n") == "t.csv:2 | broken quotes\n");
}

TEST_CASE("a written field is quoted where needed, and never a formula") {
    struct Case {
        std::string why;
        std::string field;
        std::string written;
    };
    for (auto const& c : std::vector<Case>{
             {"plain", "Guangdong", "Guangdong"},
             {"empty", "", ""},
             {"comma", "a,b", "\"a,b\""},
             {"quote", "a\"b", "\"a\"\"b\""},
             {"line break", "a\nb", "\"a\nb\""},
             {"carriage return", "a\rb", "\"a\rb\""},
             {"formula", "=1+1", "\"'=1+1\""},
             {"formula with quotes", "=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""},
             {"at sign", "@SUM(A1)", "\"'@SUM(A1)\""},
             {"tab", "\t=1", "\"'\t=1\""},
             {"a negative number", "-12.50", "-12.50"},
             {"a signed number", "+86", "+86"},
             {"a sum", "-1+2", "\"'-1+2\""},
             {"a telephone number", "+86-138", "\"'+86-138\""},
             {"two signs", "--1", "\"'--1\""},
             {"a bare sign", "-", "-"},
             {"a formula after a minus", "-A1", "\"'-A1\""},
             {"a sign inside", "a=b", "a=b"},
         }) {
        CAPTURE(c.why);
        std::string written;
        input::append_csv_field(written, c.field);
        CHECK(written == c.written);
    }
}

TEST_CASE("an id is quoted where needed, and stays what it is") {
    for (std::string const id :
         {"7", "", "=1+1", "-A1", "@x", "\t=1", "\r", "a,b", "=\"a\"", "two\nlines"}) {
        CAPTURE(id);
        std::string written;
        input::append_csv_id(written, id);
        input::RowSplitter splitter;
        auto const* const fields = splitter.split(written);
        REQUIRE(fields != nullptr);
        REQUIRE(fields->size() == 1);
        CHECK(fields->front() == id);
    }
    std::string written;
    input::append_csv_id(written, "=1+1");
    CHECK(written == "=1+1");
}

TEST_CASE("a small table has limits: of lines, and of faults that are told") {
    auto const parse = [](std::string const& text) {
        return faults_of(input::CsvTable::parse("t.csv", text, {"id"}));
    };
    std::string rows = "id\n";
    for (std::size_t i = 0; i < input::table_rows_max; ++i) {
        rows += "1\n";
    }
    CHECK(parse(rows) == "(no problem)\n");
    CHECK(parse(rows + "1\n") == "t.csv:1000002 | more than 1000000 lines\n");
    std::string faulty = "id\n";
    for (std::size_t i = 0; i < 2 * input::table_faults_max; ++i) {
        faulty += "1,2\n";
    }
    std::string const faults = parse(faulty);
    CHECK(static_cast<std::size_t>(std::count(faults.begin(), faults.end(), '\n'))
          == input::table_faults_max + 1);
    CHECK(faults.ends_with("t.csv:1002 | is not read on: too many faults\n"));
    CHECK(parse(std::string(500, 'x') + "\n")
          == "t.csv:1 | the header is " + std::string(200, 'x') + "...; expected id\n");
}

} // namespace pensim::test

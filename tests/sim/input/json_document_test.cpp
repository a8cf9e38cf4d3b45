#include "sim/input/json_document.hpp"

#include <vector>

#include <doctest/doctest.h>

#include "sim/input/json_reader.hpp"
#include "tests/sim/support.hpp"

namespace pensim::test {

using input::JsonValue;
using Type = JsonValue::Type;

TEST_CASE("numbers stay as they are written") {
    for (std::string const text : {"9223372036854775807",
                                   "-9223372036854775808",
                                   "18446744073709551615",
                                   "18446744073709551616",
                                   "123456789012345678901234567890",
                                   "0.1",
                                   "106080.00",
                                   "5.2e3",
                                   "0.30000000000000004"}) {
        CAPTURE(text);
        auto const value = input::parse_json(text);
        REQUIRE(value.has_value());
        CHECK(value->is(Type::number));
        CHECK(value->text == text);
    }
}

TEST_CASE("members keep their order, and find() finds them") {
    auto const value =
        input::parse_json(R"({"b": [1, true, null], "a": {"x": "\u5e7f"}, "": "-"})");
    REQUIRE(value.has_value());
    REQUIRE(value->members.size() == 3);
    CHECK(value->members[0].key == "b");
    CHECK(value->members[1].key == "a");
    CHECK(value->find("b")->items.size() == 3);
    CHECK(value->find("b")->items[1].boolean);
    CHECK(value->find("b")->items[2].is(Type::null));
    CHECK(value->find("a")->find("x")->text == "广");
    CHECK(value->find("")->text == "-");
    CHECK(value->find("c") == nullptr);
}

TEST_CASE("a byte-order mark is passed over") {
    CHECK(input::parse_json("\xEF\xBB\xBF{}").has_value());
}

TEST_CASE("a syntax error says line and column") {
    struct Case {
        std::string why;
        std::string text;
        std::string fault;
    };
    for (auto const& c : std::vector<Case>{
             {"a comma too many", "{\"a\": 1,}", "line 1, column 9 | not JSON near \"1,}\"\n"},
             {"third line",
              "{\n  \"a\": 1,\n  b: 2\n}",
              "line 3, column 3 | not JSON near \"1,<U+000A>  b\"\n"},
             {"ends too early",
              "{\"a\": [1, 2",
              "line 1, column 12 | not JSON: the text ends too early\n"},
             {"nothing at all", "", "line 1, column 1 | not JSON: the text ends too early\n"},
             {"two documents", "{} {}", "line 1, column 4 | not JSON near \"{} {\"\n"},
             {"single quotes", "{'a': 1}", "line 1, column 2 | not JSON near \"{'\"\n"},
             {"a number that starts with zero", "[01]", "line 1, column 3 | not JSON near \"1\"\n"},
             {"a comment", "[1] // one", "line 1, column 5 | not JSON near \"1] /\"\n"},
             {"not a number", "[NaN]", "line 1, column 2 | not JSON near \"[N\"\n"},
         }) {
        CAPTURE(c.why);
        CHECK(faults_of(input::parse_json(c.text)) == c.fault);
    }
}

TEST_CASE("bytes that are no UTF-8 are a syntax error") {
    for (std::string const& text : {std::string("\"\xB9\xE3\xB6\xAB\""), // 广东 in GBK
                                    std::string("\"\xC0\xAF\""),         // overlong
                                    std::string("\"\xED\xA0\x80\""),     // half of a surrogate pair
                                    std::string("\"\xE5\xB9\"")}) {      // cut off
        CAPTURE(text);
        auto const faults = faults_of(input::parse_json(text));
        CHECK(faults.starts_with("line 1, column "));
        CHECK(faults.find("not JSON near ") != std::string::npos);
    }
}

TEST_CASE("a key that stands twice is noted at its object, once") {
    auto const json =
        input::parse_json(R"({"a": 1, "b": [{}, {"c": 1, "c": 2}], "a": 3, "a": 4})").value();
    CHECK(json.doubled == std::vector<std::string>{"a"});
    CHECK(json.find("a")->text == "1");
    CHECK(json.find("b")->doubled.empty());
    CHECK(json.find("b")->items[0].doubled.empty());
    CHECK(json.find("b")->items[1].doubled == std::vector<std::string>{"c"});
}

TEST_CASE("nesting is limited") {
    auto const nested = [](int levels) {
        auto const count = static_cast<std::size_t>(levels);
        return std::string(count, '[') + std::string(count, ']');
    };
    CHECK(input::parse_json(nested(input::json_depth_max)).has_value());
    CHECK(faults_of(input::parse_json(nested(input::json_depth_max + 1)))
              .ends_with(" | nested deeper than 64 levels\n"));
    CHECK_FALSE(input::parse_json(nested(1'000'000)).has_value());
}

TEST_CASE("pointers are escaped as RFC 6901 says") {
    CHECK(input::child("", "persons") == "/persons");
    CHECK(input::child("/persons", std::size_t{3}) == "/persons/3");
    CHECK(input::child("/a", "x/y~z") == "/a/x~1y~0z");
    CHECK(input::child("", "") == "/");
}

TEST_CASE("numbers that no double reaches are said to be too large") {
    for (std::string const& number :
         {std::string("1e999999999"), std::string("-1e999999999"), std::string(400, '9')}) {
        CAPTURE(number);
        std::string const faults = faults_of(input::parse_json("[" + number + "]"));
        CHECK(faults.starts_with("line 1, column "));
        CHECK(faults.ends_with("\" is too large\n"));
        CHECK(faults.size() < 120);
    }
    // Small ones stay as they are written, however many digits.
    std::string const digits = "0." + std::string(1'000'000, '9');
    CHECK(input::parse_json(digits)->text == digits);
    CHECK(input::parse_json("1e-999999999")->text == "1e-999999999");
}

TEST_CASE("a zero byte is none of JSON's, wherever it stands") {
    auto const faults = [](std::string_view text) { return faults_of(input::parse_json(text)); };
    CHECK(faults(std::string_view("{}\0", 3)) == "line 1, column 3 | not JSON: a zero byte\n");
    CHECK(faults(std::string_view("{}\n\0]", 5)) == "line 2, column 1 | not JSON: a zero byte\n");
    CHECK(faults(std::string_view("[\"a\0\"]", 6)) == "line 1, column 4 | not JSON: a zero byte\n");
}

TEST_CASE("letters that stand alone where a pair is needed are no text") {
    for (std::string const text : {R"("\ud800")", R"("\udc00x")", R"("\ud800\ud800")"}) {
        CAPTURE(text);
        CHECK_FALSE(input::parse_json(text).has_value());
    }
    CHECK(input::parse_json(R"("\ud83d\ude00")")->text == "\U0001F600");
}

TEST_CASE("keys, members and values have limits") {
    auto const faults = [](std::string const& text) { return faults_of(input::parse_json(text)); };
    std::string const key(input::json_key_bytes_max, 'k');
    CHECK(faults("{\"" + key + "\": 1}") == "(no problem)\n");
    CHECK(faults("[{\"" + key + "k\": 1}]")
          == "/0 | key \"" + key.substr(0, 60) + "...\" is longer than 500 bytes\n");
    std::string members;
    for (std::size_t i = 0; i < input::json_members_max; ++i) {
        members += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":1";
    }
    CHECK(faults("{" + members + "}") == "(no problem)\n");
    CHECK(faults("{\"a\":{" + members + ",\"x\":1}}")
          == "/a | an object of more than 5000 members\n");
    std::string values = "[";
    for (std::size_t i = 0; i + 1 < input::json_values_max; ++i) {
        values += i == 0 ? "1" : ",1";
    }
    CHECK(faults(values + "]") == "(no problem)\n"); // the list is a value too
    CHECK(faults(values + ",1]") == " | more than 4000000 values in all\n");
}

TEST_CASE("a text has a limit") {
    std::string const blanks(input::file_bytes_max - 1, ' ');
    CHECK(input::parse_json(blanks + "1").has_value());
    CHECK(faults_of(input::parse_json(blanks + "12"))
          == " | is too large; expected at most 64 MB\n");
}

} // namespace pensim::test

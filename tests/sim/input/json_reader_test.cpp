#include "sim/input/json_reader.hpp"

#include <vector>

#include <doctest/doctest.h>

#include "tests/sim/support.hpp"

namespace pensim::test {

TEST_CASE("a reader gives what is there and says what is missing, wrong and unknown") {
    auto const json =
        input::parse_json(R"({"name": "x", "count": "12", "flagg": true, "elsewhere": 1})").value();
    Problems problems;
    input::ObjectReader reader(json, "/thing", problems);
    CHECK(reader.required("name", input::read_text) == "x");
    CHECK(reader.required("count", input::read_integer) == std::nullopt);
    CHECK(reader.optional("flag", input::read_flag) == std::nullopt);
    CHECK(reader.required("birth", input::read_text) == std::nullopt);
    reader.finish();
    CHECK(lines_of(problems)
          == "/thing/count | expected a number, found a text\n"
             "/thing | \"birth\" is missing\n"
             "/thing/flagg | unknown key \"flagg\"; did you mean \"flag\"?\n"
             "/thing/elsewhere | unknown key \"elsewhere\"; expected one of name, count, flag, "
             "birth\n");
}

TEST_CASE("what is no object is said once") {
    for (std::string const text : {"[1]", "null", "\"x\""}) {
        CAPTURE(text);
        auto const json = input::parse_json(text).value();
        Problems problems;
        input::ObjectReader reader(json, "/thing", problems);
        CHECK(reader.required("name", input::read_text) == std::nullopt);
        CHECK(reader.optional("flag", input::read_flag) == std::nullopt);
        reader.finish();
        CHECK(lines_of(problems)
              == "/thing | expected an object, found " + std::string(input::type_name(json.type))
                     + "\n");
    }
}

TEST_CASE("keys that stand twice are found by the reader, or wherever they are") {
    auto const json =
        input::parse_json(R"({"a": 1, "x/y": {"~": [{"k": 1, "k": 1}]}, "a": 2})").value();
    Problems problems;
    input::ObjectReader reader(json, "/thing", problems);
    static_cast<void>(reader.find("a"));
    static_cast<void>(reader.find("x/y"));
    reader.finish();
    CHECK(lines_of(problems) == "/thing/a | key \"a\" stands here twice\n");
    problems.clear();
    input::report_doubled_keys(json, {"", &problems});
    CHECK(lines_of(problems)
          == "/a | key \"a\" stands here twice\n"
             "/x~1y/~0/0/k | key \"k\" stands here twice\n");
}

TEST_CASE("whole numbers are whole and in range") {
    struct Case {
        std::string text;
        std::optional<int> value;
        std::string fault;
    };
    for (auto const& c : std::vector<Case>{
             {"120", 120, ""},
             {"-5", -5, ""},
             {"1000000", 1'000'000, ""},
             {"1e3", 1000, ""},
             {"1000001", std::nullopt, "/n | 1000001 is not a whole number in range\n"},
             {"-1000001", std::nullopt, "/n | -1000001 is not a whole number in range\n"},
             {"1.5", std::nullopt, "/n | 1.5 is not a whole number in range\n"},
             {"1.0", std::nullopt, "/n | 1.0 is not a whole number in range\n"},
             {"true", std::nullopt, "/n | expected a number, found true or false\n"},
         }) {
        CAPTURE(c.text);
        Problems problems;
        CHECK(input::read_integer(input::parse_json(c.text).value(), {"/n", &problems}) == c.value);
        CHECK(lines_of(problems) == c.fault);
    }
}

} // namespace pensim::test

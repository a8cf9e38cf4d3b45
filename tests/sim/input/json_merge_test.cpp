#include "sim/input/json_merge.hpp"

#include <vector>

#include <doctest/doctest.h>

namespace pensim::test {

using input::parse_json;

TEST_CASE("merge does what the examples of RFC 7396 say") {
    struct Case {
        std::string base;
        std::string patch;
        std::string result;
    };
    for (auto const& c : std::vector<Case>{
             {R"({"a":"b"})", R"({"a":"c"})", R"({"a":"c"})"},
             {R"({"a":"b"})", R"({"b":"c"})", R"({"a":"b","b":"c"})"},
             {R"({"a":"b"})", R"({"a":null})", R"({})"},
             {R"({"a":"b","b":"c"})", R"({"a":null})", R"({"b":"c"})"},
             {R"({"a":["b"]})", R"({"a":"c"})", R"({"a":"c"})"},
             {R"({"a":"c"})", R"({"a":["b"]})", R"({"a":["b"]})"},
             {R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})", R"({"a":{"b":"d"}})"},
             {R"({"a":[{"b":"c"}]})", R"({"a":[1]})", R"({"a":[1]})"},
             {R"(["a","b"])", R"(["c","d"])", R"(["c","d"])"},
             {R"({"a":"b"})", R"(["c"])", R"(["c"])"},
             {R"({"a":"foo"})", R"(null)", R"(null)"},
             {R"({"a":"foo"})", R"("bar")", R"("bar")"},
             {R"({"e":null})", R"({"a":1})", R"({"e":null,"a":1})"},
             {R"([1,2])", R"({"a":"b","c":null})", R"({"a":"b"})"},
             {R"({})", R"({"a":{"bb":{"ccc":null}}})", R"({"a":{"bb":{}}})"}}) {
        CAPTURE(c.base);
        CAPTURE(c.patch);
        auto const merged = input::merge(parse_json(c.base).value(), parse_json(c.patch).value());
        CHECK(input::json_text(merged) == input::json_text(parse_json(c.result).value()));
    }
}

TEST_CASE("members keep their places, and numbers their letters") {
    auto const merged = input::merge(
        parse_json(R"({"z": 1.50, "a": {"y": 1e3, "b": 2}, "m": "\u00e9\"\n"})").value(),
        parse_json(R"({"new": [], "a": {"b": 0.10}, "list": [[1, 2.0], {"k": true}]})").value());
    CHECK(input::json_text(merged)
          == "{\n"
             "  \"z\": 1.50,\n"
             "  \"a\": {\n"
             "    \"y\": 1e3,\n"
             "    \"b\": 0.10\n"
             "  },\n"
             "  \"m\": \"\xC3\xA9\\\"\\u000a\",\n"
             "  \"new\": [],\n"
             "  \"list\": [\n"
             "    [1, 2.0],\n"
             "    {\n"
             "      \"k\": true\n"
             "    }\n"
             "  ]\n"
             "}\n");
    CHECK(input::json_text(parse_json(input::json_text(merged)).value())
          == input::json_text(merged));
}

TEST_CASE("a pointer finds what RFC 6901 says") {
    auto const json =
        parse_json(R"({"foo": ["bar", "baz"], "": 0, "a/b": 1, "m~n": 8, "o": {"1": {"x": 5}}})")
            .value();
    auto const found = [&](std::string_view pointer) {
        auto const* const value = input::find_pointer(json, pointer);
        return value == nullptr ? "(nothing)" : value->text;
    };
    CHECK(input::find_pointer(json, "") == &json);
    CHECK(found("/foo/0") == "bar");
    CHECK(found("/foo/1") == "baz");
    CHECK(found("/") == "0");
    CHECK(found("/a~1b") == "1");
    CHECK(found("/m~0n") == "8");
    CHECK(found("/o/1/x") == "5");
    for (std::string const nowhere : {"/foo/2",
                                      "/foo/-",
                                      "/foo/01x",
                                      "/foo/",
                                      "/foo/99999999999",
                                      "/bar",
                                      "/o/1/x/y",
                                      "/a/b"}) {
        CAPTURE(nowhere);
        CHECK(found(nowhere) == "(nothing)");
    }
}

} // namespace pensim::test

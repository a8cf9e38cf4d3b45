#include "sim/input/suggestion.hpp"

#include <vector>

#include <doctest/doctest.h>

namespace pensim::test {

TEST_CASE("the nearest name is found, and a far one is not") {
    std::vector<std::string_view> const names{"GD", "GX", "SH", "records", "nationality"};
    struct Case {
        std::string_view why;
        std::string_view name;
        std::optional<std::string_view> nearest;
    };
    for (auto const& c : std::vector<Case>{
             {"one letter too many", "GDD", "GD"},
             {"one letter too few", "record", "records"},
             {"two letters changed places", "nationaltiy", "nationality"},
             {"one letter in three is wrong", "nationxxxty", "nationality"},
             {"more than that is something else", "natxxxxxxty", std::nullopt},
             {"a short name keeps one letter at least", "XH", "SH"},
             {"both letters wrong", "ZJ", std::nullopt},
             {"the first of equally near ones", "GZ", "GD"},
             {"nothing", "", std::nullopt},
             {"one letter alone has nothing to keep", "X", std::nullopt},
         }) {
        CAPTURE(c.why);
        CHECK(input::nearest(c.name, names) == c.nearest);
    }
    CHECK(input::nearest(std::string(100, 'a'), names) == std::nullopt);
    CHECK(input::nearest("GD", {}) == std::nullopt);
}

TEST_CASE("an unknown name comes with the near one, or with a short list") {
    std::vector<std::string_view> const areas{"GD", "SH"};
    CHECK(input::unknown("area", "GDD", areas) == R"(unknown area "GDD"; did you mean "GD"?)");
    CHECK(input::unknown("area", "Paris", areas)
          == R"(unknown area "Paris"; expected one of GD, SH)");
    std::vector<std::string_view> const many(17, "abc");
    CHECK(input::unknown("area", "Paris", many) == R"(unknown area "Paris")");
}

TEST_CASE("quoted text is short, clean and never half a letter") {
    CHECK(input::in_quotes("GD") == "\"GD\"");
    CHECK(input::in_quotes("a\nb\x7f\x01") == "\"a?b??\"");
    CHECK(input::in_quotes(std::string(60, 'x')) == "\"" + std::string(60, 'x') + "\"");
    CHECK(input::in_quotes(std::string(61, 'x')) == "\"" + std::string(60, 'x') + "...\"");
    // 59 letters and then 广 of three bytes: it does not fit whole, so it goes whole.
    CHECK(input::in_quotes(std::string(59, 'x') + "广东") == "\"" + std::string(59, 'x') + "...\"");
}

} // namespace pensim::test

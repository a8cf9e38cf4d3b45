#include "sim/audit/career.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include <doctest/doctest.h>

namespace pensim::test {

namespace {

using audit::Career;
using audit::Spell;

std::string shape_of(Career const& career) {
    std::string shape;
    for (Spell const& spell : career.spells()) {
        shape += static_cast<char>('a' + spell.label);
    }
    return shape;
}

} // namespace

TEST_CASE("months to try stand around the limit") {
    struct Case {
        std::string why;
        audit::Limits limits;
        std::vector<int> months;
    };
    for (auto const& c : std::vector<Case>{
             {"ten years", {120, 180, false}, {1, 118, 119, 120, 121}},
             {"five years", {60, 180, false}, {1, 58, 59, 60, 61}},
             {"a limit that everybody meets", {1, 180, false}, {1, 2}},
             {"no limit", {0, 180, false}, {1}},
             {"years are compared: nine years, and a month",
              {120, 180, true},
              {1, 108, 109, 118, 119, 120, 121}},
             {"a full year just below the limit", {61, 180, true}, {1, 59, 60, 61, 62}},
         }) {
        CAPTURE(c.why);
        CHECK(audit::months_to_try(c.limits) == c.months);
    }
}

TEST_CASE("careers: every order of areas, no two alike but for names") {
    audit::Limits const limits{120, 180, false};
    auto const careers = audit::careers_to_try(limits, 4);
    std::map<std::string, int> shapes;
    std::set<std::tuple<std::string, std::vector<int>>> seen;
    int fewest = 0;
    for (Career const& career : careers) {
        std::vector<int> months;
        for (Spell const& spell : career.spells()) {
            months.push_back(spell.months);
        }
        ++shapes[shape_of(career)];
        CHECK(seen.emplace(shape_of(career), months).second);
        CHECK(static_cast<int>(career.size()) >= fewest);
        fewest = static_cast<int>(career.size());
    }
    CHECK(shapes.size() == 9);
    for (std::string const shape :
         {"a", "ab", "aba", "abc", "abab", "abac", "abca", "abcb", "abcd"}) {
        CAPTURE(shape);
        CHECK(shapes.contains(shape));
    }
    // Five lengths, and for the last spell those that bring the whole to 179, 180 and 181.
    CHECK(shapes["a"] == 5 + 3);
    int pairs = 0;
    for (int const first : {1, 118, 119, 120, 121}) {
        std::set<int> last{1, 118, 119, 120, 121};
        last.insert({179 - first, 180 - first, 181 - first});
        pairs += static_cast<int>(last.size());
    }
    CHECK(shapes["ab"] == pairs);
    CHECK(shapes["abab"] == shapes["abcd"]);
    CHECK(audit::careers_to_try(limits, 1).size() == 8);
}

TEST_CASE("a career grows by a month, by a stay, or where it was paid last") {
    Career career;
    career.end = {2029, 12};
    career.add({0, 119});
    career.add({1, 60});
    CHECK(career.months() == 179);
    CHECK(career.labels() == 2);
    CHECK(career.pays_in(1));
    CHECK_FALSE(career.pays_in(2));
    Career const longer = career.lengthened(0);
    CHECK(longer[0].months == 120);
    CHECK(longer.end == career.end);
    Career const on = career.followed_by({1, 3});
    CHECK(on.size() == 2);
    CHECK(on.last().months == 63);
    CHECK(on.end == YearMonth{2030, 3});
    Career const away = career.followed_by({audit::outside_label, 3});
    CHECK(away.size() == 3);
    CHECK(away.labels() == 2);
    CHECK(away.months() == 182);
}

TEST_CASE("two lump sums share a month of the calendar") {
    auto const pairs = audit::lump_sums_to_try({120, 180, false});
    CHECK(pairs.size() == 5 + 5 * 5 * 2);
    for (Career const& career : pairs) {
        CHECK(std::count_if(career.spells().begin(),
                            career.spells().end(),
                            [](Spell const& spell) { return spell.at_once; })
              == 2);
    }
    CHECK(pairs.front().months() == 2);
    CHECK(pairs.front().duration() == 1);
}

} // namespace pensim::test

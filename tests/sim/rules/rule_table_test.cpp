#include "sim/rules/rule_table.hpp"

#include <set>
#include <vector>

#include <doctest/doctest.h>

#include "core/law/rule_keys.hpp"
#include "sim/rules/rule_files.hpp"
#include "tests/sim/support.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

law::RuleBook extending_law(std::string const& parameters) {
    return rules::read_rules("x.json",
                             R"({"schema": "pensim/rules/1", "id": "x",
                                 "title": {"en": "say \"x\"\n", "zh": "甲"}, "extends": "law",
                                 "parameters": {)"
                                 + parameters + "}}",
                             tables())
        .value();
}

} // namespace

TEST_CASE("what is written reads back to the same") {
    std::vector<law::RuleBook> books;
    for (std::string_view const id : rules::shipped_rule_sets()) {
        books.push_back(rules::load_rules(id, tables()).value());
    }
    books.push_back(extending_law(R"(
        "contribution.employer_rate": [{"from": "2027-01", "value": {"*": 0.16, "GD": 0.14}, "source": "say \"s\""}],
        "place.election_area": [{"from": "2027-01", "value": "any", "source": "s"}],
        "place.election_groups": [{"from": "2027-01", "value": ["macau", "foreign_permanent"], "source": "s"}],
        "area.admitted": [{"from": "2027-01", "value": ["XPCC"], "source": "s"}])"));
    for (law::RuleBook const& book : books) {
        CAPTURE(book.id);
        std::string const text = rules::rules_json(book, tables().areas);
        auto const again = rules::read_rules("again.json", text, tables());
        REQUIRE(again.has_value());
        CHECK(rules::rules_json(*again, tables().areas) == text);
        CHECK(rules::difference_of(book, *again, tables().areas).empty());
        CHECK(again->id == book.id);
        CHECK(again->title_en == book.title_en);
        CHECK(again->title_zh == book.title_zh);
    }
}

TEST_CASE("the table has a row for every value, in the order of the keys") {
    auto const rows = rules::table_of(rules("law"), tables().areas);
    std::vector<std::string> keys;
    for (auto const& row : rows) {
        CAPTURE(row.key);
        CHECK_FALSE(row.value.empty());
        CHECK_FALSE(row.source.empty());
        CHECK_FALSE(row.meaning_en.empty());
        CHECK_FALSE(row.meaning_zh.empty());
        CHECK_FALSE(row.unit.empty());
        if (keys.empty() || keys.back() != row.key) {
            keys.push_back(row.key);
        }
    }
    std::vector<std::string> known;
    law::visit_rules(rules("law"),
                     [&](law::RuleKey const& key, auto const&) { known.emplace_back(key.name); });
    CHECK(keys == known);
    CHECK(std::set<std::string>(keys.begin(), keys.end()).size() == keys.size());
}

TEST_CASE("two rule sets differ from a month to a month") {
    auto const& areas = tables().areas;
    CHECK(rules::difference_of(rules("law"), rules("law"), areas).empty());

    auto const five = rules::difference_of(rules("law"), rules("five-years"), areas);
    REQUIRE(five.size() == 1);
    CHECK(five[0].key == "place.min_months");
    CHECK(five[0].from == YearMonth(2027, 1));
    CHECK_FALSE(five[0].to.has_value());
    CHECK(five[0].first == "120");
    CHECK(five[0].second == "60");
    CHECK(five[0].first_source.starts_with("gbf-2009-66 art. 6"));
    CHECK(five[0].second_source.starts_with("proposal"));

    // Rises of the one against a constant of the other: one stretch for each pair of values.
    auto const frozen = rules::difference_of(rules("law"), rules("required-180"), areas);
    REQUIRE(frozen.size() == 10);
    CHECK(frozen[0].from == YearMonth(2030, 1));
    CHECK(frozen[0].to == YearMonth(2030, 12));
    CHECK(frozen[0].first == "186");
    CHECK(frozen[0].second == "180");
    CHECK(frozen[9].from == YearMonth(2039, 1));
    CHECK_FALSE(frozen[9].to.has_value());
    CHECK(frozen[9].first == "240");
}

TEST_CASE("a difference may end, and sources alone are none") {
    auto const& areas = tables().areas;
    auto const book = extending_law(R"(
        "place.min_months": [{"from": "2027-01", "value": 60, "source": "s"},
                             {"from": "2030-01", "value": 120, "source": "s"}],
        "place.tie": [{"from": "2027-01", "value": "latest_last_paid", "source": "another"}])");
    auto const differences = rules::difference_of(rules("law"), book, areas);
    REQUIRE(differences.size() == 1);
    CHECK(differences[0].from == YearMonth(2027, 1));
    CHECK(differences[0].to == YearMonth(2029, 12));
}

TEST_CASE("what a first value says holds before its month too") {
    auto const book = extending_law(
        R"("retirement.male.original_age": [{"from": "1900-01", "value": 61, "source": "s"}])");
    auto const differences = rules::difference_of(rules("law"), book, tables().areas);
    REQUIRE(differences.size() == 1);
    CHECK(differences[0].from == YearMonth::first());
}

} // namespace pensim::test

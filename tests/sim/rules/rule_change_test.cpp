#include "sim/rules/rule_change.hpp"

#include <vector>

#include <doctest/doctest.h>

#include "core/law/rule_keys.hpp"
#include "sim/rules/rule_table.hpp"
#include "tests/sim/support.hpp"
#include "tests/support/random_life.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

Result<law::RuleBook>
set(std::string_view key, std::string_view value, std::optional<YearMonth> from = std::nullopt) {
    return rules::with_value(rules("law"), key, value, from, "test", tables());
}

} // namespace

TEST_CASE("one parameter is set, from a month on or for all time") {
    law::RuleBook const later = set("place.min_months", "60", YearMonth(2027, 1)).value();
    CHECK(later.place.min_months.at({2026, 12}) == 120);
    CHECK(later.place.min_months.at({2027, 1}) == 60);
    CHECK(rules::difference_of(later, rules("five-years"), areas()).empty());
    law::RuleBook const always = set("pension.required_months", "100").value();
    CHECK(always.pension.required_months.entries().size() == 1);
    CHECK(always.pension.required_months.at(YearMonth::first()) == 100);
    CHECK(always.pension.required_months.at({2050, 1}) == 100);
    CHECK(always.pension.required_months.entries().front().source == "test");
    for (auto const& difference : rules::difference_of(rules("law"), always, areas())) {
        CHECK(difference.key == "pension.required_months");
    }
    CHECK(set("transfer.pooled_rate", "\"actual\"")
              .value()
              .transfer.pooled_rate.at({2030, 1})
              .actual);
}

TEST_CASE("values that cannot be set") {
    struct Case {
        std::string key;
        std::string value;
        std::string faults;
    };
    for (auto const& c : std::vector<Case>{
             {"place.min_month",
              "60",
              "place.min_month | unknown parameter \"place.min_month\"; did you mean "
              "\"place.min_months\"?\n"},
             {"place.min_months", "\"60\"", "place.min_months | expected a number, found a text\n"},
             {"place.min_months", "0", "place.min_months | expected 1 or more\n"},
             {"place.min_months",
              "sixty",
              "place.min_months | \"sixty\" is no value; expected one in JSON, such as 120, 0.12 "
              "or "
              "\"year\"\n"},
             {"place.tie",
              "\"latest_strat\"",
              "place.tie | unknown tie rule \"latest_strat\"; did you mean \"latest_start\"?\n"},
             {"account.rate",
              "0.3",
              "account.rate | from 1900-01 the account takes more than employer and employee "
              "pay\n"},
         }) {
        CAPTURE(c.key);
        CAPTURE(c.value);
        CHECK(faults_of(set(c.key, c.value)) == c.faults);
    }
}

TEST_CASE("one parameter of another book") {
    std::mt19937_64 random(20260219);
    law::RuleBook const& law = rules("law");
    for (int i = 0; i < 30; ++i) {
        law::RuleBook const other = random_rules(random, law);
        for (std::size_t number = 0; number < law::rule_count; ++number) {
            std::string const key(law::rule_name(number));
            auto const mixed = rules::with_key_of(law, other, key);
            if (!mixed) {
                continue; // rates that fit only together
            }
            std::vector<rules::RuleDifference> wanted;
            for (auto const& difference : rules::difference_of(law, other, areas())) {
                if (difference.key == key) {
                    wanted.push_back(difference);
                }
            }
            auto const found = rules::difference_of(law, *mixed, areas());
            CAPTURE(key);
            REQUIRE(found.size() == wanted.size());
            for (std::size_t j = 0; j < found.size(); ++j) {
                CHECK(found[j].key == key);
                CHECK(found[j].from == wanted[j].from);
                CHECK(found[j].second == wanted[j].second);
            }
        }
    }
    CHECK(faults_of(rules::with_key_of(law, law, "palce.tie"))
          == "palce.tie | unknown parameter \"palce.tie\"; did you mean \"place.tie\"?\n");
    law::RuleBook low = law;
    low.contribution.employer_rate =
        law::Dated<law::AreaRate>({{YearMonth::first(), {Rate::ppm(10'000), {}}, "test"}});
    low.account.rate = law::Dated<Rate>({{YearMonth::first(), Rate::ppm(10'000), "test"}});
    auto const unfit = rules::with_key_of(law, low, "contribution.employer_rate");
    CHECK(faults_of(unfit).starts_with("account.rate | from "));
    CHECK(rules::with_key_of(law, low, "account.rate").has_value());
}

} // namespace pensim::test

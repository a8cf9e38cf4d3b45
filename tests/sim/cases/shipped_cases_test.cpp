// The case files of scenarios/cases, which stand as a test of the law on both sides of its dates.
#include <string>

#include <doctest/doctest.h>

#include "sim/cases/case_json.hpp"
#include "sim/cases/check.hpp"
#include "sim/cases/decide_case.hpp"
#include "sim/data/shipped.hpp"
#include "sim/rules/rule_files.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

TEST_CASE("every shipped case comes out as it expects, and says why it is there") {
    for (auto const& shipped : data::shipped_files()) {
        if (!shipped.name.starts_with("cases/")) {
            continue;
        }
        CAPTURE(shipped.name);
        auto file = cases::read_cases(shipped.content, tables()).value();
        auto const decided = cases::decide_file(shipped_law(file.rules.value_or("law")), file);
        CHECK(file.persons.size() >= 2);
        for (std::size_t i = 0; i < file.persons.size(); ++i) {
            cases::Case const& person = file.persons[i];
            CAPTURE(person.id);
            CHECK(person.problems.empty());
            REQUIRE(person.expect);
            CHECK_FALSE(person.expect->members.empty());
            auto const outcome = input::parse_json(decided.outcomes[i]).value();
            for (auto const& difference : cases::compare(*person.expect, outcome)) {
                FAIL_CHECK(difference.field << ": expected " << difference.expected << ", found "
                                            << difference.found);
            }
        }
    }
}

TEST_CASE("every shipped rule set has cases, on both sides of its first month") {
    for (std::string_view const id : rules::shipped_rule_sets()) {
        CAPTURE(id);
        if (id == "central-2018" || id == "national-pooling") { // between areas, not for persons
            continue;
        }
        if (id == "law" || id == "practice" || id == "xpcc") { // xpcc holds in every month
            continue;
        }
        auto const suite = data::shipped_file("cases/reform-" + std::string(id) + ".json");
        REQUIRE(suite);
        auto file = cases::read_cases(*suite, tables()).value();
        REQUIRE(file.rules == std::string(id));
        std::string const first = id == "required-180" ? "2030-01" : "2027-01";
        std::size_t before = 0;
        auto const decided = cases::decide_file(shipped_law(id), file);
        for (std::string const& text : decided.outcomes) {
            auto const outcome = input::parse_json(text).value();
            auto const* const moved = outcome.find("transfers");
            REQUIRE(moved != nullptr);
            std::string last = outcome.find("counting_month")->text;
            if (id == "no-pooled-money" || id == "full-employer-share") { // a rule of money
                REQUIRE_FALSE(moved->items.empty());
                last = moved->items.back().find("month")->text;
            }
            before += last < first ? 1U : 0U;
        }
        CHECK(before > 0);
        CHECK(before < decided.outcomes.size());
    }
}

} // namespace pensim::test

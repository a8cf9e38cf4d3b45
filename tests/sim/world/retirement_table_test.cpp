#include "sim/world/retirement_table.hpp"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "core/law/qualifying_period.hpp"
#include "tests/support/few_lives.hpp"
#include "tests/support/random_life.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

constexpr YearMonth first_birth(1930, 1);
constexpr YearMonth last_birth(2010, 12);

/// The first birth of whom the table says something else than the law; empty if there is none.
std::string difference(world::RetirementTable const& table, law::RuleBook const& book) {
    struct Class {
        std::string_view name;
        Sex sex;
        Post post;
    };
    Life life;
    for (Class const& c : {Class{"a man", Sex::male, Post::worker},
                           Class{"a man in management", Sex::male, Post::management},
                           Class{"a woman", Sex::female, Post::worker},
                           Class{"a woman in management", Sex::female, Post::management}}) {
        life.sex = c.sex;
        life.post = c.post;
        for (life.birth = first_birth; life.birth <= last_birth; life.birth = life.birth.next()) {
            auto const& entry = table.at(life.sex, life.post, life.birth);
            YearMonth const statutory = law::statutory_month(book, life);
            law::ClaimWindow const window = law::claim_window(book, life);
            if (entry.statutory != statutory || entry.window.earliest != window.earliest
                || entry.window.latest != window.latest
                || entry.required != law::required_months(book, statutory, statutory)
                || entry.required != law::required_months(book, statutory, window.latest)
                || entry.required_earliest
                       != law::required_months(book, statutory, window.earliest)) {
                return std::string(c.name) + " born " + life.birth.text();
            }
        }
    }
    return "";
}

} // namespace

TEST_CASE("the table says of everybody when to retire what the law says") {
    for (std::string_view const rule_set : {"law", "practice", "required-180"}) {
        CAPTURE(rule_set);
        world::RetirementTable const table(rules(rule_set), first_birth, last_birth);
        CHECK(difference(table, rules(rule_set)) == "");
        CHECK_THROWS_AS(
            static_cast<void>(table.at(Sex::male, Post::worker, first_birth.previous())),
            ContractViolation);
        CHECK_THROWS_AS(static_cast<void>(table.at(Sex::male, Post::worker, last_birth.next())),
                        ContractViolation);
    }
    std::mt19937_64 random(1953);
    for (int i = 0; i < lives_to_try(60); ++i) {
        CAPTURE(i);
        law::RuleBook const book = random_rules(random, rules("law"));
        CHECK(difference({book, first_birth, last_birth}, book) == "");
    }
}

} // namespace pensim::test

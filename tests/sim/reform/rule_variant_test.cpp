#include "sim/reform/rule_variant.hpp"

#include <doctest/doctest.h>

#include "tests/support/shipped.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::test {
namespace {

rules::RuleDifference difference(std::string key, YearMonth from) {
    rules::RuleDifference d;
    d.key = std::move(key);
    d.from = from;
    return d;
}

TEST_CASE("the first date of differences, and each parameter once") {
    CHECK(reform::first_date({}) == std::nullopt);
    CHECK(reform::keys_of({}).empty());
    reform::RuleDifferences const differences{difference("place.tie", {2030, 1}),
                                              difference("place.tie", {2027, 5}),
                                              difference("account.rate", {2028, 1}),
                                              difference("place.tie", {2040, 1})};
    CHECK(reform::first_date(differences) == YearMonth(2027, 5));
    CHECK(reform::keys_of(differences) == std::vector<std::string>{"place.tie", "account.rate"});
}

TEST_CASE("people under a variant live as in a run under its rules") {
    auto const simulation = simulated("national", {.persons = 300, .with_pilot = false});
    for (std::string const id : {"longest-only", "pro-rata", "required-180"}) {
        CAPTURE(id);
        reform::RuleVariant const variant(rules(id), *simulation);
        auto const alone =
            simulated("national", {.persons = 300, .rules = id, .with_pilot = false});
        engine::Tally a = engine::run_people(variant.setup(), simulation->key(0), {0, 300}, {});
        engine::Tally b = engine::run_people(alone->setup(), alone->key(0), {0, 300}, {});
        CHECK(difference_of(a, b, areas()) == "");
        CHECK(variant.book().id == id);
        CHECK(&variant.terms().book == &variant.book());
        CHECK(variant.terms().horizon.last == simulation->scenario.horizon.last);
    }
}

} // namespace
} // namespace pensim::test

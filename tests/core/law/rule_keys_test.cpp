#include "core/law/rule_keys.hpp"

#include <algorithm>
#include <string>

#include <doctest/doctest.h>

namespace pensim::test {

TEST_CASE("a parameter's number is its place in the visit, and its name has it") {
    law::RuleBook const book;
    std::size_t place = 0;
    law::visit_rules(book, [&](law::RuleKey const& key, auto const&) {
        CAPTURE(key.name);
        CHECK(law::number_of(key.rule) == place);
        CHECK(law::rule_number(key.name) == place);
        CHECK(law::rule_name(place) == key.name);
        ++place;
    });
    CHECK(place == law::rule_count);
    CHECK(law::rule_number("place.min_month") == std::nullopt);
    CHECK(law::rule_number("") == std::nullopt);
    CHECK_THROWS_AS(static_cast<void>(law::rule_name(law::rule_count)), ContractViolation);
}

TEST_CASE("pairs are of one parameter") {
    law::RuleBook one;
    law::RuleBook two;
    two.place.min_months = law::Dated<int>({{{2027, 1}, 60, "test"}});
    two.payout.interpolation = law::Dated<law::PayoutInterpolation>(
        {{{2027, 1}, law::PayoutInterpolation::completed_years, "test"}});
    law::visit_rule_pairs(
        one, two, [](law::RuleKey const&, auto& mine, auto const& theirs) { mine = theirs; });
    law::visit_rules(one, [](law::RuleKey const& key, auto const& dated) {
        CAPTURE(key.name);
        bool const set =
            key.rule == law::Rule::place_min_months || key.rule == law::Rule::payout_interpolation;
        CHECK(dated.empty() != set);
    });
    CHECK(one.place.min_months.at({2030, 1}) == 60);
    CHECK(one.payout.interpolation.at({2030, 1}) == law::PayoutInterpolation::completed_years);
}

} // namespace pensim::test

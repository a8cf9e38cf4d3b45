#include "core/law/qualifying_period.hpp"

#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/shipped.hpp"

namespace pensim::test {

TEST_CASE("the required months rise from 2030 to 2039") {
    struct Case {
        std::string why;
        YearMonth statutory;
        YearMonth counting;
        int required;
    };
    for (auto const& c : std::vector<Case>{
             {"long before", {2010, 2}, {2010, 2}, 180},
             {"the last month of 15 years", {2029, 12}, {2029, 12}, 180},
             {"the first month of 15.5", {2030, 1}, {2030, 1}, 186},
             {"the whole year", {2030, 12}, {2030, 12}, 186},
             {"a new year, six more", {2031, 1}, {2031, 1}, 192},
             {"2032", {2032, 6}, {2032, 6}, 198},
             {"2033", {2033, 11}, {2033, 11}, 204},
             {"2034", {2034, 6}, {2034, 6}, 210},
             {"2035", {2035, 6}, {2035, 6}, 216},
             {"2036", {2036, 6}, {2036, 6}, 222},
             {"2037", {2037, 6}, {2037, 6}, 228},
             {"the last month of 19.5", {2038, 12}, {2038, 12}, 234},
             {"20 years", {2039, 1}, {2039, 1}, 240},
             {"and no more", {2040, 1}, {2040, 1}, 240},
             {"ever", {2075, 1}, {2075, 1}, 240},
             {"early: the year chosen", {2033, 11}, {2030, 11}, 186},
             {"early over the first rise", {2030, 1}, {2029, 12}, 180},
             {"early within one year", {2033, 11}, {2033, 1}, 204},
             {"late: still the statutory year", {2033, 11}, {2036, 11}, 204},
             {"late over the first rise", {2029, 12}, {2030, 1}, 180},
             {"late over the last rise", {2038, 12}, {2041, 12}, 234},
         }) {
        CAPTURE(c.why);
        CHECK(law::required_months(rules("law"), c.statutory, c.counting) == c.required);
    }
}

TEST_CASE("everybody may extend but a foreigner without permanent residence") {
    struct Case {
        law::Person person;
        bool may;
    };
    for (auto const& c : std::vector<Case>{{law::Person::hong_kong, true},
                                           {law::Person::macau, true},
                                           {law::Person::taiwan, true},
                                           {law::Person::mainland, true},
                                           {law::Person::foreign_permanent, true},
                                           {law::Person::foreign_temporary, false}}) {
        CAPTURE(static_cast<int>(c.person));
        CHECK(law::may_extend(rules("law"), c.person, {2026, 1}) == c.may);
        CHECK(law::may_extend(rules("law"), c.person, {2045, 1}) == c.may);
    }
}

TEST_CASE("the rest may be paid at once after 60 months by those insured before 2011-07") {
    struct Case {
        std::string why;
        std::optional<YearMonth> first_paid;
        int extension_months;
        bool may;
    };
    for (auto const& c : std::vector<Case>{
             {"early enough, 60 months", YearMonth{2011, 6}, 60, true},
             {"early enough, 59 months", YearMonth{2011, 6}, 59, false},
             {"early enough, 61 months", YearMonth{2011, 6}, 61, true},
             {"early enough, nothing paid on", YearMonth{2011, 6}, 0, false},
             {"a month too late", YearMonth{2011, 7}, 60, false},
             {"a month too late, ever", YearMonth{2011, 7}, 200, false},
             {"long ago", YearMonth{1985, 1}, 60, true},
             {"never paid", {}, 60, false},
         }) {
        CAPTURE(c.why);
        CHECK(law::may_pay_lump_sum(rules("law"), {2032, 11}, c.first_paid, c.extension_months)
              == c.may);
    }
}

} // namespace pensim::test

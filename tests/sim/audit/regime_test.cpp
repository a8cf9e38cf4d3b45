#include "sim/audit/regime.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/law/retirement_age.hpp"
#include "tests/sim/audit/audits.hpp"

namespace pensim::test {

namespace {

std::string text(std::vector<audit::Regime> const& regimes) {
    std::string found;
    for (auto const& regime : regimes) {
        found += (found.empty() ? "" : " ") + regime.from.text() + ".." + regime.to.text();
    }
    return found;
}

std::string regimes(law::RuleBook const& book) {
    return text(audit::regimes_of(book, {2020, 1}, {2045, 12}));
}

} // namespace

TEST_CASE("regimes: what acts on the place parts them, the steps between two are left out") {
    struct Case {
        std::string why;
        law::RuleBook book;
        std::string regimes;
    };
    std::string const years = dated_rule("place.min_months", "2027-01", "60");
    for (auto const& c : std::vector<Case>{
             {"the required months rise from 2030 to 2039",
              rules("law"),
              "2020-01..2029-12 2039-01..2045-12"},
             {"the opt-in is the same throughout",
              rules("practice"),
              "2020-01..2029-12 2039-01..2045-12"},
             {"no rise", rules("required-180"), "2020-01..2045-12"},
             {"a reform in 2027",
              changed_law(years),
              "2020-01..2026-12 2027-01..2029-12 2039-01..2045-12"},
             {"a reform within the rise: its own first and last step",
              changed_law(dated_rule("place.min_months", "2033-01", "60")),
              "2020-01..2029-12 2032-01..2032-12 2033-01..2033-12 2039-01..2045-12"},
             {"the same value once more is no change",
              changed_law(dated_rule("place.min_months", "2027-01", "120")),
              "2020-01..2029-12 2039-01..2045-12"},
             {"money rules do not act on the place",
              rules("no-pooled-money"),
              "2020-01..2029-12 2039-01..2045-12"},
         }) {
        CAPTURE(c.why);
        CHECK(regimes(c.book) == c.regimes);
    }
}

TEST_CASE("persons: one stands for those whom no rule treats apart") {
    using law::Person;
    CHECK(audit::persons_to_try(rules("law"))
          == std::vector<Person>{Person::hong_kong,
                                 Person::foreign_temporary,
                                 Person::foreign_permanent,
                                 Person::mainland});
    CHECK(audit::represented(rules("law"), Person::hong_kong)
          == std::vector<Person>{Person::hong_kong, Person::macau, Person::taiwan});
    auto const apart =
        changed_law(dated_rule("place.election_groups", "2027-01", R"(["hong_kong", "macau"])"));
    CHECK(audit::persons_to_try(apart)
          == std::vector<Person>{Person::hong_kong,
                                 Person::taiwan,
                                 Person::foreign_temporary,
                                 Person::foreign_permanent,
                                 Person::mainland});
}

TEST_CASE("settings: counted in the regime, hukou and election at every label") {
    struct Case {
        std::string rules;
        audit::Regime regime;
        std::size_t hmt;      ///< settings
        std::size_t mainland; ///< settings
    };
    // Dear and cheap areas exchanged: twice. Mainland: five places of the hukou, before the age of
    // temporary accounts, across it, and across it with money that never moved. The opt-in: in
    // Guangdong alone once for each of four labels; everywhere once for everybody.
    for (auto const& c :
         std::vector<Case>{{"law", {{2020, 1}, {2029, 12}}, 2, 2 * 5 * 3},
                           {"practice", {{2020, 1}, {2029, 12}}, 2 + 4, 2 * 5 * 3},
                           {"opt-in-everyone", {{2027, 1}, {2029, 12}}, 2 + 1, 3 * 5 * 3}}) {
        CAPTURE(c.rules);
        std::size_t hmt = 0;
        std::size_t mainland = 0;
        for (audit::Setting const& setting :
             audit::settings_of(rules(c.rules), tables(), c.regime)) {
            hmt += setting.person == law::Person::hong_kong ? 1U : 0U;
            mainland += setting.person == law::Person::mainland ? 1U : 0U;
            CHECK(setting.counting >= c.regime.from);
            CHECK(setting.counting <= c.regime.to);
            CHECK(law::statutory_month(rules(c.rules), setting.life) == setting.counting);
            CHECK(setting.last_end + Months(audit::stay_months_max) <= setting.counting);
            CHECK(setting.life.hukou.has_value() == (setting.life.group == Group::mainland));
            if (setting.election_area) {
                CHECK(setting.label_of(area("GD")) == *setting.election_area);
            }
        }
        CHECK(hmt == c.hmt);
        CHECK(mainland == c.mainland);
    }
}

TEST_CASE("settings: the hukou of a career that never pays there stands outside") {
    audit::Career two;
    two.add({0, 120});
    two.add({1, 120});
    audit::Setting setting;
    setting.hukou = 1;
    CHECK(setting.takes(two));
    setting.hukou = 2;
    CHECK_FALSE(setting.takes(two));
    setting.hukou = audit::outside_label;
    CHECK(setting.takes(two));
    setting.election_area = 2; // a stay can go there
    CHECK(setting.takes(two));
    setting.election_area = 3;
    CHECK_FALSE(setting.takes(two));
}

} // namespace pensim::test

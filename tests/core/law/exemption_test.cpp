#include "core/law/exemption.hpp"

#include <array>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace pensim::test {

namespace {

using law::Agreement;

constexpr CountryCode germany{'D', 'E', 'U'};
constexpr CountryCode serbia{'S', 'R', 'B'};
constexpr CountryCode kyrgyzstan{'K', 'G', 'Z'};
constexpr CountryCode france{'F', 'R', 'A'};
constexpr CountryCode elsewhere{'Z', 'Z', 'Z'}; // no country: a code for users (ISO 3166-1)

std::array const agreements{
    Agreement{germany, {2002, 4}, true, false, 60, 60},
    Agreement{serbia, {2021, 2}, true, false, 60, 84},
    Agreement{kyrgyzstan, {2025, 10}, true, true, std::nullopt, std::nullopt},
    Agreement{elsewhere, {2010, 1}, false, true, 12, std::nullopt},
};

constexpr auto certificate = ExemptionGround::home_certificate;
constexpr auto agreement = ExemptionGround::agreement;

/// "index: text" of every fault.
using Texts = std::vector<std::string>;

struct Case {
    std::string why;
    Group group;
    std::optional<CountryCode> nationality;
    std::vector<Exemption> exemptions;
    std::vector<Record> records{};
    Texts faults{};
};

Record paid_months(YearMonth from,
                   YearMonth to,
                   Kind kind = Kind::employed,
                   Scheme scheme = Scheme::employee) {
    Record record;
    record.from = from;
    record.to = to;
    record.kind = kind;
    record.scheme = scheme;
    return record;
}

Life life_of(Case const& c) {
    Life life;
    life.group = c.group;
    life.nationality = c.nationality;
    life.exemptions = c.exemptions;
    life.records = c.records;
    return life;
}

std::string lines(Texts const& texts) {
    std::string all;
    for (auto const& text : texts) {
        all += text + "\n";
    }
    return all;
}

void check_all(std::vector<Case> const& cases) {
    for (auto const& c : cases) {
        CAPTURE(c.why);
        Texts texts;
        for (auto const& fault : law::check_exemptions(life_of(c), agreements)) {
            texts.push_back(std::to_string(fault.exemption) + ": " + law::describe(fault));
        }
        CHECK(lines(texts) == lines(c.faults));
    }
}

constexpr YearMonth y(int year, int month) {
    return {year, month};
}

} // namespace

TEST_CASE("a home certificate is for residents of Hong Kong, Macau and Taiwan") {
    using enum Group;
    std::vector<Exemption> const from_2020{{certificate, {2020, 1}, {2030, 12}}};
    check_all({
        {"nothing claimed", mainland, {}, {}},
        {"Hong Kong", hong_kong, {}, from_2020},
        {"Macau", macau, {}, from_2020},
        {"Taiwan", taiwan, {}, from_2020},
        {"foreigner",
         foreign,
         germany,
         from_2020,
         {},
         {"0: a home certificate of group foreign, expected hong_kong, macau or taiwan"}},
        {"mainland",
         mainland,
         {},
         from_2020,
         {},
         {"0: a home certificate of group mainland, expected hong_kong, macau or taiwan"}},
        {"a month before the order",
         macau,
         {},
         {{certificate, {2019, 12}, {2030, 12}}},
         {},
         {"0: exempt from 2019-12, home certificates are accepted from 2020-01"}},
        {"both at once",
         mainland,
         {},
         {{certificate, {2019, 12}, {2019, 12}}},
         {},
         {"0: a home certificate of group mainland, expected hong_kong, macau or taiwan",
          "0: exempt from 2019-12, home certificates are accepted from 2020-01"}},
    });
}

TEST_CASE("an agreement is for nationals of its country, from its entry into force") {
    using enum Group;
    check_all({
        {"first month in force", foreign, germany, {{agreement, {2002, 4}, {2003, 3}}}},
        {"the month before",
         foreign,
         germany,
         {{agreement, {2002, 3}, {2003, 3}}},
         {},
         {"0: exempt from 2002-03, the agreement with DEU is in force from 2002-04"}},
        {"signed, not in force",
         foreign,
         france,
         {{agreement, {2020, 1}, {2020, 12}}},
         {},
         {"0: nationality FRA, expected a country with an agreement in force"}},
        {"no nationality",
         foreign,
         {},
         {{agreement, {2020, 1}, {2020, 12}}},
         {},
         {"0: an agreement without a nationality, expected the person's nationality"}},
        {"Hong Kong",
         hong_kong,
         {},
         {{agreement, {2020, 1}, {2020, 12}}},
         {},
         {"0: an agreement for group hong_kong, expected foreign"}},
        {"Macau",
         macau,
         {},
         {{agreement, {2020, 1}, {2020, 12}}},
         {},
         {"0: an agreement for group macau, expected foreign"}},
        {"Taiwan",
         taiwan,
         {},
         {{agreement, {2020, 1}, {2020, 12}}},
         {},
         {"0: an agreement for group taiwan, expected foreign"}},
        {"mainland",
         mainland,
         {},
         {{agreement, {2020, 1}, {2020, 12}}},
         {},
         {"0: an agreement for group mainland, expected foreign"}},
        {"residents' scheme only",
         foreign,
         elsewhere,
         {{agreement, {2009, 12}, {2020, 12}}},
         {},
         {"0: exempt from 2009-12, the agreement with ZZZ is in force from 2010-01",
          "0: the agreement with ZZZ does not exempt from the employees' scheme, expected one that "
          "does"}},
        {"ends before it starts",
         foreign,
         {},
         {{agreement, {2020, 2}, {2020, 1}}},
         {},
         {"0: ends in 2020-01, before it starts in 2020-02"}},
    });
}

TEST_CASE("an agreement has a limit for all exemptions together") {
    using enum Group;
    check_all({
        {"at the limit", foreign, germany, {{agreement, {2010, 1}, {2014, 12}}}},
        {"a month beyond",
         foreign,
         germany,
         {{agreement, {2010, 1}, {2015, 1}}},
         {},
         {"0: 61 months, the agreement with DEU allows 60"}},
        {"months before the entry into force do not count",
         foreign,
         germany,
         {{agreement, {2002, 3}, {2007, 3}}},
         {},
         {"0: exempt from 2002-03, the agreement with DEU is in force from 2002-04"}},
        {"extended", foreign, serbia, {{agreement, {2021, 2}, {2026, 2}}}},
        {"extended to the total", foreign, serbia, {{agreement, {2021, 2}, {2028, 1}}}},
        {"beyond the total",
         foreign,
         serbia,
         {{agreement, {2021, 2}, {2028, 2}}},
         {},
         {"0: 85 months, the agreement with SRB allows 60, with every extension 84"}},
        {"no limit found", foreign, kyrgyzstan, {{agreement, {2025, 10}, {2060, 12}}}},
        {"several, at the limit",
         foreign,
         germany,
         {{agreement, {2010, 1}, {2012, 6}}, {agreement, {2014, 1}, {2016, 6}}}},
        {"several, beyond by the later in time, not in the list",
         foreign,
         germany,
         {{agreement, {2014, 1}, {2016, 6}}, {agreement, {2010, 1}, {2012, 7}}},
         {},
         {"0: 61 months, the agreement with DEU allows 60"}},
        {"all months are told, at the first that goes beyond",
         foreign,
         germany,
         {{agreement, {2010, 1}, {2012, 12}},
          {agreement, {2013, 1}, {2015, 12}},
          {agreement, {2016, 1}, {2018, 12}}},
         {},
         {"1: 108 months, the agreement with DEU allows 60"}},
    });
}

TEST_CASE("a month is exempt once and not paid") {
    using enum Group;
    std::vector<Exemption> const year_2020{{certificate, {2020, 1}, {2020, 12}}};
    check_all({
        {"one after the other",
         hong_kong,
         {},
         {{certificate, {2020, 1}, {2020, 12}}, {certificate, {2021, 1}, {2021, 12}}}},
        {"a month in common",
         hong_kong,
         {},
         {{certificate, {2020, 1}, {2020, 12}}, {certificate, {2020, 12}, {2021, 12}}},
         {},
         {"1: exempt in 2020-12, already exempt then by exemption 0"}},
        {"one inside the other",
         hong_kong,
         {},
         {{certificate, {2020, 3}, {2020, 5}}, {certificate, {2020, 1}, {2020, 12}}},
         {},
         {"1: exempt in 2020-03 to 2020-05, already exempt then by exemption 0"}},
        {"months in common count once towards the limit",
         foreign,
         germany,
         {{agreement, {2010, 1}, {2013, 12}}, {agreement, {2012, 1}, {2014, 12}}},
         {},
         {"1: exempt in 2012-01 to 2013-12, already exempt then by exemption 0"}},
        {"a wrong range overlaps nothing",
         hong_kong,
         {},
         {{certificate, {2020, 12}, {2020, 1}}, {certificate, {2020, 1}, {2020, 12}}},
         {},
         {"0: ends in 2020-01, before it starts in 2020-12"}},
        {"paid before and after",
         hong_kong,
         {},
         year_2020,
         {paid_months(y(2019, 1), y(2019, 12)), paid_months(y(2021, 1), y(2021, 12))}},
        {"paid in the first month",
         hong_kong,
         {},
         year_2020,
         {paid_months(y(2019, 1), y(2020, 1))},
         {"0: exempt in 2020-01, but paid then in the employees' scheme by record 0"}},
        {"paid from the last but one",
         hong_kong,
         {},
         year_2020,
         {paid_months(y(2019, 1), y(2019, 12)),
          paid_months(y(2020, 11), y(2021, 12), Kind::extension)},
         {"0: exempt in 2020-11 to 2020-12, but paid then in the employees' scheme by record 1"}},
        {"paid in the residents' scheme",
         hong_kong,
         {},
         year_2020,
         {paid_months(y(2020, 1), y(2020, 12), Kind::employed, Scheme::resident)}},
        {"a lump sum names no months",
         hong_kong,
         {},
         year_2020,
         {paid_months(y(2020, 6), y(2020, 6), Kind::lump_sum)}},
        {"all faults of all exemptions",
         foreign,
         serbia,
         {{agreement, {2021, 1}, {2028, 2}}, {certificate, {2028, 2}, {2028, 3}}},
         {paid_months(y(2028, 3), y(2028, 3))},
         {"0: exempt from 2021-01, the agreement with SRB is in force from 2021-02",
          "0: 85 months, the agreement with SRB allows 60, with every extension 84",
          "1: a home certificate of group foreign, expected hong_kong, macau or taiwan",
          "1: exempt in 2028-02, already exempt then by exemption 0",
          "1: exempt in 2028-03, but paid then in the employees' scheme by record 0"}},
    });
}

TEST_CASE("exempt months are counted by agreement, each once") {
    struct Count {
        std::string why;
        Group group;
        CountryCode nationality;
        std::vector<Exemption> exemptions;
        int months;
    };
    for (auto const& c : std::vector<Count>{
             {"none", Group::foreign, germany, {}, 0},
             {"one", Group::foreign, germany, {{agreement, {2010, 1}, {2010, 1}}}, 1},
             {"in any order, overlap once",
              Group::foreign,
              germany,
              {{agreement, {2012, 1}, {2014, 12}},
               {agreement, {2010, 1}, {2013, 12}},
               {agreement, {2012, 6}, {2012, 8}}},
              60},
             {"from the entry into force on",
              Group::foreign,
              germany,
              {{agreement, {2002, 3}, {2002, 4}}, {agreement, {2001, 1}, {2001, 12}}},
              1},
             {"another country's", Group::foreign, serbia, {{agreement, {2010, 1}, {2010, 1}}}, 0},
             {"not a foreigner", Group::taiwan, germany, {{agreement, {2010, 1}, {2010, 1}}}, 0},
             {"a certificate", Group::foreign, germany, {{certificate, {2020, 1}, {2020, 9}}}, 0},
             {"a wrong range", Group::foreign, germany, {{agreement, {2012, 1}, {2010, 1}}}, 0},
         }) {
        CAPTURE(c.why);
        Life life;
        life.group = c.group;
        life.nationality = c.nationality;
        life.exemptions = c.exemptions;
        CHECK(law::exempt_months(life, agreements[0]).count() == c.months);
    }
    Life resident_only;
    resident_only.group = Group::foreign;
    resident_only.nationality = elsewhere;
    resident_only.exemptions = {{agreement, {2015, 1}, {2015, 12}}};
    CHECK(law::exempt_months(resident_only, agreements[3]) == Months{0});
}

TEST_CASE("without a total the first period is the limit") {
    Life life;
    life.group = Group::foreign;
    life.nationality = germany;
    life.exemptions = {{agreement, {2015, 1}, {2016, 1}}};
    std::array const first_only{Agreement{germany, {2010, 1}, true, false, 12, std::nullopt}};
    auto const faults = law::check_exemptions(life, first_only);
    REQUIRE(faults.size() == 1);
    CHECK(law::describe(faults[0]) == "13 months, the agreement with DEU allows 12");
    std::array const upside_down{Agreement{germany, {2010, 1}, true, false, 12, 11}};
    CHECK_THROWS_AS(static_cast<void>(law::check_exemptions(life, upside_down)), ContractViolation);
}

} // namespace pensim::test

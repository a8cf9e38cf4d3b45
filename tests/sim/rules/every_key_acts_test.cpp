// Every parameter of a rule set decides something: for each there is a life that comes out
// otherwise under a rule set that changes it alone. pooling.* acts on populations, where the areas'
// funds meet; contribution.base_floor, contribution.base_ceiling and payout.january_raise act in
// the story (and in populations): decide never alters a recorded base, and states a pension at
// settlement.
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/law/rule_keys.hpp"
#include "sim/cases/case_json.hpp"
#include "sim/cases/check.hpp"
#include "sim/rules/rule_files.hpp"
#include "sim/story/story.hpp"
#include "tests/sim/support.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

struct Acts {
    std::string key;
    std::string value;  ///< from 1900-01 on
    std::string person; ///< without id
    std::string before; ///< what the outcome has under law ...
    std::string after;  ///< ... and under the change
    std::string both;   ///< parameters that are set in both, so that the key can act
};

std::string dated(std::string const& key, std::string const& value) {
    return "\"" + key + R"(": [{"from": "1900-01", "value": )" + value + R"(, "source": "s"}])";
}

cases::Law law_with(std::string const& parameters) {
    return cases::Law(rules::read_rules("x.json",
                                        R"({"schema": "pensim/rules/1", "id": "x", "extends": "law",
                                            "title": {"en": "X", "zh": "甲"}, "parameters": {)"
                                            + parameters + "}}",
                                        tables())
                          .value(),
                      tables());
}

cases::CaseFile case_of(std::string const& person) {
    return cases::read_cases(R"({"schema": "pensim/cases/1", "persons": [{"id": "p", )" + person
                                 + "}]}",
                             tables())
        .value();
}

/// What differs from the expectation; empty if nothing.
std::string
differences(std::string const& parameters, std::string const& person, std::string const& expected) {
    cases::Law const law = law_with(parameters);
    cases::CaseFile file = case_of(person);
    auto const decided = cases::decide_file(law, file);
    std::string text;
    for (auto const& d : cases::compare(input::parse_json(expected).value(),
                                        input::parse_json(decided.outcomes[0]).value())) {
        text += d.field + ": expected " + d.expected + ", found " + d.found + "\n";
    }
    return text;
}

std::string joined(std::string const& a, std::string const& b) {
    return a.empty() || b.empty() ? a + b : a + ", " + b;
}

void check_acts(std::vector<Acts> const& table) {
    for (Acts const& c : table) {
        CAPTURE(c.key);
        CAPTURE(c.value);
        CHECK(differences(c.both, c.person, c.before) == "");
        CHECK(differences(joined(c.both, dated(c.key, c.value)), c.person, c.after) == "");
    }
}

// Men born in 1966-09 have T in 2027-03, six months behind their original age (2.2).
std::string const man = R"("group": "hong_kong", "sex": "male", "birth": "1966-09")";

std::string with(std::string const& person, std::string const& records) {
    return person + R"(, "records": [)" + records + "]";
}
std::string record(std::string const& area, std::string const& from, std::string const& to) {
    return R"({"area": ")" + area + R"(", "from": ")" + from + R"(", "to": ")" + to
           + R"(", "base": 10000})";
}
/// 169 months in Shanghai, then 119 in Guangdong, which has the relation.
std::string const sh_gd =
    record("SH", "2003-04", "2017-04") + ", " + record("GD", "2017-05", "2027-03");
std::string const in_sichuan =
    R"("group": "mainland", "sex": "male", "birth": "1966-09", "hukou": "SC")";
/// Six months of 10 000.00 in Shanghai, and then Guangdong.
std::string const six_months =
    record("SH", "2024-01", "2024-06") + ", " + record("GD", "2024-07", "2027-03");
/// Three months, then out, within one year: 2.62% x 800 x (3 + 2 + 1) / 12 = 10.48.
std::string const left =
    R"("group": "hong_kong", "sex": "female", "birth": "1995-08",
       "events": [{"event": "depart", "month": "2024-04", "terminate": true}])";
std::string const actual = dated("transfer.pooled_rate", "\"actual\"");
/// 132 months in Guangdong, 48 short.
std::string const short_of = with(man, record("GD", "2016-04", "2027-03"));

std::string all_payout_months(std::string const& months) {
    std::string text;
    for (int age = 40; age <= 70; ++age) {
        text += (age == 40 ? "\"" : ", \"") + std::to_string(age) + "\": " + months;
    }
    return "{" + text + "}";
}

std::vector<Acts> place_table() {
    std::string const ties = record("FJ", "2012-04", "2017-03") + ", "
                             + record("ZJ", "2017-04", "2022-03") + ", "
                             + record("SH", "2022-04", "2027-03");
    std::string const near_ties = record("FJ", "2012-04", "2017-10") + ", "
                                  + record("ZJ", "2017-11", "2023-03") + ", "
                                  + record("SH", "2023-04", "2027-03");
    std::string const elected =
        with(man + R"(, "elections": {"continue_in_last_area": true})",
             record("ZJ", "2014-04", "2020-03") + ", " + record("GD", "2020-04", "2025-03"));
    std::string const back = R"({"benefit_area": "SH", "branch": "last_qualified"})";
    std::string const opt_in = dated("place.election_area", "\"GD\"");
    return {
        {"place.order.hmt",
         R"(["last_area"])",
         with(man, sh_gd),
         back,
         R"({"benefit_area": "GD", "branch": "last_area"})"},
        {"place.order.foreign",
         R"(["longest_qualified"])",
         with(R"("group": "foreign", "sex": "male", "birth": "1966-09", "nationality": "USA")",
              record("SH", "2003-04", "2015-04") + ", " + record("GD", "2015-05", "2027-03")),
         R"({"benefit_area": "GD", "branch": "relation_qualified"})",
         R"({"benefit_area": "SH", "branch": "longest_qualified"})"},
        {"place.order.mainland",
         R"(["hukou_gathers"])",
         with(in_sichuan,
              record("SH", "2000-01", "2012-12") + ", " + record("GD", "2013-01", "2027-03")),
         R"({"benefit_area": "GD", "branch": "relation_qualified"})",
         R"({"benefit_area": "SC", "branch": "hukou_gathers"})"},
        {"place.min_months",
         "119",
         with(man, sh_gd),
         back,
         R"({"benefit_area": "GD", "branch": "relation_qualified"})"},
        {"place.tie",
         "\"earliest_start\"",
         with(man, ties),
         R"({"benefit_area": "SH", "branch": "longest_last"})",
         R"({"benefit_area": "FJ", "branch": "longest_last"})"},
        {"place.tie",
         "\"none\"",
         with(man, ties),
         R"({"benefit_area": "SH", "branch": "longest_last"})",
         R"({"status": "undetermined", "branch": "none"})"},
        {"place.compare_unit",
         "\"year\"",
         with(man, near_ties),
         R"({"benefit_area": "FJ", "branch": "longest"})",
         R"({"benefit_area": "ZJ", "branch": "longest_last"})"},
        {"place.count_transferred_months",
         "true",
         with(man, sh_gd),
         back,
         R"({"benefit_area": "GD", "branch": "relation_qualified"})"},
        {"place.election_area",
         "\"GD\"",
         elected,
         R"({"benefit_area": "ZJ", "branch": "longest", "status": "extend"})",
         R"({"benefit_area": "GD", "branch": "last_area_election", "status": "extend"})"},
        {"place.election_groups",
         R"(["macau"])",
         elected,
         R"({"benefit_area": "GD", "branch": "last_area_election"})",
         R"({"benefit_area": "ZJ", "branch": "longest"})",
         opt_in},
        {"area.admitted",
         R"(["XPCC"])",
         with(man, record("XPCC", "2016-04", "2027-03")),
         R"({"errors": [{"path": "/persons/0/records/0/area", "message":
             "area \"XPCC\" is off in this rule set; rule sets with it list it under area.admitted"}]})",
         R"({"benefit_area": "XPCC", "months_by_area": {"XPCC": 132}})"},
    };
}

std::vector<Acts> money_table() {
    std::string const moved = with(man, six_months);
    std::string const flexible =
        replaced(moved, R"("base": 10000})", R"("base": 10000, "kind": "flexible"})");
    std::string const out = with(left, record("GD", "2024-02", "2024-04"));
    auto const pooled = [](std::string const& amount) {
        return R"({"transfers": [{"month": "2024-07", "kind": "move", "account": 4800, "pooled": )"
               + amount + "}]}";
    };
    auto const refund = [](std::string const& amount) {
        return R"({"refunds": [{"reason": "terminated", "account": )" + amount + "}]}";
    };
    return {
        {"transfer.pooled_rate", "0.2", moved, pooled("7200"), pooled("12000")},
        {"transfer.pooled_rate", "\"actual\"", moved, pooled("7200"), pooled("9600")},
        {"transfer.on_move",
         "false",
         moved,
         pooled("7200"),
         R"({"transfers": [{"month": "2027-03", "from": "SH", "to": "GD", "kind": "gather", "pooled": 7200}]})"},
        {"account.rate", "0.05", out, refund("2410.48"), refund("1506.55")},
        {"account.interest", "0.12", out, refund("2410.48"), refund("2448")},
        {"contribution.recorded",
         "false",
         out,
         refund("2410.48"),
         R"({"status": "refunded", "refunds": []})"},
        {"contribution.employer_rate",
         R"({"*": 0.16, "SH": 0.2})",
         moved,
         pooled("9600"),
         pooled("12000"),
         actual},
        {"contribution.employer_rate",
         R"({"*": 0.2, "SH": 0.16})",
         moved,
         pooled("9600"),
         pooled("9600"),
         actual},
        // The account is 8%: what the employee does not pay of it, the employer does.
        {"contribution.individual_rate", "0.05", moved, pooled("9600"), pooled("7800"), actual},
        {"contribution.individual_rate",
         R"({"*": 0.08, "SH": 0.06})",
         moved,
         pooled("9600"),
         pooled("8400"),
         actual},
        {"contribution.alone_pool_rate", "0.1", flexible, pooled("7200"), pooled("6000"), actual},
        {"refund.part_year_interest", "false", out, refund("2410.48"), refund("2400")},
    };
}

std::vector<Acts> temporary_table() {
    // 50 years and eight months old in 2017-05, and she 40 years and eight months.
    std::string const woman =
        R"("group": "mainland", "sex": "female", "birth": "1976-09", "hukou": "SC")";
    std::string const waits = R"({"transfers": [{"month": "2027-03", "kind": "temporary"}]})";
    std::string const waits_for_her =
        R"({"transfers": [{"month": "2027-08", "kind": "temporary"}]})";
    std::string const moves =
        R"({"transfers": [{"month": "2017-05", "kind": "move"}, {"month": "2027-03", "kind": "return"}]})";
    std::string const moves_for_her =
        R"({"transfers": [{"month": "2017-05", "kind": "move"}, {"month": "2027-08", "kind": "return"}]})";
    return {
        {"temporary.male_age", "51", with(in_sichuan, sh_gd), waits, moves},
        {"temporary.female_age", "41", with(woman, sh_gd), waits_for_her, moves_for_her},
        {"temporary.groups", "[]", with(in_sichuan, sh_gd), waits, moves},
    };
}

std::vector<Acts> age_table() {
    std::string const management =
        R"("group": "hong_kong", "sex": "female", "post": "management", "birth": "1971-09")";
    std::string const worker = R"("group": "hong_kong", "sex": "female", "birth": "1976-09")";
    auto const statutory = [](std::string const& month) {
        return R"({"statutory_month": ")" + month + R"(", "counting_month": ")" + month + "\"}";
    };
    auto const claim = [](std::string const& month) {
        return with(man + R"(, "claim": ")" + month + "\"", record("GD", "2007-04", "2026-09"));
    };
    return {
        {"retirement.male.original_age",
         "61",
         with(man, ""),
         statutory("2027-03"),
         statutory("2028-06")},
        {"retirement.male.delay_step",
         "2",
         with(man, ""),
         statutory("2027-03"),
         statutory("2027-08")},
        {"retirement.male.delay_max",
         "3",
         with(man, ""),
         statutory("2027-03"),
         statutory("2026-12")},
        {"retirement.female_management.original_age",
         "56",
         with(management, ""),
         statutory("2027-03"),
         statutory("2028-06")},
        {"retirement.female_management.delay_step",
         "2",
         with(management, ""),
         statutory("2027-03"),
         statutory("2027-08")},
        {"retirement.female_management.delay_max",
         "3",
         with(management, ""),
         statutory("2027-03"),
         statutory("2026-12")},
        {"retirement.female_worker.original_age",
         "51",
         with(worker, ""),
         statutory("2027-08"),
         statutory("2029-02")},
        {"retirement.female_worker.delay_step",
         "4",
         with(worker, ""),
         statutory("2027-08"),
         statutory("2027-03")},
        {"retirement.female_worker.delay_max",
         "3",
         with(worker, ""),
         statutory("2027-08"),
         statutory("2026-12")},
        {"retirement.delay_start",
         "\"2026-09\"",
         with(man, ""),
         statutory("2027-03"),
         statutory("2026-10")},
        {"retirement.early_max",
         "3",
         claim("2026-09"),
         R"({"counting_month": "2026-09", "status": "pension"})",
         R"({"errors": [{"path": "/persons/0/claim", "message":
             "claim 2026-09 is too early; the earliest month is 2026-12"}]})"},
        {"retirement.late_max",
         "3",
         claim("2027-09"),
         R"({"counting_month": "2027-09", "status": "pension"})",
         R"({"errors": [{"path": "/persons/0/claim", "message":
             "claim 2027-09 is too late; the latest month is 2027-06"}]})"},
    };
}

std::vector<Acts> pension_table() {
    // Settled at 60 years and six months: half way from 139 to 132.
    std::string const settled = with(man, record("GD", "2007-04", "2027-03"));
    std::string const extended =
        record("GD", "2008-01", "2012-12")
        + R"(, {"area": "GD", "from": "2027-04", "to": "2032-03", "base": 8000, "kind": "extension"})";
    std::string const extended_59 = replaced(extended, "2032-03", "2032-02");
    return {
        {"pension.required_months",
         "132",
         short_of,
         R"({"status": "extend", "required_months": 180, "missing_months": 48})",
         R"({"status": "pension", "required_months": 132, "settlement_month": "2027-03"})"},
        {"pension.paid_by",
         "\"each_area\"",
         with(man, sh_gd),
         R"({"status": "pension", "transfers": [{"kind": "move"}, {"kind": "return"}], "pension": {"by_area": null}})",
         R"({"status": "pension", "transfers": [], "pension": {"by_area": [{"area": "SH", "months": 169}, {"area": "GD", "months": 119}]}})"},
        {"payout.months",
         all_payout_months("100"),
         settled,
         R"({"pension": {"payout_months": 135.5}})",
         R"({"pension": {"payout_months": 100}})"},
        {"payout.interpolation",
         "\"completed_years\"",
         settled,
         R"({"pension": {"payout_months": 135.5}})",
         R"({"pension": {"payout_months": 139}})"},
        {"extension.groups",
         R"(["mainland"])",
         short_of,
         R"({"status": "extend", "missing_months": 48})",
         R"({"status": "short_no_extension", "missing_months": 48})"},
        {"extension.lump_sum_after",
         "59",
         with(man, extended_59),
         R"({"status": "extend", "missing_months": 61})",
         R"({"status": "lump_sum", "missing_months": 61})"},
        {"extension.lump_sum_first_paid_before",
         "\"2008-01\"",
         with(man, extended),
         R"({"status": "lump_sum", "missing_months": 60})",
         R"({"status": "extend", "missing_months": 60})"},
        {"bridge.open",
         "false",
         short_of + R"(, "elections": {"move_to_resident_scheme": true})",
         R"({"bridge": {"direction": "employee_to_resident", "months": 132}})",
         R"({"bridge": null})"},
    };
}

/// Keys that decide nothing about one person, and act in the story.
struct Told {
    std::string key;
    std::string value;
    std::string before;
    std::string after;
};

std::vector<Told> told_table() {
    return {
        {"contribution.base_floor", "0", "The base is below the floor of ", ""},
        {"contribution.base_ceiling", "10", "The base is above the ceiling of ", ""},
        {"payout.january_raise", "0.05", "raised each January by 2%", "raised each January by 5%"},
    };
}

} // namespace

TEST_CASE("every key of place.* and area.* acts") {
    check_acts(place_table());
}
TEST_CASE("every key of transfer.*, account.*, contribution.* and refund.* acts") {
    check_acts(money_table());
}
TEST_CASE("every key of temporary.* acts") {
    check_acts(temporary_table());
}
TEST_CASE("every key of retirement.* acts") {
    check_acts(age_table());
}
TEST_CASE("every key of pension.*, payout.*, extension.* and bridge.* acts") {
    check_acts(pension_table());
}

TEST_CASE("base floor, base ceiling and January raise act in the story") {
    std::string const person =
        with(man,
             R"({"area": "GD", "from": "2007-04", "to": "2017-03", "base": 500},
                {"area": "GD", "from": "2017-04", "to": "2027-03", "base": 30000})");
    auto const story = [&](std::string const& parameters) {
        cases::CaseFile file = case_of(person);
        return story::tell(
            law_with(parameters), file.persons[0], "/persons/0", story::Language::en);
    };
    std::string const lawful = story("");
    for (Told const& c : told_table()) {
        CAPTURE(c.key);
        std::string const changed = story(dated(c.key, c.value));
        CHECK(lawful.find(c.before) != std::string::npos);
        CHECK(changed.find(c.before) == std::string::npos);
        CHECK((c.after.empty() || changed.find(c.after) != std::string::npos));
    }
}

TEST_CASE("numbers at the ends of their range break nothing") {
    std::vector<std::string> keys;
    law::visit_rules(rules("law"), [&]<class T>(law::RuleKey const& key, law::Dated<T> const&) {
        if constexpr (std::is_same_v<T, int>) {
            keys.emplace_back(key.name);
        }
    });
    CHECK(keys.size() == 16);
    auto const text = data::shipped_file("cases/mainland.json").value();
    for (std::string const& key : keys) {
        for (std::string const value : {"0", "1", "1200"}) {
            if (key == "place.min_months" && value == "0") {
                continue; // refused
            }
            CAPTURE(key);
            CAPTURE(value);
            cases::Law const law = law_with(dated(key, value));
            auto file = cases::read_cases(text, tables()).value();
            for (std::string const& outcome : cases::decide_file(law, file).outcomes) {
                CHECK(input::parse_json(outcome).has_value());
            }
            CHECK_NOTHROW(static_cast<void>(
                story::tell(law, file.persons[0], "/persons/0", story::Language::zh)));
        }
    }
}

TEST_CASE("no key is left out") {
    std::set<std::string, std::less<>> seen{"pooling.adjustment", "pooling.rate"};
    for (auto const& table :
         {place_table(), money_table(), temporary_table(), age_table(), pension_table()}) {
        for (Acts const& c : table) {
            seen.insert(c.key);
        }
    }
    for (Told const& c : told_table()) {
        seen.insert(c.key);
    }
    law::visit_rules(rules("law"), [&](law::RuleKey const& key, auto const&) {
        CAPTURE(key.name);
        CHECK(seen.contains(key.name));
    });
}

} // namespace pensim::test

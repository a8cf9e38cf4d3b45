#include "sim/rules/rule_values.hpp"

#include <map>
#include <vector>

#include <doctest/doctest.h>

#include "core/law/rule_keys.hpp"
#include "sim/rules/rule_files.hpp"
#include "tests/sim/support.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

/// A value that a key takes, how it is written, and one that it refuses.
struct KeyValues {
    std::string key;
    std::string valid;
    std::string written; ///< empty: as given
    std::string invalid;
    std::string fault; ///< behind the place of the value
};

std::string payout_months(std::string const& months) {
    std::string text;
    for (int age = 40; age <= 70; ++age) {
        text += (age == 40 ? "\"" : ", \"") + std::to_string(age) + "\": " + months;
    }
    return "{" + text + "}";
}

std::string const not_whole = " | 1.5 is not a whole number in range";
std::string const out_of_range = " | 1201 is out of range; expected 0 to 1200";
std::string const negative = " | -1 is out of range; expected 0 to 1200";
std::string const no_flag = " | expected true or false, found a text";
std::string const no_share = " is no share; expected 0 to 10 with at most six decimals";

std::vector<KeyValues> place_keys() {
    std::string const criteria =
        "; expected one of hukou, relation_qualified, last_qualified, longest, hukou_gathers, "
        "last_area, first_qualified, longest_qualified";
    return {
        {"place.order.hmt",
         R"(["last_area", "longest"])",
         "",
         R"(["biggest"])",
         "/0 | unknown criterion \"biggest\"" + criteria},
        {"place.order.foreign",
         R"(["first_qualified", "longest_qualified"])",
         "",
         R"(["longest", "longest"])",
         "/1 | criterion \"longest\" stands here twice"},
        {"place.order.mainland", R"(["hukou"])", "", "[]", " | expected at least one criterion"},
        {"place.min_months", "60", "", "1201", out_of_range},
        {"place.tie",
         "\"earliest_start\"",
         "",
         "\"latest_paid\"",
         " | unknown tie rule \"latest_paid\"; expected one of latest_last_paid, latest_start, "
         "earliest_start, none"},
        {"place.tie",
         "\"none\"",
         "",
         "\"nobody\"",
         " | unknown tie rule \"nobody\"; expected one of latest_last_paid, latest_start, "
         "earliest_start, none"},
        {"place.compare_unit",
         "\"year\"",
         "",
         "\"years\"",
         " | unknown unit \"years\"; did you mean \"year\"?"},
        {"place.count_transferred_months", "true", "", "\"true\"", no_flag},
        {"place.election_area",
         "\"SH\"",
         "",
         "\"GDD\"",
         " | unknown area \"GDD\"; did you mean \"GD\"?"},
        {"place.election_groups",
         R"(["macau", "hong_kong", "taiwan", "mainland"])",
         R"(["hmt", "mainland"])",
         R"(["hongkong"])",
         "/0 | unknown group \"hongkong\"; did you mean \"hong_kong\"?"},
        {"area.admitted",
         R"(["XPCC"])",
         "",
         R"(["XPC"])",
         "/0 | unknown area \"XPC\"; did you mean \"XPCC\"?"},
    };
}

std::vector<KeyValues> money_keys() {
    return {
        {"transfer.pooled_rate",
         "\"actual\"",
         "",
         "\"all\"",
         " | \"all\" is unknown; expected a share or \"actual\""},
        {"transfer.on_move", "false", "", "0", " | expected true or false, found a number"},
        {"temporary.male_age", "55", "", "1.5", not_whole},
        {"temporary.female_age", "45", "", "-1", negative},
        {"temporary.groups",
         R"(["foreign_permanent", "foreign_temporary"])",
         R"(["foreign"])",
         R"(["foreigners"])",
         "/0 | unknown group \"foreigners\"; did you mean \"foreign\"?"},
        {"account.rate", "0.08", "", "0.0800001", " | 0.0800001" + no_share},
        {"account.interest", "0.0262", "", "-0.01", " | -0.01" + no_share},
        {"contribution.recorded", "true", "", "\"yes\"", no_flag},
        {"contribution.employer_rate",
         R"({"*": 0.16, "GD": 0.14})",
         "",
         R"({"GD": 0.14})",
         " | \"*\" is missing: the rate of all other areas"},
        {"contribution.individual_rate",
         "0.080",
         "0.08",
         R"({"*": 0.08, "GDD": 0.08})",
         "/GDD | unknown area \"GDD\"; did you mean \"GD\"?"},
        {"contribution.alone_pool_rate",
         "1e-1",
         "0.1",
         R"({"*": "a"})",
         "/* | expected a number, found a text"},
        {"contribution.base_floor", "0.4", "", "11", " | 11" + no_share},
        {"contribution.base_ceiling", "10", "10.0", "\"3\"", " | expected a number, found a text"},
    };
}

std::vector<KeyValues> pension_keys() {
    std::string const bad_month = " | \"2025-13\" is no month; expected such as \"2025-01\"";
    return {
        {"pension.required_months", "240", "", "1201", out_of_range},
        {"pension.paid_by",
         "\"each_area\"",
         "",
         "\"everybody\"",
         " | unknown payer \"everybody\"; expected one of place, each_area"},
        {"pooling.adjustment",
         "\"national\"",
         "",
         "\"nationall\"",
         " | unknown adjustment \"nationall\"; did you mean \"national\"?"},
        {"pooling.rate", "0.03", "", "null", " | expected a number, found null"},
        {"retirement.male.original_age", "62", "", "1201", out_of_range},
        {"retirement.male.delay_step", "0", "", "-1", negative},
        {"retirement.male.delay_max", "48", "", "1.5", not_whole},
        {"retirement.female_management.original_age", "56", "", "1201", out_of_range},
        {"retirement.female_management.delay_step", "6", "", "-1", negative},
        {"retirement.female_management.delay_max", "48", "", "1.5", not_whole},
        {"retirement.female_worker.original_age", "51", "", "1201", out_of_range},
        {"retirement.female_worker.delay_step", "3", "", "-1", negative},
        {"retirement.female_worker.delay_max", "48", "", "1.5", not_whole},
        {"retirement.delay_start", "\"2026-01\"", "", "\"2025-13\"", bad_month},
        {"retirement.early_max", "12", "", "-1", negative},
        {"retirement.late_max", "12", "", "1201", out_of_range},
        {"payout.months",
         payout_months("139"),
         "",
         replaced(payout_months("139"), "\"70\": 139", "\"70\": 0"),
         "/70 | payout months must be above zero"},
        {"payout.interpolation",
         "\"completed_years\"",
         "",
         "\"cubic\"",
         " | unknown interpolation \"cubic\"; expected one of linear, completed_years"},
        {"payout.january_raise", "0.0", "", "10.000001", " | 10.000001" + no_share},
        {"extension.groups", "[]", "", "\"hmt\"", " | expected a list, found a text"},
        {"extension.lump_sum_after", "0", "", "-1", negative},
        {"extension.lump_sum_first_paid_before", "\"2011-07\"", "", "\"2025-13\"", bad_month},
        {"refund.part_year_interest", "false", "", "\"no\"", no_flag},
        {"bridge.open", "false", "", "\"no\"", no_flag},
    };
}

Result<law::RuleBook> with_value(std::string const& key, std::string const& value) {
    return rules::read_rules(
        "x.json",
        R"({"schema": "pensim/rules/1", "id": "x", "title": {"en": "X", "zh": "甲"}, "extends": "law",
            "parameters": {")"
            + key + R"(": [{"from": "2050-01", "value": )" + value + R"(, "source": "s"}]}})",
        tables());
}

} // namespace

TEST_CASE("every key takes its values and refuses others") {
    std::map<std::string, KeyValues> keys;
    for (auto const& part : {place_keys(), money_keys(), pension_keys()}) {
        for (KeyValues const& k : part) {
            keys.emplace(k.key, k);
        }
    }
    std::size_t known = 0;
    law::visit_rules(rules("law"), [&](law::RuleKey const& key, auto const&) {
        ++known;
        CAPTURE(key.name);
        REQUIRE(keys.contains(std::string(key.name)));
        KeyValues const& k = keys.at(std::string(key.name));
        auto const book = with_value(k.key, k.valid);
        REQUIRE(book.has_value());
        law::visit_rules(*book, [&](law::RuleKey const& other, auto const& dated) {
            if (other.name == key.name) {
                CHECK(dated.entries().back().from == YearMonth(2050, 1));
                CHECK(rules::value_json(tables().areas, dated.entries().back().value)
                      == (k.written.empty() ? k.valid : k.written));
            }
        });
        CHECK(faults_of(with_value(k.key, k.invalid))
              == "x.json: /parameters/" + k.key + "/0/value" + k.fault + "\n");
    });
    CHECK(known == keys.size());
}

TEST_CASE("all faults of one value at once") {
    CHECK(
        faults_of(with_value("place.order.hmt", R"(["longst", 5, "last_aera"])"))
        == "x.json: /parameters/place.order.hmt/0/value/0 | unknown criterion \"longst\"; did you "
           "mean \"longest\"?\n"
           "x.json: /parameters/place.order.hmt/0/value/1 | expected a text, found a number\n"
           "x.json: /parameters/place.order.hmt/0/value/2 | unknown criterion \"last_aera\"; did "
           "you mean \"last_area\"?\n");
    CHECK(faults_of(with_value("payout.months", R"({"40": 233, "39": 240})"))
              .find("/0/value | \"41\" is missing\n")
          != std::string::npos);
    CHECK(faults_of(with_value("contribution.base_floor", R"({"*": 0.6, "GDD": 11, "SH": null})"))
          == "x.json: /parameters/contribution.base_floor/0/value/GDD | 11 is no share; expected 0 "
             "to 10 with at most six decimals\n"
             "x.json: /parameters/contribution.base_floor/0/value/GDD | unknown area \"GDD\"; did "
             "you mean \"GD\"?\n"
             "x.json: /parameters/contribution.base_floor/0/value/SH | expected a number, found "
             "null\n");
}

TEST_CASE("an election area may be nobody's, one, or any") {
    struct Case {
        std::string value;
        law::ElectionArea area;
    };
    for (auto const& c : std::vector<Case>{{"null", {false, std::nullopt}},
                                           {"\"any\"", {true, std::nullopt}},
                                           {"\"GD\"", {false, area("GD")}}}) {
        CAPTURE(c.value);
        auto const book = with_value("place.election_area", c.value).value();
        CHECK(book.place.election_area.at({2050, 1}) == c.area);
        CHECK(rules::value_json(tables().areas, c.area) == c.value);
    }
}

} // namespace pensim::test

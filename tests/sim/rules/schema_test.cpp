// The JSON Schemas of scenarios/schema describe what the readers take and the writers give.
#include "tests/sim/schema.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/law/rule_keys.hpp"
#include "sim/cases/case_json.hpp"
#include "sim/cases/decide_case.hpp"
#include "sim/cases/outcome_json.hpp"
#include "sim/rules/rule_files.hpp"
#include "sim/rules/rule_table.hpp"
#include "tests/sim/support.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

using nlohmann::json;

std::vector<data::ShippedFile> shipped_in(std::string_view folder) {
    std::vector<data::ShippedFile> found;
    for (auto const& file : data::shipped_files()) {
        if (file.name.starts_with(folder)) {
            found.push_back(file);
        }
    }
    return found;
}

json outcomes_of(std::string_view text) {
    auto file = cases::read_cases(text, tables()).value();
    auto const decided = cases::decide_file(shipped_law(file.rules.value_or("law")), file);
    json outcomes{{"schema", "pensim/outcomes/1"}, {"outcomes", json::array()}};
    for (std::string const& outcome : decided.outcomes) {
        outcomes["outcomes"].push_back(json::parse(outcome));
    }
    return outcomes;
}

json small_case() {
    return json::parse(R"({"schema": "pensim/cases/1", "persons": [
        {"id": "p", "group": "hong_kong", "sex": "male", "birth": "1966-09",
         "records": [{"area": "GD", "from": "2016-04", "to": "2027-03", "base": 10000}]}]})");
}

} // namespace

TEST_CASE("shipped rule sets keep to their schema, and so does what we write") {
    Schema schema("rules");
    for (auto const& file : shipped_in("rules/")) {
        CAPTURE(file.name);
        CHECK(schema.fault(json::parse(file.content)) == "");
    }
    for (std::string_view const id : rules::shipped_rule_sets()) {
        CAPTURE(id);
        CHECK(schema.fault(json::parse(rules::rules_json(rules(id), tables().areas))) == "");
    }
}

TEST_CASE("the schema of rules knows the keys of the rule book, and no other") {
    Schema const schema("rules");
    auto keys = schema.text()["properties"]["parameters"]["properties"];
    law::visit_rules(rules("law"), [&](law::RuleKey const& key, auto const&) {
        CAPTURE(key.name);
        CHECK(keys.erase(std::string(key.name)) == 1);
    });
    CHECK(keys.empty());
}

TEST_CASE("a broken rule set breaks its schema") {
    Schema schema("rules");
    json const five = json::parse(data::shipped_file("rules/five-years.json").value());
    struct Case {
        std::string why;
        json::json_pointer at;
        json value;
    };
    std::string const entry = "/parameters/place.min_months/0";
    for (auto const& c : std::vector<Case>{
             {"another format", json::json_pointer("/schema"), "pensim/rules/2"},
             {"no id", json::json_pointer("/id"), 5},
             {"an unknown key", json::json_pointer("/extnds"), "law"},
             {"an unknown parameter",
              json::json_pointer("/parameters/place.min_month"),
              json::array()},
             {"a month in words", json::json_pointer(entry + "/from"), "next year"},
             {"month 13", json::json_pointer(entry + "/from"), "2027-13"},
             {"a negative number", json::json_pointer(entry + "/value"), -1},
             {"half a month", json::json_pointer(entry + "/value"), 60.5},
             {"a number in quotes", json::json_pointer(entry + "/value"), "60"},
             {"no source", json::json_pointer(entry + "/source"), ""},
             {"no list", json::json_pointer("/parameters/place.min_months"), 60},
             {"an empty list", json::json_pointer("/parameters/place.min_months"), json::array()},
         }) {
        CAPTURE(c.why);
        json broken = five;
        broken[c.at] = c.value;
        CHECK(schema.fault(broken) != "");
        // What the schema refuses, the reader refuses too.
        CHECK_FALSE(rules::read_rules("x.json", broken.dump(), tables()).has_value());
    }
    for (std::string const key : {"schema", "id", "title", "parameters"}) {
        CAPTURE(key);
        json broken = five;
        broken.erase(key);
        CHECK(schema.fault(broken) != "");
        CHECK_FALSE(rules::read_rules("x.json", broken.dump(), tables()).has_value());
    }
}

TEST_CASE("shipped cases and their outcomes keep to their schemas") {
    Schema cases_schema("cases");
    Schema outcomes_schema("outcomes");
    for (auto const& file : shipped_in("cases/")) {
        CAPTURE(file.name);
        CHECK(cases_schema.fault(json::parse(file.content)) == "");
        CHECK(outcomes_schema.fault(outcomes_of(file.content)) == "");
    }
    // Errors in the place of an outcome.
    json wrong = small_case();
    wrong["persons"][0]["records"][0]["area"] = "GDD";
    CHECK(outcomes_schema.fault(outcomes_of(wrong.dump())) == "");
}

TEST_CASE("a broken case breaks its schema") {
    Schema schema("cases");
    CHECK(schema.fault(small_case()) == "");
    json refused = small_case();
    refused["persons"][0]["expect"]["errors"] =
        json::array({{{"path", "/persons/0/claim"}, {"message", "claim 2023-01 is too early"}}});
    CHECK(schema.fault(refused) == "");
    struct Case {
        std::string why;
        std::string at;
        json value;
    };
    for (auto const& c : std::vector<Case>{
             {"another format", "/schema", "pensim/cases/2"},
             {"an unknown key", "/person", json::array()},
             {"an unknown group", "/persons/0/group", "hongkong"},
             {"an unknown sex", "/persons/0/sex", "m"},
             {"a day is no month", "/persons/0/birth", "1966-09-01"},
             {"an id as a number", "/persons/0/id", 7},
             {"a claim without zero", "/persons/0/claim", "2027-3"},
             {"a flag in quotes", "/persons/0/permanent_resident", "true"},
             {"a base in quotes", "/persons/0/records/0/base", "10000"},
             {"a negative base", "/persons/0/records/0/base", -1},
             {"an unknown kind", "/persons/0/records/0/kind", "freelance"},
             {"an unknown scheme", "/persons/0/records/0/scheme", "employees"},
             {"an unknown key of a record", "/persons/0/records/0/form", "2016-04"},
             {"an unknown event",
              "/persons/0/events",
              json::parse(R"([{"event": "leave", "month": "2020-01"}])")},
             {"an unknown ground",
              "/persons/0/exemptions",
              json::parse(R"([{"ground": "age", "from": "2020-01", "to": "2020-02"}])")},
             {"an unknown election", "/persons/0/elections", json::parse(R"({"stay": true})")},
         }) {
        CAPTURE(c.why);
        json broken = small_case();
        broken[json::json_pointer(c.at)] = c.value;
        CHECK(schema.fault(broken) != "");
        auto const read = cases::read_cases(broken.dump(), tables());
        CHECK((!read || !read->persons[0].problems.empty()));
    }
}

TEST_CASE("a broken outcome breaks its schema") {
    Schema schema("outcomes");
    json const good = outcomes_of(small_case().dump());
    REQUIRE(schema.fault(good) == "");
    // Every field that the writer always gives is required; every field has its form.
    for (auto const& field : good["outcomes"][0].items()) {
        std::string const& key = field.key();
        CAPTURE(key);
        json broken = good;
        broken["outcomes"][0][key] = json::object({{"x", json::array()}});
        CHECK(schema.fault(broken) != "");
        json missing = good;
        missing["outcomes"][0].erase(key);
        CHECK((schema.fault(missing) != "") == (key != "account_balance"));
    }
    json more = good;
    more["outcomes"][0]["more"] = 1;
    CHECK(schema.fault(more) != "");
}

TEST_CASE("the schema of outcomes knows the fields of an outcome, and no other") {
    Schema const schema("outcomes");
    auto fields = schema.text()["definitions"]["outcome"]["properties"];
    for (std::string_view const field : cases::outcome_fields()) {
        CAPTURE(field);
        if (field != "errors") {
            CHECK(fields.erase(std::string(field)) == 1);
        }
    }
    CHECK(fields.empty());
}

} // namespace pensim::test

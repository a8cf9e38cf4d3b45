// scenarios/schema/scenario.schema.json describes what the reader takes.
#include "tests/sim/schema.hpp"

#include <vector>

#include <doctest/doctest.h>

#include "tests/sim/scenario/scenario_texts.hpp"

namespace pensim::test {

namespace {

using nlohmann::json;

struct Wrong {
    std::string why;
    std::string at;
    std::string value; ///< empty: taken away
};

/// What the schema refuses, the reader refuses too.
void check_refused(Schema& schema, Json const& good, std::vector<Wrong> const& cases) {
    REQUIRE(schema.fault(good) == "");
    REQUIRE(faults_of_scenario(good) == "(no problem)\n");
    for (Wrong const& c : cases) {
        CAPTURE(c.why);
        Json const broken = with(good, c.at, c.value);
        CHECK(schema.fault(broken) != "");
        CHECK(faults_of_scenario(broken) != "(no problem)\n");
    }
}

} // namespace

TEST_CASE("shipped scenarios keep to their schema, and name it") {
    Schema schema("scenario");
    for (std::string_view const id : scenario::shipped_scenarios()) {
        CAPTURE(id);
        auto const text = json::parse(data::shipped_file(std::string(id) + ".json").value());
        CHECK(schema.fault(text) == "");
        CHECK(text["$schema"] == "schema/scenario.schema.json");
        CHECK(text["id"] == id);
        // All that a chain of files comes to keeps to it as well.
        auto const whole = scenario::load_scenario(id, tables()).value();
        CHECK(schema.fault(json::parse(whole.text)) == "");
    }
}

TEST_CASE("a broken scenario breaks its schema") {
    Schema schema("scenario");
    std::vector<Wrong> cases{
        {"another format", "/schema", "\"pensim/scenario/2\""},
        {"an unknown key", "/horizn", "{}"},
        {"a number as id", "/id", "5"},
        {"blanks in the id", "/id", "\"a b\""},
        {"one language", "/title/zh", ""},
        {"before there was money", "/horizon/first", "1997"},
        {"half a year", "/horizon/last", "2050.5"},
        {"nobody", "/population/people", "0"},
        {"more than 2^40", "/population/people", "1099511627777"},
        {"both", "/population/calibrated_to", "\"t\""},
        {"neither", "/population/people", ""},
        {"lives in words", "/run/persons", "\"many\""},
        {"a negative seed", "/run/seed", "-1"},
        {"a seed in words", "/run/seed", "\"seed\""},
        {"no replicates", "/run/replicates", "0"},
        {"null where nothing is extended", "/run/replicates", "null"},
        {"a flag in quotes", "/microdata", "\"true\""},
        {"no groups", "/groups", "{}"},
        {"an unknown group", "/groups/a/group", "\"hongkong\""},
        {"a negative share", "/groups/a/male", "-0.1"},
        {"null in a group", "/groups/a/management", "null"},
        {"null in a block", "/groups/a/paying/flexible", "null"},
        {"an unknown key of a group", "/groups/a/femal", "0.5"},
        {"an unknown key of a block", "/groups/a/wage/levle", "1"},
        {"no area", "/groups/a/first_area", ""},
        {"table and shares", "/groups/a/first_area/table", "\"residents\""},
        {"an unknown table", "/groups/a/first_area", R"({"table": "all", "source": "s"})"},
        {"a home",
         "/groups/a/home",
         R"({"at": {"table": "population", "source": "s"}, "source": "s"})"},
        {"a share above 1", "/groups/a/first_area/shares/GD", "1.1"},
        {"an unknown model", "/groups/a/moving/model", "\"flow\""},
        {"flows of no period", "/groups/a/moving/model", "\"flows\""},
        {"places at no rate", "/groups/a/moving/model", "\"places\""},
        {"nationalities", "/groups/a/nationalities", R"({"KOR": 1})"},
        {"nationalities are missing", "/groups/a/group", "\"foreign\""},
        {"a home is missing", "/groups/a/group", "\"mainland\""},
        {"one point", "/groups/a/entry/years", "[[2000, 1]]"},
        {"three numbers", "/groups/a/entry/years/0", "[2000, 1, 1]"},
        {"no age at all", "/groups/a/entry/ages/0/0", "15"},
        {"half a profile", "/groups/a/moving/age_profile", R"({"c": 1, "source": "s"})"},
        {"no months", "/groups/a/exempt", R"({"share": 0.1, "source": "s"})"},
        {"an empty source", "/groups/a/wage/source", "\"\""},
        {"an unknown measure", "/targets/t/measure", "\"paying\""},
        {"a year is no month", "/targets/t/month", "\"2020\""},
        {"an unknown group to count", "/targets/t/groups/0", "\"all\""},
        {"nobody to count", "/targets/t/groups", "[]"},
        {"a target of nothing", "/targets/t/people", ""},
        {"a target in another measure", "/targets/t/measure", "\"insured_by_area\""},
    };
    for (std::string const key :
         {"schema", "id", "title", "horizon", "population", "run", "groups"}) {
        cases.push_back({key + " is missing", "/" + key, ""});
    }
    for (std::string const key :
         {"group", "share", "male", "entry", "moving", "paying", "wage", "mortality", "source"}) {
        cases.push_back({key + " of a group is missing", "/groups/a/" + key, ""});
    }
    for (std::string const block :
         {"entry", "first_area", "moving", "paying", "wage", "mortality"}) {
        cases.push_back({block + " has no source", "/groups/a/" + block + "/source", ""});
    }
    check_refused(schema, whole_scenario(), cases);
}

TEST_CASE("a broken country breaks the schema") {
    Schema schema("scenario");
    std::vector<Wrong> cases{{"one area", "/country/areas", "1"},
                             {"too many", "/country/areas", "2001"},
                             {"sigma", "/country/size_sigma", "2.1"},
                             {"a negative power", "/country/wage_power", "-1"},
                             {"an unknown key", "/country/area", "3"}};
    for (std::string const key : {"areas", "seed", "size_sigma", "destinations", "source"}) {
        cases.push_back({key + " is missing", "/country/" + key, ""});
    }
    check_refused(schema, whole_country(), cases);
}

TEST_CASE("a file that extends another needs only what it changes") {
    Schema schema("scenario");
    for (std::string const lines :
         {R"()",
          R"("run": {"persons": 10})",
          R"("groups": {"macau": {"moving": {"per_year": 0.1}}})",
          R"("population": {"calibrated_to": null, "people": 5, "source": "s"})",
          R"("groups": {"hong_kong": {"leaving": null, "claim": {"early": null}}})",
          R"("targets": null, "population": {"calibrated_to": null, "people": 5})"}) {
        CAPTURE(lines);
        std::string const text = what_if("hmt", lines);
        CHECK(schema.fault(json::parse(text)) == "");
        CHECK(faults_of_scenario(text) == "(no problem)\n");
    }
    for (std::string const lines : {R"("rn": {"persons": 10})",
                                    R"("run": {"persons": "10"})",
                                    R"("run": null)",
                                    R"("groups": {"macau": {"moving": {"per_yaer": 0.1}}})",
                                    R"("groups": {"macau": {"share": 2}})"}) {
        CAPTURE(lines);
        std::string const text = what_if("hmt", lines);
        CHECK(schema.fault(json::parse(text)) != "");
        CHECK(faults_of_scenario(text) != "(no problem)\n");
    }
}

} // namespace pensim::test

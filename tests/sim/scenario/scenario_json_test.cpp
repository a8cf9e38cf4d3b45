#include "sim/scenario/scenario_json.hpp"

#include <vector>

#include <doctest/doctest.h>

#include "tests/sim/scenario/scenario_texts.hpp"

namespace pensim::test {

namespace {

void check_scenario(Json const& good, std::vector<Planted> const& cases) {
    REQUIRE(faults_of_scenario(good) == "(no problem)\n");
    for (Planted const& c : cases) {
        CAPTURE(c.why);
        CHECK(faults_of_scenario(with(good, c.at, c.value)) == c.faults);
    }
}

std::string const a_target = R"({"measure": "insured_by_area", "month": "2020-12",
    "groups": ["hong_kong"], "places": {"table": "residents", "source": "s"}, "source": "s"})";

} // namespace

TEST_CASE("every shipped scenario loads") {
    auto const ids = scenario::shipped_scenarios();
    CHECK(ids
          == std::vector<std::string_view>{"country400", "foreigners", "hmt", "national", "small"});
    for (std::string_view const id : ids) {
        CAPTURE(id);
        auto const loaded = scenario::load_scenario(id, tables());
        REQUIRE(faults_of(loaded) == "(no problem)\n");
        CHECK(loaded->id == id);
        CHECK_FALSE(loaded->title_en.empty());
        CHECK_FALSE(loaded->title_zh.empty());
    }
}

TEST_CASE("the head of a scenario") {
    check_scenario(
        whole_scenario(),
        {{"no id", "/id", "", "x.json | \"id\" is missing\n"},
         {"no id at all",
          "/id",
          "\"\"",
          "x.json: /id | \"\" is no id; expected letters, digits, \".\", \"_\" and \"-\", a "
          "letter or "
          "digit first\n"},
         {"one language", "/title/zh", "", "x.json: /title | \"zh\" is missing\n"},
         {"an unknown key",
          "/horizn",
          "1",
          "x.json: /horizn | unknown key \"horizn\"; did you mean \"horizon\"?\n"},
         {"a flag in quotes",
          "/microdata",
          "\"yes\"",
          "x.json: /microdata | expected true or false, found a text\n"},
         {"before 1998",
          "/horizon/first",
          "1997",
          "x.json: /horizon/first | 1997: expected a whole number from 1998 to 2199\n"},
         {"backwards",
          "/horizon",
          R"({"first": 2050, "last": 2049})",
          "x.json: /horizon/last | 2049 lies before the first year, 2050\n"},
         {"one year wrong says nothing of the other",
          "/horizon",
          R"({"first": 2150, "last": "never"})",
          "x.json: /horizon/last | expected a number, found a text\n"},
         {"a table that is missing", "/run", "", "x.json | \"run\" is missing\n"},
         {"a list of groups",
          "/groups",
          "[]",
          "x.json: /groups | expected an object, found a list\n"},
         {"no groups", "/groups", "{}", "x.json: /groups | expected at least one group\n"},
         {"groups that do not add up",
          "/groups/a/share",
          "0.75",
          "x.json: /groups | shares add up to 0.75, expected 1\n"}});
    CHECK(faults_of_scenario(std::string(R"({"schema": "pensim/scenario/1"})"))
          == "x.json | \"id\" is missing\nx.json | \"title\" is missing\n"
             "x.json | \"horizon\" is missing\nx.json | \"population\" is missing\n"
             "x.json | \"run\" is missing\nx.json | \"groups\" is missing\n");
}

TEST_CASE("people, lives and seeds") {
    std::string const two_to_40 = "1099511627776";
    CHECK(faults_of_scenario(with(whole_scenario(), "/population/people", two_to_40))
          == "(no problem)\n");
    check_scenario(
        whole_scenario(),
        {{"more people than 2^40",
          "/population/people",
          "1099511627777",
          "x.json: /population/people | 1099511627777: expected a whole number from 1 to "
              + two_to_40 + "\n"},
         {"nobody",
          "/population/people",
          "0",
          "x.json: /population/people | 0: expected a whole number from 1 to " + two_to_40 + "\n"},
         {"neither people nor target",
          "/population/people",
          "",
          "x.json: /population | expected one of \"people\" and \"calibrated_to\"\n"},
         {"both",
          "/population/calibrated_to",
          "\"t\"",
          "x.json: /population | expected one of \"people\" and \"calibrated_to\"\n"},
         {"more lives than 2^40",
          "/run/persons",
          "10000000000000",
          "x.json: /run/persons | 10000000000000: expected a whole number from 1 to " + two_to_40
              + "\n"},
         {"a seed in words",
          "/run/seed",
          "\"seed\"",
          "x.json: /run/seed | expected a number, found a text\n"},
         {"half a seed",
          "/run/seed",
          "0.5",
          "x.json: /run/seed | 0.5: expected a whole number from 0 to 18446744073709551615\n"},
         {"no seed", "/run/seed", "", "x.json: /run | \"seed\" is missing\n"},
         {"no replicate",
          "/run/replicates",
          "0",
          "x.json: /run/replicates | 0: expected a whole number from 1 to 100000\n"},
         {"an unknown key",
          "/run/thread",
          "1",
          "x.json: /run/thread | unknown key \"thread\"; did you mean \"threads\"?\n"}});
}

TEST_CASE("a population that meets a target") {
    auto const calibrated = [](std::string const& id) {
        return with(whole_scenario(),
                    "/population",
                    R"({"calibrated_to": ")" + id + R"(", "source": "s"})");
    };
    CHECK(faults_of_scenario(calibrated("t")) == "(no problem)\n");
    std::string const at = "x.json: /population/calibrated_to | ";
    CHECK(faults_of_scenario(with(calibrated("insured-2021"),
                                  "/targets/insured-2020",
                                  whole_scenario()["targets"]["t"].dump()))
          == at + "unknown target \"insured-2021\"; did you mean \"insured-2020\"?\n");
    CHECK(faults_of_scenario(calibrated("other"))
          == at + "unknown target \"other\"; expected one of t\n");
    std::string const none = at + "\"t\" is no target; none has the measure \"insured\"\n";
    CHECK(faults_of_scenario(with(calibrated("t"), "/targets", "")) == none);
    CHECK(faults_of_scenario(with(calibrated("t"), "/targets/t", a_target)) == none);
}

TEST_CASE("targets") {
    std::string const at = "x.json: /targets/t";
    check_scenario(
        whole_scenario(),
        {{"no object", "/targets", "[]", "x.json: /targets | expected an object, found a list\n"},
         {"an unknown measure",
          "/targets/t/measure",
          "\"insurd\"",
          at + "/measure | unknown measure \"insurd\"; did you mean \"insured\"?\n"},
         {"no month",
          "/targets/t/month",
          "",
          at + " | \"month\" is missing: such as \"2020-12\"\n"},
         {"no month either",
          "/targets/t/month",
          "\"2020\"",
          at + "/month | \"2020\" is no month; expected YYYY-MM from 1900-01 to 2199-12\n"},
         {"nobody to count",
          "/targets/t/groups",
          "",
          at + " | \"groups\" is missing: whom to count\n"},
         {"an empty list",
          "/targets/t/groups",
          "[]",
          at + "/groups | expected at least one group\n"},
         {"an unknown group, and one twice",
          "/targets/t/groups",
          R"(["macao", "macau", "macau"])",
          at + "/groups/0 | unknown group \"macao\"; did you mean \"macau\"?\n" + at
              + "/groups/2 | \"macau\" stands here twice\n"},
         {"of nobody",
          "/targets/t/people",
          "",
          at + " | \"people\" is missing: how many there are known to be\n"},
         {"shares that do not add up",
          "/targets/t",
          replaced(a_target, R"("table": "residents")", R"("shares": {"GD": 0.5, "FJ": 0.4})"),
          at + "/places/shares | shares add up to 0.9, expected 1\n"},
         {"no places",
          "/targets/t",
          replaced(a_target, "\"places\"", "\"palces\""),
          at + "/palces | unknown key \"palces\"; did you mean \"places\"?\n" + at
              + " | \"places\" is missing: the shares known by area\n"},
         {"movers of no matrix",
          "/targets/t",
          R"({"measure": "movers_by_area", "source": "s"})",
          at + " | \"month\" is missing: such as \"2020-12\"\n" + at
              + " | \"period\" is missing: the matrix to compare with\n"},
         {"movers before there was anywhere",
          "/targets/t",
          R"({"measure": "movers_by_area", "month": "1904-12", "period": "2015-2020", "source": "s"})",
          at + " | 1904-12 is too early: movers are asked where they were five years before\n"},
         {"a forecast from nothing",
          "/targets/t",
          R"({"measure": "forecast", "period": "2015-2020", "source": "s"})",
          at + " | \"known\" is missing: two or more earlier matrices\n"},
         {"a forecast from one",
          "/targets/t",
          R"({"measure": "forecast", "period": "2015-2020", "known": ["2000-2005"], "source": "s"})",
          at + "/known | expected two or more earlier matrices\n"},
         {"no source", "/targets/t/source", "", at + " | \"source\" is missing\n"}});
}

TEST_CASE("a run watches the moves to one month") {
    std::string const movers =
        R"({"measure": "movers_by_area", "month": "2020-11", "period": "2015-2020", "source": "s"})";
    Json scenario = with(whole_scenario(), "/targets/m", movers);
    CHECK(faults_of_scenario(with(scenario, "/targets/n", movers)) == "(no problem)\n");
    CHECK(faults_of_scenario(with(scenario, "/targets/n", replaced(movers, "2020-11", "2010-11")))
          == "x.json: /targets/n | expected 2020-11 as in \"m\": a run watches the moves to one "
             "month\n");
}

TEST_CASE("a country of one's own") {
    std::string const at = "x.json: /country";
    check_scenario(
        whole_country(),
        {{"everything",
          "/country",
          "{}",
          [&] {
              std::string faults;
              for (std::string const key : {"areas",
                                            "seed",
                                            "size_sigma",
                                            "wage_sigma",
                                            "moving_per_year",
                                            "distance_power",
                                            "wage_power",
                                            "destinations",
                                            "source"}) {
                  faults += at + " | \"" + key + "\" is missing\n";
              }
              return faults;
          }()},
         {"no object", "/country", "[]", at + " | expected an object, found a list\n"},
         {"too large",
          "/country/areas",
          "2001",
          at + "/areas | 2001: expected a whole number from 2 to 2000\n"},
         {"a negative spread",
          "/country/size_sigma",
          "-1",
          at + "/size_sigma | -1: expected a standard deviation of the logarithm from 0 to 2\n"},
         {"a power",
          "/country/wage_power",
          "6",
          at + "/wage_power | 6: expected a power from 0 to 5\n"},
         {"movers of the provinces",
          "/targets",
          R"({"m": {"measure": "movers_by_area", "month": "2020-11", "period": "2015-2020",
                    "source": "s"}})",
          "x.json: /targets/m/measure | matrices are those of the provinces; a country of one's "
          "own "
          "has none\n"}});
}

TEST_CASE("all faults of a scenario at once, doubled keys among them") {
    CHECK(faults_of_scenario(std::string(R"({
        "schema": "pensim/scenario/1", "id": "x", "id": "y", "title": {"en": "X", "en": "Y"},
        "horizon": {"first": 1990, "last": 2050}, "population": {"peopel": 5, "source": ""},
        "run": {"persons": 10, "seed": "one"}, "rules": 7,
        "groups": {"a": {"group": "hong_kong", "share": -1, "share": 1}}, "gruops": {}})"))
          == "x.json: /id | key \"id\" stands here twice\n"
             "x.json: /title/en | key \"en\" stands here twice\n"
             "x.json: /groups/a/share | key \"share\" stands here twice\n"
             "x.json: /rules | expected a text, found a number\n"
             "x.json: /title | \"zh\" is missing\n"
             "x.json: /horizon/first | 1990: expected a whole number from 1998 to 2199\n"
             "x.json: /population/source | is empty; say where it is from, or that it is an "
             "assumption\n"
             "x.json: /population | expected one of \"people\" and \"calibrated_to\"\n"
             "x.json: /population/peopel | unknown key \"peopel\"; did you mean \"people\"?\n"
             "x.json: /run/seed | expected a number, found a text\n"
             "x.json: /groups/a | \"male\" is missing\n"
             "x.json: /groups/a | \"entry\" is missing\n"
             "x.json: /groups/a | \"moving\" is missing\n"
             "x.json: /groups/a | \"paying\" is missing\n"
             "x.json: /groups/a | \"wage\" is missing\n"
             "x.json: /groups/a | \"mortality\" is missing\n"
             "x.json: /groups/a | \"source\" is missing\n"
             "x.json: /groups/a | \"first_area\" is missing: where people begin to pay\n"
             "x.json: /gruops | unknown key \"gruops\"; did you mean \"groups\"?\n");
}

} // namespace pensim::test

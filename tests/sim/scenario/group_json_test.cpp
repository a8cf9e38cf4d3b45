#include "sim/scenario/group_json.hpp"

#include <doctest/doctest.h>

#include "tests/sim/scenario/scenario_texts.hpp"

namespace pensim::test {

namespace {

std::string const at = "x.json: /groups/a";

void check_group(Json const& good, std::vector<Planted> const& cases) {
    REQUIRE(faults_of_scenario(good) == "(no problem)\n");
    for (Planted const& c : cases) {
        CAPTURE(c.why);
        CHECK(faults_of_scenario(with(good, "/groups/a" + c.at, c.value)) == c.faults);
    }
}

} // namespace

TEST_CASE("a group is read key for key") {
    Json text = whole_scenario();
    Json& group = text["groups"]["a"];
    group["management"] = 0.25;
    group["moving"] = Json::parse(
        R"({"model": "places", "per_year": 0.02, "return_home_per_year": 0.3, "leaves_money": 0.4,
            "source": "m"})");
    group["paying"] = Json::parse(
        R"({"self_employed": 0.1, "flexible": 0.2, "gap_per_year": 0.3, "gap_months": 4,
            "source": "p"})");
    group["leaving"] = Json::parse(
        R"({"per_year": 0.05, "ends_relation": 0.6, "comes_back": 0.7, "away_months": 8,
            "source": "l"})");
    group["exempt"] = Json::parse(R"({"share": 0.1, "months": 36, "source": "e"})");
    group["claim"] = Json::parse(R"({"early": 0.1, "late": 0.2, "source": "c"})");
    group["when_short"] = Json::parse(
        R"({"extends": 0.1, "lump_sum": 0.2, "resident_scheme": 0.3, "ends_relation": 0.4,
            "elects_last_area": 0.5, "source": "w"})");
    auto const read = scenario::read_scenario("x.json", "", text.dump(), tables());
    REQUIRE(faults_of(read) == "(no problem)\n");
    world::GroupSpec const& spec = read->groups.at(0);
    CHECK(spec.name == "a");
    CHECK(spec.group == Group::hong_kong);
    CHECK(spec.management == 0.25);
    CHECK(spec.first_area.weights.at(row(area("GD"))) == 0.6);
    CHECK(spec.first_area.weights.at(row(area("SH"))) == 0);
    CHECK(spec.moving.model == world::MovingSpec::Model::places);
    CHECK(spec.moving.per_year == 0.02);
    CHECK(spec.moving.return_home_per_year == 0.3);
    CHECK(spec.moving.leaves_money == 0.4);
    CHECK(spec.paying.flexible == 0.2);
    CHECK(spec.paying.gap_months == 4);
    CHECK(spec.leaving.comes_back == 0.7);
    CHECK(spec.exempt.months == 36);
    CHECK(spec.claim.late == 0.2);
    CHECK(spec.when_short.resident_scheme == 0.3);
    CHECK(spec.when_short.elects_last_area == 0.5);
    CHECK(spec.mortality.table == "HK");
    CHECK(spec.when_short.source == "w");
}

TEST_CASE("shares: negative, missing, not adding up") {
    check_group(whole_scenario(),
                {{"negative", "/male", "-0.1", at + "/male | -0.1: expected a share from 0 to 1\n"},
                 {"above 1", "/male", "1.5", at + "/male | 1.5: expected a share from 0 to 1\n"},
                 {"missing", "/male", "", at + " | \"male\" is missing\n"},
                 {"a negative share of an area",
                  "/first_area/shares",
                  R"({"GD": 1.2, "FJ": -0.2})",
                  at + "/first_area/shares/GD | 1.2: expected a share from 0 to 1\n" + at
                      + "/first_area/shares/FJ | -0.2: expected a share from 0 to 1\n"},
                 {"areas do not add up",
                  "/first_area/shares/FJ",
                  "0.3",
                  at + "/first_area/shares | shares add up to 0.9, expected 1\n"},
                 {"no area at all",
                  "/first_area/shares",
                  "{}",
                  at + "/first_area/shares | shares add up to 0, expected 1\n"},
                 {"kinds of paying",
                  "/paying",
                  R"({"self_employed": 0.6, "flexible": 0.6, "source": "s"})",
                  at + "/paying | shares add up to 1.2, more than 1\n"},
                 {"what people short of months do",
                  "/when_short",
                  R"({"extends": 0.5, "lump_sum": 0.3, "resident_scheme": 0.2, "ends_relation": 0.1,
              "source": "s"})",
                  at + "/when_short | shares add up to 1.1, more than 1\n"},
                 {"claims",
                  "/claim",
                  R"({"early": 0.7, "late": 0.7, "source": "s"})",
                  at + "/claim | shares add up to 1.4, more than 1\n"}});
}

TEST_CASE("unknown words, with the nearest") {
    check_group(
        whole_scenario(),
        {{"area",
          "/first_area/shares",
          R"({"GDD": 0.6, "FJ": 0.4})",
          at + "/first_area/shares/GDD | unknown area \"GDD\"; did you mean \"GD\"?\n"},
         {"table",
          "/first_area",
          R"({"table": "resident", "source": "s"})",
          at + "/first_area/table | unknown table \"resident\"; did you mean \"residents\"?\n"},
         {"group",
          "/group",
          "\"hongkong\"",
          at + "/group | unknown group \"hongkong\"; did you mean \"hong_kong\"?\n"},
         {"model",
          "/moving/model",
          "\"flow\"",
          at + "/moving/model | unknown model \"flow\"; did you mean \"flows\"?\n"},
         {"key of a group",
          "/mangement",
          "0.5",
          at + "/mangement | unknown key \"mangement\"; did you mean \"management\"?\n"},
         {"key of a block",
          "/paying/flexibel",
          "0.5",
          at + "/paying/flexibel | unknown key \"flexibel\"; did you mean \"flexible\"?\n"}});
}

TEST_CASE("what a group needs, and what it has not") {
    check_group(
        whole_scenario(),
        {{"no object",
          "",
          "7",
          at
              + " | expected an object, found a number\nx.json: /groups | shares add up to 0, "
                "expected 1\n"},
         {"nothing in it",
          "",
          "{}",
          at + " | \"group\" is missing\n" + at + " | \"share\" is missing\n" + at
              + " | \"male\" is missing\n" + at + " | \"entry\" is missing\n" + at
              + " | \"moving\" is missing\n" + at + " | \"paying\" is missing\n" + at
              + " | \"wage\" is missing\n" + at + " | \"mortality\" is missing\n" + at
              + " | \"source\" is missing\nx.json: /groups | shares add up to 0, expected 1\n"},
         {"no source", "/wage/source", "", at + "/wage | \"source\" is missing\n"},
         {"no area",
          "/first_area",
          "",
          at + " | \"first_area\" is missing: where people begin to pay\n"},
         {"a mainlander's home",
          "/home",
          R"({"at": {"shares": {"GD": 1}, "source": "s"}, "source": "s"})",
          at + " | \"home\" is for mainland residents, who have a hukou\n"},
         {"neither table nor shares",
          "/first_area",
          R"({"source": "s"})",
          at + "/first_area | expected \"shares\" by area, or a \"table\"\n"},
         {"both",
          "/first_area/table",
          "\"residents\"",
          at + "/first_area | \"table\" and \"shares\" exclude each other\n"},
         {"nationalities of others",
          "/nationalities",
          R"({"KOR": 1})",
          at + " | \"nationalities\" are for foreigners only\n"},
         {"foreigners from nowhere",
          "/group",
          "\"foreign\"",
          at + " | \"nationalities\" is missing: weights by country, such as {\"KOR\": 1}\n"},
         {"mainlanders without hukou",
          "/group",
          "\"mainland\"",
          at + " | \"home\" is missing: the hukou areas of mainland residents\n" + at
              + " | \"first_area\" follows from \"home\" for mainland residents\n"},
         {"flows without a matrix",
          "/moving/model",
          "\"flows\"",
          at + "/moving | model \"flows\" needs \"period\", such as \"2015-2020\"\n"},
         {"places without a rate",
          "/moving/model",
          "\"places\"",
          at + "/moving | model \"places\" needs \"per_year\", the rate of moves\n"},
         {"gravity on the ground",
          "/moving/model",
          "\"gravity\"",
          at + "/moving/model | \"gravity\" is for a fictitious country; expected \"flows\"\n"},
         {"gaps of no length",
          "/paying/gap_per_year",
          "0.1",
          at + "/paying | \"gap_per_year\" needs \"gap_months\", the mean length of a gap\n"},
         {"away for no time",
          "/leaving",
          R"({"per_year": 0.1, "comes_back": 0.5, "source": "s"})",
          at + "/leaving | \"comes_back\" needs \"away_months\", the mean time away\n"},
         {"half a month",
          "/exempt",
          R"({"share": 0.1, "months": 36.5, "source": "s"})",
          at + "/exempt/months | 36.5: expected a whole number from 1 to 600\n"}});
}

TEST_CASE("entries and profiles that nothing can be drawn from") {
    std::string const profile =
        R"({"a1": 0, "alpha1": 0, "a2": 0, "alpha2": 0, "mu2": 0, "lambda2": 0, "c": 0,
            "source": "s"})";
    std::string const untamed = " | expected a profile above zero from 20 to 59, and nowhere above "
                                "a thousand times its mean there\n";
    std::string const place = at + "/moving/age_profile";
    check_group(
        whole_scenario(),
        {{"within a month",
          "/entry/years",
          "[[2000, 0], [2000.001, 1]]",
          at + "/entry/years | expected a height above a millionth in some month\n"},
         {"hardly anybody",
          "/entry/ages",
          "[[20, 1e-9], [30, 1e-9]]",
          at + "/entry/ages | expected a height above a millionth in some month\n"},
         {"born too early",
          "/entry",
          R"({"years": [[1950, 1], [1960, 1]], "ages": [[20, 1], [60, 1]], "source": "s"})",
          at + "/entry | lives may last from 1890 to 2050; the calendar goes from 1900 to 2199\n"},
         {"dead too late",
          "/entry/years",
          "[[2020, 1], [2110, 1]]",
          at + "/entry/years/1/0 | 2110: expected a year from 1950 to 2100\n"},
         {"nobody moves at any age", "/moving/age_profile", profile, place + untamed},
         {"beyond all measure",
          "/moving/age_profile",
          replaced(
              replaced(profile, R"("a1": 0)", R"("a1": 1)"), R"("alpha1": 0)", R"("alpha1": -100)"),
          place + untamed},
         {"a profile with holes",
          "/moving/age_profile",
          R"({"c": 1, "source": "s"})",
          place + " | \"a1\" is missing\n" + place + " | \"alpha1\" is missing\n" + place
              + " | \"a2\" is missing\n" + place + " | \"alpha2\" is missing\n" + place
              + " | \"mu2\" is missing\n" + place + " | \"lambda2\" is missing\n"},
         {"wages beyond all measure",
          "/wage",
          R"({"level": 11, "person_sigma": 1.6, "ages": [[20, 11], [30, 1]], "source": "s"})",
          at + "/wage/level | 11: expected a factor from 0 to 10\n" + at
              + "/wage/person_sigma | 1.6: expected a standard deviation of the logarithm from 0 "
                "to "
                "1.5\n"
              + at + "/wage/ages/0/1 | 11: expected a height from 0 to 10\n"}});
}

TEST_CASE("foreigners and their countries") {
    Json good = whole_scenario();
    good["groups"]["a"]["group"] = "foreign";
    good["groups"]["a"]["nationalities"] = Json::parse(R"({"KOR": 3, "USA": 1})");
    check_group(
        good,
        {{"unknown country",
          "/nationalities",
          R"({"KOS": 1})",
          at
              + "/nationalities/KOS | unknown nationality \"KOS\"; did you mean \"KOR\"? "
                "(ISO 3166-1 alpha-3)\n"},
         {"no weight",
          "/nationalities/KOR",
          "0",
          at + "/nationalities/KOR | 0: expected a weight above 0\n"},
         {"nobody",
          "/nationalities",
          "{}",
          at + R"(/nationalities | expected weights by country, such as {"KOR": 1})" + "\n"},
         {"no object",
          "/nationalities",
          "[]",
          at + "/nationalities | expected an object, found a list\n"}});
}

TEST_CASE("mainland residents begin where their hukou is") {
    Json good = with(whole_scenario(), "/groups/a/group", "\"mainland\"");
    good = with(good, "/groups/a/first_area", "");
    good = with(
        good, "/groups/a/home", R"({"at": {"table": "population", "source": "s"}, "source": "s"})");
    check_group(
        good,
        {{"exempt at home",
          "/exempt",
          R"({"share": 0.1, "months": 12, "source": "s"})",
          at + " | \"exempt\" is for people insured abroad or at home outside the mainland\n"},
         {"home nowhere", "/home/at", "", at + "/home | \"at\" is missing\n"},
         {"a country that is not there",
          "/home/at/table",
          "\"country\"",
          at + "/home/at/table | \"country\" is for a fictitious country\n"}});
}

TEST_CASE("a country of one's own has its own areas, table and moves") {
    check_group(
        whole_country(),
        {{"an area that it has not",
          "/home/at/shares",
          R"({"A004": 1})",
          at + "/home/at/shares/A004 | unknown area \"A004\"; did you mean \"A001\"?\n"},
         {"a table of the provinces",
          "/home/at",
          R"({"table": "population", "source": "s"})",
          at + "/home/at/table | a country of one's own has one table: \"country\"\n"},
         {"flows of the provinces",
          "/moving",
          R"({"model": "flows", "period": "2015-2020", "source": "s"})",
          at
              + "/moving/model | \"flows\" are those of the provinces; a country of one's own "
                "takes \"gravity\"\n"}});
    // Whose areas nobody knows, because it is wrong itself: they are not held against the
    // provinces.
    CHECK(faults_of_scenario(with(whole_country(), "/country/areas", "1"))
          == "x.json: /country/areas | 1: expected a whole number from 2 to 2000\n");
}

} // namespace pensim::test

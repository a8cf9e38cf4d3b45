#include "sim/scenario/simulation.hpp"

#include <doctest/doctest.h>

#include "tests/sim/scenario/scenario_texts.hpp"

namespace pensim::test {

namespace {

using Prepared = Result<std::unique_ptr<scenario::Simulation>>;

/// Of a text that stands in `folder`, if any, with tables of one's own in `data`, if any.
Prepared prepared(std::string const& text,
                  std::string const& folder = "",
                  data::TableSource const& source = {}) {
    std::string const name = folder.empty() ? "x.json" : folder + "/x.json";
    return scenario::read_scenario(name, folder, text, tables())
        .and_then([&](scenario::Scenario read) {
            return scenario::prepare(std::move(read), source, {});
        });
}

std::string faults_of_prepared(Json const& scenario) {
    return faults_of(prepared(scenario.dump()));
}

void check_prepared(Json const& good, std::vector<Planted> const& cases) {
    REQUIRE(faults_of_prepared(good) == "(no problem)\n");
    for (Planted const& c : cases) {
        CAPTURE(c.why);
        CHECK(faults_of_prepared(with(good, c.at, c.value)) == c.faults);
    }
}

/// The shipped table without its lines that begin so.
std::string table_without(std::string const& table, std::string_view beginning) {
    std::string const text = std::string(data::shipped_file("data/" + table).value());
    std::string kept;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const end = text.find('\n', at) + 1;
        std::string const line = text.substr(at, end - at);
        kept += line.starts_with(beginning) ? "" : line;
        at = end;
    }
    return kept;
}

std::string const forecast = R"({"measure": "forecast", "period": "2015-2020",
    "known": ["2000-2005", "2005-2010"], "source": "s"})";

} // namespace

TEST_CASE("a small scenario is ready") {
    auto const simulation = prepared(whole_scenario().dump());
    REQUIRE(faults_of(simulation) == "(no problem)\n");
    CHECK((*simulation)->people == 1000);
    CHECK((*simulation)->weight() == 100);
    CHECK((*simulation)->world.group_names == std::vector<std::string>{"a"});
    CHECK((*simulation)->law->book().id == "law");
    CHECK((*simulation)->targets.size() == 1);
    CHECK(faults_of_prepared(whole_country()) == "(no problem)\n");
}

TEST_CASE("more groups than memory should hold the moves of") {
    Json country = whole_country();
    country["country"]["areas"] = 2000;
    Json group = country["groups"]["a"];
    group["share"] = 0.0625;
    for (int i = 0; i < 16; ++i) {
        country["groups"][i == 0 ? "a" : "b" + std::to_string(i)] = group;
    }
    CHECK(faults_of_prepared(country)
          == "x.json: /groups | 16 groups; expected at most 10 with 2000 areas\n");
    country["country"]["areas"] = 3;
    CHECK(faults_of_prepared(country) == "(no problem)\n");
}

TEST_CASE("words that a table or the rules have not, with the nearest") {
    std::string const moving = R"({"model": "flows", "period": "2010-2015", "margins": "2015-2021",
                                   "source": "s"})";
    check_prepared(
        whole_scenario(),
        {{"life table",
          "/groups/a/mortality/table",
          "\"HKK\"",
          "x.json: /groups/a/mortality/table | unknown life table \"HKK\"; did you mean \"HK\"?\n"},
         {"periods",
          "/groups/a/moving",
          moving,
          "x.json: /groups/a/moving/period | unknown period \"2010-2015\"; did you mean "
          "\"2000-2005\"?\n"
          "x.json: /groups/a/moving/margins | unknown period \"2015-2021\"; did you mean "
          "\"2015-2020\"?\n"},
         {"births are no moves of five years",
          "/groups/a/moving",
          R"({"model": "flows", "period": "birth-2010", "source": "s"})",
          "x.json: /groups/a/moving/period | \"birth-2010\" does not compare two places five years "
          "apart\n"},
         {"rules",
          "/rules",
          "\"lwa\"",
          "x.json: /rules | unknown rule set \"lwa\"; did you mean \"law\"? A file ends in "
          ".json.\n"},
         {"a file of rules",
          "/rules",
          "\"mine.json\"",
          "x.json: /rules | \"mine.json\" is not there; it stands beside this file\n"},
         {"an area that the rules do not know as one",
          "/groups/a/first_area/shares",
          R"({"GD": 0.5, "XPCC": 0.5})",
          "x.json: /groups/a/first_area | XPCC is no area of its own under the rules \"law\"\n"},
         {"movers",
          "/targets/t",
          R"({"measure": "movers_by_area", "month": "2020-11", "period": "2015-200", "source": "s"})",
          "x.json: /targets/t/period | unknown period \"2015-200\"; did you mean \"2015-2020\"?\n"},
         {"a forecast from births",
          "/targets/t",
          replaced(forecast, "2000-2005", "birth-2000"),
          "x.json: /targets/t/known/0 | \"birth-2000\" does not compare two places five years "
          "apart\n"},
         {"a forecast out of order",
          "/targets/t",
          replaced(forecast, "2000-2005", "2015-2020"),
          "x.json: /targets/t/known/0 | 2015-2020 is not over when 2015-2020 begins\n"
          "x.json: /targets/t/known/1 | 2005-2010 does not come after the one before\n"}});
    CHECK(faults_of_prepared(with(with(whole_scenario(), "/rules", "\"xpcc\""),
                                  "/groups/a/first_area/shares",
                                  R"({"GD": 0.5, "XPCC": 0.5})"))
          == "(no problem)\n");
}

TEST_CASE("all faults at once, each in the file that says so") {
    TemporaryFolder const folder;
    folder.file("base.json", with(whole_scenario(), "/groups/a/mortality/table", "\"HKK\"").dump());
    CHECK(faults_of(prepared(what_if("base.json",
                                     R"("rules": "lwa", "targets": {"f": )"
                                         + replaced(forecast, "2000-2005", "2000-2006") + "}"),
                             folder.path()))
          == folder.path("x.json")
                 + ": /rules | unknown rule set \"lwa\"; did you mean \"law\"? A file ends in "
                   ".json.\n"
                 + folder.path("base.json")
                 + ": /groups/a/mortality/table | unknown life table \"HKK\"; did you mean "
                   "\"HK\"?\n"
                 + folder.path("x.json")
                 + ": /targets/f/known/0 | unknown period \"2000-2006\"; did you mean "
                   "\"2000-2005\"?\n");
}

TEST_CASE("a file of rules has its own faults") {
    TemporaryFolder const folder;
    std::string const rules = folder.file("mine.json", R"({"schema": "pensim/rules/1", "id": "mine",
        "extends": "law", "title": {"en": "M", "zh": "甲"}, "parameters": {"place.tei": []}})");
    CHECK(
        faults_of(prepared(with(whole_scenario(), "/rules", "\"mine.json\"").dump(), folder.path()))
        == rules
               + ": /parameters/place.tei | unknown parameter \"place.tei\"; did you mean "
                 "\"place.tie\"?\n");
}

TEST_CASE("people who follow from a target") {
    auto const calibrated = [](std::string const& month, std::string const& people) {
        Json scenario =
            with(whole_scenario(), "/population", R"({"calibrated_to": "t", "source": "s"})");
        scenario = with(scenario, "/targets/t/month", "\"" + month + "\"");
        return with(scenario, "/targets/t/people", people);
    };
    auto const ready = prepared(calibrated("2019-06", "500").dump());
    REQUIRE(faults_of(ready) == "(no problem)\n");
    CHECK((*ready)->people >= 500);
    CHECK((*ready)->people < 1000);
    CHECK(faults_of_prepared(calibrated("2009-12", "500"))
          == "x.json: /population/calibrated_to | nobody of 65536 simulated people pays in "
             "2009-12\n");
    // Of all people hardly any pay that early: too many would follow.
    auto const faults = faults_of_prepared(calibrated("2010-01", "1e12"));
    CHECK(faults.starts_with("x.json: /population/calibrated_to | "));
    CHECK(faults.ends_with(" people would meet the target; expected 1 to 1099511627776\n"));
}

TEST_CASE("the table of a target is that of all whom it counts") {
    auto const shares = [](std::string const& groups) {
        auto const simulation = prepared(
            with(whole_scenario(),
                 "/targets/t",
                 R"({"measure": "insured_by_area", "month": "2020-12", "groups": )" + groups
                     + R"(, "places": {"table": "residents", "source": "s"}, "source": "s"})")
                .dump());
        return simulation.value()->targets.at(0).shares;
    };
    auto const hong_kong = shares(R"(["hong_kong"])");
    auto const taiwan = shares(R"(["taiwan"])");
    auto const both = shares(R"(["hong_kong", "taiwan"])");
    double sum = 0;
    for (std::size_t i = 0; i < both.size(); ++i) {
        CHECK(both[i] >= std::min(hong_kong[i], taiwan[i]) - 1e-12);
        CHECK(both[i] <= std::max(hong_kong[i], taiwan[i]) + 1e-12);
        sum += both[i];
    }
    CHECK(sum == doctest::Approx(1));
    CHECK(both[row(area("GD"))] < hong_kong[row(area("GD"))]);
}

TEST_CASE("moves of a country, times a factor") {
    Json country = with(whole_country(), "/country/moving_per_year", "6");
    CHECK(faults_of_prepared(with(country, "/groups/a/moving/scale", "2")) == "(no problem)\n");
    CHECK(faults_of_prepared(with(country, "/groups/a/moving/scale", "3"))
          == "x.json: /groups/a/moving/scale | more than everybody would leave an area within a "
             "month\n");
}

TEST_CASE("tables with holes") {
    TemporaryFolder const folder;
    data::TableSource const source(folder.path());
    folder.file("migration.csv", table_without("migration.csv", "2015-2020,GD,SH,"));
    // Told once, although group and target use it; and not at all by those who do not.
    Json scenario = with(whole_scenario(),
                         "/groups/a/moving",
                         R"({"model": "flows", "period": "2005-2010", "source": "s"})");
    scenario = with(scenario, "/targets/f", forecast);
    CHECK(faults_of(prepared(scenario.dump(), "", source))
          == "migration.csv | 2015-2020 lacks GD to SH\n");
    CHECK(faults_of(prepared(whole_scenario().dump(), "", source)) == "(no problem)\n");
    folder.file("average_wage.csv", table_without("average_wage.csv", "GD,2001,"));
    CHECK(faults_of(prepared(whole_scenario().dump(), "", source))
          == "average_wage.csv | area GD has no wage for 2001 (needed 1978 to 2024)\n");
}

TEST_CASE("a table with nobody in it") {
    TemporaryFolder const folder;
    folder.file("insured.csv", [] {
        std::string text = "area,year,active,retirees,source\n";
        for (std::size_t i = 0; i < areas().default_count(); ++i) {
            text += areas().all()[i].id + ",2016,0,0,test\n";
        }
        return text;
    }());
    CHECK(
        faults_of(prepared(
            with(whole_scenario(), "/groups/a/first_area", R"({"table": "insured", "source": "s"})")
                .dump(),
            "",
            data::TableSource(folder.path())))
        == "x.json: /groups/a/first_area | nobody is in the table \"insured\"\n");
}

} // namespace pensim::test

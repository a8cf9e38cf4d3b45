// Runs and validates scenarios as a user would: wrong ones end with 2, a folder that cannot be
// written with 3, and nothing stays behind.
#include <filesystem>
#include <string>
#include <unistd.h>
#include <vector>

#include <doctest/doctest.h>

#include "sim/data/shipped.hpp"
#include "tests/app/program.hpp"
#include "tests/sim/scenario/scenario_texts.hpp"
#include "tests/sim/support.hpp"

namespace pensim::test {

namespace {

namespace fs = std::filesystem;

/// Runs what must fail with `status`, into a folder of its own, and gives what it says.
std::string failed_run(TemporaryFolder const& folder, std::string const& arguments, int status) {
    CAPTURE(arguments);
    auto const before = folder.names();
    Ran const ran = run(folder, "run " + arguments);
    CHECK(ran.status == status);
    CHECK(ran.out.empty());
    CHECK(folder.names() == before);
    return ran.err;
}

} // namespace

TEST_CASE("run refuses a wrong scenario with every fault, and leaves nothing behind") {
    TemporaryFolder const folder;
    std::string const a = "x.json: /groups/a";
    for (Planted const& c : std::vector<Planted>{
             {"a negative share",
              "/groups/a/male",
              "-0.5",
              a + "/male: -0.5: expected a share from 0 to 1\n"},
             {"a missing share",
              "/groups/a/share",
              "",
              a
                  + ": \"share\" is missing\n"
                    "x.json: /groups: shares add up to 0, "
                    "expected 1\n"},
             {"shares of groups",
              "/groups/a/share",
              "0.9",
              "x.json: /groups: shares add up to 0.9, expected 1\n"},
             {"shares of areas",
              "/groups/a/first_area/shares/GD",
              "0.5",
              a + "/first_area/shares: shares add up to 0.9, expected 1\n"},
             {"more people than 2^40",
              "/population/people",
              "1099511627777",
              "x.json: /population/people: 1099511627777: expected a whole number from 1 to "
              "1099511627776\n"},
             {"before 1998",
              "/horizon/first",
              "1997",
              "x.json: /horizon/first: 1997: expected a whole number from 1998 to 2199\n"},
             {"no seed",
              "/run/seed",
              "\"one\"",
              "x.json: /run/seed: expected a number, found a text\n"},
             {"an unknown key",
              "/groups/a/wage/levle",
              "1",
              a + "/wage/levle: unknown key \"levle\"; did you mean \"level\"?\n"},
             {"an unknown area",
              "/groups/a/first_area/shares",
              R"({"GDD": 1})",
              a + "/first_area/shares/GDD: unknown area \"GDD\"; did you mean \"GD\"?\n"},
             {"an unknown life table",
              "/groups/a/mortality/table",
              "\"HKK\"",
              a + "/mortality/table: unknown life table \"HKK\"; did you mean \"HK\"?\n"},
             {"unknown rules",
              "/rules",
              "\"lwa\"",
              "x.json: /rules: unknown rule set \"lwa\"; did you mean \"law\"? A file ends in "
              ".json.\n"},
             {"an unknown period",
              "/groups/a/moving",
              R"({"model": "flows", "period": "2015-2021", "source": "s"})",
              a + "/moving/period: unknown period \"2015-2021\"; did you mean \"2015-2020\"?\n"},
             {"an unknown target",
              "/population",
              R"({"calibrated_to": "s", "source": "s"})",
              "x.json: /population/calibrated_to: unknown target \"s\"; expected one of t\n"},
             {"extends nothing that is there",
              "/extends",
              "\"hmtt\"",
              "x.json: /extends: unknown scenario \"hmtt\"; did you mean \"hmt\"? A file ends in "
              ".json.\n"},
             {"extends itself",
              "/extends",
              "\"./x.json\"",
              "x.json: /extends: \"./x.json\" leads into a circle\n"},
             {"leaves its folder",
              "/extends",
              "\"../y.json\"",
              "x.json: /extends: \"../y.json\" lies outside the folder of the file that extends "
              "it\n"}}) {
        CAPTURE(c.why);
        folder.file("x.json", with(whole_scenario(), c.at, c.value).dump());
        CHECK(failed_run(folder, "x.json -o out", 2) == c.faults);
        // validate finds the same.
        Ran const validated = run(folder, "validate x.json");
        CHECK(validated.status == 2);
        CHECK(validated.out.empty());
        CHECK(validated.err == c.faults);
    }
    folder.file("x.json", replaced(whole_scenario().dump(), R"("seed":1)", R"("seed":1,"seed":2)"));
    CHECK(failed_run(folder, "x.json -o out", 2)
          == "x.json: /run/seed: key \"seed\" stands here twice\n");
    CHECK(failed_run(folder, "no.json -o out", 2)
          == "no.json: cannot be read: No such file or directory\n");
    CHECK(failed_run(folder, "hmmt -o out", 2)
          == "hmmt: unknown scenario \"hmmt\"; did you mean \"hmt\"? A file ends in .json.\n");
}

TEST_CASE("run refuses settings that are none") {
    TemporaryFolder const folder;
    folder.file("x.json", whole_scenario().dump());
    CHECK(failed_run(folder, "x.json -o out --seed one", 2)
          == "--seed: \"one\" is no seed; expected a whole number from 0 to "
             "18446744073709551615\n");
    CHECK(failed_run(folder, "x.json -o out --seed=-1", 2)
          == "--seed: \"-1\" is no seed; expected a whole number from 0 to "
             "18446744073709551615\n");
    CHECK(failed_run(folder, "x.json -o out --persons 1099511627777", 2)
          == "--persons: 1099511627777: expected 1 to 1099511627776\n");
    CHECK(failed_run(folder, "x.json -o out --rules lwa", 2)
          == "lwa: unknown rule set \"lwa\"; did you mean \"law\"? A file ends in .json.\n");
    CHECK(failed_run(folder, "x.json -o out --data no", 2)
          == "no: is no folder; expected one with data tables (*.csv)\n");
}

TEST_CASE("tables with holes end a run with 2") {
    TemporaryFolder const folder;
    fs::create_directory(folder.path("wages"));
    fs::create_directory(folder.path("moves"));
    std::string const wages(data::shipped_file("data/average_wage.csv").value());
    auto const line = wages.find("\nGD,2001,") + 1;
    folder.file("wages/average_wage.csv",
                wages.substr(0, line) + wages.substr(wages.find('\n', line) + 1));
    std::string const moves(data::shipped_file("data/migration.csv").value());
    auto const pair = moves.find("\n2015-2020,GD,SH,") + 1;
    folder.file("moves/migration.csv",
                moves.substr(0, pair) + moves.substr(moves.find('\n', pair) + 1));
    std::string const no_wage = "average_wage.csv: area GD has no wage for 2001 (needed 1978 to "
                                "2024)\n";
    CHECK(failed_run(folder, "small -o out --data wages", 2) == no_wage);
    CHECK(run(folder, "validate small --data wages").err == no_wage);
    std::string const no_pair = "migration.csv: 2015-2020 lacks GD to SH\n";
    CHECK(failed_run(folder, "national -o out --data moves", 2) == no_pair);
    CHECK(run(folder, "validate national --data moves").err == no_pair);
    // Who does not use the table is not stopped by it.
    CHECK(run(folder, "validate small --data moves").status == 0);
}

TEST_CASE("a scenario is calibrated to people that there are") {
    TemporaryFolder const folder;
    Json scenario =
        with(whole_scenario(), "/population", R"({"calibrated_to": "t", "source": "s"})");
    folder.file("x.json", with(scenario, "/targets/t/month", "\"2009-12\"").dump());
    std::string const nobody =
        "x.json: /population/calibrated_to: nobody of 65536 simulated people "
        "pays in 2009-12\n";
    CHECK(failed_run(folder, "x.json -o out", 2) == nobody);
    CHECK(run(folder, "validate x.json").err == nobody);
}

TEST_CASE("a folder that cannot be written ends a run with 3") {
    TemporaryFolder const folder;
    folder.file("x.json", whole_scenario().dump());
    for (std::string const output : {"x.json/out", "x.json/in/out", "/proc/out", "/dev/full/out"}) {
        CHECK(holds(failed_run(folder, "x.json -o " + output, 3), ": cannot be created: "));
    }
    Ran const full = run(folder, "run x.json >/dev/full 2>/dev/null; exit $?");
    CHECK(full.status == 3);
}

TEST_CASE("results that are there already stay as they are") {
    TemporaryFolder const folder;
    folder.file("x.json", whole_scenario().dump());
    fs::create_directory(folder.path("out"));
    folder.file("out/flows.csv", "before");
    folder.file("file", "before");
    REQUIRE(::symlink("out", folder.path("link").c_str()) == 0);
    for (std::string const output : {"out", "out/", "file", "link", "."}) {
        CHECK(failed_run(folder, "x.json -o " + output, 2)
              == output + ": exists; expected the name of a new folder\n");
        CHECK(content_of(folder.path("out/flows.csv")) == "before");
        CHECK(content_of(folder.path("file")) == "before");
    }
    // A fault of the scenario leaves them, too.
    folder.file("x.json", "{}");
    static_cast<void>(failed_run(folder, "x.json -o out", 2));
    CHECK(content_of(folder.path("out/flows.csv")) == "before");
}

TEST_CASE("a run leaves its folder, and nothing beside it") {
    TemporaryFolder const folder;
    folder.file("x.json", whole_scenario().dump());
    fs::create_directory(folder.path("empty"));
    for (std::string const output : {"out", "empty", "deep/down/out/"}) {
        CAPTURE(output);
        Ran const ran = run(folder, "run x.json -o " + output);
        CHECK(ran.status == 0);
        CHECK_FALSE(ran.out.empty());
        CHECK(fs::exists(folder.path(output + "/manifest.json")));
        CHECK(fs::exists(folder.path(output + "/flows.csv")));
    }
    CHECK(folder.names() == std::vector<std::string>{"deep", "empty", "out", "x.json"});
    CHECK(content_of(folder.path("out/flows.csv")) == content_of(folder.path("empty/flows.csv")));
}

TEST_CASE("validate takes scenarios, shipped ones by name") {
    TemporaryFolder const folder;
    folder.file("x.json", whole_scenario().dump());
    folder.file("y.json", what_if("x.json", R"("run": {"persons": 20})"));
    Ran const good = run(folder, "validate x.json y.json small country400");
    CHECK(good.status == 0);
    CHECK(good.err == "4 files without faults\n");
    // Of several files, and of files that extend others: each fault where it stands.
    folder.file("x.json", with(whole_scenario(), "/groups/a/male", "2").dump());
    folder.file("z.json", what_if("small", R"("run": {"persns": 20}, "rules": "lwa")"));
    Ran const bad = run(folder, "validate y.json small z.json");
    CHECK(bad.status == 2);
    CHECK(bad.err
          == "x.json: /groups/a/male: 2: expected a share from 0 to 1\n"
             "z.json: /run/persns: unknown key \"persns\"; did you mean \"persons\"?\n");
}

TEST_CASE("the examples of the README for scenarios run") {
    TemporaryFolder const folder;
    std::string const readme = content_of(PENSIM_SOURCE_DIR "/scenarios/README.md");
    std::vector<std::string> examples;
    std::string const fence = "```json\n";
    for (auto at = readme.find(fence); at != std::string::npos; at = readme.find(fence, at)) {
        at += fence.size();
        examples.push_back(readme.substr(at, readme.find("```", at) - at));
    }
    REQUIRE(examples.size() == 3);
    folder.file("hmt-mobile.json", examples[0]);
    CHECK(run(folder, "run hmt-mobile.json --persons 100 -o out").status == 0);
    folder.file("my-suite.json", examples[2]);
    CHECK(run(folder, "check my-suite.json").out
          == "2 checked, 0 differ, 0 with input errors, 0 without expectation\n");
    CHECK(run(folder, "check my-suite.json --rules five-years").status == 1);
    // Areas of one's own: two provinces that are none.
    fs::create_directory(folder.path("mine"));
    folder.file("mine/areas.csv",
                "id,name_en,name_zh,level,parent,gb2,default,source\n"
                "N,North,北,province,,90,1,own\nS,South,南,province,,91,1,own\n");
    std::string const head = "area,year,yuan_per_month,method,source\n";
    std::string wages = head;
    std::string huge = head;
    for (int year = 1978; year <= 2024; ++year) {
        for (std::string const area : {"N", "S"}) {
            std::string const key = area + "," + std::to_string(year);
            wages += key + ",5000,observed,own\n";
            huge += key + ",1000000000000,observed,own\n";
        }
    }
    folder.file("mine/average_wage.csv", wages);
    folder.file("two.json", examples[1]);
    Ran const two = run(folder, "run two.json --data mine --persons 100 -o two");
    CHECK(two.err == "");
    CHECK(two.status == 0);
    CHECK(holds(content_of(folder.path("two/flows.csv")), ",N,S,"));

    // Wages that no 64-bit number of fen can be reckoned with.
    folder.file("mine/average_wage.csv", huge);
    Ran const rich = run(folder, "run two.json --data mine -o rich");
    CHECK(rich.status == 2);
    CHECK(rich.err
          == "pensim: an amount leaves the range of 64-bit fen; expected fewer persons, or lower "
             "wages\n");
    CHECK_FALSE(fs::exists(folder.path("rich")));
}

} // namespace pensim::test

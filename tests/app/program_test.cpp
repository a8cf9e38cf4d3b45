// Runs the built program as a user would: exit statuses, what goes to which stream, and what is
// left behind when a run fails (contract 5).
#include "tests/app/program.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <unistd.h>
#include <vector>

#include <doctest/doctest.h>

#include "sim/input/json_document.hpp"

namespace pensim::test {

namespace {

std::string const record = R"({"area": "GD", "from": "2016-04", "to": "2027-03", "base": 10000})";
std::string const person = R"({"id": "p", "group": "hong_kong", "sex": "male", "birth": "1966-09",
    "records": [)" + record + R"(], "expect": {"status": "extend", "missing_months": 48}})";
std::string const good = R"({"schema": "pensim/cases/1", "persons": [)" + person + "]}";
std::string const wrong_area = replaced(good, "\"GD\"", "\"GDD\"");

} // namespace

TEST_CASE("help and version") {
    TemporaryFolder const folder;
    Ran const help = run(folder, "--help");
    CHECK(help.status == 0);
    CHECK(help.err.empty());
    for (std::string const command : {"run",
                                      "sample",
                                      "who",
                                      "verify",
                                      "decide",
                                      "explain",
                                      "check",
                                      "validate",
                                      "rules",
                                      "audit",
                                      "completion",
                                      "manual"}) {
        CAPTURE(command);
        CHECK(holds(help.out, "\n  " + command));
        Ran const own = run(folder, command + " --help");
        CHECK(own.status == 0);
        CHECK(holds(own.out, command));
        CHECK(own.err.empty());
    }
    CHECK(run(folder, "rules show --help").status == 0);
    CHECK(run(folder, "rules diff --help").status == 0);
    CHECK(holds(help.out,
                "Exit status: 0 done; 1 check, verify, audit or compare found something; 2 wrong "
                "input or usage; 3"));
    Ran const version = run(folder, "--version");
    CHECK(version.status == 0);
    CHECK(version.out.starts_with("pensim 0."));
}

TEST_CASE("validate tells the faults of a pair of CSV files, and nothing else") {
    TemporaryFolder const folder;
    folder.file("p.csv", "id,group,sex,birth\na,hong_kong,male,1966-01\nb,hongkong,male,1966-01\n");
    folder.file("r.csv", "person_id,area,from,to,base\na,GD,2010-01,2012-01,5000\n");
    Ran const wrong = run(folder, "validate --persons p.csv --records r.csv");
    CHECK(wrong.status == 2);
    CHECK(wrong.out.empty());
    CHECK(wrong.err == "p.csv:3:group: unknown group \"hongkong\"; did you mean \"hong_kong\"?\n");
    folder.file("p.csv", "id,group,sex,birth\na,hong_kong,male,1966-01\n");
    Ran const right = run(folder, "validate --persons p.csv --records r.csv");
    CHECK(right.status == 0);
    CHECK(right.err == "2 files without faults\n");
    CHECK(run(folder, "validate").status == 2);
    CHECK(run(folder, "validate --persons p.csv").status == 2);
}

TEST_CASE("a result goes through a link to the file behind it") {
    TemporaryFolder const folder;
    folder.file("good.json", good);
    folder.file("behind.json", "old");
    REQUIRE(::symlink("behind.json", folder.path("link.json").c_str()) == 0);
    CHECK(run(folder, "decide good.json -o link.json").status == 0);
    CHECK(content_of(folder.path("behind.json")).starts_with("{\"schema\": \"pensim/outcomes/1\""));
    CHECK(content_of(folder.path("link.json")) == content_of(folder.path("behind.json")));
}

TEST_CASE("usage errors end with 2 and point to help") {
    TemporaryFolder const folder;
    folder.file("good.json", good);
    struct Case {
        std::string arguments;
        std::string error;
    };
    for (auto const& c : std::vector<Case>{
             {"decid good.json", "pensim: unknown command \"decid\"; did you mean \"decide\"?\n"},
             {"", "A subcommand is required"},
             {"decide --threads x good.json", "--threads"},
             {"decide --nothing good.json", "--nothing"},
             {"explain good.json --lang fr", "--lang"},
             {"check", "CASES is required"},
             {"rules", "A subcommand is required"},
         }) {
        CAPTURE(c.arguments);
        Ran const ran = run(folder, c.arguments);
        CHECK(ran.status == 2);
        CHECK(ran.out.empty());
        CHECK(holds(ran.err, c.error));
        CHECK(holds(ran.err, "`pensim --help` lists the commands"));
    }
}

TEST_CASE("decide takes a case file or two CSV files, not both") {
    TemporaryFolder const folder;
    folder.file("good.json", good);
    folder.file("persons.csv", "id,group,sex,birth\np,hong_kong,male,1966-09\n");
    folder.file("records.csv", "person_id,area,from,to,base\np,GD,2016-04,2027-03,10000\n");
    struct Case {
        std::string arguments;
        std::string error;
    };
    for (auto const& c : std::vector<Case>{
             {"decide", "decide: expected a case file, or --persons and --records\n"},
             {"decide good.json --persons persons.csv --records records.csv",
              "decide: expected a case file, or --persons and --records\n"},
             {"decide --persons persons.csv", "decide: --persons and --records go together\n"},
             {"decide --records records.csv", "decide: --persons and --records go together\n"},
         }) {
        CAPTURE(c.arguments);
        Ran const ran = run(folder, c.arguments);
        CHECK(ran.status == 2);
        CHECK(ran.out.empty());
        CHECK(ran.err == c.error);
    }
    Ran const json = run(folder, "decide good.json");
    CHECK(json.status == 0);
    CHECK(json.err.empty());
    auto const outcome = input::parse_json(json.out).value();
    CHECK(outcome.find("schema")->text == "pensim/outcomes/1");
    REQUIRE(outcome.find("outcomes")->items.size() == 1);
    Ran const lines = run(folder, "decide --persons persons.csv --records records.csv");
    CHECK(lines.status == 0);
    CHECK(holds(json.out, lines.out.substr(0, lines.out.size() - 1)));
    Ran const tables = run(folder, "decide --persons persons.csv --records records.csv -o out");
    CHECK(tables.status == 0);
    CHECK(tables.out.empty());
    CHECK(tables.err == "1 persons decided, 0 with errors\n");
    CHECK(holds(content_of(folder.path("out/outcomes.csv")),
                "\np,extend,2027-03,2027-03,,132,180,48,GD,"));
}

TEST_CASE("a person with errors: the others are decided, 2, and the file is named") {
    TemporaryFolder const folder;
    folder.file("wrong.json", wrong_area);
    Ran const ran = run(folder, "decide wrong.json");
    CHECK(ran.status == 2);
    CHECK(holds(ran.out,
                R"({"id": "p", "errors": [{"path": "/persons/0/records/0/area", "message": )"));
    CHECK(ran.err
          == "wrong.json: /persons/0/records/0/area: unknown area \"GDD\"; did you mean \"GD\"?\n");
    Ran const story = run(folder, "explain wrong.json");
    CHECK(story.status == 2);
    CHECK(story.out.empty());
    CHECK(story.err == ran.err);
    Ran const checked = run(folder, "check wrong.json");
    CHECK(checked.status == 2);
    CHECK(checked.err == ran.err);
    CHECK(checked.out == "0 checked, 0 differ, 1 with input errors, 0 without expectation\n");
}

TEST_CASE("check tells what differs") {
    TemporaryFolder const folder;
    folder.file("good.json", good);
    Ran const right = run(folder, "check good.json order-41 foreigners history-retirement");
    CHECK(right.status == 0);
    CHECK(holds(right.out, " checked, 0 differ, 0 with input errors, 0 without expectation\n"));
    folder.file(
        "other.json",
        replaced(good, R"("missing_months": 48)", R"("missing_months": 47, "benefit_area": "SH")"));
    Ran const differs = run(folder, "check other.json");
    CHECK(differs.status == 1);
    CHECK(differs.out
          == "other.json: p: missing_months: expected 47, found 48\n"
             "other.json: p: benefit_area: expected \"SH\", found \"GD\"\n"
             "1 checked, 1 differ, 0 with input errors, 0 without expectation\n");
    CHECK(differs.err.empty());
    folder.file("typo.json", replaced(good, R"("missing_months")", R"("mising_months")"));
    Ran const typo = run(folder, "check typo.json");
    CHECK(typo.status == 2);
    CHECK(typo.err
          == "typo.json: /persons/0/expect/mising_months: unknown outcome field \"mising_months\"; "
             "did "
             "you mean \"missing_months\"?\n");
    // An expected error is right when it is there, and wrong when it is another.
    std::string const expecting =
        replaced(wrong_area,
                 R"({"status": "extend", "missing_months": 48})",
                 R"({"errors": [{"path": "/persons/0/records/0/area"}]})");
    folder.file("expected.json", expecting);
    CHECK(run(folder, "check expected.json").status == 0);
    folder.file("expected2.json", replaced(expecting, "0/area\"}", "0/base\"}"));
    CHECK(run(folder, "check expected2.json").status == 1);
}

TEST_CASE("explain tells one person's story in two languages") {
    TemporaryFolder const folder;
    Ran const english = run(folder, "explain order-41 --person longest");
    CHECK(english.status == 0);
    CHECK(holds(english.out, "Benefit location: FJ Fujian (the longest)."));
    Ran const chinese = run(folder, "explain order-41 --person longest --lang zh -o story.txt");
    CHECK(chinese.status == 0);
    CHECK(chinese.out.empty());
    CHECK(holds(content_of(folder.path("story.txt")), "待遇领取地：FJ 福建（缴费年限最长）。"));
    Ran const unknown = run(folder, "explain order-41 --person longst");
    CHECK(unknown.status == 2);
    CHECK(unknown.err == "order-41: unknown person \"longst\"; did you mean \"longest\"?\n");
    Ran const which = run(folder, "explain order-41");
    CHECK(which.status == 2);
    CHECK(holds(which.err, "persons; --person says which\n"));
}

TEST_CASE("rules are shown and compared") {
    TemporaryFolder const folder;
    Ran const list = run(folder, "rules show");
    CHECK(list.status == 0);
    CHECK(holds(list.out, "\npractice "));
    Ran const law = run(folder, "rules show law --json -o law.json");
    CHECK(law.status == 0);
    CHECK(run(folder, "validate law.json").status == 0);
    Ran const same = run(folder, "rules diff law law.json");
    CHECK(same.status == 0);
    CHECK(holds(same.out, "\nno difference\n"));
    Ran const differ = run(folder, "rules diff law five-years --json");
    CHECK(differ.status == 0);
    auto const json = input::parse_json(differ.out).value();
    REQUIRE(json.items.size() == 1);
    CHECK(json.items[0].find("key")->text == "place.min_months");
    CHECK(json.items[0].find("b")->text == "60");
    Ran const joined = run(folder, "rules show law+practice+opt-in-everyone");
    CHECK(joined.out.starts_with(
        "law+practice+opt-in-everyone: National law + National law with Guangdong's opt-in + "
        "Guangdong's opt-in for everyone, everywhere\n"
        "law, then practice, then opt-in-everyone; later ones win\n\n"
        "place.election_area  where somebody short may choose to continue although another area is "
        "longest\n"
        "  2027-01 ..          opt-in-everyone wins with \"any\" over practice with \"GD\"\n\n"
        "place.order.hmt  "));
    CHECK(holds(run(folder, "rules show five-years+law").out,
                "\nlaw adds nothing: what stands before it contains it\n"));
    CHECK(holds(run(folder, "rules show law+pro-rata --lang zh").out,
                "\n依次叠加：law，再 pro-rata；后者优先。\n"));
    CHECK(holds(run(folder, "rules diff law+five-years five-years").out, "\nno difference\n"));
    Ran const unknown = run(folder, "rules show lwa");
    CHECK(unknown.status == 2);
    CHECK(unknown.err
          == "lwa: unknown rule set \"lwa\"; did you mean \"law\"? A file ends in .json.\n");
}

TEST_CASE("a case file says its rules, and --rules overrides it") {
    TemporaryFolder const folder;
    folder.file("mine.json", R"({"schema": "pensim/rules/1", "id": "mine", "extends": "law",
        "title": {"en": "M", "zh": "甲"}, "parameters": {"pension.required_months":
        [{"from": "1900-01", "value": 132, "source": "test"}]}})");
    folder.file("cases.json", replaced(good, "\"persons\"", R"("rules": "mine.json", "persons")"));
    CHECK(holds(run(folder, "decide cases.json").out, R"("status": "pension")"));
    // Beside the case file, not where the program runs.
    CHECK(holds(run(folder, "explain ../$(basename $PWD)/cases.json").out, "\"mine\""));
    CHECK(holds(run(folder, "decide cases.json --rules law").out, R"("status": "extend")"));
    folder.file("good.json", good);
    CHECK(holds(run(folder, "decide good.json --rules mine.json").out, R"("status": "pension")"));
    CHECK(holds(run(folder, "decide good.json --rules practice+mine.json").out,
                R"("status": "pension")"));
    folder.file("cases.json",
                replaced(good, "\"persons\"", R"("rules": "practice+mine.json", "persons")"));
    CHECK(
        holds(run(folder, "explain ../$(basename $PWD)/cases.json").out, "\"practice+mine.json\""));
}

TEST_CASE("validate finds all faults of all files") {
    TemporaryFolder const folder;
    folder.file("good.json", good);
    Ran const fine = run(folder, "validate good.json");
    CHECK(fine.status == 0);
    CHECK(fine.out.empty());
    CHECK(fine.err == "1 file without faults\n");
    folder.file("cases.json",
                replaced(replaced(wrong_area, "1966-09", "1966-13"), "\"status\"", "\"statsu\""));
    folder.file("rules.json", R"({"schema": "pensim/rules/1", "id": "x", "extends": "lwa",
        "title": {"en": "X", "zh": "甲"}, "parameters": {"place.tei": []}})");
    folder.file("broken.json", "{\"schema\":\n");
    folder.file("other.json", R"({"schema": "pensim/cases/9"})");
    folder.file("empty.json", R"({"schema": "pensim/cases/1"})");
    std::filesystem::create_directory(folder.path("tables"));
    folder.file("tables/interest_rates.csv", "year,rate_ppm,source\n2000,x,a\n");
    Ran const bad =
        run(folder,
            "validate cases.json good.json rules.json broken.json other.json empty.json "
            "tables no.json");
    CHECK(bad.status == 2);
    CHECK(bad.out.empty());
    for (std::string const line : {
             "cases.json: /persons/0/birth: \"1966-13\" is no month; expected YYYY-MM from 1900-01 "
             "to 2199-12\n",
             "cases.json: /persons/0/records/0/area: unknown area \"GDD\"; did you mean \"GD\"?\n",
             "cases.json: /persons/0/expect/statsu: unknown outcome field \"statsu\"; did you mean "
             "\"status\"?\n",
             "rules.json: /extends: unknown rule set \"lwa\"; did you mean \"law\"? A file ends in "
             ".json.\n",
             "rules.json: /parameters/place.tei: unknown parameter \"place.tei\"; did you mean "
             "\"place.tie\"?\n",
             "broken.json: line 2, column 1: not JSON: the text ends too early\n",
             "other.json: /schema: expected \"pensim/cases/1\", \"pensim/rules/1\" or "
             "\"pensim/scenario/1\"\n",
             "empty.json: \"persons\" is missing\n",
             "interest_rates.csv:2: \"x\" is not a whole number from 0 to 1000000\n",
             "no.json: cannot be read: No such file or directory\n",
         }) {
        CAPTURE(line);
        CHECK(holds(bad.err, line));
    }
    CHECK(std::count(bad.err.begin(), bad.err.end(), '\n') == 10);
}

TEST_CASE("what cannot be written is 3 and leaves nothing") {
    TemporaryFolder const folder;
    folder.file("good.json", good);
    folder.file("persons.csv", "id,group,sex,birth\np,hong_kong,male,1966-09\n");
    folder.file("records.csv", "person_id,area,from,to,base\n");
    auto const before = folder.names();
    for (std::string const arguments :
         {"decide good.json -o no/out.json",
          "decide good.json -o /proc/out.json",
          "decide good.json -o /dev/full",
          "explain good.json -o no/story.txt",
          "check good.json -o no/differences.txt",
          "rules show law -o no/law.txt",
          "decide --persons persons.csv --records records.csv -o /proc/out",
          "decide --persons persons.csv --records records.csv -o good.json/out"}) {
        CAPTURE(arguments);
        Ran const ran = run(folder, arguments);
        CHECK(ran.status == 3);
        CHECK(ran.out.empty());
        CHECK(holds(ran.err, "cannot be "));
        CHECK(folder.names() == before);
    }
    Ran const full = run(folder, "decide good.json >/dev/full 2>/dev/null; exit $?");
    CHECK(full.status == 3);
}

TEST_CASE("a pipe is read once: its records must stand in order") {
    TemporaryFolder const folder;
    std::string persons = "id,group,sex,birth\n";
    std::string records = "person_id,area,from,to,base\n";
    for (int i = 0; i < 3000; ++i) {
        std::string const id = "p" + std::to_string(i);
        persons += id + ",hong_kong,male,1966-09\n";
        records += id + ",GD,2016-04,2027-03,10000\n";
    }
    folder.file("persons.csv", persons);
    folder.file("records.csv", records);
    folder.file("late.csv", records + "p0,GD,2015-04,2015-05,10000\n");
    auto const piped = [&](std::string const& file, std::string const& out) {
        return run(folder,
                   "--version >/dev/null && cat " + file
                       + " | '" PENSIM_PROGRAM
                         "' decide --persons persons.csv --records /dev/stdin -o "
                       + out);
    };
    CHECK(piped("records.csv", "piped").status == 0);
    CHECK(run(folder, "decide --persons persons.csv --records records.csv -o read").status == 0);
    CHECK(content_of(folder.path("piped/outcomes.csv"))
          == content_of(folder.path("read/outcomes.csv")));
    Ran const late = piped("late.csv", "late");
    CHECK(late.status == 3);
    CHECK(holds(late.err, "not in the order of the persons; expected a file, not a pipe"));
    CHECK_FALSE(std::filesystem::exists(folder.path("late")));
    CHECK(run(folder, "decide --persons persons.csv --records late.csv -o all").status == 0);
    CHECK(holds(content_of(folder.path("all/outcomes.csv")),
                "\np0,extend,2027-03,2027-03,,134,180,46,GD,"));
}

TEST_CASE("an output stays as it was when the run fails") {
    TemporaryFolder const folder;
    std::string const out = folder.file("out.json", "before");
    folder.file("broken.json", "{");
    for (std::string const arguments : {"decide broken.json -o out.json",
                                        "decide no.json -o out.json",
                                        "explain broken.json -o out.json",
                                        "check broken.json -o out.json",
                                        "rules show lwa -o out.json"}) {
        CAPTURE(arguments);
        CHECK(run(folder, arguments).status == 2);
        CHECK(content_of(out) == "before");
    }
    CHECK(folder.names() == std::vector<std::string>{"broken.json", "out.json"});
}

TEST_CASE("tables of one's own replace the shipped ones") {
    TemporaryFolder const folder;
    folder.file("good.json", good);
    std::filesystem::create_directory(folder.path("tables"));
    folder.file("tables/interest_rates.csv", "year,rate_ppm,source\n2020,0,test\n");
    // 132 months of 800.00 without interest.
    CHECK(holds(run(folder, "decide good.json --data tables").out,
                R"("account_balance": 105600.00)"));
    Ran const none = run(folder, "decide good.json --data no");
    CHECK(none.status == 2);
    CHECK(none.err == "no: is no folder; expected one with data tables (*.csv)\n");
}

} // namespace pensim::test

// pensim audit as a user runs it.
#include <string>

#include <doctest/doctest.h>

#include "sim/input/json_document.hpp"
#include "tests/app/program.hpp"

namespace pensim::test {

namespace {

std::string rule_set(std::string const& id, std::string const& parameter) {
    return R"({"schema": "pensim/rules/1", "id": ")" + id
           + R"(", "extends": "law", "title": {"en": "Ours", "zh": "自拟"}, "parameters": {)"
           + parameter + "}}";
}

} // namespace

TEST_CASE("audit: 0 for the law, 1 with gaps or open ties") {
    TemporaryFolder const folder;
    folder.file("open.json",
                rule_set("open",
                         R"("place.tie": [{"from": "2027-01", "value": "none", "source":
                             "proposal: a test"}])"));
    Ran const law = run(folder, "audit law --spells 2");
    CHECK(law.status == 0);
    CHECK(law.out.starts_with("law: no gaps, no open ties, no dead criteria, paying on never "));
    Ran const gap = run(folder, "audit longest-only --spells 2 -o audit.txt");
    CHECK(gap.status == 1);
    CHECK(gap.out.empty());
    CHECK(content_of(folder.path("audit.txt")).starts_with("longest-only: GAPS (1), "));
    Ran const open = run(folder, "audit open.json --lang zh --spells 2");
    CHECK(open.status == 1);
    CHECK(open.out.starts_with("open：无空白，有未决并列（1类），"));
}

TEST_CASE("audit: the witnesses pass check, and explain tells of them") {
    TemporaryFolder const folder;
    std::filesystem::create_directory(folder.path("rules"));
    std::filesystem::create_directory(folder.path("found"));
    folder.file("rules/later.json",
                rule_set("later",
                         R"("place.order.mainland": [{"from": "2031-01", "value":
                             ["hukou", "relation_qualified", "last_qualified"], "source":
                             "proposal: a test"}])"));
    Ran const json =
        run(folder, "audit rules/later.json --spells 2 --json --cases found/witnesses.json");
    CHECK(json.status == 1);
    auto const audit = input::parse_json(json.out);
    REQUIRE(audit.has_value());
    CHECK(audit->find("schema")->text == "pensim/audit/1");
    CHECK(audit->find("findings")->items.front().find("kind")->text == "gap");
    // The file names the rule set as it is seen from there.
    Ran const check = run(folder, "check found/witnesses.json");
    CHECK(check.status == 0);
    CHECK(holds(check.out, " checked, 0 differ, 0 with input errors, 0 without expectation\n"));
    Ran const story = run(folder, "explain found/witnesses.json --person gap-1");
    CHECK(story.status == 0);
    CHECK(holds(story.out, "the hukou area"));
    CHECK(run(folder, "explain found/witnesses.json --person cliff-1-after").status == 0);
}

TEST_CASE("audit: wrong input is 2, with the nearest name") {
    TemporaryFolder const folder;
    struct Case {
        std::string arguments;
        int status;
        std::string error;
    };
    folder.file("wrong.json", rule_set("wrong", R"("place.tei": [])"));
    for (auto const& c : std::vector<Case>{
             {"audit lwa", 2, "did you mean \"law\"?"},
             {"audit", 2, "RULES is required"},
             {"audit wrong.json", 2, "did you mean \"place.tie\"?"},
             {"audit law --data nowhere", 2, "nowhere"},
             {"audit law --lang fr", 2, "--lang"},
             {"audit law --spells 5", 2, "--spells"},
             {"audit law --spells 1 --cases nowhere/witnesses.json", 3, "nowhere"},
         }) {
        CAPTURE(c.arguments);
        Ran const ran = run(folder, c.arguments);
        CHECK(ran.status == c.status);
        CHECK(ran.out.empty());
        CHECK(holds(ran.err, c.error));
    }
}

TEST_CASE("audit: a country of one's own") {
    TemporaryFolder const folder;
    std::string const areas = "id,name_en,name_zh,level,parent,gb2,default,source\n";
    std::string const wages = "area,year,yuan_per_month,method,source\n";
    folder.file("areas.csv", areas + "N,North,北,area,,,1,a test\nS,South,南,area,,,1,a test\n");
    folder.file("average_wage.csv", wages + "N,2000,3000,made,a test\nS,2000,6000,made,a test\n");
    folder.file("urban_income.csv", "area,year,yuan_per_year,source\n");
    Ran const ran = run(folder, "audit law --data . --cases two.json");
    CAPTURE(ran.err);
    CHECK(ran.status == 0);
    CHECK(ran.out.starts_with("law: no gaps, no open ties, no dead criteria, "));
    CHECK(holds(ran.out, "N North 120 months, then S South 119 months"));
    CHECK(run(folder, "check two.json --data .").status == 0);
}

} // namespace pensim::test

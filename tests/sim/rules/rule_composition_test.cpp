// Rule sets joined with '+'.
#include <vector>

#include <doctest/doctest.h>

#include "sim/rules/rule_files.hpp"
#include "sim/rules/rule_table.hpp"
#include "tests/sim/support.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

std::string
rule_set(std::string const& id, std::string const& extends, std::string const& parameters) {
    return R"({"schema": "pensim/rules/1", "id": ")" + id + R"(", "title": {"en": ")" + id
           + R"(", "zh": "甲"}, )" + (extends.empty() ? "" : R"("extends": ")" + extends + R"(", )")
           + R"("parameters": {)" + parameters + "}}";
}

std::string one(std::string const& key, std::string const& from, std::string const& value) {
    return "\"" + key + R"(": [{"from": ")" + from + R"(", "value": )" + value
           + R"(, "source": "test"}])";
}

law::RuleBook load(std::string const& name, std::string const& folder = {}) {
    return rules::load_rules(name, tables(), folder).value();
}

bool same(law::RuleBook const& a, law::RuleBook const& b) {
    return rules::difference_of(a, b, areas()).empty();
}

std::string overridden(std::string const& name, std::string const& folder = {}) {
    std::string text;
    auto const made = rules::compose_rules(name, tables(), folder).value();
    for (auto const& [loser, winner, d] : rules::overridden_in(made, areas())) {
        text += d.key + " " + d.from.text() + ".." + (d.to ? d.to->text() : "") + " " + winner + " "
                + d.second + " over " + loser + " " + d.first + "\n";
    }
    return text;
}

} // namespace

TEST_CASE("a reform joined to what it extends is itself") {
    for (std::string_view const id : rules::shipped_rule_sets()) {
        CAPTURE(id);
        std::string const name(id);
        if (name == "law") {
            continue;
        }
        CHECK(same(load("law+" + name), rules(id)));
        CHECK(same(load(name + "+law"), rules(id)));
        CHECK(overridden("law+" + name).empty());
        CHECK(overridden(name + "+law").empty());
    }
}

TEST_CASE("each part brings its own lists and no others") {
    for (std::string const name : {"practice+five-years", "five-years+practice"}) {
        CAPTURE(name);
        law::RuleBook const book = load(name);
        CHECK(book.id == name);
        CHECK(book.place.min_months.at({2026, 12}) == 120);
        CHECK(book.place.min_months.at({2027, 1}) == 60);
        CHECK(book.place.election_area.at({2026, 1}).area == area("GD"));
        CHECK(book.place.election_area.at({2030, 1}).area == area("GD"));
    }
    law::RuleBook const three = load("law+no-pooled-money+years-in-ties");
    CHECK(same(three, load("law+years-in-ties+no-pooled-money")));
    CHECK(three.id == "law+no-pooled-money+years-in-ties");
    CHECK(three.title_en == "National law + No pooled money moves + Completed years are compared");
    CHECK(three.title_zh
          == rules("law").title_zh + "＋" + rules("no-pooled-money").title_zh + "＋"
                 + rules("years-in-ties").title_zh);
    CHECK(load("law").id == "law");
    CHECK(load("law").title_en == "National law");
    // A part that was there already keeps its own title.
    CHECK(load("five-years+law").title_en == "Five years qualify a place + National law");
}

TEST_CASE("later parts win, and it is said where") {
    law::RuleBook const any = load("practice+opt-in-everyone");
    CHECK(any.place.election_area.at({2026, 12}).area == area("GD"));
    CHECK(any.place.election_area.at({2027, 1}).any);
    CHECK(overridden("practice+opt-in-everyone")
          == "place.election_area 2027-01.. opt-in-everyone \"any\" over practice \"GD\"\n");
    law::RuleBook const one_area = load("opt-in-everyone+practice");
    CHECK(one_area.place.election_area.at({2027, 1}).area == area("GD"));
    CHECK(one_area.place.election_groups.at({2027, 1}).contains(law::Person::mainland));
    CHECK(overridden("law+opt-in-everyone+practice")
          == "place.election_area 2027-01.. practice \"GD\" over opt-in-everyone \"any\"\n");
    TemporaryFolder const folder;
    folder.file("a.json", rule_set("a", "law", one("place.min_months", "2027-01", "60")));
    folder.file("b.json", rule_set("b", "", one("place.min_months", "2030-01", "60")));
    folder.file("c.json", rule_set("c", "law", one("place.min_months", "2040-01", "36")));
    // b says what a says, so a loses nothing to it; both lose to c.
    CHECK(overridden("law+a.json+b.json+c.json", folder.path(""))
          == "place.min_months 2040-01.. c.json 36 over a.json 60\n"
             "place.min_months 2040-01.. c.json 36 over b.json 60\n");
    folder.file("b.json",
                rule_set("b",
                         "",
                         R"("place.min_months": [{"from": "2028-01", "value": 48, "source": "s"},
                            {"from": "2030-01", "value": 60, "source": "s"},
                            {"from": "2031-01", "value": 12, "source": "s"}])"));
    CHECK(overridden("law+a.json+b.json+c.json", folder.path(""))
          == "place.min_months 2028-01..2029-12 b.json 48 over a.json 60\n"
             "place.min_months 2031-01..2039-12 b.json 12 over a.json 60\n"
             "place.min_months 2040-01.. c.json 36 over a.json 60\n"
             "place.min_months 2040-01.. c.json 36 over b.json 12\n");
}

TEST_CASE("files in a joined name") {
    TemporaryFolder const folder;
    folder.file("grand.json",
                rule_set("grand", "practice", one("place.min_months", "2027-01", "60")));
    folder.file("child.json",
                rule_set("child", "grand.json", one("place.tie", "2027-01", "\"latest_start\"")));
    folder.file("part.json", rule_set("part", "", one("place.min_months", "2028-01", "36")));
    std::string const in = folder.path("");
    law::RuleBook const book = load("five-years+child.json+part.json", in);
    CHECK(book.id == "five-years+child.json+part.json");
    CHECK(book.title_en == "Five years qualify a place + child + part");
    CHECK(book.place.election_area.at({2026, 1}).area == area("GD"));
    CHECK(book.place.tie.at({2027, 1}) == law::TieRule::latest_start);
    CHECK(book.place.min_months.at({2027, 12}) == 60);
    CHECK(book.place.min_months.at({2028, 1}) == 36);
    CHECK(same(book, load("law+" + folder.path("child.json") + "+" + folder.path("part.json"))));
    // What an earlier part extends is not put on top of it again, by whatever way it is named.
    CHECK(load("child.json+part.json+./grand.json", in).place.min_months.at({2028, 1}) == 36);
    // A file that sets some parameters only is no rule set, but a part of one.
    CHECK_FALSE(rules::load_rules("part.json", tables(), in).has_value());
    CHECK_FALSE(rules::load_rules("part.json+law", tables(), in).has_value());
}

TEST_CASE("a '+' inside a file's name") {
    TemporaryFolder const folder;
    folder.file("a+b.json", rule_set("a-b", "law", one("place.min_months", "2027-01", "60")));
    folder.file("b.json", rule_set("b", "law", one("place.min_months", "2027-01", "48")));
    std::string const in = folder.path("");
    CHECK(load("a+b.json", in).id == "a-b");
    CHECK(load(folder.path("a+b.json")).id == "a-b");
    CHECK(load("law+a+b.json", in).place.min_months.at({2027, 1}) == 60);
    CHECK(load("law+a+b.json+b.json", in).place.min_months.at({2027, 1}) == 48);
}

TEST_CASE("faults of a joined name") {
    struct Case {
        std::string name;
        std::string faults;
    };
    std::string const empty =
        " | a name is empty; expected rule sets joined with '+', such as law+years-in-ties\n";
    for (auto const& c : std::vector<Case>{
             {"+law", "+law" + empty},
             {"law+", "law+" + empty},
             {"+", "+" + empty + "+" + empty},
             {"law++practice", "law++practice" + empty},
             {"law+practice+law", "law+practice+law | \"law\" stands here twice\n"},
             {"law+pratcice+five-yeras",
              "law+pratcice+five-yeras | unknown rule set \"pratcice\"; did you mean "
              "\"practice\"? A file ends in .json.\n"
              "law+pratcice+five-yeras | unknown rule set \"five-yeras\"; did you mean "
              "\"five-years\"? A file ends in .json.\n"},
             {"a/" + std::string(100'000, '+'),
              "a/" + std::string(38, '+') + "... | joins more than 32 rule sets\n"},
             {"law+no.json", "no.json | cannot be read: No such file or directory\n"},
         }) {
        CAPTURE(c.name);
        CHECK(faults_of(rules::load_rules(c.name, tables())) == c.faults);
    }
}

TEST_CASE("faults of the files of a joined name, all of them") {
    TemporaryFolder const folder;
    std::string const a =
        folder.file("a.json", rule_set("a", "law", R"("place.tei": [], "place.tie": [])"));
    std::string const b = folder.file("b.json", rule_set("b", "lwa", ""));
    CHECK(faults_of(rules::load_rules("law+a.json+b.json", tables(), folder.path("")))
          == a + ": /parameters/place.tie | expected at least one value\n" + a
                 + ": /parameters/place.tei | unknown parameter \"place.tei\"; did you mean "
                   "\"place.tie\"?\n"
                 + b
                 + ": /extends | unknown rule set \"lwa\"; did you mean \"law\"? A file ends in "
                   ".json.\n");
    // Each is sound on its own.
    folder.file("c.json", rule_set("c", "law", one("account.rate", "2027-01", "0.2")));
    folder.file("d.json",
                rule_set("d", "law", one("contribution.employer_rate", "2028-01", "0.1")));
    CHECK(load("c.json", folder.path("")).id == "c");
    CHECK(load("d.json", folder.path("")).id == "d");
    CHECK(faults_of(rules::load_rules("c.json+d.json", tables(), folder.path("")))
          == "c.json+d.json: /parameters/account.rate | from 2028-01 the account takes more than "
             "employer and employee pay\n");
}

TEST_CASE("a joined rule set written as one reads back the same") {
    law::RuleBook const book = load("practice+pro-rata+required-180");
    std::string const text = rules::rules_json(book, areas());
    auto const again = rules::read_rules("again.json", text, tables());
    REQUIRE(again.has_value());
    CHECK(rules::rules_json(*again, areas()) == text);
    CHECK(again->id == "practice+pro-rata+required-180");
}

} // namespace pensim::test

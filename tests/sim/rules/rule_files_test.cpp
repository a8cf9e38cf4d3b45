#include "sim/rules/rule_files.hpp"

#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include <doctest/doctest.h>

#include "core/law/rule_keys.hpp"
#include "sim/input/limits.hpp"
#include "tests/sim/support.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

std::string rule_set(std::string const& extends, std::string const& parameters) {
    return R"({"schema": "pensim/rules/1", "id": "x", "title": {"en": "X", "zh": "甲"}, "extends": ")"
           + extends + R"(", "parameters": {)" + parameters + "}}";
}

std::string stretch(std::string const& key, std::string const& from, std::string const& value) {
    return "\"" + key + R"(": [{"from": ")" + from + R"(", "value": )" + value
           + R"(, "source": "test"}])";
}

std::string faults_of_text(std::string const& text) {
    return faults_of(rules::read_rules("x.json", text, tables()));
}

std::string faults_of_parameters(std::string const& parameters) {
    return faults_of_text(rule_set("law", parameters));
}

} // namespace

TEST_CASE("every shipped rule set loads and has a value for every key") {
    auto const ids = rules::shipped_rule_sets();
    CHECK(ids.size() == 13);
    for (std::string_view const id : ids) {
        CAPTURE(id);
        auto const book = rules::load_rules(id, tables());
        REQUIRE(book.has_value());
        CHECK(book->id == id);
        CHECK_FALSE(book->title_en.empty());
        CHECK_FALSE(book->title_zh.empty());
        law::visit_rules(*book, [&](law::RuleKey const& key, auto const& dated) {
            CAPTURE(key.name);
            CHECK_FALSE(dated.empty());
            for (auto const& entry : dated.entries()) {
                CHECK_FALSE(entry.source.empty());
            }
        });
    }
}

TEST_CASE("the numbers of the contract stand in law") {
    law::RuleBook const& book = rules("law");
    using law::Criterion;
    CHECK(book.place.order_hmt.at({2026, 1})
          == std::vector{
              Criterion::relation_qualified, Criterion::last_qualified, Criterion::longest});
    CHECK(book.place.order_mainland.at({2026, 1})
          == std::vector{Criterion::hukou,
                         Criterion::relation_qualified,
                         Criterion::last_qualified,
                         Criterion::hukou_gathers});
    CHECK(book.place.min_months.at({2026, 1}) == 120);
    CHECK(book.account.rate.at({2005, 12}) == Rate::ppm(110'000));
    CHECK(book.account.rate.at({2006, 1}) == Rate::ppm(80'000));
    CHECK(book.contribution.employer_rate.at({2019, 4}).general == Rate::ppm(200'000));
    CHECK(book.contribution.employer_rate.at({2019, 5}).general == Rate::ppm(160'000));
    CHECK_FALSE(book.contribution.recorded.at({1997, 12}));
    CHECK(book.contribution.recorded.at({1998, 1}));
    CHECK(book.transfer.pooled_rate.at({2026, 1}) == law::PooledRate{false, Rate::ppm(120'000)});
    CHECK(book.pension.required_months.at({2029, 12}) == 180);
    CHECK(book.pension.required_months.at({2030, 1}) == 186);
    CHECK(book.pension.required_months.at({2039, 1}) == 240);
    CHECK_FALSE(book.temporary.groups.at({2009, 12}).contains(law::Person::mainland));
    CHECK(book.temporary.groups.at({2010, 1}).contains(law::Person::mainland));
    CHECK_FALSE(book.place.election_area.at({2026, 1}).area.has_value());
    CHECK(rules("practice").place.election_area.at({2026, 1}).area == area("GD"));
}

TEST_CASE("a list replaces the parent's values from its first month on") {
    auto const book =
        rules::read_rules("x.json",
                          rule_set("law",
                                   stretch("place.min_months", "2027-01", "60") + ", "
                                       + stretch("pension.required_months", "2033-01", "100")),
                          tables())
            .value();
    CHECK(book.place.min_months.at({2026, 12}) == 120);
    CHECK(book.place.min_months.at({2027, 1}) == 60);
    CHECK(book.pension.required_months.at({2032, 12}) == 198);
    CHECK(book.pension.required_months.at({2033, 1}) == 100);
    CHECK(book.pension.required_months.at({2050, 1}) == 100);
    CHECK(book.place.tie.at({2026, 1}) == rules("law").place.tie.at({2026, 1}));
}

TEST_CASE("a chain of files in one folder") {
    TemporaryFolder const folder;
    folder.file("grand.json", rule_set("practice", stretch("place.min_months", "2027-01", "60")));
    folder.file("parent.json",
                "\xEF\xBB\xBF"
                    + rule_set("grand.json", stretch("place.min_months", "2030-01", "48")));
    auto const book =
        rules::load_rules(
            folder.file(
                "child.json",
                rule_set("parent.json", stretch("place.tie", "2027-01", "\"earliest_start\""))),
            tables())
            .value();
    CHECK(book.place.min_months.at({2026, 12}) == 120);
    CHECK(book.place.min_months.at({2029, 12}) == 60);
    CHECK(book.place.min_months.at({2030, 1}) == 48);
    CHECK(book.place.tie.at({2027, 1}) == law::TieRule::earliest_start);
    CHECK(book.place.election_area.at({2026, 1}).area == area("GD"));
}

TEST_CASE("circles, wherever they begin, are said once") {
    TemporaryFolder const folder;
    std::string const self = folder.file("self.json", rule_set("self.json", ""));
    CHECK(faults_of(rules::load_rules(self, tables()))
          == self + ": /extends | \"self.json\" leads into a circle\n");
    std::string const a = folder.file("a.json", rule_set("b.json", "\"place.tei\": []"));
    std::string const b = folder.file("b.json", rule_set("a.json", ""));
    CHECK(faults_of(rules::load_rules(a, tables()))
          == a
                 + ": /parameters/place.tei | unknown parameter \"place.tei\"; did you mean "
                   "\"place.tie\"?\n"
                 + b + ": /extends | \"a.json\" leads into a circle\n");
    folder.file("tail.json", rule_set("a.json", ""));
    CHECK(faults_of(rules::load_rules(folder.path("tail.json"), tables()))
              .ends_with(b + ": /extends | \"a.json\" leads into a circle\n"));
}

TEST_CASE("a rule set that is not there") {
    TemporaryFolder const folder;
    CHECK(faults_of(rules::load_rules("pratcice", tables()))
          == "pratcice | unknown rule set \"pratcice\"; did you mean \"practice\"? A file ends in "
             ".json.\n");
    CHECK(faults_of(rules::load_rules("something", tables()))
          == "something | unknown rule set \"something\"; expected one of central-2018, "
             "five-years, full-employer-share, law, longest-only, national-pooling, "
             "no-pooled-money, opt-in-everyone, practice, pro-rata, required-180, xpcc, "
             "years-in-ties A file ends in .json.\n");
    CHECK(faults_of(rules::load_rules(folder.path("no.json"), tables()))
          == folder.path("no.json") + " | cannot be read: No such file or directory\n");
    CHECK(faults_of_text(rule_set("laww", ""))
          == "x.json: /extends | unknown rule set \"laww\"; did you mean \"law\"? A file ends in "
             ".json.\n");
    CHECK(faults_of(rules::load_rules(folder.file("x.json", rule_set("no.json", "")), tables()))
          == folder.path("x.json")
                 + ": /extends | \"no.json\" cannot be read: No such file or directory\n");
}

TEST_CASE("a rule set does not leave its folder") {
    for (std::string const name : {"../law.json", "/etc/passwd", "sub/x.json", "..\\\\x.json"}) {
        CAPTURE(name);
        auto const faults = faults_of_text(rule_set(name, ""));
        CHECK(faults.starts_with("x.json: /extends | \""));
        CHECK(faults.ends_with("\" leaves the folder; expected a shipped id or a file beside\n"));
    }
}

TEST_CASE("a rule set does not leave its folder by a link") {
    TemporaryFolder const folder;
    std::filesystem::create_directory(folder.path("in"));
    folder.file("outside.json", rule_set("law", ""));
    REQUIRE(::symlink("../outside.json", folder.path("in/link.json").c_str()) == 0);
    std::string const path = folder.file("in/x.json", rule_set("link.json", ""));
    CHECK(faults_of(rules::load_rules(path, tables()))
          == path
                 + ": /extends | \"link.json\" lies outside the folder of the file that extends "
                   "it\n");
    // Links inside are links, and a folder may be reached by one.
    REQUIRE(::symlink("y.json", folder.path("in/inside.json").c_str()) == 0);
    folder.file("in/y.json", rule_set("law", ""));
    folder.file("in/x.json", rule_set("inside.json", ""));
    CHECK(faults_of(rules::load_rules(path, tables())) == "(no problem)\n");
    REQUIRE(::symlink("in", folder.path("other").c_str()) == 0);
    CHECK(faults_of(rules::load_rules(folder.path("other/x.json"), tables())) == "(no problem)\n");
    REQUIRE(::mkfifo(folder.path("in/pipe.json").c_str(), 0600) == 0);
    folder.file("in/x.json", rule_set("pipe.json", ""));
    CHECK(faults_of(rules::load_rules(path, tables()))
          == path + ": /extends | \"pipe.json\" is no regular file, but a pipe or a device\n");
}

TEST_CASE("a chain of rule sets is neither too long nor too large") {
    TemporaryFolder const folder;
    auto const name = [](std::size_t i) { return "r" + std::to_string(i) + ".json"; };
    constexpr std::size_t most = input::chain_files_max;
    for (std::size_t i = 0; i < most; ++i) { // with law: one too many
        folder.file(name(i), rule_set(i + 1 < most ? name(i + 1) : "law", ""));
    }
    CHECK(faults_of(rules::load_rules(folder.path("r0.json"), tables()))
          == folder.path(name(most - 1))
                 + ": /extends | \"law\" makes a chain of more than 32 files; expected a shorter "
                   "one\n");
    CHECK(faults_of(rules::load_rules(folder.path("r1.json"), tables())) == "(no problem)\n");
    std::string const blanks(input::chain_bytes_max, ' ');
    folder.file("r2.json", rule_set("law", "") + blanks);
    CHECK(faults_of(rules::load_rules(folder.path("r1.json"), tables()))
          == folder.path("r1.json")
                 + ": /extends | \"r2.json\" is too large; expected at most 4 MB\n");
    folder.file("r2.json", rule_set("law", "") + blanks.substr(400));
    CHECK(
        faults_of(rules::load_rules(folder.path("r1.json"), tables()))
        == folder.path("r2.json")
               + ": /extends | \"law\" makes a chain of files that is too large; expected at most "
                 "4 MB in all\n");
    CHECK(faults_of_text(rule_set("law", "") + blanks)
          == "x.json | is too large; expected at most 4 MB\n");
}

TEST_CASE("the head of a rule set") {
    CHECK(faults_of_text("{}")
          == "x.json | \"schema\" is missing\n"
             "x.json | \"id\" is missing\n"
             "x.json | \"title\" is missing\n"
             "x.json | \"parameters\" is missing\n");
    CHECK(faults_of_text(R"({"schema": "pensim/rules/2", "id": 5, "title": {"en": "X"},
                             "extnds": "law", "parameters": []})")
          == "x.json: /schema | \"pensim/rules/2\" is unknown; expected \"pensim/rules/1\"\n"
             "x.json: /id | expected a text, found a number\n"
             "x.json: /title | \"zh\" is missing\n"
             "x.json: /extnds | unknown key \"extnds\"; did you mean \"extends\"?\n"
             "x.json: /parameters | expected an object, found a list\n");
    CHECK(faults_of_text("[]") == "x.json | expected an object, found a list\n");
    CHECK(faults_of_text("{") == "x.json: line 1, column 2 | not JSON: the text ends too early\n");
}

TEST_CASE("a parameter that no file of the chain sets is named") {
    auto const faults = faults_of_text(
        R"({"schema": "pensim/rules/1", "id": "x", "title": {"en": "X", "zh": "甲"}, "parameters": {)"
        + stretch("place.min_months", "2027-01", "60") + "}}");
    int keys = 0;
    law::visit_rules(rules("law"), [&](law::RuleKey const& key, auto const&) {
        ++keys;
        std::string const line =
            "x.json: /parameters/" + std::string(key.name)
            + " | is set by no rule set of the chain; extend \"law\" or set it\n";
        CAPTURE(key.name);
        CHECK((faults.find(line) != std::string::npos) == (key.name != "place.min_months"));
    });
    CHECK(std::count(faults.begin(), faults.end(), '\n') == keys - 1);
}

TEST_CASE("dated values") {
    std::string const at = "x.json: /parameters/place.min_months";
    struct Case {
        std::string why;
        std::string value;
        std::string faults;
    };
    for (
        auto const& c : std::vector<Case>{
            {"no list", "60", at + " | expected a list, found a number\n"},
            {"nothing in it", "[]", at + " | expected at least one value\n"},
            {"no object", "[60]", at + "/0 | expected an object, found a number\n"},
            {"everything is missing",
             "[{}]",
             at + "/0 | \"from\" is missing\n" + at + "/0 | \"value\" is missing\n" + at
                 + "/0 | \"source\" is missing\n"},
            {"a year is no month",
             R"([{"from": "2027", "value": 60, "source": "s"}])",
             at + "/0/from | \"2027\" is no month; expected such as \"2025-01\"\n"},
            {"no source",
             R"([{"from": "2027-01", "value": 60, "source": ""}])",
             at + "/0/source | is empty; every value needs its source\n"},
            {"a misspelt key",
             R"([{"from": "2027-01", "value": 60, "source": "s", "sorce": "s"}])",
             at + "/0/sorce | unknown key \"sorce\"; did you mean \"source\"?\n"},
            {"not in order",
             R"([{"from": "2027-01", "value": 60, "source": "s"}, {"from": "2026-12", "value": 61, "source": "s"}])",
             at
                 + "/1/from | 2026-12 does not come after 2027-01; entries stand in order of "
                   "time\n"},
            {"a month twice",
             R"([{"from": "2027-01", "value": 60, "source": "s"}, {"from": "2027-01", "value": 60, "source": "s"}])",
             at
                 + "/1/from | 2027-01 does not come after 2027-01; entries stand in order of "
                   "time\n"},
            {"less than one month",
             R"([{"from": "2027-01", "value": 0, "source": "s"}])",
             at + " | expected 1 or more\n"},
        }) {
        CAPTURE(c.why);
        CHECK(faults_of_parameters("\"place.min_months\": " + c.value) == c.faults);
    }
}

TEST_CASE("values from a table") {
    auto const read = [](std::string const& parameters) {
        return rules::read_rules("x.json", rule_set("law", parameters), tables());
    };
    auto const book =
        read(R"("account.rate": {"table": "contribution_rates.csv", "column": "individual_ppm"})");
    REQUIRE(book.has_value());
    CHECK(book->account.rate.at({2000, 1}) == Rate::ppm(80'000));
    std::string const at = "x.json: /parameters/account.rate";
    CHECK(
        faults_of(
            read(R"("account.rate": {"table": "contribution_rates.csv", "column": "account_pm"})"))
        == at
               + " | unknown table and column \"contribution_rates.csv:account_pm\"; did you mean "
                 "\"contribution_rates.csv:account_ppm\"?\n");
    CHECK(faults_of(read(
              R"("account.rate": {"table": "contribution_rates.csv", "colum": "account_ppm"})"))
          == at + " | \"column\" is missing\n" + at
                 + "/colum | unknown key \"colum\"; did you mean \"column\"?\n");
    CHECK(
        faults_of(read(R"("place.min_months": {"table": "areas.csv", "column": "level"})"))
        == "x.json: /parameters/place.min_months | no table holds values of this kind; expected a "
           "list of dated values\n");
    CHECK(faults_of(read(R"("payout.months": {"table": "payout_months.csv", "column": "age"})"))
          == "x.json: /parameters/payout.months | \"payout_months.csv:age\" is no table of payout "
             "months; expected \"payout_months.csv:months\"\n");
}

TEST_CASE("a table with rates of single areas gives them as exceptions") {
    TemporaryFolder const folder;
    folder.file("contribution_rates.csv",
                "from,area,employer_ppm,individual_ppm,account_ppm,alone_pool_ppm,source\n"
                "1998-01,*,200000,80000,80000,120000,a\n"
                "2006-01,GD,140000,80000,80000,120000,b\n"
                "2019-05,*,160000,80000,80000,120000,c\n"
                "2022-01,GD,150000,80000,80000,120000,d\n");
    auto const own = data::load_tables(data::TableSource(folder.path())).value();
    auto const book = rules::load_rules("law", own).value();
    auto const& rate = book.contribution.employer_rate;
    CHECK(rate.at({2005, 12}).at(area("GD")) == Rate::ppm(200'000));
    CHECK(rate.at({2006, 1}).at(area("GD")) == Rate::ppm(140'000));
    CHECK(rate.at({2006, 1}).at(area("SH")) == Rate::ppm(200'000));
    CHECK(rate.at({2019, 5}).at(area("GD")) == Rate::ppm(140'000));
    CHECK(rate.at({2019, 5}).at(area("SH")) == Rate::ppm(160'000));
    CHECK(rate.at({2022, 1}).at(area("GD")) == Rate::ppm(150'000));
}

TEST_CASE("the account cannot take more than is paid in") {
    CHECK(faults_of_parameters(stretch("account.rate", "2027-01", "0.24")) == "(no problem)\n");
    CHECK(faults_of_parameters(stretch("account.rate", "2027-01", "0.240001"))
          == "x.json: /parameters/account.rate | from 2027-01 the account takes more than employer "
             "and employee pay\n");
    CHECK(faults_of_parameters(stretch(
              "contribution.employer_rate", "2027-01", R"({"*": 0.16, "GD": 0, "SH": 0.08})"))
          == "(no problem)\n");
    CHECK(faults_of_parameters(
              stretch("account.rate", "2027-01", "0.1") + ", "
              + stretch("contribution.employer_rate", "2028-01", R"({"*": 0.16, "GD": 0.01})"))
          == "x.json: /parameters/account.rate | from 2028-01 the account takes more than employer "
             "and employee pay\n");
}

TEST_CASE("an unknown parameter, with the nearest") {
    CHECK(faults_of_parameters(R"("place.min_month": [], "hukou": 1)")
          == "x.json: /parameters/place.min_month | unknown parameter \"place.min_month\"; did you "
             "mean \"place.min_months\"?\n"
             "x.json: /parameters/hukou | unknown parameter \"hukou\"\n");
}

} // namespace pensim::test

#include "sim/story/story.hpp"

#include <set>
#include <vector>

#include <doctest/doctest.h>

#include "core/law/words.hpp"
#include "sim/cases/case_json.hpp"
#include "sim/rules/rule_files.hpp"
#include "tests/sim/story/shipped_cases.hpp"
#include "tests/sim/support.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

using story::Language;

cases::CaseFile shipped_cases(std::string_view name) {
    return cases::read_cases(data::shipped_file("cases/" + std::string(name) + ".json").value(),
                             tables())
        .value();
}

cases::Case case_of_text(std::string const& person) {
    return cases::read_cases(R"({"schema": "pensim/cases/1", "persons": [{"id": "p", )" + person
                                 + "}]}",
                             tables())
        .value()
        .persons[0];
}

std::string
tell(std::string_view rules, std::string const& person, Language language = Language::en) {
    cases::Case one = case_of_text(person);
    std::string const text = story::tell(shipped_law(rules), one, "/persons/0", language);
    CHECK(lines_of(one.problems) == "");
    return text;
}

std::string tell_shipped(std::string_view file, std::string_view id) {
    auto const found = shipped_cases(file);
    for (cases::Case person : found.persons) {
        if (person.id == id) {
            return story::tell(
                shipped_law(found.rules.value_or("law")), person, "/persons/0", Language::en);
        }
    }
    return "no such case";
}

bool holds(std::string const& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

/// Amounts with two decimals, in the order of the text.
std::multiset<std::string> amounts_of(std::string const& line) {
    std::multiset<std::string> amounts;
    constexpr std::string_view inside = "0123456789,.";
    for (std::size_t start = line.find_first_of("0123456789"); start != std::string::npos;) {
        std::size_t const end = std::min(line.find_first_not_of(inside, start), line.size());
        std::string number = line.substr(start, end - start);
        while (number.ends_with('.') || number.ends_with(',')) {
            number.pop_back();
        }
        if (number.size() > 3 && number[number.size() - 3] == '.') {
            amounts.insert(number);
        }
        start = line.find_first_of("0123456789", end);
    }
    return amounts;
}

std::vector<std::string> lines_of_text(std::string const& text) {
    std::vector<std::string> lines;
    for (std::size_t start = 0; start < text.size();) {
        std::size_t const end = std::min(text.find('\n', start), text.size());
        lines.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    return lines;
}

std::string const hong_konger = R"("group": "hong_kong", "sex": "male", "birth": "1966-09", )";

} // namespace

TEST_CASE("both languages tell the same, line by line and fen by fen") {
    each_shipped_case([](cases::Law const& law, cases::Case& person, std::string const& pointer) {
        CAPTURE(person.id);
        bool const wrong = person.expect && person.expect->find("errors") != nullptr;
        auto const english = lines_of_text(story::tell(law, person, pointer, Language::en));
        auto const chinese = lines_of_text(story::tell(law, person, pointer, Language::zh));
        CHECK(english.empty() == wrong);
        REQUIRE(english.size() == chinese.size());
        for (std::size_t i = 0; i < english.size(); ++i) {
            CAPTURE(english[i]);
            CAPTURE(chinese[i]);
            CHECK(amounts_of(english[i]) == amounts_of(chinese[i]));
            // Months at the left stand the same.
            if (i > 0 && english[i].starts_with("2")) {
                CHECK(english[i].substr(0, 7) == chinese[i].substr(0, 7));
            }
        }
    });
}

TEST_CASE("no place of a pattern is left open, and every amount is told that moved") {
    each_shipped_case([](cases::Law const& law, cases::Case& person, std::string const& pointer) {
        CAPTURE(person.id);
        for (Language const language : {Language::en, Language::zh}) {
            std::string const text = story::tell(law, person, pointer, language);
            CHECK_FALSE(holds(text, "{"));
            CHECK_FALSE(holds(text, "}"));
            CHECK_FALSE(holds(text, " 1 months"));
            law::Decider decider = law.decider();
            auto const* const outcome =
                cases::decide_case(decider, person, pointer, law.tables().areas);
            if (outcome == nullptr) {
                continue;
            }
            if (outcome->pension) {
                std::string const digits =
                    std::to_string(outcome->pension->monthly.count() % 100'000);
                CHECK(holds(text,
                            digits.substr(0, digits.size() - 2) + "."
                                + digits.substr(digits.size() - 2)));
            }
            CHECK(holds(text, outcome->statutory_month.text()));
            CHECK(holds(text, law.book().id));
        }
    });
}

TEST_CASE("every phrase is written in both languages and takes the same places") {
    for (std::size_t i = 0; i < static_cast<std::size_t>(story::Phrase::count_); ++i) {
        auto const phrase = static_cast<story::Phrase>(i);
        std::string const english(story::pattern(phrase, Language::en));
        std::string const chinese(story::pattern(phrase, Language::zh));
        CAPTURE(english);
        CHECK_FALSE(chinese.empty());
        for (std::string const place : {"{0}", "{1}", "{2}", "{3}", "{4}", "{5}"}) {
            CHECK(holds(english, place) == holds(chinese, place));
        }
    }
}

TEST_CASE("every word of the law has a name in both languages") {
    for (Language const language : {Language::en, Language::zh}) {
        std::set<std::string_view> names;
        for (std::size_t i = 0; i < words<Branch>.size(); ++i) {
            names.insert(story::name_of(static_cast<Branch>(i), language));
        }
        CHECK(names.size() == words<Branch>.size());
        for (std::size_t i = 0; i < words<law::Criterion>.size(); ++i) {
            CHECK_FALSE(story::name_of(static_cast<law::Criterion>(i), language).empty());
        }
        for (std::size_t i = 0; i < words<Kind>.size(); ++i) {
            CHECK_FALSE(story::name_of(static_cast<Kind>(i), language).empty());
        }
        for (std::size_t i = 0; i < words<Group>.size(); ++i) {
            CHECK_FALSE(story::name_of(static_cast<Group>(i), language).empty());
        }
    }
}

TEST_CASE("near misses are told with the months and with what they would have changed") {
    // Shanghai has 118 months, Guangdong 110: ten short of ten years and eight of the longest.
    std::string const text = tell("law", hong_konger + R"("records": [
        {"area": "SH", "from": "2008-02", "to": "2017-11", "base": 8000},
        {"area": "GD", "from": "2018-02", "to": "2027-03", "base": 9000}])");
    CHECK(holds(text, "Benefit location: SH Shanghai (the longest)."));
    CHECK(holds(text, R"(Otherwise, and by how much it was missed:
                   - SH Shanghai is 2 months short of 10 years; with 2 more: SH Shanghai (the last other area with enough months).
                   - GD Guangdong is 10 months short of 10 years; with 10 more: GD Guangdong (enough months where the relation is).
                   - SH Shanghai leads the next by 8 months; with )"));
    CHECK(holds(text, "- GD Guangdong is 8 months short of the longest; with "));

    std::string const margin = tell_shipped("order-41", "relation-ten-years");
    CHECK(holds(margin,
                "- GD Guangdong has 0 months more than 10 years; with 1 fewer: SH Shanghai (the "
                "last other area with enough months)."));

    std::string const one = tell_shipped("order-41", "relation-one-month-short");
    CHECK(holds(one,
                "- GD Guangdong is 1 month short of 10 years; with 1 more: GD Guangdong (enough "
                "months where the relation is)."));
    // With 50 fewer both have 119: a tie, and Guangdong was paid in last.
    CHECK(holds(one,
                "- SH Shanghai has 49 months more than 10 years; with 50 fewer: GD Guangdong (the "
                "last of equally long ones)."));

    std::string const longest = tell_shipped("order-41", "longest");
    CHECK(holds(
        longest,
        "- FJ Fujian leads the next by 12 months; with 13 fewer: ZJ Zhejiang (the longest)."));
    CHECK(holds(longest,
                "- SH Shanghai is 24 months short of the longest; with 25 more: SH Shanghai (the "
                "longest)."));
}

TEST_CASE("the criteria are told in their order, each with its reason") {
    std::string const text = tell_shipped("order-41", "longest");
    std::size_t const first = text.find("1. enough months in the relation area: no, SH Shanghai "
                                        "has 48 months, 72 short of 10 years.");
    std::size_t const second = text.find("2. the last other area with enough months: no, no other "
                                         "area has 10 years; FJ Fujian is 48 months short.");
    std::size_t const third = text.find("3. the longest area: FJ Fujian.");
    CHECK(first < second);
    CHECK(second < third);
    CHECK(third != std::string::npos);
}

TEST_CASE("every branch is told") {
    struct Case {
        std::string branch;
        std::string_view file;
        std::string_view id;
        std::string place;
    };
    for (auto const& c : std::vector<Case>{
             {"relation_qualified",
              "order-41",
              "relation-ten-years",
              "GD Guangdong (enough months where the relation is)"},
             {"last_qualified",
              "order-41",
              "relation-one-month-short",
              "SH Shanghai (the last other area with enough months)"},
             {"longest", "order-41", "longest", "FJ Fujian (the longest)"},
             {"longest_last",
              "order-41",
              "longest-tie-at-the-relation",
              "SH Shanghai (the last of equally long ones)"},
             {"hukou",
              "mainland",
              "home-at-the-end",
              "SC Sichuan (the relation is in the hukou area)"},
         }) {
        CAPTURE(c.branch);
        CHECK(holds(tell_shipped(c.file, c.id), "Benefit location: " + c.place + "."));
    }
    std::string const nowhere =
        R"("group": "mainland", "sex": "male", "birth": "1966-09", "hukou": "SC", "records": [
        {"area": "ZJ", "from": "2008-01", "to": "2015-12", "base": 4000},
        {"area": "JS", "from": "2016-01", "to": "2022-12", "base": 6000}])";
    CHECK(holds(tell("law", nowhere), "Benefit location: SC Sichuan (the hukou area gathers)."));
    std::string const elected =
        hong_konger + R"("elections": {"continue_in_last_area": true}, "records": [
        {"area": "ZJ", "from": "2014-04", "to": "2020-03", "base": 7300},
        {"area": "GD", "from": "2020-04", "to": "2025-03", "base": 12000}])";
    std::string const chosen = tell("practice", elected);
    CHECK(holds(chosen,
                "The person chooses to continue in GD Guangdong, the last area, although ZJ "
                "Zhejiang was found."));
    CHECK(holds(chosen, "Benefit location: GD Guangdong (chosen: the last area)."));
    CHECK(
        holds(tell("law", elected), "The choice to continue in the last area does not act here."));
}

TEST_CASE("branches of reforms are told") {
    std::string const life = hong_konger + R"("records": [
        {"area": "SH", "from": "2000-04", "to": "2015-03", "base": 8000},
        {"area": "BJ", "from": "2015-04", "to": "2025-09", "base": 8000},
        {"area": "GD", "from": "2025-10", "to": "2027-03", "base": 9000}])";
    struct Case {
        std::string criterion;
        std::string place;
    };
    for (auto const& c :
         std::vector<Case>{{"last_area", "GD Guangdong (the last area paid in)"},
                           {"first_qualified", "SH Shanghai (the first with enough months)"},
                           {"longest_qualified", "SH Shanghai (the longest with enough months)"},
                           {"hukou", ""},
                           {"relation_qualified", ""}}) {
        CAPTURE(c.criterion);
        cases::Law const law(
            rules::read_rules("x.json",
                              R"({"schema": "pensim/rules/1", "id": "x", "extends": "law",
                                  "title": {"en": "X", "zh": "甲"}, "parameters": {"place.order.hmt":
                                  [{"from": "1900-01", "value": [")"
                                  + c.criterion + R"("], "source": "s"}]}})",
                              tables())
                .value(),
            tables());
        cases::Case person = case_of_text(life);
        std::string const text = story::tell(law, person, "/persons/0", Language::en);
        CHECK(holds(text,
                    c.place.empty()
                        ? "No criterion of the rule set fits: there is no benefit location."
                        : "Benefit location: " + c.place + "."));
    }
}

TEST_CASE("every status is told") {
    std::string const ten =
        R"("records": [{"area": "GD", "from": "2016-04", "to": "2027-03", "base": 9000}])";
    struct Case {
        std::string status;
        std::string text;
        std::string sentence;
    };
    for (
        auto const& c : std::vector<Case>{
            {"pension",
             tell_shipped("order-41", "relation-ten-years"),
             "The pension is settled in GD Guangdong with an account of "},
            {"extend",
             tell("law", hong_konger + ten),
             "48 months are missing: they can be paid month by month in GD Guangdong."},
            {"lump_sum",
             tell_shipped("order-41", "lump-sum-right"),
             "60 months are missing: after 60 months of extension they may be paid at once in GD "
             "Guangdong."},
            {"short_no_extension",
             tell("law",
                  R"("group": "foreign", "nationality": "USA", "sex": "male", "birth": "1966-09", )"
                      + ten),
             "48 months are missing, and without permanent residence they cannot be paid."},
            {"refunded",
             tell_shipped("order-41", "ended-within-the-year"),
             "GD Guangdong pays out the account: 2,410.48."},
            {"died",
             tell(
                 "law",
                 hong_konger
                     + R"("events": [{"event": "death", "month": "2025-06"}], "records": [{"area": "GD", "from": "2016-04", "to": "2025-06", "base": 9000}])"),
             "Dies before the pension is settled."},
            {"no_contributions",
             tell("law", hong_konger + R"("records": [])"),
             "Nothing was ever paid."},
        }) {
        CAPTURE(c.status);
        CAPTURE(c.text);
        CHECK(holds(c.text, c.sentence));
    }
}

TEST_CASE("the residents' scheme is told: paid, overlapped, inherited") {
    // 1 200 a year is 100 a month. Six months overlap; six stay, with 2018's interest:
    // 8.29% x 100 x (12 + 11 + 10 + 9 + 8 + 7) / 12 = 39.3775
    std::string const text = tell("law", hong_konger + R"("records": [
        {"area": "GD", "from": "2018-01", "to": "2018-12", "base": 1200, "scheme": "resident"},
        {"area": "GD", "from": "2018-07", "to": "2018-12", "base": 10000}],
        "events": [{"event": "death", "month": "2018-12"}])");
    CHECK(holds(text, "2018-01..2018-12 Residents' scheme in GD Guangdong: 1,200.00 a year."));
    CHECK(
        holds(text,
              "2018-07..2018-12 6 months of the residents' scheme lie in months of the employees' "
              "scheme: 600.00 are refunded in all."));
    CHECK(holds(
        text, "2018-12          The resident account in GD Guangdong, 639.38, goes to the heirs."));
}

TEST_CASE("an account that crosses at T is told then, and not again") {
    std::string const choice = hong_konger + R"("elections": {"move_to_resident_scheme": true},
        "records": [{"area": "GD", "from": "2026-04", "to": "2027-03", "base": 10000}])";
    std::string const crossing = "2027-03          The employee account of ";
    for (
        std::string const& text :
        {tell("law", choice),
         tell("law", choice + R"(, "events": [{"event": "death", "month": "2030-05"}])"),
         tell(
             "law",
             choice
                 + R"(, "events": [{"event": "depart", "month": "2030-05", "terminate": false}])")}) {
        CAPTURE(text);
        auto const told = text.find(crossing);
        REQUIRE(told != std::string::npos);
        CHECK(text.find("Benefit location: ") < told);
        CHECK(text.find(crossing, told + 1) == std::string::npos);
        CHECK(text.find("2030-05 ") > told); // or not at all
        CHECK(holds(text, " goes to the residents' scheme in GD Guangdong with 12 months; the "));
        CHECK_FALSE(holds(text, "The account in GD Guangdong stands at "));
        CHECK_FALSE(holds(text, "goes to the heirs"));
        CHECK_FALSE(holds(text, "2027-12 "));
    }
    // Who pays on keeps the account where it is; still short at the end, it crosses after all.
    std::string const pays_on = hong_konger + R"("elections": {"move_to_resident_scheme": true},
        "records": [{"area": "GD", "from": "2026-04", "to": "2027-03", "base": 10000},
        {"area": "GD", "from": "2027-04", "to": "2028-03", "base": 10000, "kind": "extension"}])";
    CHECK(holds(tell("law", pays_on), "2027-03          The employee account of "));
    CHECK(holds(tell("law", pays_on + R"(, "events": [{"event": "death", "month": "2030-05"}])"),
                "2030-05          The account of GD Guangdong, "));
}

TEST_CASE("an exemption is told with its months and its law") {
    std::string const text = tell("law", R"("group": "foreign", "nationality": "DEU", "sex": "male",
        "birth": "1966-09", "exemptions": [{"ground": "agreement", "from": "2015-01", "to": "2019-12"}],
        "records": [{"area": "SH", "from": "2020-01", "to": "2020-12", "base": 10000}])");
    CHECK(holds(text,
                "2015-01..2019-12 Not insured here, under the agreement with DEU (60 months).  "
                "[order-16-2011 art. 9]"));
}

TEST_CASE("money that waits is told as waiting") {
    std::string const records = R"("records": [
        {"area": "SH", "from": "2010-01", "to": "2016-12", "base": 8000},
        {"area": "GD", "from": "2017-01", "to": "2027-03", "base": 9000, "transfer": false}])";
    std::string const text = tell("law", hong_konger + records);
    CHECK(holds(
        text, "The relation moves from SH Shanghai to GD Guangdong; the money stays where it is."));
    std::string const moved =
        tell("law", hong_konger + replaced(records, R"(, "transfer": false)", ""));
    CHECK(holds(moved, "The relation moves from SH Shanghai to GD Guangdong."));
    CHECK_FALSE(holds(moved, "the money stays where it is"));
}

TEST_CASE("a case with problems has no story, and the law's problems come back") {
    cases::Case person = case_of_text(hong_konger + R"("records": [
        {"area": "GD", "from": "1980-01", "to": "2027-03", "base": 9000}])");
    CHECK(story::tell(shipped_law("law"), person, "/persons/0", Language::en).empty());
    CHECK(lines_of(person.problems)
          == "/persons/0/records/0/from | starts in 1980-01 before age 16; the first possible "
             "month is "
             "1982-09\n");
    CHECK(story::tell(shipped_law("law"), person, "/persons/0", Language::zh).empty());
}

TEST_CASE("citations are written in both languages") {
    struct Case {
        law::Citation citation;
        std::string en;
        std::string zh;
    };
    for (auto const& c : std::vector<Case>{
             {{"order-41-2019", "art. 8(2)"}, "order-41-2019 art. 8(2)", "order-41-2019第8条第2款"},
             {{"sil-2010", "art. 16"}, "sil-2010 art. 16", "sil-2010第16条"},
             {{"rsth-2021-139", "item 1"}, "rsth-2021-139 item 1", "rsth-2021-139第1项"},
             {{"rule-set", ""}, "rule-set", "rule-set"},
         }) {
        CAPTURE(c.en);
        CHECK(story::citation_text(c.citation, Language::en) == c.en);
        CHECK(story::citation_text(c.citation, Language::zh) == c.zh);
    }
    CHECK(story::find_document("order-41-2019") != nullptr);
    CHECK(story::find_document("order-42-2019") == nullptr);
}

} // namespace pensim::test

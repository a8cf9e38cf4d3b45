// Figures in the words of either language, how to have a run again, and the workbook made of it.
#include "sim/report/presentation.hpp"

#include <limits>
#include <set>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "sim/report/run_scenario.hpp"
#include "sim/report/table_maker.hpp"
#include "sim/rules/rule_table.hpp"
#include "tests/support/read_workbook.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::report {
namespace {

struct TextRow {
    char const* why;
    double number;
    char const* en;
    char const* zh;
};

template <std::size_t Rows>
void check_texts(Bilingual (*text)(double), std::array<TextRow, Rows> const& rows) {
    for (TextRow const& row : rows) {
        CAPTURE(row.why);
        CAPTURE(row.number);
        CHECK(text(row.number).en == row.en);
        CHECK(text(row.number).zh == row.zh);
    }
}

TEST_CASE("money on both sides of each scale") {
    check_texts(money_text,
                std::array<TextRow, 16>{{
                    {"nothing", 0, "0 yuan", "0 元"},
                    {"less than half", 0.4, "0 yuan", "0 元"},
                    {"no minus before nothing", -0.4, "0 yuan", "0 元"},
                    {"yuan", 1'234.5, "1,234 yuan", "1,234 元"},
                    {"below a million", 999'999, "999,999 yuan", "999,999 元"},
                    {"rounds to a million", 999'999.6, "1.0 million yuan", "100.0 万元"},
                    {"a million", 1e6, "1.0 million yuan", "100.0 万元"},
                    {"below a hundred million", 99'949'999, "99.9 million yuan", "9,995.0 万元"},
                    {"a hundred million", 1e8, "100.0 million yuan", "1.00 亿元"},
                    {"rounds to a hundred million", 99'999'600, "100.0 million yuan", "1.00 亿元"},
                    {"below a billion", 999'949'999, "999.9 million yuan", "10.00 亿元"},
                    {"rounds to a billion", 999'950'001, "1.00 billion yuan", "10.00 亿元"},
                    {"a billion", 1e9, "1.00 billion yuan", "10.00 亿元"},
                    {"trillions", 1.2345e12, "1,234.50 billion yuan", "12,345.00 亿元"},
                    {"a loss", -1.5e9, "-1.50 billion yuan", "-15.00 亿元"},
                    {"a small loss", -1'500, "-1,500 yuan", "-1,500 元"},
                }});
}

TEST_CASE("people and times: English counts them, Chinese in ten thousands") {
    check_texts(people_text,
                std::array<TextRow, 6>{{{"nobody", 0, "0", "0 人"},
                                        {"below", 999'999, "999,999", "999,999 人"},
                                        {"a million", 1e6, "1,000,000", "100.0 万人"},
                                        {"many", 123'456'789, "123,456,789", "1.23 亿人"},
                                        {"rounds up", 99'999'999, "99,999,999", "1.00 亿人"},
                                        {"fewer than before", -2e6, "-2,000,000", "-200.0 万人"}}});
    check_texts(times_text,
                std::array<TextRow, 2>{
                    {{"once", 1, "1", "1 人次"}, {"often", 2.5e8, "250,000,000", "2.50 亿人次"}}});
}

TEST_CASE("shares and errors") {
    check_texts(share_text,
                std::array<TextRow, 4>{{{"none", 0, "0.0%", "0.0%"},
                                        {"all", 1, "100.0%", "100.0%"},
                                        {"rounded", 0.12345, "12.3%", "12.3%"},
                                        {"less", -0.5, "-50.0%", "-50.0%"}}});
    auto const error = error_text(1.25e6, money_text);
    REQUIRE(error);
    CHECK(error->en == "± 1.2 million yuan");
    CHECK(error->zh == "± 125.0 万元");
    CHECK(error_text(0, people_text)->en == "± 0");
    CHECK_FALSE(error_text(std::numeric_limits<double>::quiet_NaN(), money_text));
    CHECK_FALSE(error_text(std::numeric_limits<double>::infinity(), money_text));
}

struct Made {
    Made()
        : simulation(test::simulated("hmt", {.persons = 500, .with_pilot = false})),
          origin{"pensim run hmt --seed 7",
                 {{"flows.csv", 3, "f00d"}, {"areas.csv", 4, "beef"}},
                 {.version = "9.8.7", .clock = {"2031-02-03T04:05:06Z", 1.234, 2}}} {
        simulation->scenario.horizon = {2020, 2049};
        auto const results = run_scenario(*simulation, {}).results;
        page = presentation_of(results, *simulation, tables_of(results, *simulation), origin);
    }
    std::unique_ptr<scenario::Simulation> simulation;
    Origin origin;
    Presentation page;
};

TEST_CASE("facts say how a run came about, in this order") {
    Made const made;
    auto const& book = made.simulation->law->book();
    std::vector<std::pair<std::string, std::string>> expected{
        {"pensim", "9.8.7"},
        {"scenario", "hmt"},
        {"rule set", "law"},
        {"seed", fmt::format("{}", made.simulation->scenario.run.seed)},
        {"simulated lives", "500"},
        {"replicates", "1"},
        {"people a life stands for", "1000"},
        {"rules SHA-256", sha256(rules::rules_json(book, made.simulation->tables.areas))},
        {"begun (UTC)", "2031-02-03T04:05:06Z"},
        {"seconds", "1.23"},
        {"flows.csv SHA-256", "f00d"},
        {"areas.csv SHA-256", "beef"}};
    std::vector<std::pair<std::string, std::string>> found;
    for (Fact const& fact : made.page.facts) {
        found.emplace_back(fact.label.en, fact.value);
        CHECK_FALSE(fact.label.zh.empty());
    }
    CHECK(found == expected);
    CHECK(made.page.command == "pensim run hmt --seed 7");
}

TEST_CASE("the workbook: every table of the folder a sheet, of the page's those with a chart") {
    Made const made;
    Workbook const workbook = workbook_of(made.page, SummaryLanguage::zh);
    CHECK(workbook.language == SummaryLanguage::zh);
    CHECK(workbook.title.en == made.page.title.en);
    CHECK(workbook.subtitle.zh == made.page.answer.zh);
    CHECK(workbook.notes.size() == made.page.notes.size());
    std::vector<std::string> names;
    for (Table const* const table : workbook.tables) {
        names.push_back(table->name);
    }
    std::vector<std::string> expected;
    for (Table const& table : made.page.tables) {
        expected.push_back(table.name);
    }
    expected.insert(expected.end(), {"area_totals", "branches"});
    CHECK(names == expected);
    for (WorkbookChart const& chart : workbook.charts) {
        CAPTURE(chart.table);
        CHECK(std::count(names.begin(), names.end(), chart.table) == 1);
    }
    REQUIRE(workbook.facts.size() == made.page.facts.size() + 1);
    CHECK(workbook.facts[0].value.en == "pensim run hmt --seed 7");
    CHECK(workbook.facts[1].value.zh == "9.8.7");
    auto const book = test::read_workbook(workbook_of(workbook, made.simulation->tables.areas));
    std::set<std::string> sheets;
    for (auto const& sheet : book.sheets) {
        sheets.insert(sheet.name);
    }
    for (Table const* const table : workbook.tables) {
        CHECK(sheets.count(title_of(table->name).zh) == 1);
    }
}

TEST_CASE("a headline on the cover: value, error, then its note") {
    Presentation page;
    page.headlines = {{{"a", "甲"}, {"1", "一"}, Bilingual{"± 2", "± 二"}, Bilingual{"n", "注"}},
                      {{"b", "乙"}, {"1", "一"}, std::nullopt, Bilingual{"n", "注"}},
                      {{"c", "丙"}, {"1", "一"}, Bilingual{"± 2", "± 二"}, std::nullopt},
                      {{"d", "丁"}, {"1", "一"}, std::nullopt, std::nullopt}};
    Workbook const workbook = workbook_of(page, SummaryLanguage::en);
    std::vector<std::string> en;
    std::vector<std::string> zh;
    for (WorkbookFact const& line : workbook.headlines) {
        en.push_back(line.label.en + ": " + line.value.en);
        zh.push_back(line.value.zh);
    }
    CHECK(en == std::vector<std::string>{"a: 1 ± 2; n", "b: 1; n", "c: 1 ± 2", "d: 1"});
    CHECK(zh == std::vector<std::string>{"一 ± 二；注", "一；注", "一 ± 二", "一"});
    CHECK(workbook.tables.empty());
}

TEST_CASE("what is hidden, in numbers") {
    Bilingual const text = hidden_text({.flows = 1, .locations = 2, .books = 3, .others = 4});
    CHECK(text.en
          == "Small numbers of people are hidden and are in no sum: 1 flows, 2 kinds of places, 3 "
             "amounts of areas' books, 4 others.");
    CHECK(text.zh
          == "人数过少的单元格已隐去，且不计入任何合计：资金流向 1 个，待遇领取地 2 个，各地收支 3 "
             "个，其他 4 个。");
}

} // namespace
} // namespace pensim::report

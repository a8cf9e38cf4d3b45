#include "sim/report/summary.hpp"

#include <map>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "sim/report/run_scenario.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::report {
namespace {

std::vector<std::string> lines_in(std::string const& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const end = text.find('\n', at);
        REQUIRE(end != std::string::npos);
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

/// The first line that begins, behind blanks, with these words; its other words.
std::vector<std::string> line_with(std::string const& text, std::string const& words) {
    for (std::string const& line : lines_in(text)) {
        std::size_t const start = line.find_first_not_of(' ');
        if (start == std::string::npos || line.compare(start, words.size(), words) != 0) {
            continue;
        }
        std::vector<std::string> cells;
        for (std::size_t at = start + words.size(); at < line.size();) {
            std::size_t const from = line.find_first_not_of(' ', at);
            if (from == std::string::npos) {
                break;
            }
            at = std::min(line.find(' ', from), line.size());
            cells.push_back(line.substr(from, at - from));
        }
        return cells;
    }
    FAIL("no line \"", words, "\" in\n", text);
    return {};
}

double number(std::string text) {
    std::erase(text, ',');
    return std::stod(text);
}

struct ToldRun {
    explicit ToldRun(std::string_view scenario, std::uint32_t replicates = 1)
        : simulation(test::simulated(
            scenario, {.persons = 1500, .replicates = replicates, .with_pilot = false})),
          results(run_scenario(*simulation, {}).results), tables(tables_of(results, *simulation)) {}
    [[nodiscard]] std::string in(SummaryLanguage language) const {
        return summary_of(results, *simulation, tables.back(), {language, 2.5, 3});
    }
    [[nodiscard]] double sum(std::size_t table, char const* column) const {
        double sum = 0;
        for (std::size_t row = 0; row < tables[table].rows; ++row) {
            auto const& values = tables[table].column(column);
            sum += values.kind == Column::Kind::real
                       ? values.real[row]
                       : static_cast<double>(values.whole[row])
                             / (values.kind == Column::Kind::yuan ? 100 : 1);
        }
        return sum;
    }
    std::unique_ptr<scenario::Simulation> simulation;
    RunResults results;
    std::vector<Table> tables;
};

TEST_CASE("the summary's numbers are those of the tables, weighted") {
    ToldRun const told("national");
    std::string const text = told.in(SummaryLanguage::en);
    CHECK(
        text.starts_with("national: Everybody insured with an employer on the mainland\n"
                         "  rules law, seed 20201101, 1 replicate\n"
                         "  1,500 lives for 1,500,000 people (each stands for 1000), 1998 to 2100\n"
                         "  2.50 s on 3 threads, 600 lives a second\n"));
    auto const all = line_with(text, "all flows");
    REQUIRE(all.size() == 3);
    CHECK(number(all[0]) == doctest::Approx(told.sum(0, "people") * 1000));
    CHECK(number(all[1]) == doctest::Approx(told.sum(0, "account") * 1000 / 1e6).epsilon(1e-4));
    CHECK(number(all[2]) == doctest::Approx(told.sum(0, "pooled") * 1000 / 1e6).epsilon(1e-4));
    // Branches: people and shares.
    std::map<std::string, double> people;
    Table const& locations = told.tables[1];
    for (std::size_t row = 0; row < locations.rows; ++row) {
        auto const& branch = locations.column("branch");
        people[branch.words[branch.codes[row]]] +=
            static_cast<double>(locations.column("people").whole[row]);
    }
    CHECK(people.size() >= 5);
    for (auto const& counted : people) {
        auto const& branch = counted.first;
        auto const count = counted.second;
        CAPTURE(branch);
        auto const cells =
            line_with(text, branch == "none" ? "none: died, refunded or never paid" : branch + " ");
        REQUIRE(cells.size() == 3);
        CHECK(number(cells[0]) == count * 1000);
        CHECK(cells[1] == fmt::format("{:.1f}%", count / 15));
        CHECK((branch != "relation_qualified" || number(cells[2]) <= number(cells[0])));
    }
    // A heading of two lines is two lines.
    CHECK(text.find("million yuan: pooled money arrived less sent,\nplus pensions that others")
          != std::string::npos);
    CHECK(text.find("hidden") == std::string::npos);
    // No line ends in a blank.
    for (std::string const& line : lines_in(text)) {
        CHECK_FALSE(line.ends_with(' '));
    }
}

TEST_CASE("the same in Chinese, money in hundred millions") {
    ToldRun const told("national");
    std::string const text = told.in(SummaryLanguage::zh);
    CHECK(text.starts_with("national: 全国企业职工基本养老保险参保人员\n"
                           "  规则 law，种子 20201101，1 个重复\n"
                           "  模拟 1,500 人，代表 1,500,000 人（每人代表 1000 人），1998-2100 年\n"
                           "  用时 2.50 秒，3 个线程，每秒 600 人\n"));
    auto const all = line_with(text, "合计");
    REQUIRE(all.size() == 3);
    CHECK(number(all[0]) == doctest::Approx(told.sum(0, "people") * 1000));
    CHECK(number(all[1]) == doctest::Approx(told.sum(0, "account") * 1000 / 1e8).epsilon(1e-3));
    for (char const* const title : {"待遇领取地判定依据",
                                    "待遇领取人数最多的地区",
                                    "最大的十个资金流向（历年合计，亿元）",
                                    "转移接续的得失",
                                    "校准（全部见 calibration.csv）"}) {
        CHECK(text.find(std::string("\n\n") + title) != std::string::npos);
    }
    CHECK(text.find("GD 广东") != std::string::npos);
    CHECK(text.find("Guangdong") == std::string::npos);
}

TEST_CASE("several replicates: means, not sums") {
    ToldRun const told("hmt", 3);
    std::string const text = told.in(SummaryLanguage::en);
    CHECK(text.find("rules law, seed 20191129, 3 replicates\n") != std::string::npos);
    CHECK(text.find("1,500 lives for 1,500,000 people") != std::string::npos);
    CHECK(text.find(" s on 3 threads, 1,800 lives a second\n") != std::string::npos);
    auto const all = line_with(text, "all flows");
    REQUIRE(all.size() == 3);
    CHECK(number(all[0]) == doctest::Approx(told.sum(0, "people") * 1000).epsilon(1e-5));
    auto const target = line_with(text, "insured-2021-10");
    REQUIRE(target.size() == 4);
    CHECK(target[0] == "2021-10");
    CHECK(target[1] == "160,000");
    CHECK(number(target[2])
          == doctest::Approx(told.tables.back().column("simulated").real[0]).epsilon(1e-4));
}

TEST_CASE("the summary says that small numbers are hidden") {
    auto const simulation = test::simulated("national", {.persons = 1500, .with_pilot = false});
    simulation->watch.behind = true;
    RunOptions options;
    options.suppress_below = 10;
    auto const results = run_scenario(*simulation, options).results;
    auto const& hidden = results.hidden();
    REQUIRE(hidden);
    auto const tables = tables_of(results, *simulation);
    CHECK(
        summary_of(results, *simulation, tables.back(), {SummaryLanguage::en, 1, 1})
            .find(fmt::format("\n  Small numbers of people are hidden and are in no sum: {} flows, "
                              "{} kinds of places, {} amounts of areas' books, {} others.\n",
                              hidden->flows,
                              hidden->locations,
                              hidden->books,
                              hidden->others))
        != std::string::npos);
    CHECK(summary_of(results, *simulation, tables.back(), {SummaryLanguage::zh, 1, 1})
              .find(fmt::format("\n  人数过少的单元格已隐去，且不计入任何合计：资金流向 {} 个，",
                                hidden->flows))
          != std::string::npos);
}

TEST_CASE("a run without flows or targets has a summary too") {
    auto const simulation = test::simulated("country400", {.persons = 1, .with_pilot = false});
    RunResults results(terms_of(*simulation));
    engine::Tally tally(simulation->tables.areas.size(), simulation->watch);
    results.add(tally);
    auto const tables = tables_of(results, *simulation);
    std::string const text =
        summary_of(results, *simulation, tables.back(), {SummaryLanguage::en, 0.1, 1});
    CHECK(text.find("on 1 thread, ") != std::string::npos);
    CHECK(text.find("Calibration") == std::string::npos);
    CHECK(line_with(text, "all flows") == std::vector<std::string>{"0", "0.0", "0.0"});
    CHECK(text.find("nan") == std::string::npos);
    CHECK(text.find("inf") == std::string::npos);
}

} // namespace
} // namespace pensim::report

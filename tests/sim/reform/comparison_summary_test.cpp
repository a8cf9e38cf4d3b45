#include "sim/reform/comparison_summary.hpp"

#include <algorithm>
#include <map>
#include <sstream>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/support/compared.hpp"

namespace pensim::test {
namespace {

using report::grouped;
using report::SummaryLanguage;
using report::Table;

/// Residents of Hong Kong, Macau and Taiwan; each life stands for 1000 people.
struct Told {
    explicit Told(std::vector<std::string> const& names, std::uint32_t replicates = 1)
        : simulation(
            simulated("hmt", {.persons = 1000, .replicates = replicates, .with_pilot = false})),
          planned(*simulation, names), comparison(run()),
          tables(reform::tables_of(comparison, planned.plan)) {}
    [[nodiscard]] std::string in(SummaryLanguage language) const {
        auto const witnesses = reform::witnesses_of(
            comparison,
            planned.plan,
            planned.reforms,
            language == SummaryLanguage::zh ? story::Language::zh : story::Language::en);
        return reform::summary_of(
            comparison, planned.plan, planned.reforms, witnesses, {language, 2.5, 3});
    }
    [[nodiscard]] Table const& table(std::string_view name) const { return named(tables, name); }

    std::unique_ptr<scenario::Simulation> simulation;
    Planned planned;
    reform::Comparison comparison;
    std::vector<Table> tables;

  private:
    reform::Comparison run() {
        planned.plan.witnesses = 1;
        return reform::compare(planned.plan);
    }
};

bool holds(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

/// The words of the lines below a title, up to the next blank line.
std::vector<std::vector<std::string>> section(std::string const& text, std::string const& title) {
    std::size_t const at = text.find("\n\n" + title);
    if (at == std::string::npos) {
        FAIL("no section \"", title, "\" in\n", text);
    }
    std::istringstream lines(text.substr(at + 2));
    std::vector<std::vector<std::string>> found;
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line) && !line.empty()) {
        std::istringstream words(line);
        std::vector<std::string> cells;
        std::string word;
        while (words >> word) {
            cells.push_back(word);
        }
        found.push_back(cells);
    }
    return found;
}

/// Of a section the line that begins with a word.
std::vector<std::string> line_of(std::vector<std::vector<std::string>> const& lines,
                                 std::string const& word) {
    for (auto const& line : lines) {
        if (line.front() == word) {
            return line;
        }
    }
    FAIL("no line ", word);
    return {};
}

double number(std::string text) {
    std::erase(text, ',');
    return std::stod(text);
}

/// The row of a table in which the columns have these words.
std::size_t row_with(Table const& table, std::map<std::string, std::string> const& words) {
    for (std::size_t row = 0; row < table.rows; ++row) {
        bool fits = true;
        for (auto const& [column, word] : words) {
            fits = fits && text_at(table, column, row) == word;
        }
        if (fits) {
            return row;
        }
    }
    FAIL("no such row in ", table.name);
    return 0;
}

double whole(Table const& table, std::string const& column, std::size_t row) {
    return static_cast<double>(table.column(column).whole[row]);
}

/// People of all groups by both ends of a transition.
std::map<std::string, double>
transitions(Table const& table, std::string const& reform, std::string const& change) {
    std::map<std::string, double> sums;
    for (std::size_t row = 0; row < table.rows; ++row) {
        if (text_at(table, "reform", row) == reform && text_at(table, "change", row) == change) {
            sums[text_at(table, "from", row) + " -> " + text_at(table, "to", row)] +=
                whole(table, "people", row);
        }
    }
    return sums;
}

TEST_CASE("the summary's numbers are those of the tables, weighted") {
    Told const told({"longest-only"});
    std::string const text = told.in(SummaryLanguage::en);
    CHECK(
        text.starts_with("hmt: Residents of Hong Kong, Macau and Taiwan insured on the mainland\n"
                         "  baseline law, seed 20191129, 1 replicate\n"
                         "  1,000 lives for 1,000,000 people (each stands for 1000), 2005 to 2110\n"
                         "  2.50 s on 3 threads; "));
    CHECK(holds(text, "\n==== longest-only\n"));
    CHECK_FALSE(holds(text, "Each reform against the baseline"));

    auto const who = section(text, "Who changes");
    Table const& changes = told.table("changes");
    for (auto const& [word, change, at] : {std::tuple("anything", "any", 1U),
                                           {"status", "status", 1U},
                                           {"criterion", "branch", 1U},
                                           {"transfers", "transfers", 1U},
                                           {"benefit", "benefit_area", 2U},
                                           {"months", "months_short", 3U},
                                           {"monthly", "pension", 2U}}) {
        char const* const shown = word;
        CAPTURE(shown);
        auto const line = line_of(who, word);
        std::size_t const row = row_with(changes, {{"change", change}});
        double const people = whole(changes, "people", row);
        CHECK(number(line.at(at)) == people * 1000);
        CHECK(line.at(at + 1) == fmt::format("{:.1f}%", people / 10));
        double const half =
            (changes.column("hi95").real[row] - changes.column("lo95").real[row]) / 2;
        CHECK(line.at(at + 2) == "±" + grouped(half * 1000));
    }

    auto const places = section(text, "Benefit location, from -> to");
    auto const moves = transitions(told.table("transitions"), "longest-only", "benefit_area");
    CHECK(places.size() == std::min<std::size_t>(8, moves.size()));
    double last = 1e18;
    for (auto const& line : places) { // GD Guangdong -> SH Shanghai 2,000
        std::string rest;
        for (std::size_t i = 0; i + 1 < line.size(); ++i) {
            rest += line[i] + ' ';
        }
        std::size_t const arrow = rest.find(" -> ");
        std::string const from = rest.substr(0, rest.find(' '));
        std::string const to = rest.substr(arrow + 4, rest.find(' ', arrow + 4) - arrow - 4);
        double const people = moves.at(from + " -> " + to) * 1000;
        CHECK(number(line.back()) == people);
        CHECK(people <= last);
        last = people;
    }
    auto const branches = section(text, "Criterion, from -> to");
    auto const criteria = transitions(told.table("transitions"), "longest-only", "branch");
    CHECK(branches.size() == criteria.size());
    for (auto const& line : branches) {
        CHECK(number(line.at(3)) == criteria.at(line.at(0) + " -> " + line.at(2)) * 1000);
    }

    auto const winners = section(text, "Winners and losers: ");
    Table const& by = told.table("winners");
    for (auto const& [word, trait, value] : {std::tuple("all", "all", "all"),
                                             {"hong_kong", "group", "hong_kong"},
                                             {"taiwan", "group", "taiwan"}}) {
        char const* const shown = word;
        CAPTURE(shown);
        auto const line = line_of(winners, word);
        std::size_t const row = row_with(by, {{"by", trait}, {"value", value}});
        CHECK(number(line.at(1)) == whole(by, "pensioners", row) * 1000);
        CHECK(number(line.at(2)) == whole(by, "winners", row) * 1000);
        CHECK(number(line.at(3)) == whole(by, "losers", row) * 1000);
        CHECK(line.at(4) == grouped(by.column("mean_change_of_changed").real[row]));
        CHECK(line.at(5) == grouped(by.column("p10").real[row]));
        CHECK(line.at(6) == grouped(by.column("p50").real[row]));
        CHECK(line.at(7) == grouped(by.column("p90").real[row]));
    }

    auto const flows = section(text, "Money that moves between areas");
    Table const& totals = told.table("flow_totals");
    for (auto const& [word, kind] : {std::pair("gather,", "gather"), {"return,", "return"}}) {
        char const* const shown = word;
        CAPTURE(shown);
        std::size_t const row = row_with(totals, {{"kind", kind}, {"from", ""}, {"to", ""}});
        auto const line = line_of(flows, word); // the account's
        CHECK(line.at(1) == "account");
        for (auto const& [at, column] : {std::pair(2U, "account_baseline"),
                                         {3U, "account_reform"},
                                         {4U, "account_difference"}}) {
            CHECK(line.at(at) == grouped(whole(totals, column, row) / 100 * 1000 / 1e6, 1));
        }
        CHECK(line.at(6) == fmt::format("{:.3g}", totals.column("account_factor").real[row]));
    }

    auto const gains = section(text, "Each area's gain from portability");
    Table const& areas = told.table("area_totals");
    std::size_t differ = 0;
    for (std::size_t row = 0; row < areas.rows; ++row) {
        bool const area = text_at(areas, "item", row) == "portability_gain"
                          && !text_at(areas, "area", row).empty();
        if (area && areas.column("value_difference").whole[row] != 0) {
            ++differ;
        }
    }
    CHECK(differ > 5);
    // Two lines of heading, five areas on either side.
    CHECK(gains.size() == 2 + std::min<std::size_t>(10, differ));
    for (std::size_t i = 2; i < gains.size(); ++i) {
        auto const& line = gains[i];
        std::size_t const row =
            row_with(areas, {{"area", line.at(0)}, {"item", "portability_gain"}});
        CHECK(holds(" " + fmt::format("{}", fmt::join(line, " ")) + " ",
                    " " + grouped(whole(areas, "value_difference", row) / 100 * 1000 / 1e6, 1)
                        + " "));
    }

    auto const witnesses = section(text, "The simplest lives that show each kind of change");
    CHECK(witnesses.size() == told.comparison.reforms[0].people.witnesses.size());
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
        std::string const line = text.substr(at, text.find('\n', at) - at);
        CHECK_FALSE(line.ends_with(' '));
    }
    CHECK_FALSE(holds(text, " nan"));
    CHECK_FALSE(holds(text, "±nan"));
    CHECK_FALSE(holds(text, " inf"));
}

TEST_CASE("the same sections in Chinese, money in hundred millions") {
    Told const told({"longest-only"});
    std::string const text = told.in(SummaryLanguage::zh);
    CHECK(text.starts_with("hmt: 在内地参保的港澳台居民\n  基准 law，种子 20191129，1 个重复\n  "
                           "模拟 1,000 人，代表 1,000,000 人（每人代表 1000 人），2005-2110 年\n  "
                           "用时 2.50 秒，3 个线程；每人平均模拟 "));
    std::size_t const any = row_with(told.table("changes"), {{"change", "any"}});
    CHECK(number(line_of(section(text, "受影响的人"), "任何变化").at(1))
          == whole(told.table("changes"), "people", any) * 1000);
    for (char const* const title : {"待遇领取地，变化前 -> 变化后",
                                    "判定依据，变化前 -> 变化后",
                                    "受益与受损：",
                                    "各地转移接续得失的变化（历年合计，亿元）：得失最多的各五地\n",
                                    "地区间转移的资金与支付的待遇（历年合计，亿元）",
                                    "不同的参数",
                                    "最能说明各类变化的最简人生"}) {
        CAPTURE(title);
        CHECK(holds(text, std::string("\n\n") + title));
    }
    Table const& totals = told.table("flow_totals");
    std::size_t const row = row_with(totals, {{"kind", "gather"}, {"from", ""}, {"to", ""}});
    auto const line = line_of(section(text, "地区间转移的资金"), "归集，个人账户");
    CHECK(line.at(3) == grouped(whole(totals, "account_difference", row) / 100 * 1000 / 1e8, 2));
    CHECK(holds(text, "GD 广东"));
    for (char const* const english : {"Guangdong", "years", "baseline", "people"}) {
        CAPTURE(english);
        std::string rest = text;
        // Sources and ids of rules stay as they are.
        std::size_t const from = rest.find("\n不同的参数\n");
        rest.erase(from, rest.find("\n\n", from) - from);
        CHECK_FALSE(holds(rest, english));
    }
}

TEST_CASE("several reforms are shown side by side, then one after the other") {
    std::vector<std::string> const names{"five-years", "pro-rata", "central-2018", "law"};
    Told const told(names, 2);
    std::string const text = told.in(SummaryLanguage::en);
    auto const overview = section(text, "Each reform against the baseline");
    REQUIRE(overview.size() == names.size() + 1);
    for (std::size_t r = 0; r < names.size(); ++r) {
        auto const& line = overview[r + 1];
        CAPTURE(names[r]);
        CHECK(line.at(0) == names[r]);
        // Means over replicates.
        std::size_t const any =
            row_with(told.table("changes"), {{"reform", names[r]}, {"change", "any"}});
        std::size_t const moved =
            row_with(told.table("changes"), {{"reform", names[r]}, {"change", "benefit_area"}});
        std::size_t const all =
            row_with(told.table("winners"), {{"reform", names[r]}, {"by", "all"}});
        CHECK(number(line.at(1))
              == doctest::Approx(told.table("changes").column("people").real[any] * 1000));
        CHECK(number(line.at(2))
              == doctest::Approx(told.table("changes").column("people").real[moved] * 1000));
        CHECK(number(line.at(3)) == whole(told.table("winners"), "winners", all) * 500);
        CHECK(number(line.at(4)) == whole(told.table("winners"), "losers", all) * 500);
        Table const& books = told.table("area_totals");
        double pensions = 0;
        for (std::size_t row = 0; row < books.rows; ++row) {
            bool const counts = text_at(books, "item", row).starts_with("benefits_")
                                && text_at(books, "area", row).empty();
            if (counts && text_at(books, "reform", row) == names[r]) {
                pensions += books.column("value_difference").real[row];
            }
        }
        CHECK(line.at(5) == grouped(pensions * 1000 / 1e6, 1));
        CHECK(holds(text, "\n\n==== " + names[r] + "\n"));
    }
    CHECK(holds(told.in(SummaryLanguage::zh), "\n\n各方案与基准比较\n"));
    // A reform of the pools alone tells what these receive, and that nobody changes.
    std::string const pools = text.substr(text.find("\n==== central-2018\n"));
    CHECK(pools.starts_with("\n==== central-2018\n\nNobody changes\n"));
    auto const received = section(pools, "What each area's pool receives from the others");
    Table const& areas = told.table("area_totals");
    CHECK(received.size() > 5);
    for (std::size_t i = 2; i < received.size(); ++i) {
        std::size_t const row = row_with(areas,
                                         {{"reform", "central-2018"},
                                          {"area", received[i].at(0)},
                                          {"item", "pooling_adjustment"}});
        double const yuan = areas.column("value_difference").real[row] * 1000;
        CHECK(holds(" " + fmt::format("{}", fmt::join(received[i], " ")) + " ",
                    " " + grouped(yuan / 1e6, 1) + " "));
    }
    // Nothing at all.
    CHECK(text.ends_with("\n==== law\n\nNobody changes\n\nNo parameter differs\n"));
    CHECK_FALSE(holds(text.substr(0, text.find("==== central-2018")), "pool receives"));
}

} // namespace
} // namespace pensim::test

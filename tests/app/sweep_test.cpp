// pensim sweep as a user runs it.
#include <cmath>
#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/app/program.hpp"
#include "tests/support/page_document.hpp"

namespace pensim::test {

namespace {

/// Each life stands for two people.
constexpr std::string_view tiny = R"({"schema": "pensim/scenario/1", "id": "tiny",
    "extends": "hmt", "title": {"en": "Tiny", "zh": "小"},
    "population": {"people": 800, "calibrated_to": null, "source": "test"},
    "run": {"persons": 400}})";
constexpr double weight = 2;

std::vector<std::string> parts(std::string const& text, char mark) {
    std::vector<std::string> found;
    std::istringstream in(text);
    for (std::string part; std::getline(in, part, mark);) {
        found.push_back(part);
    }
    return found;
}

using Row = std::map<std::string, std::string>;

/// Rows of a CSV text without quotes, by the names of its head.
std::vector<Row> table(TemporaryFolder const& folder, std::string const& name) {
    auto const lines = parts(content_of(folder.path(name)), '\n');
    REQUIRE(lines.size() > 1);
    auto const head = parts(lines.front(), ',');
    std::vector<Row> rows;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        auto const cells = parts(lines[i], ',');
        REQUIRE(cells.size() == head.size());
        Row row;
        for (std::size_t j = 0; j < head.size(); ++j) {
            row[head[j]] = cells[j];
        }
        rows.push_back(row);
    }
    return rows;
}

std::vector<std::string> words_in(std::string const& line) {
    std::vector<std::string> found;
    std::istringstream in(line);
    for (std::string word; in >> word;) {
        found.push_back(word);
    }
    return found;
}

/// "+1,234.5" -> 1234.5
double number(std::string text) {
    std::erase(text, ',');
    return std::stod(text);
}

/// The lines of a text behind the one that begins with `head`, up to an empty one.
std::vector<std::string> lines_behind(std::string const& text, std::string const& head) {
    auto const lines = parts(text, '\n');
    std::size_t at = 0;
    while (at < lines.size() && !lines[at].starts_with(head)) {
        ++at;
    }
    REQUIRE(at < lines.size());
    std::vector<std::string> found;
    for (++at; at < lines.size() && !lines[at].empty(); ++at) {
        found.push_back(lines[at]);
    }
    return found;
}

/// A column of sweep.csv in one setting of the first parameter, by figure.
std::map<std::string, double> figures(std::vector<Row> const& rows,
                                      std::string const& parameter,
                                      std::string const& value,
                                      std::string const& column) {
    std::map<std::string, double> found;
    for (Row const& row : rows) {
        if (row.at(parameter) == value) {
            found[row.at("figure")] = number(row.at(column));
        }
    }
    return found;
}

std::string const not_read =
    ": expected PARAMETER=from:to:step with fewer than 1000 steps from `from` to `to`, or "
    "PARAMETER=value,value,..., such as place.min_months=60:180:12\n";

} // namespace

TEST_CASE("sweep: faults, all at once") {
    TemporaryFolder const folder;
    folder.file("tiny.json", tiny);
    std::filesystem::create_directory(folder.path("full"));
    folder.file("full/mine", "mine");
    struct Case {
        std::string why;
        std::string arguments;
        std::string err;
    };
    for (auto const& c : std::vector<Case>{
             {"unknown",
              "--set place.min_month=60:180:12",
              "--set: place.min_month: unknown parameter \"place.min_month\"; did you mean "
              "\"place.min_months\"?\n"},
             {"two of them",
              "--set place.min_month=60 --set place.tie=latest_strat",
              "--set: place.min_month: unknown parameter \"place.min_month\"; did you mean "
              "\"place.min_months\"?\n"
              "--set: place.tie: unknown tie rule \"latest_strat\"; did you mean "
              "\"latest_start\"?\n"},
             {"no month",
              "--set place.min_months=60 --from 2027-13",
              "--from: \"2027-13\" is no month; expected YYYY-MM\n"},
             {"no month at all",
              "--set place.min_months=60 --from soon",
              "--from: \"soon\" is no month; expected YYYY-MM\n"},
             {"three parameters",
              "--set place.min_months=60 --set place.tie=none --set transfer.pooled_rate=0",
              "--set: stands here more than twice; expected one or two parameters\n"},
             {"twice the same",
              "--set place.min_months=60 --set place.min_months=72",
              "--set: \"place.min_months\" is set twice\n"},
             {"something in the folder",
              "--set place.min_months=60 -o full",
              "full: exists; expected the name of a new folder\n"},
             {"everything",
              "--set place.min_months=60:180:0 --set place.tie --set a= --from 2027 -o full",
              "--set: \"place.min_months=60:180:0\"" + not_read + "--set: \"place.tie\"" + not_read
                  + "--set: \"a=\"" + not_read
                  + "--set: stands here more than twice; expected one or two parameters\n"
                    "--from: \"2027\" is no month; expected YYYY-MM\n"
                    "full: exists; expected the name of a new folder\n"},
             {"no parameter",
              "",
              "pensim: --set is required\n`pensim --help` lists the commands, `pensim COMMAND "
              "--help` their options.\n"},
         }) {
        CAPTURE(c.why);
        Ran const ran = run(folder, "sweep tiny.json " + c.arguments);
        CHECK(ran.status == 2);
        CHECK(ran.out.empty());
        CHECK(ran.err == c.err);
    }
    CHECK(run(folder, "sweep tiny.json --set place.min_months=60 --lang fr").status == 2);
    Ran const unknown = run(folder, "sweep smal --set place.min_months=60");
    CHECK(unknown.status == 2);
    CHECK(unknown.err
          == "smal: unknown scenario \"smal\"; did you mean \"small\"? A file ends in .json.\n");
    Ran const machine = run(folder, "sweep tiny.json --set place.min_months=60 -o /proc/out");
    CHECK(machine.status == 3);
    CHECK(holds(machine.err, ": cannot be created: "));
    CHECK(folder.names() == std::vector<std::string>{"full", "tiny.json"});
    CHECK(content_of(folder.path("full/mine")) == "mine");
}

TEST_CASE("sweep: --help") {
    TemporaryFolder const folder;
    Ran const help = run(folder, "sweep --help");
    CHECK(help.status == 0);
    CHECK(help.err.empty());
    CHECK(help.out.starts_with(
        "One or two rule parameters over a range of values, on the same people\n"));
    for (std::string const option : {"--set PARAMETER=VALUES REQUIRED",
                                     "--from YYYY-MM",
                                     "-o,--output PATH",
                                     "--persons N",
                                     "--replicates R",
                                     "--threads INT",
                                     "--lang TEXT:{en,zh}=en",
                                     "New folder for report.html,"}) {
        CAPTURE(option);
        CHECK(holds(help.out, option));
    }
}

TEST_CASE("sweep: a report beside the tables, or none") {
    TemporaryFolder const folder;
    folder.file("tiny.json", tiny);
    std::string const command = "sweep tiny.json --set place.min_months=60,120 --lang zh -o ";
    CHECK(run(folder, command + "out").status == 0);
    auto const document = document_of_page(content_of(folder.path("out/report.html")));
    REQUIRE(document.has_value());
    CHECK(document->find("kind")->text == "sweep");
    CHECK(document->find("language")->text == "zh");
    CHECK(document->find("reproduce")->find("command")->text
          == "pensim sweep tiny.json --set place.min_months=60,120 --lang zh");
    CHECK(run(folder, command + "bare --no-report").status == 0);
    CHECK_FALSE(std::filesystem::exists(folder.path("bare/report.html")));
    CHECK(content_of(folder.path("bare/sweep.csv")) == content_of(folder.path("out/sweep.csv")));
}

TEST_CASE("sweep: the tables of runs under rule sets with these values") {
    TemporaryFolder const folder;
    folder.file("tiny.json", tiny);
    std::string const sweep = "sweep tiny.json --set place.min_months=120,60 --from 2027-01 -o ";
    for (std::string const threads : {"1", "7"}) {
        CAPTURE(threads);
        Ran const ran = run(folder, sweep + "t" + threads + "/ --threads " + threads);
        CHECK(ran.status == 0);
        CHECK(ran.err == "");
        for (std::string const file : {"sweep.csv", "sensitivity.csv"}) {
            CAPTURE(file);
            std::string const bytes = content_of(folder.path("t" + threads + "/" + file));
            CHECK(bytes.size() > 100);
            CHECK(bytes == content_of(folder.path("t1/" + file)));
        }
    }
    std::size_t files = 0;
    for (auto const& entry : std::filesystem::directory_iterator(folder.path("t1"))) {
        files += entry.is_regular_file() ? 1U : 0U;
    }
    CHECK(files == 5); // and manifest.json, report.html, results.xlsx
    CHECK(folder.names() == std::vector<std::string>{"t1", "t7", "tiny.json"});
    CHECK(run(folder, sweep + "t1").err == "t1: exists; expected the name of a new folder\n");

    auto const swept = table(folder, "t1/sweep.csv");
    auto const at_60 = figures(swept, "place.min_months", "60", "value");
    auto const at_120 = figures(swept, "place.min_months", "120", "value");
    auto const baseline = figures(swept, "place.min_months", "60", "baseline");
    CHECK(at_60.at("changed.any") > 0);
    for (auto const& [name, rules, found] : {std::tuple{"law", "law", &at_120},
                                             {"law again", "law", &baseline},
                                             {"five years", "five-years", &at_60}}) {
        std::string const folder_of_run = std::string("run of ") + name;
        CAPTURE(folder_of_run);
        REQUIRE(run(folder,
                    std::string("run tiny.json --rules ") + rules + " -o '" + folder_of_run + "'")
                    .status
                == 0);
        std::map<std::string, double> sums;
        for (Row const& row : table(folder, folder_of_run + "/flows.csv")) {
            for (std::string const measure : {"people", "account", "pooled"}) {
                sums["flows." + row.at("kind") + "." + measure] += number(row.at(measure));
            }
        }
        for (Row const& row : table(folder, folder_of_run + "/areas.csv")) {
            for (std::string const column : {"contributions_account",
                                             "contributions_pool",
                                             "benefits_account",
                                             "benefits_pool",
                                             "refunds",
                                             "inheritances"}) {
                sums[column] += number(row.at(column));
            }
            sums["gain." + row.at("area")] += number(row.at("portability_gain"));
        }
        CHECK(sums.size() > 20);
        for (auto const& [figure, sum] : sums) {
            std::string const which = figure;
            CAPTURE(which);
            CHECK(std::llround(found->at(which) * 100) == std::llround(sum * 100));
        }
    }
}

TEST_CASE("sweep: the text says what the tables say, in two languages") {
    TemporaryFolder const folder;
    folder.file("tiny.json", tiny);
    std::string const command = "sweep tiny.json --set place.min_months=60:180:60 --from 2027-01 ";
    Ran const english = run(folder, command + "-o out");
    CHECK(english.status == 0);
    CHECK(english.out.starts_with(
        "tiny: Tiny\n  baseline law, seed 20191129; 400 lives for 800 people\n  3 settings in "));
    CHECK(holds(english.out, " lives run for each person\n"));
    Ran const chinese = run(folder, command + "--lang zh --threads 1");
    CHECK(chinese.status == 0);
    CHECK(chinese.err == "");
    CHECK(chinese.out.starts_with(
        "tiny: 小\n  基准 law，种子 20191129；模拟 400 人，代表 800 人\n  3 组取值，用时 "));
    CHECK(holds(chinese.out, " 秒，1 个线程；每人平均模拟 "));

    auto const in_english = lines_behind(english.out, "Each setting against the baseline");
    auto const in_chinese = lines_behind(chinese.out, "各组取值与基准比较；金额为历年合计，亿元");
    REQUIRE(in_english.size() == 4);
    REQUIRE(in_chinese.size() == 4);
    CHECK(words_in(in_english[0])
          == std::vector<std::string>{"place.min_months",
                                      "changed",
                                      "other",
                                      "area",
                                      "winners",
                                      "losers",
                                      "pensions",
                                      "moved"});
    CHECK(words_in(in_chinese[0])
          == std::vector<std::string>{
              "place.min_months", "受影响", "领取地变化", "受益", "受损", "待遇", "转移资金"});
    auto const swept = table(folder, "out/sweep.csv");
    std::vector<std::string> const values{"60", "120", "180"};
    for (std::size_t i = 0; i < values.size(); ++i) {
        std::string const& value = values[i];
        CAPTURE(value);
        auto const difference = figures(swept, "place.min_months", value, "difference");
        double moved = 0;
        for (std::string const kind : {"move", "return", "gather", "temporary"}) {
            moved += difference.at("flows." + kind + ".account")
                     + difference.at("flows." + kind + ".pooled");
        }
        double const pensions = difference.at("benefits_account") + difference.at("benefits_pool");
        for (bool const zh : {false, true}) {
            CAPTURE(zh);
            auto const line = words_in((zh ? in_chinese : in_english)[i + 1]);
            REQUIRE(line.size() == 9);
            CHECK(line[0] == value);
            CHECK(number(line[1]) == difference.at("changed.any") * weight);
            CHECK(number(line[2]) == difference.at("changed.benefit_area") * weight);
            CHECK(number(line[3]) == difference.at("winners") * weight);
            CHECK(number(line[4]) == difference.at("losers") * weight);
            double const unit = zh ? 1e8 : 1e6;
            double const half_a_digit = zh ? 0.00501 : 0.0501;
            CHECK(std::abs(number(line[5]) - pensions * weight / unit) < half_a_digit);
            CHECK(std::abs(number(line[7]) - moved * weight / unit) < half_a_digit);
            CHECK(line[6].starts_with("±"));
            CHECK(line[8].starts_with("±"));
        }
    }
    CHECK(figures(swept, "place.min_months", "60", "difference").at("changed.any") > 0);

    // The flow that moves most stands first.
    Row most{{"per_unit_of_place.min_months", "0"}};
    for (Row const& row : table(folder, "out/sensitivity.csv")) {
        if (!row.at("from").empty() && row.at("measure") == "pooled"
            && std::abs(number(row.at("per_unit_of_place.min_months")))
                   > std::abs(number(most.at("per_unit_of_place.min_months")))) {
            most = row;
        }
    }
    auto const flows = lines_behind(
        english.out,
        "Pooled money of the flows that move most with place.min_months, in million yuan");
    REQUIRE(flows.size() > 1);
    CHECK(flows.size() <= 9);
    auto const first = words_in(flows[1]);
    REQUIRE(first.size() == 7);
    CHECK(first[0] == most.at("from"));
    CHECK(first[1] == most.at("to"));
    CHECK(first[2] == most.at("kind"));
    CHECK(std::abs(number(first[3]) - number(most.at("lowest")) * weight / 1e6) < 0.0501);
    CHECK(std::abs(number(first[4]) - number(most.at("highest")) * weight / 1e6) < 0.0501);
    CHECK(std::abs(number(first[6]) - number(most.at("r_squared"))) < 0.00501);
    CHECK(
        lines_behind(chinese.out, "随 place.min_months 变化最大的资金流向（统筹基金，亿元）").size()
        == flows.size());
    CHECK_FALSE(holds(english.out, "nan"));
}

TEST_CASE("sweep: words have no line through them, and what changes nothing has no flows") {
    TemporaryFolder const folder;
    folder.file("tiny.json", tiny);
    for (std::string const settings :
         {R"('place.order.hmt=["longest"],["relation_qualified"]' --set place.min_months=60,120)",
          "place.min_months=120,120 --from 2027-01"}) {
        CAPTURE(settings);
        Ran const ran = run(folder, "sweep tiny.json --set " + settings);
        CHECK(ran.status == 0);
        CHECK(holds(ran.out, "Each setting against the baseline"));
        CHECK_FALSE(holds(ran.out, "Pooled money of the flows"));
        CHECK_FALSE(holds(ran.out, "nan"));
    }
}

} // namespace pensim::test

// `pensim compare` as a user runs it: what it writes, that its witnesses decide as it says, and
// what it refuses (contract 5).
#include <filesystem>
#include <map>
#include <set>

#include <doctest/doctest.h>

#include "tests/app/program.hpp"
#include "tests/sim/scenario/scenario_texts.hpp"
#include "tests/support/page_document.hpp"

namespace pensim::test {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view tiny = R"({"schema": "pensim/scenario/1", "id": "tiny",
    "extends": "hmt", "title": {"en": "Tiny", "zh": "小"},
    "population": {"people": 1800, "calibrated_to": null, "source": "test"},
    "run": {"persons": 900}})";

std::vector<std::string> const table_files{"area_totals.csv",
                                           "areas.csv",
                                           "changes.csv",
                                           "flow_totals.csv",
                                           "flows.csv",
                                           "locations.csv",
                                           "manifest.json",
                                           "parameters.csv",
                                           "report.html",
                                           "results.xlsx",
                                           "transitions.csv",
                                           "winners.csv"};

std::vector<std::string> names_in(std::string const& path) {
    std::vector<std::string> found;
    for (auto const& entry : fs::directory_iterator(path)) {
        found.push_back(entry.path().filename().string());
    }
    std::sort(found.begin(), found.end());
    return found;
}

/// A rule set that extends the law, with one value.
std::string rule_file(std::string const& id, std::string const& key, std::string const& value) {
    return R"({"schema": "pensim/rules/1", "id": ")" + id
           + R"(", "extends": "law", "title": {"en": "Mine", "zh": "我"}, "parameters": {")" + key
           + R"(": [{"from": "2027-01", "value": )" + value + R"(, "source": "test"}]}})";
}

/// Its witnesses, decided under the rules that each file names; how many there were.
int check_witnesses(TemporaryFolder const& folder,
                    std::string const& output,
                    std::string const& options = "") {
    int checked = 0;
    for (std::string const& name : names_in(folder.path(output))) {
        if (!name.starts_with("witnesses-") || !name.ends_with(".json")) {
            continue;
        }
        CAPTURE(name);
        Ran const ran = run(folder, "check '" + output + "/" + name + "'" + options);
        CHECK(ran.status == 0);
        CHECK(ran.err == "");
        CHECK(holds(ran.out, " 0 differ, 0 with input errors, 0 without expectation\n"));
        int const persons = std::stoi(ran.out);
        CHECK(persons > 0);
        checked += persons;
    }
    return checked;
}

std::string refused(TemporaryFolder const& folder, std::string const& arguments) {
    CAPTURE(arguments);
    auto const before = folder.names();
    Ran const ran = run(folder, "compare " + arguments);
    CHECK(ran.status == 2);
    CHECK(ran.out.empty());
    CHECK(folder.names() == before);
    return ran.err;
}

} // namespace

TEST_CASE("compare: the law with itself changes nothing") {
    TemporaryFolder const folder;
    folder.file("tiny.json", tiny);
    Ran const same =
        run(folder, "compare tiny.json --rules law --rules law --fail-on-change -o same");
    CHECK(same.status == 0);
    CHECK(same.err == "");
    CHECK(holds(same.out, "\nNobody changes\n"));
    CHECK(holds(same.out, "\nNo parameter differs\n"));
    CHECK(holds(same.out, "; 1.00 lives run for each person\n"));
    for (std::string const name : {"area_totals.csv",
                                   "areas.csv",
                                   "flow_totals.csv",
                                   "flows.csv",
                                   "locations.csv",
                                   "parameters.csv",
                                   "transitions.csv"}) {
        CAPTURE(name);
        std::string const csv = content_of(folder.path("same/" + name));
        CHECK(csv.starts_with("reform,"));
        CHECK(csv.find('\n') == csv.size() - 1);
    }
    for (std::string const change : {"status", "benefit_area", "pension", "books", "any"}) {
        CHECK(holds(content_of(folder.path("same/changes.csv")),
                    "\nlaw," + change + ",0,0.00,0.00,0.000000,"));
    }
    // A reform does change something, pools of areas too.
    CHECK(run(folder, "compare tiny.json --rules five-years --fail-on-change").status == 1);
    CHECK(run(folder, "compare tiny.json --rules central-2018 --fail-on-change").status == 1);
    CHECK(run(folder, "compare tiny.json --rules five-years").status == 0);
    CHECK(folder.names() == std::vector<std::string>{"same", "tiny.json"});
}

TEST_CASE("compare: equal bytes for any number of threads") {
    TemporaryFolder const folder;
    folder.file("tiny.json", tiny);
    for (std::string const threads : {"1", "2", "7"}) {
        CAPTURE(threads);
        Ran const ran =
            run(folder,
                "compare tiny.json --rules law --rules longest-only --rules pro-rata -o t" + threads
                    + " --threads " + threads);
        CHECK(ran.status == 0);
        CHECK(ran.err == "");
        auto const names = names_in(folder.path("t" + threads));
        CHECK(names.size() == table_files.size() + 6);
        CHECK(names == names_in(folder.path("t1")));
        for (std::string const& name : names) {
            CAPTURE(name);
            std::string const bytes = content_of(folder.path("t" + threads + "/" + name));
            CHECK(bytes.size() > 50);
            // The manifest and the reports have the words of the command line and the clock.
            CHECK((name == "manifest.json" || name.starts_with("re")
                   || bytes == content_of(folder.path("t1/" + name))));
        }
    }
}

TEST_CASE("compare: a report beside the tables, in the language asked for, or none") {
    TemporaryFolder const folder;
    folder.file("tiny.json", tiny);
    std::string const command = "compare tiny.json --rules law --rules five-years --lang zh -o ";
    CHECK(run(folder, command + "out").status == 0);
    std::string const html = content_of(folder.path("out/report.html"));
    CHECK(html.starts_with("<!doctype html>"));
    CHECK(holds(html, "<title>小：five-years 与 law 比较</title>"));
    auto const document = document_of_page(html);
    REQUIRE(document.has_value());
    CHECK(document->find("kind")->text == "compare");
    CHECK(document->find("language")->text == "zh");
    auto const* const reproduce = document->find("reproduce");
    REQUIRE(reproduce != nullptr);
    CHECK(reproduce->find("command")->text
          == "pensim compare tiny.json --rules law --rules five-years --lang zh");
    // The digests of the tables, but none of the report itself.
    std::string facts;
    for (auto const& fact : reproduce->find("facts")->items) {
        facts += fact.find("label")->find("en")->text + '\n';
    }
    CHECK(holds(facts, "\nflow_totals.csv SHA-256\n"));
    CHECK(holds(facts, "\nrules SHA-256: five-years\n"));
    CHECK_FALSE(holds(facts, "report.html"));
    CHECK_FALSE(holds(content_of(folder.path("out/manifest.json")), "report.html"));
    CHECK(document->find("witnesses")->items.size() > 2);
    CHECK(run(folder, command + "bare --no-report").status == 0);
    auto names = names_in(folder.path("out"));
    std::erase(names, "report.html");
    std::erase(names, "results.xlsx");
    CHECK(names_in(folder.path("bare")) == names);
}

TEST_CASE("compare: two scenarios have a report that tells what differs between them") {
    TemporaryFolder const folder;
    folder.file("tiny.json", tiny);
    folder.file("other.json",
                replaced(replaced(std::string(tiny), "tiny", "other"),
                         "\"run\"",
                         "\"rules\": \"five-years\", \"run\""));
    Ran const ran = run(folder, "compare tiny.json other.json -o out");
    CHECK(ran.status == 0);
    auto const document = document_of_page(content_of(folder.path("out/report.html")));
    REQUIRE(document.has_value());
    auto const& reform = document->find("reforms")->items.at(0);
    CHECK(reform.find("id")->text == "other");
    CHECK(reform.find("title")->find("en")->text == "other");
    CHECK(document->find("tables")->find("parameters")->find("rows")->text != "0");
}

TEST_CASE("compare: witnesses decide as they did in the run, under both rule sets") {
    TemporaryFolder const folder;
    folder.file("tiny.json", tiny);
    fs::create_directory(folder.path("my"));
    folder.file("my/rules.json", rule_file("mine", "place.min_months", "60"));
    folder.file("my-rules.json", rule_file("mine", "place.min_months", "180"));
    std::string const compare = "compare tiny.json ";
    // A shipped rule set, and several joined, are known by name.
    REQUIRE(run(folder,
                compare
                    + "--rules law --rules five-years --rules law+longest-only+pro-rata "
                      "--witnesses 2 -o shipped")
                .status
            == 0);
    std::vector<std::string> shipped = table_files;
    for (std::string const stem : {"witnesses-five-years", "witnesses-law+longest-only+pro-rata"}) {
        for (std::string const end : {"-after.json", "-before.json", ".txt"}) {
            shipped.push_back(stem + end);
        }
    }
    std::sort(shipped.begin(), shipped.end());
    CHECK(names_in(folder.path("shipped")) == shipped);
    CHECK(check_witnesses(folder, "shipped") >= 8);
    // Files go along: of one id, of names that make the same file name, alone and joined.
    REQUIRE(run(folder,
                compare
                    + "--rules law --rules my/rules.json --rules my-rules.json "
                      "--rules law+my/rules.json+no-pooled-money -o files")
                .status
            == 0);
    std::vector<std::string> files = table_files;
    for (std::string const name :
         {"rules-mine.json", "rules-mine-2.json", "rules-law+my-rules-json+no-pooled-money.json"}) {
        files.push_back(name);
    }
    for (std::string const stem : {"witnesses-my-rules-json",
                                   "witnesses-my-rules-json-2",
                                   "witnesses-law+my-rules-json+no-pooled-money"}) {
        for (std::string const end : {"-after.json", "-before.json", ".txt"}) {
            files.push_back(stem + end);
        }
    }
    std::sort(files.begin(), files.end());
    CHECK(names_in(folder.path("files")) == files);
    // They are whole: the folder goes elsewhere, the files that were named do not.
    fs::remove_all(folder.path("my"));
    fs::remove(folder.path("my-rules.json"));
    CHECK(check_witnesses(folder, "files") >= 10);
    // With several replicates the person's name says which.
    REQUIRE(
        run(folder,
            compare + "--rules longest-only --replicates 3 --persons 300 --witnesses 3 -o several")
            .status
        == 0);
    CHECK(check_witnesses(folder, "several") >= 4);
    auto const persons = [&](std::string const& file) {
        return Json::parse(content_of(folder.path(file)))["persons"];
    };
    std::set<char> replicates;
    for (Json const& person : persons("several/witnesses-longest-only-before.json")) {
        std::string const id = person["id"];
        CHECK(id.find('.') == 1);
        replicates.insert(id.front());
    }
    CHECK(replicates.size() > 1);
    // None, if none are asked for.
    REQUIRE(run(folder, compare + "--rules longest-only --witnesses 0 -o none").status == 0);
    CHECK(persons("none/witnesses-longest-only-before.json").empty());
    CHECK(run(folder, "check none/witnesses-longest-only-before.json").out
          == "0 checked, 0 differ, 0 with input errors, 0 without expectation\n");
}

TEST_CASE("compare: each witness has its story under both rule sets, in either language") {
    TemporaryFolder const folder;
    folder.file("tiny.json", tiny);
    for (std::string const language : {"en", "zh"}) {
        CAPTURE(language);
        std::string const output = "o-" + language;
        REQUIRE(
            run(folder, "compare tiny.json --rules five-years --lang " + language + " -o " + output)
                .status
            == 0);
        std::string const cases = folder.path(output + "/witnesses-five-years-before.json");
        std::string const stories = content_of(folder.path(output + "/witnesses-five-years.txt"));
        auto const persons = Json::parse(content_of(cases))["persons"];
        CHECK(persons.size() >= 4);
        for (Json const& person : persons) {
            std::string const id = person["id"];
            CAPTURE(id);
            for (auto const& [rules, file] :
                 {std::pair("law", "before"), std::pair("five-years", "after")}) {
                Ran const told = run(folder,
                                     "explain " + output + "/witnesses-five-years-" + file
                                         + ".json --person " + id + " --lang " + language);
                CHECK(told.status == 0);
                CHECK(holds(stories, std::string("-------- ") + rules + "\n\n" + told.out));
            }
            CHECK(holds(stories, "======== " + id + ": " + std::string(person["note"]) + "\n"));
        }
    }
}

TEST_CASE("compare: witnesses from a country of its own decide with its tables") {
    TemporaryFolder const folder;
    REQUIRE(run(folder,
                "compare country400 --rules law --rules law+longest-only+years-in-ties --persons "
                "1500 --replicates 2 -o out")
                .status
            == 0);
    REQUIRE(run(folder, "sample country400 --persons 1 --tables mine").status == 0);
    CHECK(check_witnesses(folder, "out", " --data mine") >= 4);
}

TEST_CASE("compare: to the terminal in two languages; which rule set is the baseline") {
    TemporaryFolder const folder;
    folder.file("tiny.json", tiny);
    Ran const english = run(folder, "compare tiny.json --rules five-years");
    CHECK(english.status == 0);
    CHECK(english.out.starts_with("tiny: Tiny\n  baseline law, seed 20191129, 1 replicate\n  900 "
                                  "lives for 1,800 people (each stands for 2), 2005 to 2110\n"));
    Ran const chinese = run(folder, "compare tiny.json --rules five-years --lang zh");
    CHECK(chinese.status == 0);
    CHECK(chinese.out.starts_with("tiny: 小\n  基准 law，种子 20191129，1 个重复\n"));
    CHECK(run(folder, "compare tiny.json --rules five-years --lang fr").status == 2);
    // With one rule set, the scenario's own is the baseline; with several the first one.
    Ran const turned = run(folder, "compare tiny.json --rules five-years --rules law");
    CHECK(holds(turned.out, "\n  baseline five-years, seed "));
    CHECK(holds(turned.out, "\n==== law\n"));
}

// ---- two scenarios ------------------------------------------------------------------------------

namespace {

using Row = std::map<std::string, std::string>;

/// Rows of a table without quotes, by the cells of `keys`.
std::map<std::string, Row> rows_of(std::string const& csv, std::vector<std::string> const& keys) {
    auto const split = [](std::string const& line) {
        std::vector<std::string> cells(1);
        for (char const c : line) {
            if (c == ',') {
                cells.emplace_back();
            } else {
                cells.back() += c;
            }
        }
        return cells;
    };
    std::map<std::string, Row> rows;
    std::vector<std::string> head;
    for (std::size_t at = 0; at < csv.size(); at = csv.find('\n', at) + 1) {
        auto const cells = split(csv.substr(at, csv.find('\n', at) - at));
        if (head.empty()) {
            head = cells;
            continue;
        }
        REQUIRE(cells.size() == head.size());
        Row row;
        for (std::size_t i = 0; i < head.size(); ++i) {
            row[head[i]] = cells[i];
        }
        std::string name;
        for (std::string const& key : keys) {
            name += row.at(key) + ' ';
        }
        rows[name] = row;
    }
    return rows;
}

/// "-12.34" -> -1234, "5" -> 5.
std::int64_t number(std::string text) {
    std::erase(text, '.');
    return std::stoll(text);
}

/// A cell of a run, 0 where it has no such row.
std::int64_t
cell(std::map<std::string, Row> const& rows, std::string const& key, std::string const& column) {
    auto const row = rows.find(key);
    return row == rows.end() ? 0 : number(row->second.at(column));
}

} // namespace

TEST_CASE("compare: another world against the first, as two runs of their own") {
    TemporaryFolder const folder;
    folder.file("tiny.json", tiny);
    folder.file("mobile.json", R"({"schema": "pensim/scenario/1", "id": "mobile",
        "extends": "tiny.json", "title": {"en": "Mobile", "zh": "流动"}, "run": {"seed": 1},
        "groups": {"hong_kong": {"moving": {"per_year": 0.2}}}})");
    Ran const compared =
        run(folder, "compare tiny.json mobile.json --persons 600 --fail-on-change -o out");
    CHECK(compared.status == 1);
    CHECK(compared.err == "");
    CHECK(holds(compared.out, "\n==== mobile\n"));
    // The second scenario takes lives and seed of the first.
    REQUIRE(run(folder, "run tiny.json --persons 600 -o a").status == 0);
    REQUIRE(run(folder, "run mobile.json --persons 600 --seed 20191129 -o b").status == 0);
    struct Kind {
        std::string file;
        std::vector<std::string> keys;
        std::vector<std::string> measures;
    };
    for (Kind const& kind :
         {Kind{"flows.csv", {"year", "from", "to", "kind"}, {"people", "account", "pooled"}},
          Kind{"locations.csv", {"group", "branch", "last_area", "benefit_area"}, {"people"}}}) {
        CAPTURE(kind.file);
        auto const a = rows_of(content_of(folder.path("a/" + kind.file)), kind.keys);
        auto const b = rows_of(content_of(folder.path("b/" + kind.file)), kind.keys);
        auto const out = rows_of(content_of(folder.path("out/" + kind.file)), kind.keys);
        auto all = a;
        all.insert(b.begin(), b.end());
        CHECK(out.size() > 50);
        for (auto const& [key, row] : all) {
            for (std::string const& measure : kind.measures) {
                auto const before = cell(a, key, measure);
                auto const after = cell(b, key, measure);
                if (!out.contains(key)) {
                    CHECK(before == after);
                    continue;
                }
                CHECK(cell(out, key, measure + "_baseline") == before);
                CHECK(cell(out, key, measure + "_reform") == after);
                CHECK(cell(out, key, measure + "_difference") == after - before);
            }
        }
    }
    // The witnesses of both worlds decide under the one law.
    CHECK(check_witnesses(folder, "out") > 10);
    // A world against itself.
    CHECK(run(folder, "compare tiny.json tiny.json --fail-on-change").status == 0);
}

// ---- what it refuses ----------------------------------------------------------------------------

TEST_CASE("compare refuses what it cannot compare, with every fault") {
    TemporaryFolder const folder;
    folder.file("tiny.json", tiny);
    CHECK(refused(folder, "tiny.json -o out")
          == "--rules: says what to compare with; or name a second scenario\n");
    CHECK(refused(folder, "tiny.json small --rules law -o out")
          == "--rules: excludes a second scenario, which has rules of its own\n");
    CHECK(refused(folder, "tiny.json country400 -o out")
          == "country400: has other areas than tiny.json; expected a scenario of the same areas\n");
    CHECK(refused(folder, "tiny.json smal -o out")
          == "smal: unknown scenario \"smal\"; did you mean \"small\"? A file ends in .json.\n");
    CHECK(refused(folder, "smal --rules law -o out")
          == "smal: unknown scenario \"smal\"; did you mean \"small\"? A file ends in .json.\n");
    CHECK(
        refused(folder, "tiny.json --rules fife-years -o out")
        == "fife-years: unknown rule set \"fife-years\"; did you mean \"five-years\"? A file ends "
           "in .json.\n");
    std::string const lwa = "lwa: unknown rule set \"lwa\"; did you mean \"law\"? A file ends in "
                            ".json.\n";
    std::string const two = "five-yaers: unknown rule set \"five-yaers\"; did you mean "
                            "\"five-years\"? A file ends in .json.\n"
                            "--rules: \"law\" is given twice\n";
    CHECK(refused(folder, "tiny.json --rules law --rules five-yaers --rules law --rules law")
          == two);
    // The baseline's faults, and the reforms'.
    CHECK(refused(folder, "tiny.json --rules lwa --rules five-yaers --rules law --rules law")
          == lwa + two);
    CHECK(refused(folder, "smal --rules lwa --rules five-yaers")
          == "smal: unknown scenario \"smal\"; did you mean \"small\"? A file ends in .json.\n");
    fs::create_directory(folder.path("full"));
    folder.file("full/mine", "mine");
    CHECK(refused(folder, "tiny.json -o full")
          == "--rules: says what to compare with; or name a second scenario\n"
             "full: exists; expected the name of a new folder\n");
    CHECK(refused(folder, "tiny.json --rules five-years -o full")
          == "full: exists; expected the name of a new folder\n");
    CHECK(names_in(folder.path("full")) == std::vector<std::string>{"mine"});
    CHECK(content_of(folder.path("full/mine")) == "mine");
    CHECK(run(folder, "compare tiny.json --rules five-years -o /proc/out").status == 3);
    CHECK(run(folder, "compare tiny.json --rules five-years >/dev/full 2>/dev/null; exit $?").status
          == 3);
}

TEST_CASE("an interrupted comparison leaves nothing") {
    TemporaryFolder const folder;
    folder.file("tiny.json", tiny);
    auto const run = run_and_interrupt(
        folder,
        {"compare", "tiny.json", "--rules", "five-years", "--persons", "1000000000", "-o", "out"});
    CHECK(holds(run.told, " s left\n"));
    CHECK(run.during
          == std::vector<std::string>{"out." + std::to_string(run.pid) + ".part", "tiny.json"});
    CHECK(run.ran.status == 130);
    CHECK(run.ran.err.ends_with("interrupted; nothing was written\n"));
    CHECK(run.ran.out.empty());
    CHECK(folder.names() == std::vector<std::string>{"tiny.json"});
}

} // namespace pensim::test

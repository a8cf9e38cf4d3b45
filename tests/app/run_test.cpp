// Simulations through the program: what `run` writes, and that sample, decide, who, explain and
// verify agree with it (contract 4 and 5).
#include <map>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "sim/input/json_merge.hpp"
#include "tests/app/process.hpp"

namespace pensim::test {

namespace {

/// A what-if of few people: no pilot is needed to count them.
constexpr std::string_view tiny = R"({"schema": "pensim/scenario/1", "id": "tiny",
    "extends": "hmt", "title": {"en": "Tiny", "zh": "小"},
    "population": {"people": 400, "calibrated_to": null, "source": "test"},
    "run": {"persons": 200}})";

using Row = std::map<std::string, std::string>;

/// Rows of a CSV text without quotes, by the names of its head.
std::vector<Row> rows_of(std::string const& csv) {
    std::vector<Row> rows;
    std::vector<std::string> head;
    std::vector<std::string> cells(1);
    for (char const c : csv) {
        if (c != ',' && c != '\n') {
            cells.back() += c;
            continue;
        }
        if (c == '\n') {
            if (head.empty()) {
                head = cells;
            } else {
                REQUIRE(cells.size() == head.size());
                Row row;
                for (std::size_t i = 0; i < head.size(); ++i) {
                    row[head[i]] = cells[i];
                }
                rows.push_back(row);
            }
            cells.clear();
        }
        cells.emplace_back();
    }
    return rows;
}

std::vector<Row> table(TemporaryFolder const& folder, std::string const& name) {
    return rows_of(content_of(folder.path(name)));
}

/// "12.34" -> 1234.
std::int64_t fen(std::string text) {
    std::erase(text, '.');
    return std::stoll(text);
}

std::vector<std::string> const tables{"flows.csv",
                                      "locations.csv",
                                      "areas.csv",
                                      "distributions.csv",
                                      "network.csv",
                                      "network_totals.csv",
                                      "positions.csv",
                                      "position_totals.csv",
                                      "settlements.csv",
                                      "settlement_totals.csv",
                                      "circles.csv",
                                      "circle_totals.csv",
                                      "calibration.csv"};

/// By name, with these beside the tables.
std::vector<std::string> tables_and(std::vector<std::string> names) {
    names.insert(names.end(), tables.begin(), tables.end());
    std::sort(names.begin(), names.end());
    return names;
}
std::vector<std::string> const run_files =
    tables_and({"manifest.json", "network.dot", "network.graphml", "report.html", "results.xlsx"});

} // namespace

TEST_CASE("run: equal bytes for any number of threads") {
    TemporaryFolder const folder;
    for (std::string const threads : {"1", "2", "7"}) {
        CAPTURE(threads);
        Ran const ran =
            run(folder,
                "run small --persons 2500 --microdata -o t" + threads + " --threads " + threads);
        CHECK(ran.status == 0);
        CHECK(ran.err.empty());
        CHECK(holds(ran.out, "small: A small run of the Hong Kong, Macau and Taiwan scenario\n"));
        CHECK(holds(ran.out, "\n  2,500 lives for "));
        CHECK(holds(ran.out,
                    fmt::format("\nt{}/: people.csv.gz {} network.graphml network.dot "
                                "manifest.json report.html results.xlsx\n",
                                threads,
                                fmt::join(tables, " "))));
        for (std::string const& file :
             tables_and({"network.dot", "network.graphml", "people.csv.gz"})) {
            CAPTURE(file);
            std::string const bytes = content_of(folder.path("t" + threads + "/" + file));
            CHECK(bytes.size() > 100);
            CHECK(bytes == content_of(folder.path("t1/" + file)));
        }
        CHECK(manifest_but_clock(folder.path("t" + threads + "/manifest.json"))
              == manifest_but_clock(folder.path("t1/manifest.json")));
    }
    CHECK(folder.names() == std::vector<std::string>{"t1", "t2", "t7"});
}

TEST_CASE("run: to the terminal in two languages, into a folder, with a row a person") {
    TemporaryFolder const folder;
    folder.file("tiny.json", tiny);
    Ran const english = run(folder, "run tiny.json");
    CHECK(english.status == 0);
    CHECK(english.err.empty());
    CHECK(english.out.starts_with("tiny: Tiny\n  rules law, seed 20191129, 1 replicate\n  200 "
                                  "lives for 400 people (each stands for 2), 2005 to 2110\n"));
    Ran const chinese = run(folder, "run tiny.json --lang zh");
    CHECK(chinese.status == 0);
    CHECK(chinese.out.starts_with("tiny: 小\n  规则 law，种子 20191129，1 个重复\n"));
    CHECK(run(folder, "run tiny.json --lang fr").status == 2);
    CHECK(folder.names() == std::vector<std::string>{"tiny.json"});

    Ran const slash = run(folder, "run tiny.json -o out/ --rules pro-rata --seed 5 --replicates 2");
    CHECK(slash.status == 0);
    CHECK(holds(slash.out, "\nout/: flows.csv "));
    CHECK(names_in(folder.path("out")) == run_files);
    auto const manifest = input::parse_json(content_of(folder.path("out/manifest.json"))).value();
    CHECK(manifest.find("rules_id")->text == "pro-rata");
    CHECK(manifest.find("seed")->text == "5");
    CHECK(manifest.find("replicates")->text == "2");
    CHECK(content_of(folder.path("out/locations.csv"))
              .starts_with("group,branch,last_area,benefit_area,people,people_sd,people_lo95,"
                           "people_hi95,weight\n"));

    Ran const homeless = run(folder, "run tiny.json --microdata");
    CHECK(homeless.status == 2);
    CHECK(homeless.err == "--microdata: needs -o, the folder that people.csv.gz goes to\n");
    CHECK(run(folder, "run tiny.json --microdata -o rows").status == 0);
    REQUIRE(std::system(("gzip -dc '" + folder.path("rows/people.csv.gz") + "' >'"
                         + folder.path("people.csv") + "'")
                            .c_str())
            == 0);
    auto const people = table(folder, "people.csv");
    REQUIRE(people.size() == 200);
    std::map<std::string, int> branches;
    for (std::size_t i = 0; i < people.size(); ++i) {
        CHECK(people[i].at("person") == std::to_string(i));
        ++branches[people[i].at("branch")];
    }
    std::map<std::string, int> expected;
    for (Row const& row : table(folder, "rows/locations.csv")) {
        expected[row.at("branch")] += std::stoi(row.at("people"));
    }
    CHECK(branches == expected);
}

TEST_CASE("run: a folder with something in it stays as it is") {
    TemporaryFolder const folder;
    folder.file("tiny.json", tiny);
    std::filesystem::create_directory(folder.path("full"));
    folder.file("full/mine", "mine");
    Ran const ran = run(folder, "run tiny.json -o full");
    CHECK(ran.status == 2);
    CHECK(ran.err == "full: exists; expected the name of a new folder\n");
    CHECK(names_in(folder.path("full")) == std::vector<std::string>{"mine"});
    Ran const wrong = run(folder, "run tiny.json -o out --until flows.totl:1%");
    CHECK(wrong.status == 2);
    CHECK(wrong.err == "--until: unknown figure \"flows.totl\"; did you mean \"flows.total\"?\n");
    CHECK(run(folder, "run tiny.json -o /proc/out").status == 3);
    CHECK(folder.names() == std::vector<std::string>{"full", "tiny.json"});
}

TEST_CASE("run --full simulates everybody: one life, one person") {
    TemporaryFolder const folder;
    folder.file("tiny.json", tiny);
    Ran const ran = run(folder, "run tiny.json --full -o out");
    CHECK(ran.status == 0);
    CHECK(holds(ran.out, "\n  400 lives for 400 people (each stands for 1), "));
    std::int64_t people = 0;
    for (Row const& row : table(folder, "out/locations.csv")) {
        CHECK(row.at("weight") == "1.000000");
        people += std::stoll(row.at("people"));
    }
    CHECK(people == 400);
    CHECK(run(folder, "run tiny.json --full --persons 10").status == 2);
    CHECK(run(folder, "verify out").status == 0);
}

TEST_CASE("run --until stops early, or says that it did not") {
    TemporaryFolder const folder;
    folder.file("tiny.json", tiny);
    Ran const enough =
        run(folder, "run tiny.json --replicates 9 --until contributions.total:100% -o enough");
    CHECK(enough.status == 0);
    CHECK(enough.err.empty());
    CHECK(holds(enough.out, ", 5 replicates\n"));
    CHECK(holds(content_of(folder.path("enough/manifest.json")), "contributions.total:100%"));
    CHECK(run(folder, "verify enough").status == 0);
    Ran const never = run(folder, "run tiny.json --replicates 6 --until flows.total:0.001%");
    CHECK(never.status == 0);
    CHECK(never.err
          == "flows.total:0.001%: not reached after 6 replicates; --replicates allows more\n");
}

TEST_CASE("sample and decide give the flows of the run, to the fen") {
    TemporaryFolder const folder;
    folder.file("tiny.json", tiny);
    for (std::string const options : {"", " --rules practice", " --seed 99"}) {
        CAPTURE(options);
        std::string const name = "out" + std::to_string(options.size());
        CHECK(run(folder, "run tiny.json -o " + name + options).status == 0);
        CHECK(run(folder, "sample tiny.json --persons 200 -o cases.json" + options).status == 0);
        Ran const decided = run(folder, "decide cases.json");
        CHECK(decided.status == 0);
        std::map<std::string, std::array<std::int64_t, 3>> sums;
        auto const outcomes = input::parse_json(decided.out).value();
        REQUIRE(outcomes.find("outcomes")->items.size() == 200);
        for (auto const& outcome : outcomes.find("outcomes")->items) {
            for (auto const& t : outcome.find("transfers")->items) {
                int const year = std::stoi(t.find("month")->text.substr(0, 4));
                if (year < 2005 || year > 2110) {
                    continue;
                }
                auto& sum = sums[std::to_string(year) + t.find("from")->text + t.find("to")->text
                                 + t.find("kind")->text];
                ++sum[0];
                sum[1] += fen(t.find("account")->text);
                sum[2] += fen(t.find("pooled")->text);
            }
        }
        auto const flows = table(folder, name + "/flows.csv");
        CHECK(flows.size() > 20);
        CHECK(flows.size() == sums.size());
        for (Row const& row : flows) {
            std::string const cell =
                row.at("year") + row.at("from") + row.at("to") + row.at("kind");
            CAPTURE(cell);
            CHECK(sums[cell]
                  == std::array<std::int64_t, 3>{
                      std::stoll(row.at("people")), fen(row.at("account")), fen(row.at("pooled"))});
        }
    }
    // Through a pipe, and a part of the people alone.
    Ran const piped = run(
        folder, "sample tiny.json --persons 3 --first 50 | '" PENSIM_PROGRAM "' decide /dev/stdin");
    CHECK(piped.status == 0);
    CHECK(holds(piped.out, "{\"id\": \"50\", "));
    CHECK(holds(piped.out, "{\"id\": \"52\", "));
    CHECK_FALSE(holds(piped.out, "{\"id\": \"53\", "));
    CHECK(run(folder, "sample tiny.json --persons 3").out
          != run(folder, "sample tiny.json --persons 3 --replicate 1").out);
    CHECK(run(folder, "validate cases.json").status == 0);
    CHECK(run(folder, "sample tiny.json --persons 1 --first 1099511627775").status == 0);
    for (std::string const beyond :
         {"--persons 1 --first 1099511627776", "--persons 2 --first 1099511627775"}) {
        Ran const wrong = run(folder, "sample tiny.json " + beyond);
        CHECK(wrong.status == 2);
        CHECK(wrong.out.empty());
        CHECK(holds(wrong.err, "on: they are numbered from 0 to 1099511627775\n"));
    }
}

TEST_CASE("a fictitious country's people are decided with its own tables") {
    TemporaryFolder const folder;
    CHECK(run(folder, "sample country400 --persons 20 -o cases.json --tables tables").status == 0);
    CHECK(names_in(folder.path("tables"))
          == std::vector<std::string>{"areas.csv", "average_wage.csv", "urban_income.csv"});
    Ran const decided = run(folder, "decide cases.json --data tables");
    CHECK(decided.status == 0);
    CHECK(decided.err.empty());
    CHECK(run(folder, "decide cases.json").status == 2); // areas that the mainland does not have
}

TEST_CASE("who finds the people behind a cell, all of its money") {
    TemporaryFolder const folder;
    folder.file("tiny.json", tiny);
    CHECK(run(folder, "run tiny.json --persons 1000 -o out").status == 0);
    Row largest{{"people", "0"}};
    for (Row const& row : table(folder, "out/flows.csv")) {
        if (std::stoi(row.at("people")) > std::stoi(largest.at("people"))) {
            largest = row;
        }
    }
    std::string const cell = "who tiny.json --persons 1000 --year " + largest["year"] + " --from "
                             + largest["from"] + " --to " + largest["to"] + " --kind "
                             + largest["kind"];
    Ran const who = run(folder, cell);
    CHECK(who.status == 0);
    auto const people = rows_of(who.out);
    CHECK(people.size() == std::stoul(largest["people"]));
    CHECK(people.size() > 1);
    std::int64_t account = 0;
    std::int64_t pooled = 0;
    for (Row const& row : people) {
        CHECK(row.at("from") == largest["from"]);
        CHECK(row.at("to") == largest["to"]);
        CHECK(row.at("month").starts_with(largest["year"]));
        account += fen(row.at("account"));
        pooled += fen(row.at("pooled"));
    }
    CHECK(account == fen(largest["account"]));
    CHECK(pooled == fen(largest["pooled"]));
    CHECK(holds(who.err,
                largest["people"] + " of " + largest["people"] + " transfers shown; in all "
                    + largest["account"] + " of accounts and " + largest["pooled"]
                    + " of pooled money\n"));
    std::string const first = people.front().at("person");
    CHECK(holds(who.err, "pensim explain tiny.json --person " + first + " tells"));
    Ran const one = run(folder, cell + " --limit 1 --threads 7 -o list.csv");
    CHECK(one.out.empty());
    auto const list = table(folder, "list.csv");
    REQUIRE(list.size() == 1);
    CHECK(list[0] == people[0]);
    CHECK(holds(one.err,
                "1 of " + largest["people"] + " transfers shown; in all " + largest["account"]
                    + " of accounts"));
    // The story tells this transfer.
    Ran const story = run(folder, "explain tiny.json --person " + first);
    CHECK(story.status == 0);
    CHECK(holds(story.out, "\n" + people.front().at("month")));
    Ran const wrong = run(folder, "who tiny.json --from GDD --kind moves");
    CHECK(wrong.status == 2);
    CHECK(wrong.err
          == "--from: unknown area \"GDD\"; did you mean \"GD\"?\n"
             "--kind: unknown kind \"moves\"; did you mean \"move\"?\n");
}

TEST_CASE("explain tells a simulated person's story") {
    TemporaryFolder const folder;
    folder.file("tiny.json", tiny);
    Ran const english = run(folder, "explain tiny.json --person 17");
    CHECK(english.status == 0);
    CHECK(english.err.empty());
    CHECK(english.out.starts_with("17 of tiny, replicate 0, seed 20191129: "));
    Ran const chinese = run(folder, "explain tiny.json --person 17 --lang zh -o story.txt");
    CHECK(chinese.status == 0);
    CHECK(chinese.out.empty());
    CHECK(holds(content_of(folder.path("story.txt")), "规则“law”"));
    Ran const other = run(folder, "explain tiny.json --person 17 --replicate 3 --seed 4");
    CHECK(other.out.starts_with("17 of tiny, replicate 3, seed 4: "));
    // Under other rules the same person.
    Ran const rules = run(folder, "explain tiny.json --person 17 --rules pro-rata");
    CHECK(rules.out.substr(0, rules.out.find("Rule set"))
          == english.out.substr(0, english.out.find("Rule set")));
    for (std::string const number : {"x", "-1", "1099511627776", "17a"}) {
        CAPTURE(number);
        Ran const wrong = run(folder, "explain tiny.json --person=" + number);
        CHECK(wrong.status == 2);
        CHECK(wrong.err
              == "--person: \"" + number
                     + "\": expected the number of a simulated person, from 0 to 1099511627775\n");
    }
}

TEST_CASE("rule sets joined with '+', run and verified") {
    TemporaryFolder const folder;
    folder.file("tiny.json", tiny);
    folder.file("part.json", R"({"schema": "pensim/rules/1", "id": "part",
        "title": {"en": "Part", "zh": "甲"}, "parameters": {"place.min_months":
        [{"from": "2027-01", "value": 60, "source": "test"}]}})");
    std::string const joined = "law+no-pooled-money+part.json";
    Ran const made = run(folder, "run tiny.json --rules " + joined + " -o out");
    CHECK(made.status == 0);
    CHECK(made.out.starts_with("tiny: Tiny\n  rules " + joined + ", seed 20191129"));
    auto const manifest = input::parse_json(content_of(folder.path("out/manifest.json"))).value();
    CHECK(manifest.find("rules_id")->text == joined);
    CHECK(manifest.find("rules")->find("id")->text == joined);
    // The manifest has the rules whole: the file may go.
    std::filesystem::remove(folder.path("part.json"));
    CHECK(run(folder, "verify out").status == 0);
    // The same as one of them that says it all.
    REQUIRE(run(folder, "run tiny.json --rules law+five-years+no-pooled-money -o same").status
            == 0);
    CHECK(content_of(folder.path("same/flows.csv")) == content_of(folder.path("out/flows.csv")));
    REQUIRE(run(folder, "run tiny.json -o law").status == 0);
    CHECK(content_of(folder.path("law/flows.csv")) != content_of(folder.path("out/flows.csv")));
    Ran const wrong = run(folder, "run tiny.json --rules law+five-yeras");
    CHECK(wrong.status == 2);
    CHECK(wrong.err
          == "law+five-yeras: unknown rule set \"five-yeras\"; did you mean \"five-years\"? A "
             "file ends in .json.\n");
    // A scenario's own, with a file beside it.
    folder.file("sub.json",
                replaced(std::string(tiny), "\"title\"", R"("rules": "law+ours.json", "title")"));
    CHECK(holds(run(folder, "run sub.json").err, "ours.json: cannot be read: No such file"));
    folder.file("ours.json", R"({"schema": "pensim/rules/1", "id": "ours",
        "title": {"en": "Ours", "zh": "乙"}, "parameters": {}})");
    CHECK(run(folder, "run ../$(basename $PWD)/sub.json").status == 0);
}

TEST_CASE("verify: equal, tampered with, gone") {
    TemporaryFolder const folder;
    folder.file("tiny.json", tiny);
    REQUIRE(run(folder, "run tiny.json --microdata --rules practice -o out").status == 0);
    Ran const equal = run(folder, "verify out --threads 7");
    CHECK(equal.status == 0);
    std::string expected;
    for (std::string const& table : tables) {
        expected += fmt::format("{:<21} equal\n", table);
    }
    CHECK(equal.out == expected + "people.csv.gz         equal\n");
    CHECK(equal.err.empty());
    for (std::string const file : {"areas.csv", "people.csv.gz", "flows.csv"}) {
        CAPTURE(file);
        std::string const path = folder.path("out/" + file);
        std::string const before = content_of(path);
        std::string other = before;
        other[other.size() / 2] ^= 1;
        folder.file("out/" + file, other);
        Ran const changed = run(folder, "verify out");
        CHECK(changed.status == 1);
        CHECK(holds(changed.out, "is missing or was changed after the run\n"));
        std::filesystem::remove(path);
        CHECK(run(folder, "verify out").status == 1);
        folder.file("out/" + file, before);
    }
    CHECK(run(folder, "verify out").status == 0);
    std::string const manifest = content_of(folder.path("out/manifest.json"));
    // Other people than those of the tables: the scenario inside the manifest, not its summary.
    auto const inside = manifest.find("\"scenario\":");
    folder.file("out/manifest.json",
                manifest.substr(0, inside)
                    + replaced(manifest.substr(inside), "\"seed\": 20191129", "\"seed\": 1"));
    Ran const other_people = run(folder, "verify out");
    CHECK(other_people.status == 1);
    CHECK(holds(other_people.out, "flows.csv             differs from a new run\n"));
    CHECK(holds(other_people.out, "people.csv.gz         differs from a new run\n"));
    folder.file("out/manifest.json", "{}");
    Ran const broken = run(folder, "verify out");
    CHECK(broken.status == 2);
    CHECK(holds(broken.err, "out/manifest.json: \"schema\" is missing\n"));
    Ran const gone = run(folder, "verify no");
    CHECK(gone.status == 2);
    CHECK(gone.err == "no/manifest.json: cannot be read: No such file or directory\n");
}

TEST_CASE("an interrupted run leaves nothing, and tells its progress to standard error only") {
    TemporaryFolder const folder;
    folder.file("tiny.json", tiny);
    auto const run = run_and_interrupt(
        folder, {"run", "tiny.json", "--persons", "1000000000", "--microdata", "-o", "out"});
    // The announcement, then after a second the first line of progress.
    CHECK(holds(run.told, " MiB on "));
    CHECK(holds(run.told, " s left\n"));
    CHECK(run.during.size() == 2);
    CHECK(run.during[0] == "out." + std::to_string(run.pid) + ".part");
    CHECK(run.ran.status == 130);
    CHECK(run.ran.err.ends_with("interrupted; nothing was written\n"));
    CHECK(run.ran.out.empty());
    CHECK(folder.names() == std::vector<std::string>{"tiny.json"});
}

} // namespace pensim::test

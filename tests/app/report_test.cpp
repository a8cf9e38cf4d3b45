// What people see of a run: report and workbook beside the tables, networks of years, and nothing
// of small numbers where they are hidden.
#include <cmath>
#include <map>
#include <regex>
#include <set>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "sim/input/csv.hpp"
#include "sim/input/json_document.hpp"
#include "tests/app/program.hpp"
#include "tests/support/page_document.hpp"
#include "tests/support/read_workbook.hpp"

namespace pensim::test {

namespace {

using input::JsonValue;
using Row = std::map<std::string, std::string>;

/// A CSV file by the names of its head, quotes and all.
std::vector<Row> rows_in(std::string const& path) {
    std::string const text = content_of(path);
    REQUIRE_FALSE(text.empty());
    std::vector<Row> rows;
    std::vector<std::string> head;
    input::RowSplitter splitter;
    for (std::size_t start = 0; start < text.size();) {
        std::size_t const end = std::min(input::row_end(text, start), text.size());
        auto const* const fields =
            splitter.split(std::string_view(text).substr(start, end - start));
        REQUIRE(fields != nullptr);
        if (start == 0) {
            head.assign(fields->begin(), fields->end());
        } else {
            REQUIRE(fields->size() == head.size());
            Row& row = rows.emplace_back();
            for (std::size_t i = 0; i < head.size(); ++i) {
                row[head[i]] = (*fields)[i];
            }
        }
        start = end;
    }
    return rows;
}

JsonValue const& at(JsonValue const& value, std::string_view key) {
    JsonValue const* const found = value.find(key);
    REQUIRE_MESSAGE(found != nullptr, std::string(key));
    return *found;
}

/// Numbers of people, or of transfers.
std::set<std::string> const people_columns{"people", "insured", "pensioners", "elsewhere"};

} // namespace

TEST_CASE("run -o: report and workbook in the language asked for, or none") {
    TemporaryFolder const folder;
    for (std::string const language : {"en", "zh"}) {
        REQUIRE(run(folder, "run small --persons 500 --lang " + language + " -o " + language).status
                == 0);
        std::string const html = content_of(folder.path(language + "/report.html"));
        CHECK(holds(html, language == "zh" ? "<html lang=\"zh-CN\">" : "<html lang=\"en\">"));
        auto const document = document_of_page(html);
        REQUIRE(document);
        CHECK(at(*document, "language").text == language);
        // Folders are the reader's own.
        CHECK(at(at(*document, "reproduce"), "command").text
              == "pensim run small --persons 500 --lang " + language);
        auto const book = read_workbook(content_of(folder.path(language + "/results.xlsx")));
        CHECK(book.sheets.size() > 14);
        CHECK(book.sheets[0].name == (language == "zh" ? "概览" : "Overview"));
    }
    REQUIRE(run(folder, "run small --persons 500 --no-report -o bare").status == 0);
    CHECK(std::filesystem::exists(folder.path("bare/network.graphml")));
    for (std::string const name : {"report.html", "results.xlsx"}) {
        CHECK_FALSE(std::filesystem::exists(folder.path("bare/" + name)));
    }
    CHECK(content_of(folder.path("bare/flows.csv")) == content_of(folder.path("en/flows.csv")));
    CHECK(run(folder, "verify bare").status == 0);
    CHECK(run(folder, "verify zh").status == 0);
}

TEST_CASE("run --graph-year: a network a year; all faults at once") {
    TemporaryFolder const folder;
    REQUIRE(
        run(folder, "run small --persons 2000 --graph-year 2040 --graph-year 2045 -o out").status
        == 0);
    for (std::string const year : {"2040", "2045"}) {
        std::set<std::string> pairs;
        for (Row const& row : rows_in(folder.path("out/flows.csv"))) {
            if (row.at("year") == year) {
                pairs.insert(row.at("from") + ">" + row.at("to"));
            }
        }
        CHECK(pairs.size() > 3);
        std::string const dot = content_of(folder.path("out/network-" + year + ".dot"));
        CHECK(holds(dot, "small " + year));
        std::size_t links = 0;
        for (auto i = dot.find("->"); i != std::string::npos; i = dot.find("->", i + 1)) {
            ++links;
        }
        CHECK(links == pairs.size());
        CHECK(holds(content_of(folder.path("out/network-" + year + ".graphml")), "<graphml"));
    }
    Ran const wrong =
        run(folder, "run small --graph-year 1900 --graph-year 2040 --graph-year 2999 -o no");
    CHECK(wrong.status == 2);
    CHECK(wrong.err
          == "--graph-year: 1900: expected a year of the scenario's horizon, 2005 to 2110\n"
             "--graph-year: 2999: expected a year of the scenario's horizon, 2005 to 2110\n");
    Ran const homeless = run(folder, "run small --graph-year 2040 --microdata");
    CHECK(homeless.status == 2);
    CHECK(homeless.err
          == "--microdata: needs -o, the folder that people.csv.gz goes to\n"
             "--graph-year: needs -o, the folder that the files go to\n");
    CHECK(run(folder, "run small --graph-year soon -o no").status == 2);
    CHECK(folder.names() == std::vector<std::string>{"out"});
}

TEST_CASE("run --suppress-below: not of means, and not with single people") {
    TemporaryFolder const folder;
    folder.file("rows.json", R"({"schema": "pensim/scenario/1", "id": "rows",
        "extends": "small", "title": {"en": "Rows", "zh": "行"}, "run": {"persons": 500},
        "microdata": true})");
    Ran const means = run(folder, "run small --suppress-below 10 --replicates 5 -o no");
    CHECK(means.status == 2);
    CHECK(
        means.err
        == "--suppress-below: expected one replicate, not 5: means over replicates are no numbers "
           "of people; --replicates 1\n");
    Ran const rows = run(folder, "run small --suppress-below 10 --microdata -o no");
    CHECK(rows.status == 2);
    CHECK(rows.err == "--microdata: shows single people, which --suppress-below is to hide\n");
    Ran const asked = run(folder, "run rows.json --suppress-below 10 -o no");
    CHECK(asked.status == 2);
    CHECK(asked.err
          == "rows.json: asks for microdata, which show single people; --suppress-below is to hide "
             "them\n");
    CHECK(run(folder, "run small --suppress-below -1 -o no").status == 2);
    CHECK(folder.names() == std::vector<std::string>{"rows.json"});
}

namespace {

/// A run with numbers below ten hidden: as simulated lives, or as the people they stand for.
struct Hidden {
    explicit Hidden(std::string const& scenario = "national") {
        ran = run(folder,
                  "run " + scenario
                      + " --persons 20000 --suppress-below 10 --graph-year 2030 -o out");
        REQUIRE(ran.status == 0);
        document = document_of_page(content_of(folder.path("out/report.html"))).value();
        auto const json = input::parse_json(content_of(folder.path("out/manifest.json"))).value();
        weight = std::stod(at(json, "weight").text);
    }
    [[nodiscard]] std::vector<Row> table(std::string const& name) const {
        return rows_in(folder.path("out/" + name + ".csv"));
    }
    TemporaryFolder const folder;
    Ran ran;
    JsonValue document;
    double weight = 0;
};

bool is_small(double lives) {
    return lives > 0.1 && lives < 9.9; // people are rounded
}

} // namespace

namespace {

/// Every number of people in every file of a folder, as simulated lives.
class PeopleSeen {
  public:
    explicit PeopleSeen(Hidden const& hidden) : hidden_(hidden) {
        tables();
        page();
        sheets();
        networks("network");
        networks("network-2030");
    }
    std::map<std::string, std::size_t> above_zero; ///< by file or sheet

  private:
    void note(std::string const& where, double lives) {
        CAPTURE(where);
        CHECK_FALSE(is_small(lives));
        above_zero[where] += lives > 0 ? 1 : 0;
    }
    void tables() {
        for (auto const& entry : std::filesystem::directory_iterator(hidden_.folder.path("out"))) {
            if (entry.path().extension() != ".csv") {
                continue;
            }
            for (Row const& row : rows_in(entry.path().string())) {
                for (auto const& [name, cell] : row) {
                    if (people_columns.contains(name) && !cell.empty()) {
                        note(entry.path().filename().string(), std::stod(cell));
                    }
                }
            }
        }
    }
    void page() {
        for (auto const& [name, table] : at(hidden_.document, "tables").members) {
            for (JsonValue const& column : at(table, "columns").items) {
                if (at(column, "unit").text != "people" || name == "calibration") {
                    continue;
                }
                for (JsonValue const& cell : at(column, "data").items) {
                    note("page " + name, std::stod(cell.text) / hidden_.weight);
                }
            }
        }
    }
    void sheets() {
        auto const book = read_workbook(content_of(hidden_.folder.path("out/results.xlsx")));
        for (ReadSheet const& sheet : book.sheets) {
            for (std::size_t column = 0; column < 50; ++column) {
                if (!people_columns.contains(sheet.text(0, column))) {
                    continue;
                }
                for (std::size_t row = 3; row < sheet.rows(); ++row) {
                    std::string const cell = sheet.text(row, column);
                    note("sheet " + sheet.name,
                         cell.empty() ? 0 : std::stod(cell) / hidden_.weight);
                }
            }
        }
    }
    void networks(std::string const& name) {
        std::string const dot = content_of(hidden_.folder.path("out/" + name + ".dot"));
        static std::regex const drawn(R"(([0-9][0-9,]*) people)");
        for (std::sregex_iterator i(dot.begin(), dot.end(), drawn), end; i != end; ++i) {
            std::string number = (*i)[1];
            std::erase(number, ',');
            note(name + ".dot", std::stod(number) / hidden_.weight);
        }
        std::string const graphml = content_of(hidden_.folder.path("out/" + name + ".graphml"));
        std::smatch key;
        REQUIRE(std::regex_search(
            graphml,
            key,
            std::regex(R"re(<key id="(key[0-9]+)" for="edge" attr.name="people")re")));
        std::regex const of_key("<data key=\"" + key[1].str() + "\">([0-9.]+)</data>");
        for (std::sregex_iterator i(graphml.begin(), graphml.end(), of_key), end; i != end; ++i) {
            note(name + ".graphml", std::stod((*i)[1])); // its weight stands beside
        }
    }
    Hidden const& hidden_;
};

} // namespace

TEST_CASE("--suppress-below: no small number of people in any file") {
    Hidden const national;
    PeopleSeen of_nation(national);
    CHECK(of_nation.above_zero["areas.csv"] > 3000);
    Hidden const residents("hmt");
    PeopleSeen of_residents(residents);
    for (std::string const where : {"flows.csv",
                                    "locations.csv",
                                    "areas.csv",
                                    "distributions.csv",
                                    "page links",
                                    "page paths",
                                    "page branches",
                                    "page area_totals",
                                    "sheet Flows between pooling areas",
                                    "network.dot",
                                    "network.graphml"}) {
        CAPTURE(where);
        CHECK(of_residents.above_zero[where] > 3);
    }
}

TEST_CASE("--suppress-below: sums of what is shown are the totals shown") {
    Hidden const hidden;
    // Places: criteria and paths of the page are those of locations.csv.
    double all = 0;
    double placed = 0;
    double elsewhere = 0;
    std::map<std::string, double> by_branch;
    for (Row const& row : hidden.table("locations")) {
        double const people = std::stod(row.at("people"));
        all += people;
        by_branch[row.at("branch")] += people;
        placed += row.at("benefit_area").empty() ? 0 : people;
        elsewhere +=
            !row.at("benefit_area").empty() && row.at("benefit_area") != row.at("last_area")
                ? people
                : 0;
    }
    CHECK(all < 20000);
    auto const sum = [&](std::string_view table, std::string_view name) {
        double total = 0;
        for (JsonValue const& column :
             at(at(at(hidden.document, "tables"), table), "columns").items) {
            if (at(column, "name").text == name) {
                for (JsonValue const& cell : at(column, "data").items) {
                    total += std::stod(cell.text);
                }
            }
        }
        return total;
    };
    CHECK(sum("branches", "people") == all * hidden.weight);
    CHECK(sum("branches", "elsewhere") == elsewhere * hidden.weight);
    CHECK(sum("paths", "people") == all * hidden.weight);
    CHECK(sum("branches", "share") == doctest::Approx(1).epsilon(1e-5)); // of what is shown
    auto const& headlines = at(hidden.document, "headlines").items;
    auto const grouped = [](double number) {
        std::string text = fmt::format("{:.0f}", number);
        for (auto i = static_cast<std::ptrdiff_t>(text.size()) - 3; i > 0; i -= 3) {
            text.insert(static_cast<std::size_t>(i), ",");
        }
        return text;
    };
    CHECK(at(at(headlines[0], "value"), "en").text == grouped(elsewhere * hidden.weight));
    CHECK(holds(at(at(headlines[0], "note"), "en").text,
                " of " + grouped(placed * hidden.weight) + " whose"));
    for (auto const& [branch, people] : by_branch) {
        CHECK((branch == "none" || holds(hidden.ran.out, grouped(people * hidden.weight))));
    }
    // Distributions are shares of what they show.
    std::map<std::string, double> shares;
    for (Row const& row : hidden.table("distributions")) {
        shares[row.at("measure")] += std::stod(row.at("share"));
    }
    CHECK(shares.size() == 3);
    for (auto const& [measure, share] : shares) {
        CHECK(share == doctest::Approx(1).epsilon(1e-4));
    }
}

TEST_CASE("--suppress-below is told wherever results are") {
    Hidden const hidden;
    auto const json =
        input::parse_json(content_of(hidden.folder.path("out/manifest.json"))).value();
    CHECK(at(json, "suppress_below").text == "10");
    std::string note;
    for (JsonValue const& text : at(hidden.document, "notes").items) {
        note += at(text, "en").text + '\n';
    }
    std::string const told = "Small numbers of people are hidden and are in no sum: ";
    REQUIRE(holds(note, told));
    auto const begin = note.find(told);
    std::string const line = note.substr(begin, note.find('\n', begin) - begin);
    CHECK(holds(hidden.ran.out, "\n  " + line + "\n"));
    auto const book = read_workbook(content_of(hidden.folder.path("out/results.xlsx")));
    bool on_cover = false;
    for (auto const& [place, cell] : book.sheets[0].cells) {
        on_cover = on_cover || cell.value == line;
    }
    CHECK(on_cover);
    CHECK(at(at(hidden.document, "reproduce"), "command").text
          == "pensim run national --persons 20000 --suppress-below 10 --graph-year 2030");
    Ran const verified = run(hidden.folder, "verify out");
    CHECK(verified.status == 0);
    CHECK_FALSE(holds(verified.out, "differs"));
    // Nothing is said where nothing is hidden.
    CHECK_FALSE(holds(run(hidden.folder, "run small --persons 500").out, "hidden"));
}

TEST_CASE("--suppress-below: what is left of known wholes is of many, or nothing") {
    Hidden const hidden;
    TemporaryFolder const folder;
    REQUIRE(run(folder, "run national --persons 20000 --no-report -o open").status == 0);
    auto const open = [&](std::string const& name) {
        return rows_in(folder.path("open/" + name + ".csv"));
    };
    // All lives are known: those without a place shown are many, in several cells.
    std::map<std::string, double> cells;
    double rest = 20000;
    for (Row const& row : open("locations")) {
        cells[row.at("group") + row.at("branch") + row.at("last_area") + row.at("benefit_area")] =
            std::stod(row.at("people"));
    }
    for (Row const& row : hidden.table("locations")) {
        auto const key =
            row.at("group") + row.at("branch") + row.at("last_area") + row.at("benefit_area");
        CHECK(cells[key] == std::stod(row.at("people"))); // shown is what it was
        cells.erase(key);
        rest -= std::stod(row.at("people"));
    }
    CHECK(rest >= 10);
    CHECK(cells.size() > 1);
    // What areas pay for elsewhere is what is paid by elsewhere: no year lacks one amount alone.
    std::map<std::string, std::vector<double>> missing;
    auto const before = open("areas");
    std::map<std::string, Row> shown;
    for (Row const& row : hidden.table("areas")) {
        shown[row.at("year") + row.at("area")] = row;
    }
    for (Row const& row : before) {
        auto const found = shown.find(row.at("year") + row.at("area"));
        for (std::string const name : {"paid_for_elsewhere", "paid_by_elsewhere"}) {
            double const was = std::stod(row.at(name));
            double const is = found == shown.end() ? 0 : std::stod(found->second.at(name));
            CHECK((is == 0 || is == was));
            if (is != was) {
                missing[row.at("year")].push_back(was);
            }
        }
    }
    CHECK(missing.size() > 20);
    for (auto const& left : missing) {
        CAPTURE(left.first);
        CHECK(left.second.size() > 1);
    }
    // Figures of the hidden have no error that is made of them.
    for (JsonValue const& headline : at(hidden.document, "headlines").items) {
        bool const share = holds(at(at(headline, "label"), "en").text, "short of");
        CHECK((share || at(headline, "error").is(JsonValue::Type::null)));
    }
}

} // namespace pensim::test

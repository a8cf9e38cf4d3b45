// Names that would run, steer a terminal or break a file, through every command: they come out as
// the text that they are.
#include <map>
#include <set>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "sim/data/shipped.hpp"
#include "sim/input/csv.hpp"
#include "sim/input/json_document.hpp"
#include "tests/app/program.hpp"
#include "tests/support/page_document.hpp"
#include "tests/support/read_workbook.hpp"

namespace pensim::test {

namespace {

using input::JsonValue;

/// Provinces of the data, and what they are called here.
std::map<std::string, std::string, std::less<>> const& hostile_ids() {
    static std::map<std::string, std::string, std::less<>> const ids{
        {"GD", R"("><script>alert(1)</script>)"},
        {"FJ", R"(=HYPERLINK("http://x","y"))"},
        {"SH", "__proto__"},
        {"BJ", "</script><img src=x onerror=alert(2)>"},
        {"JS", "two\nlines, a\ttab and a \"quote\""},
        {"ZJ", "@SUM(A1)"},
        {"SD", "\x1B[31mred\x1B[0m"},
        {"HN", "\u202Eright to left"},
        {"SC", "constructor"},
        {"HB", std::string(300, 'x')}};
    return ids;
}

std::string in_csv_quotes(std::string_view field) {
    std::string out = "\"";
    for (char const c : field) {
        out += c;
        out += c == '"' ? "\"" : "";
    }
    return out + "\"";
}

/// The shipped tables with these ids, and names that are no better.
std::string hostile_data(TemporaryFolder const& folder) {
    std::filesystem::create_directory(folder.path("data"));
    for (auto const& file : data::shipped_files()) {
        if (!file.name.starts_with("data/") || !file.name.ends_with(".csv")) {
            continue;
        }
        std::string written;
        input::RowSplitter splitter;
        for (std::size_t start = 0; start < file.content.size();) {
            std::size_t const end =
                std::min(input::row_end(file.content, start), file.content.size());
            auto const* const fields = splitter.split(file.content.substr(start, end - start));
            REQUIRE(fields != nullptr);
            bool const named =
                file.name == "data/areas.csv" && hostile_ids().contains(fields->front());
            for (std::size_t i = 0; i < fields->size(); ++i) {
                auto const hostile = hostile_ids().find((*fields)[named && i < 3 ? 0 : i]);
                written += i == 0 ? "" : ",";
                written += hostile == hostile_ids().end() ? in_csv_quotes((*fields)[i])
                                                          : in_csv_quotes(hostile->second);
            }
            written += '\n';
            start = end;
        }
        folder.file(file.name, written);
    }
    return "data";
}

constexpr std::string_view scenario = R"({"schema": "pensim/scenario/1", "id": "evil",
    "extends": "hmt", "title": {"en": "</title><script>alert(3)</script>\n\u001b[2J\u202e",
    "zh": "=1+1</script>"}, "population": {"people": 4000, "calibrated_to": null, "source": "test"},
    "run": {"persons": 2000}})";
constexpr std::string_view rules = R"({"schema": "pensim/rules/1", "id": "evil-rules",
    "extends": "law", "title": {"en": "<img src=x onerror=alert(4)>", "zh": "\u001b]0;x\u0007"},
    "parameters": {"place.min_months": [{"from": "2027-01", "value": 60,
    "source": "</script><script>alert(5)</script> \u001b[31m =1+1"}]}})";

/// Nothing that a terminal would obey.
void check_plain(std::string const& text) {
    CHECK(std::none_of(text.begin(), text.end(), [](char c) {
        auto const code = static_cast<unsigned char>(c);
        return (code < 0x20 && c != '\n') || code == 0x7F;
    }));
    CHECK_FALSE(holds(text, "\u202E"));
}

/// Two scripts, the document and the program, and the names nowhere as markup.
void check_page(std::string const& html) {
    std::size_t scripts = 0;
    for (auto i = html.find("<script"); i != std::string::npos; i = html.find("<script", i + 1)) {
        ++scripts;
    }
    CHECK(scripts == 2);
    CHECK_FALSE(holds(html, "<img"));
    CHECK(document_of_page(html).has_value());
}

/// The words of a column of a CSV file, without the apostrophe before a formula.
std::set<std::string> words_in(std::string const& path, std::string_view column) {
    std::string const text = content_of(path);
    std::set<std::string> words;
    input::RowSplitter splitter;
    std::size_t place = 0;
    for (std::size_t start = 0; start < text.size();) {
        std::size_t const end = std::min(input::row_end(text, start), text.size());
        auto const* const fields =
            splitter.split(std::string_view(text).substr(start, end - start));
        REQUIRE(fields != nullptr);
        if (start == 0) {
            place = static_cast<std::size_t>(std::find(fields->begin(), fields->end(), column)
                                             - fields->begin());
        } else {
            REQUIRE(place < fields->size());
            std::string_view word = (*fields)[place];
            CHECK_FALSE((word.starts_with("=") || word.starts_with("@")));
            word.remove_prefix(word.starts_with("'") ? 1 : 0);
            words.emplace(word);
        }
        start = end;
    }
    return words;
}

struct Evil {
    Evil() {
        hostile_data(folder);
        folder.file("evil.json", scenario);
        folder.file("rules.json", rules);
    }
    TemporaryFolder const folder;
};

} // namespace

TEST_CASE("hostile names through run: every file has them as text") {
    Evil const evil;
    auto const& folder = evil.folder;
    Ran const ran =
        run(folder, "run evil.json --data data --rules rules.json -o out --graph-year 2040");
    REQUIRE(ran.err.empty());
    REQUIRE(ran.status == 0);
    check_plain(ran.out);
    CHECK(holds(ran.out, "evil: </title><script>alert(3)</script>\uFFFD"));
    for (std::string const column : {"from", "to"}) {
        auto const words = words_in(folder.path("out/flows.csv"), column);
        for (auto const& hostile : hostile_ids()) {
            auto const& id = hostile.first;
            auto const& name = hostile.second;
            CAPTURE(name);
            CHECK(words.contains(name));
            CHECK_FALSE(words.contains(id));
        }
    }
    CHECK(words_in(folder.path("out/locations.csv"), "benefit_area").contains("@SUM(A1)"));
    CHECK(words_in(folder.path("out/positions.csv"), "area").contains("__proto__"));
    CHECK(words_in(folder.path("out/circle_totals.csv"), "circle").size() > 3);
    std::string const html = content_of(folder.path("out/report.html"));
    check_page(html);
    auto const document = document_of_page(html).value();
    CHECK(document.find("title")->find("en")->text
          == "</title><script>alert(3)</script>\n\x1B[2J\u202E");
    CHECK(document.find("rules")->find("title")->find("en")->text
          == "<img src=x onerror=alert(4)>");
    std::set<std::string> areas;
    for (JsonValue const& area : document.find("areas")->items) {
        areas.insert(area.find("id")->text);
        CHECK((!hostile_ids().contains(area.find("id")->text)));
    }
    for (auto const& [id, name] : hostile_ids()) {
        CHECK(areas.contains(name));
    }
    Ran const verified = run(folder, "verify out");
    CHECK(verified.status == 0);
    check_plain(verified.out);
}

TEST_CASE("hostile names in workbook and networks") {
    Evil const evil;
    auto const& folder = evil.folder;
    REQUIRE(run(folder, "run evil.json --data data -o out").status == 0);
    auto const book = read_workbook(content_of(folder.path("out/results.xlsx")));
    std::set<std::string> texts;
    for (ReadSheet const& sheet : book.sheets) {
        CHECK_FALSE(holds(sheet.xml, "<f>"));
        CHECK_FALSE(holds(sheet.xml, "<script"));
        for (auto const& [place, cell] : sheet.cells) {
            if (cell.is_text) {
                texts.insert(cell.value);
            }
        }
    }
    for (std::string const id : {"GD", "FJ", "SH", "BJ", "ZJ", "SC", "HB"}) {
        std::string const& name = hostile_ids().find(id)->second;
        CAPTURE(name);
        CHECK(texts.contains(name));
    }
    for (std::string const file : {"network.graphml", "network.dot"}) {
        std::string const text = content_of(folder.path("out/" + file));
        CHECK(holds(text, "__proto__"));
        CHECK_FALSE(holds(text, "\x1B"));
        CHECK((file == "network.dot" || !holds(text, "<script")));
    }
}

TEST_CASE("hostile names through compare, sweep and who") {
    Evil const evil;
    auto const& folder = evil.folder;
    Ran const compared =
        run(folder, "compare evil.json --data data --rules law --rules rules.json -o compared");
    REQUIRE(compared.status == 0);
    check_plain(compared.out);
    CHECK(words_in(folder.path("compared/flows.csv"), "from").contains("__proto__"));
    Ran const swept = run(folder,
                          "sweep evil.json --data data --rules rules.json --set "
                          "place.min_months=60:120:60 --persons 300 -o swept");
    REQUIRE(swept.status == 0);
    check_plain(swept.out);
    CHECK_FALSE(words_in(folder.path("swept/sweep.csv"), "figure").empty());
    Ran const who = run(folder, "who evil.json --data data --from __proto__ --limit 3");
    REQUIRE(who.status == 0);
    folder.file("who.csv", who.out);
    CHECK(words_in(folder.path("who.csv"), "from") == std::set<std::string>{"__proto__"});
    check_plain(who.err);
    Ran const wrong = run(folder, "who evil.json --data data --from '__prot\x1B[31m'");
    CHECK(wrong.status == 2);
    check_plain(wrong.err);
}

TEST_CASE("hostile names through explain and rules") {
    Evil const evil;
    auto const& folder = evil.folder;
    Ran const story =
        run(folder,
            "explain evil.json --person 3 --data data --rules rules.json -o story.txt "
            "--html life.html");
    REQUIRE(story.err.empty());
    REQUIRE(story.status == 0);
    check_page(content_of(folder.path("life.html")));
    for (int person = 0; person < 30; ++person) {
        check_plain(
            run(folder,
                fmt::format("explain evil.json --data data --rules rules.json --person {}", person))
                .out);
    }
    for (std::string const command : {"rules show rules.json", "rules diff law rules.json"}) {
        CAPTURE(command);
        Ran const shown = run(folder, command);
        CHECK(shown.status <= 1);
        check_plain(shown.out);
    }
}

TEST_CASE("hostile ids and notes through decide, check and explain") {
    Evil const evil;
    auto const& folder = evil.folder;
    folder.file("cases.json", R"({"schema": "pensim/cases/1", "rules": "law", "persons": [
        {"id": "=1+1\u001b[31m</script>", "note": "\u202e<img src=x onerror=alert(6)>\u0007",
         "group": "hong_kong", "sex": "male", "birth": "1966-09", "records": [{"area": "__proto__",
         "from": "2016-04", "to": "2027-03", "base": 10000}], "expect": {"benefit_area": "constructor"}}]})");
    Ran const decided = run(folder, "decide cases.json --data data");
    REQUIRE(decided.status == 0);
    auto const outcomes = input::parse_json(decided.out).value();
    CHECK(outcomes.find("outcomes")->items[0].find("id")->text == "=1+1\x1B[31m</script>");
    check_plain(decided.out);
    Ran const checked = run(folder, "check cases.json --data data");
    CHECK(checked.status == 1);
    check_plain(checked.out);
    check_plain(checked.err);
    Ran const story = run(folder, "explain cases.json --data data --html life.html -o story.txt");
    REQUIRE(story.status == 0);
    check_page(content_of(folder.path("life.html")));
    check_plain(run(folder, "explain cases.json --data data").out);
    folder.file("persons.csv", "id,group,sex,birth\n=1+1,hong_kong,male,1966-09\n");
    folder.file("records.csv",
                "person_id,area,from,to,base\n=1+1,\"=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\","
                "2016-04,2027-03,10000\n");
    REQUIRE(run(folder, "decide --persons persons.csv --records records.csv --data data -o files")
                .status
            == 0);
    std::string const csv = content_of(folder.path("files/outcomes.csv"));
    CHECK(holds(csv, "\n=1+1,"));
    CHECK(holds(csv, "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""));
}

} // namespace pensim::test

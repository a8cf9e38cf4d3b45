// The document behind a page, read back: every number of the tables, every text as it was given.
#include "sim/report/page_document.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "sim/report/run_scenario.hpp"
#include "sim/report/table_maker.hpp"
#include "sim/report/tile_map.hpp"
#include "sim/rules/rule_table.hpp"
#include "sim/story/words.hpp"
#include "sim/web/page.hpp"
#include "tests/support/page_document.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::report {
namespace {

using input::JsonValue;

JsonValue const& at(JsonValue const& value, std::string_view key) {
    JsonValue const* const found = value.find(key);
    REQUIRE_MESSAGE(found != nullptr, std::string(key));
    return *found;
}
Bilingual text_at(JsonValue const& value, std::string_view key) {
    return {at(at(value, key), "en").text, at(at(value, key), "zh").text};
}
bool same(Bilingual const& a, Bilingual const& b) {
    return a.en == b.en && a.zh == b.zh;
}

struct Written {
    explicit Written(std::uint32_t replicates = 1, std::string const& rules = "")
        : simulation(test::simulated(
            "national",
            {.persons = 1500, .replicates = replicates, .rules = rules, .with_pilot = false})),
          results(run_scenario(*simulation, {}).results) {
        present();
    }
    /// Again, with what has changed since.
    void present() {
        page = presentation_of(results,
                               *simulation,
                               tables_of(results, *simulation),
                               {"pensim run national", {{"flows.csv", 1, "f00d"}}, {}});
        document = input::parse_json(page_json(page, *simulation, SummaryLanguage::en)).value();
    }
    [[nodiscard]] JsonValue const& table(std::string_view name) const {
        return at(at(document, "tables"), name);
    }
    std::unique_ptr<scenario::Simulation> simulation;
    RunResults results;
    Presentation page;
    JsonValue document;
};

/// What a cell must be, by the table alone; "null" for nothing.
std::string expected_cell(Column const& column, std::size_t row, Unit unit) {
    auto const yuan = [](std::int64_t fen) {
        return fmt::format("{}", std::llround(static_cast<double>(fen) / 100));
    };
    switch (column.kind) {
    case Column::Kind::word:
        return column.words[column.codes[row]].empty() ? "-1"
                                                       : fmt::format("{}", column.codes[row]);
    case Column::Kind::whole:
        return fmt::format("{}", column.whole[row]);
    case Column::Kind::yuan:
        return yuan(column.whole[row]);
    case Column::Kind::quantity:
        return column.in_fen[row] ? yuan(column.whole[row]) : fmt::format("{}", column.whole[row]);
    case Column::Kind::real:
        break;
    }
    bool const whole = unit == Unit::yuan || unit == Unit::people;
    return std::isfinite(column.real[row])
               ? fmt::format("{:.{}f}", column.real[row], whole ? 0 : column.decimals)
               : "null";
}

void check_column(JsonValue const& written,
                  std::string const& table,
                  Column const& column,
                  AreaTable const& areas) {
    CAPTURE(column.name);
    Label const label = label_of(table, column);
    CHECK(at(written, "name").text == column.name);
    CHECK(same(text_at(written, "label"), label.name));
    CHECK(at(written, "unit").text == word_of(label.unit));
    JsonValue const* const words = written.find("words");
    CHECK((words != nullptr) == (column.kind == Column::Kind::word));
    if (words != nullptr && words->is(JsonValue::Type::string)) {
        CHECK(words->text == "areas");
        CHECK(column.words == area_words(areas));
    } else if (words != nullptr) {
        REQUIRE(words->items.size() == column.words.size());
        for (std::size_t i = 0; i < column.words.size(); ++i) {
            CHECK(at(words->items[i], "id").text == column.words[i]);
            CHECK(same(text_at(words->items[i], "label"),
                       label_of_word(table, column.name, column.words[i], areas)));
        }
    }
    auto const& data = at(written, "data").items;
    bool equal = true;
    for (std::size_t row = 0; row < data.size(); ++row) {
        std::string const cell = data[row].is(JsonValue::Type::null) ? "null" : data[row].text;
        equal = equal && cell == expected_cell(column, row, label.unit);
    }
    CHECK(equal);
}

TEST_CASE("every table of folder and page, number by number: weighted, in whole yuan") {
    for (std::uint32_t const replicates : {1U, 2U}) {
        Written const w(replicates);
        AreaTable const& areas = w.simulation->tables.areas;
        CHECK(at(w.document, "tables").members.size()
              == w.page.tables.size() + w.page.page_tables.size());
        for (auto const* const list : {&w.page.tables, &w.page.page_tables}) {
            for (Table const& made : *list) {
                CAPTURE(made.name);
                Table const shown = weighted(made);
                JsonValue const& written = w.table(made.name);
                CHECK(same(text_at(written, "title"), title_of(made.name)));
                CHECK(same(text_at(written, "note"), note_of(made.name)));
                CHECK(at(written, "rows").text == fmt::format("{}", made.rows));
                bool const filed = list == &w.page.tables;
                CHECK(at(written, "file").text == (filed ? made.name + ".csv" : ""));
                CHECK(at(written, "file").is(JsonValue::Type::null) != filed);
                auto const& columns = at(written, "columns").items;
                REQUIRE(columns.size() == shown.columns.size());
                for (std::size_t i = 0; i < columns.size(); ++i) {
                    CHECK(at(columns[i], "data").items.size() == made.rows);
                    check_column(columns[i], made.name, shown.columns[i], areas);
                }
            }
        }
    }
}

JsonValue const& column_of(JsonValue const& table, std::string_view name) {
    for (JsonValue const& column : at(table, "columns").items) {
        if (at(column, "name").text == name) {
            return column;
        }
    }
    FAIL("no column ", std::string(name));
    return table;
}

TEST_CASE("cells of each kind, word for word") {
    Written w;
    TableMaker maker("made", 1);
    maker.weight(2.5);
    auto const area = maker.words("from", area_words(w.simulation->tables.areas));
    auto const kind = maker.words("sort", {"a", ""});
    auto const people = maker.weighted(maker.whole("people"));
    auto const account = maker.measure("account", true);
    auto const share = maker.number("share", Column::Kind::real, 6);
    struct Row {
        std::size_t area;
        std::size_t kind;
        std::int64_t people;
        std::int64_t fen;
        double share;
    };
    constexpr std::size_t nowhere = 32;
    REQUIRE(w.simulation->tables.areas.size() == nowhere);
    for (Row const& row : {Row{0, 0, 3, 20, 0.25},
                           Row{nowhere, 1, 0, -20, std::nan("")},
                           Row{18, 0, 1, 19, INFINITY},
                           Row{18, 0, 2, -6'000'000'000'000'00, -0.5}}) {
        maker.put(area, row.area);
        maker.put(kind, row.kind);
        maker.put_whole(people, row.people);
        maker.put_whole(account, row.fen);
        maker.put_real(share, row.share);
        maker.end_row();
    }
    w.page.page_tables.push_back(maker.finish());
    std::string const json = page_json(w.page, *w.simulation, SummaryLanguage::zh);
    w.document = input::parse_json(json).value();
    CHECK(at(w.document, "language").text == "zh");
    JsonValue const& made = w.table("made");
    auto const data = [&](std::string_view name) {
        std::string text;
        for (JsonValue const& cell : at(column_of(made, name), "data").items) {
            text += (cell.is(JsonValue::Type::null) ? "null" : cell.text) + ' ';
        }
        return text;
    };
    CHECK(data("from") == "0 -1 18 18 ");
    CHECK(data("sort") == "0 -1 0 0 ");
    CHECK(data("people") == "8 0 3 5 ");                 // 7.5 and 2.5 people: half away from zero
    CHECK(data("account") == "1 -1 0 -15000000000000 "); // 0.50, -0.50, 0.48 yuan
    CHECK(data("share") == "0.250000 null null -0.500000 ");
    CHECK(at(column_of(made, "share"), "digits").text == "1");
    CHECK(at(column_of(made, "account"), "digits").text == "0");
    CHECK(at(column_of(made, "people"), "unit").text == "people");
    CHECK(at(column_of(w.table("calibration"), "known"), "digits").text == "6");
}

TEST_CASE("an area that not everybody admits is listed where a table has it") {
    Written w;
    AreaTable const& areas = w.simulation->tables.areas;
    TableMaker maker("paths", 1);
    auto const last = maker.words("last_area", area_words(areas));
    maker.put(last, row(areas.find("XPCC").value()));
    maker.end_row();
    w.page.page_tables.push_back(maker.finish());
    auto const document =
        input::parse_json(page_json(w.page, *w.simulation, SummaryLanguage::en)).value();
    REQUIRE(at(document, "areas").items.size() == areas.default_count() + 1);
    CHECK(at(at(document, "areas").items.back(), "id").text == "XPCC");
}

TEST_CASE("what a page says beside its tables") {
    Written const w;
    CHECK(at(w.document, "schema").text == "pensim/page/1");
    CHECK(at(w.document, "kind").text == "run");
    CHECK(at(w.document, "language").text == "en");
    CHECK(same(text_at(w.document, "title"), w.page.title));
    CHECK(same(text_at(w.document, "question"), w.page.question));
    CHECK(same(text_at(w.document, "answer"), w.page.answer));
    auto const& headlines = at(w.document, "headlines").items;
    REQUIRE(headlines.size() == w.page.headlines.size());
    for (std::size_t i = 0; i < headlines.size(); ++i) {
        Headline const& made = w.page.headlines[i];
        CHECK(same(text_at(headlines[i], "label"), made.label));
        CHECK(same(text_at(headlines[i], "value"), made.value));
        CHECK(at(headlines[i], "error").is(JsonValue::Type::null) == !made.error);
        CHECK((!made.error || same(text_at(headlines[i], "error"), *made.error)));
        CHECK(at(headlines[i], "note").is(JsonValue::Type::null) == !made.note);
        CHECK((!made.note || same(text_at(headlines[i], "note"), *made.note)));
    }
    auto const& notes = at(w.document, "notes").items;
    REQUIRE(notes.size() == 1);
    CHECK(at(notes[0], "zh").text == w.page.notes[0].zh);
    auto const& areas = at(w.document, "areas").items;
    REQUIRE(areas.size() == w.simulation->tables.areas.default_count());
    for (std::size_t i = 0; i < areas.size(); ++i) {
        Area const& area = w.simulation->tables.areas[static_cast<AreaId>(i)];
        CHECK(at(areas[i], "id").text == area.id);
        CHECK(same(text_at(areas[i], "name"), {area.name_en, area.name_zh}));
        auto const tile = tile_of(area.id);
        CHECK(at(areas[i], "tile").is(JsonValue::Type::null) == !tile);
        if (tile) {
            CHECK(at(areas[i], "tile").items[0].text == fmt::format("{}", tile->column));
            CHECK(at(areas[i], "tile").items[1].text == fmt::format("{}", tile->row));
        }
    }
    CHECK(at(w.document, "horizon").items[0].text == "1998");
    CHECK(at(w.document, "horizon").items[1].text == "2100");
    JsonValue const& reproduce = at(w.document, "reproduce");
    CHECK(at(reproduce, "command").text == "pensim run national");
    auto const& facts = at(reproduce, "facts").items;
    REQUIRE(facts.size() == w.page.facts.size());
    CHECK(same(text_at(facts.back(), "label"), {"flows.csv SHA-256", "flows.csv SHA-256"}));
    CHECK(at(facts.back(), "value").text == "f00d");
}

TEST_CASE("rules: every value with its date and source, every text that they cite") {
    Written const w(1, "five-years");
    JsonValue const& rules = at(w.document, "rules");
    CHECK(at(rules, "id").text == "five-years");
    CHECK(text_at(rules, "title").zh == "满五年即可作为待遇领取地");
    std::vector<std::string> written;
    std::set<std::string> cited;
    for (JsonValue const& parameter : at(rules, "parameters").items) {
        for (JsonValue const& value : at(parameter, "values").items) {
            std::string const& source = at(value, "source").text;
            written.push_back(at(parameter, "key").text + '|' + at(value, "from").text + '|'
                              + at(value, "value").text + '|' + source);
            std::string const key = source.substr(0, source.find(' '));
            if (story::find_document(key) != nullptr) {
                cited.insert(key);
            }
        }
        CHECK_FALSE(text_at(parameter, "meaning").zh.empty());
    }
    std::vector<std::string> expected;
    for (auto const& row : rules::table_of(w.simulation->law->book(), w.simulation->tables.areas)) {
        expected.push_back(row.key + '|' + (row.from == YearMonth::first() ? "" : row.from.text())
                           + '|' + row.value + '|' + row.source);
    }
    CHECK(written == expected);
    CHECK(std::count(written.begin(),
                     written.end(),
                     "place.min_months|2027-01|60|proposal: five years instead of the ten of "
                     "order-41-2019 art. 8(2)")
          == 1);
    std::set<std::string> documents;
    for (JsonValue const& document : at(rules, "documents").items) {
        documents.insert(at(document, "key").text);
        CHECK(text_at(document, "title").en == story::find_document(at(document, "key").text)->en);
    }
    CHECK(documents == cited);
    CHECK(documents.count("order-41-2019") == 1);
}

TEST_CASE("hostile names are text in the document, and nowhere in the page") {
    using namespace std::string_literals;
    std::vector<std::string> const names{"<script>alert(1)</script>",
                                         "</script><img src=x onerror=alert(2)>",
                                         "<!--<script>",
                                         "=HYPERLINK(\"http://x\",\"y\")",
                                         "__proto__",
                                         "\"'&\\",
                                         "two\nlines\tand\x1B[31m",
                                         "\u202Eright to left",
                                         "\u2028",
                                         std::string(300, 'x')};
    Written w;
    auto areas = w.simulation->tables.areas.all();
    for (std::size_t i = 0; i < names.size(); ++i) {
        areas[i] = {names[i], names[i] + '.', "名" + names[i], std::nullopt};
    }
    areas[names.size()].name_en.clear();
    std::string const nameless = areas[names.size()].id;
    w.simulation->tables.areas = AreaTable(areas, w.simulation->tables.areas.default_count());
    w.simulation->scenario.title_en = "</title><script>alert(3)</script>";
    w.present();
    CHECK(text_at(w.document, "title").en == "</title><script>alert(3)</script>");
    auto const& written = at(w.document, "areas").items;
    for (std::size_t i = 0; i < names.size(); ++i) {
        CHECK(at(written[i], "id").text == names[i]);
        CHECK(same(text_at(written[i], "name"), {names[i] + '.', "名" + names[i]}));
    }
    CHECK(text_at(written[names.size()], "name").en == nameless);
    std::string const json = page_json(w.page, *w.simulation, SummaryLanguage::en);
    std::string const html = web::html_page(json, w.page.title.en, "en");
    auto const back = test::document_of_page(html);
    REQUIRE(back);
    CHECK(at(at(*back, "areas").items[1], "id").text == names[1]);
    // The page's own: the document, and the program with its end.
    auto const count = [&](std::string_view part) {
        std::size_t found = 0;
        for (auto i = html.find(part); i != std::string::npos; i = html.find(part, i + 1)) {
            ++found;
        }
        return found;
    };
    CHECK(count("<script") == 2);
    CHECK(count("</script") == 2);
    CHECK(count("<img") == 0);
    CHECK(count("alert(") == 1); // the title, as text
    CHECK(count("<title>&lt;/title&gt;&lt;script&gt;alert(3)&lt;/script&gt;</title>") == 1);
    // What is no UTF-8 is still a document.
    areas[0].name_en = "\xB9\xE3\xB6\xAB";
    w.simulation->tables.areas = AreaTable(areas, w.simulation->tables.areas.default_count());
    w.present();
    CHECK(text_at(at(w.document, "areas").items[0], "name").en.starts_with("\uFFFD"));
}

TEST_CASE("a kind of page may say more") {
    Written const w;
    std::string const json =
        page_json(w.page, *w.simulation, SummaryLanguage::en, [](input::Members& members) {
            members.text("more", "as \"much\"");
        });
    CHECK(at(input::parse_json(json).value(), "more").text == "as \"much\"");
}

} // namespace
} // namespace pensim::report

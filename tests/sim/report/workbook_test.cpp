#include "sim/report/workbook.hpp"

#include <cmath>
#include <filesystem>
#include <limits>
#include <set>

#include <doctest/doctest.h>

#include "sim/input/file.hpp"
#include "sim/report/run_scenario.hpp"
#include "sim/report/table_maker.hpp"
#include "tests/support/compared.hpp"
#include "tests/support/read_workbook.hpp"

namespace pensim::report {
namespace {

using test::read_workbook;
using test::ReadSheet;
using test::ReadWorkbook;

constexpr std::size_t head = 3; ///< names, units, labels

struct WrittenRun {
    explicit WrittenRun(std::uint32_t replicates = 1)
        : simulation(test::simulated(
            "hmt", {.persons = 600, .replicates = replicates, .with_pilot = false})) {
        simulation->scenario.horizon = {2020, 2049};
        tables = tables_of(run_scenario(*simulation, {}).results, *simulation);
    }
    [[nodiscard]] AreaTable const& areas() const { return simulation->tables.areas; }
    [[nodiscard]] Workbook workbook(SummaryLanguage language = SummaryLanguage::en) const {
        Workbook book;
        book.language = language;
        book.title = {"A title", "标题"};
        book.subtitle = {"What it is", "说明文字"};
        book.headlines = {{{"People moved", "转移人数"}, {"1.2 million", "120万"}}};
        book.facts = {{{"Command", "命令"}, {"=pensim run hmt", "=pensim run hmt"}}};
        book.notes = {{"A note.", "一条说明。"}};
        for (Table const& table : tables) {
            book.tables.push_back(&table);
        }
        return book;
    }
    std::unique_ptr<scenario::Simulation> simulation;
    std::vector<Table> tables;
};

/// The cell of a sheet holds what the table says, to the last digit.
void check_number(test::ReadCell const* cell, Column const& column, std::size_t row) {
    if (column.kind == Column::Kind::real && !std::isfinite(column.real[row])) {
        CHECK(cell == nullptr);
        return;
    }
    REQUIRE(cell != nullptr);
    CHECK_FALSE(cell->is_text);
    double const shown = std::stod(cell->value);
    switch (column.kind) {
    case Column::Kind::whole:
        CHECK(cell->value == std::to_string(column.whole[row]));
        break;
    case Column::Kind::yuan:
        CHECK(std::llround(shown * 100) == column.whole[row]);
        CHECK(shown == static_cast<double>(column.whole[row]) / 100);
        break;
    case Column::Kind::quantity:
        CHECK(std::llround(shown * (column.in_fen[row] ? 100 : 1)) == column.whole[row]);
        break;
    default:
        CHECK(shown == doctest::Approx(column.real[row]).epsilon(1e-15));
    }
}

/// Every row and column of a sheet against the table, weighted by the test's own.
void check_sheet(ReadSheet const& sheet, Table const& table, AreaTable const& areas, bool zh) {
    CAPTURE(sheet.name);
    auto const name = [&](Bilingual const& text) { return zh ? text.zh : text.en; };
    Table const shown = weighted(table);
    CHECK(sheet.rows() == head + table.rows);
    for (std::size_t i = 0; i < shown.columns.size(); ++i) {
        Column const& column = shown.columns[i];
        CAPTURE(column.name);
        CHECK(sheet.text(0, i) == column.name);
        Label const label = label_of(table.name, column);
        CHECK(sheet.text(2, i) == name(label.name));
        bool const counted = label.unit == Unit::people || label.unit == Unit::yuan
                             || label.unit == Unit::months || label.unit == Unit::share;
        CHECK(sheet.text(1, i) == (counted ? name(name_of(label.unit)) : ""));
        for (std::size_t row = 0; row < shown.rows; ++row) {
            auto const* const cell = sheet.find(head + row, i);
            if (column.kind != Column::Kind::word) {
                check_number(cell, column, row);
                continue;
            }
            std::string const& word = column.words[column.codes[row]];
            std::string expected = name(label_of_word(table.name, column.name, word, areas));
            if (areas.find(word) && column.name != "source") {
                expected = word + " " + expected;
            }
            CHECK(sheet.text(head + row, i) == expected);
            CHECK((cell == nullptr || cell->is_text));
        }
    }
}

TEST_CASE("sheets hold every number of the tables, weighted") {
    for (auto const language : {SummaryLanguage::en, SummaryLanguage::zh}) {
        bool const zh = language == SummaryLanguage::zh;
        WrittenRun const ran(zh ? 1 : 2); // exact numbers, and means
        auto const book = read_workbook(workbook_of(ran.workbook(language), ran.areas()));
        REQUIRE(book.sheets.size() == 1 + ran.tables.size());
        for (std::size_t i = 0; i < ran.tables.size(); ++i) {
            Bilingual const title = title_of(ran.tables[i].name);
            CHECK(book.sheets[i + 1].name == (zh ? title.zh : title.en));
            check_sheet(book.sheets[i + 1], ran.tables[i], ran.areas(), zh);
        }
    }
}

TEST_CASE("sheets of a comparison: amounts and counts in one column have formats of their own") {
    auto const simulation = test::simulated("national", {.persons = 600, .with_pilot = false});
    test::Planned const planned(*simulation, {"longest-only"});
    auto const tables = reform::tables_of(reform::compare(planned.plan), planned.plan);
    Workbook workbook;
    for (Table const& table : tables) {
        workbook.tables.push_back(&table);
    }
    auto const book = read_workbook(workbook_of(workbook, simulation->tables.areas));
    for (std::size_t i = 0; i < tables.size(); ++i) {
        check_sheet(book.sheets[i + 1], tables[i], simulation->tables.areas, false);
    }
    Table const& areas = test::named(tables, "areas");
    auto const& sheet = book.sheet("Books of the areas");
    std::size_t const value = 5;
    REQUIRE(areas.columns[value].name == "value_baseline");
    std::set<std::string> seen;
    for (std::size_t row = 0; row < areas.rows; ++row) {
        bool const amount = areas.columns[value].in_fen[row];
        std::string const& format = sheet.find(head + row, value)->format;
        CHECK(format == (amount ? "#,##0.00;[Red]-#,##0.00" : "#,##0;[Red]-#,##0"));
        seen.insert(format);
    }
    CHECK(seen.size() == 2);
    auto const& totals = book.sheet("Flows, all years");
    CHECK(totals.text(totals.rows() - 1, 1) == "All areas");
    CHECK(totals.text(totals.rows() - 1, 2) == "All areas");
}

TEST_CASE("header, freeze, filter, formats") {
    WrittenRun const ran;
    auto const book = read_workbook(workbook_of(ran.workbook(), ran.areas()));
    auto const& flows = book.sheet("Flows between pooling areas");
    CHECK(flows.xml.find("<pane xSplit=\"4\" ySplit=\"3\" topLeftCell=\"E4\"")
          != std::string::npos);
    CHECK(flows.xml.find("<autoFilter ref=\"A3:G" + std::to_string(head + ran.tables[0].rows)
                         + "\"/>")
          != std::string::npos);
    CHECK(flows.find(head, 0)->format == "0");
    CHECK(flows.find(head, 4)->format == "#,##0;[Red]-#,##0");
    CHECK(flows.find(head, 5)->format == "#,##0.00;[Red]-#,##0.00");
    auto const& areas = book.sheet("Books of the areas");
    CHECK(areas.xml.find("<pane xSplit=\"2\" ySplit=\"3\"") != std::string::npos);
    auto const& calibration = book.sheet("Calibration");
    Table const& table = ran.tables.back();
    std::set<std::string> formats;
    for (std::size_t row = 0; row < table.rows; ++row) {
        std::string const unit = test::text_at(table, "unit", row);
        auto const* const cell = calibration.find(head + row, 4);
        if (cell != nullptr) {
            CAPTURE(unit);
            CHECK(cell->format
                  == (unit == "share" || unit == "chance" ? "0.0%;[Red]-0.0%"
                      : unit == "people"                  ? "#,##0;[Red]-#,##0"
                                                          : "#,##0.000000;[Red]-#,##0.000000"));
            formats.insert(cell->format);
        }
    }
    CHECK(formats.size() >= 2);
}

/// Texts of a sheet, in order.
std::string all_texts(ReadSheet const& sheet) {
    std::string all;
    for (auto const& cell : sheet.cells) {
        all += cell.second.value + "\n";
    }
    return all;
}

TEST_CASE("the cover leads to every sheet") {
    WrittenRun const ran;
    auto const book = read_workbook(workbook_of(ran.workbook(), ran.areas()));
    auto const& cover = book.sheets.front();
    CHECK(cover.name == "Overview");
    CHECK(cover.text(1, 1) == "A title");
    CHECK(cover.text(2, 1) == "What it is");
    std::string const texts = all_texts(cover);
    for (char const* const text : {"Headline figures",
                                   "People moved",
                                   "1.2 million",
                                   "=pensim run hmt",
                                   "A note.",
                                   "Flows between pooling areas"}) {
        CAPTURE(text);
        CHECK(texts.find(std::string(text) + "\n") != std::string::npos);
    }
    for (std::size_t i = 0; i < ran.tables.size(); ++i) {
        std::string const& name = book.sheets[i + 1].name;
        CHECK(cover.xml.find("location=\"'" + name + "'!A1\"") != std::string::npos);
        CHECK(texts.find(note_of(ran.tables[i].name).en) != std::string::npos);
        CHECK(texts.find("\n" + std::to_string(ran.tables[i].rows) + "\n") != std::string::npos);
    }
    auto const chinese = read_workbook(workbook_of(ran.workbook(SummaryLanguage::zh), ran.areas()));
    std::string const in_chinese = all_texts(chinese.sheets.front());
    CHECK(chinese.sheets.front().name == "概览");
    CHECK(in_chinese.find("如何重现\n") != std::string::npos);
    CHECK(in_chinese.find("Headline") == std::string::npos);
    CHECK(in_chinese.find("Notes") == std::string::npos);
}

TEST_CASE("equal content, equal bytes") {
    WrittenRun const ran;
    std::string const first = workbook_of(ran.workbook(), ran.areas());
    CHECK(workbook_of(ran.workbook(), ran.areas()) == first);
    Workbook other = ran.workbook();
    other.title.en += "!";
    CHECK(workbook_of(other, ran.areas()) != first);
}

Table table_of_texts(std::string name, std::vector<std::string> texts) {
    TableMaker maker(std::move(name), 1);
    auto const from = maker.words("source", std::move(texts));
    auto const number = maker.number("known", Column::Kind::real, 6);
    double const odd[]{-1.5, std::nan(""), std::numeric_limits<double>::infinity(), 1e300};
    for (std::size_t row = 0; row < 4; ++row) {
        maker.put(from, row);
        maker.put_real(number, odd[row]);
        maker.end_row();
    }
    return maker.finish();
}

TEST_CASE("hostile texts, numbers that are none, tables without names") {
    Table const table = table_of_texts(
        "../[x]:'?*", {"=cmd|'/c calc'!A0", "@x <script>\x01\xff", "-1+1", "http://x.example"});
    Table const twin = table_of_texts("../[X]:'?*", {"a", "b", "c", "d"});
    Table empty;
    empty.name = "history";
    empty.columns.push_back({.name = "year"});
    Workbook workbook;
    workbook.tables = {&table, &twin, &empty};
    auto const book = read_workbook(workbook_of(workbook, AreaTable()));
    REQUIRE(book.sheets.size() == 4);
    CHECK(book.sheets[1].name == "..  x");
    CHECK(book.sheets[2].name == "..  X (2)");
    CHECK(book.sheets[3].name == "history (2)");
    auto const& sheet = book.sheets[1];
    CHECK(sheet.text(head, 0) == "=cmd|'/c calc'!A0");
    CHECK(sheet.text(head + 1, 0) == "@x <script>\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK(sheet.text(head + 2, 0) == "-1+1");
    CHECK(sheet.text(head + 3, 0) == "http://x.example");
    CHECK(sheet.find(head + 2, 0)->is_text);
    CHECK(sheet.text(head, 1) == "-1.5");
    CHECK(sheet.find(head + 1, 1) == nullptr);
    CHECK(sheet.find(head + 2, 1) == nullptr);
    CHECK(sheet.text(head + 3, 1) == "1E+300");
    CHECK(sheet.xml.find("<f>") == std::string::npos);
    CHECK(sheet.xml.find("hyperlink") == std::string::npos);
    CHECK(book.sheets[3].rows() == head);
}

TEST_CASE("a table that is longer than a sheet ends there and says so") {
    WrittenRun const ran;
    Table const& flows = ran.tables[0];
    REQUIRE(flows.rows > 20);
    Workbook workbook = ran.workbook();
    workbook.tables = {&flows};
    // Just enough rows, then one too few.
    workbook.rows_max = head + flows.rows;
    auto const fits = read_workbook(workbook_of(workbook, ran.areas()));
    CHECK(fits.sheets[1].rows() == head + flows.rows);
    CHECK(all_texts(fits.sheets[0]).find("ends after") == std::string::npos);
    --workbook.rows_max;
    auto const cut = read_workbook(workbook_of(workbook, ran.areas()));
    CHECK(cut.sheets[1].rows() == workbook.rows_max);
    std::string const shown = std::to_string(flows.rows - 2);
    CHECK(cut.sheets[1].text(workbook.rows_max - 1, 0)
          == "The table has " + std::to_string(flows.rows) + " rows; this sheet ends after " + shown
                 + ".");
    CHECK(cut.sheets[1].text(workbook.rows_max - 2, 0)
          == fits.sheets[1].text(workbook.rows_max - 2, 0));
    CHECK(cut.sheets[1].xml.find("<autoFilter ref=\"A3:G" + std::to_string(workbook.rows_max - 1)
                                 + "\"/>")
          != std::string::npos);
    std::string const texts = all_texts(cut.sheets[0]);
    CHECK(texts.find("Sheet \"Flows between pooling areas\" ends after "
                     + grouped(static_cast<double>(flows.rows - 2)) + " of "
                     + grouped(static_cast<double>(flows.rows)) + " rows")
          != std::string::npos);
    CHECK(texts.find("\n" + shown + "\n") != std::string::npos);
}

TEST_CASE("charts show what stands beside them") {
    WrittenRun const ran;
    Table const& areas = ran.tables[2];
    Workbook workbook = ran.workbook();
    auto const rows = extremes(areas, "portability_gain", 3);
    REQUIRE(rows.size() == 6);
    using Kind = WorkbookChart::Kind;
    workbook.charts = {
        {Kind::bar, {"Gains <&>", "得失"}, "areas", "area", {"portability_gain"}, rows},
        {Kind::line, {"People", "人数"}, "areas", "year", {"insured", "pensioners"}, {0, 1, 2}},
        {Kind::column, {"All", "全部"}, "locations", "branch", {"people"}, {}}};
    auto const book = read_workbook(workbook_of(workbook, ran.areas()));
    REQUIRE(book.sheets.size() == 2 + ran.tables.size());
    auto const& sheet = book.sheets[1];
    CHECK(sheet.name == "Charts");
    Table const shown = weighted(areas);
    CHECK(sheet.text(0, 12) == "Gains <&>");
    CHECK(sheet.text(1, 12) == "Area");
    CHECK(sheet.text(1, 13) == "Gain from portability");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::string const id = test::text_at(shown, "area", rows[i]);
        CHECK(sheet.text(2 + i, 12).starts_with(id + " "));
        check_number(sheet.find(2 + i, 13), shown.column("portability_gain"), rows[i]);
        check_number(sheet.find(2 + std::min<std::size_t>(i, 2), 17),
                     shown.column("pensioners"),
                     std::min<std::size_t>(i, 2));
    }
    std::string const& bar = book.members.at("xl/charts/chart1.xml");
    CHECK(bar.find("<a:t>Gains &lt;&amp;&gt;</a:t>") != std::string::npos);
    CHECK(bar.find("<c:f>Charts!$N$3:$N$8</c:f>") != std::string::npos);
    CHECK(bar.find("<c:f>Charts!$M$3:$M$8</c:f>") != std::string::npos);
    CHECK(bar.find("<a:t>Area</a:t>") != std::string::npos);
    std::string const& line = book.members.at("xl/charts/chart2.xml");
    CHECK(line.find("<c:f>Charts!$Q$3:$Q$5</c:f>") != std::string::npos);
    CHECK(line.find("<c:f>Charts!$R$3:$R$5</c:f>") != std::string::npos);
    CHECK(line.find("<a:t>people</a:t>") != std::string::npos);
    CHECK(book.members.contains("xl/charts/chart3.xml"));
    CHECK(sheet.xml.find("<rowBreaks count=\"2\"") != std::string::npos);
}

TEST_CASE("rows at both ends") {
    TableMaker maker("t", 1);
    auto const a = maker.whole("a");
    auto const b = maker.number("b", Column::Kind::real);
    double const numbers[]{2, std::nan(""), 5, 2, -1, 9};
    for (double const number : numbers) {
        maker.put_whole(a, std::isnan(number) ? 0 : std::llround(number));
        maker.put_real(b, number);
        maker.end_row();
    }
    Table const table = maker.finish();
    using Rows = std::vector<std::size_t>;
    CHECK(extremes(table, "a", 2) == Rows{5, 2, 1, 4});
    CHECK(extremes(table, "b", 2) == Rows{5, 2, 3, 4});
    CHECK(extremes(table, "b", 1) == Rows{5, 4});
    CHECK(extremes(table, "b", 3) == Rows{5, 2, 0, 3, 4});
    CHECK(extremes(table, "a", 0).empty());
}

TEST_CASE("files that cannot be written leave nothing") {
    Workbook const workbook;
    auto const fault = [&](std::string const& path) {
        try {
            write_workbook(path, workbook, AreaTable());
        } catch (input::MachineFault const& caught) {
            return std::string(caught.what());
        }
        return std::string();
    };
    CHECK(fault("no-such-folder/results.xlsx").starts_with("no-such-folder/results.xlsx: "));
    CHECK(
        fault("/dev/full").starts_with("/dev/full: cannot be written: No space left on device; "));
    std::string const path = "workbook-test.xlsx";
    CHECK(fault(path).empty());
    CHECK(input::read_file(path).value() == workbook_of(workbook, AreaTable()));
    std::filesystem::remove(path);
    for (auto const& entry : std::filesystem::directory_iterator(".")) {
        CHECK(entry.path().string().find(".part") == std::string::npos);
    }
}

} // namespace
} // namespace pensim::report

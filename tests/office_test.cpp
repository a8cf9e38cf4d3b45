// A workbook as LibreOffice reads it: every sheet, every number, every text. Slow, so it runs in
// the release preset only.
#include <cmath>
#include <cstdlib>
#include <sys/wait.h>

#include <doctest/doctest.h>

#include "sim/input/csv.hpp"
#include "sim/report/run_results.hpp"
#include "sim/report/run_scenario.hpp"
#include "sim/report/workbook.hpp"
#include "tests/sim/support.hpp"
#include "tests/support/read_workbook.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::test {
namespace {

using report::Column;
using report::Table;
using report::Workbook;

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(std::string const& csv) {
    Rows rows;
    input::RowSplitter splitter;
    for (std::size_t at = 0; at < csv.size();) {
        std::size_t const end = std::min(input::row_end(csv, at), csv.size());
        auto const* const fields = splitter.split(std::string_view(csv).substr(at, end - at));
        REQUIRE(fields != nullptr);
        rows.emplace_back(fields->begin(), fields->end());
        at = end;
    }
    return rows;
}

/// Has LibreOffice write each sheet as `book-SHEET.csv` into the folder; it keeps its settings
/// there.
void convert(TemporaryFolder const& folder, std::string const& bytes) {
    folder.file("book.xlsx", bytes);
    // Comma, quotes, UTF-8; numbers as they are stored; every sheet.
    std::string const command =
        "LC_ALL=C.UTF-8 soffice '-env:UserInstallation=file://" + folder.path("settings")
        + "' --headless --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,"
          "false,false,false,-1' --outdir '"
        + folder.path() + "' '" + folder.path("book.xlsx") + "' >'" + folder.path("log") + "' 2>&1";
    int const status = std::system(command.c_str());
    INFO(content_of(folder.path("log")));
    REQUIRE(WIFEXITED(status));
    REQUIRE(WEXITSTATUS(status) == 0);
}

Rows sheet_of(TemporaryFolder const& folder, std::string const& name) {
    auto const text = content_of(folder.path("book-" + name + ".csv"));
    CAPTURE(name);
    REQUIRE_FALSE(text.empty());
    return rows_of(text);
}

/// LibreOffice writes shares as percentages.
double number_of(std::string const& field) {
    return std::stod(field) / (field.ends_with('%') ? 100 : 1);
}

/// A field is what the table says: amounts and counts exactly, others to 12 digits.
bool is_number(std::string const& field, Column const& column, std::size_t row) {
    if (column.kind == Column::Kind::real) {
        double const known = column.real[row];
        if (!std::isfinite(known) || field.empty()) {
            return field.empty() && !std::isfinite(known);
        }
        return std::abs(number_of(field) - known) <= 1e-12 * std::max(1.0, std::abs(known));
    }
    bool const in_fen = column.kind == Column::Kind::yuan
                        || (column.kind == Column::Kind::quantity && column.in_fen[row]);
    return !field.empty()
           && std::llround(number_of(field) * (in_fen ? 100 : 1)) == column.whole[row];
}

void check_table(Rows const& rows, ReadSheet const& written, Table const& table) {
    constexpr std::size_t head = 3;
    Table const shown = report::weighted(table);
    CAPTURE(table.name);
    REQUIRE(rows.size() == head + shown.rows);
    std::size_t different = 0;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        REQUIRE(rows[row].size() == shown.columns.size());
        for (std::size_t i = 0; i < shown.columns.size(); ++i) {
            Column const& column = shown.columns[i];
            bool const text = row < head || column.kind == Column::Kind::word;
            bool const same = text ? rows[row][i] == written.text(row, i)
                                   : is_number(rows[row][i], column, row - head);
            if (!same) {
                ++different;
                CAPTURE(row);
                CAPTURE(column.name);
                CHECK(rows[row][i] == written.text(row, i));
            }
        }
    }
    CHECK(different == 0);
}

TEST_CASE("LibreOffice reads every sheet as the tables have it") {
    for (std::uint32_t const replicates : {1U, 2U}) {
        auto const simulation =
            simulated("hmt", {.persons = 3000, .replicates = replicates, .with_pilot = false});
        auto const tables =
            report::tables_of(report::run_scenario(*simulation, {}).results, *simulation);
        Workbook workbook;
        workbook.language =
            replicates == 1 ? report::SummaryLanguage::zh : report::SummaryLanguage::en;
        workbook.title = {"Title", "标题"};
        for (Table const& table : tables) {
            workbook.tables.push_back(&table);
        }
        auto const rows = report::extremes(tables[2], "portability_gain", 5);
        workbook.charts = {{report::WorkbookChart::Kind::bar,
                            {"Gains", "得失"},
                            "areas",
                            "area",
                            {"portability_gain"},
                            rows}};
        std::string const bytes = report::workbook_of(workbook, simulation->tables.areas);
        auto const written = read_workbook(bytes);
        TemporaryFolder const folder;
        convert(folder, bytes);
        for (std::size_t i = 0; i < tables.size(); ++i) {
            ReadSheet const& sheet = written.sheets[i + 2];
            check_table(sheet_of(folder, sheet.name), sheet, tables[i]);
        }
        CHECK(sheet_of(folder, written.sheets[0].name)[1][1]
              == (replicates == 1 ? "标题" : "Title"));
        CHECK(sheet_of(folder, written.sheets[1].name)[2][13].starts_with(
            written.sheets[1].text(2, 13)));
    }
}

TEST_CASE("LibreOffice shows hostile texts as they are") {
    std::vector<std::string> const texts{"=1+1",
                                         "+1",
                                         "-1",
                                         "@SUM(A1)",
                                         "_x0041_",
                                         "_x005F_x0041_",
                                         "2027-01",
                                         "1E5",
                                         " blanks ",
                                         "a\nb\tc",
                                         "<b>&amp;\"'",
                                         "TRUE"};
    Table table;
    table.name = "texts";
    table.rows = texts.size();
    table.columns.push_back({.name = "source", .kind = Column::Kind::word, .words = texts});
    table.columns.push_back({.name = "known", .kind = Column::Kind::real});
    for (std::size_t i = 0; i < texts.size(); ++i) {
        table.columns[0].codes.push_back(static_cast<std::uint32_t>(i));
        table.columns[1].real.push_back(static_cast<double>(i) / 7);
    }
    Workbook workbook;
    workbook.tables = {&table};
    TemporaryFolder const folder;
    convert(folder, report::workbook_of(workbook, AreaTable()));
    Rows const rows = sheet_of(folder, "texts");
    REQUIRE(rows.size() == 3 + texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        CHECK(rows[3 + i][0] == texts[i]);
        CHECK(is_number(rows[3 + i][1], table.columns[1], i));
    }
}

} // namespace
} // namespace pensim::test

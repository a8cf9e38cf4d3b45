// Results as a workbook (results.xlsx): a cover, charts, and a sheet for each table.
//
// The writer computes no number: tables come with their weights (table.hpp) and are shown weighted,
// charts show what stands in tables. Equal content gives equal bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/area/area_table.hpp"
#include "sim/report/labels.hpp"
#include "sim/report/table.hpp"
#include "sim/report/text_grid.hpp"

namespace pensim::report {

/// A line of the cover. Texts are shown as they are.
struct WorkbookFact {
    Bilingual label;
    Bilingual value;
};

/// What a chart takes from a table of the workbook. Its data stand beside it, so that it can be
/// changed by hand.
struct WorkbookChart {
    enum class Kind : std::uint8_t { line, column, bar };
    Kind kind = Kind::line;
    Bilingual title;
    std::string table;               ///< by its name
    std::string category;            ///< a column: words or years
    std::vector<std::string> values; ///< columns of one unit
    std::vector<std::size_t> rows;   ///< which, in this order; empty: all
};

struct Workbook {
    SummaryLanguage language = SummaryLanguage::en;
    Bilingual title;
    Bilingual subtitle; ///< what it is
    std::vector<WorkbookFact> headlines;
    std::vector<WorkbookFact> facts; ///< how to reproduce: command, seed, version, digests
    std::vector<Bilingual> notes;
    std::vector<Table const*> tables; ///< as simulated; names differ
    std::vector<WorkbookChart> charts;
    std::size_t rows_max = 1'048'576; ///< of a sheet: what the format allows
};

/// The bytes of the file. Throws MachineFault when the folder for temporary files cannot take it.
[[nodiscard]] std::string workbook_of(Workbook const& workbook, AreaTable const& areas);

/// Writes it at `path`, whole or not at all. Throws MachineFault.
void write_workbook(std::string const& path, Workbook const& workbook, AreaTable const& areas);

/// Rows for a chart of both ends: the `each` largest of a column of numbers, then the `each`
/// smallest, in falling order; all of a short table. Equal ones keep the table's order, and rows
/// without a number are left out.
[[nodiscard]] std::vector<std::size_t>
extremes(Table const& table, std::string_view column, std::size_t each);

} // namespace pensim::report

// The sheet of a table, and its cells as texts and numbers, for the writers of a workbook.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/area/area_table.hpp"
#include "sim/report/labels.hpp"
#include "sim/report/table.hpp"
#include "sim/report/text_grid.hpp"
#include "sim/report/workbook_file.hpp"

namespace pensim::report {

inline constexpr std::uint32_t grey = 0x808080; ///< of words in the second place

[[nodiscard]] inline std::string const& in(Bilingual const& text, SummaryLanguage language) {
    return language == SummaryLanguage::zh ? text.zh : text.en;
}

/// "#,##0.00", negative ones red. `decimals` are for numbers of no special unit.
[[nodiscard]] std::string number_format(Unit unit, int decimals);

/// A table made ready to be shown: labels, units and words in one language. Refers to the table.
class ShownTable {
  public:
    ShownTable(Table const& table, AreaTable const& areas, SummaryLanguage language);

    [[nodiscard]] Table const& table() const { return *table_; }
    [[nodiscard]] std::string label(std::size_t column) const;
    [[nodiscard]] Unit unit(std::size_t column) const { return labels_[column].unit; }
    /// "people"; empty for words and plain numbers.
    [[nodiscard]] std::string unit_name(std::size_t column) const;
    /// Of a cell of words; empty: nothing.
    [[nodiscard]] std::string const& text(std::size_t column, std::size_t row) const;
    /// Of a column of words, by code.
    [[nodiscard]] std::vector<std::string> const& texts(std::size_t column) const {
        return words_[column];
    }
    /// Of another cell, in yuan, people ...; nothing where there is none.
    [[nodiscard]] std::optional<double> number(std::size_t column, std::size_t row) const;
    /// Columns whose numbers have a unit each ask the row.
    [[nodiscard]] std::string format(std::size_t column, std::size_t row) const;
    /// The widest cell of a column, in characters.
    [[nodiscard]] std::size_t width(std::size_t column, std::size_t rows) const;
    /// Leading columns that say what a row is about.
    [[nodiscard]] std::size_t keys() const;

  private:
    [[nodiscard]] Unit unit_at(std::size_t column, std::size_t row) const;
    Table const* table_;
    SummaryLanguage language_;
    std::vector<Label> labels_;
    std::vector<std::vector<std::string>> words_; ///< by column and code
    std::optional<std::size_t> unit_column_;
};

/// The header of a sheet: column names of the CSV files, units, labels with the filter.
inline constexpr std::size_t header_rows = 3;

/// Writes a sheet; a table with more rows than fit stops, and the last row says so. The number of
/// the table's rows that the sheet shows.
std::size_t write_sheet(WorkbookFile& file,
                        std::string const& name,
                        ShownTable const& shown,
                        SummaryLanguage language,
                        std::size_t rows_max);

} // namespace pensim::report

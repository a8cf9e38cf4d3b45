// The library that writes workbooks behind a few of our own words: cells, formats, sheets. Texts
// stay texts whatever they begin with; what the library refuses is a MachineFault.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

struct lxw_chart;
struct lxw_format;
struct lxw_workbook;
struct lxw_worksheet;

namespace pensim::report {

/// Of a text in a cell, in UTF-16 units.
inline constexpr std::size_t cell_units_max = 32'767;
/// A text as a workbook can hold it: what is no UTF-8, and characters that XML or a spreadsheet has
/// no place for, become U+FFFD; a longer one ends in "…".
[[nodiscard]] std::string clean_text(std::string_view text);
/// The same for a cell, where readers take "_x0041_" for an escaped "A": its first character is
/// escaped itself, and the escape counts.
///   Source  ECMA-376 part 1, 22.9.2.19 (ST_Xstring)
[[nodiscard]] std::string cell_text(std::string_view text);

/// The name of a sheet: at most 31 UTF-16 units without []:*?/\ or control characters, no
/// apostrophe at an end. Never empty.
[[nodiscard]] std::string sheet_name(std::string_view wanted);

struct CellStyle {
    std::string number_format; ///< empty: General
    double size = 0;           ///< of the font, points; 0: as usual
    std::uint32_t colour = 0;  ///< of the text, 0xRRGGBB
    std::uint32_t fill = 0;    ///< of the cell, 0xRRGGBB; 0: none
    bool bold = false;
    bool wrapped = false; ///< lines break, text stands at the top
    bool left = false;    ///< also numbers
    bool right = false;   ///< also texts
    bool line_below = false;
    [[nodiscard]] auto all() const {
        return std::tie(number_format, size, colour, fill, bold, wrapped, left, right, line_below);
    }
    /// Some order, for a map.
    friend bool operator<(CellStyle const& a, CellStyle const& b) { return a.all() < b.all(); }
};

struct CellAt {
    std::size_t row = 0;
    std::size_t column = 0;
};

struct WorkbookTexts {
    std::string title;
    std::string subject;
    std::string author;
};

/// Rows of a sheet are written from the first to the last: those before the current one are on disk
/// already.
class WorkbookFile {
  public:
    /// `folder` takes the file while it is made, and the library's own temporary files.
    WorkbookFile(std::string folder, WorkbookTexts const& texts);
    WorkbookFile(WorkbookFile const&) = delete;
    WorkbookFile& operator=(WorkbookFile const&) = delete;
    ~WorkbookFile();

    /// Names come from sheet_name() and differ.
    [[nodiscard]] lxw_worksheet* add_sheet(std::string const& name);
    [[nodiscard]] lxw_format* format(CellStyle const& style);
    [[nodiscard]] lxw_workbook* library() { return book_; }

    void number(lxw_worksheet* sheet, CellAt at, double value, CellStyle const& style);
    static void number(lxw_worksheet* sheet, CellAt at, double value, lxw_format* format);
    /// An empty text leaves the cell empty.
    void text(lxw_worksheet* sheet, CellAt at, std::string_view text, CellStyle const& style);
    /// What cell_text() gave, not empty, in the usual style: for many cells of few texts.
    static void clean_text(lxw_worksheet* sheet, CellAt at, std::string const& text);
    /// Nothing but the cell's style.
    void empty(lxw_worksheet* sheet, CellAt at, CellStyle const& style);
    /// A text over several columns, the first at `at`.
    void merged_text(lxw_worksheet* sheet,
                     CellAt at,
                     std::size_t columns,
                     std::string_view text,
                     CellStyle const& style);
    /// A text that leads to a sheet.
    void link(lxw_worksheet* sheet,
              CellAt at,
              std::string_view text,
              std::string const& to_sheet,
              CellStyle const& style);
    /// In characters.
    static void column_width(lxw_worksheet* sheet, std::size_t column, double width);
    /// Before the row's cells, in lines of text.
    static void row_height(lxw_worksheet* sheet, std::size_t row, std::size_t lines);

    /// The file's bytes, whole. Nothing can be added then.
    [[nodiscard]] std::string finish();

  private:
    std::string folder_;
    std::string path_;
    lxw_workbook* book_ = nullptr;
    std::map<CellStyle, lxw_format*> formats_;
};

/// Throws MachineFault with the library's reason, unless `error` is none.
void expect_written(int error, std::string_view what);

} // namespace pensim::report

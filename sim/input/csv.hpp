// Comma-separated values as RFC 4180 has them, and as spreadsheets write them: a byte-order mark,
// CRLF, quotes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/basis/problem.hpp"

namespace pensim::input {

/// Where the row that starts at `from` ends (behind its line break), line breaks inside quotes
/// skipped. npos when the text ends inside quotes.
[[nodiscard]] std::size_t row_end(std::string_view text, std::size_t from);

/// Splits one row (with or without its line break) into fields. Quotes are taken off; the views
/// stay valid while `row` and this splitter live and split() is not called again.
class RowSplitter {
  public:
    /// Null when the row's quotes are broken; `fields()` then holds what was read before.
    [[nodiscard]] std::vector<std::string_view> const* split(std::string_view row);

  private:
    std::string_view unquote(std::string_view inside);
    std::vector<std::string_view> fields_;
    std::vector<std::string> unquoted_; ///< texts of fields that held doubled quotes
    std::size_t used_ = 0;
};

/// A small table, read whole. Lines are numbered from 1, the header's.
class CsvTable {
  public:
    struct Row {
        int line = 0;
        std::vector<std::string> fields;
    };
    /// `columns` must be the header, in this order. Problems name `file:line`.
    [[nodiscard]] static Result<CsvTable> parse(std::string_view file,
                                                std::string_view text,
                                                std::vector<std::string_view> const& columns);
    [[nodiscard]] std::vector<Row> const& rows() const { return rows_; }
    [[nodiscard]] std::vector<Row> take() && { return std::move(rows_); }

  private:
    std::vector<Row> rows_;
};

/// A field as it must be written: quoted when it holds a comma, a quote or a line break. A field
/// that a spreadsheet would run as a formula (first character = + - @, a tab or a carriage return)
/// and that is no number and no bare sign gets a leading apostrophe.
void append_csv_field(std::string& out, std::string_view field);

/// The same without the apostrophe: an id by which rows of two files are joined stays what it is.
void append_csv_id(std::string& out, std::string_view id);

} // namespace pensim::input

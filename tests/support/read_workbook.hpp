// Workbooks read back, cell by cell, as far as ours use the format: for tests.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pensim::test {

/// What a cell holds, as it is written in the file, with XML's escapes undone.
struct ReadCell {
    std::string value;
    bool is_text = false;
    std::string format; ///< of numbers: "#,##0"; empty: General
};

struct ReadSheet {
    std::string name;
    std::string xml;
    std::map<std::pair<std::size_t, std::size_t>, ReadCell> cells; ///< by row and column, from 0
    [[nodiscard]] ReadCell const* find(std::size_t row, std::size_t column) const;
    /// Empty where there is no cell.
    [[nodiscard]] std::string text(std::size_t row, std::size_t column) const;
    [[nodiscard]] std::size_t rows() const; ///< up to the last cell
};

struct ReadWorkbook {
    std::vector<ReadSheet> sheets; ///< in order
    std::map<std::string, std::string> members;
    [[nodiscard]] ReadSheet const& sheet(std::string_view name) const;
};

/// Throws std::runtime_error for what is no workbook.
[[nodiscard]] ReadWorkbook read_workbook(std::string_view bytes);

/// Between `from` and the next `to` behind it; nothing if one is missing.
[[nodiscard]] std::optional<std::string>
between(std::string_view text, std::string_view from, std::string_view to);

} // namespace pensim::test

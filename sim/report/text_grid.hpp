// Figures and tables for a terminal, in English and Chinese.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/record/outcome.hpp"

namespace pensim::report {

enum class SummaryLanguage : std::uint8_t { en, zh };

/// 1234567.8 -> "1,234,568".
[[nodiscard]] std::string grouped(double number, int decimals = 0);
[[nodiscard]] std::string percent(double share);
/// Columns that a text takes on a terminal or in a sheet: two for a Chinese character.
[[nodiscard]] std::size_t width_of(std::string_view text);
[[nodiscard]] std::string_view kind_name(TransferKind kind, SummaryLanguage language);

/// Whether a text is coloured for a terminal (ECMA-48), or plain.
enum class Ink : std::uint8_t { plain, colour };
/// Without what would steer a terminal: control characters, those of writing from right to left,
/// and bytes that are no UTF-8.
[[nodiscard]] std::string printable(std::string_view text);
/// The same of a text of several lines, which stay.
[[nodiscard]] std::string printable_lines(std::string_view text);
/// Printable lines that stand out.
[[nodiscard]] std::string bold(std::string const& text, Ink ink);

/// Lines of cells, padded to the widest of each column; numbers stand right. A Chinese character
/// takes two columns. In colour the head stands back and numbers below zero are red.
class Grid {
  public:
    explicit Grid(std::vector<bool> right, Ink ink = Ink::plain)
        : right_(std::move(right)), ink_(ink) {}
    /// What the columns are called.
    void head(std::vector<std::string> cells) {
        add(std::move(cells));
        head_ = lines_.size();
    }
    void add(std::vector<std::string> cells);
    [[nodiscard]] bool empty() const { return lines_.empty(); }
    void append_to(std::string& out) const;

  private:
    [[nodiscard]] std::string line_text(std::vector<std::string> const& line,
                                        std::vector<std::size_t> const& widths) const;
    std::vector<bool> right_;
    Ink ink_;
    std::vector<std::vector<std::string>> lines_;
    std::size_t head_ = 0; ///< the line behind the head; 0: there is none
};

} // namespace pensim::report

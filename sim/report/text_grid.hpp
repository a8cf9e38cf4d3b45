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
[[nodiscard]] std::string_view kind_name(TransferKind kind, SummaryLanguage language);

/// Lines of cells, padded to the widest of each column; numbers stand right. A Chinese character
/// takes two columns.
class Grid {
  public:
    explicit Grid(std::vector<bool> right) : right_(std::move(right)) {}
    void add(std::vector<std::string> cells) { lines_.push_back(std::move(cells)); }
    [[nodiscard]] bool empty() const { return lines_.empty(); }
    void append_to(std::string& out) const;

  private:
    std::vector<bool> right_;
    std::vector<std::vector<std::string>> lines_;
};

} // namespace pensim::report

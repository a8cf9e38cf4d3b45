#include "sim/report/text_grid.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "core/law/words.hpp"
#include "sim/input/text_out.hpp"

namespace pensim::report {

namespace {

/// Columns that a text takes on a terminal: two for a Chinese character.
std::size_t width_of(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t const length = std::max<std::size_t>(1, input::utf8_length(text.substr(i)));
        width += length >= 3 ? 2 : 1;
        i += length;
    }
    return width;
}

std::string padded(std::string const& text, std::size_t width, bool right) {
    std::size_t const have = width_of(text);
    std::string const blanks(width > have ? width - have : 0, ' ');
    return right ? blanks + text : text + blanks;
}

} // namespace

std::string grouped(double number, int decimals) {
    std::string text = fmt::format("{:.{}f}", std::abs(number), decimals);
    auto const point = std::min(text.find('.'), text.size());
    for (std::size_t at = point; at > 3;) {
        at -= 3;
        text.insert(at, ",");
    }
    bool const zero = text.find_first_not_of("0.,") == std::string::npos;
    return number < 0 && !zero ? "-" + text : text;
}

std::string percent(double share) {
    return fmt::format("{:.1f}%", share * 100);
}

std::string_view kind_name(TransferKind kind, SummaryLanguage language) {
    constexpr std::array<std::string_view, 4> chinese{"转移", "转回", "归集", "临时账户"};
    return language == SummaryLanguage::zh ? chinese[static_cast<std::size_t>(kind)] : word(kind);
}

void Grid::append_to(std::string& out) const {
    std::vector<std::size_t> widths(right_.size());
    for (auto const& line : lines_) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            widths[i] = std::max(widths[i], width_of(line[i]));
        }
    }
    for (auto const& line : lines_) {
        std::string text;
        for (std::size_t i = 0; i < line.size(); ++i) {
            text += "  " + padded(line[i], widths[i], right_[i]);
        }
        text.erase(text.find_last_not_of(' ') + 1);
        out += text + '\n';
    }
}

} // namespace pensim::report

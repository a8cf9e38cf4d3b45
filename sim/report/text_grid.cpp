#include "sim/report/text_grid.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "core/law/words.hpp"
#include "sim/input/text_out.hpp"

namespace pensim::report {

namespace {

/// The code point of a UTF-8 sequence.
char32_t code_point(std::string_view sequence) {
    auto const lead = static_cast<unsigned char>(sequence[0]);
    char32_t code = sequence.size() == 1 ? lead : lead & (0xFFU >> (sequence.size() + 1));
    for (char const c : sequence.substr(1)) {
        code = code << 6U | (static_cast<unsigned char>(c) & 0x3FU);
    }
    return code;
}

/// East Asian wide and full-width characters (Unicode Standard Annex #11), by blocks.
bool is_wide(char32_t code) {
    constexpr std::array<std::pair<char32_t, char32_t>, 9> blocks{{{0x1100, 0x115F},
                                                                   {0x2E80, 0x303E},
                                                                   {0x3041, 0xA4CF},
                                                                   {0xAC00, 0xD7A3},
                                                                   {0xF900, 0xFAFF},
                                                                   {0xFE30, 0xFE6F},
                                                                   {0xFF00, 0xFF60},
                                                                   {0xFFE0, 0xFFE6},
                                                                   {0x1F300, 0x3FFFD}}};
    return std::any_of(blocks.begin(), blocks.end(), [&](auto const& block) {
        return block.first <= code && code <= block.second;
    });
}

/// Controls of terminals, ends of lines, and marks that write backwards what follows (Unicode
/// Standard Annex #9): a name with one could say something else than it is.
bool is_control(char32_t code) {
    constexpr std::array<std::pair<char32_t, char32_t>, 6> blocks{{{0x00, 0x1F},
                                                                   {0x7F, 0x9F},
                                                                   {0x061C, 0x061C},
                                                                   {0x200E, 0x200F},
                                                                   {0x2028, 0x202E},
                                                                   {0x2066, 0x2069}}};
    return std::any_of(blocks.begin(), blocks.end(), [&](auto const& block) {
        return block.first <= code && code <= block.second;
    });
}

std::string padded(std::string const& text, std::size_t width, bool right) {
    std::size_t const have = width_of(text);
    std::string const blanks(width > have ? width - have : 0, ' ');
    return right ? blanks + text : text + blanks;
}

constexpr std::string_view strong = "1";
constexpr std::string_view faint = "2";
constexpr std::string_view red = "31";

std::string painted(std::string const& text, std::string_view how, Ink ink) {
    return ink == Ink::plain ? text : fmt::format("\x1b[{}m{}\x1b[0m", how, text);
}

} // namespace

std::size_t width_of(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t const length = std::max<std::size_t>(1, input::utf8_length(text.substr(i)));
        width += is_wide(code_point(text.substr(i, length))) ? std::size_t{2} : 1;
        i += length;
    }
    return width;
}

std::string printable(std::string_view text) {
    constexpr std::string_view replacement = "\xEF\xBF\xBD";
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t const length = input::utf8_length(text.substr(i));
        std::string_view const sequence = text.substr(i, std::max<std::size_t>(1, length));
        char32_t const code = length == 0 ? 0 : code_point(sequence);
        out += is_control(code) ? replacement : sequence;
        i += sequence.size();
    }
    return out;
}

std::string printable_lines(std::string_view text) {
    std::string out;
    while (true) {
        auto const end = text.find('\n');
        out += printable(text.substr(0, end));
        if (end == std::string_view::npos) {
            return out;
        }
        out += '\n';
        text.remove_prefix(end + 1);
    }
}

std::string bold(std::string const& text, Ink ink) {
    return painted(printable_lines(text), strong, ink);
}

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

void Grid::add(std::vector<std::string> cells) {
    for (std::string& cell : cells) {
        cell = printable(cell);
    }
    lines_.push_back(std::move(cells));
}

void Grid::append_to(std::string& out) const {
    std::vector<std::size_t> widths(right_.size());
    for (auto const& line : lines_) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            widths[i] = std::max(widths[i], width_of(line[i]));
        }
    }
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        std::string const text = line_text(lines_[i], widths);
        out += (i + 1 == head_ ? painted(text, faint, ink_) : text) + '\n';
    }
}

std::string Grid::line_text(std::vector<std::string> const& line,
                            std::vector<std::size_t> const& widths) const {
    std::size_t last = line.size();
    while (last > 0 && line[last - 1].empty()) {
        --last;
    }
    std::string text;
    for (std::size_t i = 0; i < last; ++i) {
        std::string const cell = padded(line[i], widths[i], right_[i]);
        bool const below_zero = right_[i] && line[i].starts_with('-') && line[i].size() > 1;
        text += "  " + (below_zero ? painted(cell, red, ink_) : cell);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

} // namespace pensim::report

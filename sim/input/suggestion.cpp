#include "sim/input/suggestion.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace pensim::input {

namespace {

std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> cost(a.size() + 1,
                                               std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                cost[i][j] = i + j;
                continue;
            }
            std::size_t const change = a[i - 1] == b[j - 1] ? 0 : 1;
            cost[i][j] =
                std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
            }
        }
    }
    return cost[a.size()][b.size()];
}

} // namespace

std::optional<std::string_view> nearest(std::string_view name,
                                        std::span<std::string_view const> candidates) {
    constexpr std::size_t longest_name = 64; // nobody misspells more than that by accident
    if (name.empty() || name.size() > longest_name) {
        return std::nullopt;
    }
    std::optional<std::string_view> best;
    std::size_t least =
        std::max<std::size_t>(name.size() / 3, std::min<std::size_t>(2, name.size() / 2)) + 1;
    for (std::string_view const candidate : candidates) {
        std::size_t const d = distance(name, candidate);
        if (d < least) {
            least = d;
            best = candidate;
        }
    }
    return best;
}

std::string in_quotes(std::string_view text) {
    constexpr std::size_t shown = 60;
    std::size_t end = std::min(shown, text.size());
    while (end > 0 && end < text.size()
           && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) {
        --end; // a continuation byte of UTF-8: its letter goes as a whole
    }
    std::string inside(text.substr(0, end));
    if (text.size() > shown) {
        inside += "...";
    }
    for (char& character : inside) {
        if (static_cast<unsigned char>(character) < 0x20 || character == 0x7f) {
            character = '?';
        }
    }
    return '"' + inside + '"';
}

std::string shortened(std::string_view text, std::size_t longest) {
    return std::string(text.substr(0, longest)) + (text.size() > longest ? "..." : "");
}

std::string unknown(std::string_view what,
                    std::string_view name,
                    std::span<std::string_view const> candidates) {
    std::string text = fmt::format("unknown {} {}", what, in_quotes(name));
    constexpr std::size_t short_list = 16;
    if (auto const near = nearest(name, candidates)) {
        text += fmt::format("; did you mean \"{}\"?", *near);
    } else if (candidates.size() <= short_list) {
        text += fmt::format("; expected one of {}", fmt::join(candidates, ", "));
    }
    return text;
}

} // namespace pensim::input

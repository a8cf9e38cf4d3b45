#include "sim/story/page.hpp"

#include "sim/input/text_out.hpp"

namespace pensim::story {

std::string yuan(Fen amount) {
    std::string plain;
    input::append_yuan(plain, amount);
    std::size_t const point = plain.size() - 3;
    for (std::size_t i = point; i > 3; i -= 3) {
        plain.insert(i - 3, 1, ',');
    }
    return plain;
}

std::string decimal(std::int64_t scaled, int decimals) {
    std::string text;
    input::append_decimal(text, scaled, decimals);
    return text;
}

std::string percent(Rate rate) {
    std::string text = decimal(rate.parts(), 4);
    while (text.back() == '0') {
        text.pop_back();
    }
    if (text.back() == '.') {
        text.pop_back();
    }
    return text;
}

std::string one_month(std::string text) {
    constexpr std::string_view plural = " 1 months";
    std::string padded = " " + std::move(text);
    for (std::size_t at = padded.find(plural); at != std::string::npos;
         at = padded.find(plural, at)) {
        padded.erase(at + plural.size() - 1, 1);
    }
    return padded.substr(1);
}

std::string Page::area(AreaId id) const {
    Area const& found = areas_[id];
    std::string const& name = language_ == Language::en ? found.name_en : found.name_zh;
    return name.empty() ? found.id : fmt::format("{} {}", found.id, name);
}

std::string Page::length(int months) const {
    return months % 12 == 0 ? say(Phrase::in_years, months / 12) : say(Phrase::in_months, months);
}

} // namespace pensim::story

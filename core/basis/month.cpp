#include "core/basis/month.hpp"

namespace pensim {

namespace {

std::optional<int> digits(std::string_view text) {
    int value = 0;
    for (char const character : text) {
        if (character < '0' || character > '9') {
            return std::nullopt;
        }
        value = value * 10 + (character - '0');
    }
    return value;
}

} // namespace

std::optional<YearMonth> YearMonth::parse(std::string_view text) {
    if (text.size() != 7 || text[4] != '-') {
        return std::nullopt;
    }
    auto const year = digits(text.substr(0, 4));
    auto const month = digits(text.substr(5, 2));
    if (!year || !month || *year < first_year || *year > last_year || *month < 1 || *month > 12) {
        return std::nullopt;
    }
    return YearMonth(*year, *month);
}

std::string YearMonth::text() const {
    std::string result = "0000-00";
    int rest = year();
    for (int place = 3; place >= 0; --place) {
        result[static_cast<std::size_t>(place)] = static_cast<char>('0' + rest % 10);
        rest /= 10;
    }
    result[5] = static_cast<char>('0' + month() / 10);
    result[6] = static_cast<char>('0' + month() % 10);
    return result;
}

} // namespace pensim

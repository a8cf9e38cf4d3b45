#include "sim/cases/fields.hpp"

#include <algorithm>
#include <array>

namespace pensim::cases {

namespace {

/// Citizens of the mainland and residents of Hong Kong, Macau and Taiwan are groups of their own.
constexpr std::array<std::string_view, 4> not_foreign{"CHN", "HKG", "MAC", "TWN"};

} // namespace

std::string unknown_area(std::string_view text, AreaTable const& areas) {
    std::vector<std::string_view> ids;
    for (Area const& area : areas.all()) {
        ids.push_back(area.id);
    }
    for (Area const& area : areas.all()) {
        if (text == area.name_en || text == area.name_zh) {
            return fmt::format(
                "unknown area {}; did you mean \"{}\"?", input::in_quotes(text), area.id);
        }
    }
    return input::unknown("area", text, ids);
}

std::optional<CountryCode> find_country(std::string_view text, data::Tables const& tables) {
    auto const found = std::find(tables.country_codes.begin(), tables.country_codes.end(), text);
    if (found == tables.country_codes.end()
        || std::find(not_foreign.begin(), not_foreign.end(), text) != not_foreign.end()) {
        return std::nullopt;
    }
    return tables.countries[static_cast<std::size_t>(found - tables.country_codes.begin())].alpha3;
}

std::string unknown_country(std::string_view text, data::Tables const& tables) {
    if (std::find(not_foreign.begin(), not_foreign.end(), text) != not_foreign.end()) {
        return fmt::format("{} is no foreign nationality; groups are {}",
                           input::in_quotes(text),
                           "hong_kong, macau, taiwan, foreign, mainland");
    }
    std::vector<std::string_view> codes(tables.country_codes.begin(), tables.country_codes.end());
    return input::unknown("nationality", text, codes) + " (ISO 3166-1 alpha-3)";
}

} // namespace pensim::cases

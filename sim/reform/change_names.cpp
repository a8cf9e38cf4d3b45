#include "sim/reform/change_names.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/law/words.hpp"

namespace pensim::reform {

namespace {

using engine::Change;
using engine::Trait;

constexpr std::array<std::string_view, engine::change_count> change_words{
    "status", "benefit_area", "branch", "months_short", "pension", "transfers", "books"};
constexpr std::array<std::string_view, engine::trait_count> trait_words{
    "all", "group", "benefit_area", "age", "career"};

} // namespace

std::vector<std::string> change_names() {
    return {change_words.begin(), change_words.end()};
}

std::vector<std::string> trait_names() {
    return {trait_words.begin(), trait_words.end()};
}

std::string_view word_of(Change change) {
    return change_words[static_cast<std::size_t>(change)];
}

std::string_view word_of(Trait trait) {
    return trait_words[static_cast<std::size_t>(trait)];
}

std::string value_name(Trait trait, std::size_t value, AreaTable const& areas) {
    switch (trait) {
    case Trait::group:
        return std::string(word(static_cast<Group>(value)));
    case Trait::benefit_area:
        return value < areas.size() ? areas[static_cast<AreaId>(value)].id : "none";
    case Trait::age:
        return value == engine::age_unborn ? "unborn"
               : value + 1 == engine::age_classes
                   ? fmt::format("{}+", (value - 1) * 10)
                   : fmt::format("{}-{}", (value - 1) * 10, value * 10 - 1);
    case Trait::career:
        return value == 0 ? "0"
               : value + 1 == engine::career_classes
                   ? fmt::format("{}+ years", (value - 1) * 5)
                   : fmt::format("{}-{} years", (value - 1) * 5, value * 5);
    case Trait::all:
    case Trait::count_:
        break;
    }
    return "all";
}

std::string state_name(Change what, std::uint16_t code, AreaTable const& areas) {
    switch (what) {
    case Change::status:
        return std::string(word(static_cast<Status>(code)));
    case Change::branch:
        return std::string(word(static_cast<Branch>(code)));
    case Change::benefit_area: {
        auto const area = engine::area_of_code(code);
        return area ? areas[*area].id : "none";
    }
    case Change::months_short: {
        auto const& ends = engine::months_short_ends;
        return code == 0                  ? "0"
               : code + 1U == ends.size() ? fmt::format("{}+", ends[code - 1U] + 1)
                                          : fmt::format("{}-{}", ends[code - 1U] + 1, ends[code]);
    }
    case Change::pension: {
        auto const& ends = engine::pension_ends;
        return code == 0                  ? "none"
               : code + 1U == ends.size() ? fmt::format("over {}", ends[code - 1U])
                                          : fmt::format("up to {}", ends[code]);
    }
    case Change::transfers:
    case Change::books:
    case Change::count_:
        break;
    }
    return "";
}

std::vector<Fen> deciles_of(engine::ChangeTally& people, std::size_t trait_row) {
    engine::Impact const& impact = people.impacts[trait_row];
    std::int64_t const count = impact.winners + impact.losers;
    std::vector<Fen> deciles;
    std::int64_t seen = 0;
    auto const& cells = people.changes.cells();
    auto cell = std::lower_bound(cells.begin(),
                                 cells.end(),
                                 std::uint64_t{trait_row} << 32U,
                                 [](auto const& c, std::uint64_t key) { return c.key < key; });
    for (; cell != cells.end() && cell->key >> 32U == trait_row; ++cell) {
        seen += cell->values[0];
        // The k-th decile: the smallest change that k tenths of the people do not exceed.
        while (deciles.size() < 9
               && seen * 10 >= count * static_cast<std::int64_t>(deciles.size() + 1)) {
            deciles.push_back(
                engine::amount_of_class(static_cast<std::uint32_t>(cell->key & 0xffffffffU)));
        }
    }
    return deciles;
}

} // namespace pensim::reform

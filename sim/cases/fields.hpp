// Single fields of a history, from text. JSON and CSV share them; `fault(std::string)` says where.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "core/law/words.hpp"
#include "sim/data/tables.hpp"
#include "sim/input/decimal.hpp"
#include "sim/input/suggestion.hpp"

namespace pensim::cases {

template <class Fault>
[[nodiscard]] std::optional<YearMonth> decode_month(std::string_view text, Fault const& fault) {
    auto const month = YearMonth::parse(text);
    if (!month) {
        fault(fmt::format("{} is no month; expected YYYY-MM from {} to {}",
                          input::in_quotes(text),
                          YearMonth::first().text(),
                          YearMonth::last().text()));
    }
    return month;
}

template <class Enum, class Fault>
[[nodiscard]] std::optional<Enum>
decode_word(std::string_view text, std::string_view what, Fault const& fault) {
    auto const value = from_word<Enum>(text);
    if (!value) {
        fault(input::unknown(what, text, words<Enum>));
    }
    return value;
}

template <class Fault>
[[nodiscard]] std::optional<Fen> decode_base(std::string_view text, Fault const& fault) {
    auto const base = input::parse_yuan(text);
    if (!base) {
        fault(input::describe_yuan_fault(base.error(), text));
        return std::nullopt;
    }
    if (*base < Fen{}) {
        fault(std::string(text) + " is negative; a contribution wage is zero or more");
        return std::nullopt;
    }
    return *base;
}

[[nodiscard]] std::string unknown_area(std::string_view text, AreaTable const& areas);

template <class Fault>
[[nodiscard]] std::optional<AreaId>
decode_area(std::string_view text, AreaTable const& areas, Fault const& fault) {
    auto const area = areas.find(text);
    if (!area) {
        fault(unknown_area(text, areas));
    }
    return area;
}

template <class Fault>
[[nodiscard]] std::optional<int> decode_months(std::string_view text, Fault const& fault) {
    constexpr std::int64_t most = 600; // fifty years
    auto const number = input::parse_scaled(text, 0);
    if (!number || *number < 1 || *number > most) {
        fault(fmt::format(
            "{} is no number of months; expected 1 to {}", input::in_quotes(text), most));
        return std::nullopt;
    }
    return static_cast<int>(*number);
}

/// Text of a table: true or false, yes or no, 1 or 0.
template <class Fault>
[[nodiscard]] std::optional<bool> decode_flag(std::string_view text, Fault const& fault) {
    for (std::string_view const yes : {"true", "TRUE", "True", "yes", "1"}) {
        if (text == yes) {
            return true;
        }
    }
    for (std::string_view const no : {"false", "FALSE", "False", "no", "0"}) {
        if (text == no) {
            return false;
        }
    }
    fault(input::in_quotes(text) + " is neither true nor false");
    return std::nullopt;
}

/// A foreign nationality.
[[nodiscard]] std::optional<CountryCode> find_country(std::string_view text,
                                                      data::Tables const& tables);
[[nodiscard]] std::string unknown_country(std::string_view text, data::Tables const& tables);

template <class Fault>
[[nodiscard]] std::optional<CountryCode>
decode_country(std::string_view text, data::Tables const& tables, Fault const& fault) {
    auto const country = find_country(text, tables);
    if (!country) {
        fault(unknown_country(text, tables));
    }
    return country;
}

} // namespace pensim::cases

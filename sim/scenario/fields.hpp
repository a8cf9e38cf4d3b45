// Single fields of a scenario, from JSON: numbers in range, shares, points of a line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/input/json_reader.hpp"

namespace pensim::scenario {

/// Takes a value over when it was read; else leaves the default.
template <class T, class U>
void take(std::optional<T> read, U& target) {
    if (read) {
        target = static_cast<U>(std::move(*read));
    }
}

/// A finite number from `low` to `high`.
struct NumberReader {
    double low = 0;
    double high = 1;
    std::string_view what = "a share from 0 to 1";
    std::optional<double> operator()(input::JsonValue const& value,
                                     input::Place const& place) const;
};

inline constexpr NumberReader read_share{};
inline constexpr NumberReader read_rate{0, 12, "a rate a year from 0 to 12"};
inline constexpr NumberReader read_months{0.01, 1200, "months, from 0.01 to 1200"};
inline constexpr NumberReader read_factor{0, 100, "a factor from 0 to 100"};

/// A whole number without loss, from `low` to `high`.
struct WholeReader {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    std::optional<std::uint64_t> operator()(input::JsonValue const& value,
                                            input::Place const& place) const;
};

using Points = std::vector<std::pair<double, double>>;

/// [[x, y], ...] with rising x from `low` to `high` and y from zero to `highest`, not all of them
/// zero.
struct PointsReader {
    double low = 0;
    double high = 0;
    std::string_view what;
    double highest = 1e9;
    std::optional<Points> operator()(input::JsonValue const& value,
                                     input::Place const& place) const;
};

/// A text that says something.
[[nodiscard]] std::optional<std::string> read_source(input::JsonValue const& value,
                                                     input::Place const& place);

/// Whether shares add up to 1 (to a millionth); a fault of `place` if not.
bool add_up(double sum, input::Place const& place);

} // namespace pensim::scenario

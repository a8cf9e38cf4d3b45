#include "sim/scenario/fields.hpp"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "sim/input/suggestion.hpp"

namespace pensim::scenario {

namespace {

using input::JsonValue;
using input::Place;
using Type = JsonValue::Type;

std::optional<double> finite(JsonValue const& value) {
    double number = 0;
    char const* const end = value.text.data() + value.text.size();
    auto const [stopped, fault] = std::from_chars(value.text.data(), end, number);
    if (fault != std::errc() || stopped != end || !std::isfinite(number)) {
        return std::nullopt;
    }
    return number;
}

} // namespace

std::optional<double> NumberReader::operator()(JsonValue const& value, Place const& place) const {
    if (!expect(value, Type::number, place)) {
        return std::nullopt;
    }
    auto const number = finite(value);
    if (!number || *number < low || *number > high) {
        place.fault(fmt::format("{}: expected {}", input::shortened(value.text), what));
        return std::nullopt;
    }
    return number;
}

std::optional<std::uint64_t> WholeReader::operator()(JsonValue const& value,
                                                     Place const& place) const {
    if (!expect(value, Type::number, place)) {
        return std::nullopt;
    }
    std::uint64_t number = 0;
    char const* const end = value.text.data() + value.text.size();
    auto const [stopped, fault] = std::from_chars(value.text.data(), end, number);
    if (fault != std::errc() || stopped != end || number < low || number > high) {
        place.fault(fmt::format(
            "{}: expected a whole number from {} to {}", input::shortened(value.text), low, high));
        return std::nullopt;
    }
    return number;
}

std::optional<Points> PointsReader::operator()(JsonValue const& value, Place const& place) const {
    if (!expect(value, Type::array, place)) {
        return std::nullopt;
    }
    Points points;
    bool good = true;
    bool positive = false;
    std::string const heights = fmt::format("a height from 0 to {:.0f}", highest);
    NumberReader const height{0, highest, heights};
    NumberReader const position{low, high, what};
    for (std::size_t i = 0; i < value.items.size(); ++i) {
        JsonValue const& item = value.items[i];
        Place const at{input::child(place.pointer, i), place.problems};
        if (!item.is(Type::array) || item.items.size() != 2) {
            at.fault(fmt::format("expected a pair: {}, then a height", what));
            good = false;
            continue;
        }
        auto const x = position(item.items[0], {input::child(at.pointer, 0), place.problems});
        auto const y = height(item.items[1], {input::child(at.pointer, 1), place.problems});
        good = good && x && y;
        if (x && y) {
            if (!points.empty() && *x <= points.back().first) {
                at.fault(fmt::format("{} does not come after {}", *x, points.back().first));
                good = false;
            }
            positive = positive || *y > 0;
            points.emplace_back(*x, *y);
        }
    }
    if (good && (points.size() < 2 || !positive)) {
        place.fault("expected at least two points, one of them above zero");
        good = false;
    }
    return good ? std::optional(points) : std::nullopt;
}

std::optional<std::string> read_source(JsonValue const& value, Place const& place) {
    auto text = input::read_text(value, place);
    if (text && text->empty()) {
        place.fault("is empty; say where it is from, or that it is an assumption");
        return std::nullopt;
    }
    return text;
}

bool add_up(double sum, Place const& place) {
    constexpr double slack = 1e-6;
    if (std::abs(sum - 1) <= slack) {
        return true;
    }
    place.fault(fmt::format("shares add up to {:.6g}, expected 1", sum));
    return false;
}

} // namespace pensim::scenario

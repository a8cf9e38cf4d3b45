#include "sim/input/json_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/input/decimal.hpp"
#include "sim/input/suggestion.hpp"

namespace pensim::input {

bool expect(JsonValue const& value, JsonValue::Type type, Place const& place) {
    if (value.is(type)) {
        return true;
    }
    place.fault(fmt::format("expected {}, found {}", type_name(type), type_name(value.type)));
    return false;
}

namespace {

void report_own_doubled_keys(JsonValue const& value, Place const& place) {
    for (std::string const& key : value.doubled) {
        place.problems->push_back(
            {child(place.pointer, key), "key " + in_quotes(key) + " stands here twice"});
    }
}

} // namespace

void report_doubled_keys(JsonValue const& value, Place const& place) {
    report_own_doubled_keys(value, place);
    for (auto const& [key, member] : value.members) {
        report_doubled_keys(member, {child(place.pointer, key), place.problems});
    }
    for (std::size_t i = 0; i < value.items.size(); ++i) {
        report_doubled_keys(value.items[i], {child(place.pointer, i), place.problems});
    }
}

std::optional<std::string> read_text(JsonValue const& value, Place const& place) {
    return expect(value, JsonValue::Type::string, place) ? std::optional(value.text) : std::nullopt;
}

std::optional<bool> read_flag(JsonValue const& value, Place const& place) {
    return expect(value, JsonValue::Type::boolean, place) ? std::optional(value.boolean)
                                                          : std::nullopt;
}

std::optional<int> read_integer(JsonValue const& value, Place const& place) {
    if (!expect(value, JsonValue::Type::number, place)) {
        return std::nullopt;
    }
    constexpr std::int64_t largest = 1'000'000;
    auto const number = parse_scaled(value.text, 0);
    if (!number || *number > largest || *number < -largest) {
        place.fault(shortened(value.text) + " is not a whole number in range");
        return std::nullopt;
    }
    return static_cast<int>(*number);
}

ObjectReader::ObjectReader(JsonValue const& value, std::string pointer, Problems& problems)
    : value_(&value), valid_(expect(value, JsonValue::Type::object, {pointer, &problems})),
      pointer_(std::move(pointer)), problems_(&problems) {}

JsonValue const* ObjectReader::find(std::string_view key) {
    known_.push_back(key);
    return value_->find(key);
}

void ObjectReader::finish() {
    report_own_doubled_keys(*value_, {pointer_, problems_});
    for (auto const& [key, member] : value_->members) {
        if (std::find(known_.begin(), known_.end(), key) == known_.end()) {
            problems_->push_back({child(pointer_, key), unknown("key", key, known_)});
        }
    }
}

} // namespace pensim::input

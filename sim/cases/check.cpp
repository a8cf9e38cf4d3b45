#include "sim/cases/check.hpp"

#include <algorithm>

#include "sim/cases/outcome_json.hpp"
#include "sim/input/decimal.hpp"
#include "sim/input/suggestion.hpp"
#include "sim/input/text_out.hpp"

namespace pensim::cases {

namespace {

using input::JsonValue;
using Type = JsonValue::Type;

/// 106080.0 and 106080.00 are one number.
bool same_number(std::string const& a, std::string const& b) {
    constexpr int finest = 6;
    auto const left = input::parse_scaled(a, finest);
    auto const right = input::parse_scaled(b, finest);
    return left && right ? *left == *right : a == b;
}

class Comparison {
  public:
    std::vector<Difference> differences;

    void compare(JsonValue const& expected, JsonValue const& found, std::string const& field) {
        if (expected.type != found.type) {
            differ(expected, found, field);
            return;
        }
        switch (expected.type) {
        case Type::object:
            compare_members(expected, found, field);
            return;
        case Type::array:
            compare_items(expected, found, field);
            return;
        case Type::number:
            if (!same_number(expected.text, found.text)) {
                differ(expected, found, field);
            }
            return;
        case Type::null:
        case Type::boolean:
        case Type::string:
            break;
        }
        if (expected.text != found.text || expected.boolean != found.boolean) {
            differ(expected, found, field);
        }
    }

  private:
    void differ(JsonValue const& expected, JsonValue const& found, std::string const& field) {
        differences.push_back({field, to_json(expected), to_json(found)});
    }
    void
    compare_members(JsonValue const& expected, JsonValue const& found, std::string const& field) {
        static JsonValue const absent;
        auto const inside = [&](std::string const& key) {
            return field.empty() ? key : field + "/" + key;
        };
        for (auto const& [key, value] : expected.members) {
            auto const* const other = found.find(key);
            compare(value, other == nullptr ? absent : *other, inside(key));
        }
        if (field != "months_by_area") {
            return;
        }
        for (auto const& [key, value] : found.members) {
            if (expected.find(key) == nullptr) {
                differ(absent, value, inside(key));
            }
        }
    }
    void
    compare_items(JsonValue const& expected, JsonValue const& found, std::string const& field) {
        if (expected.items.size() != found.items.size()) {
            differ(expected, found, field);
            return;
        }
        for (std::size_t i = 0; i < expected.items.size(); ++i) {
            compare(expected.items[i], found.items[i], field + "/" + std::to_string(i));
        }
    }
};

} // namespace

std::vector<Difference> compare(JsonValue const& expected, JsonValue const& found) {
    Comparison comparison;
    comparison.compare(expected, found, "");
    return std::move(comparison.differences);
}

void check_expectation(JsonValue const& expected, std::string const& pointer, Problems& problems) {
    for (auto const& [key, value] : expected.members) {
        auto const& fields = outcome_fields();
        if (std::find(fields.begin(), fields.end(), key) == fields.end()) {
            problems.push_back(
                {input::child(pointer, key), input::unknown("outcome field", key, fields)});
        }
    }
}

std::string to_json(JsonValue const& value) {
    std::string text;
    switch (value.type) {
    case Type::null:
        return "null";
    case Type::boolean:
        return value.boolean ? "true" : "false";
    case Type::number:
        return value.text;
    case Type::string:
        input::append_json_text(text, value.text);
        return text;
    case Type::array:
        for (auto const& item : value.items) {
            text += (text.empty() ? "" : ", ") + to_json(item);
        }
        return "[" + text + "]";
    case Type::object:
        break;
    }
    for (auto const& [key, member] : value.members) {
        text += text.empty() ? "" : ", ";
        input::append_json_text(text, key);
        text += ": " + to_json(member);
    }
    return "{" + text + "}";
}

} // namespace pensim::cases

// A JSON file as it stands: numbers as text, every key in its order, doubled keys found.
// nlohmann_json reads; its own value type would round numbers through double and drop the first of
// two equal keys.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/basis/problem.hpp"
#include "sim/input/limits.hpp"

namespace pensim::input {

struct JsonValue {
    enum class Type : std::uint8_t { null, boolean, number, string, array, object };
    Type type = Type::null;
    bool boolean = false;
    std::string text; ///< of a string, or of a number as written
    std::vector<JsonValue> items;
    struct Member;
    std::vector<Member> members;
    std::vector<std::string> doubled; ///< keys of an object that stand there more than once

    [[nodiscard]] bool is(Type other) const { return type == other; }
    [[nodiscard]] JsonValue const* find(std::string_view key) const;
};
struct JsonValue::Member {
    std::string key;
    JsonValue value;
};

/// "an object", "a number" ... for messages.
[[nodiscard]] std::string_view type_name(JsonValue::Type type);

/// Problems: a syntax error ("line 3, column 5"), a number that no double reaches, more than
/// limits.hpp allows. Doubled keys are for the reader of the object.
[[nodiscard]] Result<JsonValue> parse_json(std::string_view text);

/// `pointer` extended by one step, escaped as RFC 6901 says.
[[nodiscard]] std::string child(std::string_view pointer, std::string_view key);
[[nodiscard]] std::string child(std::string_view pointer, std::size_t index);

} // namespace pensim::input

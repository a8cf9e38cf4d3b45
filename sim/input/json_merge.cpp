#include "sim/input/json_merge.hpp"

#include <algorithm>

#include "sim/input/text_out.hpp"

namespace pensim::input {

namespace {

using Type = JsonValue::Type;

void append(std::string& out, JsonValue const& value, int level);

void new_line(std::string& out, int level) {
    out += '\n';
    out.append(static_cast<std::size_t>(level) * 2, ' ');
}

void append_array(std::string& out, JsonValue const& value, int level) {
    bool const flat = std::none_of(value.items.begin(), value.items.end(), [](auto const& item) {
        return item.is(Type::object);
    });
    out += '[';
    for (std::size_t i = 0; i < value.items.size(); ++i) {
        out += i == 0 ? "" : flat ? ", " : ",";
        if (!flat) {
            new_line(out, level + 1);
        }
        append(out, value.items[i], level + 1);
    }
    if (!flat) {
        new_line(out, level);
    }
    out += ']';
}

void append_object(std::string& out, JsonValue const& value, int level) {
    out += '{';
    for (std::size_t i = 0; i < value.members.size(); ++i) {
        out += i == 0 ? "" : ",";
        new_line(out, level + 1);
        append_json_text(out, value.members[i].key);
        out += ": ";
        append(out, value.members[i].value, level + 1);
    }
    if (!value.members.empty()) {
        new_line(out, level);
    }
    out += '}';
}

void append(std::string& out, JsonValue const& value, int level) {
    switch (value.type) {
    case Type::null:
        out += "null";
        break;
    case Type::boolean:
        out += value.boolean ? "true" : "false";
        break;
    case Type::number:
        out += value.text;
        break;
    case Type::string:
        append_json_text(out, value.text);
        break;
    case Type::array:
        append_array(out, value, level);
        break;
    case Type::object:
        append_object(out, value, level);
        break;
    }
}

/// One step of a pointer, its escapes taken back.
std::string unescaped(std::string_view step) {
    std::string key;
    for (std::size_t i = 0; i < step.size(); ++i) {
        if (step[i] == '~' && i + 1 < step.size()) {
            key += step[++i] == '1' ? '/' : '~';
        } else {
            key += step[i];
        }
    }
    return key;
}

} // namespace

JsonValue merge(JsonValue base, JsonValue const& patch) {
    if (!patch.is(Type::object)) {
        return patch;
    }
    if (!base.is(Type::object)) {
        base = JsonValue{};
        base.type = Type::object;
    }
    for (auto const& change : patch.members) {
        JsonValue const& value = change.value;
        auto const member = std::find_if(base.members.begin(),
                                         base.members.end(),
                                         [&](auto const& m) { return m.key == change.key; });
        if (value.is(Type::null)) {
            if (member != base.members.end()) {
                base.members.erase(member);
            }
        } else if (member != base.members.end()) {
            member->value = merge(std::move(member->value), value);
        } else {
            base.members.push_back({change.key, merge(JsonValue{}, value)});
        }
    }
    return base;
}

std::string json_text(JsonValue const& value) {
    std::string out;
    append(out, value, 0);
    out += '\n';
    return out;
}

JsonValue const* find_pointer(JsonValue const& value, std::string_view pointer) {
    JsonValue const* at = &value;
    while (at != nullptr && !pointer.empty()) {
        pointer.remove_prefix(1);
        auto const end = std::min(pointer.find('/'), pointer.size());
        std::string const step = unescaped(pointer.substr(0, end));
        pointer.remove_prefix(end);
        if (at->is(Type::array)) {
            bool const number = !step.empty() && step.size() < 9
                                && step.find_first_not_of("0123456789") == std::string::npos;
            std::size_t const index = number ? std::stoul(step) : at->items.size();
            at = index < at->items.size() ? &at->items[index] : nullptr;
        } else {
            at = at->find(step);
        }
    }
    return at;
}

} // namespace pensim::input

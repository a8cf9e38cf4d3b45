#include "sim/input/json_document.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sim/input/suggestion.hpp"

namespace pensim::input {

namespace {

using Type = JsonValue::Type;

/// "line 3, column 5" of a position.
std::string line_and_column(std::string_view text, std::size_t position) {
    auto const before = text.substr(0, std::min(position, text.size()));
    auto const line = std::count(before.begin(), before.end(), '\n') + 1;
    auto const line_start =
        before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    return fmt::format("line {}, column {}", line, before.size() - line_start + 1);
}

/// Builds values from nlohmann's events.
class Builder {
  public:
    explicit Builder(std::string_view text) : text_(text) {}

    JsonValue root;
    Problems problems;

    bool null() { return put({}) != nullptr; }
    bool boolean(bool value) { return put({.type = Type::boolean, .boolean = value}) != nullptr; }
    bool number_integer(std::int64_t value) { return number(std::to_string(value)); }
    bool number_unsigned(std::uint64_t value) { return number(std::to_string(value)); }
    bool number_float(double /*rounded*/, std::string const& written) { return number(written); }
    bool string(std::string& value) {
        return put({.type = Type::string, .text = std::move(value)}) != nullptr;
    }
    static bool binary(std::vector<std::uint8_t>& /*never in text*/) { return false; }
    bool start_object(std::size_t) { return open(Type::object); }
    bool start_array(std::size_t) { return open(Type::array); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool key(std::string& key) {
        if (key.size() > json_key_bytes_max) {
            problems.push_back({pointer(),
                                fmt::format("key {} is longer than {} bytes",
                                            in_quotes(key),
                                            json_key_bytes_max)});
            return false;
        }
        if (open_.back()->members.size() == json_members_max) {
            problems.push_back(
                {pointer(), fmt::format("an object of more than {} members", json_members_max)});
            return false;
        }
        open_.back()->members.push_back({std::move(key), {}});
        return true;
    }
    bool parse_error(std::size_t position,
                     std::string const& last_token,
                     nlohmann::detail::exception const& error) {
        constexpr int number_overflow = 406; // the library's; its text says the same longer
        bool const early = last_token.empty() || position > text_.size();
        problems.push_back({line_and_column(text_, position == 0 ? 0 : position - 1),
                            error.id == number_overflow ? in_quotes(last_token) + " is too large"
                            : early                     ? "not JSON: the text ends too early"
                                    : "not JSON near " + in_quotes(last_token)});
        return false;
    }

  private:
    static void find_doubled(JsonValue& object) {
        std::vector<std::string_view> keys;
        for (auto const& member : object.members) {
            keys.push_back(member.key);
        }
        std::sort(keys.begin(), keys.end());
        for (auto key = std::adjacent_find(keys.begin(), keys.end()); key != keys.end();
             key = std::adjacent_find(std::upper_bound(key, keys.end(), *key), keys.end())) {
            object.doubled.emplace_back(*key);
        }
    }
    JsonValue* put(JsonValue value) {
        if (++values_ > json_values_max) {
            problems.push_back(
                {pointer(), fmt::format("more than {} values in all", json_values_max)});
            return nullptr;
        }
        if (open_.empty()) {
            root = std::move(value);
            return &root;
        }
        JsonValue& parent = *open_.back();
        if (parent.type == Type::object) {
            parent.members.back().value = std::move(value);
            return &parent.members.back().value;
        }
        return &parent.items.emplace_back(std::move(value));
    }
    bool number(std::string written) {
        return put({.type = Type::number, .text = std::move(written)}) != nullptr;
    }
    bool open(Type type) {
        if (open_.size() >= json_depth_max) {
            problems.push_back(
                {pointer(), fmt::format("nested deeper than {} levels", json_depth_max)});
            return false;
        }
        JsonValue* const opened = put({.type = type});
        if (opened != nullptr) {
            open_.push_back(opened);
        }
        return opened != nullptr;
    }
    bool close() {
        find_doubled(*open_.back());
        open_.pop_back();
        return true;
    }
    [[nodiscard]] std::string pointer() const {
        std::string path;
        for (std::size_t i = 0; i + 1 < open_.size(); ++i) {
            path = open_[i]->type == Type::object ? child(path, open_[i]->members.back().key)
                                                  : child(path, open_[i]->items.size() - 1);
        }
        return path;
    }

    std::string_view text_;
    std::size_t values_ = 0;
    std::vector<JsonValue*>
        open_; // containers grow only at their end: pointers to open ones stay valid
};

} // namespace

JsonValue const* JsonValue::find(std::string_view key) const {
    auto const member =
        std::find_if(members.begin(), members.end(), [&](auto const& m) { return m.key == key; });
    return member == members.end() ? nullptr : &member->value;
}

std::string_view type_name(Type type) {
    switch (type) {
    case Type::null:
        return "null";
    case Type::boolean:
        return "true or false";
    case Type::number:
        return "a number";
    case Type::string:
        return "a text";
    case Type::array:
        return "a list";
    case Type::object:
        break;
    }
    return "an object";
}

Result<JsonValue> parse_json(std::string_view text) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) {
        text.remove_prefix(byte_order_mark.size());
    }
    if (text.size() > file_bytes_max) {
        return tl::make_unexpected(Problems{
            {"", fmt::format("is too large; expected at most {} MB", file_bytes_max / megabyte)}});
    }
    // The library takes a zero byte for the end, whatever comes behind.
    if (auto const zero = text.find('\0'); zero != std::string_view::npos) {
        return tl::make_unexpected(
            Problems{{line_and_column(text, zero), "not JSON: a zero byte"}});
    }
    Builder builder(text);
    bool const complete = nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
    if (!complete || !builder.problems.empty()) {
        return tl::make_unexpected(std::move(builder.problems));
    }
    return std::move(builder.root);
}

std::string child(std::string_view pointer, std::string_view key) {
    std::string path(pointer);
    path += '/';
    for (char const character : key) {
        if (character == '~') {
            path += "~0";
        } else if (character == '/') {
            path += "~1";
        } else {
            path += character;
        }
    }
    return path;
}

std::string child(std::string_view pointer, std::size_t index) {
    return fmt::format("{}/{}", pointer, index);
}

} // namespace pensim::input

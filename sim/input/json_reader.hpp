// Reads a JSON object member by member and finds every fault on the way.
//
//   ObjectReader reader(value, "/persons/0", problems);
//   auto birth = reader.required<YearMonth>("birth", read_month);
//   reader.finish();          // reports the keys that nobody asked for, each with the nearest
//   known one
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/input/json_document.hpp"

namespace pensim::input {

/// Where a value stands and where its faults go.
struct Place {
    std::string pointer;
    Problems* problems = nullptr;
    void fault(std::string what) const { problems->push_back({pointer, std::move(what)}); }
};

/// False, with a problem, when the value is of another type.
[[nodiscard]] bool expect(JsonValue const& value, JsonValue::Type type, Place const& place);

/// A problem for each key that an object, or one inside it, has twice. ObjectReader does so for its
/// own object.
void report_doubled_keys(JsonValue const& value, Place const& place);

[[nodiscard]] std::optional<std::string> read_text(JsonValue const& value, Place const& place);
[[nodiscard]] std::optional<bool> read_flag(JsonValue const& value, Place const& place);
[[nodiscard]] std::optional<int> read_integer(JsonValue const& value, Place const& place);

class ObjectReader {
  public:
    /// A value that is no object is a problem, and then has no members.
    ObjectReader(JsonValue const& value, std::string pointer, Problems& problems);

    /// Null when the key is absent; the key counts as known.
    [[nodiscard]] JsonValue const* find(std::string_view key);

    /// `read(value, place)` of a member that must be there.
    template <class Read>
    auto required(std::string_view key, Read const& read)
        -> std::invoke_result_t<Read, JsonValue const&, Place const&> {
        if (auto const* const value = find(key)) {
            return std::invoke(read, *value, place(key));
        }
        if (valid_) {
            problems_->push_back({pointer_, "\"" + std::string(key) + "\" is missing"});
        }
        return std::nullopt;
    }
    /// The same of a member that may be absent.
    template <class Read>
    auto optional(std::string_view key, Read const& read)
        -> std::invoke_result_t<Read, JsonValue const&, Place const&> {
        if (auto const* const value = find(key)) {
            return std::invoke(read, *value, place(key));
        }
        return std::nullopt;
    }

    [[nodiscard]] Place place(std::string_view key) const {
        return {child(pointer_, key), problems_};
    }
    [[nodiscard]] std::string const& pointer() const { return pointer_; }

    /// Every key that was not asked for is a problem.
    void finish();

  private:
    JsonValue const* value_;
    bool valid_;
    std::string pointer_;
    Problems* problems_;
    std::vector<std::string_view> known_;
};

} // namespace pensim::input

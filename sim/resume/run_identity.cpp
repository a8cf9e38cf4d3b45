#include "sim/resume/run_identity.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/input/json_merge.hpp"

namespace pensim::resume {

namespace {

using input::JsonValue;

constexpr std::size_t told_differences = 10;

/// For one line of a message.
std::string short_text(JsonValue const* value) {
    constexpr std::size_t longest = 60;
    if (value == nullptr) {
        return "nothing";
    }
    std::string text = input::json_text(*value);
    text.erase(text.find_last_not_of('\n') + 1);
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text.size() > longest
               ? fmt::format("{} of {} characters", input::type_name(value->type), text.size())
               : text;
}

class Differences {
  public:
    void compare(std::string const& place, JsonValue const* saved, JsonValue const* now) {
        bool const both = saved != nullptr && now != nullptr && saved->type == now->type;
        if (both && saved->is(JsonValue::Type::object)) {
            for (auto const& [key, value] : saved->members) {
                compare(input::child(place, key), &value, now->find(key));
            }
            for (auto const& [key, value] : now->members) {
                if (saved->find(key) == nullptr) {
                    compare(input::child(place, key), nullptr, &value);
                }
            }
        } else if (both && saved->is(JsonValue::Type::array)
                   && saved->items.size() == now->items.size()) {
            for (std::size_t i = 0; i < saved->items.size(); ++i) {
                compare(input::child(place, i), &saved->items[i], &now->items[i]);
            }
        } else if (!both || input::json_text(*saved) != input::json_text(*now)) {
            found_.push_back(
                {place, fmt::format("saved {}, now {}", short_text(saved), short_text(now))});
        }
    }
    [[nodiscard]] Problems take() { return std::move(found_); }

  private:
    Problems found_;
};

} // namespace

Problems
identity_differences(std::string const& file, std::string_view saved, std::string_view now) {
    if (saved == now) {
        return {};
    }
    auto const before = input::parse_json(saved);
    auto const after = input::parse_json(now);
    if (!before || !after) {
        return {{file, "is damaged, so that nobody knows what was run; remove its folder"}};
    }
    Differences differences;
    differences.compare("", &*before, &*after);
    Problems problems = differences.take();
    for (Problem& problem : problems) {
        problem.where = file + ": " + problem.where;
    }
    if (problems.size() > told_differences) {
        std::size_t const more = problems.size() - told_differences;
        problems.resize(told_differences);
        problems.push_back({file, fmt::format("and {} more differences", more)});
    }
    return problems;
}

} // namespace pensim::resume

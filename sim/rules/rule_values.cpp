#include "sim/rules/rule_values.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/law/words.hpp"
#include "sim/input/decimal.hpp"
#include "sim/input/suggestion.hpp"

namespace pensim::rules {

namespace {

using input::in_quotes;
using input::JsonValue;
using input::Place;
using law::Person;
using law::PersonSet;
using Type = JsonValue::Type;

template <class Enum>
bool read_word(JsonValue const& json, Place const& place, std::string_view what, Enum& value) {
    if (!expect(json, Type::string, place)) {
        return false;
    }
    if (auto const found = from_word<Enum>(json.text)) {
        value = *found;
        return true;
    }
    place.fault(input::unknown(what, json.text, words<Enum>));
    return false;
}

/// Every item of a list through `read`; all its faults.
template <class Read>
bool read_items(JsonValue const& json, Place const& place, Read const& read) {
    if (!expect(json, Type::array, place)) {
        return false;
    }
    bool good = true;
    for (std::size_t i = 0; i < json.items.size(); ++i) {
        good = read(json.items[i], Place{input::child(place.pointer, i), place.problems}) && good;
    }
    return good;
}

std::optional<AreaId> read_area(std::string_view id, Place const& place, AreaTable const& areas) {
    auto const area = areas.find(id);
    if (!area) {
        std::vector<std::string_view> ids;
        for (Area const& known : areas.all()) {
            ids.push_back(known.id);
        }
        place.fault(input::unknown("area", id, ids));
    }
    return area;
}

struct GroupName {
    std::string_view name;
    PersonSet persons;
};
/// Collective names first: they print shorter.
constexpr std::array<GroupName, 8> group_names{{
    {"hmt", {Person::hong_kong, Person::macau, Person::taiwan}},
    {"foreign", {Person::foreign_temporary, Person::foreign_permanent}},
    {"hong_kong", {Person::hong_kong}},
    {"macau", {Person::macau}},
    {"taiwan", {Person::taiwan}},
    {"foreign_temporary", {Person::foreign_temporary}},
    {"foreign_permanent", {Person::foreign_permanent}},
    {"mainland", {Person::mainland}},
}};

template <class Visit>
void each_person(Visit const& visit) {
    for (std::size_t i = 0; i < words<Person>.size(); ++i) {
        visit(static_cast<Person>(i));
    }
}

bool includes(PersonSet set, PersonSet part) {
    bool all = true;
    each_person(
        [&](Person person) { all = all && (!part.contains(person) || set.contains(person)); });
    return all;
}

std::string word_json(std::string_view word) {
    return fmt::format("\"{}\"", word);
}

} // namespace

bool read_value(JsonValue const& json, Place const& place, ValueContext const&, int& value) {
    auto const number = input::read_integer(json, place);
    constexpr int largest = 1200;
    if (number && (*number < 0 || *number > largest)) {
        place.fault(fmt::format("{} is out of range; expected 0 to {}", *number, largest));
        return false;
    }
    value = number.value_or(0);
    return number.has_value();
}

bool read_value(JsonValue const& json, Place const& place, ValueContext const&, bool& value) {
    auto const flag = input::read_flag(json, place);
    value = flag.value_or(false);
    return flag.has_value();
}

bool read_value(JsonValue const& json, Place const& place, ValueContext const&, Rate& value) {
    if (!expect(json, Type::number, place)) {
        return false;
    }
    auto const rate = input::parse_rate(json.text);
    constexpr std::int64_t largest = 10'000'000;
    if (!rate || *rate < Rate{} || rate->parts() > largest) {
        place.fault(input::shortened(json.text)
                    + " is no share; expected 0 to 10 with at most six decimals");
        return false;
    }
    value = *rate;
    return true;
}

bool read_value(JsonValue const& json, Place const& place, ValueContext const&, YearMonth& value) {
    if (!expect(json, Type::string, place)) {
        return false;
    }
    auto const month = YearMonth::parse(json.text);
    if (!month) {
        place.fault(in_quotes(json.text) + " is no month; expected such as \"2025-01\"");
        return false;
    }
    value = *month;
    return true;
}

bool read_value(JsonValue const& json,
                Place const& place,
                ValueContext const& context,
                law::AreaRate& value) {
    value.exceptions.clear();
    if (!json.is(Type::object)) {
        return read_value(json, place, context, value.general);
    }
    report_doubled_keys(json, place);
    bool good = true;
    for (auto const& [area, rate] : json.members) {
        Place const inside{input::child(place.pointer, area), place.problems};
        Rate read;
        good = read_value(rate, inside, context, read) && good;
        if (area == "*") {
            value.general = read;
        } else if (auto const id = read_area(area, inside, context.areas)) {
            value.exceptions.emplace_back(*id, read);
        } else {
            good = false;
        }
    }
    if (json.find("*") == nullptr) {
        place.fault("\"*\" is missing: the rate of all other areas");
        return false;
    }
    return good;
}

bool read_value(JsonValue const& json,
                Place const& place,
                ValueContext const& context,
                law::PooledRate& value) {
    value = {};
    if (!json.is(Type::string)) {
        return read_value(json, place, context, value.rate);
    }
    if (json.text != "actual") {
        place.fault(in_quotes(json.text) + R"( is unknown; expected a share or "actual")");
        return false;
    }
    value.actual = true;
    return true;
}

bool read_value(JsonValue const& json,
                Place const& place,
                ValueContext const& context,
                law::ElectionArea& value) {
    value = {};
    if (json.is(Type::null)) {
        return true;
    }
    if (!expect(json, Type::string, place)) {
        return false;
    }
    value.any = json.text == "any";
    if (!value.any) {
        value.area = read_area(json.text, place, context.areas);
    }
    return value.any || value.area;
}

bool read_value(JsonValue const& json, Place const& place, ValueContext const&, PersonSet& value) {
    value = {};
    return read_items(json, place, [&](JsonValue const& item, Place const& inside) {
        if (!expect(item, Type::string, inside)) {
            return false;
        }
        std::vector<std::string_view> names;
        for (GroupName const& group : group_names) {
            names.push_back(group.name);
            if (group.name == item.text) {
                each_person([&](Person person) {
                    if (group.persons.contains(person)) {
                        value.insert(person);
                    }
                });
                return true;
            }
        }
        inside.fault(input::unknown("group", item.text, names));
        return false;
    });
}

bool read_value(JsonValue const& json,
                Place const& place,
                ValueContext const&,
                law::PayoutTable& value) {
    input::ObjectReader reader(json, place.pointer, *place.problems);
    std::vector<std::string> ages; // the reader keeps views of the names it was asked for
    for (int age = law::PayoutTable::first_age; age <= law::PayoutTable::last_age; ++age) {
        ages.push_back(std::to_string(age));
    }
    bool good = true;
    for (std::size_t i = 0; i < ages.size(); ++i) {
        auto const months = reader.required(ages[i], input::read_integer);
        if (months && *months < 1) {
            reader.place(ages[i]).fault("payout months must be above zero");
        }
        good = good && months && *months >= 1;
        value.months[i] = months.value_or(1);
    }
    reader.finish();
    return good;
}

bool read_value(JsonValue const& json,
                Place const& place,
                ValueContext const& context,
                std::vector<AreaId>& value) {
    value.clear();
    return read_items(json, place, [&](JsonValue const& item, Place const& inside) {
        if (!expect(item, Type::string, inside)) {
            return false;
        }
        auto const area = read_area(item.text, inside, context.areas);
        if (area) {
            value.push_back(*area);
        }
        return area.has_value();
    });
}

bool read_value(JsonValue const& json,
                Place const& place,
                ValueContext const&,
                std::vector<law::Criterion>& value) {
    value.clear();
    bool const good = read_items(json, place, [&](JsonValue const& item, Place const& inside) {
        law::Criterion criterion{};
        bool const known = read_word(item, inside, "criterion", criterion);
        if (known && std::find(value.begin(), value.end(), criterion) != value.end()) {
            inside.fault("criterion " + in_quotes(item.text) + " stands here twice");
            return false;
        }
        value.push_back(criterion);
        return known;
    });
    if (good && value.empty()) {
        place.fault("expected at least one criterion");
        return false;
    }
    return good;
}

bool read_value(JsonValue const& json,
                Place const& place,
                ValueContext const&,
                law::TieRule& value) {
    return read_word(json, place, "tie rule", value);
}
bool read_value(JsonValue const& json,
                Place const& place,
                ValueContext const&,
                law::CompareUnit& value) {
    return read_word(json, place, "unit", value);
}
bool read_value(JsonValue const& json,
                Place const& place,
                ValueContext const&,
                law::PaidBy& value) {
    return read_word(json, place, "payer", value);
}
bool read_value(JsonValue const& json,
                Place const& place,
                ValueContext const&,
                law::PayoutInterpolation& value) {
    return read_word(json, place, "interpolation", value);
}
bool read_value(JsonValue const& json,
                Place const& place,
                ValueContext const&,
                law::PoolingAdjustment& value) {
    return read_word(json, place, "adjustment", value);
}

std::string value_json(AreaTable const&, int value) {
    return std::to_string(value);
}
std::string value_json(AreaTable const&, bool value) {
    return value ? "true" : "false";
}
std::string value_json(AreaTable const&, Rate value) {
    std::string text =
        fmt::format("{}.{:06}", value.parts() / 1'000'000, value.parts() % 1'000'000);
    while (text.back() == '0' && text[text.size() - 2] != '.') {
        text.pop_back();
    }
    return text;
}
std::string value_json(AreaTable const&, YearMonth value) {
    return word_json(value.text());
}
std::string value_json(AreaTable const& areas, law::AreaRate const& value) {
    if (value.exceptions.empty()) {
        return value_json(areas, value.general);
    }
    std::string text = R"({"*": )" + value_json(areas, value.general);
    for (auto const& [area, rate] : value.exceptions) {
        text += fmt::format(", \"{}\": {}", areas[area].id, value_json(areas, rate));
    }
    return text + "}";
}
std::string value_json(AreaTable const& areas, law::PooledRate const& value) {
    return value.actual ? word_json("actual") : value_json(areas, value.rate);
}
std::string value_json(AreaTable const& areas, law::ElectionArea const& value) {
    return value.any ? word_json("any") : value.area ? word_json(areas[*value.area].id) : "null";
}
std::string value_json(AreaTable const&, PersonSet value) {
    std::vector<std::string> names;
    PersonSet named;
    for (GroupName const& group : group_names) {
        if (includes(value, group.persons) && !includes(named, group.persons)) {
            names.push_back(word_json(group.name));
            each_person([&](Person person) {
                if (group.persons.contains(person)) {
                    named.insert(person);
                }
            });
        }
    }
    return fmt::format("[{}]", fmt::join(names, ", "));
}
std::string value_json(AreaTable const&, law::PayoutTable const& value) {
    std::string text;
    for (std::size_t i = 0; i < value.months.size(); ++i) {
        text += fmt::format("{}\"{}\": {}",
                            i == 0 ? "" : ", ",
                            law::PayoutTable::first_age + static_cast<int>(i),
                            value.months[i]);
    }
    return "{" + text + "}";
}
std::string value_json(AreaTable const& areas, std::vector<AreaId> const& value) {
    std::vector<std::string> ids;
    ids.reserve(value.size());
    for (AreaId const area : value) {
        ids.push_back(word_json(areas[area].id));
    }
    return fmt::format("[{}]", fmt::join(ids, ", "));
}
std::string value_json(AreaTable const&, std::vector<law::Criterion> const& value) {
    std::vector<std::string> names;
    names.reserve(value.size());
    for (law::Criterion const criterion : value) {
        names.push_back(word_json(word(criterion)));
    }
    return fmt::format("[{}]", fmt::join(names, ", "));
}
std::string value_json(AreaTable const&, law::TieRule value) {
    return word_json(word(value));
}
std::string value_json(AreaTable const&, law::CompareUnit value) {
    return word_json(word(value));
}
std::string value_json(AreaTable const&, law::PaidBy value) {
    return word_json(word(value));
}
std::string value_json(AreaTable const&, law::PayoutInterpolation value) {
    return word_json(word(value));
}
std::string value_json(AreaTable const&, law::PoolingAdjustment value) {
    return word_json(word(value));
}

} // namespace pensim::rules

#include "sim/rules/rule_parameters.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/law/rule_keys.hpp"
#include "sim/input/suggestion.hpp"
#include "sim/rules/rule_values.hpp"

namespace pensim::rules {

namespace {

using input::in_quotes;
using input::JsonValue;
using input::ObjectReader;
using input::Place;
using law::Dated;
using law::RuleBook;
using law::RuleKey;
using Type = JsonValue::Type;

template <class T>
std::optional<std::vector<typename Dated<T>::Entry>>
read_entries(JsonValue const& json, Place const& place, ValueContext const& context) {
    if (!expect(json, Type::array, place)) {
        return std::nullopt;
    }
    std::vector<typename Dated<T>::Entry> entries;
    bool good = true;
    for (std::size_t i = 0; i < json.items.size(); ++i) {
        ObjectReader reader(json.items[i], input::child(place.pointer, i), *place.problems);
        typename Dated<T>::Entry entry{};
        auto const into = [&](auto& target) {
            return [&](JsonValue const& value, Place const& at) -> std::optional<bool> {
                return read_value(value, at, context, target) ? std::optional(true) : std::nullopt;
            };
        };
        bool const from = reader.required("from", into(entry.from)).has_value();
        bool const value = reader.required("value", into(entry.value)).has_value();
        auto const source = reader.required("source", input::read_text);
        reader.finish();
        if (source && source->empty()) {
            reader.place("source").fault("is empty; every value needs its source");
        }
        entry.source = source.value_or("");
        if (from && !entries.empty() && entry.from <= entries.back().from) {
            reader.place("from").fault(
                fmt::format("{} does not come after {}; entries stand in order of time",
                            entry.from.text(),
                            entries.back().from.text()));
            good = false;
        }
        good = good && from && value;
        entries.push_back(std::move(entry));
    }
    if (json.items.empty()) {
        place.fault("expected at least one value");
    }
    return good && !entries.empty() ? std::optional(std::move(entries)) : std::nullopt;
}

using RateEntries = std::vector<Dated<Rate>::Entry>;
using AreaRateEntries = std::vector<Dated<law::AreaRate>::Entry>;

/// A data table as dated values; nothing for types that no table holds.
template <class T>
std::optional<std::vector<typename Dated<T>::Entry>>
table_entries(std::string const&, Place const& place, data::Tables const&) {
    place.fault("no table holds values of this kind; expected a list of dated values");
    return std::nullopt;
}

std::vector<data::SourcedRate> const*
find_rates(std::string const& name, Place const& place, data::Tables const& tables) {
    auto const found = tables.rates.find(name);
    if (found != tables.rates.end()) {
        return &found->second;
    }
    std::vector<std::string_view> names;
    for (auto const& [known, rates] : tables.rates) {
        names.push_back(known);
    }
    place.fault(input::unknown("table and column", name, names));
    return nullptr;
}

template <>
std::optional<AreaRateEntries> table_entries<law::AreaRate>(std::string const& name,
                                                            Place const& place,
                                                            data::Tables const& tables) {
    auto const* const rates = find_rates(name, place, tables);
    if (rates == nullptr) {
        return std::nullopt;
    }
    AreaRateEntries entries;
    for (auto const& rate : *rates) {
        if (entries.empty() || entries.back().from < rate.from) {
            law::AreaRate const before = entries.empty() ? law::AreaRate{} : entries.back().value;
            entries.push_back({rate.from, before, rate.source});
        }
        law::AreaRate& value = entries.back().value;
        if (rate.area == "*") {
            value.general = rate.rate;
            continue;
        }
        AreaId const area = *tables.areas.find(rate.area);
        std::erase_if(value.exceptions, [&](auto const& e) { return e.first == area; });
        value.exceptions.emplace_back(area, rate.rate);
    }
    return entries;
}

template <>
std::optional<RateEntries>
table_entries<Rate>(std::string const& name, Place const& place, data::Tables const& tables) {
    auto const* const rates = find_rates(name, place, tables);
    if (rates == nullptr) {
        return std::nullopt;
    }
    RateEntries entries;
    for (auto const& rate : *rates) {
        if (rate.area == "*") {
            entries.push_back({rate.from, rate.rate, rate.source});
        }
    }
    return entries;
}

template <>
std::optional<std::vector<Dated<law::PayoutTable>::Entry>> table_entries<law::PayoutTable>(
    std::string const& name, Place const& place, data::Tables const& tables) {
    if (name != "payout_months.csv:months") {
        place.fault(in_quotes(name)
                    + R"( is no table of payout months; expected "payout_months.csv:months")");
        return std::nullopt;
    }
    Dated<law::PayoutTable>::Entry entry{YearMonth::first(), {}, tables.payout_source};
    for (auto const& [age, months] : tables.payout_months) {
        entry.value.months[static_cast<std::size_t>(age - law::PayoutTable::first_age)] = months;
    }
    return std::vector{entry};
}

template <class T>
void read_parameter(JsonValue const& json,
                    Place const& place,
                    data::Tables const& tables,
                    Dated<T>& dated) {
    std::optional<std::vector<typename Dated<T>::Entry>> entries;
    if (json.is(Type::object)) {
        ObjectReader reader(json, place.pointer, *place.problems);
        auto const table = reader.required("table", input::read_text);
        auto const column = reader.required("column", input::read_text);
        reader.finish();
        if (table && column) {
            entries = table_entries<T>(*table + ":" + *column, place, tables);
        }
    } else {
        entries = read_entries<T>(json, place, {tables.areas});
    }
    if (entries) {
        dated.replace_from(std::move(*entries));
    }
}

bool takes_too_much(law::MoneyTerms const& terms) {
    std::vector<AreaId> areas{static_cast<AreaId>(0xffff)}; // any area without exceptions
    for (auto const& [area, rate] : terms.employer->exceptions) {
        areas.push_back(area);
    }
    for (auto const& [area, rate] : terms.individual->exceptions) {
        areas.push_back(area);
    }
    return std::any_of(areas.begin(), areas.end(), [&](AreaId area) {
        return law::pool_rate(terms, Kind::employed, area) < Rate{};
    });
}

/// Account and pool share what is paid in: their rates must fit, in every month and area.
void check_rates(RuleBook const& book, Problems& problems) {
    law::MoneyCalendar const calendar(book);
    std::set<YearMonth> changes;
    auto const add = [&](auto const& dated) {
        for (auto const& entry : dated.entries()) {
            changes.insert(entry.from);
        }
    };
    add(book.account.rate);
    add(book.contribution.employer_rate);
    add(book.contribution.individual_rate);
    bool before = false;
    for (YearMonth const from : changes) {
        bool const now = takes_too_much(calendar.at(from));
        if (now && !before) {
            problems.push_back(
                {"/parameters/account.rate",
                 fmt::format("from {} the account takes more than employer and employee pay",
                             from.text())});
        }
        before = now;
    }
}

} // namespace

void read_parameters(JsonValue const& json,
                     Place const& place,
                     data::Tables const& tables,
                     RuleBook& book) {
    if (!expect(json, Type::object, place)) {
        return;
    }
    for (std::string const& key : json.doubled) {
        place.problems->push_back({input::child(place.pointer, key),
                                   "parameter " + in_quotes(key) + " stands here twice"});
    }
    std::vector<std::string_view> names;
    law::visit_rules(book, [&](RuleKey const& key, auto& dated) {
        names.push_back(key.name);
        if (auto const* const value = json.find(key.name)) {
            read_parameter(
                *value, {input::child(place.pointer, key.name), place.problems}, tables, dated);
        }
    });
    for (auto const& [name, value] : json.members) {
        if (std::find(names.begin(), names.end(), name) == names.end()) {
            place.problems->push_back(
                {input::child(place.pointer, name), input::unknown("parameter", name, names)});
        }
    }
}

void check_book(RuleBook const& book, Problems& problems) {
    bool complete = true;
    law::visit_rules(book, [&](RuleKey const& key, auto const& dated) {
        if (dated.empty()) {
            complete = false;
            problems.push_back({fmt::format("/parameters/{}", key.name),
                                "is set by no rule set of the chain; extend \"law\" or set it"});
        }
    });
    if (!complete) {
        return;
    }
    for (auto const& entry : book.place.min_months.entries()) {
        if (entry.value < 1) {
            problems.push_back({"/parameters/place.min_months", "expected 1 or more"});
        }
    }
    check_rates(book, problems);
}

} // namespace pensim::rules

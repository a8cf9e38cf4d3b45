#include "sim/rules/rule_files.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "core/law/rule_keys.hpp"
#include "sim/input/file.hpp"
#include "sim/input/json_reader.hpp"
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

constexpr std::string_view schema_name = "pensim/rules/1";

/// A file of the chain, with the name under which its faults are reported.
struct RuleText {
    std::string name;
    std::string folder; ///< empty for shipped ones
    std::string text;
};

// ---- values with dates ----

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

// ---- files ----

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

struct Head {
    std::optional<std::string> extends;
    JsonValue const* parameters = nullptr;
};

Head read_head(JsonValue const& json, RuleBook& book, Problems& problems) {
    ObjectReader reader(json, "", problems);
    Head head;
    if (!json.is(Type::object)) {
        return head;
    }
    auto const schema = reader.required("schema", input::read_text);
    if (schema && *schema != schema_name) {
        reader.place("schema").fault(
            fmt::format("{} is unknown; expected \"{}\"", in_quotes(*schema), schema_name));
    }
    book.id = reader.required("id", input::read_text).value_or("");
    head.extends = reader.optional("extends", input::read_text);
    static_cast<void>(reader.optional("why", input::read_text));
    static_cast<void>(reader.find("$schema"));
    if (auto const* const title = reader.find("title")) {
        ObjectReader titles(*title, "/title", problems);
        book.title_en = titles.required("en", input::read_text).value_or("");
        book.title_zh = titles.required("zh", input::read_text).value_or("");
        titles.finish();
    } else {
        problems.push_back({"", "\"title\" is missing"});
    }
    head.parameters = reader.find("parameters");
    if (head.parameters == nullptr) {
        problems.push_back({"", "\"parameters\" is missing"});
    }
    reader.finish();
    return head;
}

Result<RuleText> find_rule_text(std::string_view name, std::string const& folder) {
    if (auto const shipped = data::shipped_file(fmt::format("rules/{}.json", name))) {
        return RuleText{std::string(name), "", std::string(*shipped)};
    }
    bool const is_file = name.ends_with(".json") || name.find('/') != std::string_view::npos;
    if (!is_file) {
        auto const ids = shipped_rule_sets();
        return tl::make_unexpected(Problems{
            {std::string(name), input::unknown("rule set", name, ids) + " A file ends in .json."}});
    }
    auto const path = std::filesystem::path(folder) / name;
    return input::read_file(path.string()).map([&](std::string const& text) {
        return RuleText{path.string(), path.parent_path().string(), text};
    });
}

/// Where a rule set may look for the one it extends: beside itself, and nowhere else.
Result<RuleText> find_parent(RuleText const& child, std::string const& name) {
    bool const leaves = name.find('/') != std::string::npos || name.find('\\') != std::string::npos;
    if (leaves) {
        return tl::make_unexpected(Problems{
            {"/extends",
             in_quotes(name) + " leaves the folder; expected a shipped id or a file beside"}});
    }
    auto found = find_rule_text(name, child.folder);
    if (!found) {
        for (Problem& problem : found.error()) {
            bool const named = problem.what.find(in_quotes(name)) != std::string::npos;
            problem = {"/extends", named ? problem.what : in_quotes(name) + " " + problem.what};
        }
    }
    return found;
}

/// Account and pool share what is paid in: their rates must fit, in every month and area.
void check_rates(RuleBook const& book, Problems& problems) {
    law::MoneyCalendar const calendar(book);
    auto const check = [&](YearMonth from) {
        law::MoneyTerms const& terms = calendar.at(from);
        std::vector<AreaId> areas{static_cast<AreaId>(0xffff)}; // any area without exceptions
        for (auto const& [area, rate] : terms.employer->exceptions) {
            areas.push_back(area);
        }
        for (auto const& [area, rate] : terms.individual->exceptions) {
            areas.push_back(area);
        }
        for (AreaId const area : areas) {
            if (law::pool_rate(terms, Kind::employed, area) < Rate{}) {
                problems.push_back({"/parameters/account.rate",
                                    fmt::format("from {} the account takes more than employer and "
                                                "employee pay",
                                                from.text())});
                return;
            }
        }
    };
    for (auto const& entry : book.account.rate.entries()) {
        check(entry.from);
    }
    for (auto const& entry : book.contribution.employer_rate.entries()) {
        check(entry.from);
    }
    for (auto const& entry : book.contribution.individual_rate.entries()) {
        check(entry.from);
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

Problems in_file(std::string const& name, Problems problems) {
    for (Problem& problem : problems) {
        problem.where = problem.where.empty() ? name : fmt::format("{}: {}", name, problem.where);
    }
    return problems;
}

/// Reads `text` over what it extends. `chain` holds the names of the files that led here.
Result<RuleBook>
read_chain(RuleText const& text, data::Tables const& tables, std::vector<std::string> chain) {
    chain.push_back(text.name);
    auto const json = input::parse_json(text.text);
    if (!json) {
        return tl::make_unexpected(in_file(text.name, json.error()));
    }
    Problems problems;
    RuleBook own;
    Head const head = read_head(*json, own, problems);
    Problems parents;
    RuleBook book;
    if (head.extends) {
        auto const parent = find_parent(text, *head.extends);
        if (!parent) {
            problems.insert(problems.end(), parent.error().begin(), parent.error().end());
        } else if (std::find(chain.begin(), chain.end(), parent->name) != chain.end()) {
            problems.push_back({"/extends", in_quotes(*head.extends) + " leads into a circle"});
        } else if (auto base = read_chain(*parent, tables, chain)) {
            book = std::move(*base);
        } else {
            parents = std::move(base.error());
        }
    }
    book.id = own.id;
    book.title_en = own.title_en;
    book.title_zh = own.title_zh;
    if (head.parameters != nullptr) {
        read_parameters(*head.parameters, {"/parameters", &problems}, tables, book);
    }
    if (problems.empty() && parents.empty()) {
        check_book(book, problems);
    }
    problems = in_file(text.name, std::move(problems));
    problems.insert(problems.end(), parents.begin(), parents.end());
    if (!problems.empty()) {
        return tl::make_unexpected(std::move(problems));
    }
    return book;
}

} // namespace

std::vector<std::string_view> shipped_rule_sets() {
    constexpr std::string_view prefix = "rules/";
    constexpr std::string_view suffix = ".json";
    std::vector<std::string_view> ids;
    for (auto const& file : data::shipped_files()) {
        if (file.name.starts_with(prefix) && file.name.ends_with(suffix)) {
            std::string_view id = file.name;
            id.remove_prefix(prefix.size());
            id.remove_suffix(suffix.size());
            ids.push_back(id);
        }
    }
    return ids;
}

Result<RuleBook> load_rules(std::string_view name, data::Tables const& tables) {
    return find_rule_text(name, "").and_then(
        [&](RuleText const& text) { return read_chain(text, tables, {}); });
}

Result<RuleBook>
read_rules(std::string_view name, std::string_view text, data::Tables const& tables) {
    auto const folder = std::filesystem::path(name).parent_path().string();
    return read_chain({std::string(name), folder, std::string(text)}, tables, {});
}

} // namespace pensim::rules

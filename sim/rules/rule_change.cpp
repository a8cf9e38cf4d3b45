#include "sim/rules/rule_change.hpp"

#include "core/law/rule_keys.hpp"
#include "sim/input/suggestion.hpp"
#include "sim/rules/rule_parameters.hpp"
#include "sim/rules/rule_values.hpp"

namespace pensim::rules {

namespace {

using law::RuleBook;
using law::RuleKey;

Problems unknown_parameter(std::string_view key) {
    std::vector<std::string_view> names;
    for (std::size_t number = 0; number < law::rule_count; ++number) {
        names.push_back(law::rule_name(number));
    }
    return {{std::string(key), input::unknown("parameter", key, names)}};
}

/// The book, unless it is faulty; faults of a parameter stand under its name.
Result<RuleBook> checked(RuleBook book) {
    constexpr std::string_view pointer = "/parameters/";
    Problems problems;
    check_book(book, problems);
    for (Problem& problem : problems) {
        if (problem.where.starts_with(pointer)) {
            problem.where.erase(0, pointer.size());
        }
    }
    if (!problems.empty()) {
        return tl::make_unexpected(std::move(problems));
    }
    return book;
}

} // namespace

Result<RuleBook> with_value(RuleBook const& book,
                            std::string_view key,
                            std::string_view json_value,
                            std::optional<YearMonth> from,
                            std::string_view source,
                            data::Tables const& tables) {
    auto const number = law::rule_number(key);
    if (!number) {
        return tl::make_unexpected(unknown_parameter(key));
    }
    auto const json = input::parse_json(json_value);
    if (!json) {
        return tl::make_unexpected(
            Problems{{std::string(key),
                      input::in_quotes(json_value)
                          + R"( is no value; expected one in JSON, such as 120, 0.12 or "year")"}});
    }
    Problems problems;
    RuleBook changed = book;
    law::visit_rules(changed, [&]<class T>(RuleKey const& visited, law::Dated<T>& dated) {
        if (law::number_of(visited.rule) != *number) {
            return;
        }
        typename law::Dated<T>::Entry entry;
        entry.from = from.value_or(YearMonth::first());
        entry.source = source;
        input::Place const place{std::string(key), &problems};
        if (read_value(*json, place, {tables.areas}, entry.value)) {
            dated.replace_from({std::move(entry)});
        }
    });
    if (!problems.empty()) {
        return tl::make_unexpected(std::move(problems));
    }
    return checked(std::move(changed));
}

Result<RuleBook> with_key_of(RuleBook const& base, RuleBook const& other, std::string_view key) {
    auto const number = law::rule_number(key);
    if (!number) {
        return tl::make_unexpected(unknown_parameter(key));
    }
    RuleBook changed = base;
    law::visit_rule_pairs(
        changed, other, [&](RuleKey const& visited, auto& mine, auto const& theirs) {
            if (law::number_of(visited.rule) == *number) {
                mine = theirs;
            }
        });
    return checked(std::move(changed));
}

} // namespace pensim::rules

#include "sim/rules/rule_table.hpp"

#include <algorithm>

#include "core/law/rule_keys.hpp"
#include "sim/input/text_out.hpp"
#include "sim/rules/rule_values.hpp"

namespace pensim::rules {

namespace {

/// Rows of one parameter, by month.
using Column = std::vector<RuleRow>;

RuleRow const& row_at(Column const& column, YearMonth month) {
    auto const after = std::find_if(
        column.begin(), column.end(), [&](RuleRow const& row) { return row.from > month; });
    return after == column.begin() ? column.front() : *(after - 1);
}

std::vector<YearMonth> changes_of(Column const& first, Column const& second) {
    std::vector<YearMonth> months{YearMonth::first()};
    for (Column const* const column : {&first, &second}) {
        for (RuleRow const& row : *column) {
            months.push_back(row.from);
        }
    }
    std::sort(months.begin(), months.end());
    months.erase(std::unique(months.begin(), months.end()), months.end());
    return months;
}

void append_differences(Column const& first,
                        Column const& second,
                        std::vector<RuleDifference>& differences) {
    bool open = false; // the last difference still runs
    for (YearMonth const month : changes_of(first, second)) {
        RuleRow const& a = row_at(first, month);
        RuleRow const& b = row_at(second, month);
        bool const same_as_before =
            open && differences.back().first == a.value && differences.back().second == b.value;
        if (same_as_before) {
            continue;
        }
        if (open) {
            differences.back().to = month.previous();
        }
        open = a.value != b.value;
        if (open) {
            differences.push_back({a.key,
                                   a.meaning_en,
                                   a.meaning_zh,
                                   month,
                                   std::nullopt,
                                   a.value,
                                   b.value,
                                   a.source,
                                   b.source});
        }
    }
}

std::vector<Column> columns_of(law::RuleBook const& book, AreaTable const& areas) {
    std::vector<Column> columns;
    law::visit_rules(book, [&](law::RuleKey const& key, auto const& dated) {
        Column& column = columns.emplace_back();
        for (auto const& entry : dated.entries()) {
            column.push_back({std::string(key.name),
                              std::string(key.unit),
                              std::string(key.en),
                              std::string(key.zh),
                              entry.from,
                              value_json(areas, entry.value),
                              entry.source});
        }
    });
    return columns;
}

/// What one part of a joined rule set says of one parameter.
struct Voice {
    std::string const* part = nullptr;
    Column column; ///< nothing, unless it sets the parameter
    [[nodiscard]] bool speaks(YearMonth month) const {
        return !column.empty() && column.front().from <= month;
    }
};

/// Where voice `loser` speaks and a later one says something else; of the later ones the last wins.
void append_overridden(std::vector<Voice> const& voices,
                       std::size_t loser,
                       std::vector<Overridden>& overridden) {
    Voice const& lost = voices[loser];
    std::vector<YearMonth> months;
    for (std::size_t i = loser; i < voices.size(); ++i) {
        for (RuleRow const& row : voices[i].column) {
            months.push_back(row.from);
        }
    }
    std::sort(months.begin(), months.end());
    months.erase(std::unique(months.begin(), months.end()), months.end());
    bool open = false; // the last one still runs
    for (YearMonth const month : months) {
        std::size_t winner = voices.size() - 1;
        while (winner > loser && !voices[winner].speaks(month)) {
            --winner;
        }
        if (winner == loser || !lost.speaks(month)) {
            continue;
        }
        RuleRow const& a = row_at(lost.column, month);
        RuleRow const& b = row_at(voices[winner].column, month);
        if (open) {
            RuleDifference& last = overridden.back().difference;
            if (overridden.back().winner == *voices[winner].part && last.first == a.value
                && last.second == b.value) {
                continue;
            }
            last.to = month.previous();
        }
        open = a.value != b.value;
        if (open) {
            overridden.push_back({*lost.part,
                                  *voices[winner].part,
                                  {a.key,
                                   a.meaning_en,
                                   a.meaning_zh,
                                   month,
                                   std::nullopt,
                                   a.value,
                                   b.value,
                                   a.source,
                                   b.source}});
        }
    }
}

} // namespace

std::vector<RuleRow> table_of(law::RuleBook const& book, AreaTable const& areas) {
    std::vector<RuleRow> rows;
    for (Column& column : columns_of(book, areas)) {
        rows.insert(rows.end(), column.begin(), column.end());
    }
    return rows;
}

std::vector<RuleDifference>
difference_of(law::RuleBook const& first, law::RuleBook const& second, AreaTable const& areas) {
    auto const left = columns_of(first, areas);
    auto const right = columns_of(second, areas);
    std::vector<RuleDifference> differences;
    for (std::size_t i = 0; i < left.size(); ++i) {
        append_differences(left[i], right[i], differences);
    }
    return differences;
}

std::vector<Overridden> overridden_in(Composition const& composition, AreaTable const& areas) {
    std::vector<std::vector<Column>> columns;
    for (RulePart const& part : composition.parts) {
        columns.push_back(columns_of(part.own, areas));
    }
    std::vector<Overridden> overridden;
    for (std::size_t rule = 0; rule < law::rule_count; ++rule) {
        std::vector<Voice> voices;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            voices.push_back({&composition.parts[i].name, std::move(columns[i][rule])});
        }
        for (std::size_t loser = 0; loser + 1 < voices.size(); ++loser) {
            append_overridden(voices, loser, overridden);
        }
    }
    return overridden;
}

std::string rules_json(law::RuleBook const& book, AreaTable const& areas) {
    std::string text = "{\n  \"schema\": \"pensim/rules/1\",\n  \"id\": ";
    input::append_json_text(text, book.id);
    text += ",\n  \"title\": {\"en\": ";
    input::append_json_text(text, book.title_en);
    text += ", \"zh\": ";
    input::append_json_text(text, book.title_zh);
    text += "},\n  \"parameters\": {";
    bool first_key = true;
    for (Column const& column : columns_of(book, areas)) {
        text += first_key ? "\n    " : ",\n    ";
        first_key = false;
        input::append_json_text(text, column.front().key);
        text += ": [";
        bool first_row = true;
        for (RuleRow const& row : column) {
            text += first_row ? "\n      {\"from\": \"" : ",\n      {\"from\": \"";
            first_row = false;
            text += row.from.text() + "\", \"value\": " + row.value + ", \"source\": ";
            input::append_json_text(text, row.source);
            text += '}';
        }
        text += ']';
    }
    return text + "\n  }\n}\n";
}

} // namespace pensim::rules

#include <algorithm>

#include <fmt/format.h>

#include "sim/app/commands.hpp"
#include "sim/input/text_out.hpp"
#include "sim/rules/rule_files.hpp"
#include "sim/rules/rule_table.hpp"

namespace pensim::app {

namespace {

bool chinese(RulesOptions const& options) {
    return options.language == "zh";
}

std::string title_of(law::RuleBook const& book, RulesOptions const& options) {
    return report::printable(chinese(options) ? book.title_zh : book.title_en);
}

void list_shipped(RulesOptions const& options, data::Tables const& tables, Results& results) {
    for (std::string_view const id : rules::shipped_rule_sets()) {
        auto const book = load_rules({std::string(id), ""}, tables);
        results.tell(fmt::format("{:<22}{}\n", id, title_of(book, options)));
    }
}

/// A value in a table: lists of ages are cut, JSON has them in full.
std::string shortened(std::string const& value) {
    constexpr std::size_t widest = 60;
    return value.size() <= widest ? value : value.substr(0, widest - 4) + " ...";
}

/// "law, then a, then b; later ones win", and where one wins over another.
void show_parts(rules::Composition const& made,
                RulesOptions const& options,
                data::Tables const& tables,
                Results& results) {
    bool const zh = chinese(options);
    auto const say = [&](char const* english, char const* chinese, auto const&... arguments) {
        results.tell(fmt::format(fmt::runtime(zh ? chinese : english), arguments...));
    };
    std::string order;
    for (rules::RulePart const& part : made.parts) {
        order += order.empty() ? part.name : (zh ? "，再 " : ", then ") + part.name;
    }
    say("{}; later ones win\n", "依次叠加：{}；后者优先。\n", order);
    for (rules::RulePart const& part : made.parts) {
        if (!part.adds) {
            say("{} adds nothing: what stands before it contains it\n",
                "{} 已包含在前者之中，不再改变任何参数。\n",
                part.name);
        }
    }
    std::string key;
    for (auto const& [loser, winner, d] : rules::overridden_in(made, tables.areas)) {
        if (d.key != key) {
            key = d.key;
            results.tell(fmt::format("\n{}  {}\n", d.key, zh ? d.meaning_zh : d.meaning_en));
        }
        say("  {} .. {}  {} wins with {} over {} with {}\n",
            "  {} .. {}  {}（{}）优先于 {}（{}）\n",
            d.from.text(),
            d.to ? d.to->text() : "       ",
            winner,
            shortened(d.second),
            loser,
            shortened(d.first));
    }
}

void show_table(law::RuleBook const& book,
                RulesOptions const& options,
                data::Tables const& tables,
                Results& results) {
    auto const rows = rules::table_of(book, tables.areas);
    std::size_t width = 0;
    for (auto const& row : rows) {
        width = std::max(width, shortened(row.value).size());
    }
    std::string key;
    for (auto const& row : rows) {
        if (row.key != key) {
            key = row.key;
            results.tell(fmt::format("\n{}  ({}) {}\n",
                                     row.key,
                                     row.unit,
                                     chinese(options) ? row.meaning_zh : row.meaning_en));
        }
        results.tell(fmt::format("  {}  {:<{}}  {}\n",
                                 row.from.text(),
                                 shortened(row.value),
                                 width,
                                 report::printable(row.source)));
    }
}

void diff_json(std::vector<rules::RuleDifference> const& differences, Results& results) {
    results.write("[");
    bool first = true;
    for (auto const& d : differences) {
        std::string line = first ? "\n  {\"key\": " : ",\n  {\"key\": ";
        first = false;
        input::append_json_text(line, d.key);
        line += ", \"from\": \"" + d.from.text() + "\", \"to\": ";
        line += d.to ? "\"" + d.to->text() + "\"" : "null";
        line += ", \"a\": " + d.first + ", \"b\": " + d.second + ", \"source_a\": ";
        input::append_json_text(line, d.first_source);
        line += ", \"source_b\": ";
        input::append_json_text(line, d.second_source);
        line += '}';
        results.write(line);
    }
    results.write("\n]\n");
}

void diff_table(law::RuleBook const& a,
                law::RuleBook const& b,
                std::vector<rules::RuleDifference> const& differences,
                RulesOptions const& options,
                Results& results) {
    results.tell(fmt::format(
        "A  {}: {}\nB  {}: {}\n", a.id, title_of(a, options), b.id, title_of(b, options)));
    if (differences.empty()) {
        results.write(chinese(options) ? "\n没有差别。\n" : "\nno difference\n");
    }
    std::string key;
    for (auto const& d : differences) {
        if (d.key != key) {
            key = d.key;
            results.tell(
                fmt::format("\n{}  {}\n", d.key, chinese(options) ? d.meaning_zh : d.meaning_en));
        }
        results.tell(fmt::format("  {} .. {}\n    A  {}  [{}]\n    B  {}  [{}]\n",
                                 d.from.text(),
                                 d.to ? d.to->text() : "       ",
                                 d.first,
                                 report::printable(d.first_source),
                                 d.second,
                                 report::printable(d.second_source)));
    }
}

} // namespace

int rules_show(RulesOptions const& options) {
    data::Tables const tables = load_tables(options.setting);
    Results results(options.output);
    if (options.first.empty()) {
        list_shipped(options, tables, results);
    } else {
        auto const made = value_or_throw(rules::compose_rules(options.first, tables));
        if (options.json) {
            results.write(rules::rules_json(made.book, tables.areas));
        } else {
            results.tell(fmt::format("{}: {}\n", made.book.id, title_of(made.book, options)));
            if (made.parts.size() > 1) {
                show_parts(made, options, tables, results);
            }
            show_table(made.book, options, tables, results);
        }
    }
    results.finish();
    return exit_done;
}

int rules_diff(RulesOptions const& options) {
    data::Tables const tables = load_tables(options.setting);
    law::RuleBook const a = load_rules({options.first, ""}, tables);
    law::RuleBook const b = load_rules({options.second, ""}, tables);
    auto const differences = rules::difference_of(a, b, tables.areas);
    Results results(options.output);
    if (options.json) {
        diff_json(differences, results);
    } else {
        diff_table(a, b, differences, options, results);
    }
    results.finish();
    return exit_done;
}

} // namespace pensim::app

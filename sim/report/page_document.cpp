#include "sim/report/page_document.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "sim/report/table_maker.hpp"
#include "sim/report/tile_map.hpp"
#include "sim/rules/rule_table.hpp"
#include "sim/story/words.hpp"

namespace pensim::report {

namespace {

using input::Members;

void append_text(std::string& out, Bilingual const& text) {
    Members members(out);
    members.text("en", text.en);
    members.text("zh", text.zh);
}

void put_optional(Members& members, std::string_view name, std::optional<Bilingual> const& text) {
    if (text) {
        put_text(members, name, *text);
    } else {
        members.key(name) += "null";
    }
}

/// Numbers in a row, without blanks: most of a document is this.
template <class Append>
void append_numbers(std::string& out, std::size_t rows, Append const& append) {
    out += '[';
    for (std::size_t row = 0; row < rows; ++row) {
        out += row == 0 ? "" : ",";
        append(row);
    }
    out += ']';
}

/// Fen in whole yuan, half away from zero.
std::int64_t whole_yuan(std::int64_t fen) {
    return (fen + (fen < 0 ? -50 : 50)) / 100;
}

class TableWriter {
  public:
    TableWriter(Table const& table, AreaTable const& areas) : table_(table), areas_(areas) {
        area_ids_ = area_words(areas);
        auto const unit =
            std::find_if(table.columns.begin(), table.columns.end(), [](Column const& c) {
                return c.name == "unit" && c.kind == Column::Kind::word;
            });
        units_ = unit == table.columns.end() ? nullptr : &*unit;
    }
    void append_to(std::string& out, bool filed) const {
        Members m(out);
        put_text(m, "title", title_of(table_.name));
        put_text(m, "note", note_of(table_.name));
        m.key("file") += filed ? fmt::format("\"{}.csv\"", table_.name) : "null";
        m.number("rows", static_cast<std::int64_t>(table_.rows));
        input::append_list(m.key("columns"), table_.columns, [&](Column const& column) {
            append_column(out, column);
        });
    }

  private:
    void append_column(std::string& out, Column const& column) const {
        Label const label = label_of(table_.name, column);
        Members m(out);
        m.text("name", column.name);
        put_text(m, "label", label.name);
        m.text("unit", word_of(label.unit));
        m.number("digits", digits_of(column, label.unit));
        if (column.kind == Column::Kind::word) {
            append_words(m, column);
        }
        append_data(m.key("data"), column, label.unit);
    }
    /// Decimals to show: of a share, those of the percentage.
    [[nodiscard]] int digits_of(Column const& column, Unit unit) const {
        return whole(column, unit) ? 0 : unit == Unit::share ? 1 : column.decimals;
    }
    /// Amounts, and numbers of what simulated lives stand for, have no places. A table with units
    /// of its own tells for each row what it counts.
    [[nodiscard]] bool whole(Column const& column, Unit unit) const {
        return column.kind != Column::Kind::real || unit == Unit::yuan || unit == Unit::people
               || (units_ != nullptr && column.weighted);
    }
    void append_words(Members& m, Column const& column) const {
        if (column.words == area_ids_) {
            m.text("words", "areas");
            return;
        }
        input::append_list(m.key("words"), column.words, [&](std::string const& word) {
            Members entry(m.out());
            entry.text("id", word);
            put_text(entry, "label", label_of_word(table_.name, column.name, word, areas_));
        });
    }
    void append_data(std::string& out, Column const& column, Unit unit) const {
        append_numbers(out, table_.rows, [&](std::size_t row) {
            switch (column.kind) {
            case Column::Kind::word:
                // No area is no word.
                input::append_number(
                    out,
                    column.words[column.codes[row]].empty() ? -1 : std::int64_t{column.codes[row]});
                break;
            case Column::Kind::yuan:
                input::append_number(out, whole_yuan(column.whole[row]));
                break;
            case Column::Kind::quantity:
                input::append_number(
                    out, column.in_fen[row] ? whole_yuan(column.whole[row]) : column.whole[row]);
                break;
            case Column::Kind::whole:
                input::append_number(out, column.whole[row]);
                break;
            case Column::Kind::real:
                append_real(out, column.real[row], whole(column, unit) ? 0 : column.decimals);
                break;
            }
        });
    }
    static void append_real(std::string& out, double number, int decimals) {
        if (!std::isfinite(number)) {
            out += "null";
        } else {
            double const nothing = 0.5 * std::pow(10, -decimals); // and no "-0"
            fmt::format_to(std::back_inserter(out),
                           "{:.{}f}",
                           std::abs(number) < nothing ? 0.0 : number,
                           decimals);
        }
    }

    Table const& table_;
    AreaTable const& areas_;
    std::vector<std::string> area_ids_;
    Column const* units_ = nullptr; ///< what each row counts, if the rows differ in it
};

/// How many areas the tables need, in the order of the area table: those that always exist, and
/// others up to the last one that stands in a table.
std::size_t areas_in(Presentation const& presentation, AreaTable const& areas) {
    auto const ids = area_words(areas);
    std::size_t needed = areas.default_count();
    for (auto const* const list : {&presentation.tables, &presentation.page_tables}) {
        for (Table const& table : *list) {
            for (Column const& column : table.columns) {
                if (column.words != ids) {
                    continue;
                }
                for (std::uint32_t const code : column.codes) {
                    needed = std::max<std::size_t>(needed, code < areas.size() ? code + 1 : 0);
                }
            }
        }
    }
    return needed;
}

void put_areas(Members& m, AreaTable const& areas, std::size_t needed) {
    std::vector<Area> const shown(areas.all().begin(),
                                  areas.all().begin() + static_cast<std::ptrdiff_t>(needed));
    input::append_list(m.key("areas"), shown, [&](Area const& area) {
        Members entry(m.out());
        entry.text("id", area.id);
        put_text(entry,
                 "name",
                 {area.name_en.empty() ? area.id : area.name_en,
                  area.name_zh.empty() ? area.id : area.name_zh});
        auto const tile = tile_of(area.id);
        entry.key("tile") += tile ? fmt::format("[{}, {}]", tile->column, tile->row) : "null";
    });
}

void put_rules(Members& m, law::RuleBook const& book, AreaTable const& areas) {
    auto const rows = rules::table_of(book, areas);
    Members rules(m.key("rules"));
    rules.text("id", book.id);
    put_text(rules, "title", {book.title_en, book.title_zh});
    std::set<std::string> cited;
    std::string& out = rules.key("parameters");
    out += '[';
    for (auto first = rows.begin(); first != rows.end();) {
        auto const last =
            std::find_if(first, rows.end(), [&](auto const& row) { return row.key != first->key; });
        out += first == rows.begin() ? "" : ", ";
        Members parameter(out);
        parameter.text("key", first->key);
        parameter.text("unit", first->unit);
        put_text(parameter, "meaning", {first->meaning_en, first->meaning_zh});
        input::append_list(
            parameter.key("values"), std::vector(first, last), [&](rules::RuleRow const& row) {
                Members value(out);
                value.text("from", row.from == YearMonth::first() ? "" : row.from.text());
                value.text("value", row.value);
                value.text("source", row.source);
                cited.insert(row.source.substr(0, row.source.find(' ')));
            });
        first = last;
    }
    out += ']';
    std::erase_if(cited,
                  [](std::string const& key) { return story::find_document(key) == nullptr; });
    input::append_list(rules.key("documents"), cited, [&](std::string const& key) {
        story::Document const& document = *story::find_document(key);
        Members entry(out);
        entry.text("key", key);
        put_text(entry, "title", {std::string(document.en), std::string(document.zh)});
    });
}

void put_reproduce(Members& m, Presentation const& presentation) {
    Members reproduce(m.key("reproduce"));
    reproduce.text("command", presentation.command);
    input::append_list(reproduce.key("facts"), presentation.facts, [&](Fact const& fact) {
        Members entry(m.out());
        put_text(entry, "label", fact.label);
        entry.text("value", fact.value);
    });
}

} // namespace

void put_text(Members& members, std::string_view name, Bilingual const& text) {
    append_text(members.key(name), text);
}

void put_headlines(Members& members,
                   std::string_view name,
                   std::vector<Headline> const& headlines) {
    input::append_list(members.key(name), headlines, [&](Headline const& headline) {
        Members entry(members.out());
        put_text(entry, "label", headline.label);
        put_text(entry, "value", headline.value);
        put_optional(entry, "error", headline.error);
        put_optional(entry, "note", headline.note);
    });
}

void put_texts(Members& members, std::string_view name, std::vector<Bilingual> const& texts) {
    input::append_list(
        members.key(name), texts, [&](Bilingual const& text) { append_text(members.out(), text); });
}

std::string page_json(Presentation const& presentation,
                      scenario::Simulation const& simulation,
                      SummaryLanguage language,
                      MorePage const& more) {
    AreaTable const& areas = simulation.tables.areas;
    scenario::Horizon const& horizon = simulation.scenario.horizon;
    std::string out;
    {
        Members m(out);
        m.text("schema", "pensim/page/1");
        m.text("kind", presentation.kind);
        m.text("language", language == SummaryLanguage::zh ? "zh" : "en");
        put_text(m, "title", presentation.title);
        put_text(m, "question", presentation.question);
        put_text(m, "answer", presentation.answer);
        put_headlines(m, "headlines", presentation.headlines);
        put_texts(m, "notes", presentation.notes);
        put_areas(m, areas, areas_in(presentation, areas));
        m.key("horizon") += fmt::format("[{}, {}]", horizon.first, horizon.last);
        {
            Members tables(m.key("tables"));
            auto const put = [&](std::vector<Table> const& list, bool filed) {
                for (Table const& table : list) {
                    TableWriter(weighted(table), areas).append_to(tables.key(table.name), filed);
                }
            };
            put(presentation.tables, true);
            put(presentation.page_tables, false);
        }
        put_rules(m, simulation.law->book(), areas);
        put_reproduce(m, presentation);
        if (more) {
            more(m);
        }
    }
    return out;
}

} // namespace pensim::report

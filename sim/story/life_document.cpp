#include "sim/story/life_document.hpp"

#include <algorithm>
#include <array>

#include "sim/input/json_out.hpp"
#include "sim/rules/rule_table.hpp"
#include "sim/story/answer.hpp"
#include "sim/story/spans.hpp"
#include "sim/story/story.hpp"

namespace pensim::story {

namespace {

using input::append_list;
using input::Members;

/// In the order of MarkKind.
constexpr std::array<std::string_view, 9> mark_words{"transfer",
                                                     "claim",
                                                     "settlement",
                                                     "departure",
                                                     "return",
                                                     "termination",
                                                     "death",
                                                     "refund",
                                                     "bridge"};

constexpr Words title_words{"A pension's story: {0}", "养老金的由来：{0}"};
constexpr Words question_words{"Which province pays, what money moves, and why?",
                               "由哪个省份支付，转移多少资金，依据是什么？"};
constexpr Words residents_scheme{"residents' scheme", "城乡居民养老保险"};

class LifeWriter {
  public:
    LifeWriter(std::string& out,
               cases::Law const& law,
               cases::Case const& person,
               Outcome const& outcome,
               std::vector<Line> english,
               std::vector<Line> chinese)
        : out_(out), law_(law), person_(person), life_(person.life), outcome_(outcome),
          english_(std::move(english)), chinese_(std::move(chinese)),
          spans_(spans_of(law.context(), person.life)),
          en_(Language::en, life_.group, law.tables().areas),
          zh_(Language::zh, life_.group, law.tables().areas) {
        collect_areas();
    }

    void write(Language language, Reproduction const& reproduction) {
        Members m(out_);
        m.text("schema", "pensim/page/1");
        m.text("kind", "life");
        m.text("language", language == Language::en ? "en" : "zh");
        m.key("title");
        write_text(life_title(person_, Language::en), life_title(person_, Language::zh));
        m.key("question");
        write_words(question_words);
        m.key("answer");
        write_text(answer(en_, life_, outcome_), answer(zh_, life_, outcome_));
        m.key("headlines");
        write_headlines();
        m.key("notes") += '[';
        if (!person_.note.empty()) {
            write_text(person_.note, person_.note);
        }
        out_ += ']';
        append_list(m.key("areas"), areas_, [&](AreaId id) { write_area(id); });
        m.key("horizon");
        write_horizon();
        m.key("tables") += "{}";
        m.key("person");
        write_person();
        append_list(m.key("records"), spans_, [&](Span const& span) { write_span(span); });
        append_list(m.key("spells"), spells_of(spans_, life_), [&](Spell const& spell) {
            Members inside(out_);
            area_index(inside, "area", spell.area);
            inside.month("from", spell.from);
            inside.month("to", spell.to);
            inside.number("months", spell.months);
            inside.text("state", word_of(spell.state));
        });
        m.key("events");
        write_events();
        m.key("lines");
        write_lines();
        m.key("rules");
        write_rules();
        m.key("reproduce");
        write_reproduction(reproduction);
    }

  private:
    void write_text(std::string_view en, std::string_view zh) {
        Members m(out_);
        m.text("en", en);
        m.text("zh", zh);
    }
    void write_words(Words const& words) { write_text(words.en, words.zh); }

    /// In the order of first payment, then those that only money or a decision reached.
    void collect_areas() {
        std::vector<Record const*> records;
        for (Record const& record : life_.records) {
            records.push_back(&record);
        }
        std::stable_sort(records.begin(), records.end(), [](auto const* a, auto const* b) {
            return a->from < b->from;
        });
        for (Record const* const record : records) {
            add_area(record->area);
        }
        for (Line const& line : english_) {
            if (line.mark && line.mark->from) {
                add_area(*line.mark->from);
            }
            if (line.mark && line.mark->to) {
                add_area(*line.mark->to);
            }
        }
        if (outcome_.benefit_area) {
            add_area(*outcome_.benefit_area);
        }
    }
    void add_area(AreaId id) {
        if (std::find(areas_.begin(), areas_.end(), id) == areas_.end()) {
            areas_.push_back(id);
        }
    }
    void write_area(AreaId id) {
        Area const& area = law_.tables().areas[id];
        Members m(out_);
        m.text("id", area.id);
        m.key("name");
        write_text(area.name_en.empty() ? area.id : area.name_en,
                   area.name_zh.empty() ? area.id : area.name_zh);
        m.key("tile") += "null";
    }
    /// Its place in the document's areas.
    void area_index(Members& m, std::string_view key, std::optional<AreaId> id) {
        if (!id) {
            m.key(key) += "null";
            return;
        }
        m.number(key, std::find(areas_.begin(), areas_.end(), *id) - areas_.begin());
    }

    void write_headlines() {
        auto const english = headlines(en_, outcome_);
        auto const chinese = headlines(zh_, outcome_);
        out_ += '[';
        for (std::size_t i = 0; i < english.size(); ++i) {
            out_ += i > 0 ? ", " : "";
            Members m(out_);
            m.key("label");
            write_text(english[i].label, chinese[i].label);
            m.key("value");
            write_text(english[i].value, chinese[i].value);
            m.key("error") += "null";
            m.key("note");
            if (english[i].note.empty()) {
                out_ += "null";
            } else {
                write_text(english[i].note, chinese[i].note);
            }
        }
        out_ += ']';
    }

    /// The years of the bars and marks; of a life without any, that of T.
    void write_horizon() {
        YearMonth first = YearMonth::last();
        YearMonth last = YearMonth::first();
        auto const reach = [&](YearMonth from, YearMonth to) {
            first = std::min(first, from);
            last = std::max(last, to);
        };
        for (Span const& span : spans_) {
            reach(span.from, span.to);
        }
        for (Line const& line : english_) {
            if (line.mark) {
                reach(line.mark->month, line.mark->month);
            }
        }
        if (last < first) {
            reach(outcome_.counting_month, outcome_.counting_month);
        }
        out_ += '[';
        input::append_number(out_, first.year());
        out_ += ", ";
        input::append_number(out_, last.year());
        out_ += ']';
    }

    void write_person() {
        auto const english = person_facts(en_, life_);
        auto const chinese = person_facts(zh_, life_);
        Members m(out_);
        m.text("id", person_.id);
        m.key("facts") += '[';
        for (std::size_t i = 0; i < english.size(); ++i) {
            out_ += i > 0 ? ", " : "";
            Members fact(out_);
            fact.key("label");
            write_text(english[i].label, chinese[i].label);
            fact.key("value");
            write_text(english[i].value, chinese[i].value);
        }
        out_ += ']';
    }

    /// `months`: what the bar counts for, or would have; a residents' base is for a year.
    void write_span(Span const& span) {
        Record const& record = life_.records[static_cast<std::size_t>(span.record)];
        bool const resident = record.scheme == Scheme::resident;
        bool const lump = record.kind == Kind::lump_sum;
        Members m(out_);
        m.number("record", span.record);
        area_index(m, "area", record.area);
        m.month("from", span.from);
        m.month("to", span.to);
        m.number("months", lump ? record.lump_months : (span.to - span.from).count() + 1);
        m.key("kind");
        write_words(resident ? residents_scheme
                             : Words{name_of(record.kind, Language::en),
                                     name_of(record.kind, Language::zh)});
        m.yuan("base", record.base);
        m.text("period", resident ? "year" : "month");
        m.text("state", word_of(span.state));
    }

    void write_events() {
        out_ += '[';
        bool first = true;
        for (std::size_t i = 0; i < english_.size(); ++i) {
            if (!english_[i].mark) {
                continue;
            }
            out_ += first ? "" : ", ";
            first = false;
            write_event(*english_[i].mark, i);
        }
        out_ += ']';
    }
    void write_event(Mark const& mark, std::size_t line) {
        auto const name = [&](Language language) {
            return mark.transfer ? name_of(*mark.transfer, language) : name_of(mark.kind, language);
        };
        auto const amount = [](Members& m, std::string_view key, std::optional<Fen> fen) {
            if (fen) {
                m.yuan(key, *fen);
            } else {
                m.key(key) += "null";
            }
        };
        Members m(out_);
        m.month("month", mark.month);
        m.text("kind", mark_words[static_cast<std::size_t>(mark.kind)]);
        m.key("label");
        write_text(name(Language::en), name(Language::zh));
        area_index(m, "from", mark.from);
        area_index(m, "to", mark.to);
        amount(m, "account", mark.account);
        amount(m, "pooled", mark.pooled);
        m.number("line", static_cast<std::int64_t>(line));
    }

    void write_lines() {
        out_ += '[';
        for (std::size_t i = 0; i < english_.size(); ++i) {
            Line const& line = english_[i];
            out_ += i > 0 ? ", " : "";
            Members m(out_);
            m.text("time", line.time);
            m.key("text");
            write_text(line.text, chinese_[i].text);
            m.key("law");
            if (line.law) {
                write_text(citation_text(*line.law, Language::en),
                           citation_text(*line.law, Language::zh));
            } else {
                out_ += "null";
            }
            m.number("indent", line.indent);
            m.flag("heading", line.heading);
            m.flag("routine", line.routine);
            if (line.record) {
                m.number("record", *line.record);
            }
        }
        out_ += ']';
    }

    void write_rules() {
        auto const rows = rules::table_of(law_.book(), law_.tables().areas);
        Members m(out_);
        m.text("id", law_.book().id);
        m.key("title");
        write_text(law_.book().title_en, law_.book().title_zh);
        m.key("parameters") += '[';
        for (std::size_t i = 0; i < rows.size();) {
            out_ += i > 0 ? ", " : "";
            Members parameter(out_);
            parameter.text("key", rows[i].key);
            parameter.key("meaning");
            write_text(rows[i].meaning_en, rows[i].meaning_zh);
            parameter.key("values") += '[';
            std::string const key = rows[i].key;
            for (bool first = true; i < rows.size() && rows[i].key == key; ++i, first = false) {
                out_ += first ? "" : ", ";
                Members value(out_);
                value.text("from", rows[i].from == YearMonth::first() ? "" : rows[i].from.text());
                value.text("value", rows[i].value);
                value.text("source", rows[i].source);
            }
            out_ += ']';
        }
        out_ += ']';
        append_list(m.key("documents"), documents_cited(english_), [&](Document const& document) {
            Members cited(out_);
            cited.text("key", document.key);
            cited.key("title");
            write_text(document.en, document.zh);
        });
    }

    void write_reproduction(Reproduction const& reproduction) {
        Members m(out_);
        m.text("command", reproduction.command);
        append_list(m.key("facts"), reproduction.facts, [&](auto const& fact) {
            Members inside(out_);
            inside.key("label");
            write_words(fact.first);
            inside.text("value", fact.second);
        });
    }

    std::string& out_;
    cases::Law const& law_;
    cases::Case const& person_;
    Life const& life_;
    Outcome const& outcome_;
    std::vector<Line> english_;
    std::vector<Line> chinese_;
    std::vector<Span> spans_;
    std::vector<AreaId> areas_;
    Page en_;
    Page zh_;
};

} // namespace

std::string life_title(cases::Case const& person, Language language) {
    return fmt::format(fmt::runtime(title_words.in(language)), person.id);
}

std::string life_document(cases::Law const& law,
                          cases::Case& person,
                          std::string const& pointer,
                          Language language,
                          Reproduction const& reproduction) {
    auto english = lines(law, person, pointer, Language::en);
    if (english.empty()) {
        return {};
    }
    auto chinese = lines(law, person, pointer, Language::zh);
    law::Decider decider = law.decider();
    Outcome const* const outcome = cases::decide_case(decider, person, pointer, law.tables().areas);
    PENSIM_EXPECT(outcome != nullptr && english.size() == chinese.size());
    std::string out;
    LifeWriter(out, law, person, *outcome, std::move(english), std::move(chinese))
        .write(language, reproduction);
    return out;
}

} // namespace pensim::story

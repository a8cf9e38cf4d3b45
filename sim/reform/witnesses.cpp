#include "sim/reform/witnesses.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/law/words.hpp"
#include "sim/cases/case_out.hpp"
#include "sim/cases/outcome_json.hpp"
#include "sim/reform/change_names.hpp"
#include "sim/story/story.hpp"

namespace pensim::reform {

namespace {

using engine::Change;

/// One person under one rule set, drawn and decided.
class Telling {
  public:
    Telling(cases::Law const& law, engine::Setup const& setup, data::Tables const& tables)
        : law_(law), drawer_(setup.world, setup.law, setup.limits), decider_(law.decider()),
          tables_(tables) {}

    void draw(random::Key key, std::uint64_t person, std::string id) {
        life_ = drawer_.draw(key, person).life;
        id_ = std::move(id);
        bool const sound = decider_.decide(life_);
        PENSIM_EXPECT(sound); // the run has decided it
    }
    void append_case(std::string& out, std::string const& note) const {
        std::string expect;
        cases::append_outcome(expect, id_, life_.group, decider_.outcome(), tables_);
        cases::append_case(out, id_, life_, tables_.areas, {note, expect});
    }
    [[nodiscard]] WitnessStory story() const {
        cases::Case person;
        person.id = id_;
        person.life = life_;
        person.records_read.assign(person.life.records.size(), true);
        return {story::lines(law_, person, "", story::Language::en),
                story::lines(law_, person, "", story::Language::zh)};
    }

  private:
    cases::Law const& law_;
    world::LifeDrawer drawer_;
    law::Decider decider_;
    data::Tables const& tables_;
    Life life_;
    std::string id_;
};

std::string text_of(WitnessStory const& story, story::Language language) {
    return story::to_text(language == story::Language::zh ? story.zh : story.en, language);
}

/// A file name from the name of a rule set.
std::string slug(std::string const& name) {
    std::string out;
    for (char const c : name) {
        bool const plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
                           || (c >= 'A' && c <= 'Z') || c == '-' || c == '+' || c == '_';
        out += plain ? c : '-';
    }
    return out;
}

/// A name that no file has yet: "rules-mine.json", then "rules-mine-2.json".
std::string free_name(Witnesses const& out, std::string const& stem, std::string const& end) {
    auto const taken = [&](std::string const& name) {
        return std::any_of(out.files.begin(), out.files.end(), [&](WitnessFile const& f) {
            return f.name == name;
        });
    };
    std::string name = stem;
    for (int i = 2; taken(name + end); ++i) {
        name = fmt::format("{}-{}", stem, i);
    }
    return name + end;
}

/// Is it a shipped id, or several joined? A file would be looked for beside the cases.
bool is_shipped(rules::Composition const& composition) {
    auto const shipped = rules::shipped_rule_sets();
    return std::all_of(
        composition.parts.begin(), composition.parts.end(), [&](rules::RulePart const& part) {
            return std::find(shipped.begin(), shipped.end(), part.name) != shipped.end();
        });
}

/// Shipped rule sets are named by case files; others go beside them, whole.
std::string rules_beside(law::RuleBook const& book, data::Tables const& tables, Witnesses& out) {
    auto const named = rules::compose_rules(book.id, tables);
    if (named && is_shipped(*named)
        && rules::difference_of(named->book, book, tables.areas).empty()) {
        return book.id;
    }
    std::string text = rules::rules_json(book, tables.areas);
    auto const known = std::find_if(
        out.files.begin(), out.files.end(), [&](WitnessFile const& f) { return f.text == text; });
    if (known != out.files.end()) {
        return known->name;
    }
    out.files.push_back({free_name(out, "rules-" + slug(book.id), ".json"), std::move(text)});
    return out.files.back().name;
}

void add_reform(Comparison const& comparison,
                ComparisonPlan const& plan,
                ReformSet const& reforms,
                std::size_t r,
                story::Language language,
                Witnesses& out) {
    scenario::Simulation const& simulation = plan.simulation;
    std::string const& reform = plan.reforms[r].name;
    Telling before(*simulation.law, plan.baseline, simulation.tables);
    Telling after(reforms.law(r), plan.reforms[r].setup, simulation.tables);
    std::string const note = fmt::format("scenario {}, seed {}: {} against {}",
                                         simulation.scenario.id,
                                         simulation.scenario.run.seed,
                                         simulation.law->book().id,
                                         reform);
    auto const head = [&](cases::Law const& law) {
        return cases::cases_head(rules_beside(law.book(), simulation.tables, out), note);
    };
    std::string cases_before = head(*simulation.law);
    std::string cases_after = head(reforms.law(r));
    std::string stories;
    bool first = true;
    for (auto const& [kind, kept] : comparison.reforms[r].people.witnesses) {
        for (engine::Witness const& witness : kept) {
            std::string const id =
                plan.simulation.scenario.run.replicates == 1
                    ? fmt::format("{}", witness.person.person)
                    : fmt::format("{}.{}", witness.person.replicate, witness.person.person);
            auto const key = simulation.key(witness.person.replicate);
            std::string const change = kind_text(kind);
            before.draw(key, witness.person.person, id);
            after.draw(key, witness.person.person, id);
            cases_before += first ? "" : ",\n";
            cases_after += first ? "" : ",\n";
            first = false;
            before.append_case(cases_before, change);
            after.append_case(cases_after, change);
            WitnessLine const& line = out.lines.emplace_back(
                WitnessLine{reform, change, id, kind, before.story(), after.story()});
            stories += fmt::format("======== {}: {}\n\n-------- {}\n\n{}\n-------- {}\n\n{}\n",
                                   id,
                                   change,
                                   simulation.law->book().id,
                                   text_of(line.before, language),
                                   reform,
                                   text_of(line.after, language));
        }
    }
    cases_before += cases::cases_end();
    cases_after += cases::cases_end();
    std::string const name = free_name(out, "witnesses-" + slug(reform), ".txt");
    std::string const stem = name.substr(0, name.rfind('.'));
    out.files.push_back({stem + "-before.json", std::move(cases_before)});
    out.files.push_back({stem + "-after.json", std::move(cases_after)});
    out.files.push_back({name, std::move(stories)});
}

} // namespace

std::string kind_text(engine::WitnessKind const& kind) {
    switch (kind.what) {
    case Change::status:
        return fmt::format("status: {} -> {}",
                           word(static_cast<Status>(kind.from)),
                           word(static_cast<Status>(kind.to)));
    case Change::benefit_area:
    case Change::branch:
        return fmt::format("{}: {} -> {}",
                           word_of(kind.what),
                           word(static_cast<Branch>(kind.from)),
                           word(static_cast<Branch>(kind.to)));
    case Change::months_short:
    case Change::pension:
        return fmt::format("{}: {}", word_of(kind.what), kind.to == 0 ? "less" : "more");
    case Change::transfers:
    case Change::books:
    case Change::count_:
        break;
    }
    return std::string(word_of(kind.what));
}

report::Bilingual kind_label(engine::WitnessKind const& kind) {
    AreaTable const no_areas;
    auto const of = [&](char const* column, std::string_view word) {
        return report::label_of_word(column, word, no_areas);
    };
    report::Bilingual what = of("change", word_of(kind.what));
    auto const ends = [&](std::string_view from, std::string_view to) {
        auto const a = of("from", from);
        auto const b = of("to", to);
        return report::Bilingual{fmt::format("{}: {} → {}", what.en, a.en, b.en),
                                 fmt::format("{}：{} → {}", what.zh, a.zh, b.zh)};
    };
    switch (kind.what) {
    case Change::status:
        return ends(word(static_cast<Status>(kind.from)), word(static_cast<Status>(kind.to)));
    case Change::benefit_area:
    case Change::branch:
        return ends(word(static_cast<Branch>(kind.from)), word(static_cast<Branch>(kind.to)));
    case Change::months_short:
    case Change::pension:
        return {fmt::format("{}: {}", what.en, kind.to == 0 ? "less" : "more"),
                fmt::format("{}：{}", what.zh, kind.to == 0 ? "减少" : "增加")};
    case Change::transfers:
    case Change::books:
    case Change::count_:
        break;
    }
    return what;
}

Witnesses witnesses_of(Comparison const& comparison,
                       ComparisonPlan const& plan,
                       ReformSet const& reforms,
                       story::Language language) {
    Witnesses out;
    for (std::size_t r = 0; r < plan.reforms.size(); ++r) {
        add_reform(comparison, plan, reforms, r, language, out);
    }
    return out;
}

} // namespace pensim::reform

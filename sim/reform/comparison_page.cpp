#include "sim/reform/comparison_page.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/law/words.hpp"
#include "sim/reform/change_names.hpp"
#include "sim/reform/comparison_figures.hpp"
#include "sim/reform/comparison_tables.hpp"
#include "sim/reform/reform_words.hpp"
#include "sim/report/table_maker.hpp"
#include "sim/rules/rule_table.hpp"

namespace pensim::reform {

namespace {

using engine::Change;
using input::Members;
using report::Bilingual;
using report::Column;
using report::Headline;
using report::Table;
using report::TableMaker;

// ---- in words -----------------------------------------------------------------------------------

Bilingual title_of_baseline(scenario::Simulation const& simulation) {
    law::RuleBook const& book = simulation.law->book();
    return {book.title_en.empty() ? book.id : book.title_en,
            book.title_zh.empty() ? book.id : book.title_zh};
}

std::string names_of(ComparisonPlan const& plan, char const* comma) {
    std::string names;
    for (Reform const& reform : plan.reforms) {
        names += (names.empty() ? "" : comma) + reform.name;
    }
    return names;
}

/// Several reforms: how many each changes, a headline each.
void tell_all(Comparison const& comparison,
              ComparisonPlan const& plan,
              report::Presentation& page) {
    ComparisonFigures const figures(comparison);
    double const weight = plan.simulation.weight();
    page.question = {"What does each of these reforms change, and for whom?",
                     "这些方案各自改变什么，影响哪些人？"};
    for (std::size_t r = 0; r < plan.reforms.size(); ++r) {
        Bilingual const title = title_of(plan.reforms[r]);
        ReformResult const& result = comparison.reforms[r];
        Contrast const changed = figures.changed(result);
        Contrast const elsewhere = figures.changed(result, Change::benefit_area);
        Bilingual const other = report::people_text(elsewhere.difference * weight);
        Bilingual const moved =
            signed_money(figures.total(result, MoneyTotal::moved).difference * weight / 100);
        page.headlines.push_back(people_headline(
            title,
            changed,
            weight,
            Bilingual{fmt::format(
                          "people changed; {} paid by another area; {} moves", other.en, moved.en),
                      fmt::format("受影响；{}待遇领取地变化；转移资金 {}", other.zh, moved.zh)}));
        Bilingual const people = report::people_text(changed.difference * weight);
        page.answer.en += fmt::format("{}“{}” changes something for {} people, and the money that "
                                      "moves by {}.",
                                      r == 0 ? "" : " ",
                                      title.en,
                                      people.en,
                                      moved.en);
        page.answer.zh +=
            fmt::format("“{}”影响 {}，转移资金变化 {}。", title.zh, people.zh, moved.zh);
    }
}

std::vector<report::Fact> facts_of(ComparisonPlan const& plan, report::Origin const& origin) {
    auto facts = report::facts_of(plan.simulation, origin);
    for (Reform const& reform : plan.reforms) {
        std::string const name = "rules SHA-256: " + reform.name;
        facts.push_back(
            {{name, "规则 SHA-256：" + reform.name},
             report::sha256(rules::rules_json(reform.terms.book, plan.simulation.tables.areas))});
    }
    return facts;
}

// ---- tables of the page alone -------------------------------------------------------------------

std::vector<std::string> reform_names(ComparisonPlan const& plan) {
    std::vector<std::string> names;
    for (Reform const& reform : plan.reforms) {
        names.push_back(reform.name);
    }
    return names;
}

Table overview_table(Comparison const& comparison, ComparisonPlan const& plan) {
    TableMaker maker("overview", comparison.replicates);
    maker.weight(plan.simulation.weight());
    auto const reform = maker.words("reform", reform_names(plan));
    std::vector<std::size_t> people;
    for (char const* const name : {"changed", "other_area", "winners", "losers"}) {
        people.push_back(maker.weighted(maker.number(name, Column::Kind::real)));
    }
    std::vector<std::size_t> money;
    for (std::string const name : {"pensions", "moved"}) {
        for (char const* const suffix : {"_difference", "_lo95", "_hi95"}) {
            money.push_back(maker.weighted(maker.number(name + suffix, Column::Kind::real)));
        }
    }
    ComparisonFigures const figures(comparison);
    for (std::size_t r = 0; r < plan.reforms.size(); ++r) {
        ReformResult const& result = comparison.reforms[r];
        maker.put(reform, r);
        maker.put_real(people[0], figures.changed(result).difference);
        maker.put_real(people[1], figures.changed(result, Change::benefit_area).difference);
        maker.put_real(people[2], figures.winners(result).difference);
        maker.put_real(people[3], figures.losers(result).difference);
        std::size_t column = 0;
        for (MoneyTotal const total : {MoneyTotal::pensions, MoneyTotal::moved}) {
            Contrast const c = figures.total(result, total);
            for (double const fen : {c.difference, c.lo95, c.hi95}) {
                maker.put_real(money[column++], fen / 100);
            }
        }
        maker.end_row();
    }
    return maker.finish();
}

Table area_contrasts_table(Comparison const& comparison, ComparisonPlan const& plan) {
    AreaTable const& areas = plan.simulation.tables.areas;
    TableMaker maker("area_contrasts", comparison.replicates);
    maker.weight(plan.simulation.weight());
    auto const reform = maker.words("reform", reform_names(plan));
    auto const area = maker.words("area", report::area_words(areas));
    auto const item = maker.words("item", {});
    auto const unit = maker.words("unit", {});
    std::vector<std::size_t> values;
    for (char const* const name :
         {"value_baseline", "value_reform", "value_difference", "value_lo95", "value_hi95"}) {
        values.push_back(maker.weighted(maker.number(name, Column::Kind::real)));
    }
    ComparisonFigures const figures(comparison);
    // An area that not every rule set admits may have no books.
    auto const has_books = [&](ReformResult const& result, AreaId id) {
        std::uint64_t const key = report::AreaKey{0, id}.packed();
        return row(id) < areas.default_count() || comparison.before.area_totals.find(key) != nullptr
               || result.after.area_totals.find(key) != nullptr;
    };
    for (std::size_t r = 0; r < plan.reforms.size(); ++r) {
        for (std::size_t a = 0; a <= areas.size(); ++a) {
            auto const id = a < areas.size() ? static_cast<AreaId>(a) : all_areas;
            if (id != all_areas && !has_books(comparison.reforms[r], id)) {
                continue;
            }
            for (std::size_t i = 0; i < report::area_columns; ++i) {
                auto const column = static_cast<report::AreaColumn>(i);
                Contrast const c = figures.area(comparison.reforms[r], id, column);
                maker.put(reform, r);
                maker.put(area, a);
                maker.put_text(item, report::column_name(column));
                maker.put_text(unit, report::unit_name(column));
                double const scale = report::is_amount(column) ? 100 : 1;
                std::size_t at = 0;
                for (double const value :
                     {c.mean_before, c.mean_after, c.difference, c.lo95, c.hi95}) {
                    maker.put_real(values[at++], value / scale);
                }
                maker.end_row();
            }
        }
    }
    return maker.finish();
}

/// Who is paid by which criterion, under both: sums over all samples, so means over replicates.
Table branch_contrasts_table(Comparison const& comparison, ComparisonPlan const& plan) {
    using Sums = std::map<Branch, std::int64_t>;
    auto const sums_of = [](report::CellMoments<1> const& locations) {
        Sums sums;
        for (auto const& cell : locations.cells()) {
            sums[engine::LocationKey::unpacked(cell.key).branch] += cell.values[0].total();
        }
        return sums;
    };
    TableMaker maker("branch_contrasts", comparison.replicates);
    maker.weight(plan.simulation.weight() / comparison.replicates);
    auto const reform = maker.words("reform", reform_names(plan));
    auto const branch = maker.words("branch", report::words_of<Branch>());
    std::vector<std::size_t> values;
    for (char const* const name : {"people_baseline", "people_reform", "people_difference"}) {
        values.push_back(maker.weighted(maker.whole(name)));
    }
    Sums before = sums_of(comparison.before.locations);
    for (std::size_t r = 0; r < plan.reforms.size(); ++r) {
        Sums after = sums_of(comparison.reforms[r].after.locations);
        for (std::size_t b = 0; b < words<Branch>.size(); ++b) {
            auto const which = static_cast<Branch>(b);
            if (before[which] == 0 && after[which] == 0) {
                continue;
            }
            maker.put(reform, r);
            maker.put(branch, b);
            maker.put_whole(values[0], before[which]);
            maker.put_whole(values[1], after[which]);
            maker.put_whole(values[2], after[which] - before[which]);
            maker.end_row();
        }
    }
    return maker.finish();
}

Table transition_totals_table(Comparison const& comparison, ComparisonPlan const& plan) {
    TableMaker maker("transition_totals", comparison.replicates);
    maker.weight(plan.simulation.weight() / comparison.replicates);
    auto const reform = maker.words("reform", reform_names(plan));
    auto const change = maker.words("change", change_names());
    auto const from = maker.words("from", {});
    auto const to = maker.words("to", {});
    auto const people = maker.weighted(maker.whole("people"));
    auto const share = maker.number("cumulative_share", Column::Kind::real, 6);
    AreaTable const& areas = plan.simulation.tables.areas;
    for (std::size_t r = 0; r < plan.reforms.size(); ++r) {
        for (std::size_t c = 0; c < engine::change_count; ++c) {
            auto const what = static_cast<Change>(c);
            auto const order = ComparisonFigures::transitions(comparison.reforms[r], what);
            std::int64_t all = 0;
            for (TransitionSum const& transition : order) {
                all += transition.people;
            }
            std::int64_t so_far = 0;
            for (TransitionSum const& transition : order) {
                so_far += transition.people;
                maker.put(reform, r);
                maker.put(change, c);
                maker.put_text(from, state_name(what, transition.from, areas));
                maker.put_text(to, state_name(what, transition.to, areas));
                maker.put_whole(people, transition.people);
                maker.put_real(share, static_cast<double>(so_far) / static_cast<double>(all));
                maker.end_row();
            }
        }
    }
    return maker.finish();
}

// ---- the document -------------------------------------------------------------------------------

void put_reforms(Members& m,
                 Comparison const& comparison,
                 ComparisonPlan const& plan,
                 ReformSet const& reforms) {
    std::string& out = m.key("reforms");
    out += '[';
    for (std::size_t r = 0; r < plan.reforms.size(); ++r) {
        out += r == 0 ? "" : ", ";
        ReformWords const words = words_of(comparison, plan, reforms, r);
        Members entry(out);
        entry.text("id", plan.reforms[r].name);
        report::put_text(entry, "title", words.title);
        report::put_text(entry, "answer", words.answer);
        report::put_headlines(entry, "headlines", words.headlines);
        report::put_texts(entry, "notes", words.notes);
    }
    out += ']';
}

void put_story(Members& m, std::string_view name, WitnessStory const& story) {
    PENSIM_EXPECT(story.en.size() == story.zh.size());
    std::string& out = m.key(name);
    out += '[';
    for (std::size_t i = 0; i < story.en.size(); ++i) {
        out += i == 0 ? "" : ", ";
        story::Line const& line = story.en[i];
        Members entry(out);
        entry.text("time", line.time);
        report::put_text(entry, "text", {line.text, story.zh[i].text});
        if (line.law) {
            report::put_text(entry,
                             "law",
                             {story::citation_text(*line.law, story::Language::en),
                              story::citation_text(*line.law, story::Language::zh)});
        } else {
            entry.key("law") += "null";
        }
        entry.number("indent", line.indent);
        entry.flag("heading", line.heading);
        entry.flag("routine", line.routine);
    }
    out += ']';
}

void put_witnesses(Members& m, Witnesses const& witnesses) {
    std::string& out = m.key("witnesses");
    out += '[';
    std::map<std::pair<std::string, engine::WitnessKind>, std::size_t> shown;
    bool first = true;
    for (WitnessLine const& witness : witnesses.lines) {
        if (++shown[{witness.reform, witness.kind}] > witnesses_on_page) {
            continue;
        }
        out += first ? "" : ", ";
        first = false;
        Members entry(out);
        entry.text("reform", witness.reform);
        report::put_text(entry, "change", kind_label(witness.kind));
        entry.text("id", witness.id);
        put_story(entry, "before", witness.before);
        put_story(entry, "after", witness.after);
    }
    out += ']';
}

} // namespace

std::vector<Table> page_tables_of(Comparison const& comparison, ComparisonPlan const& plan) {
    std::vector<Table> tables;
    tables.push_back(overview_table(comparison, plan));
    tables.push_back(area_contrasts_table(comparison, plan));
    tables.push_back(branch_contrasts_table(comparison, plan));
    tables.push_back(transition_totals_table(comparison, plan));
    return tables;
}

report::Presentation presentation_of(Comparison const& comparison,
                                     ComparisonPlan const& plan,
                                     ReformSet const& reforms,
                                     std::vector<Table> tables,
                                     report::Origin const& origin) {
    scenario::Scenario const& s = plan.simulation.scenario;
    std::string const& baseline = plan.simulation.law->book().id;
    report::Presentation page;
    page.kind = "compare";
    page.title = {fmt::format("{}: {} against {}", s.title_en, names_of(plan, ", "), baseline),
                  fmt::format("{}：{} 与 {} 比较", s.title_zh, names_of(plan, "、"), baseline)};
    if (plan.reforms.size() == 1) {
        ReformWords words = words_of(comparison, plan, reforms, 0);
        page.question = {fmt::format("What does “{}” change, and for whom?", words.title.en),
                         fmt::format("“{}”改变什么，影响哪些人？", words.title.zh)};
        page.answer = std::move(words.answer);
        page.headlines = std::move(words.headlines);
        page.notes = std::move(words.notes);
    } else {
        tell_all(comparison, plan, page);
    }
    page.notes.insert(page.notes.begin(), interval_note(comparison));
    page.tables = std::move(tables);
    page.page_tables = page_tables_of(comparison, plan);
    page.command = origin.command;
    page.facts = facts_of(plan, origin);
    return page;
}

report::MorePage page_of(Comparison const& comparison,
                         ComparisonPlan const& plan,
                         ReformSet const& reforms,
                         Witnesses const& witnesses) {
    return [&](Members& m) {
        {
            Members baseline(m.key("baseline"));
            baseline.text("id", plan.simulation.law->book().id);
            report::put_text(baseline, "title", title_of_baseline(plan.simulation));
        }
        put_reforms(m, comparison, plan, reforms);
        put_witnesses(m, witnesses);
    };
}

} // namespace pensim::reform

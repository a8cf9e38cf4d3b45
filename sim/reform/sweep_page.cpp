#include "sim/reform/sweep_page.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/law/rule_keys.hpp"
#include "sim/reform/comparison_figures.hpp"
#include "sim/reform/reform_words.hpp"
#include "sim/report/table_maker.hpp"

namespace pensim::reform {

namespace {

using engine::Change;
using input::Members;
using report::Bilingual;
using report::Column;
using report::Table;
using report::TableMaker;

Bilingual label_of(SweepAxis const& axis) {
    return report::rule_label(axis.key).value_or(Bilingual{axis.key, axis.key});
}

/// A figure's least and greatest over the settings.
struct Extremes {
    std::size_t least = 0;
    std::size_t most = 0;
    Contrast at_least;
    Contrast at_most;
};

class SweepDocument {
  public:
    SweepDocument(Comparison const& comparison, ComparisonPlan const& plan, Sweep const& sweep)
        : comparison_(comparison), plan_(plan), sweep_(sweep), figures_(comparison),
          weight_(plan.simulation.weight()) {}

    void fill(report::Presentation& page) const {
        scenario::Scenario const& s = plan_.simulation.scenario;
        std::string keys;
        Bilingual labels;
        for (SweepAxis const& axis : sweep_.axes()) {
            Bilingual const label = label_of(axis);
            keys += (keys.empty() ? "" : ", ") + axis.key;
            labels.en += (labels.en.empty() ? "" : ", and on: ") + label.en;
            labels.zh += (labels.zh.empty() ? "" : "以及") + label.zh;
        }
        page.kind = "sweep";
        page.title = {fmt::format("{}: {}", s.title_en, keys),
                      fmt::format("{}：{}", s.title_zh, keys)};
        page.question = {fmt::format("How much hangs on: {}?", labels.en),
                         fmt::format("结果在多大程度上取决于{}？", labels.zh)};
        people(page);
        money(page);
        page.notes.push_back(interval_note(comparison_));
        baselines(page);
        idle(page);
    }

  private:
    template <class Figure>
    [[nodiscard]] Extremes extremes(Figure const& figure) const {
        Extremes found;
        for (std::size_t s = 0; s < sweep_.settings(); ++s) {
            Contrast const c = figure(comparison_.reforms[s]);
            if (s == 0 || c.difference < found.at_least.difference) {
                found.least = s;
                found.at_least = c;
            }
            if (s == 0 || c.difference > found.at_most.difference) {
                found.most = s;
                found.at_most = c;
            }
        }
        return found;
    }
    /// "60", or with two parameters "place.min_months 60 and transfer.pooled_rate 0.12".
    [[nodiscard]] std::string setting(std::size_t s, char const* both) const {
        auto const& axes = sweep_.axes();
        std::string text;
        for (std::size_t i = 0; i < axes.size(); ++i) {
            std::string const& value = axes[i].names[sweep_.value_of(s, i)];
            text += (i == 0 ? "" : both) + (axes.size() == 1 ? value : axes[i].key + " " + value);
        }
        return text;
    }
    [[nodiscard]] Bilingual least_and_most(Extremes const& e) const {
        return {fmt::format("least with {}, most with {}",
                            setting(e.least, " and "),
                            setting(e.most, " and ")),
                fmt::format(
                    "取 {} 时最少，取 {} 时最多", setting(e.least, "、"), setting(e.most, "、"))};
    }

    void people_of(report::Presentation& page, Bilingual label, Extremes const& e) const {
        auto const number = [&](Contrast const& c) {
            return report::people_text(c.difference * weight_);
        };
        Bilingual const low = number(e.at_least);
        Bilingual const high = number(e.at_most);
        page.headlines.push_back(
            {std::move(label),
             {fmt::format("{} to {}", low.en, high.en), fmt::format("{} 至 {}", low.zh, high.zh)},
             report::error_text(std::max(half95(e.at_least), half95(e.at_most)) * weight_,
                                report::people_text),
             least_and_most(e)});
    }
    void people(report::Presentation& page) const {
        auto const changed = extremes(
            [&](ReformResult const& r) { return figures_.changed(r, Change::benefit_area); });
        people_of(page,
                  {"paid by another area than under the baseline", "待遇领取地与基准不同"},
                  changed);
        people_of(page,
                  {"get a higher pension", "月养老金增加"},
                  extremes([&](ReformResult const& r) { return figures_.winners(r); }));
        people_of(page,
                  {"get a lower pension", "月养老金减少"},
                  extremes([&](ReformResult const& r) { return figures_.losers(r); }));
        Bilingual const low = report::people_text(changed.at_least.difference * weight_);
        Bilingual const high = report::people_text(changed.at_most.difference * weight_);
        page.answer = {
            fmt::format("Over {} settings, {} to {} people are paid by another area than under the "
                        "baseline.",
                        sweep_.settings(),
                        low.en,
                        high.en),
            fmt::format("{} 组取值中，待遇领取地与基准不同的有 {} 至 {}。",
                        sweep_.settings(),
                        low.zh,
                        high.zh)};
    }

    void money(report::Presentation& page) const {
        struct Told {
            MoneyTotal total;
            Bilingual label;
        };
        for (auto const& [total, label] :
             {Told{MoneyTotal::moved, {"moves between areas", "地区间转移资金"}},
              Told{MoneyTotal::pensions, {"pensions paid", "支付的待遇"}}}) {
            MoneyTotal const which = total;
            Extremes const e =
                extremes([&](ReformResult const& r) { return figures_.total(r, which); });
            auto const text = [&](double fen) { return report::money_text(fen * weight_ / 100); };
            Bilingual const low = text(e.at_least.mean_after);
            Bilingual const high = text(e.at_most.mean_after);
            Bilingual const baseline = text(e.at_most.mean_before);
            Bilingual note = least_and_most(e);
            note.en += fmt::format("; baseline {}", baseline.en);
            note.zh += fmt::format("；基准 {}", baseline.zh);
            page.headlines.push_back(
                {label,
                 {fmt::format("{} to {}", low.en, high.en),
                  fmt::format("{} 至 {}", low.zh, high.zh)},
                 report::error_text(std::max(half95(e.at_least), half95(e.at_most)) * weight_ / 100,
                                    report::money_text),
                 std::move(note)});
            if (which == MoneyTotal::moved) {
                page.answer.en +=
                    fmt::format(" The money that moves between areas runs from {} to {}; "
                                "under the baseline it is {}.",
                                low.en,
                                high.en,
                                baseline.en);
                page.answer.zh += fmt::format(
                    "地区间转移资金为 {} 至 {}，基准为 {}。", low.zh, high.zh, baseline.zh);
            }
        }
    }

    /// Which of the values is the baseline's.
    void baselines(report::Presentation& page) const {
        for (std::size_t i = 0; i < sweep_.axes().size(); ++i) {
            SweepAxis const& axis = sweep_.axes()[i];
            if (auto const own = baseline_value(plan_, sweep_, i)) {
                page.notes.push_back(
                    {fmt::format("{} is {} under the baseline.", axis.key, axis.names[*own]),
                     fmt::format("基准下 {} 为 {}。", axis.key, axis.names[*own])});
            } else {
                page.notes.push_back(
                    {fmt::format("None of the values of {} is the baseline's.", axis.key),
                     fmt::format("{} 的取值中没有基准的值。", axis.key)});
            }
        }
    }

    /// A parameter that no life here ever reads.
    void idle(report::Presentation& page) const {
        for (SweepAxis const& axis : sweep_.axes()) {
            auto const number = law::rule_number(axis.key);
            PENSIM_EXPECT(number.has_value());
            bool const acts = axis.key.starts_with("pooling.")
                              || std::any_of(comparison_.reforms.begin(),
                                             comparison_.reforms.end(),
                                             [&](ReformResult const& r) {
                                                 return r.people.reached[*number] > 0;
                                             });
            if (!acts) {
                page.notes.push_back(
                    {fmt::format("{} was never read: in nobody's life here does it act.", axis.key),
                     fmt::format("{} 从未用到：对此处任何人都不起作用。", axis.key)});
            }
        }
    }

    Comparison const& comparison_;
    ComparisonPlan const& plan_;
    Sweep const& sweep_;
    ComparisonFigures figures_;
    double weight_;
};

/// The sweep's table with an interval around each value; whatever has none stands alone.
Table curves_of(Table const& sweep, Sweep const& settings) {
    Table curves{.name = "curves", .rows = sweep.rows};
    for (SweepAxis const& axis : settings.axes()) {
        curves.columns.push_back(sweep.column(axis.key));
    }
    for (char const* const name : {"figure", "unit", "baseline", "value"}) {
        curves.columns.push_back(sweep.column(name));
    }
    for (char const* const name : {"lo95", "hi95"}) {
        Column around = sweep.column(name);
        around.name = std::string("value_") + name;
        auto const& baseline = sweep.column("baseline").real;
        for (std::size_t row = 0; row < sweep.rows; ++row) {
            around.real[row] += baseline[row];
        }
        curves.columns.push_back(std::move(around));
    }
    curves.columns.push_back(sweep.column("weight"));
    return curves;
}

} // namespace

std::optional<std::size_t>
baseline_value(ComparisonPlan const& plan, Sweep const& sweep, std::size_t axis) {
    for (std::size_t s = 0; s < sweep.settings(); ++s) {
        RuleDifferences const& differences = plan.reforms[s].differences;
        bool const same =
            std::none_of(differences.begin(), differences.end(), [&](auto const& difference) {
                return difference.key == sweep.axes()[axis].key;
            });
        if (same) {
            return sweep.value_of(s, axis);
        }
    }
    return std::nullopt;
}

report::Presentation presentation_of(Comparison const& comparison,
                                     ComparisonPlan const& plan,
                                     Sweep const& sweep,
                                     std::vector<Table> tables,
                                     report::Origin const& origin) {
    report::Presentation page;
    SweepDocument(comparison, plan, sweep).fill(page);
    page.page_tables.push_back(curves_of(tables.front(), sweep));
    page.tables = std::move(tables);
    page.command = origin.command;
    page.facts = report::facts_of(plan.simulation, origin);
    return page;
}

report::MorePage page_of(ComparisonPlan const& plan, Sweep const& sweep) {
    return [&](Members& m) {
        std::string& out = m.key("axes");
        out += '[';
        for (std::size_t i = 0; i < sweep.axes().size(); ++i) {
            SweepAxis const& axis = sweep.axes()[i];
            out += i == 0 ? "" : ", ";
            Members entry(out);
            entry.text("key", axis.key);
            report::put_text(entry, "label", label_of(axis));
            input::append_list(entry.key("values"), axis.names, [&](std::string const& name) {
                input::append_json_text(out, name);
            });
            if (axis.numbers.empty()) {
                entry.key("numbers") += "null";
            } else {
                input::append_list(entry.key("numbers"), axis.numbers, [&](double number) {
                    fmt::format_to(std::back_inserter(out), "{}", number);
                });
            }
            if (auto const own = baseline_value(plan, sweep, i)) {
                entry.number("baseline", static_cast<std::int64_t>(*own));
            } else {
                entry.key("baseline") += "null";
            }
        }
        out += ']';
    };
}

} // namespace pensim::reform

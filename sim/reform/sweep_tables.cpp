#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>

#include <fmt/format.h>

#include "core/law/words.hpp"
#include "sim/reform/change_names.hpp"
#include "sim/reform/comparison_figures.hpp"
#include "sim/reform/sweep.hpp"
#include "sim/report/table_maker.hpp"
#include "sim/report/text_grid.hpp"

namespace pensim::reform {

namespace {

using report::AreaColumn;
using report::Column;
using report::Grid;
using report::grouped;
using report::Table;
using report::TableMaker;

constexpr std::array<std::string_view, 3> flow_measures{"people", "account", "pooled"};

/// A figure of every setting.
struct SweptFigure {
    std::string name;
    std::string unit;
    std::function<Contrast(ReformResult const&)> of;
};

/// Figures of a sweep, by name.
class Figures : public ComparisonFigures {
  public:
    Figures(Comparison const& comparison, ComparisonPlan const& plan)
        : ComparisonFigures(comparison), plan_(plan) {}

    /// Changed people, winners and losers, all transfers, all pensions, transfers by kind, all
    /// areas' books, each area's gain.
    [[nodiscard]] std::vector<SweptFigure> all() const {
        std::vector<SweptFigure> figures;
        figures.push_back(
            {"changed.any", "people", [&](ReformResult const& r) { return changed(r); }});
        for (std::size_t c = 0; c < engine::change_count; ++c) {
            auto const what = static_cast<engine::Change>(c);
            figures.push_back({fmt::format("changed.{}", word_of(what)),
                               "people",
                               [&, what](ReformResult const& r) { return changed(r, what); }});
        }
        figures.push_back({"winners", "people", [&](ReformResult const& r) { return winners(r); }});
        figures.push_back({"losers", "people", [&](ReformResult const& r) { return losers(r); }});
        figures.push_back({"flows.total", "yuan", [&](ReformResult const& r) {
                               return total(r, MoneyTotal::moved);
                           }});
        figures.push_back({"benefits.total", "yuan", [&](ReformResult const& r) {
                               return total(r, MoneyTotal::pensions);
                           }});
        for (std::size_t k = 0; k < words<TransferKind>.size(); ++k) {
            FlowKey const key{0, all_areas, all_areas, static_cast<TransferKind>(k)};
            for (std::size_t i = 0; i < flow_measures.size(); ++i) {
                figures.push_back(
                    {fmt::format("flows.{}.{}", words<TransferKind>[k], flow_measures[i]),
                     i == 0 ? "people" : "yuan",
                     [&, key, i](ReformResult const& r) { return flow(r, key, i); }});
            }
        }
        for (AreaColumn const column : {AreaColumn::contributions_account,
                                        AreaColumn::contributions_pool,
                                        AreaColumn::benefits_account,
                                        AreaColumn::benefits_pool,
                                        AreaColumn::refunds,
                                        AreaColumn::inheritances}) {
            figures.push_back(
                {std::string(column_name(column)), "yuan", [&, column](ReformResult const& r) {
                     return area(r, all_areas, column);
                 }});
        }
        for (std::size_t a = 0; a < plan_.simulation.tables.areas.size(); ++a) {
            auto const id = static_cast<AreaId>(a);
            figures.push_back({"gain." + plan_.simulation.tables.areas[id].id,
                               "yuan",
                               [&, id](ReformResult const& r) {
                                   return area(r, id, AreaColumn::portability_gain);
                               }});
        }
        return figures;
    }

  private:
    ComparisonPlan const& plan_;
};

std::vector<std::size_t> axis_columns(TableMaker& maker, Sweep const& sweep) {
    std::vector<std::size_t> columns;
    for (SweepAxis const& axis : sweep.axes()) {
        columns.push_back(maker.words(axis.key, axis.names));
    }
    return columns;
}

Table sweep_table(Comparison const& comparison, ComparisonPlan const& plan, Sweep const& sweep) {
    TableMaker maker("sweep", comparison.replicates);
    maker.weight(plan.simulation.weight());
    auto const axes = axis_columns(maker, sweep);
    auto const figure = maker.words("figure", {});
    auto const unit = maker.words("unit", {});
    std::vector<std::size_t> values;
    for (char const* const name : {"baseline", "value", "difference", "lo95", "hi95"}) {
        values.push_back(maker.weighted(maker.number(name, Column::Kind::real)));
    }
    values.push_back(maker.number("factor", Column::Kind::real));
    Figures const figures(comparison, plan);
    auto const all = figures.all();
    for (std::size_t s = 0; s < sweep.settings(); ++s) {
        for (SweptFigure const& f : all) {
            Contrast const c = f.of(comparison.reforms[s]);
            double const scale = f.unit == "yuan" ? 100 : 1;
            for (std::size_t i = 0; i < axes.size(); ++i) {
                maker.put(axes[i], sweep.value_of(s, i));
            }
            maker.put_text(figure, f.name);
            maker.put_text(unit, f.unit);
            maker.put_real(values[0], c.mean_before / scale);
            maker.put_real(values[1], c.mean_after / scale);
            maker.put_real(values[2], c.difference / scale);
            maker.put_real(values[3], c.lo95 / scale);
            maker.put_real(values[4], c.hi95 / scale);
            maker.put_real(values[5], c.factor);
            maker.end_row();
        }
    }
    return maker.finish();
}

/// Flows that any setting changes, by their keys; those of all areas among them.
std::vector<std::uint64_t> changed_flows(Comparison const& comparison) {
    std::vector<std::uint64_t> keys;
    for (ReformResult const& reform : comparison.reforms) {
        for (auto const& cell : reform.difference.flow_totals.cells()) {
            keys.push_back(cell.key);
        }
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

Slope flow_slope(Comparison const& comparison,
                 Figures const& figures,
                 Sweep const& sweep,
                 FlowKey const& key,
                 std::size_t i) {
    std::vector<double> values;
    for (ReformResult const& reform : comparison.reforms) {
        values.push_back(figures.flow(reform, key, i).mean_after / (i == 0 ? 1 : 100));
    }
    return slope_of(sweep, values);
}

Table sensitivity_table(Comparison const& comparison,
                        ComparisonPlan const& plan,
                        Sweep const& sweep) {
    TableMaker maker("sensitivity", comparison.replicates);
    maker.weight(plan.simulation.weight());
    auto const areas = report::area_words(plan.simulation.tables.areas);
    auto const from = maker.words("from", areas);
    auto const to = maker.words("to", areas);
    auto const kind = maker.words("kind", report::words_of<TransferKind>());
    auto const measure = maker.words("measure", {flow_measures.begin(), flow_measures.end()});
    std::vector<std::size_t> values;
    for (char const* const name : {"baseline", "lowest", "highest"}) {
        values.push_back(maker.weighted(maker.number(name, Column::Kind::real)));
    }
    std::vector<std::size_t> slopes;
    for (SweepAxis const& axis : sweep.axes()) {
        slopes.push_back(
            maker.weighted(maker.number("per_unit_of_" + axis.key, Column::Kind::real, 4)));
    }
    auto const fit = maker.number("r_squared", Column::Kind::real, 4);
    Figures const figures(comparison, plan);
    for (std::uint64_t const packed : changed_flows(comparison)) {
        FlowKey const key = FlowKey::unpacked(packed);
        for (std::size_t i = 0; i < flow_measures.size(); ++i) {
            Slope const slope = flow_slope(comparison, figures, sweep, key, i);
            maker.put(from, std::min(std::size_t{row(key.from)}, areas.size() - 1));
            maker.put(to, std::min(std::size_t{row(key.to)}, areas.size() - 1));
            maker.put(kind, static_cast<std::size_t>(key.kind));
            maker.put(measure, i);
            maker.put_real(values[0],
                           figures.flow(comparison.reforms.front(), key, i).mean_before
                               / (i == 0 ? 1 : 100));
            maker.put_real(values[1], slope.lowest);
            maker.put_real(values[2], slope.highest);
            for (std::size_t axis = 0; axis < slopes.size(); ++axis) {
                maker.put_real(slopes[axis], slope.per_unit[axis]);
            }
            maker.put_real(fit, slope.fit);
            maker.end_row();
        }
    }
    return maker.finish();
}

// ---- text ----

class SweepSummary {
  public:
    SweepSummary(Comparison const& comparison,
                 ComparisonPlan const& plan,
                 Sweep const& sweep,
                 SweepFacts const& facts)
        : comparison_(comparison), plan_(plan), sweep_(sweep), facts_(facts),
          figures_(comparison, plan), zh_(facts.language == report::SummaryLanguage::zh),
          weight_(plan.simulation.weight()) {}

    std::string text() {
        head();
        settings();
        flows();
        return std::move(out_);
    }

  private:
    [[nodiscard]] char const* say(char const* en, char const* zh) const { return zh_ ? zh : en; }
    [[nodiscard]] std::string people(double count) const { return grouped(count * weight_); }
    [[nodiscard]] std::string money(double fen) const {
        double const yuan = fen / 100 * weight_;
        return zh_ ? grouped(yuan / 1e8, 2) : grouped(yuan / 1e6, 1);
    }

    void head() {
        auto const& s = plan_.simulation.scenario;
        out_ += report::bold(
                    report::printable(fmt::format("{}: {}", s.id, zh_ ? s.title_zh : s.title_en)),
                    facts_.ink)
                + '\n';
        out_ += fmt::format(fmt::runtime(say("  baseline {}, seed {}; {} lives for {} people\n",
                                             "  基准 {}，种子 {}；模拟 {} 人，代表 {} 人\n")),
                            report::printable(plan_.simulation.law->book().id),
                            s.run.seed,
                            grouped(static_cast<double>(s.run.persons)),
                            grouped(static_cast<double>(plan_.simulation.people)));
        out_ += fmt::format(
            fmt::runtime(
                say("  {} settings in {:.2f} s on {} {}; {:.2f} lives run for each person\n",
                    "  {} 组取值，用时 {:.2f} 秒，{} {}；每人平均模拟 {:.2f} 次\n")),
            sweep_.settings(),
            facts_.seconds,
            facts_.threads,
            facts_.threads == 1 ? say("thread", "个线程") : say("threads", "个线程"),
            static_cast<double>(comparison_.lives_run) / static_cast<double>(comparison_.people));
    }

    void title(std::string const& text) { out_ += '\n' + report::bold(text, facts_.ink) + '\n'; }

    void settings() {
        title(say("Each setting against the baseline; money in million yuan, all years",
                  "各组取值与基准比较；金额为历年合计，亿元"));
        std::vector<bool> right(sweep_.axes().size() + 8, true);
        Grid grid(right, facts_.ink);
        std::vector<std::string> heads;
        for (SweepAxis const& axis : sweep_.axes()) {
            heads.push_back(axis.key);
        }
        for (auto const& head : {say("changed", "受影响"),
                                 say("other area", "领取地变化"),
                                 say("winners", "受益"),
                                 say("losers", "受损"),
                                 say("pensions", "待遇"),
                                 "",
                                 say("moved", "转移资金"),
                                 ""}) {
            heads.emplace_back(head);
        }
        grid.head(heads);
        for (std::size_t s = 0; s < sweep_.settings(); ++s) {
            add_setting(grid, s);
        }
        grid.append_to(out_);
    }

    void add_setting(Grid& grid, std::size_t s) const {
        ReformResult const& r = comparison_.reforms[s];
        std::vector<std::string> cells;
        for (std::size_t i = 0; i < sweep_.axes().size(); ++i) {
            cells.push_back(sweep_.axes()[i].names[sweep_.value_of(s, i)]);
        }
        auto const of = [&](std::int64_t count) {
            return people(static_cast<double>(count) / comparison_.replicates);
        };
        engine::Impact const& impact = r.people.impacts.front();
        cells.push_back(of(r.people.changed));
        cells.push_back(
            of(r.people.by_change[static_cast<std::size_t>(engine::Change::benefit_area)]));
        cells.push_back(of(impact.winners));
        cells.push_back(of(impact.losers));
        for (auto const total : {MoneyTotal::pensions, MoneyTotal::moved}) {
            Contrast const c = figures_.total(r, total);
            cells.push_back(signed_money(c.difference));
            cells.push_back("±" + money(half95(c)));
        }
        grid.add(std::move(cells));
    }
    [[nodiscard]] std::string signed_money(double fen) const {
        return (fen > 0 ? "+" : "") + money(fen);
    }

    /// The flows that move most with the first parameter.
    void flows() {
        if (sweep_.axes().front().numbers.size() < 2) {
            return;
        }
        struct Line {
            FlowKey key;
            Slope slope;
        };
        std::vector<Line> lines;
        for (std::uint64_t const packed : changed_flows(comparison_)) {
            FlowKey const key = FlowKey::unpacked(packed);
            if (key.from == all_areas) {
                continue;
            }
            Slope slope = flow_slope(comparison_, figures_, sweep_, key, 2);
            if (slope.lowest < slope.highest && std::isfinite(slope.per_unit[0])) {
                lines.push_back({key, std::move(slope)});
            }
        }
        std::stable_sort(lines.begin(), lines.end(), [](Line const& a, Line const& b) {
            return std::abs(a.slope.per_unit[0]) > std::abs(b.slope.per_unit[0]);
        });
        if (lines.empty()) {
            return;
        }
        title(fmt::format(
            fmt::runtime(say("Pooled money of the flows that move most with {}, in million yuan",
                             "随 {} 变化最大的资金流向（统筹基金，亿元）")),
            sweep_.axes().front().key));
        Grid grid({false, false, false, true, true, true, true}, facts_.ink);
        grid.head({say("from", "转出"),
                   say("to", "转入"),
                   say("kind", "类别"),
                   say("lowest", "最低"),
                   say("highest", "最高"),
                   say("per unit", "每单位"),
                   "R²"});
        for (std::size_t i = 0; i < std::min<std::size_t>(8, lines.size()); ++i) {
            auto const& areas = plan_.simulation.tables.areas;
            Line const& line = lines[i];
            grid.add({areas[line.key.from].id,
                      areas[line.key.to].id,
                      std::string(report::kind_name(line.key.kind, facts_.language)),
                      money(line.slope.lowest * 100),
                      money(line.slope.highest * 100),
                      zh_ ? grouped(line.slope.per_unit[0] * weight_ / 1e8, 4)
                          : grouped(line.slope.per_unit[0] * weight_ / 1e6, 3),
                      fmt::format("{:.2f}", line.slope.fit)});
        }
        grid.append_to(out_);
    }

    Comparison const& comparison_;
    ComparisonPlan const& plan_;
    Sweep const& sweep_;
    SweepFacts facts_;
    Figures figures_;
    bool zh_;
    double weight_;
    std::string out_;
};

} // namespace

std::vector<Table>
tables_of(Comparison const& comparison, ComparisonPlan const& plan, Sweep const& sweep) {
    std::vector<Table> tables;
    tables.push_back(sweep_table(comparison, plan, sweep));
    tables.push_back(sensitivity_table(comparison, plan, sweep));
    return tables;
}

std::string summary_of(Comparison const& comparison,
                       ComparisonPlan const& plan,
                       Sweep const& sweep,
                       SweepFacts const& facts) {
    return SweepSummary(comparison, plan, sweep, facts).text();
}

} // namespace pensim::reform

#include "sim/reform/comparison_summary.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "core/law/words.hpp"
#include "sim/reform/change_names.hpp"
#include "sim/reform/comparison_figures.hpp"
#include "sim/reform/rule_text.hpp"
#include "sim/report/text_grid.hpp"

namespace pensim::reform {

namespace {

using engine::Change;
using engine::Trait;
using report::AreaColumn;
using report::Grid;
using report::grouped;
using report::percent;

class ComparisonSummary {
  public:
    ComparisonSummary(Comparison const& comparison,
                      ComparisonPlan const& plan,
                      ReformSet const& reforms,
                      Witnesses const& witnesses,
                      ComparisonFacts const& facts)
        : comparison_(comparison), plan_(plan), reforms_(reforms), witnesses_(witnesses),
          facts_(facts), figures_(comparison), zh_(facts.language == report::SummaryLanguage::zh),
          weight_(plan.simulation.weight()) {}

    std::string text() {
        head();
        if (plan_.reforms.size() > 1) {
            overview();
        }
        for (std::size_t r = 0; r < plan_.reforms.size(); ++r) {
            reform(r);
        }
        return std::move(out_);
    }

  private:
    [[nodiscard]] char const* say(char const* en, char const* zh) const { return zh_ ? zh : en; }
    void title(std::string const& text) { out_ += '\n' + report::bold(text, facts_.ink) + '\n'; }
    void line(std::string const& text) { out_ += "  " + report::printable(text) + '\n'; }
    [[nodiscard]] AreaTable const& areas() const { return plan_.simulation.tables.areas; }
    [[nodiscard]] std::string area(AreaId id) const {
        Area const& a = areas()[id];
        return a.id + ' ' + (zh_ ? a.name_zh : a.name_en);
    }
    /// A number of simulated people, summed over replicates, as people of the scenario.
    [[nodiscard]] std::string people(std::int64_t count) const {
        return grouped(static_cast<double>(count) * weight_ / comparison_.replicates);
    }
    [[nodiscard]] std::string share(std::int64_t count) const {
        return percent(static_cast<double>(count) / static_cast<double>(comparison_.people));
    }
    /// Fen of the lives as money of the scenario's people.
    [[nodiscard]] std::string money(double fen) const {
        double const yuan = fen / 100 * weight_;
        return zh_ ? grouped(yuan / 1e8, 2) : grouped(yuan / 1e6, 1);
    }
    [[nodiscard]] std::string error(double half) const {
        return std::isfinite(half) ? "±" + money(half) : "";
    }
    [[nodiscard]] static std::string factor(double factor) {
        return std::isfinite(factor) ? fmt::format("{:.3g}", factor) : "";
    }

    void head() {
        auto const& s = plan_.simulation.scenario;
        out_ += report::bold(
                    report::printable(fmt::format("{}: {}", s.id, zh_ ? s.title_zh : s.title_en)),
                    facts_.ink)
                + '\n';
        line(
            fmt::format(fmt::runtime(say("baseline {}, seed {}, {} {}", "基准 {}，种子 {}，{} {}")),
                        plan_.simulation.law->book().id,
                        s.run.seed,
                        comparison_.replicates,
                        comparison_.replicates == 1 ? say("replicate", "个重复")
                                                    : say("replicates", "个重复")));
        line(fmt::format(
            fmt::runtime(say("{} lives for {} people (each stands for {:.6g}), {} to {}",
                             "模拟 {} 人，代表 {} 人（每人代表 {:.6g} 人），{}-{} 年")),
            grouped(static_cast<double>(s.run.persons)),
            grouped(static_cast<double>(plan_.simulation.people)),
            weight_,
            s.horizon.first,
            s.horizon.last));
        auto const lives = static_cast<double>(comparison_.people);
        line(fmt::format(fmt::runtime(say("{:.2f} s on {} {}; {:.2f} lives run for each person",
                                          "用时 {:.2f} 秒，{} {}；每人平均模拟 {:.2f} 次")),
                         facts_.seconds,
                         facts_.threads,
                         facts_.threads == 1 ? say("thread", "个线程") : say("threads", "个线程"),
                         static_cast<double>(comparison_.lives_run) / lives));
    }

    /// Several reforms against one baseline.
    void overview() {
        title(say("Each reform against the baseline", "各方案与基准比较"));
        Grid grid({false, true, true, true, true, true, true}, facts_.ink);
        grid.head({say("reform", "方案"),
                   say("people changed", "受影响人数"),
                   say("other area", "领取地变化"),
                   say("winners", "受益"),
                   say("losers", "受损"),
                   say("pensions, m yuan", "待遇，亿元"),
                   say("flows, m yuan", "转移，亿元")});
        for (std::size_t r = 0; r < plan_.reforms.size(); ++r) {
            ReformResult const& result = comparison_.reforms[r];
            auto const& changes = result.people;
            engine::Impact const& impact = changes.impacts.front();
            grid.add({plan_.reforms[r].name,
                      people(changes.changed),
                      people(count(changes, Change::benefit_area)),
                      people(impact.winners),
                      people(impact.losers),
                      money(figures_.total(result, MoneyTotal::pensions).difference),
                      money(figures_.total(result, MoneyTotal::moved).difference)});
        }
        grid.append_to(out_);
    }

    [[nodiscard]] static std::int64_t count(engine::ChangeTally const& changes, Change what) {
        return changes.by_change[static_cast<std::size_t>(what)];
    }

    void reform(std::size_t r) {
        title("==== " + report::printable(plan_.reforms[r].name));
        RuleText const rules(comparison_, plan_, reforms_, r, facts_.language);
        out_ += report::printable_lines(rules.composition());
        who_changes(r);
        out_ += report::printable_lines(rules.before_first_date());
        out_ += report::printable_lines(rules.parameters());
        transitions(r, Change::benefit_area, say("Benefit location", "待遇领取地"));
        transitions(r, Change::branch, say("Criterion", "判定依据"));
        transitions(r, Change::status, say("Status", "状态"));
        transitions(r, Change::months_short, say("Months to extend", "需延长缴费月数"));
        winners(r);
        gains(r);
        flows(r);
        witnesses(r);
    }

    void who_changes(std::size_t r) {
        auto const& changes = comparison_.reforms[r].people;
        if (changes.changed == 0) {
            title(say("Nobody changes", "无人受影响"));
            return;
        }
        title(say("Who changes", "受影响的人"));
        constexpr std::array<std::array<char const*, 2>, engine::change_count> names{{
            {"status", "状态"},
            {"benefit location", "待遇领取地"},
            {"criterion", "判定依据"},
            {"months to extend", "需延长缴费月数"},
            {"monthly pension", "月养老金"},
            {"transfers", "资金转移"},
            {"any posting", "任何记账"},
        }};
        Grid grid({false, true, true, false}, facts_.ink);
        auto const add = [&](std::string name, std::int64_t number, report::Moments const& spread) {
            Contrast const c = comparison_.count_of(spread);
            double const half = half95(c);
            grid.add({std::move(name),
                      people(number),
                      share(number),
                      std::isfinite(half) ? "±" + grouped(half * weight_) : ""});
        };
        add(say("anything", "任何变化"), changes.changed, comparison_.reforms[r].changed);
        for (std::size_t i = 0; i < engine::change_count; ++i) {
            add(std::string("  ") + names[i][zh_ ? 1 : 0],
                changes.by_change[i],
                comparison_.reforms[r].by_change[i]);
        }
        grid.append_to(out_);
    }

    [[nodiscard]] std::string end_of(Change what, std::uint16_t code) const {
        if (what == Change::benefit_area) {
            auto const id = engine::area_of_code(code);
            return id ? area(*id) : say("none", "无");
        }
        if (zh_ && what == Change::branch) {
            return std::string(story::name_of(static_cast<Branch>(code), story::Language::zh));
        }
        return state_name(what, code, areas());
    }

    void transitions(std::size_t r, Change what, char const* name) {
        auto const order = ComparisonFigures::transitions(comparison_.reforms[r], what);
        if (order.empty()) {
            return;
        }
        constexpr std::size_t shown = 8;
        title(fmt::format(fmt::runtime(order.size() > shown
                                           ? say("{}, from -> to, the {} most frequent of {}",
                                                 "{}，变化前 -> 变化后，最多的 {} 种（共 {} 种）")
                                           : say("{}, from -> to", "{}，变化前 -> 变化后")),
                          name,
                          shown,
                          order.size()));
        Grid grid({false, false, true}, facts_.ink);
        for (std::size_t i = 0; i < std::min(shown, order.size()); ++i) {
            grid.add({end_of(what, order[i].from),
                      "-> " + end_of(what, order[i].to),
                      people(order[i].people)});
        }
        grid.append_to(out_);
    }

    void winners(std::size_t r) {
        engine::ChangeTally changes = comparison_.reforms[r].people;
        if (changes.impacts.front().winners + changes.impacts.front().losers == 0) {
            return;
        }
        title(say("Winners and losers: monthly pension at settlement, yuan; deciles of those whose "
                  "pension changes",
                  "受益与受损：核定时月养老金的变化（元）；十分位数按有变化者计"));
        Grid grid({false, true, true, true, true, true, true, true}, facts_.ink);
        grid.head({"",
                   say("pensioners", "待遇领取人"),
                   say("winners", "受益"),
                   say("losers", "受损"),
                   say("mean", "平均"),
                   "p10",
                   "p50",
                   "p90"});
        for (Trait const by : {Trait::all, Trait::group, Trait::age, Trait::career}) {
            for (std::size_t v = 0; v < comparison_.population.traits.values(by); ++v) {
                add_impact(grid, changes, by, v);
            }
        }
        grid.append_to(out_);
    }

    void add_impact(Grid& grid, engine::ChangeTally& changes, Trait by, std::size_t value) const {
        auto const row_of = comparison_.population.traits.row_of(by, value);
        engine::Impact const& impact = changes.impacts[row_of];
        if (impact.winners + impact.losers == 0) {
            return;
        }
        auto const deciles = deciles_of(changes, row_of);
        auto const yuan = [](Fen fen) { return grouped(static_cast<double>(fen.count()) / 100); };
        auto const changed = static_cast<double>(impact.winners + impact.losers);
        grid.add(
            {trait_text(by, value),
             people(comparison_.population.pensioners[row_of]),
             people(impact.winners),
             people(impact.losers),
             grouped(static_cast<double>((impact.gained - impact.lost).count()) / 100 / changed),
             yuan(deciles[0]),
             yuan(deciles[4]),
             yuan(deciles[8])});
    }
    [[nodiscard]] std::string trait_text(Trait by, std::size_t value) const {
        switch (by) {
        case Trait::all:
            return say("all", "全部");
        case Trait::group:
            return std::string(zh_ ? story::name_of(static_cast<Group>(value), story::Language::zh)
                                   : word(static_cast<Group>(value)));
        case Trait::age:
            return say("age ", "年龄 ") + value_name(by, value, areas());
        default: {
            std::string years = value_name(by, value, areas());
            if (auto const unit = years.find(" years"); zh_ && unit != std::string::npos) {
                years.replace(unit, std::string::npos, " 年");
            }
            return say("paid ", "缴费 ") + years;
        }
        }
    }

    void gains(std::size_t r) {
        areas_by(r,
                 AreaColumn::portability_gain,
                 say("Each area's gain from portability, all years, in million yuan: the five that "
                     "gain and lose most\n(the factor: error of two separate runs over this one's)",
                     "各地转移接续得失的变化（历年合计，亿元）：得失最多的各五地\n"
                     "（倍数：两次独立模拟的误差与本次配对误差之比）"));
        areas_by(r,
                 AreaColumn::pooling_adjustment,
                 say("What each area's pool receives from the others', all years, in million yuan",
                     "各地统筹基金的调剂净额（历年合计，亿元）"));
    }

    /// The five areas whose sum over all years grows most, and the five whose shrinks most.
    void areas_by(std::size_t r, AreaColumn column, char const* heading) {
        auto const order = figures_.areas_by(comparison_.reforms[r], column);
        if (order.empty()) {
            return;
        }
        title(heading);
        Grid grid = contrast_grid();
        std::size_t const each = std::min<std::size_t>(5, order.size() / 2 + order.size() % 2);
        for (std::size_t i = 0; i < order.size(); ++i) {
            if (i < each || i + each >= order.size()) {
                add_contrast(grid, area(order[i].area), order[i].value);
            }
        }
        grid.append_to(out_);
    }
    [[nodiscard]] Grid contrast_grid() const {
        Grid grid({false, true, true, true, true, true}, facts_.ink);
        grid.head({"",
                   say("baseline", "基准"),
                   say("reform", "方案"),
                   say("difference", "差"),
                   "",
                   say("factor", "倍数")});
        return grid;
    }

    void add_contrast(Grid& grid, std::string name, Contrast const& c) const {
        grid.add({std::move(name),
                  money(c.mean_before),
                  money(c.mean_after),
                  money(c.difference),
                  error(half95(c)),
                  factor(c.factor)});
    }

    /// Transfers between areas by kind, and the pensions that all areas pay.
    void flows(std::size_t r) {
        Grid grid = contrast_grid();
        bool any = false;
        auto const add = [&](std::string name, Contrast const& c) {
            if (c.difference != 0) {
                any = true;
                add_contrast(grid, std::move(name), c);
            }
        };
        ReformResult const& result = comparison_.reforms[r];
        for (std::size_t k = 0; k < words<TransferKind>.size(); ++k) {
            auto const kind = static_cast<TransferKind>(k);
            std::string const name(report::kind_name(kind, facts_.language));
            add(name + say(", account", "，个人账户"), figures_.flow(result, kind, 1));
            add(name + say(", pooled", "，统筹基金"), figures_.flow(result, kind, 2));
        }
        add(say("pensions from accounts", "个人账户支付的待遇"),
            figures_.area(result, all_areas, AreaColumn::benefits_account));
        add(say("pensions from pools", "统筹基金支付的待遇"),
            figures_.area(result, all_areas, AreaColumn::benefits_pool));
        if (any) {
            title(say("Money that moves between areas, and pensions, all years, in million yuan",
                      "地区间转移的资金与支付的待遇（历年合计，亿元）"));
            grid.append_to(out_);
        }
    }

    void witnesses(std::size_t r) {
        Grid grid({false, false}, facts_.ink);
        for (WitnessLine const& witness : witnesses_.lines) {
            if (witness.reform == plan_.reforms[r].name) {
                grid.add({witness.change, say("person ", "第 ") + witness.id + say("", " 人")});
            }
        }
        if (!grid.empty()) {
            title(say("The simplest lives that show each kind of change",
                      "最能说明各类变化的最简人生"));
            grid.append_to(out_);
        }
    }

    Comparison const& comparison_;
    ComparisonPlan const& plan_;
    ReformSet const& reforms_;
    Witnesses const& witnesses_;
    ComparisonFacts facts_;
    ComparisonFigures figures_;
    bool zh_;
    double weight_;
    std::string out_;
};

} // namespace

std::string summary_of(Comparison const& comparison,
                       ComparisonPlan const& plan,
                       ReformSet const& reforms,
                       Witnesses const& witnesses,
                       ComparisonFacts const& facts) {
    return ComparisonSummary(comparison, plan, reforms, witnesses, facts).text();
}

} // namespace pensim::reform

#include "sim/report/summary.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "core/law/words.hpp"
#include "sim/report/presentation.hpp"
#include "sim/report/text_grid.hpp"
#include "sim/story/words.hpp"

namespace pensim::report {

namespace {

class Summary {
  public:
    Summary(RunResults const& results,
            scenario::Simulation const& simulation,
            SummaryFacts const& facts)
        : results_(results), simulation_(simulation), facts_(facts),
          zh_(facts.language == SummaryLanguage::zh) {}

    std::string text(Table const& calibration) {
        head();
        places();
        flows();
        gains();
        targets(calibration);
        return std::move(out_);
    }

  private:
    [[nodiscard]] char const* say(char const* en, char const* zh) const { return zh_ ? zh : en; }
    /// Fen of all replicates' lives as money of the scenario's people.
    [[nodiscard]] std::string money(double fen) const {
        double const yuan = fen / 100 * simulation_.weight();
        return zh_ ? grouped(yuan / 1e8, 2) : grouped(yuan / 1e6, 1);
    }
    [[nodiscard]] std::string area(AreaId id) const {
        Area const& a = simulation_.tables.areas[id];
        return a.id + ' ' + (zh_ ? a.name_zh : a.name_en);
    }
    [[nodiscard]] std::string branch_name(Branch branch) const {
        return std::string(zh_ ? story::name_of(branch, story::Language::zh) : word(branch));
    }
    /// In one or more lines.
    void title(std::string_view text) {
        out_ += '\n';
        while (!text.empty()) {
            auto const end = std::min(text.find('\n'), text.size());
            out_ += bold(std::string(text.substr(0, end)), facts_.ink) + '\n';
            text.remove_prefix(std::min(end + 1, text.size()));
        }
    }

    void head() {
        auto const& s = simulation_.scenario;
        auto const before = static_cast<double>(facts_.lives_before);
        double const lives_now = std::max(static_cast<double>(results_.people()) - before, 0.0);
        out_ +=
            bold(printable(fmt::format("{}: {}", s.id, zh_ ? s.title_zh : s.title_en)), facts_.ink)
            + '\n';
        out_ += zh_ ? fmt::format("  规则 {}，种子 {}，{} 个重复\n",
                                  simulation_.law->book().id,
                                  s.run.seed,
                                  results_.replicates())
                    : fmt::format("  rules {}, seed {}, {} {}\n",
                                  simulation_.law->book().id,
                                  s.run.seed,
                                  results_.replicates(),
                                  results_.replicates() == 1 ? "replicate" : "replicates");
        auto const people = grouped(static_cast<double>(simulation_.people));
        auto const persons = grouped(static_cast<double>(s.run.persons));
        out_ += zh_ ? fmt::format("  模拟 {} 人，代表 {} 人（每人代表 {:.6g} 人），{}-{} 年\n",
                                  persons,
                                  people,
                                  simulation_.weight(),
                                  s.horizon.first,
                                  s.horizon.last)
                    : fmt::format("  {} lives for {} people (each stands for {:.6g}), {} to {}\n",
                                  persons,
                                  people,
                                  simulation_.weight(),
                                  s.horizon.first,
                                  s.horizon.last);
        out_ += zh_ ? fmt::format("  用时 {:.2f} 秒，{} 个线程，每秒 {} 人{}\n",
                                  facts_.seconds,
                                  facts_.threads,
                                  grouped(lives_now / facts_.seconds),
                                  before > 0 ? fmt::format("；另有 {} 人此前已算", grouped(before))
                                             : "")
                    : fmt::format("  {:.2f} s on {} {}, {} lives a second{}\n",
                                  facts_.seconds,
                                  facts_.threads,
                                  facts_.threads == 1 ? "thread" : "threads",
                                  grouped(lives_now / facts_.seconds),
                                  before > 0
                                      ? fmt::format("; {} lives were run before", grouped(before))
                                      : "");
        if (auto const& hidden = results_.hidden()) {
            Bilingual const text = hidden_text(*hidden);
            out_ += "  " + (zh_ ? text.zh : text.en) + '\n';
        }
    }

    void places() {
        std::map<Branch, std::array<double, 2>> by_branch; // people; of them paid elsewhere
        std::map<AreaId, double> by_area;
        double all = 0;
        for (auto const& cell : results_.locations().cells()) {
            auto const key = engine::LocationKey::unpacked(cell.key);
            double const people = cell.values[0].over(results_.replicates()).mean;
            by_branch[key.branch][0] += people;
            by_branch[key.branch][1] += is_elsewhere(key) ? people : 0;
            if (key.benefit_area) {
                by_area[*key.benefit_area] += people;
            }
            all += people;
        }
        title(say("Benefit location by criterion", "待遇领取地判定依据"));
        Grid grid({false, true, true, true}, facts_.ink);
        grid.head({say("criterion", "依据"),
                   say("people", "人数"),
                   say("share", "占比"),
                   say("not where last paid", "不在最后参保地")});
        for (auto const& [branch, people] : by_branch) {
            grid.add({branch == Branch::none
                          ? say("none: died, refunded or never paid", "无：去世、已退还或从未缴费")
                          : branch_name(branch),
                      grouped(people[0] * simulation_.weight()),
                      percent(people[0] / all),
                      grouped(people[1] * simulation_.weight())});
        }
        grid.append_to(out_);
        title(say("Areas that pay most people", "待遇领取人数最多的地区"));
        std::vector<std::pair<AreaId, double>> order(by_area.begin(), by_area.end());
        std::stable_sort(order.begin(), order.end(), [](auto const& a, auto const& b) {
            return a.second > b.second;
        });
        Grid areas({false, true, true}, facts_.ink);
        for (std::size_t i = 0; i < std::min<std::size_t>(5, order.size()); ++i) {
            areas.add({area(order[i].first),
                       grouped(order[i].second * simulation_.weight()),
                       percent(order[i].second / all)});
        }
        areas.append_to(out_);
    }

    void flows() {
        struct Flow {
            std::array<double, 3> values{};
            [[nodiscard]] double money() const { return values[1] + values[2]; }
        };
        std::map<std::uint64_t, Flow> by_pair; // all years
        std::array<double, 3> sum{};
        auto const& horizon = simulation_.scenario.horizon;
        for (auto const& cell : results_.flows().cells()) {
            FlowKey key = FlowKey::unpacked(cell.key);
            if (key.year < horizon.first || key.year > horizon.last) {
                continue;
            }
            key.year = 0;
            for (std::size_t i = 0; i < 3; ++i) {
                double const mean = cell.values[i].over(results_.replicates()).mean;
                by_pair[key.packed()].values[i] += mean;
                sum[i] += mean;
            }
        }
        std::vector<std::pair<std::uint64_t, Flow>> order(by_pair.begin(), by_pair.end());
        std::stable_sort(order.begin(), order.end(), [](auto const& a, auto const& b) {
            return a.second.money() > b.second.money();
        });
        title(say("The ten largest flows, all years, in million yuan",
                  "最大的十个资金流向（历年合计，亿元）"));
        Grid grid({false, false, false, true, true, true}, facts_.ink);
        grid.head({say("from", "转出"),
                   say("to", "转入"),
                   say("kind", "类别"),
                   say("people", "人次"),
                   say("account", "个人账户"),
                   say("pooled", "统筹基金")});
        for (std::size_t i = 0; i < std::min<std::size_t>(10, order.size()); ++i) {
            FlowKey const key = FlowKey::unpacked(order[i].first);
            auto const& values = order[i].second.values;
            grid.add({area(key.from),
                      area(key.to),
                      std::string(kind_name(key.kind, facts_.language)),
                      grouped(values[0] * simulation_.weight()),
                      money(values[1]),
                      money(values[2])});
        }
        grid.add({say("all flows", "合计"),
                  "",
                  "",
                  grouped(sum[0] * simulation_.weight()),
                  money(sum[1]),
                  money(sum[2])});
        grid.append_to(out_);
    }

    void gains() {
        areas_by(
            AreaColumn::portability_gain,
            say("Gain or loss from portability, all years, in million yuan: pooled money "
                "arrived less sent,\nplus pensions that others pay for months paid here, less "
                "those paid here for months elsewhere",
                "转移接续的得失（历年合计，亿元）：转入减转出的统筹基金，加他地为本地缴费年限支付"
                "的待遇，\n减本地为他地缴费年限支付的待遇"));
        areas_by(
            AreaColumn::pooling_adjustment,
            say("Received from other areas' pools less paid to them, all years, in million yuan",
                "各地统筹基金的调剂净额（历年合计，亿元）"));
    }

    /// Areas at both ends of a column's sums over all years.
    void areas_by(AreaColumn column, char const* heading) {
        std::map<AreaId, double> by_area;
        for (auto const& cell : results_.area_years().cells()) {
            by_area[static_cast<AreaId>(cell.key & 0xffffU)] +=
                cell.values[static_cast<std::size_t>(column)].over(results_.replicates()).mean;
        }
        std::vector<std::pair<AreaId, double>> order(by_area.begin(), by_area.end());
        std::stable_sort(order.begin(), order.end(), [](auto const& a, auto const& b) {
            return a.second > b.second;
        });
        if (std::all_of(order.begin(), order.end(), [](auto const& o) { return o.second == 0; })) {
            return;
        }
        title(heading);
        Grid grid({false, true, false, true}, facts_.ink);
        std::size_t const shown = std::min<std::size_t>(5, order.size() / 2);
        for (std::size_t i = 0; i < shown; ++i) {
            auto const& best = order[i];
            auto const& worst = order[order.size() - 1 - i];
            grid.add(
                {area(best.first), money(best.second), area(worst.first), money(worst.second)});
        }
        grid.append_to(out_);
    }

    /// Whole numbers and sums, not each area.
    void targets(Table const& calibration) {
        Grid grid({false, false, true, true, true}, facts_.ink);
        grid.head({say("target", "目标"),
                   "",
                   say("known", "已知"),
                   say("simulated", "模拟"),
                   say("difference", "差")});
        bool any = false;
        auto const& target = calibration.column("target");
        auto const& item = calibration.column("item");
        auto const& unit = calibration.column("unit");
        for (std::size_t i = 0; i < calibration.rows; ++i) {
            std::string const& name = item.words[item.codes[i]];
            if (simulation_.tables.areas.find(name)) {
                continue;
            }
            any = true;
            std::string const& kind = unit.words[unit.codes[i]];
            auto const number = [&](char const* column) {
                double const value = calibration.column(column).real[i];
                return !std::isfinite(value) ? "-"
                       : kind == "people"    ? grouped(value)
                                             : fmt::format("{:.4f}", value);
            };
            grid.add({target.words[target.codes[i]],
                      name,
                      number("known"),
                      number("simulated"),
                      number("difference")});
        }
        if (any) {
            title(say("Calibration (calibration.csv has every line)",
                      "校准（全部见 calibration.csv）"));
            grid.append_to(out_);
        }
    }

    RunResults const& results_;
    scenario::Simulation const& simulation_;
    SummaryFacts facts_;
    bool zh_;
    std::string out_;
};

} // namespace

std::string summary_of(RunResults const& results,
                       scenario::Simulation const& simulation,
                       Table const& calibration,
                       SummaryFacts const& facts) {
    return Summary(results, simulation, facts).text(calibration);
}

} // namespace pensim::report

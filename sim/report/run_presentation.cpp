// A run in words: who pays, what moves, who gains.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include <fmt/format.h>

#include "sim/report/page_tables.hpp"
#include "sim/report/presentation.hpp"
#include "sim/report/text_grid.hpp"

namespace pensim::report {

namespace {

class RunWords {
  public:
    RunWords(RunResults const& results, scenario::Simulation const& simulation)
        : results_(results), simulation_(simulation), weight_(simulation.weight()) {}

    void fill(Presentation& page) {
        scenario::Scenario const& s = simulation_.scenario;
        page.kind = "run";
        page.title = {s.title_en, s.title_zh};
        page.question = {"Which area pays whom, what money moves between the areas, and who keeps "
                         "the rest?",
                         "由哪个地区支付待遇？什么钱在地区之间转移，谁留下其余部分？"};
        elsewhere(page);
        money(page);
        gains(page);
        shortfall(page);
        pensions(page);
        scope(page);
        page.answer = {answer_en_, answer_zh_};
        notes(page);
    }

  private:
    [[nodiscard]] Bilingual name(AreaId id) const {
        Area const& area = simulation_.tables.areas[id];
        return {area.name_en.empty() ? area.id : area.name_en,
                area.name_zh.empty() ? area.id : area.name_zh};
    }
    void answer(std::string const& en, std::string const& zh) {
        answer_en_ += (answer_en_.empty() ? "" : " ") + en;
        answer_zh_ += zh;
    }
    [[nodiscard]] double lives() const {
        return static_cast<double>(results_.people()) / results_.replicates();
    }

    void elsewhere(Presentation& page) {
        Estimate const people = results_.estimate(RunTotal::elsewhere);
        double const placed = results_.estimate(RunTotal::placed).value;
        Bilingual const count = people_text(people.value * weight_);
        Bilingual const of_all = people_text(placed * weight_);
        std::string const share = percent(placed > 0 ? people.value / placed : 0);
        page.headlines.push_back(
            {{"paid elsewhere than where they last paid", "待遇领取地不在最后参保地"},
             count,
             error_text(people.half95 * weight_, people_text),
             Bilingual{fmt::format("{} of {} whose place is decided", share, of_all.en),
                       fmt::format("占已确定待遇领取地的 {} 的 {}", of_all.zh, share)}});
        answer(fmt::format("Of {} people whose benefit location is decided, {} ({}) are paid by "
                           "another area than the one they last paid in.",
                           of_all.en,
                           count.en,
                           share),
               fmt::format("已确定待遇领取地的 {}中，{}（{}）不在最后参保地领取待遇。",
                           of_all.zh,
                           count.zh,
                           share));
    }

    /// All flows of every kind.
    void money(Presentation& page) {
        Estimate const account = results_.estimate(RunTotal::account);
        Estimate const pooled = results_.estimate(RunTotal::pooled);
        Estimate const transfers = results_.estimate(RunTotal::transfers);
        Estimate const all = results_.estimate(RunTotal::moved);
        double const yuan = weight_ / 100;
        Bilingual const moved = money_text(all.value * yuan);
        page.headlines.push_back({{"moves between areas", "地区间转移资金"},
                                  moved,
                                  error_text(all.half95 * yuan, money_text),
                                  Bilingual{fmt::format("{} of accounts, {} of pooled money",
                                                        money_text(account.value * yuan).en,
                                                        money_text(pooled.value * yuan).en),
                                            fmt::format("个人账户 {}，统筹基金 {}",
                                                        money_text(account.value * yuan).zh,
                                                        money_text(pooled.value * yuan).zh)}});
        page.headlines.push_back({{"transfers", "转移人次"},
                                  times_text(transfers.value * weight_),
                                  error_text(transfers.half95 * weight_, times_text),
                                  std::nullopt});
        answer(fmt::format("{} move between areas from {} to {}.",
                           moved.en,
                           simulation_.scenario.horizon.first,
                           simulation_.scenario.horizon.last),
               fmt::format("{} 至 {} 年地区间转移 {}。",
                           simulation_.scenario.horizon.first,
                           simulation_.scenario.horizon.last,
                           moved.zh));
    }

    void gains(Presentation& page) {
        std::vector<std::pair<AreaId, Estimate>> areas;
        for (auto const& cell : results_.moments().area_totals.cells()) {
            AreaId const id = AreaKey::unpacked(cell.key).area;
            if (id != all_areas) {
                areas.emplace_back(
                    id,
                    results_.estimate(&SampleMoments::area_totals,
                                      cell.key,
                                      static_cast<std::size_t>(AreaColumn::portability_gain)));
            }
        }
        if (areas.empty()) {
            return;
        }
        auto const [least, most] =
            std::minmax_element(areas.begin(), areas.end(), [](auto const& a, auto const& b) {
                return a.second.value < b.second.value;
            });
        if (most->second.value <= 0) {
            return;
        }
        double const yuan = weight_ / 100;
        for (auto const& [which, en, zh] : {std::tuple(most, "{} gains most", "{}得益最多"),
                                            std::tuple(least, "{} loses most", "{}损失最多")}) {
            Bilingual const area = name(which->first);
            page.headlines.push_back(
                {{fmt::format(fmt::runtime(en), area.en), fmt::format(fmt::runtime(zh), area.zh)},
                 money_text(which->second.value * yuan),
                 error_text(which->second.half95 * yuan, money_text),
                 Bilingual{"pooled money arrived less sent, and pensions paid for months elsewhere",
                           "统筹基金转入减转出，及为他地缴费年限支付的待遇"}});
        }
        answer(fmt::format("{} gains most by portability ({}), {} loses most ({}).",
                           name(most->first).en,
                           money_text(most->second.value * yuan).en,
                           name(least->first).en,
                           money_text(least->second.value * yuan).en),
               fmt::format("因转移接续得益最多的是{}（{}），损失最多的是{}（{}）。",
                           name(most->first).zh,
                           money_text(most->second.value * yuan).zh,
                           name(least->first).zh,
                           money_text(least->second.value * yuan).zh));
    }

    void shortfall(Presentation& page) const {
        auto const& counts = results_.endings().of(engine::Ending::missing_months);
        std::int64_t const all = std::accumulate(counts.begin(), counts.end(), std::int64_t{});
        if (all == 0) {
            return;
        }
        auto const share = static_cast<double>(all - counts[0]) / static_cast<double>(all);
        // Lives are independent: the error of a share of them.
        double const half = 1.96 * std::sqrt(share * (1 - share) / static_cast<double>(all));
        page.headlines.push_back(
            {{"short of the required months when counted", "计算年限时缴费年限不足"},
             share_text(share),
             error_text(half, share_text),
             std::nullopt});
    }

    void pensions(Presentation& page) const {
        auto const& counts = results_.endings().of(engine::Ending::replacement_of_area_wage);
        std::int64_t const all = std::accumulate(counts.begin(), counts.end(), std::int64_t{});
        if (all == 0) {
            return;
        }
        // The bin in which the median lies.
        std::int64_t sum = 0;
        std::size_t bin = 0;
        while ((sum += counts[bin]) * 2 < all) {
            ++bin;
        }
        constexpr double twentieth = 0.05;
        bool const open = bin + 1 == counts.size();
        auto const low = fmt::format("{:.0f}", static_cast<double>(bin) * twentieth * 100);
        auto const high = fmt::format("{:.0f}", static_cast<double>(bin + 1) * twentieth * 100);
        Bilingual const range = open ? Bilingual{low + "% and more", low + "% 以上"}
                                     : Bilingual{low + "–" + high + "%", low + "–" + high + "%"};
        page.headlines.push_back(
            {{"median first pension", "首月养老金中位数"},
             range,
             std::nullopt,
             Bilingual{"of the average wage of the area that pays", "占待遇领取地平均工资"}});
    }

    void scope(Presentation& page) const {
        scenario::RunSpec const& run = simulation_.scenario.run;
        page.headlines.push_back(
            {{"people", "涉及人数"},
             people_text(lives() * weight_),
             std::nullopt,
             Bilingual{fmt::format("{} simulated lives, each for {:.4g}; rules {}",
                                   grouped(static_cast<double>(run.persons)),
                                   weight_,
                                   simulation_.law->book().id),
                       fmt::format("模拟 {} 人，每人代表 {:.4g} 人；规则 {}",
                                   grouped(static_cast<double>(run.persons)),
                                   weight_,
                                   simulation_.law->book().id)}});
    }

    void notes(Presentation& page) const {
        auto const& hidden = results_.hidden();
        page.notes.push_back(
            results_.replicates() > 1
                ? Bilingual{"± is half of the 95% interval of the mean over replicates.",
                            "± 为各重复均值的 95% 置信区间半宽。"}
            : hidden
                ? Bilingual{"± is half of a 95% interval of a share. Numbers and amounts have "
                            "none: it would tell of those that are hidden.",
                            "± 为占比的 95% 置信区间半宽；人数和金额不给出区间，以免透露已隐去的"
                            "数字。"}
                : Bilingual{
                    "± is half of a 95% interval, from 20 batches of the simulated lives. It "
                    "says how much chance there is in the simulation, not how uncertain its "
                    "assumptions are.",
                    "± 为 95% 置信区间半宽，由模拟人群的 20 个批次估计；只反映模拟的随机误差，"
                    "不反映假设的不确定性。"});
        if (hidden) {
            page.notes.push_back(hidden_text(*hidden));
        }
    }

    RunResults const& results_;
    scenario::Simulation const& simulation_;
    double weight_;
    std::string answer_en_;
    std::string answer_zh_;
};

/// What every ministry draws first.
std::vector<WorkbookChart> charts_of(std::vector<Table> const& page_tables) {
    constexpr std::size_t each = 8;
    using Kind = WorkbookChart::Kind;
    auto const totals = std::find_if(page_tables.begin(), page_tables.end(), [](auto const& t) {
        return t.name == "area_totals";
    });
    return {{Kind::line,
             {"Money that moves between areas by year", "历年地区间转移资金"},
             "network",
             "year",
             {"gross", "settled"},
             {}},
            {Kind::bar,
             {"Gain or loss from portability, all years", "转移接续得失（历年合计）"},
             "area_totals",
             "area",
             {"portability_gain"},
             extremes(*totals, "portability_gain", each)},
            {Kind::bar,
             {"People by criterion of the benefit location", "待遇领取地判定依据（人数）"},
             "branches",
             "branch",
             {"people"},
             {}}};
}

} // namespace

Bilingual hidden_text(engine::HiddenCells const& hidden) {
    return {
        fmt::format("Small numbers of people are hidden and are in no sum: {} flows, {} "
                    "kinds of places, {} amounts of areas' books, {} others.",
                    hidden.flows,
                    hidden.locations,
                    hidden.books,
                    hidden.others),
        fmt::format("人数过少的单元格已隐去，且不计入任何合计：资金流向 {} 个，待遇领取地 {} 个，"
                    "各地收支 {} 个，其他 {} 个。",
                    hidden.flows,
                    hidden.locations,
                    hidden.books,
                    hidden.others)};
}

Presentation presentation_of(RunResults const& results,
                             scenario::Simulation const& simulation,
                             std::vector<Table> tables,
                             Origin const& origin) {
    Presentation page;
    RunWords(results, simulation).fill(page);
    page.tables = std::move(tables);
    page.page_tables = page_tables_of(results, simulation);
    page.charts = charts_of(page.page_tables);
    page.command = origin.command;
    page.facts = facts_of(simulation, origin);
    return page;
}

} // namespace pensim::report

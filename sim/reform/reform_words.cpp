#include "sim/reform/reform_words.hpp"

#include <cmath>

#include <fmt/format.h>

#include "sim/reform/comparison_figures.hpp"
#include "sim/reform/rule_text.hpp"

namespace pensim::reform {

namespace {

using engine::Change;
using report::Bilingual;
using report::Headline;
using report::money_text;
using report::people_text;
using report::SummaryLanguage;

/// Whole lines as texts of their own: what a terminal breaks and indents is one line on a page.
std::vector<std::string> lines_of(std::string const& text) {
    std::vector<std::string> lines;
    std::size_t begin = 0;
    while (begin < text.size()) {
        auto const end = std::min(text.find('\n', begin), text.size());
        auto const first = text.find_first_not_of(' ', begin);
        if (first < end) {
            lines.push_back(text.substr(first, end - first));
        }
        begin = end + 1;
    }
    return lines;
}

std::string joined(std::vector<std::string> const& lines) {
    return fmt::format("{}", fmt::join(lines, " "));
}

Bilingual name_of(Area const& area) {
    return {area.name_en.empty() ? area.id : area.name_en,
            area.name_zh.empty() ? area.id : area.name_zh};
}

class ReformSentences {
  public:
    ReformSentences(Comparison const& comparison,
                    ComparisonPlan const& plan,
                    ReformSet const& reforms,
                    std::size_t number)
        : comparison_(comparison), plan_(plan), reforms_(reforms), number_(number),
          result_(comparison.reforms[number]), figures_(comparison),
          weight_(plan.simulation.weight()) {}

    ReformWords write() {
        words_.title = title_of(plan_.reforms[number_]);
        people();
        money();
        areas();
        words_.answer = {answer_en_, answer_zh_};
        notes();
        return std::move(words_);
    }

  private:
    void answer(std::string const& en, std::string const& zh) {
        answer_en_ += (answer_en_.empty() ? "" : " ") + en;
        answer_zh_ += zh;
    }
    [[nodiscard]] Bilingual share(double lives) const {
        std::string const text = report::percent(lives * comparison_.replicates
                                                 / static_cast<double>(comparison_.people));
        return {text + " of all", "占全部的 " + text};
    }
    void people() {
        Contrast const any = figures_.changed(result_);
        Contrast const elsewhere = figures_.changed(result_, Change::benefit_area);
        words_.headlines.push_back(people_headline(
            {"people whom it changes", "受影响的人"}, any, weight_, share(any.difference)));
        words_.headlines.push_back(people_headline({"paid by another area", "待遇领取地变化"},
                                                   elsewhere,
                                                   weight_,
                                                   share(elsewhere.difference)));
        Contrast const winners = figures_.winners(result_);
        Contrast const losers = figures_.losers(result_);
        if (any.difference == 0) {
            answer("Nobody's place, pension or transfers change.",
                   "无人的待遇领取地、养老金或转移资金受影响。");
        } else {
            affected(any, elsewhere, winners, losers);
        }
        pensions(winners, losers);
    }

    /// How many people it changes, and in what: where somebody does.
    void affected(Contrast const& any,
                  Contrast const& elsewhere,
                  Contrast const& winners,
                  Contrast const& losers) {
        std::vector<std::string> en;
        std::vector<std::string> zh;
        auto const tell = [&](Contrast const& lives, char const* english, char const* chinese) {
            if (lives.difference != 0) {
                Bilingual const text = people_text(lives.difference * weight_);
                en.push_back(fmt::format(fmt::runtime(english), text.en));
                zh.push_back(fmt::format(fmt::runtime(chinese), text.zh));
            }
        };
        tell(elsewhere, "{} are paid by another area", "{}改由其他地区支付待遇");
        tell(winners, "{} get a higher monthly pension", "{}月养老金增加");
        tell(losers, "{} get a lower monthly pension", "{}月养老金减少");
        Bilingual const people = people_text(any.difference * weight_);
        answer(fmt::format("It changes something for {} people ({}){}{}.",
                           people.en,
                           share(any.difference).en,
                           en.empty() ? "" : ": ",
                           fmt::join(en, ", ")),
               fmt::format("{}（{}）受到影响{}{}。",
                           people.zh,
                           share(any.difference).zh,
                           zh.empty() ? "" : "：",
                           fmt::join(zh, "，")));
    }

    /// Who gets more a month, and who less.
    void pensions(Contrast const& winners, Contrast const& losers) {
        engine::Impact const& all = result_.people.impacts.front();
        auto const mean = [](Fen sum, std::int64_t people, char const* en, char const* zh) {
            if (people == 0) {
                return std::optional<Bilingual>();
            }
            std::string const yuan = report::grouped(static_cast<double>(sum.count()) / 100
                                                     / static_cast<double>(people));
            return std::optional(Bilingual{fmt::format("on average {} yuan {} a month", yuan, en),
                                           fmt::format("平均每月{} {} 元", zh, yuan)});
        };
        words_.headlines.push_back(people_headline({"get a higher pension", "月养老金增加"},
                                                   winners,
                                                   weight_,
                                                   mean(all.gained, all.winners, "more", "增加")));
        words_.headlines.push_back(people_headline({"get a lower pension", "月养老金减少"},
                                                   losers,
                                                   weight_,
                                                   mean(all.lost, all.losers, "less", "减少")));
    }

    void money() {
        Contrast const moved = figures_.total(result_, MoneyTotal::moved);
        Contrast const pensions = figures_.total(result_, MoneyTotal::pensions);
        words_.headlines.push_back(
            money_headline({"moves between areas", "地区间转移资金"}, moved, weight_));
        words_.headlines.push_back(
            money_headline({"pensions paid", "支付的待遇"}, pensions, weight_));
        if (moved.difference != 0) {
            double const yuan = weight_ / 100;
            bool const more = moved.difference > 0;
            Bilingual const by = money_text(std::abs(moved.difference) * yuan);
            Bilingual const from = money_text(moved.mean_before * yuan);
            Bilingual const to = money_text(moved.mean_after * yuan);
            answer(fmt::format("{} {} moves between areas: {} instead of {}.",
                               by.en,
                               more ? "more" : "less",
                               to.en,
                               from.en),
                   fmt::format("地区间转移资金{} {}（由 {} 变为 {}）。",
                               more ? "增加" : "减少",
                               by.zh,
                               from.zh,
                               to.zh));
        }
    }

    /// Who among the areas gains and loses most: by portability, or else by what the pools move.
    void areas() {
        auto order = figures_.areas_by(result_, report::AreaColumn::portability_gain);
        bool const pools = order.empty();
        if (pools) {
            order = figures_.areas_by(result_, report::AreaColumn::pooling_adjustment);
        }
        if (order.empty() || order.front().value.difference <= 0) {
            return;
        }
        area_headline({"gains most", "得益最多"}, order.front());
        area_headline({"loses most", "损失最多"}, order.back());
        auto const told = [&](AreaContrast const& area, bool zh) {
            Bilingual const name = name_of(plan_.simulation.tables.areas[area.area]);
            Bilingual const amount = signed_money(area.value.difference * weight_ / 100);
            return zh ? fmt::format("{}（{}）", name.zh, amount.zh)
                      : fmt::format("{} ({})", name.en, amount.en);
        };
        answer(fmt::format("Among the areas {} gains most{}, {} loses most.",
                           told(order.front(), false),
                           pools ? " from what pools adjust" : " by portability",
                           told(order.back(), false)),
               fmt::format("各地中{}得益最多的是{}，损失最多的是{}。",
                           pools ? "因统筹基金调剂" : "因转移接续",
                           told(order.front(), true),
                           told(order.back(), true)));
    }
    void area_headline(Bilingual label, AreaContrast const& area) {
        words_.headlines.push_back(
            {std::move(label),
             name_of(plan_.simulation.tables.areas[area.area]),
             report::error_text(half95(area.value) * weight_ / 100, money_text),
             signed_money(area.value.difference * weight_ / 100)});
    }

    void notes() {
        RuleText const en(comparison_, plan_, reforms_, number_, SummaryLanguage::en);
        RuleText const zh(comparison_, plan_, reforms_, number_, SummaryLanguage::zh);
        auto const add = [&](std::string const& english, std::string const& chinese) {
            auto const first = lines_of(english);
            auto const second = lines_of(chinese);
            PENSIM_EXPECT(first.size() == second.size());
            for (std::size_t i = 0; i < first.size(); ++i) {
                words_.notes.push_back({first[i], second[i]});
            }
        };
        add(en.composition(), zh.composition());
        add(en.steps(), zh.steps());
        std::string const since = joined(lines_of(en.before_first_date()));
        if (!since.empty()) {
            words_.notes.push_back({since, joined(lines_of(zh.before_first_date()))});
        }
        add(en.idle_parameters(), zh.idle_parameters());
    }

    Comparison const& comparison_;
    ComparisonPlan const& plan_;
    ReformSet const& reforms_;
    std::size_t number_;
    ReformResult const& result_;
    ComparisonFigures figures_;
    double weight_;
    ReformWords words_;
    std::string answer_en_;
    std::string answer_zh_;
};

} // namespace

ReformWords words_of(Comparison const& comparison,
                     ComparisonPlan const& plan,
                     ReformSet const& reforms,
                     std::size_t reform) {
    return ReformSentences(comparison, plan, reforms, reform).write();
}

Bilingual title_of(Reform const& reform) {
    law::RuleBook const& book = reform.terms.book;
    if (!reform.same_world || book.title_en.empty()) {
        return {reform.name, reform.name};
    }
    return {book.title_en, book.title_zh.empty() ? book.title_en : book.title_zh};
}

Bilingual interval_note(Comparison const& comparison) {
    if (!comparison.one_replicate()) {
        return {
            "± is half of the 95% interval of the mean difference over replicates, which are the "
            "same people under each rule set.",
            "± 为各重复差值均值的 95% 置信区间半宽；各规则集下是同一批人。"};
    }
    return {
        "± is half of the 95% interval of a difference, from 20 batches of the simulated lives, "
        "which are the same people under each rule set. It says how much chance there is in the "
        "simulation, not how uncertain its assumptions are; of what pools move between areas it "
        "only indicates.",
        "± 为差值的 95% 置信区间半宽，由模拟人群的 20 "
        "个批次估计；各规则集下是同一批人。只反映模拟的随机误差，不反映假设的不确定性；"
        "对统筹基金之间的调剂仅供参考。"};
}

Bilingual signed_money(double yuan) {
    Bilingual text = money_text(yuan);
    if (yuan > 0) {
        text.en.insert(0, "+");
        text.zh.insert(0, "+");
    }
    return text;
}

Headline money_headline(Bilingual label, Contrast const& fen, double weight) {
    double const yuan = weight / 100;
    Bilingual const from = money_text(fen.mean_before * yuan);
    Bilingual const to = money_text(fen.mean_after * yuan);
    return {std::move(label),
            signed_money(fen.difference * yuan),
            report::error_text(half95(fen) * yuan, money_text),
            Bilingual{fmt::format("{} instead of {}", to.en, from.en),
                      fmt::format("由 {} 变为 {}", from.zh, to.zh)}};
}

Headline people_headline(Bilingual label,
                         Contrast const& lives,
                         double weight,
                         std::optional<Bilingual> note) {
    return {std::move(label),
            people_text(lives.difference * weight),
            report::error_text(half95(lives) * weight, people_text),
            std::move(note)};
}

} // namespace pensim::reform

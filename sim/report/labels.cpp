#include "sim/report/labels.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "core/basis/check.hpp"
#include "core/law/rule_keys.hpp"
#include "core/law/words.hpp"
#include "sim/report/text_grid.hpp"

namespace pensim::report {

namespace {

using View = std::string_view;

Bilingual both(View en, View zh) {
    return {std::string(en), std::string(zh)};
}

// ---- columns ------------------------------------------------------------------------------------

struct ColumnName {
    View column; ///< "people", or "flows.people" for a table whose column means something else
    View en;
    View zh;
    Unit unit = Unit::none;
};

constexpr ColumnName known_columns[]{
    {"year", "Year", "年份", Unit::year},
    {"from", "From", "转出地"},
    {"to", "To", "转入地"},
    {"distributions.from", "From (included)", "下限（含）", Unit::number},
    {"distributions.to", "To (not included)", "上限（不含）", Unit::number},
    {"transitions.from", "Under the baseline", "基准下"},
    {"transitions.to", "Under the reform", "方案下"},
    {"transition_totals.from", "Under the baseline", "基准下"},
    {"transition_totals.to", "Under the reform", "方案下"},
    {"parameters.from", "From month", "起始月份"},
    {"parameters.to", "To month", "截止月份"},
    {"kind", "Kind of transfer", "转移类别"},
    {"people", "People", "人数", Unit::people},
    {"flows.people", "People", "人次", Unit::people},
    {"flow_totals.people", "People", "人次", Unit::people},
    {"links.people", "People", "人次", Unit::people},
    {"account", "Account money", "个人账户", Unit::yuan},
    {"pooled", "Pooled money", "统筹基金", Unit::yuan},
    {"amount", "Amount", "金额", Unit::yuan},
    {"cumulative_share", "Share with all larger ones", "累计占比", Unit::share},
    {"weight", "People per simulated life", "每个模拟人代表人数", Unit::number},
    {"group", "Group", "人员类别"},
    {"branch", "Criterion", "判定依据"},
    {"last_area", "Last area paid in", "最后参保地"},
    {"benefit_area", "Benefit location", "待遇领取地"},
    {"area", "Area", "地区"},
    {"share", "Share", "占比", Unit::share},
    {"elsewhere", "Not where last paid", "不在最后参保地", Unit::people},
    // areas
    {"insured", "People insured", "参保人数", Unit::people},
    {"pensioners", "Pensioners", "待遇领取人数", Unit::people},
    {"months_paid", "Months paid", "缴费月数", Unit::months},
    {"pension_months", "Months of pension", "待遇支付月数", Unit::months},
    {"contributions_account", "Contributions to accounts", "记入个人账户的缴费", Unit::yuan},
    {"contributions_pool", "Contributions to the pool", "记入统筹基金的缴费", Unit::yuan},
    {"contributions_workers", "Contributions of workers", "个人缴费", Unit::yuan},
    {"contributions_employers", "Contributions of employers", "单位缴费", Unit::yuan},
    {"interest", "Interest on accounts", "个人账户利息", Unit::yuan},
    {"benefits_account", "Pensions from accounts", "个人账户支付的待遇", Unit::yuan},
    {"benefits_pool", "Pensions from the pool", "统筹基金支付的待遇", Unit::yuan},
    {"refunds", "Accounts paid out", "一次性支付的个人账户", Unit::yuan},
    {"inheritances", "Accounts inherited", "继承的个人账户", Unit::yuan},
    {"to_resident_scheme", "To the residents' scheme", "转入城乡居民养老保险", Unit::yuan},
    {"account_balance", "Balance of accounts", "个人账户余额", Unit::yuan},
    {"pooling_adjustment", "Adjustment between pools", "统筹基金调剂净额", Unit::yuan},
    {"pool_balance", "Balance of the pool", "统筹基金结余", Unit::yuan},
    {"paid_for_elsewhere",
     "Pensions for months elsewhere",
     "本地为他地缴费年限支付的待遇",
     Unit::yuan},
    {"paid_by_elsewhere",
     "Pensions others pay for months here",
     "他地为本地缴费年限支付的待遇",
     Unit::yuan},
    {"portability_gain", "Gain from portability", "转移接续得失", Unit::yuan},
    // calibration, distributions
    {"target", "Target", "目标"},
    {"item", "Item", "项目"},
    {"unit", "Unit", "单位"},
    {"known", "Known", "已知", Unit::number},
    {"simulated", "Simulated", "模拟", Unit::number},
    {"difference", "Difference", "差", Unit::number},
    {"source", "Source", "来源"},
    {"measure", "Measure", "指标"},
    // network
    {"areas", "Areas", "地区数", Unit::number},
    {"links", "Links", "联系数", Unit::number},
    {"gross", "Gross amount", "总额", Unit::yuan},
    {"bilateral", "After netting pairs", "两两轧差后金额", Unit::yuan},
    {"settled", "After netting all", "多边轧差后金额", Unit::yuan},
    {"payments_gross", "Payments, gross", "轧差前支付笔数", Unit::number},
    {"payments_settled", "Payments, netted", "轧差后支付笔数", Unit::number},
    {"saved_share", "Share saved by netting", "轧差节省比例", Unit::share},
    {"circular", "Amount in circles", "循环金额", Unit::yuan},
    {"circular_share", "Share in circles", "循环占比", Unit::share},
    {"largest_group", "Areas in the largest group", "最大互通组的地区数", Unit::number},
    {"sent", "Sent", "转出金额", Unit::yuan},
    {"received", "Received", "转入金额", Unit::yuan},
    {"net", "Net received", "净转入", Unit::yuan},
    {"links_out", "Areas sent to", "转出地区数", Unit::number},
    {"links_in", "Areas received from", "转入来源地区数", Unit::number},
    {"rank", "Rank in the network (PageRank)", "网络地位（PageRank）", Unit::number},
    {"betweenness", "Betweenness", "中介中心度", Unit::number},
    {"positions.group", "Group of linked areas", "互通组", Unit::number},
    {"position_totals.group", "Group of linked areas", "互通组", Unit::number},
    {"payer", "Payer", "付款地"},
    {"payee", "Payee", "收款地"},
    {"circle", "Circle", "循环路径"},
    // comparison
    {"reform", "Reform", "方案"},
    {"value", "Value", "数值", Unit::number},
    {"winners.value", "Of whom", "类别"},
    {"by", "By", "分类方式"},
    {"change", "What changes", "变化内容"},
    {"lo95", "95% interval, low", "95%区间下限", Unit::number},
    {"hi95", "95% interval, high", "95%区间上限", Unit::number},
    {"changes.lo95", "People, 95% low", "人数（95%下限）", Unit::people},
    {"changes.hi95", "People, 95% high", "人数（95%上限）", Unit::people},
    {"winners.pensioners", "Pensioners", "待遇领取人", Unit::people},
    {"winners", "Winners", "受益人数", Unit::people},
    {"losers", "Losers", "受损人数", Unit::people},
    {"gained_a_month", "Gained a month", "每月增加合计", Unit::yuan},
    {"lost_a_month", "Lost a month", "每月减少合计", Unit::yuan},
    {"mean_change", "Mean change", "平均变化", Unit::yuan},
    {"mean_change_of_changed", "Mean change of those changed", "有变化者平均变化", Unit::yuan},
    {"parameter", "Parameter", "参数"},
    {"baseline", "Baseline", "基准", Unit::number},
    {"reform_value", "Value of the reform", "方案取值"},
    {"baseline_source", "Source of the baseline", "基准出处"},
    {"reform_source", "Source of the reform", "方案出处"},
    {"people_reached", "People reached", "所及人数", Unit::people},
    {"people_changed_alone", "People changed by it alone", "单独影响人数", Unit::people},
    {"changed", "People changed", "受影响人数", Unit::people},
    {"other_area", "Paid by another area", "待遇领取地变化人数", Unit::people},
    {"pensions", "Pensions paid", "支付的待遇", Unit::yuan},
    {"moved", "Money that moves", "转移资金", Unit::yuan},
    // sweep
    {"figure", "Figure", "指标"},
    {"factor", "Error factor", "误差倍数", Unit::number},
    {"lowest", "Lowest", "最低", Unit::number},
    {"highest", "Highest", "最高", Unit::number},
    {"r_squared", "R² of the fit", "拟合优度 R²", Unit::number},
};

struct Suffix {
    View ends;
    View en;
    View zh;
    bool keeps_unit = true;
};
constexpr Suffix suffixes[]{
    {"_sd", "standard deviation", "标准差"},
    {"_lo95", "95% low", "95%下限"},
    {"_hi95", "95% high", "95%上限"},
    {"_baseline", "baseline", "基准"},
    {"_reform", "reform", "方案"},
    {"_difference", "difference", "差"},
    {"_factor", "error factor", "误差倍数", false},
};

struct TransferSide {
    View ends;
    View en;
    View zh;
};
/// What the books of areas call the four sides of each kind of transfer.
constexpr TransferSide transfer_sides[]{
    {"_in_account", "account money in", "转入个人账户"},
    {"_in_pooled", "pooled money in", "转入统筹基金"},
    {"_out_account", "account money out", "转出个人账户"},
    {"_out_pooled", "pooled money out", "转出统筹基金"},
};

std::optional<Label> transfer_label(View name) {
    constexpr std::array<View, 4> plural{"Moves", "Returns", "Gathering", "Temporary accounts"};
    for (TransferSide const& side : transfer_sides) {
        if (!name.ends_with(side.ends)) {
            continue;
        }
        auto const kind = from_word<TransferKind>(name.substr(0, name.size() - side.ends.size()));
        if (kind) {
            return Label{{fmt::format("{}: {}", plural[static_cast<std::size_t>(*kind)], side.en),
                          fmt::format("{}：{}", kind_name(*kind, SummaryLanguage::zh), side.zh)},
                         Unit::yuan};
        }
    }
    return std::nullopt;
}

std::optional<Label> plain_label(View table, View name) {
    std::string const special = fmt::format("{}.{}", table, name);
    for (View const wanted : {View(special), name}) {
        for (ColumnName const& known : known_columns) {
            if (known.column == wanted) {
                return Label{both(known.en, known.zh), known.unit};
            }
        }
    }
    if (auto transfer = transfer_label(name)) {
        return transfer;
    }
    if (auto rule = rule_label(name)) {
        return Label{*std::move(rule), Unit::none};
    }
    return std::nullopt;
}

std::optional<Label> composed_label(View table, View name) {
    constexpr View slope = "per_unit_of_";
    if (name.starts_with(slope)) {
        View const key = name.substr(slope.size());
        return Label{{fmt::format("Per unit of {}", key), fmt::format("{} 每单位的变化", key)},
                     Unit::number};
    }
    for (Suffix const& suffix : suffixes) {
        if (!name.ends_with(suffix.ends)) {
            continue;
        }
        auto stem = plain_label(table, name.substr(0, name.size() - suffix.ends.size()));
        if (stem) {
            return Label{{fmt::format("{}, {}", stem->name.en, suffix.en),
                          fmt::format("{}（{}）", stem->name.zh, suffix.zh)},
                         suffix.keeps_unit ? stem->unit : Unit::number};
        }
    }
    return std::nullopt;
}

/// "p10": a decile of the changes of monthly pensions.
std::optional<Label> decile_label(View name) {
    if (name.size() == 3 && name[0] == 'p' && name[1] >= '1' && name[1] <= '9' && name[2] == '0') {
        int const tenths = name[1] - '0';
        constexpr std::array<View, 9> ordinals{
            "1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th"};
        return Label{{fmt::format("{} decile", ordinals[static_cast<std::size_t>(tenths - 1)]),
                      fmt::format("第{}十分位数", tenths)},
                     Unit::yuan};
    }
    return std::nullopt;
}

} // namespace

std::string_view word_of(Unit unit) {
    constexpr std::array<View, 7> unit_words{
        "none", "year", "people", "months", "yuan", "share", "number"};
    return unit_words[static_cast<std::size_t>(unit)];
}

Bilingual name_of(Unit unit) {
    switch (unit) {
    case Unit::none:
        return {};
    case Unit::year:
        return both("year", "年");
    case Unit::people:
        return both("people", "人");
    case Unit::months:
        return both("months", "月");
    case Unit::yuan:
        return both("yuan", "元");
    case Unit::share:
        return both("share", "占比");
    case Unit::number:
        return both("number", "数值");
    }
    PENSIM_EXPECT(false);
    return {};
}

std::optional<Bilingual> rule_label(std::string_view key) {
    if (!law::rule_number(key)) {
        return std::nullopt;
    }
    std::optional<Bilingual> found;
    law::RuleBook const book;
    law::visit_rules(book, [&](law::RuleKey const& rule, auto const&) {
        if (rule.name == key) {
            // Two meanings lean on the one before them.
            constexpr View same = "the same for ";
            std::string meaning = rule.en.starts_with(same)
                                      ? fmt::format("order in which criteria are tried for {}",
                                                    rule.en.substr(same.size()))
                                      : std::string(rule.en);
            if (meaning[0] >= 'a' && meaning[0] <= 'z') {
                meaning[0] = static_cast<char>(meaning[0] - 'a' + 'A');
            }
            found = Bilingual{fmt::format("{} ({})", meaning, key),
                              fmt::format("{}（{}）", rule.zh, key)};
        }
    });
    return found;
}

Label label_of(std::string_view table, Column const& column) {
    auto label = plain_label(table, column.name);
    if (!label) {
        label = decile_label(column.name);
    }
    if (!label) {
        label = composed_label(table, column.name);
    }
    if (!label) {
        label = Label{both(column.name, column.name), Unit::number};
    }
    if (column.kind == Column::Kind::word) {
        label->unit = Unit::none;
    } else if (column.kind == Column::Kind::yuan) {
        label->unit = Unit::yuan;
    }
    return *std::move(label);
}

} // namespace pensim::report

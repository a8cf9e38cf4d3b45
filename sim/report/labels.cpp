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

// ---- tables -------------------------------------------------------------------------------------

struct TableName {
    View table;
    View en;
    View zh;
    View note_en;
    View note_zh;
};

constexpr std::array<TableName, 24> table_names{{
    {"flows",
     "Flows between pooling areas",
     "地区间资金流向",
     "A row for each year, pair of areas and kind of transfer; those with nothing to show are left "
     "out.",
     "每年、每对地区、每类转移一行；没有内容的不列。"},
    {"flow_totals",
     "Flows, all years",
     "资金流向历年合计",
     "The flows of all years together, with rows for all areas; those with nothing to show are "
     "left out.",
     "历年资金流向合计，并列出全部地区之和；没有内容的不列。"},
    {"locations",
     "Benefit locations",
     "待遇领取地",
     "Who is paid where, and why: a row for each group, criterion, last area paid in and benefit "
     "location. Without a location: died, refunded or never paid.",
     "由何地支付、依据为何：每类人员、判定依据、最后参保地、待遇领取地一行。无领取地：去世、已退还"
     "或"
     "从未缴费。"},
    {"areas",
     "Books of the areas",
     "各地历年收支",
     "What each area's funds received and paid in a year, and their balances at its end.",
     "各地基金每年的收入与支出，余额为年末数。"},
    {"area_totals",
     "Books of the areas, all years",
     "各地收支历年合计",
     "The books of all years together; balances are those of the last year.",
     "历年收支合计，余额为最后一年年末数。"},
    {"calibration",
     "Calibration",
     "校准",
     "What is known of the world, what was simulated, and the difference.",
     "已知数据、模拟结果及其差。"},
    {"distributions",
     "Distributions",
     "分布",
     "How many people lie between two values; the upper one is not included, and the last class "
     "may have none.",
     "数值落在各区间的人数；不含区间上限，最后一组可无上限。"},
    {"links",
     "Links between areas",
     "地区间联系",
     "All kinds of transfers from one area to another together, by year; the year 0 stands for all "
     "years. Largest first; of a single year the 150 largest.",
     "两地间各类转移之和，分年列出；年份0为历年合计。由大到小，单个年份列出最大的 150 个。"},
    {"branches",
     "Benefit locations by criterion",
     "按判定依据的待遇领取地",
     "By which criterion people got their benefit location, and how many are not paid where they "
     "last paid.",
     "各判定依据的人数，以及其中不在最后参保地领取的人数。"},
    {"paths",
     "Last area and benefit location",
     "最后参保地与待遇领取地",
     "Where people last paid and where they are paid, all groups and criteria together.",
     "最后参保地与待遇领取地的人数，各类人员、各判定依据合计。"},
    {"network",
     "Network of flows",
     "资金流向网络",
     "The flows of each year as a network: sums, what netting would save, what runs in circles.",
     "每年资金流向构成的网络：总额、轧差后可节省的支付、循环往复的资金。"},
    {"network_totals",
     "Network of flows, all years",
     "资金流向网络历年合计",
     "The flows of all years together as a network.",
     "历年资金流向合计构成的网络。"},
    {"positions",
     "Positions of areas",
     "各地在网络中的位置",
     "What each area sent and received in a year, and where it stands in the network.",
     "各地每年转出、转入的资金及其在网络中的位置。"},
    {"position_totals",
     "Positions of areas, all years",
     "各地在网络中的位置历年合计",
     "What each area sent and received in all years, and where it stands in the network.",
     "各地历年转出、转入的资金及其在网络中的位置。"},
    {"settlements",
     "Settlement plan",
     "清算方案",
     "Few payments that would settle the net positions of a year.",
     "以尽量少的支付结清当年各地净额的方案。"},
    {"settlement_totals",
     "Settlement plan, all years",
     "清算方案历年合计",
     "Few payments that would settle the net positions of all years.",
     "以尽量少的支付结清历年各地净额的方案。"},
    {"circles",
     "Circles of money",
     "循环资金",
     "Money of a year that returns to where it set out, as circles of areas; the 20 largest.",
     "当年循环往复的资金所经过的地区，最大的20个循环。"},
    {"circle_totals",
     "Circles of money, all years",
     "循环资金历年合计",
     "Money of all years that returns to where it set out, as circles of areas; the 20 largest.",
     "历年循环往复的资金所经过的地区，最大的20个循环。"},
    {"changes",
     "Who changes",
     "受影响的人",
     "How many people a reform changes, by what changes; whoever changes in several ways is "
     "counted in each.",
     "各方案影响的人数，按变化的内容；有多种变化的人重复计入。"},
    {"transitions",
     "From what to what",
     "变化前后",
     "People by what they have under the baseline and under the reform.",
     "按基准下与方案下的情形列出的人数。"},
    {"winners",
     "Winners and losers",
     "受益与受损",
     "Monthly pension at settlement, reform less baseline: who gains and who loses, by groups of "
     "people. Deciles are of those whose pension changes.",
     "核定时月养老金的变化（方案减基准）：各类人员中受益与受损的人；十分位数按有变化者计。"},
    {"parameters",
     "Parameters that differ",
     "不同的参数",
     "Every parameter in which a reform differs, from when to when, and whom it reaches.",
     "各方案与基准不同的参数、起止月份及所及人数。"},
    {"sweep",
     "Each setting against baseline",
     "各组取值与基准比较",
     "Figures of every setting of the parameters, all years together.",
     "各组参数取值下的结果，历年合计。"},
    {"sensitivity",
     "Sensitivity of the flows",
     "资金流向的敏感度",
     "How the flows of all years move with each parameter: range over the settings, and slope of "
     "the least-squares fit.",
     "历年资金流向随各参数的变化：取值范围与最小二乘斜率。"},
}};

TableName const* find_table(View table) {
    auto const* const found = std::find_if(table_names.begin(),
                                           table_names.end(),
                                           [&](TableName const& t) { return t.table == table; });
    return found == table_names.end() ? nullptr : found;
}

// ---- columns ------------------------------------------------------------------------------------

struct ColumnName {
    View column; ///< "people", or "flows.people" for a table whose column means something else
    View en;
    View zh;
    Unit unit = Unit::none;
};

constexpr ColumnName column_names[]{
    {"year", "Year", "年份", Unit::year},
    {"from", "From", "转出地"},
    {"to", "To", "转入地"},
    {"distributions.from", "From (included)", "下限（含）", Unit::number},
    {"distributions.to", "To (not included)", "上限（不含）", Unit::number},
    {"transitions.from", "Under the baseline", "基准下"},
    {"transitions.to", "Under the reform", "方案下"},
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
        for (ColumnName const& known : column_names) {
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

Bilingual title_of(std::string_view table) {
    TableName const* const found = find_table(table);
    return found == nullptr ? both(table, table) : both(found->en, found->zh);
}

Bilingual note_of(std::string_view table) {
    TableName const* const found = find_table(table);
    return found == nullptr ? Bilingual{} : both(found->note_en, found->note_zh);
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

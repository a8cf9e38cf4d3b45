#include <algorithm>
#include <iterator>

#include "sim/report/labels.hpp"

namespace pensim::report {

namespace {

using View = std::string_view;

struct TableName {
    View table;
    View en;
    View zh;
    View note_en;
    View note_zh;
};

constexpr TableName table_names[]{
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
    {"overview",
     "The reforms side by side",
     "各方案与基准比较",
     "How many people each reform changes, who wins and loses a pension, and what money moves more "
     "or less, all years.",
     "各方案影响的人数、月养老金增减的人数，以及历年待遇与转移资金的增减。"},
    {"area_contrasts",
     "Books of every area under both",
     "各地在两种规则下的收支",
     "The books of all years together under the baseline and under the reform: every area and "
     "item, also where nothing differs.",
     "基准与方案下的各地历年收支合计，每地每项均列出，包括没有差别的。"},
    {"branch_contrasts",
     "People by criterion under both",
     "两种规则下按判定依据的人数",
     "By which criterion people get their benefit location under the baseline and under the "
     "reform.",
     "基准与方案下各判定依据的人数。"},
    {"transition_totals",
     "From what to what, all groups",
     "变化前后，各类人员合计",
     "People by what they have under the baseline and under the reform, all groups together, the "
     "most frequent first; the last column adds up the shares of a kind of change.",
     "按基准下与方案下的情形列出的人数，各类人员合计，由多到少；末列为同类变化的累计占比。"},
    {"curves",
     "Figures by setting",
     "各组取值下的指标",
     "Every figure with the interval that its difference from the baseline leaves it.",
     "各指标的值，及其与基准之差的区间所对应的范围。"},
};

TableName const* find_table(View table) {
    auto const* const found = std::find_if(std::begin(table_names),
                                           std::end(table_names),
                                           [&](TableName const& t) { return t.table == table; });
    return found == std::end(table_names) ? nullptr : found;
}

} // namespace

Bilingual title_of(std::string_view table) {
    TableName const* const found = find_table(table);
    return found == nullptr ? Bilingual{std::string(table), std::string(table)}
                            : Bilingual{std::string(found->en), std::string(found->zh)};
}

Bilingual note_of(std::string_view table) {
    TableName const* const found = find_table(table);
    return found == nullptr ? Bilingual{}
                            : Bilingual{std::string(found->note_en), std::string(found->note_zh)};
}

} // namespace pensim::report

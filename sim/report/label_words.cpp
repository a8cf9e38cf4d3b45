#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "core/law/words.hpp"
#include "sim/report/labels.hpp"
#include "sim/report/text_grid.hpp"
#include "sim/story/words.hpp"

namespace pensim::report {

namespace {

using View = std::string_view;

struct Word {
    View column;
    View word;
    View en;
    View zh;
};

/// Words that no other room has names for.
constexpr Word own_words[]{
    {"measure", "people", "People", "人次"},
    {"measure", "account", "Account money", "个人账户"},
    {"measure", "pooled", "Pooled money", "统筹基金"},
    {"measure", "missing_months", "Months missing for a pension", "距最低缴费年限所差月数"},
    {"measure",
     "replacement_of_area_wage",
     "Pension over the area's average wage",
     "养老金与当地平均工资之比"},
    {"measure", "replacement_of_own_wage", "Pension over the own wage", "养老金与本人工资之比"},
    {"change", "status", "Status", "状态"},
    {"change", "benefit_area", "Benefit location", "待遇领取地"},
    {"change", "branch", "Criterion", "判定依据"},
    {"change", "months_short", "Months to extend", "需延长缴费月数"},
    {"change", "pension", "Monthly pension", "月养老金"},
    {"change", "transfers", "Transfers", "资金转移"},
    {"change", "books", "Any posting", "任何记账"},
    {"change", "any", "Anything", "任何变化"},
    {"by", "all", "Everybody", "全部"},
    {"by", "group", "Group", "人员类别"},
    {"by", "benefit_area", "Benefit location, baseline", "待遇领取地（基准）"},
    {"by", "age", "Age", "年龄"},
    {"by", "career", "Years paid", "缴费年限"},
    {"value", "all", "Everybody", "全部"},
    {"value", "unborn", "not yet born", "尚未出生"},
    {"value", "none", "none", "无"},
    {"value", "0", "nothing paid", "未缴费"},
    {"status", "pension", "pension", "领取养老金"},
    {"status", "extend", "may extend", "可延长缴费"},
    {"status", "lump_sum", "may pay the rest at once", "可一次性缴费"},
    {"status", "short_no_extension", "short, may not extend", "年限不足且不能延长缴费"},
    {"status", "refunded", "refunded", "已退还个人账户"},
    {"status", "died", "died before the pension", "领取前去世"},
    {"status", "no_contributions", "never paid", "从未缴费"},
    {"status", "undetermined", "no place determined", "无法确定待遇领取地"},
    {"end", "none", "none", "无"},
    {"end", "0", "no months short", "不差月数"},
    {"item", "share misplaced", "share misplaced", "错置比例"},
    {"item", "all areas", "all areas", "全部地区"},
    {"item", "largest error", "largest error", "最大误差"},
    {"item", "mean error", "mean error", "平均误差"},
    {"item", "repaired rates", "repaired rates", "修正的转移率"},
    {"item", "generator carried on", "generator carried on", "沿用转移率矩阵外推"},
    {"item", "naive: last matrix again", "naive: last matrix again", "简单外推：重复上一矩阵"},
    {"item", "naive: gravity", "naive: gravity", "简单外推：引力模型"},
    {"source",
     "share of movers misplaced, totals made equal",
     "share of movers misplaced, totals made equal",
     "错置的流动人口比例（总量调为相等）"},
    {"unit", "people", "people", "人"},
    {"unit", "months", "months", "月"},
    {"unit", "yuan", "yuan", "元"},
    {"unit", "share", "share", "占比"},
    {"unit", "chance", "chance", "概率"},
    {"unit", "entries", "entries", "个"},
    {"figure", "winners", "Winners", "受益人数"},
    {"figure", "losers", "Losers", "受损人数"},
    {"figure", "flows.total", "Money that moves between areas", "地区间转移资金"},
    {"figure", "benefits.total", "Pensions paid", "支付的待遇"},
};

std::optional<Bilingual> own_word(View column, View word) {
    auto const* const found =
        std::find_if(std::begin(own_words), std::end(own_words), [&](Word const& w) {
            return w.column == column && w.word == word;
        });
    if (found == std::end(own_words)) {
        return std::nullopt;
    }
    return Bilingual{std::string(found->en), std::string(found->zh)};
}

template <class Enum>
std::optional<Bilingual> story_word(View word) {
    auto const value = from_word<Enum>(word);
    if (!value) {
        return std::nullopt;
    }
    return Bilingual{std::string(story::name_of(*value, story::Language::en)),
                     std::string(story::name_of(*value, story::Language::zh))};
}

std::optional<Bilingual> area_name(View word, AreaTable const& areas) {
    auto const area = areas.find(word);
    if (!area) {
        return std::nullopt;
    }
    return Bilingual{areas[*area].name_en, areas[*area].name_zh};
}

bool all_digits(View text) {
    return !text.empty()
           && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// "1-12", "121+"; what stands behind is not looked at.
struct Range {
    View from;
    View to; ///< empty: open
};
std::optional<Range> range_of(View text) {
    if (text.ends_with('+') && all_digits(text.substr(0, text.size() - 1))) {
        return Range{text.substr(0, text.size() - 1), {}};
    }
    auto const dash = text.find('-');
    if (dash != View::npos && all_digits(text.substr(0, dash))
        && all_digits(text.substr(dash + 1))) {
        return Range{text.substr(0, dash), text.substr(dash + 1)};
    }
    return std::nullopt;
}

/// A value of a trait: a group, an area, an age, a length of career.
std::optional<Bilingual> trait_value(View word, AreaTable const& areas) {
    if (auto known = own_word("value", word)) {
        return known;
    }
    if (auto group = story_word<Group>(word)) {
        return group;
    }
    if (auto area = area_name(word, areas)) {
        return area;
    }
    constexpr View years = " years";
    bool const career = word.ends_with(years);
    auto const range = range_of(career ? word.substr(0, word.size() - years.size()) : word);
    if (!range) {
        return std::nullopt;
    }
    if (career) {
        return range->to.empty()
                   ? Bilingual{fmt::format("{} years and more paid", range->from),
                               fmt::format("缴费{}年及以上", range->from)}
                   : Bilingual{fmt::format("{}-{} years paid", range->from, range->to),
                               fmt::format("缴费{}-{}年", range->from, range->to)};
    }
    return range->to.empty() ? Bilingual{fmt::format("aged {} and over", range->from),
                                         fmt::format("{}岁及以上", range->from)}
                             : Bilingual{fmt::format("aged {}-{}", range->from, range->to),
                                         fmt::format("{}-{}岁", range->from, range->to)};
}

/// An end of a flow or of a transition: an area, a status, a criterion, months short, a pension.
std::optional<Bilingual> end_of(View word, AreaTable const& areas) {
    if (auto area = area_name(word, areas)) {
        return area;
    }
    if (auto status = own_word("status", word)) {
        return status;
    }
    if (auto known = own_word("end", word)) {
        return known;
    }
    if (auto branch = story_word<Branch>(word)) {
        return branch;
    }
    if (auto const range = range_of(word)) {
        return range->to.empty()
                   ? Bilingual{fmt::format("{} months short and more", range->from),
                               fmt::format("差{}个月及以上", range->from)}
                   : Bilingual{fmt::format("{}-{} months short", range->from, range->to),
                               fmt::format("差{}-{}个月", range->from, range->to)};
    }
    constexpr View up_to = "up to ";
    constexpr View over = "over ";
    if (word.starts_with(up_to) && all_digits(word.substr(up_to.size()))) {
        return Bilingual{fmt::format("{} yuan", word),
                         fmt::format("至{}元", word.substr(up_to.size()))};
    }
    if (word.starts_with(over) && all_digits(word.substr(over.size()))) {
        return Bilingual{fmt::format("{} yuan", word),
                         fmt::format("超过{}元", word.substr(over.size()))};
    }
    return std::nullopt;
}

std::optional<Bilingual> transfer_kind(View word) {
    auto const kind = from_word<TransferKind>(word);
    if (!kind) {
        return std::nullopt;
    }
    return Bilingual{std::string(kind_name(*kind, SummaryLanguage::en)),
                     std::string(kind_name(*kind, SummaryLanguage::zh))};
}

/// "GD > HN > GD"
std::optional<Bilingual> circle(View word, AreaTable const& areas) {
    constexpr View arrow = " > ";
    Bilingual all;
    while (true) {
        auto const end = std::min(word.find(arrow), word.size());
        View const id = word.substr(0, end);
        auto const name = area_name(id, areas);
        all.en += name ? name->en : std::string(id);
        all.zh += name ? name->zh : std::string(id);
        if (end == word.size()) {
            return all;
        }
        all.en += arrow;
        all.zh += arrow;
        word.remove_prefix(end + arrow.size());
    }
}

/// What a column of the areas' books is called; nothing if there is none.
std::optional<Bilingual> book_item(View word) {
    Bilingual name = label_of("areas", Column{.name = std::string(word)}).name;
    if (name.zh == word) {
        return std::nullopt;
    }
    return name;
}

std::optional<Bilingual> item(View word, AreaTable const& areas) {
    if (auto known = own_word("item", word)) {
        return known;
    }
    auto area = area_name(word, areas);
    return area ? area : book_item(word);
}

/// "changed.pension", "flows.move.account", "gain.GD", "benefits_pool".
std::optional<Bilingual> figure(View word, AreaTable const& areas) {
    auto const dot = word.find('.');
    View const first = word.substr(0, dot);
    View const rest = dot == View::npos ? View() : word.substr(dot + 1);
    if (auto known = own_word("figure", word)) {
        return known;
    }
    if (first == "changed") {
        if (auto const change = own_word("change", rest)) {
            return Bilingual{fmt::format("People changed: {}", change->en),
                             fmt::format("受影响人数：{}", change->zh)};
        }
    } else if (first == "gain") {
        if (auto const area = area_name(rest, areas)) {
            return Bilingual{fmt::format("Gain from portability: {}", area->en),
                             fmt::format("转移接续得失：{}", area->zh)};
        }
    } else if (first == "flows") {
        auto const second = std::min(rest.find('.'), rest.size());
        auto const kind = transfer_kind(rest.substr(0, second));
        auto const measure = own_word("measure", rest.substr(std::min(second + 1, rest.size())));
        if (kind && measure) {
            return Bilingual{fmt::format("Flows, {}: {}", kind->en, measure->en),
                             fmt::format("资金流向（{}）：{}", kind->zh, measure->zh)};
        }
    }
    return dot == View::npos ? book_item(word) : std::nullopt;
}

/// "moving of hk_men": the fit of a group's moves.
std::optional<Bilingual> target(View word) {
    constexpr View moving = "moving of ";
    if (!word.starts_with(moving)) {
        return std::nullopt;
    }
    View const group = word.substr(moving.size());
    return Bilingual{fmt::format("Moving of {}", group), fmt::format("{} 的流动", group)};
}

std::optional<Bilingual> source(View word) {
    constexpr View fit = "five-year chances of the generator against the matrix ";
    if (word.starts_with(fit)) {
        View const period = word.substr(fit.size());
        return Bilingual{std::string(word),
                         fmt::format("转移率矩阵的五年概率与 {} 年矩阵比较", period)};
    }
    return own_word("source", word);
}

std::optional<Bilingual> known_word(View column, View word, AreaTable const& areas) {
    constexpr std::array<View, 5> of_areas{"area", "last_area", "benefit_area", "payer", "payee"};
    if (std::find(of_areas.begin(), of_areas.end(), column) != of_areas.end()) {
        return area_name(word, areas);
    }
    if (column == "from" || column == "to") {
        return end_of(word, areas);
    }
    if (column == "kind") {
        return transfer_kind(word);
    }
    if (column == "group") {
        return story_word<Group>(word);
    }
    if (column == "branch") {
        return story_word<Branch>(word);
    }
    if (column == "value") {
        return trait_value(word, areas);
    }
    if (column == "circle") {
        return circle(word, areas);
    }
    if (column == "item") {
        return item(word, areas);
    }
    if (column == "figure") {
        return figure(word, areas);
    }
    if (column == "target") {
        return target(word);
    }
    if (column == "source") {
        return source(word);
    }
    if (column == "parameter") {
        return rule_label(word);
    }
    return own_word(column, word);
}

/// Tables whose rows of totals have no word where an area stands.
bool has_totals(View table, View column) {
    constexpr std::array<View, 6> tables{
        "flows", "flow_totals", "areas", "area_totals", "area_contrasts", "sensitivity"};
    return (column == "from" || column == "to" || column == "area")
           && std::find(tables.begin(), tables.end(), table) != tables.end();
}

} // namespace

Bilingual label_of_word(std::string_view table,
                        std::string_view column,
                        std::string_view word,
                        AreaTable const& areas) {
    if (word.empty()) {
        return has_totals(table, column) ? Bilingual{"All areas", "全部地区"} : Bilingual{};
    }
    // Ends of a stretch of time look like ranges of something else.
    bool const month = table == "parameters" && (column == "from" || column == "to");
    auto known = month ? std::nullopt : known_word(column, word, areas);
    return known ? *std::move(known) : Bilingual{std::string(word), std::string(word)};
}

Bilingual label_of_word(std::string_view column, std::string_view word, AreaTable const& areas) {
    return label_of_word({}, column, word, areas);
}

} // namespace pensim::report

#include "sim/report/presentation.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "sim/report/text_grid.hpp"
#include "sim/rules/rule_table.hpp"

namespace pensim::report {

namespace {

/// A unit that figures are told in, from a size on.
struct Scale {
    double from;
    double unit;
    int decimals;
    char const* name;
};

double rounded(double number, Scale const& scale) {
    double const digit = scale.unit / std::pow(10, scale.decimals);
    return std::round(number / digit) * digit;
}

/// In the first scale that is small enough, with its name. What the next would round up to this
/// one stands in this one: "1.00 billion", not "1,000.0 million".
std::string scaled(double number, std::array<Scale, 3> const& scales) {
    std::size_t i = 0;
    while (i + 1 < scales.size() && rounded(std::abs(number), scales[i + 1]) < scales[i].from) {
        ++i;
    }
    return grouped(number / scales[i].unit, scales[i].decimals) + scales[i].name;
}

std::string chinese(double number, std::string const& unit) {
    std::string const many = " 万" + unit;
    std::string const most = " 亿" + unit;
    std::string const plain = " " + unit;
    return scaled(
        number,
        {{{1e8, 1e8, 2, most.c_str()}, {1e6, 1e4, 1, many.c_str()}, {0, 1, 0, plain.c_str()}}});
}

} // namespace

Bilingual people_text(double people) {
    return {grouped(people), chinese(people, "人")};
}

Bilingual times_text(double times) {
    return {grouped(times), chinese(times, "人次")};
}

Bilingual money_text(double yuan) {
    return {
        scaled(
            yuan,
            {{{1e9, 1e9, 2, " billion yuan"}, {1e6, 1e6, 1, " million yuan"}, {0, 1, 0, " yuan"}}}),
        chinese(yuan, "元")};
}

Bilingual share_text(double share) {
    return {percent(share), percent(share)};
}

std::optional<Bilingual> error_text(double half95, Bilingual (*text)(double)) {
    if (!std::isfinite(half95)) {
        return std::nullopt;
    }
    Bilingual const half = text(half95);
    return Bilingual{"± " + half.en, "± " + half.zh};
}

Workbook workbook_of(Presentation const& presentation, SummaryLanguage language) {
    Workbook workbook{.language = language,
                      .title = presentation.title,
                      .subtitle = presentation.answer,
                      .notes = presentation.notes,
                      .charts = presentation.charts};
    auto const after = [](std::string const& value, std::string const& more, char const* between) {
        return more.empty() ? value : value + between + more;
    };
    for (Headline const& headline : presentation.headlines) {
        Bilingual value = headline.value;
        if (headline.error) {
            value = {after(value.en, headline.error->en, " "),
                     after(value.zh, headline.error->zh, " ")};
        }
        if (headline.note) {
            value = {after(value.en, headline.note->en, "; "),
                     after(value.zh, headline.note->zh, "；")};
        }
        workbook.headlines.push_back({headline.label, std::move(value)});
    }
    workbook.facts.push_back({{"command", "命令"}, {presentation.command, presentation.command}});
    for (Fact const& fact : presentation.facts) {
        workbook.facts.push_back({fact.label, {fact.value, fact.value}});
    }
    for (Table const& table : presentation.tables) {
        workbook.tables.push_back(&table);
    }
    for (Table const& table : presentation.page_tables) {
        if (std::any_of(presentation.charts.begin(),
                        presentation.charts.end(),
                        [&](WorkbookChart const& chart) { return chart.table == table.name; })) {
            workbook.tables.push_back(&table);
        }
    }
    return workbook;
}

std::vector<Fact> facts_of(scenario::Simulation const& simulation, Origin const& origin) {
    scenario::RunSpec const& run = simulation.scenario.run;
    auto const& areas = simulation.tables.areas;
    std::vector<Fact> facts{
        {{"pensim", "pensim 版本"}, origin.facts.version},
        {{"scenario", "情景"}, simulation.scenario.id},
        {{"rule set", "规则集"}, simulation.law->book().id},
        {{"seed", "随机种子"}, fmt::format("{}", run.seed)},
        {{"simulated lives", "模拟人数"}, fmt::format("{}", run.persons)},
        {{"replicates", "重复次数"}, fmt::format("{}", run.replicates)},
        {{"people a life stands for", "每人代表人数"}, fmt::format("{:.6g}", simulation.weight())},
        {{"rules SHA-256", "规则 SHA-256"},
         sha256(rules::rules_json(simulation.law->book(), areas))},
        {{"begun (UTC)", "开始时间（UTC）"}, origin.facts.clock.started},
        {{"seconds", "用时（秒）"}, fmt::format("{:.2f}", origin.facts.clock.seconds)}};
    for (TableDigest const& table : origin.digests) {
        facts.push_back({{table.file + " SHA-256", table.file + " SHA-256"}, table.sha256});
    }
    return facts;
}

} // namespace pensim::report

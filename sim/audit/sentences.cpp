#include <array>

#include <fmt/format.h>

#include "sim/audit/audit_text.hpp"
#include "sim/audit/phrases.hpp"
#include "sim/story/page.hpp"

namespace pensim::audit {

using story::Language;

std::string_view word_of(FindingKind kind) {
    constexpr std::array<std::string_view, 8> words{"gap",
                                                    "open_tie",
                                                    "dead_criterion",
                                                    "instability",
                                                    "longer_loses",
                                                    "cliff",
                                                    "gaming",
                                                    "known_tie"};
    return words[static_cast<std::size_t>(kind)];
}

std::string_view word_of(Severity severity) {
    constexpr std::array<std::string_view, 4> words{"fault", "warning", "observation", "note"};
    return words[static_cast<std::size_t>(severity)];
}

namespace {

Text more_month(Change change) {
    switch (change) {
    case Change::last_longer:
        return {"One month more where last paid", "在最后参保地多缴一个月"};
    case Change::earlier_longer:
        return {"One month more in an earlier spell", "较早的一段多缴一个月"};
    case Change::month_back:
        return {"One month back in an earlier area", "回到曾参保的地区再缴一个月"};
    case Change::month_elsewhere:
    case Change::none:
        break;
    }
    return {"One month in an area not paid in before", "到未参保过的地区缴一个月"};
}

std::string cliff_sentence(FindingClass const& what, Language language) {
    auto text = say(language,
                    {"{} changes who pays: before \"{}\", then \"{}\"",
                     "{}，待遇领取地即改变：原依据“{}”，改依据“{}”"},
                    in(more_month(what.change), language),
                    name_of(what.before, language),
                    name_of(what.after, language));
    if (what.accounts == Accounts::temporary_changes) {
        text +=
            in({"; an account becomes temporary or ceases to be", "；且有账户转为或不再是临时账户"},
               language);
    }
    return text + in({".", "。"}, language);
}

std::string dead_sentence(Finding const& finding, Language language) {
    auto const name = name_of(*finding.what.dead, language);
    if (!finding.witness) {
        return say(language,
                   {"The criterion \"{}\" never decides: it fits nobody.",
                    "判定标准“{}”从不起作用：对任何人都不适用。"},
                   name);
    }
    return say(language,
               {"The criterion \"{}\" never decides: wherever it fits, an earlier one has decided.",
                "判定标准“{}”从不起作用：凡其适用之处，前面的标准已作出判定。"},
               name);
}

std::string gaming_sentence(Finding const& finding, Language language) {
    Fen const yield = Fen(finding.gain->count() / finding.months);
    return say(
        language,
        {"A stay of {} months elsewhere brings {} yuan a month more than the same months paid "
         "where last paid; {} for each month of the stay.",
         "到别处参保{}个月，较在最后参保地同样多缴，养老金每月多{}元；合参保每个月{}元。"},
        finding.months,
        story::yuan(*finding.gain),
        story::yuan(yield));
}

} // namespace

std::string sentence(Finding const& finding, Language language) {
    FindingClass const& what = finding.what;
    switch (what.kind) {
    case FindingKind::gap:
        return say(language,
                   {"No criterion answers: no place, and no pension however long was paid.",
                    "没有适用的判定标准：无待遇领取地，无论缴费多久都无法领取。"});
    case FindingKind::open_tie:
        return say(language,
                   {"Several areas are equal, and no rule decides between them: no place.",
                    "多地并列，且没有规则可作取舍：无待遇领取地。"});
    case FindingKind::dead_criterion:
        return dead_sentence(finding, language);
    case FindingKind::instability:
        return say(language,
                   {"Paying on at the designated place changes who pays, if counted again: before "
                    "\"{}\", then \"{}\".",
                    "在指定的待遇领取地继续缴费后重新判定，结果改变：原依据“{}”，改依据“{}”。"},
                   name_of(what.before, language),
                   name_of(what.after, language));
    case FindingKind::longer_loses:
        return say(language,
                   {"A longer place loses: the area that pays (\"{}\") has fewer months than "
                    "another.",
                    "缴费更长的地区落选：待遇领取地（“{}”）的缴费年限短于另一地区。"},
                   name_of(what.before, language));
    case FindingKind::cliff:
        return cliff_sentence(what, language);
    case FindingKind::gaming:
        return story::one_month(gaming_sentence(finding, language));
    case FindingKind::known_tie:
        break;
    }
    return say(language,
               {"Known: two lump sums in one month leave areas equal in everything (OPEN_QUESTIONS "
                "A24, R1).",
                "已知：同一个月的两笔一次性缴费使多地完全并列（OPEN_QUESTIONS A24、R1）。"});
}

std::string career_text(Witness const& witness, AreaTable const& areas, Language language) {
    std::string text;
    auto const area = [&](AreaId id) {
        Area const& found = areas[id];
        std::string const& name = language == Language::en ? found.name_en : found.name_zh;
        return name.empty() ? found.id : found.id + " " + name;
    };
    for (Record const& record : witness.life.records) {
        bool const at_once = record.kind == Kind::lump_sum;
        int const months = at_once ? record.lump_months : (record.to - record.from).count() + 1;
        text += text.empty() ? "" : in({", then ", "，"}, language);
        text += say(language, {"{} {} months", "{}{}个月"}, area(record.area), months);
        text += at_once ? in({" at once", "（一次性）"}, language) : "";
    }
    if (witness.life.hukou) {
        text += say(language, {"; hukou {}", "；户籍{}"}, area(*witness.life.hukou));
    }
    for (AreaId const id : witness.temporary) {
        text += say(language, {"; temporary account {}", "；{}为临时账户"}, area(id));
    }
    if (witness.life.continue_in_last_area) {
        text += in({"; chooses to go on in the last area", "；自愿选择最后参保地"}, language);
    }
    if (!witness.life.records.empty() && !witness.life.records.front().transfer) {
        text += in({"; the money never moved", "；资金从未转移"}, language);
    }
    return story::one_month(text);
}

} // namespace pensim::audit

#include "sim/story/answer.hpp"

#include <algorithm>
#include <array>

namespace pensim::story {

namespace {

/// Behind "because"; in the order of Branch.
constexpr std::array<Words, 11> reasons{{
    {"nothing chose it", "无"},
    {"the relation is there, with enough months", "关系在该地且满规定年限"},
    {"it is the last other area with enough months", "上一个满规定年限的参保地"},
    {"it has the most months", "缴费年限最长"},
    {"it is the last of the areas with the most months", "并列最长中的最后一个"},
    {"the relation is in the hukou area", "关系在户籍地"},
    {"the hukou area gathers the months of all areas", "由户籍地归集"},
    {"it is the last area paid in", "最后参保地"},
    {"it is the first area with enough months", "最先满规定年限的参保地"},
    {"it has the most months of the areas with enough", "满规定年限中最长的参保地"},
    {"the person chose the last area paid in", "本人自愿选择最后参保地"},
}};

constexpr Words pays{"{0} pays {1} yuan a month from {2} on, because {3}.",
                     "由{0}自{2}起每月支付{1}元，理由：{3}。"};
constexpr Words pay_together{
    "{4} areas pay for their own months, together {1} yuan a month from {2} on. The benefit "
    "location is {0}, because {3}.",
    "{4}个地区各自支付本地年限的部分，自{2}起每月合计{1}元。待遇领取地为{0}，理由：{3}。"};
constexpr Words can_extend{
    "{0} is to pay, because {1}. No pension yet: {2} months are missing and can be paid month by "
    "month.",
    "由{0}支付，理由：{1}。尚无养老金：缺{2}个月，可逐月延长缴费。"};
constexpr Words can_pay_rest{
    "{0} is to pay, because {1}. No pension yet: {2} months are missing and may be paid at once.",
    "由{0}支付，理由：{1}。尚无养老金：缺{2}个月，可一次性缴费。"};
constexpr Words cannot_extend{
    "{0} would pay, because {1}. There is no pension: {2} months are missing and cannot be paid.",
    "应由{0}支付，理由：{1}。无养老金：缺{2}个月，且不能延长缴费。"};
constexpr Words changed_scheme{
    "{0} would pay, because {1}, but {2} months are missing: the account of {3} yuan went to the "
    "residents' scheme in {4}.",
    "应由{0}支付，理由：{1}，但缺{2}个月：个人账户{3}元转入{4}城乡居民养老保险。"};
constexpr Words ended{
    "No province pays: the relation was ended in {0}, and {1} yuan of the account were paid out.",
    "无地区支付：{0}终止养老保险关系，已支付个人账户{1}元。"};
constexpr Words dead{
    "No province pays a pension: death in {0} came first. {1} yuan of the account went to the "
    "heirs.",
    "无地区支付养老金：{0}在核定待遇前去世，个人账户{1}元由继承人继承。"};
constexpr Words dead_and_placed{
    "No province pays a pension: it was to be {2}, because {3}, but death in {0} came first. {1} "
    "yuan of the account went to the heirs.",
    "无地区支付养老金：原应由{2}支付（理由：{3}），但{0}在核定待遇前去世，个人账户{1}元由继承人继"
    "承。"};
constexpr Words dead_and_changed_scheme{
    "No province pays a pension: the account of {1} yuan had gone to the residents' scheme in {2} "
    "before death in {0}.",
    "无地区支付养老金：个人账户{1}元已转入{2}城乡居民养老保险，{0}去世。"};
constexpr Words never_paid{"No province pays: nothing was ever paid.", "无地区支付：从未缴费。"};
constexpr Words nothing_fits{"No province is found: no criterion of the rule set fits.",
                             "不能确定待遇领取地：规则均不适用。"};
constexpr Words money_moved{
    "Areas sent one another {0} yuan of the account and {1} yuan of pooled money, in {2} moves.",
    "各地之间分{2}次转移个人账户共{0}元、统筹基金共{1}元。"};
constexpr Words money_moved_once{
    "{3} sent {4} {0} yuan of the account and {1} yuan of pooled money.",
    "{3}向{4}转移个人账户{0}元、统筹基金{1}元。"};

constexpr Words in_yuan{"{0} yuan", "{0}元"};

struct Moved {
    Fen account;
    Fen pooled;
};
Moved moved_by(Outcome const& outcome) {
    Moved sum;
    for (Transfer const& transfer : outcome.transfers) {
        sum.account += transfer.account;
        sum.pooled += transfer.pooled;
    }
    return sum;
}

Fen refunded_for(Outcome const& outcome, RefundReason reason) {
    Fen sum;
    for (Refund const& refund : outcome.refunds) {
        sum += refund.reason == reason ? refund.account : Fen{};
    }
    return sum;
}

std::string_view why(Page const& page, Outcome const& outcome) {
    return reasons[static_cast<std::size_t>(outcome.branch)].in(page.language());
}

/// Of the last event that ends the relation or the life.
std::string month_of_end(Life const& life, EventKind kind) {
    std::optional<YearMonth> last;
    for (Event const& event : life.events) {
        if (event.kind == kind && (kind == EventKind::death || event.terminate)) {
            last = last ? std::max(*last, event.month) : event.month;
        }
    }
    PENSIM_EXPECT(last.has_value());
    return last->text();
}

std::string answer_of_the_dead(Page const& page, Life const& life, Outcome const& outcome) {
    std::string const month = month_of_end(life, EventKind::death);
    if (outcome.bridge && outcome.bridge->direction == BridgeDirection::employee_to_resident) {
        return page.say(dead_and_changed_scheme,
                        month,
                        yuan(outcome.bridge->account),
                        page.area(outcome.bridge->area));
    }
    std::string const inherited = yuan(refunded_for(outcome, RefundReason::death));
    return outcome.benefit_area ? page.say(dead_and_placed,
                                           month,
                                           inherited,
                                           page.area(*outcome.benefit_area),
                                           why(page, outcome))
                                : page.say(dead, month, inherited);
}

std::string placed_answer(Page const& page, Outcome const& outcome) {
    std::string const place = page.area(*outcome.benefit_area);
    if (outcome.pension) {
        auto const& shares = outcome.pension->by_area;
        return page.say(shares.size() > 1 ? pay_together : pays,
                        place,
                        yuan(outcome.pension->monthly),
                        outcome.settlement_month->next().text(),
                        why(page, outcome),
                        shares.size());
    }
    if (outcome.bridge && outcome.bridge->direction == BridgeDirection::employee_to_resident) {
        return page.say(changed_scheme,
                        place,
                        why(page, outcome),
                        outcome.missing_months,
                        yuan(outcome.bridge->account),
                        page.area(outcome.bridge->area));
    }
    return page.say(outcome.status == Status::extend     ? can_extend
                    : outcome.status == Status::lump_sum ? can_pay_rest
                                                         : cannot_extend,
                    place,
                    why(page, outcome),
                    outcome.missing_months);
}

std::string first_sentence(Page const& page, Life const& life, Outcome const& outcome) {
    switch (outcome.status) {
    case Status::refunded:
        return page.say(ended,
                        month_of_end(life, EventKind::depart),
                        yuan(refunded_for(outcome, RefundReason::terminated)));
    case Status::died:
        return answer_of_the_dead(page, life, outcome);
    case Status::no_contributions:
        return page.say(never_paid);
    case Status::undetermined:
        return page.say(nothing_fits);
    default:
        return placed_answer(page, outcome);
    }
}

} // namespace

std::string answer(Page const& page, Life const& life, Outcome const& outcome) {
    std::string text = first_sentence(page, life, outcome);
    if (!outcome.transfers.empty()) {
        Moved const moved = moved_by(outcome);
        text += page.language() == Language::en ? " " : "";
        Transfer const& first = outcome.transfers.front();
        text += page.say(outcome.transfers.size() == 1 ? money_moved_once : money_moved,
                         yuan(moved.account),
                         yuan(moved.pooled),
                         outcome.transfers.size(),
                         page.area(first.from),
                         page.area(first.to));
    }
    return text;
}

std::vector<Headline> headlines(Page const& page, Outcome const& outcome) {
    std::vector<Headline> all;
    auto const add = [&](Words const& label, std::string value, std::string note) {
        all.push_back({page.say(label), std::move(value), std::move(note)});
    };
    auto const amount = [&](Fen sum) { return page.say(in_yuan, yuan(sum)); };
    if (outcome.benefit_area) {
        add({"Benefit location", "待遇领取地"},
            page.area(*outcome.benefit_area),
            std::string(name_of(outcome.branch, page.language())));
    }
    if (outcome.pension) {
        add({"Monthly pension", "每月养老金"},
            amount(outcome.pension->monthly),
            page.say(Words{"basic {0}, account {1}; from {2} on",
                           "基础养老金{0}，个人账户养老金{1}；自{2}起"},
                     yuan(outcome.pension->basic),
                     yuan(outcome.pension->account),
                     outcome.settlement_month->next().text()));
    }
    int const spare = outcome.months_total - outcome.required_months;
    add({"Counted", "计算年限"},
        page.say(Words{"{0} months", "{0}个月"}, outcome.months_total),
        page.say(spare >= 0 ? Words{"{0} required, {1} to spare", "要求{0}个月，超出{1}个月"}
                            : Words{"{0} required, {1} short", "要求{0}个月，尚缺{1}个月"},
                 outcome.required_months,
                 spare >= 0 ? spare : -spare));
    if (outcome.account_balance) {
        YearMonth const month = outcome.settlement_month.value_or(outcome.counting_month);
        add({"Personal account", "个人账户"},
            amount(*outcome.account_balance),
            page.say(Words{"at the end of {0}", "{0}月末"}, month.text()));
    }
    if (!outcome.transfers.empty()) {
        Moved const moved = moved_by(outcome);
        add({"Moved between areas", "各地之间转移"},
            amount(moved.account + moved.pooled),
            page.say(Words{"account {0}, pooled money {1}", "个人账户{0}，统筹基金{1}"},
                     yuan(moved.account),
                     yuan(moved.pooled)));
    }
    for (auto const& [reason, label] :
         {std::pair{RefundReason::overlap, Words{"Refunded for overlaps", "重复缴费退还"}},
          std::pair{RefundReason::terminated, Words{"Account paid out", "一次性支付个人账户"}},
          std::pair{RefundReason::death, Words{"Account inherited", "个人账户继承"}}}) {
        if (Fen const sum = refunded_for(outcome, reason); sum > Fen{}) {
            add(label, amount(sum), "");
        }
    }
    return all;
}

std::vector<PersonFact> person_facts(Page const& page, Life const& life) {
    Language const language = page.language();
    std::vector<PersonFact> facts;
    auto const add = [&](Words const& label, std::string value) {
        facts.push_back({page.say(label), std::move(value)});
    };
    add({"Group", "人员类别"}, std::string(name_of(life.group, language)));
    add({"Sex", "性别"}, std::string(name_of(life.sex, language)));
    add({"Born", "出生"}, life.birth.text());
    if (life.sex == Sex::female) {
        add({"Post", "岗位"}, std::string(name_of(life.post, language)));
    }
    if (life.hukou) {
        add({"Hukou", "户籍"}, page.area(*life.hukou));
    }
    if (life.nationality) {
        add({"Nationality", "国籍"},
            std::string(life.nationality->begin(), life.nationality->end()));
    }
    if (life.group == Group::foreign) {
        add({"Permanent residence", "永久居留"},
            page.say(life.permanent_resident ? Words{"yes", "有"} : Words{"no", "无"}));
    }
    if (life.claim) {
        add({"Claims from", "申请领取"}, life.claim->text());
    }
    if (life.continue_in_last_area) {
        add({"Choice", "选择"},
            page.say(Words{"to go on in the last area", "在最后参保地继续缴费"}));
    }
    if (life.move_to_resident_scheme) {
        add({"Choice", "选择"},
            page.say(Words{"if short, the residents' scheme", "不满年限时转入城乡居民养老保险"}));
    }
    return facts;
}

} // namespace pensim::story

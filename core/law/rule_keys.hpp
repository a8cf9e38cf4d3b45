// The dotted names of the rule book: one table that readers, printers and error messages share.
//
//   visit_rules(book, [](RuleKey const& key, auto& dated) { ... });
//
// visits every parameter in a fixed order. A key that is not here does not exist.
#pragma once

#include <string_view>

#include "core/law/rule_book.hpp"

namespace pensim::law {

/// A name, and what it means, for people.
struct RuleKey {
    std::string_view name;
    std::string_view unit;
    std::string_view en;
    std::string_view zh;
};

namespace detail {

template <class Book, class Visit>
void visit_place(Book& book, Visit const& visit) {
    visit(RuleKey{"place.order.hmt",
                  "criteria",
                  "order in which criteria are tried for residents of Hong Kong, Macau and Taiwan",
                  "港澳台居民待遇领取地的判定顺序"},
          book.place.order_hmt);
    visit(RuleKey{"place.order.foreign",
                  "criteria",
                  "the same for foreigners",
                  "外国人待遇领取地的判定顺序"},
          book.place.order_foreign);
    visit(RuleKey{"place.order.mainland",
                  "criteria",
                  "the same for mainland residents",
                  "内地居民待遇领取地的判定顺序"},
          book.place.order_mainland);
    visit(RuleKey{"place.min_months",
                  "months",
                  "months that qualify an area",
                  "参保地累计缴费满多少个月"},
          book.place.min_months);
    visit(RuleKey{"place.tie",
                  "rule",
                  "what decides between equally long areas",
                  "最长参保地并列时的取舍"},
          book.place.tie);
    visit(RuleKey{"place.compare_unit",
                  "unit",
                  "unit in which lengths are compared",
                  "年限长短的比较单位"},
          book.place.compare_unit);
    visit(RuleKey{"place.count_transferred_months",
                  "yes/no",
                  "do months follow the relation?",
                  "转入的缴费年限是否计入转入地"},
          book.place.count_transferred_months);
    visit(RuleKey{"place.election_area",
                  "area",
                  "where somebody short may choose to continue although another area is longest",
                  "可自愿选择继续缴费的最后参保地"},
          book.place.election_area);
    visit(RuleKey{"place.election_groups", "groups", "who may choose so", "可作此选择的人员"},
          book.place.election_groups);
    visit(RuleKey{"area.admitted",
                  "areas",
                  "areas beyond the province-level ones",
                  "省级以外单独作为参保地的地区"},
          book.area.admitted);
}

template <class Book, class Visit>
void visit_money(Book& book, Visit const& visit) {
    visit(RuleKey{"transfer.pooled_rate",
                  "share",
                  "share of the base sum that moves from the pool",
                  "统筹基金转移比例"},
          book.transfer.pooled_rate);
    visit(RuleKey{"transfer.on_move",
                  "yes/no",
                  "does money move before the counting month?",
                  "流动就业时资金是否随同转移"},
          book.transfer.on_move);
    visit(RuleKey{"temporary.male_age",
                  "years",
                  "age from which a man gets a temporary account",
                  "男性建立临时账户的年龄"},
          book.temporary.male_age);
    visit(RuleKey{"temporary.female_age",
                  "years",
                  "age from which a woman gets a temporary account",
                  "女性建立临时账户的年龄"},
          book.temporary.female_age);
    visit(
        RuleKey{"temporary.groups", "groups", "who gets temporary accounts", "适用临时账户的人员"},
        book.temporary.groups);
    visit(RuleKey{"account.rate",
                  "share",
                  "share of the base that enters the account",
                  "个人账户记账比例"},
          book.account.rate);
    visit(RuleKey{"account.interest",
                  "share a year",
                  "recorded interest of accounts",
                  "个人账户记账利率"},
          book.account.interest);
    visit(RuleKey{"contribution.recorded",
                  "yes/no",
                  "does a paid month bring money, or time only?",
                  "缴费是否记入账户和基金"},
          book.contribution.recorded);
    visit(RuleKey{"contribution.employer_rate", "share", "employer's contribution", "单位缴费比例"},
          book.contribution.employer_rate);
    visit(
        RuleKey{"contribution.individual_rate", "share", "employee's contribution", "个人缴费比例"},
        book.contribution.individual_rate);
    visit(RuleKey{"contribution.alone_pool_rate",
                  "share",
                  "into the pool, of everyone who pays alone",
                  "以个人身份缴费记入统筹基金的比例"},
          book.contribution.alone_pool_rate);
    visit(RuleKey{"contribution.base_floor",
                  "of average wage",
                  "lowest contribution base",
                  "缴费基数下限"},
          book.contribution.base_floor);
    visit(RuleKey{"contribution.base_ceiling",
                  "of average wage",
                  "highest contribution base",
                  "缴费基数上限"},
          book.contribution.base_ceiling);
}

template <class Book, class Visit>
void visit_pension(Book& book, Visit const& visit) {
    visit(
        RuleKey{"pension.required_months", "months", "months needed for a pension", "最低缴费月数"},
        book.pension.required_months);
    visit(RuleKey{"pension.paid_by",
                  "payer",
                  "who pays: the benefit location, or each area for its months",
                  "由待遇领取地支付或各地按缴费年限分别支付"},
          book.pension.paid_by);
    visit(RuleKey{"pooling.adjustment",
                  "scheme",
                  "adjustment between the areas' pooled funds",
                  "地区间基金调剂方式"},
          book.pooling.adjustment);
    visit(RuleKey{"pooling.rate", "share", "rate of the adjustment", "调剂比例"},
          book.pooling.rate);
}

template <class Book, class Visit>
void visit_retirement(Book& book, Visit const& visit) {
    visit(
        RuleKey{
            "retirement.male.original_age", "years", "men: original age", "男职工原法定退休年龄"},
        book.retirement.male.original_age);
    visit(RuleKey{"retirement.male.delay_step",
                  "months",
                  "men: months of later birth for a month of delay",
                  "男职工每几个月延迟一个月"},
          book.retirement.male.delay_step);
    visit(
        RuleKey{"retirement.male.delay_max", "months", "men: longest delay", "男职工最多延迟月数"},
        book.retirement.male.delay_max);
    visit(RuleKey{"retirement.female_management.original_age",
                  "years",
                  "women in management posts: original age",
                  "女干部原法定退休年龄"},
          book.retirement.female_management.original_age);
    visit(RuleKey{"retirement.female_management.delay_step",
                  "months",
                  "women in management posts: months of later birth for a month of delay",
                  "女干部每几个月延迟一个月"},
          book.retirement.female_management.delay_step);
    visit(RuleKey{"retirement.female_management.delay_max",
                  "months",
                  "women in management posts: longest delay",
                  "女干部最多延迟月数"},
          book.retirement.female_management.delay_max);
    visit(RuleKey{"retirement.female_worker.original_age",
                  "years",
                  "women workers: original age",
                  "女工人原法定退休年龄"},
          book.retirement.female_worker.original_age);
    visit(RuleKey{"retirement.female_worker.delay_step",
                  "months",
                  "women workers: months of later birth for a month of delay",
                  "女工人每几个月延迟一个月"},
          book.retirement.female_worker.delay_step);
    visit(RuleKey{"retirement.female_worker.delay_max",
                  "months",
                  "women workers: longest delay",
                  "女工人最多延迟月数"},
          book.retirement.female_worker.delay_max);
    visit(RuleKey{"retirement.delay_start",
                  "month",
                  "reaching the original age from here on is delayed",
                  "延迟退休起始月份"},
          book.retirement.delay_start);
    visit(RuleKey{"retirement.early_max", "months", "how early a claim may be", "弹性提前最多月数"},
          book.retirement.early_max);
    visit(RuleKey{"retirement.late_max", "months", "how late a claim may be", "弹性延迟最多月数"},
          book.retirement.late_max);
}

template <class Book, class Visit>
void visit_payment(Book& book, Visit const& visit) {
    visit(RuleKey{"payout.months", "months by age", "payout months at full ages", "整岁计发月数"},
          book.payout.months);
    visit(
        RuleKey{
            "payout.interpolation", "rule", "payout months between birthdays", "非整岁计发月数"},
        book.payout.interpolation);
    visit(RuleKey{"payout.january_raise",
                  "share a year",
                  "raise of running pensions each January",
                  "养老金每年一月调整比例"},
          book.payout.january_raise);
    visit(RuleKey{"extension.groups",
                  "groups",
                  "who may pay on after the counting month",
                  "可延长缴费的人员"},
          book.extension.groups);
    visit(RuleKey{"extension.lump_sum_after",
                  "months",
                  "extension months before the rest may be paid at once",
                  "延长缴费多少个月后可一次性缴费"},
          book.extension.lump_sum_after);
    visit(RuleKey{"extension.lump_sum_first_paid_before",
                  "month",
                  "the lump sum is for those who first paid before",
                  "一次性缴费限此前参保人员"},
          book.extension.lump_sum_first_paid_before);
    visit(RuleKey{"refund.part_year_interest",
                  "yes/no",
                  "do refunds and inheritances carry this year's interest?",
                  "退还和继承是否计当年利息"},
          book.refund.part_year_interest);
    visit(RuleKey{"bridge.open",
                  "yes/no",
                  "may accounts cross between the employees' and the residents' scheme?",
                  "城乡养老保险制度可否衔接"},
          book.bridge.open);
}

} // namespace detail

/// Calls visit(RuleKey, Dated<T>&) for every parameter of the book.
template <class Book, class Visit>
void visit_rules(Book& book, Visit const& visit) {
    detail::visit_place(book, visit);
    detail::visit_money(book, visit);
    detail::visit_pension(book, visit);
    detail::visit_retirement(book, visit);
    detail::visit_payment(book, visit);
}

} // namespace pensim::law

// The dotted names of the rule book: one table that readers, printers and error messages share.
//
//   visit_rules(book, [](RuleKey const& key, auto& dated) { ... });
//
// visits every parameter in a fixed order, that of their numbers. A key that is not here does not
// exist.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include "core/law/rule_book.hpp"

namespace pensim::law {

/// Every parameter; its place here is its number.
enum class Rule : std::uint8_t {
    place_order_hmt,
    place_order_foreign,
    place_order_mainland,
    place_min_months,
    place_tie,
    place_compare_unit,
    place_count_transferred_months,
    place_election_area,
    place_election_groups,
    area_admitted,
    transfer_pooled_rate,
    transfer_on_move,
    temporary_male_age,
    temporary_female_age,
    temporary_groups,
    account_rate,
    account_interest,
    contribution_recorded,
    contribution_employer_rate,
    contribution_individual_rate,
    contribution_alone_pool_rate,
    contribution_base_floor,
    contribution_base_ceiling,
    pension_required_months,
    pension_paid_by,
    pooling_adjustment,
    pooling_rate,
    retirement_male_original_age,
    retirement_male_delay_step,
    retirement_male_delay_max,
    retirement_female_management_original_age,
    retirement_female_management_delay_step,
    retirement_female_management_delay_max,
    retirement_female_worker_original_age,
    retirement_female_worker_delay_step,
    retirement_female_worker_delay_max,
    retirement_delay_start,
    retirement_early_max,
    retirement_late_max,
    payout_months,
    payout_interpolation,
    payout_january_raise,
    extension_groups,
    extension_lump_sum_after,
    extension_lump_sum_first_paid_before,
    refund_part_year_interest,
    bridge_open,
    count_
};
inline constexpr std::size_t rule_count = static_cast<std::size_t>(Rule::count_);

[[nodiscard]] constexpr std::size_t number_of(Rule rule) {
    return static_cast<std::size_t>(rule);
}
/// The number of the parameter with this name; nothing when there is none.
[[nodiscard]] std::optional<std::size_t> rule_number(std::string_view name);
[[nodiscard]] std::string_view rule_name(std::size_t number);

/// A name, and what it means, for people.
struct RuleKey {
    Rule rule = Rule::count_;
    std::string_view name;
    std::string_view unit;
    std::string_view en;
    std::string_view zh;
};

namespace detail {

template <class Book, class Visit>
void visit_place(Book& book, Visit const& visit) {
    visit(RuleKey{Rule::place_order_hmt,
                  "place.order.hmt",
                  "criteria",
                  "order in which criteria are tried for residents of Hong Kong, Macau and Taiwan",
                  "港澳台居民待遇领取地的判定顺序"},
          book.place.order_hmt);
    visit(RuleKey{Rule::place_order_foreign,
                  "place.order.foreign",
                  "criteria",
                  "the same for foreigners",
                  "外国人待遇领取地的判定顺序"},
          book.place.order_foreign);
    visit(RuleKey{Rule::place_order_mainland,
                  "place.order.mainland",
                  "criteria",
                  "the same for mainland residents",
                  "内地居民待遇领取地的判定顺序"},
          book.place.order_mainland);
    visit(RuleKey{Rule::place_min_months,
                  "place.min_months",
                  "months",
                  "months that qualify an area",
                  "参保地累计缴费满多少个月"},
          book.place.min_months);
    visit(RuleKey{Rule::place_tie,
                  "place.tie",
                  "rule",
                  "what decides between equally long areas",
                  "最长参保地并列时的取舍"},
          book.place.tie);
    visit(RuleKey{Rule::place_compare_unit,
                  "place.compare_unit",
                  "unit",
                  "unit in which lengths are compared",
                  "年限长短的比较单位"},
          book.place.compare_unit);
    visit(RuleKey{Rule::place_count_transferred_months,
                  "place.count_transferred_months",
                  "yes/no",
                  "do months follow the relation?",
                  "转入的缴费年限是否计入转入地"},
          book.place.count_transferred_months);
    visit(RuleKey{Rule::place_election_area,
                  "place.election_area",
                  "area",
                  "where somebody short may choose to continue although another area is longest",
                  "可自愿选择继续缴费的最后参保地"},
          book.place.election_area);
    visit(RuleKey{Rule::place_election_groups,
                  "place.election_groups",
                  "groups",
                  "who may choose so",
                  "可作此选择的人员"},
          book.place.election_groups);
    visit(RuleKey{Rule::area_admitted,
                  "area.admitted",
                  "areas",
                  "areas beyond the province-level ones",
                  "省级以外单独作为参保地的地区"},
          book.area.admitted);
}

template <class Book, class Visit>
void visit_transfers(Book& book, Visit const& visit) {
    visit(RuleKey{Rule::transfer_pooled_rate,
                  "transfer.pooled_rate",
                  "share",
                  "share of the base sum that moves from the pool",
                  "统筹基金转移比例"},
          book.transfer.pooled_rate);
    visit(RuleKey{Rule::transfer_on_move,
                  "transfer.on_move",
                  "yes/no",
                  "does money move before the counting month?",
                  "流动就业时资金是否随同转移"},
          book.transfer.on_move);
    visit(RuleKey{Rule::temporary_male_age,
                  "temporary.male_age",
                  "years",
                  "age from which a man gets a temporary account",
                  "男性建立临时账户的年龄"},
          book.temporary.male_age);
    visit(RuleKey{Rule::temporary_female_age,
                  "temporary.female_age",
                  "years",
                  "age from which a woman gets a temporary account",
                  "女性建立临时账户的年龄"},
          book.temporary.female_age);
    visit(RuleKey{Rule::temporary_groups,
                  "temporary.groups",
                  "groups",
                  "who gets temporary accounts",
                  "适用临时账户的人员"},
          book.temporary.groups);
}

template <class Book, class Visit>
void visit_contributions(Book& book, Visit const& visit) {
    visit(RuleKey{Rule::account_rate,
                  "account.rate",
                  "share",
                  "share of the base that enters the account",
                  "个人账户记账比例"},
          book.account.rate);
    visit(RuleKey{Rule::account_interest,
                  "account.interest",
                  "share a year",
                  "recorded interest of accounts",
                  "个人账户记账利率"},
          book.account.interest);
    visit(RuleKey{Rule::contribution_recorded,
                  "contribution.recorded",
                  "yes/no",
                  "does a paid month bring money, or time only?",
                  "缴费是否记入账户和基金"},
          book.contribution.recorded);
    visit(RuleKey{Rule::contribution_employer_rate,
                  "contribution.employer_rate",
                  "share",
                  "employer's contribution",
                  "单位缴费比例"},
          book.contribution.employer_rate);
    visit(RuleKey{Rule::contribution_individual_rate,
                  "contribution.individual_rate",
                  "share",
                  "employee's contribution",
                  "个人缴费比例"},
          book.contribution.individual_rate);
    visit(RuleKey{Rule::contribution_alone_pool_rate,
                  "contribution.alone_pool_rate",
                  "share",
                  "into the pool, of everyone who pays alone",
                  "以个人身份缴费记入统筹基金的比例"},
          book.contribution.alone_pool_rate);
    visit(RuleKey{Rule::contribution_base_floor,
                  "contribution.base_floor",
                  "of average wage",
                  "lowest contribution base",
                  "缴费基数下限"},
          book.contribution.base_floor);
    visit(RuleKey{Rule::contribution_base_ceiling,
                  "contribution.base_ceiling",
                  "of average wage",
                  "highest contribution base",
                  "缴费基数上限"},
          book.contribution.base_ceiling);
}

template <class Book, class Visit>
void visit_pension(Book& book, Visit const& visit) {
    visit(RuleKey{Rule::pension_required_months,
                  "pension.required_months",
                  "months",
                  "months needed for a pension",
                  "最低缴费月数"},
          book.pension.required_months);
    visit(RuleKey{Rule::pension_paid_by,
                  "pension.paid_by",
                  "payer",
                  "who pays: the benefit location, or each area for its months",
                  "由待遇领取地支付或各地按缴费年限分别支付"},
          book.pension.paid_by);
    visit(RuleKey{Rule::pooling_adjustment,
                  "pooling.adjustment",
                  "scheme",
                  "adjustment between the areas' pooled funds",
                  "地区间基金调剂方式"},
          book.pooling.adjustment);
    visit(
        RuleKey{Rule::pooling_rate, "pooling.rate", "share", "rate of the adjustment", "调剂比例"},
        book.pooling.rate);
}

template <class Book, class Visit>
void visit_ages(Book& book, Visit const& visit) {
    visit(RuleKey{Rule::retirement_male_original_age,
                  "retirement.male.original_age",
                  "years",
                  "men: original age",
                  "男职工原法定退休年龄"},
          book.retirement.male.original_age);
    visit(RuleKey{Rule::retirement_male_delay_step,
                  "retirement.male.delay_step",
                  "months",
                  "men: months of later birth for a month of delay",
                  "男职工每几个月延迟一个月"},
          book.retirement.male.delay_step);
    visit(RuleKey{Rule::retirement_male_delay_max,
                  "retirement.male.delay_max",
                  "months",
                  "men: longest delay",
                  "男职工最多延迟月数"},
          book.retirement.male.delay_max);
    visit(RuleKey{Rule::retirement_female_management_original_age,
                  "retirement.female_management.original_age",
                  "years",
                  "women in management posts: original age",
                  "女干部原法定退休年龄"},
          book.retirement.female_management.original_age);
    visit(RuleKey{Rule::retirement_female_management_delay_step,
                  "retirement.female_management.delay_step",
                  "months",
                  "women in management posts: months of later birth for a month of delay",
                  "女干部每几个月延迟一个月"},
          book.retirement.female_management.delay_step);
    visit(RuleKey{Rule::retirement_female_management_delay_max,
                  "retirement.female_management.delay_max",
                  "months",
                  "women in management posts: longest delay",
                  "女干部最多延迟月数"},
          book.retirement.female_management.delay_max);
    visit(RuleKey{Rule::retirement_female_worker_original_age,
                  "retirement.female_worker.original_age",
                  "years",
                  "women workers: original age",
                  "女工人原法定退休年龄"},
          book.retirement.female_worker.original_age);
    visit(RuleKey{Rule::retirement_female_worker_delay_step,
                  "retirement.female_worker.delay_step",
                  "months",
                  "women workers: months of later birth for a month of delay",
                  "女工人每几个月延迟一个月"},
          book.retirement.female_worker.delay_step);
    visit(RuleKey{Rule::retirement_female_worker_delay_max,
                  "retirement.female_worker.delay_max",
                  "months",
                  "women workers: longest delay",
                  "女工人最多延迟月数"},
          book.retirement.female_worker.delay_max);
}

template <class Book, class Visit>
void visit_claims(Book& book, Visit const& visit) {
    visit(RuleKey{Rule::retirement_delay_start,
                  "retirement.delay_start",
                  "month",
                  "reaching the original age from here on is delayed",
                  "延迟退休起始月份"},
          book.retirement.delay_start);
    visit(RuleKey{Rule::retirement_early_max,
                  "retirement.early_max",
                  "months",
                  "how early a claim may be",
                  "弹性提前最多月数"},
          book.retirement.early_max);
    visit(RuleKey{Rule::retirement_late_max,
                  "retirement.late_max",
                  "months",
                  "how late a claim may be",
                  "弹性延迟最多月数"},
          book.retirement.late_max);
}

template <class Book, class Visit>
void visit_payment(Book& book, Visit const& visit) {
    visit(RuleKey{Rule::payout_months,
                  "payout.months",
                  "months by age",
                  "payout months at full ages",
                  "整岁计发月数"},
          book.payout.months);
    visit(RuleKey{Rule::payout_interpolation,
                  "payout.interpolation",
                  "rule",
                  "payout months between birthdays",
                  "非整岁计发月数"},
          book.payout.interpolation);
    visit(RuleKey{Rule::payout_january_raise,
                  "payout.january_raise",
                  "share a year",
                  "raise of running pensions each January",
                  "养老金每年一月调整比例"},
          book.payout.january_raise);
    visit(RuleKey{Rule::extension_groups,
                  "extension.groups",
                  "groups",
                  "who may pay on after the counting month",
                  "可延长缴费的人员"},
          book.extension.groups);
    visit(RuleKey{Rule::extension_lump_sum_after,
                  "extension.lump_sum_after",
                  "months",
                  "extension months before the rest may be paid at once",
                  "延长缴费多少个月后可一次性缴费"},
          book.extension.lump_sum_after);
    visit(RuleKey{Rule::extension_lump_sum_first_paid_before,
                  "extension.lump_sum_first_paid_before",
                  "month",
                  "the lump sum is for those who first paid before",
                  "一次性缴费限此前参保人员"},
          book.extension.lump_sum_first_paid_before);
    visit(RuleKey{Rule::refund_part_year_interest,
                  "refund.part_year_interest",
                  "yes/no",
                  "do refunds and inheritances carry this year's interest?",
                  "退还和继承是否计当年利息"},
          book.refund.part_year_interest);
    visit(RuleKey{Rule::bridge_open,
                  "bridge.open",
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
    detail::visit_transfers(book, visit);
    detail::visit_contributions(book, visit);
    detail::visit_pension(book, visit);
    detail::visit_ages(book, visit);
    detail::visit_claims(book, visit);
    detail::visit_payment(book, visit);
}

/// Calls visit(RuleKey, Dated<T>&, Dated<T> const&) for every parameter of two books.
template <class Book, class Visit>
void visit_rule_pairs(Book& book, RuleBook const& other, Visit const& visit) {
    std::array<void const*, rule_count> theirs{};
    visit_rules(other, [&](RuleKey const& key, auto const& dated) {
        theirs[number_of(key.rule)] = &dated;
    });
    visit_rules(book, [&]<class Parameter>(RuleKey const& key, Parameter& dated) {
        using Same = std::remove_const_t<Parameter>; // of one rule, so of one type
        visit(key, dated, *static_cast<Same const*>(theirs[number_of(key.rule)]));
    });
}

} // namespace pensim::law

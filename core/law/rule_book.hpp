// Every number of the law that can change, under its dotted name (contract 2.7): a rule set.
//
// The book holds values; it decides nothing. A value is looked up at the month in which it acts:
// place rules at the counting month T, money rules at the month of the payment, transfer or
// settlement. The names stand in rule_keys.hpp.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/area/area.hpp"
#include "core/basis/money.hpp"
#include "core/basis/month.hpp"
#include "core/law/dated.hpp"
#include "core/record/life.hpp"

namespace pensim::law {

/// How a benefit location (待遇领取地) can be found; tried in the order of the rule set.
enum class Criterion : std::uint8_t {
    hukou,              ///< the relation is in the hukou area
    relation_qualified, ///< enough months in the area of the relation
    last_qualified,     ///< of the other areas with enough months the one paid in last
    longest,            ///< the area with most months
    hukou_gathers,      ///< the hukou area, even if never insured there
    last_area,          ///< the area paid in last
    first_qualified,    ///< of the areas with enough months the one first paid in
    longest_qualified,  ///< of the areas with enough months the one with most
};

/// What decides between areas with equally many months. `none`: nothing does, the tie stays open.
enum class TieRule : std::uint8_t { latest_last_paid, latest_start, earliest_start, none };
enum class CompareUnit : std::uint8_t { month, year };
enum class PaidBy : std::uint8_t { place, each_area };
enum class PayoutInterpolation : std::uint8_t { linear, completed_years };
/// Adjustment between the areas' pooled funds: none, the central adjustment fund of 2018, national
/// pooling.
enum class PoolingAdjustment : std::uint8_t { none, central_2018, national };

/// Person groups as a rule set names them. "hmt" is three of them, "foreign" two: with and without
/// permanent residence.
enum class Person : std::uint8_t {
    hong_kong,
    macau,
    taiwan,
    foreign_temporary,
    foreign_permanent,
    mainland,
};
[[nodiscard]] constexpr Person person_of(Life const& life) {
    switch (life.group) {
    case Group::hong_kong:
        return Person::hong_kong;
    case Group::macau:
        return Person::macau;
    case Group::taiwan:
        return Person::taiwan;
    case Group::foreign:
        return life.permanent_resident ? Person::foreign_permanent : Person::foreign_temporary;
    case Group::mainland:
        break;
    }
    return Person::mainland;
}

class PersonSet {
  public:
    constexpr PersonSet() = default;
    constexpr PersonSet(std::initializer_list<Person> persons) {
        for (Person const person : persons) {
            insert(person);
        }
    }
    constexpr void insert(Person person) { bits_ = static_cast<std::uint8_t>(bits_ | bit(person)); }
    [[nodiscard]] constexpr bool contains(Person person) const {
        return (bits_ & bit(person)) != 0;
    }
    friend constexpr bool operator==(PersonSet, PersonSet) = default;

  private:
    static constexpr std::uint8_t bit(Person person) {
        return static_cast<std::uint8_t>(1U << static_cast<unsigned>(person));
    }
    std::uint8_t bits_ = 0;
};

/// The share of the base sum that moves, or all pooled money that came in for the person.
struct PooledRate {
    bool actual = false;
    Rate rate; ///< when not actual
    friend bool operator==(PooledRate const&, PooledRate const&) = default;
};

/// Where the opt-in (A16) lets somebody continue: nowhere, one area, or whichever area has the
/// relation.
struct ElectionArea {
    bool any = false;
    std::optional<AreaId> area;
    friend bool operator==(ElectionArea const&, ElectionArea const&) = default;
};

/// A rate with exceptions by area.
struct AreaRate {
    Rate general;
    std::vector<std::pair<AreaId, Rate>> exceptions; ///< few, in the order of the file
    [[nodiscard]] Rate at(AreaId area) const {
        for (auto const& [exception, rate] : exceptions) {
            if (exception == area) {
                return rate;
            }
        }
        return general;
    }
    friend bool operator==(AreaRate const&, AreaRate const&) = default;
};

/// Payout months (计发月数) at full ages; the ends hold beyond.
struct PayoutTable {
    static constexpr int first_age = 40;
    static constexpr int last_age = 70;
    std::array<int, last_age - first_age + 1> months{};
    friend bool operator==(PayoutTable const&, PayoutTable const&) = default;
};

struct PlaceRules {
    Dated<std::vector<Criterion>> order_hmt;
    Dated<std::vector<Criterion>> order_foreign;
    Dated<std::vector<Criterion>> order_mainland;
    Dated<int> min_months;
    Dated<TieRule> tie;
    Dated<CompareUnit> compare_unit;
    Dated<bool> count_transferred_months;
    Dated<ElectionArea> election_area;
    Dated<PersonSet> election_groups;
    /// The order that a person is under.
    [[nodiscard]] Dated<std::vector<Criterion>> const& order(Group group) const {
        return group == Group::mainland  ? order_mainland
               : group == Group::foreign ? order_foreign
                                         : order_hmt;
    }
};

struct TransferRules {
    Dated<PooledRate> pooled_rate;
    Dated<bool> on_move;
};

struct TemporaryRules {
    Dated<int> male_age;   ///< years
    Dated<int> female_age; ///< years
    Dated<PersonSet> groups;
};

struct AccountRules {
    Dated<Rate> rate;
    Dated<Rate> interest; ///< a year
};

struct ContributionRules {
    Dated<bool> recorded; ///< does a paid month bring money, or time only?
    Dated<AreaRate> employer_rate;
    Dated<AreaRate> individual_rate;
    Dated<AreaRate> alone_pool_rate; ///< into the pool, of everyone who pays alone
    Dated<AreaRate> base_floor;      ///< of the area's average wage
    Dated<AreaRate> base_ceiling;    ///< of the area's average wage
};

struct PensionRules {
    Dated<int> required_months;
    Dated<PaidBy> paid_by;
};

/// One of the three retirement classes: men, women in management posts, women workers.
struct RetirementClass {
    Dated<int> original_age; ///< years
    Dated<int> delay_step;   ///< months of later birth that add one month of delay
    Dated<int> delay_max;    ///< months
};

struct RetirementRules {
    RetirementClass male;
    RetirementClass female_management;
    RetirementClass female_worker;
    Dated<YearMonth> delay_start; ///< reaching the original age from here on is delayed
    Dated<int> early_max;         ///< months that a claim may be early
    Dated<int> late_max;          ///< months that a claim may be late
};

struct PayoutRules {
    Dated<PayoutTable> months;
    Dated<PayoutInterpolation> interpolation;
    Dated<Rate> january_raise;
};

struct ExtensionRules {
    Dated<PersonSet> groups;
    Dated<int> lump_sum_after; ///< extension months before the rest may be paid at once
    Dated<YearMonth> lump_sum_first_paid_before; ///< first paid before this month
};

struct RefundRules {
    Dated<bool> part_year_interest; ///< do a refund and an inheritance carry this year's interest?
};

struct BridgeRules {
    Dated<bool> open; ///< may accounts cross between the employees' and the residents' scheme?
};

struct PoolingRules {
    Dated<PoolingAdjustment> adjustment;
    Dated<Rate>
        rate; ///< contribution rate of central_2018, or the share of the surplus of national
};

struct AreaRules {
    Dated<std::vector<AreaId>> admitted; ///< areas beyond the default ones (XPCC)
};

/// What a month of payment is charged, between two changes of any of these rates.
struct MoneyTerms {
    YearMonth from = YearMonth::first();
    YearMonth last = YearMonth::last();
    bool recorded = false;
    Rate account;
    PooledRate pooled;
    AreaRate const* employer = nullptr;
    AreaRate const* individual = nullptr;
    AreaRate const* alone_pool = nullptr;
    bool same_everywhere = false; ///< no area has rates of its own; then these hold:
    Rate pool_of_employed;
    Rate pool_of_alone;
};

class RuleBook {
  public:
    std::string id;
    std::string title_en;
    std::string title_zh;

    PlaceRules place;
    TransferRules transfer;
    TemporaryRules temporary;
    AccountRules account;
    ContributionRules contribution;
    PensionRules pension;
    RetirementRules retirement;
    PayoutRules payout;
    ExtensionRules extension;
    RefundRules refund;
    BridgeRules bridge;
    PoolingRules pooling;
    AreaRules area;

    [[nodiscard]] RetirementClass const& retirement_class(Sex sex, Post post) const {
        if (sex == Sex::male) {
            return retirement.male;
        }
        return post == Post::management ? retirement.female_management : retirement.female_worker;
    }
};

/// The money terms of every month, laid out for a quick look-up. Points into the book it was made
/// from.
class MoneyCalendar {
  public:
    explicit MoneyCalendar(RuleBook const& book);
    [[nodiscard]] MoneyTerms const& at(YearMonth month) const {
        return terms_[term_of_month_[index(month)]];
    }
    /// The yearly interest that is credited at the end of `december`.
    [[nodiscard]] Rate interest(YearMonth december) const {
        return interest_of_year_[index(december) / 12];
    }

  private:
    /// Months before the calendar take its first, those behind it its last.
    [[nodiscard]] static std::size_t index(YearMonth month) {
        return static_cast<std::size_t>(
            (std::clamp(month, YearMonth::first(), YearMonth::last()) - YearMonth::first())
                .count());
    }
    std::vector<MoneyTerms> terms_;
    std::vector<std::uint16_t> term_of_month_;
    std::vector<Rate> interest_of_year_;
};

/// Into the pool of `area` from one month's base: employer and individual contribution less what
/// the account takes; who pays alone pays the pool's rate (国发〔2005〕38号; contract 2.1.3).
[[nodiscard]] inline Rate pool_rate(MoneyTerms const& terms, Kind kind, AreaId area) {
    if (terms.same_everywhere) {
        return kind == Kind::employed ? terms.pool_of_employed : terms.pool_of_alone;
    }
    if (kind != Kind::employed) {
        return terms.alone_pool->at(area);
    }
    return Rate::ppm(terms.employer->at(area).parts() + terms.individual->at(area).parts()
                     - terms.account.parts());
}

} // namespace pensim::law

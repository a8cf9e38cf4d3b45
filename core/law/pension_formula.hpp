// What the pension is.
//   Law    gf-2005-38 (basic pension 基础养老金, account pension 个人账户养老金, payout months
//   计发月数);
//          gbf-2009-66, art. 7 (own wages against the average wage of the benefit location, year by
//          year)
//   Given  contribution wages by year, average wages, the account at settlement, the age
//   Gives  amounts in fen a month; the average index in ten-thousandths; payout months in tenths
//   Fails  MoneyOverflow
// Doubts: OPEN_QUESTIONS R4 (pro rata); an index outside 0.6 to 3 is not clamped.
#pragma once

#include <span>

#include "core/law/rule_book.hpp"
#include "core/record/average_wage.hpp"
#include "core/record/outcome.hpp"

namespace pensim::law {

/// Contribution wages of paid months of one year in one area.
struct WageSum {
    int year = 0;
    AreaId area{};
    Fen base_sum;
    int months = 0;
};

/// Mean over the paid months of base / average wage of the year before that month, in
/// ten-thousandths, half up. At least one month must have been paid.
[[nodiscard]] int
average_index_e4(std::span<WageSum const> paid, AverageWages const& wages, AreaId place);
/// The same against the average wage of the area where each month was paid.
[[nodiscard]] int average_index_where_paid_e4(std::span<WageSum const> paid,
                                              AverageWages const& wages);

/// W x (1 + index) / 2 x months / 12 x 1 %.
[[nodiscard]] Fen basic_pension(Fen average_wage, int index_e4, int months);

/// Payout months in tenths at an age.
[[nodiscard]] int
payout_months_e1(PayoutTable const& table, PayoutInterpolation interpolation, Months age);

[[nodiscard]] Fen account_pension(Fen balance, int payout_months_e1);

/// What settles: the month, the age then, the account of each area that pays.
struct Settlement {
    YearMonth month = YearMonth::first();
    Months age;
    int months_total = 0;
    AreaId place{};
    Fen balance;
};
[[nodiscard]] Pension pension_of(RuleBook const& book,
                                 AverageWages const& wages,
                                 Settlement const& settlement,
                                 std::span<WageSum const> paid);

/// One area's account at settlement, where every area pays for its own months.
struct AreaBalance {
    AreaId area{};
    Fen balance;
};
[[nodiscard]] Pension pension_by_area(RuleBook const& book,
                                      AverageWages const& wages,
                                      Settlement const& settlement,
                                      std::span<WageSum const> paid,
                                      std::span<AreaBalance const> balances);

} // namespace pensim::law

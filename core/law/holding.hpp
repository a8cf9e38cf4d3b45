// What one area holds for one person: the personal account (个人账户) and the person's part of the
// pooled fund.
//   Law    gf-2005-38 (credits); rsb-2017-31 (interest rate); ldb-1997-116 (interest on monthly
//   balances; a move in the
//          year carries principal only); gbf-2009-66, art. 4 (account whole, 12 % of the
//          contribution wages) and art. 5 (temporary accounts: everything, at the higher of the two
//          rates)
//   Given  credits by month of the running calendar year, contribution wages since 1998-01
//   Gives  balances, a year's interest, what moves
//   Fails  MoneyOverflow
//
// A year's credits enter the interest only through their sum and their sum weighted by month
// number: with m the month of the reckoning, sum of credit_n x (m + 1 - n) = (m + 1) x sum -
// weighted sum. So a stretch of equal months costs as much as one month.
#pragma once

#include "core/law/rule_book.hpp"

namespace pensim::law {

struct Holding {
    AreaId area{};
    bool temporary = false;
    Fen opening{};          ///< balance of last 31 December, interest included
    Fen credits{};          ///< of this year
    Fen weighted_credits{}; ///< of this year, each times its month number 1 to 12
    Fen base_sum{};         ///< contribution wages since 1998-01
    Fen pool_in{};          ///< pooled money that came in for the person, paid or arrived
    Wide pool_product =
        0; ///< temporary account: sum of base x the higher of pooled rate and pool rate, in ppm

    /// Account without this year's interest: what moves.
    [[nodiscard]] Fen principal() const { return opening + credits; }

    /// The same amount in each month from `first` to `last` of one calendar year.
    void credit(YearMonth first, YearMonth last, Fen each) {
        int const months = (last - first).count() + 1;
        credits += each * months;
        weighted_credits += each * ((first.month() + last.month()) * months / 2);
    }

    /// Interest of the running year up to the end of `month` (31 December: month 12).
    [[nodiscard]] Fen interest(YearMonth month, Rate yearly) const {
        int const m = month.month();
        Wide const fen_months = static_cast<Wide>(opening.count()) * m
                                + static_cast<Wide>(credits.count()) * (m + 1)
                                - weighted_credits.count();
        return share<12>(fen_months, yearly);
    }

    /// 31 December.
    void close_year(Fen year_interest) {
        opening += credits + year_interest;
        credits = Fen{};
        weighted_credits = Fen{};
    }

    /// Pooled money that moves with the account at these rates.
    [[nodiscard]] Fen pooled(PooledRate const& rate) const {
        if (temporary) {
            return divide_half_up(pool_product, 1'000'000);
        }
        return rate.actual ? pool_in : times(base_sum, rate.rate);
    }

    /// Takes over another area's holding with the pooled money that came along.
    void absorb(Holding const& other, Fen pooled_money) {
        opening += other.opening;
        credits += other.credits;
        weighted_credits += other.weighted_credits;
        base_sum += other.base_sum;
        pool_in += pooled_money;
    }
};

} // namespace pensim::law

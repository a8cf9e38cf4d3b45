// What a settled pension pays until death: from the personal account while it lasts, and from the
// pooled fund.
//   Law    gf-2005-38 (two parts, payout months); ldb-1997-116 (what is left of the account goes on
//          bearing interest); sil-2010, art. 14, and order-16-2011, art. 6 (it is inherited).
//          Doubts: OPEN_QUESTIONS R10
//   Given  the month of settlement, both parts of the monthly pension, the account with part-year
//          interest, the month of death; raises, interest and part-year interest of the rule book
//   Gives  year by year what the account and what the pool paid, and the interest; what the heirs
//          receive
//   Fails  MoneyOverflow
//
// Paid from the month after settlement through the month of death. The account part is drawn on the
// account's principal, so interest of a year pays from the next year on; the rest of each pension
// comes from the pool. For interest the balance is a credit of the month after settlement, and what
// is drawn in a month a negative credit of that month.
//
// A year of k equal pensions costs as much as one month. What stays to its end bears interest for k
// months, the first draw is missing for all k of them, the next for k - 1, and so on.
#pragma once

#include <algorithm>

#include "core/law/rule_book.hpp"

namespace pensim::law {

/// A pension as it was settled; of one area, where each area pays for itself.
struct PensionTerms {
    YearMonth settlement = YearMonth::first();
    YearMonth death = YearMonth::first();
    Fen basic;   ///< a month
    Fen account; ///< a month
    Fen balance; ///< of the account at settlement, part-year interest included
};

struct PensionYear {
    int year = 0;
    int months = 0; ///< paid in this year
    Fen from_account;
    Fen from_pool;
    Fen interest;     ///< credited on 31 December, or at death
    Fen account_left; ///< after 31 December; nothing in the year of death: the heirs have it
    friend bool operator==(PensionYear const&, PensionYear const&) = default;
};

/// What is left of the account, in the month of death.
struct Inheritance {
    YearMonth month = YearMonth::first();
    Fen account;
    friend bool operator==(Inheritance const&, Inheritance const&) = default;
};

/// One pension on its way through the years.
class PensionPayment {
  public:
    PensionPayment(PensionTerms const& terms, RuleBook const& book);

    [[nodiscard]] bool has_year_left() const { return next_ <= death_; }

    /// The months of the next calendar year, up to its end or to death.
    PensionYear pay_year() {
        YearMonth const last = std::min(death_, december_);
        int const months = (last - next_).count() + 1;
        if (december_ - next_ == Months(11)) { // who settled in December is raised at once
            raise();
        }
        PensionYear paid;
        paid.year = year_++;
        paid.months = months;
        if (balance_ > Fen{}) {
            Wide const fen_months = draw(months, paid);
            if (fen_months > 0 && (last != death_ || interest_at_death_)) {
                paid.interest = share<12>(fen_months, interest_.at(last));
                balance_ += paid.interest;
            }
        }
        paid.from_pool = (basic_ + account_) * months - paid.from_account;
        paid.account_left = last == death_ ? Fen{} : balance_;
        next_ = last.next();
        december_ = december_ + Months(12);
        return paid;
    }

    /// Once no year is left.
    [[nodiscard]] Inheritance inheritance() const { return {death_, balance_}; }

  private:
    void raise() {
        Rate const rate = raise_.at(next_);
        basic_ += times(basic_, rate);
        account_ += times(account_, rate);
    }

    /// The account parts of the next `months` months, the last one in part when the account does
    /// not reach. Gives what stays in the account, summed over these months.
    Wide draw(int months, PensionYear& paid) {
        Fen const before = balance_;
        Fen const wanted = account_ * months;
        int whole = months; // draws of the whole account part
        Fen rest;           // drawn a month later
        if (wanted > before) {
            whole = static_cast<int>(before.count() / account_.count());
            rest = before - account_ * whole;
        }
        paid.from_account = std::min(wanted, before);
        balance_ = before - paid.from_account;
        Wide const drawn_fen_months =
            static_cast<Wide>(account_.count()) * (whole * months - whole * (whole - 1) / 2)
            + static_cast<Wide>(rest.count()) * (months - whole);
        return static_cast<Wide>(before.count()) * months - drawn_fen_months;
    }

    DatedReader<Rate> raise_;
    DatedReader<Rate> interest_;
    bool interest_at_death_;
    YearMonth next_;     ///< the next month to pay
    YearMonth december_; ///< of the same year
    int year_;
    YearMonth death_;
    Fen basic_;
    Fen account_;
    Fen balance_;
};

/// Tells `year_paid` every year in which a pension was paid, in order: `year_paid(PensionYear
/// const&)`. A death in or before the month of settlement pays nothing and leaves the balance to
/// the heirs.
template <class Sink>
Inheritance pay_pension(PensionTerms const& terms, RuleBook const& book, Sink&& year_paid) {
    PensionPayment payment(terms, book);
    while (payment.has_year_left()) {
        PensionYear const year = payment.pay_year();
        year_paid(year);
    }
    return payment.inheritance();
}

} // namespace pensim::law

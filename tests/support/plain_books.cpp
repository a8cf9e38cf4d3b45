#include "tests/support/plain_books.hpp"

#include <array>
#include <map>
#include <optional>
#include <set>
#include <variant>

#include "tests/support/plain_law.hpp"

namespace pensim::test {

namespace {

Fen half_up(Wide numerator, Wide denominator) {
    return Fen(static_cast<std::int64_t>((2 * numerator + denominator) / (2 * denominator)));
}
Fen part(Fen base, Rate rate) {
    return half_up(Wide{base.count()} * rate.parts(), 1'000'000);
}

/// An account of one area: last year's end, and what came (or went, negative) in each month since.
struct Account {
    Fen opening;
    std::array<Fen, 13> credits{}; ///< by number of the month

    [[nodiscard]] Fen principal() const {
        Fen sum = opening;
        for (Fen const credit : credits) {
            sum += credit;
        }
        return sum;
    }
    /// 2.1.5 and 2.1.6
    [[nodiscard]] Fen interest(Rate rate, int month) const {
        Wide sum = Wide{opening.count()} * month;
        for (int n = 1; n <= month; ++n) {
            sum += Wide{credits[static_cast<std::size_t>(n)].count()} * (month + 1 - n);
        }
        return half_up(sum * rate.parts(), Wide{12} * 1'000'000);
    }
    void close(Fen year_interest) {
        opening = principal() + year_interest;
        credits.fill(Fen{});
    }
};

struct Payer {
    Fen basic;
    Fen account;
    Account rest;
    Fen pooled_this_year;
};

class PlainBooks {
  public:
    PlainBooks(FundLedger& books,
               law::RuleBook const& rules,
               Life const& life,
               Outcome const& outcome)
        : books_(books), rules_(rules), life_(life), o_(outcome), death_(life.events.back().month) {
    }

    void keep() {
        for (YearMonth month = life_.birth; month <= death_; month = month.next()) {
            contribute(month);
            pay_pensions(month);
            for (Event const& event : life_.events) {
                if (event.month == month && event.kind == EventKind::depart && event.terminate) {
                    pay_out(month, &AreaYear::refunds);
                }
            }
            if (month == death_) {
                die(month);
                return;
            }
            move(month, std::nullopt);
            count_and_settle(month);
            if (month == month.december()) {
                close_year(month);
            }
        }
    }

  private:
    AreaYear& at(YearMonth month, AreaId area) { return books_.at(month.year(), area); }

    /// 2.1.2: money follows the relation before its month is paid; everything is gathered at T.
    void move(YearMonth month, std::optional<AreaId> payment_in) {
        while (next_transfer_ < o_.transfers.size()) {
            Transfer const& t = o_.transfers[next_transfer_];
            if (t.month != month
                || (payment_in && (t.kind != TransferKind::move || t.to != *payment_in))) {
                return;
            }
            ++next_transfer_;
            Account& to = accounts_[t.to];
            Account& from = accounts_[t.from];
            PENSIM_EXPECT(from.principal() == t.account);
            to.opening += from.opening;
            for (std::size_t n = 1; n < to.credits.size(); ++n) {
                to.credits[n] += from.credits[n];
            }
            accounts_.erase(t.from);
        }
    }

    void contribute(YearMonth month) {
        Record const* winner = nullptr; // 2.1.1
        for (Record const& r : life_.records) {
            if (r.kind == Kind::lump_sum) {
                if (r.from == month) {
                    credit(month, r, r.lump_months);
                }
            } else if (r.from <= month && month <= r.to
                       && (winner == nullptr || (r.keep && !winner->keep)
                           || (r.keep == winner->keep && r.from < winner->from))) {
                winner = &r;
            }
        }
        if (winner != nullptr) {
            credit(month, *winner, 1);
        }
        for (Refund const& refund : o_.refunds) {
            if (refund.month == month && refund.reason == RefundReason::overlap) {
                at(month, refund.area).paid_to_accounts += refund.account;
                at(month, refund.area).paid_by_workers += refund.account;
                at(month, refund.area).refunds += refund.account;
            }
        }
    }

    /// 2.1.3
    void credit(YearMonth month, Record const& r, int months) {
        move(month, r.area);
        AreaYear& books = at(month, r.area);
        Account& account = accounts_[r.area];
        books.months += months;
        books.insured += insured_.insert({month.year(), r.area}).second ? 1 : 0;
        auto const& rates = rules_.contribution;
        if (!rates.recorded.at(month)) {
            return;
        }
        Fen const base = r.base * months;
        Rate const to_account = rules_.account.rate.at(month);
        Rate const own = rates.individual_rate.at(month).at(r.area);
        bool const alone = r.kind != Kind::employed;
        Rate const to_pool = alone ? rates.alone_pool_rate.at(month).at(r.area)
                                   : Rate::ppm(rates.employer_rate.at(month).at(r.area).parts()
                                               + own.parts() - to_account.parts());
        books.paid_to_accounts += part(base, to_account);
        books.paid_to_pool += part(base, to_pool);
        books.paid_by_workers +=
            alone ? part(base, to_account) + part(base, to_pool) : part(base, own);
        account.credits[static_cast<std::size_t>(month.month())] += part(base, to_account);
    }

    /// Everything that waits, with part-year interest where the rules give it.
    void pay_out(YearMonth month, Fen AreaYear::*to_whom) {
        for (auto const& [area, account] : accounts_) {
            Fen const interest =
                rules_.refund.part_year_interest.at(month)
                    ? account.interest(rules_.account.interest.at(month), month.month())
                    : Fen{};
            at(month, area).interest += interest;
            at(month, area).*to_whom += account.principal() + interest;
        }
        accounts_.clear();
    }

    void die(YearMonth month) {
        pay_out(month, &AreaYear::inheritances);
        for (auto& [area, payer] : payers_) {
            Fen const interest =
                rules_.refund.part_year_interest.at(month)
                    ? payer.rest.interest(rules_.account.interest.at(month), month.month())
                    : Fen{};
            at(month, area).interest += interest;
            at(month, area).inheritances += payer.rest.principal() + interest;
            count_parts(month, area, payer);
        }
    }

    /// 2.3 and section 3: at T the account may cross, or it is settled with part-year interest.
    void count_and_settle(YearMonth month) {
        if (o_.bridge && o_.counting_month == month) {
            settle(month, *o_.benefit_area, &AreaYear::to_residents);
        }
        if (o_.settlement_month != month) {
            return;
        }
        if (o_.pension->by_area.empty()) {
            start(month, *o_.benefit_area, o_.pension->basic, o_.pension->account);
        }
        for (AreaPension const& share : o_.pension->by_area) {
            start(month, share.area, share.basic, share.account);
        }
        PENSIM_EXPECT(accounts_.empty());
    }
    Fen settle(YearMonth month, AreaId area, Fen AreaYear::*to_whom) {
        Account const& account = accounts_[area];
        Fen const interest = account.interest(rules_.account.interest.at(month), month.month());
        Fen const balance = account.principal() + interest;
        at(month, area).interest += interest;
        if (to_whom != nullptr) {
            at(month, area).*to_whom += balance;
        }
        accounts_.erase(area);
        return balance;
    }
    void start(YearMonth month, AreaId area, Fen basic, Fen account) {
        Payer& payer = payers_[area];
        payer = {basic, account, {}, {}};
        Fen const balance = settle(month, area, nullptr);
        if (month.month() == 12) {
            payer.rest.opening = balance;
            at(month, area).holdings += balance;
        } else {
            payer.rest.credits[static_cast<std::size_t>(month.month() + 1)] = balance;
        }
    }

    /// 2.5: from the month after settlement, first from the account; raised each January.
    void pay_pensions(YearMonth month) {
        for (auto& [area, payer] : payers_) {
            if (month.month() == 1) {
                Rate const raise = rules_.payout.january_raise.at(month);
                payer.basic += part(payer.basic, raise);
                payer.account += part(payer.account, raise);
            }
            Fen const drawn = std::min(payer.account, payer.rest.principal());
            Fen const pooled = payer.basic + payer.account - drawn;
            payer.rest.credits[static_cast<std::size_t>(month.month())] -= drawn;
            payer.pooled_this_year += pooled;
            AreaYear& books = at(month, area);
            books.pensions_from_accounts += drawn;
            books.pensions_from_pool += pooled;
            ++books.pension_months;
            books.pensioners += pensioners_.insert({month.year(), area}).second ? 1 : 0;
        }
    }

    void close_year(YearMonth month) {
        Rate const rate = rules_.account.interest.at(month);
        auto const close = [&](AreaId area, Account& account) {
            Fen const interest = account.interest(rate, 12);
            account.close(interest);
            at(month, area).interest += interest;
            at(month, area).holdings += account.principal();
        };
        for (auto& [area, account] : accounts_) {
            close(area, account);
        }
        for (auto& [area, payer] : payers_) {
            if (month != o_.settlement_month) {
                close(area, payer.rest);
                count_parts(month, area, payer);
            }
        }
    }
    /// What the year's pension owes to months paid elsewhere, each part cut to the fen.
    void count_parts(YearMonth month, AreaId area, Payer& payer) {
        for (AreaMonths const& months : o_.months_by_area) {
            if (o_.pension->by_area.empty() && months.area != area) {
                Wide const owed = Wide{payer.pooled_this_year.count()} * months.months;
                Fen const cut(static_cast<std::int64_t>(owed / o_.months_total));
                at(month, area).for_elsewhere += cut;
                at(month, months.area).by_elsewhere += cut;
            }
        }
        payer.pooled_this_year = Fen{};
    }

    FundLedger& books_;
    law::RuleBook const& rules_;
    Life const& life_;
    Outcome const& o_;
    YearMonth death_;
    std::size_t next_transfer_ = 0;
    std::map<AreaId, Account> accounts_;
    std::map<AreaId, Payer> payers_; ///< once settled
    std::set<std::pair<int, AreaId>> insured_;
    std::set<std::pair<int, AreaId>> pensioners_;
};

} // namespace

void add_plain_books(FundLedger& books,
                     law::RuleBook const& rules,
                     AverageWages const& wages,
                     Life const& life) {
    auto const outcome = plain_decide(rules, wages, life);
    PENSIM_EXPECT(std::holds_alternative<Outcome>(outcome));
    PlainBooks(books, rules, life, std::get<Outcome>(outcome)).keep();
}

} // namespace pensim::test

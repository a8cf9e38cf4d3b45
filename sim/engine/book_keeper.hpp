// Listens to a life and posts its money (core/record/fund_ledger.hpp): to everybody's books
// (Tally), or to the life's own (LifeBooks).
#pragma once

#include <vector>

#include "core/law/pension_payment.hpp"
#include "core/law/timeline.hpp"
#include "sim/engine/tally.hpp"

namespace pensim::engine {

/// The transfers of one life.
struct Moved {
    int transfers = 0;
    Fen account;
    Fen pooled;
};

template <class Target>
class BookKeeper : public law::SilentListener {
  public:
    BookKeeper(Target& target, Watch const& watch, std::size_t areas)
        : target_(target), watch_(watch), seen_(areas),
          seen_behind_(watch.behind ? areas * behind_count : 0) {}

    /// Before each life.
    void open(Life const& life) {
        life_ = &life;
        held_ = Fen{};
        moved_ = {};
        ++serial_;
    }
    /// What the postings of this life have put into accounts and not yet taken out.
    [[nodiscard]] Fen held() const { return held_; }

    [[nodiscard]] Moved const& moved() const { return moved_; }

    void paid(law::PaidStretch const& stretch) {
        AreaId const area = life_->records[static_cast<std::size_t>(stretch.record)].area;
        int const payments = (stretch.last - stretch.first).count() + 1;
        AreaYear& books = target_.books(stretch.first.year(), area);
        Fen const to_account = stretch.account_credit * payments;
        books.paid_to_accounts += to_account;
        books.paid_to_pool += stretch.pool_credit * payments;
        books.paid_by_workers += stretch.own * payments;
        books.months += stretch.months;
        books.insured += first_in(stretch.first.year(), area) ? 1 : 0;
        held_ += to_account;
        for (std::size_t i = 0; i < watch_.months.size(); ++i) {
            if (stretch.first <= watch_.months[i] && watch_.months[i] <= stretch.last) {
                target_.note_paying(i, life_->group, area);
            }
        }
    }
    void overlap_refunded(Refund const& refund, int /*record*/) {
        // Paid in and given back within the month.
        AreaYear& books = target_.books(refund.month.year(), refund.area);
        books.paid_to_accounts += refund.account;
        books.paid_by_workers += refund.account; // who has it back has paid it
        books.refunds += refund.account;
        stand_behind(Behind::refunds, refund.month.year(), refund.area);
        target_.note_refund(refund);
    }
    void transferred(Transfer const& t) {
        target_.note_transfer(t);
        ++moved_.transfers;
        moved_.account += t.account;
        moved_.pooled += t.pooled;
    }
    void interest_credited(YearMonth december, law::Holding const& holding, Fen interest) {
        AreaYear& books = target_.books(december.year(), holding.area);
        books.holdings += holding.principal();
        credit_interest(books, december.year(), holding.area, interest);
    }
    void refunded(Refund const& refund, Fen interest) {
        AreaYear& books = target_.books(refund.month.year(), refund.area);
        credit_interest(books, refund.month.year(), refund.area, interest);
        bool const death = refund.reason == RefundReason::death;
        (death ? books.inheritances : books.refunds) += refund.account;
        stand_behind(
            death ? Behind::inheritances : Behind::refunds, refund.month.year(), refund.area);
        held_ -= refund.account;
        target_.note_refund(refund);
    }
    void bridged(YearMonth month, AreaId from, Fen account, Fen interest) {
        AreaYear& books = target_.books(month.year(), from);
        credit_interest(books, month.year(), from, interest);
        books.to_residents += account;
        stand_behind(Behind::to_residents, month.year(), from);
        held_ -= account;
    }

    /// Part-year interest of an account at its settlement.
    void account_settled(YearMonth month, AreaId area, Fen balance, Fen interest) {
        AreaYear& books = target_.books(month.year(), area);
        credit_interest(books, month.year(), area, interest);
        if (month.month() == 12) { // else the first year of payment says what is left
            books.holdings += balance;
        }
    }
    /// An account that no area settles, because a reform changed who pays between T and
    /// settlement: it waits for the heirs.
    void left_behind(law::Holding const& holding, YearMonth settlement, YearMonth death) {
        for (int year = settlement.year(); year < death.year(); ++year) {
            target_.books(year, holding.area).holdings += holding.principal();
        }
        inherited(holding.area, {death, holding.principal()});
    }
    void pension_paid(AreaId area, law::PensionYear const& paid) {
        AreaYear& books = target_.books(paid.year, area);
        credit_interest(books, paid.year, area, paid.interest);
        books.pensions_from_accounts += paid.from_account;
        books.pensions_from_pool += paid.from_pool;
        books.holdings += paid.account_left;
        books.pension_months += paid.months;
        ++books.pensioners;
        held_ -= paid.from_account;
    }
    /// `part` of what `payer` paid from its pool was for months paid in `earner`.
    void paid_for(int year, AreaId payer, AreaId earner, Fen part) {
        target_.books(year, payer).for_elsewhere += part;
        target_.books(year, earner).by_elsewhere += part;
        stand_behind(Behind::for_elsewhere, year, payer);
        stand_behind(Behind::by_elsewhere, year, earner);
    }
    void inherited(AreaId area, law::Inheritance const& rest) {
        target_.books(rest.month.year(), area).inheritances += rest.account;
        stand_behind(Behind::inheritances, rest.month.year(), area);
        held_ -= rest.account;
    }

  private:
    void credit_interest(AreaYear& books, int year, AreaId area, Fen interest) {
        books.interest += interest;
        held_ += interest;
        if (interest != Fen{}) {
            stand_behind(Behind::interest, year, area);
        }
    }
    void stand_behind(Behind what, int year, AreaId area) {
        if (watch_.behind
            && first_in(seen_behind_[row(area) * behind_count + static_cast<std::size_t>(what)],
                        year)) {
            target_.note_behind(what, year, area);
        }
    }
    /// Is this the life's first payment of the year in the area?
    bool first_in(int year, AreaId area) { return first_in(seen_[row(area)], year); }
    bool first_in(std::uint64_t& last, int year) const {
        std::uint64_t const stamp = serial_ << 12U | static_cast<std::uint64_t>(year);
        bool const first = last != stamp;
        last = stamp;
        return first;
    }

    Target& target_;
    Watch const& watch_;
    std::vector<std::uint64_t> seen_;        ///< by area: life and year of the last payment
    std::vector<std::uint64_t> seen_behind_; ///< the same by area and amount, where watched
    std::uint64_t serial_ = 0;
    Life const* life_ = nullptr;
    Fen held_;
    Moved moved_;
};

} // namespace pensim::engine

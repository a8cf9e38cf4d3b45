// The relation (养老保险关系) of one person and the money in the areas: where each payment goes,
// what moves with the relation, what is gathered or paid out (contract 2.1, 2.3, 2.4).
//   Law    gbf-2009-66, arts. 3-6; order-41-2019, art. 8; order-16-2011, art. 6
//   Given  payments in the order of their months, from a walk (timeline.hpp)
//   Gives  holdings, standings, wages and sums of the walk; tells its listener each step
//   Fails  MoneyOverflow
#pragma once

#include <algorithm>
#include <optional>

#include "core/law/walk.hpp"

namespace pensim::law {

template <class Listener>
class Relation {
  public:
    /// Refers to all of them.
    Relation(LawContext const& law, Life const& life, Person person, Walk& walk, Listener& listener)
        : law_(law), life_(life), w_(walk), listener_(listener), person_(person) {}

    /// Where it is; nothing before the first payment and after its end.
    [[nodiscard]] std::optional<AreaId> area() const { return area_; }
    /// At T it goes to the benefit location, whatever money does.
    void go_to(AreaId area) { area_ = area; }

    // ---- payments ----

    /// Months of one calendar year, one record and one set of rates; a lump sum is one month.
    void pay(int index, YearMonth first, YearMonth last) {
        Record const& r = life_.records[static_cast<std::size_t>(index)];
        MoneyTerms const& terms = law_.money.at(first);
        int const payments = (last - first).count() + 1;
        int const months = r.kind == Kind::lump_sum ? r.lump_months : payments;
        // 2.1.3: a lump sum is one payment of n bases.
        Fen const base = r.kind == Kind::lump_sum ? r.base * r.lump_months : r.base;

        Holding& holding = holding_to_pay(r, first);
        PaidStretch stretch{first, last, index, months, Fen{}, Fen{}, Fen{}, holding.temporary};
        if (terms.recorded) {
            Rate const to_pool = pool_rate(terms, r.kind, r.area);
            stretch.account_credit = times(base, terms.account);
            stretch.pool_credit = times(base, to_pool);
            holding.credit(first, last, stretch.account_credit);
            holding.base_sum += base * payments;
            holding.pool_in += stretch.pool_credit * payments;
            if (holding.temporary) {
                // gbf-2009-66, art. 5: all of it moves, at no less than the general rate.
                Rate const general = terms.pooled.actual ? Rate{} : terms.pooled.rate;
                holding.pool_product +=
                    static_cast<Wide>(base.count()) * payments * std::max(general, to_pool).parts();
            }
            stretch.own = own_part(terms, r, base, stretch);
            w_.own_contributions += stretch.own * payments;
        }
        w_.months_total += months;
        w_.ever_paid = true;
        w_.last_area = r.area;
        if (!w_.first_paid) {
            w_.first_paid = first;
        }
        if (r.kind == Kind::extension) {
            w_.extension_months += months;
        }
        if (!w_.counted) {
            note_standing(stretch, r.area);
        }
        note_wages(first.year(), r.area, base * payments, months);
        listener_.paid(stretch);
    }

    /// The standing of the only area in which anything is held, if the relation is there and
    /// nothing is temporary: then a year of work there changes nothing but sums. Else null.
    [[nodiscard]] Standing* only_standing() {
        if (w_.holdings.size() != 1) {
            return nullptr;
        }
        Holding const& held = w_.holdings.front();
        auto const standing = find_standing(held.area);
        bool const simple = !held.temporary && area_ == held.area && standing != w_.standings.end();
        return simple ? &*standing : nullptr;
    }

    /// January to December of a record in the area of only_standing(), before T and with months
    /// recorded under `terms`, up to and with the interest of 31 December: what pay() and
    /// close_year() give.
    [[gnu::always_inline]] void
    pay_whole_year(int index, YearMonth january, MoneyTerms const& terms, Standing& standing) {
        constexpr int year = 12;
        constexpr int months_of_interest = 78; // of a payment each month: 12 + 11 + ... + 1
        Record const& r = life_.records[static_cast<std::size_t>(index)];
        Holding& held = w_.holdings.front();
        YearMonth const december = january + Months(year - 1);
        PaidStretch stretch{january, december, index, year};
        stretch.account_credit = times(r.base, terms.account);
        stretch.pool_credit = times(r.base, pool_rate(terms, r.kind, r.area));
        stretch.own = own_part(terms, r, r.base, stretch);
        Fen const base_sum = r.base * year;
        held.base_sum += base_sum;
        held.pool_in += stretch.pool_credit * year;
        w_.own_contributions += stretch.own * year;
        w_.months_total += year;
        w_.last_area = r.area;
        if (standing.last_paid.next() < january) {
            standing.run_start = january;
        }
        standing.months += year;
        standing.relation_months += year;
        standing.last_paid = december;
        standing.temporary = false;
        note_wages(january.year(), r.area, base_sum, year);
        listener_.paid(stretch);
        Wide const fen_months =
            static_cast<Wide>(held.opening.count()) * year
            + static_cast<Wide>(stretch.account_credit.count()) * months_of_interest;
        Fen const interest = share<12>(fen_months, law_.money.interest(december));
        held.opening += stretch.account_credit * year + interest;
        listener_.interest_credited(december, held, interest);
    }

    /// 2.1.5
    void close_year(YearMonth december) {
        Rate const yearly = law_.money.interest(december);
        for (Holding& held : w_.holdings) {
            Fen const interest = held.interest(december, yearly);
            held.close_year(interest);
            listener_.interest_credited(december, held, interest);
        }
    }

    // ---- ends ----

    /// To the person, or to heirs; what was paid out stays in the holdings until they go.
    void pay_out_accounts(YearMonth month, RefundReason reason) {
        bool const with_interest = law_.book.refund.part_year_interest.at(month);
        for (Holding const& held : w_.holdings) {
            Fen const amount = with_interest ? part_year_balance(held, month) : held.principal();
            if (amount > Fen{}) {
                listener_.refunded({month, reason, held.area, amount}, amount - held.principal());
            }
        }
    }

    /// On written application: it is as if nothing had been paid.
    void end(YearMonth month) {
        pay_out_accounts(month, RefundReason::terminated);
        w_.terminated = true;
        w_.holdings.clear();
        if (w_.counted && !w_.standings.empty()) { // a second end has nothing to void
            w_.counted_standings.swap(w_.standings);
        }
        w_.standings.clear();
        w_.wages.clear();
        w_.months_total = 0;
        w_.extension_months = 0;
        w_.own_contributions = Fen{};
        w_.first_paid.reset();
        w_.place.reset();
        w_.undetermined = false;
        area_.reset();
    }

    // ---- T and settlement, once the place is decided ----

    /// All money goes to the benefit location (order-41-2019, art. 8; gbf-2009-66, arts. 5-6).
    void gather(YearMonth month) {
        AreaId const place = w_.place->area;
        if (find_holding(place) == nullptr) {
            w_.holdings.push_back({.area = place});
        }
        move_holdings(month, place, true, [&](Holding const& held) {
            if (held.temporary) {
                return TransferKind::temporary;
            }
            return w_.place->branch == Branch::last_qualified && area_ == held.area
                       ? TransferKind::sent_back
                       : TransferKind::gather;
        });
    }

    /// rsb-2014-17: the benefit location's account goes, with part-year interest; the pooled money
    /// stays. Accounts of other areas, which only `each_area` leaves there, stay as well.
    void leave_for_resident_scheme(YearMonth month) {
        w_.bridged = true;
        Holding const* const held = find_holding(w_.place->area);
        Fen const interest = held == nullptr ? Fen{} : w_.balance - held->principal();
        listener_.bridged(month, w_.place->area, w_.balance, interest);
        std::erase_if(w_.holdings, [&](Holding const& h) { return h.area == w_.place->area; });
    }

    /// The benefit location's account with part-year interest; notes the others where each area
    /// pays for itself.
    Fen balance_at(YearMonth month) {
        bool const each_area = law_.book.pension.paid_by.at(month) == PaidBy::each_area;
        Fen own;
        w_.balances.clear();
        for (Holding const& held : w_.holdings) {
            bool const here = held.area == w_.place->area;
            if (here || each_area) {
                w_.balances.push_back({held.area, part_year_balance(held, month)});
                own = here ? w_.balances.back().balance : own;
            }
        }
        return own;
    }

  private:
    /// What the person pays of both credits: who is employed the individual rate, who pays alone
    /// all.
    static Fen
    own_part(MoneyTerms const& terms, Record const& r, Fen base, PaidStretch const& stretch) {
        if (r.kind != Kind::employed) {
            return stretch.account_credit + stretch.pool_credit;
        }
        Rate const individual = terms.individual->at(r.area);
        return individual == terms.account ? stretch.account_credit : times(base, individual);
    }

    /// 2.1.2 and 2.4: where the payment goes; the relation and its money move first.
    Holding& holding_to_pay(Record const& r, YearMonth month) {
        Holding* held = find_holding(r.area);
        if (held != nullptr && (held->temporary || area_ == r.area)) {
            return *held;
        }
        // The relation's own area has a holding, so it is out of question here.
        if (held == nullptr && opens_temporary(r.area, month)) {
            listener_.temporary_opened(month, r.area);
            w_.holdings.push_back({.area = r.area, .temporary = true});
            return w_.holdings.back();
        }
        if (held == nullptr) {
            w_.holdings.push_back({.area = r.area});
        }
        if (area_ != r.area) {
            bool const money_follows = area_.has_value() && r.transfer
                                       && law_.book.transfer.on_move.at(month)
                                       && law_.book.pension.paid_by.at(month) == PaidBy::place;
            listener_.relation_moved(month, area_, r.area, money_follows);
            area_ = r.area;
            if (money_follows) {
                move_holdings(
                    month, r.area, false, [](Holding const&) { return TransferKind::move; });
            }
        }
        return *find_holding(r.area);
    }

    /// gbf-2009-66, art. 5: away from the hukou area at 50 (men) or 40 (women), the relation stays
    /// where it is.
    [[nodiscard]] bool opens_temporary(AreaId area, YearMonth month) const {
        TemporaryRules const& rules = law_.book.temporary;
        if (life_.hukou == area || !rules.groups.at(month).contains(person_)) {
            return false;
        }
        auto const& age = life_.sex == Sex::male ? rules.male_age : rules.female_age;
        return month - life_.birth >= Months::of_years(age.at(month));
    }

    [[nodiscard]] Holding* find_holding(AreaId area) {
        auto const held = std::find_if(
            w_.holdings.begin(), w_.holdings.end(), [&](auto const& h) { return h.area == area; });
        return held == w_.holdings.end() ? nullptr : &*held;
    }

    /// 2.1.4: every holding outside `to`, temporary ones only on demand, goes there. `to` must have
    /// one.
    template <class KindOf>
    void move_holdings(YearMonth month, AreaId to, bool temporary_too, KindOf const& kind_of) {
        PooledRate const& rate = law_.book.transfer.pooled_rate.at(month);
        auto const moves = [&](Holding const& h) {
            return h.area != to && (temporary_too || !h.temporary);
        };
        for (Holding const& held : w_.holdings) {
            if (moves(held)) {
                Transfer const transfer{
                    month, held.area, to, kind_of(held), held.principal(), held.pooled(rate)};
                listener_.transferred(transfer);
                find_holding(to)->absorb(held, transfer.pooled);
            }
        }
        std::erase_if(w_.holdings, moves);
    }

    [[nodiscard]] std::vector<Standing>::iterator find_standing(AreaId area) {
        return std::find_if(w_.standings.begin(), w_.standings.end(), [&](Standing const& s) {
            return s.area == area;
        });
    }

    void note_standing(PaidStretch const& paid, AreaId area) {
        auto standing = find_standing(area);
        if (standing == w_.standings.end()) {
            w_.standings.push_back({area, 0, 0, paid.first, paid.last, paid.first, paid.temporary});
            standing = w_.standings.end() - 1;
        } else if (standing->last_paid.next() < paid.first) {
            standing->run_start = paid.first;
        }
        standing->months += paid.months;
        standing->relation_months += paid.temporary ? 0 : paid.months;
        standing->last_paid = paid.last;
        standing->temporary = paid.temporary;
    }

    void note_wages(int year, AreaId area, Fen base_sum, int months) {
        if (w_.wages.empty() || w_.wages.back().year != year || w_.wages.back().area != area) {
            w_.wages.push_back({year, area, Fen{}, 0});
        }
        w_.wages.back().base_sum += base_sum;
        w_.wages.back().months += months;
    }

    /// 2.1.6
    [[nodiscard]] Fen part_year_balance(Holding const& held, YearMonth month) const {
        return held.principal() + held.interest(month, law_.book.account.interest.at(month));
    }

    LawContext const& law_;
    Life const& life_;
    Walk& w_;
    Listener& listener_;
    Person person_;
    std::optional<AreaId> area_;
};

} // namespace pensim::law

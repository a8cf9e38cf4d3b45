// One life through the law, from the first paid month to the settlement (contract 2.1 to 2.4).
//   Law    gbf-2009-66, arts. 3-6; order-41-2019, arts. 6-8; order-16-2011, arts. 5-6;
//   rsth-2021-139; order-13-2011 Given  a life that passed check_life, a rule set Gives  tells a
//   listener each step as it happens, and keeps what an outcome needs Fails  MoneyOverflow; faults
//   that only the walk can see (contract 2.3) are collected, and then nothing else counts
//
// The walk goes by stretches: months of one calendar year, one record and one set of rates, which
// cost as much as one month. It stops at the end of every month in which something is decided: an
// event, an early claim, the counting month T, a settlement. Within a month: payments, events in
// listed order, the test of claim, T or settlement, 31 December.
// Whole years of work in one place, the most of most lives, take a short way of their own; it
// gives and tells what the months would.
#pragma once

#include <algorithm>
#include <optional>

#include "core/law/qualifying_period.hpp"
#include "core/law/resident_bridge.hpp"
#include "core/law/retirement_age.hpp"
#include "core/law/walk.hpp"

namespace pensim::law {

template <class Listener>
class Timeline {
  public:
    Timeline(LawContext const& law, Life const& life, Walk& walk, Listener& listener)
        : law_(law), life_(life), w_(walk), listener_(listener), person_(person_of(life)) {}

    void run() {
        prepare();
        while (auto const stop = next_stop()) {
            if (close_month(pay_until(*stop))) {
                break;
            }
        }
        find_misplaced_records();
    }

  private:
    // ---- order of time ----

    void prepare() {
        w_.reset();
        resolve_overlaps(life_.records, w_.runs, w_.lost);
        for (std::size_t i = 0; i < life_.records.size(); ++i) {
            Record const& r = life_.records[i];
            if (r.scheme != Scheme::employee) {
                continue;
            }
            bool const lump = r.kind == Kind::lump_sum;
            if (lump) {
                w_.lump_sums.push_back(static_cast<int>(i));
            }
            latest_record_ = std::max(latest_record_, lump ? r.from : r.to);
            extends_ = extends_ || r.kind == Kind::extension;
        }
        for (std::size_t i = 0; i < life_.events.size(); ++i) {
            w_.events.push_back(static_cast<int>(i));
        }
        sort_by(w_.lump_sums, [&](int index) { return record(index).from; });
        sort_by(w_.events, [&](int index) { return event(index).month; });
        w_.statutory = statutory_month(law_.book, life_);
        early_pending_ = life_.claim && *life_.claim < w_.statutory;
        w_.counting = life_.claim && !early_pending_ ? *life_.claim : w_.statutory;
        w_.required = required_months(law_.book, w_.statutory, w_.counting);
        cursor_ = next_stop().value_or(w_.counting);
        if (auto const payment = next_payment(); payment && *payment < cursor_) {
            cursor_ = *payment;
        }
    }

    /// By month, equal ones as listed; most lists are in order, and then nothing is allocated.
    template <class MonthOf>
    static void sort_by(std::vector<int>& indices, MonthOf const& month_of) {
        auto const earlier = [&](int a, int b) { return month_of(a) < month_of(b); };
        if (!std::is_sorted(indices.begin(), indices.end(), earlier)) {
            std::stable_sort(indices.begin(), indices.end(), earlier);
        }
    }

    [[nodiscard]] Record const& record(int index) const {
        return life_.records[static_cast<std::size_t>(index)];
    }
    [[nodiscard]] Event const& event(int index) const {
        return life_.events[static_cast<std::size_t>(index)];
    }
    [[nodiscard]] bool lump_left() const { return next_lump_ < w_.lump_sums.size(); }
    [[nodiscard]] bool run_left() const { return next_run_ < w_.runs.size(); }

    /// The first month from the cursor on in which something is paid.
    [[nodiscard]] std::optional<YearMonth> next_payment() const {
        std::optional<YearMonth> month;
        if (run_left()) {
            month = w_.runs[next_run_].from;
        }
        if (lump_left()) {
            YearMonth const lump = record(w_.lump_sums[next_lump_]).from;
            month = month ? std::min(*month, lump) : lump;
        }
        return month;
    }

    /// The next month at whose end something is to be decided; nothing when the story is over.
    [[nodiscard]] std::optional<YearMonth> next_stop() const {
        std::optional<YearMonth> stop;
        auto const consider = [&](YearMonth month) {
            stop = stop ? std::min(*stop, month) : month;
        };
        if (next_event_ < w_.events.size()) {
            consider(event(w_.events[next_event_]).month);
        }
        if (early_pending_) {
            consider(*life_.claim);
        }
        if (!w_.counted) {
            consider(w_.counting);
        } else if (!stop) {
            if (run_left()) {
                consider(w_.runs.back().to);
            }
            if (lump_left()) {
                YearMonth const last = record(w_.lump_sums.back()).from;
                stop = stop ? std::max(*stop, last) : last;
            }
        }
        return stop;
    }

    /// Designated, short, and paying on.
    [[nodiscard]] bool waiting() const {
        return w_.counted && w_.place.has_value() && !w_.settlement.has_value();
    }
    [[nodiscard]] bool enough() const { return w_.months_total >= w_.required; }

    /// Pays from the cursor up to `stop`, or up to an earlier month that reaches the required
    /// months. Gives the month whose end was reached; its events, tests and 31 December are still
    /// to come.
    YearMonth pay_until(YearMonth stop) {
        while (true) {
            pay_whole_years(stop);
            pay_lump_sums();
            YearMonth const end = pay_stretch(stop);
            refund_lost_months(end);
            cursor_ = end.next();
            if (end >= stop || (waiting() && enough())) {
                return end;
            }
            if (end.month() == 12) {
                close_year(end);
            }
        }
    }

    /// Years that end before `stop`, paid from January to December by one record each in the area
    /// of the relation, while nothing is held elsewhere: a step a year, up to 31 December.
    void pay_whole_years(YearMonth stop) {
        if (cursor_.month() != 1 || w_.counted || lump_left() || !w_.lost.empty()
            || w_.holdings.size() != 1) {
            return;
        }
        Holding& held = w_.holdings.front();
        auto const standing = find_standing(held.area);
        if (held.temporary || relation_ != held.area || standing == w_.standings.end()) {
            return;
        }
        MoneyTerms const* terms = &law_.money.at(cursor_);
        for (; run_left(); ++next_run_) {
            PaidRun const& run = w_.runs[next_run_];
            Record const& r = record(run.record);
            YearMonth const december = cursor_ + Months(11);
            if (run.from != cursor_ || run.to != december || december >= stop || r.area != held.area
                || r.kind == Kind::extension) {
                return;
            }
            if (terms->last < december) {
                terms = &law_.money.at(cursor_);
            }
            if (!terms->recorded || terms->last < december) {
                return;
            }
            pay_whole_year(run.record, r, *terms, held, *standing);
            cursor_ = december.next();
        }
    }

    [[gnu::always_inline]] void pay_whole_year(
        int index, Record const& r, MoneyTerms const& terms, Holding& held, Standing& standing) {
        constexpr int year = 12;
        constexpr int months_of_interest = 78; // of a payment each month: 12 + 11 + ... + 1
        YearMonth const december = cursor_ + Months(year - 1);
        PaidStretch stretch{cursor_, december, index, year};
        stretch.account_credit = times(r.base, terms.account);
        stretch.pool_credit = times(r.base, pool_rate(terms, r.kind, r.area));
        stretch.own = own_part(terms, r, r.base, stretch);
        Fen const base_sum = r.base * year;
        held.base_sum += base_sum;
        held.pool_in += stretch.pool_credit * year;
        w_.own_contributions += stretch.own * year;
        w_.months_total += year;
        w_.last_area = r.area;
        if (standing.last_paid.next() < cursor_) {
            standing.run_start = cursor_;
        }
        standing.months += year;
        standing.relation_months += year;
        standing.last_paid = december;
        standing.temporary = false;
        note_wages(cursor_.year(), r.area, base_sum, year);
        listener_.paid(stretch);
        Wide const fen_months =
            static_cast<Wide>(held.opening.count()) * year
            + static_cast<Wide>(stretch.account_credit.count()) * months_of_interest;
        Fen const interest = share<12>(fen_months, law_.money.interest(december));
        held.opening += stretch.account_credit * year + interest;
        listener_.interest_credited(december, held, interest);
    }

    void pay_lump_sums() {
        while (lump_left() && record(w_.lump_sums[next_lump_]).from == cursor_) {
            int const index = w_.lump_sums[next_lump_++];
            if (admissible(index)) {
                pay(index, cursor_, cursor_);
            }
        }
    }

    /// One step from the cursor: months of one run, or months without payment. Gives its last
    /// month.
    YearMonth pay_stretch(YearMonth stop) {
        YearMonth end = stop;
        if (waiting() && enough()) {
            end = std::min(end, cursor_); // a lump sum has reached it: this month settles
        }
        if (lump_left()) {
            end = std::min(end, record(w_.lump_sums[next_lump_]).from.previous());
        }
        if (!run_left() || w_.runs[next_run_].from > cursor_) {
            if (run_left()) {
                end = std::min(end, w_.runs[next_run_].from.previous());
            }
            for (YearMonth year_end = cursor_.december(); year_end < end;
                 year_end = year_end + Months(12)) {
                close_year(year_end);
            }
            return end;
        }
        PaidRun const& run = w_.runs[next_run_];
        end = std::min({end, run.to, cursor_.december(), law_.money.at(cursor_).last});
        if (admissible(run.record)) {
            if (waiting() && !enough()) {
                end = std::min(end, cursor_ + Months(w_.required - w_.months_total - 1));
            }
            pay(run.record, cursor_, end);
        }
        if (end == run.to) {
            ++next_run_;
        }
        return end;
    }

    /// The end of a month. True when the story is over.
    bool close_month(YearMonth month) {
        for (; next_event_ < w_.events.size(); ++next_event_) {
            Event const& happened = event(w_.events[next_event_]);
            if (happened.month != month) {
                break;
            }
            if (happened.kind == EventKind::death) {
                die(month);
                return true;
            }
            depart(month, happened.terminate);
        }
        if (early_pending_ && month == *life_.claim) {
            test_early_claim();
        }
        if (!w_.counted && month == w_.counting) {
            count();
        } else if (waiting() && enough()) {
            settle(month);
        }
        if (w_.settlement) {
            return true;
        }
        if (month.month() == 12) {
            close_year(month);
        }
        return false;
    }

    // ---- payments (contract 2.1, 2.4) ----

    /// May this record be paid now? Faults of place and right are noted once; faults of time are
    /// found at the end.
    bool admissible(int index) {
        Record const& r = record(index);
        if (!w_.counted) {
            return r.kind != Kind::extension;
        }
        if (r.kind != Kind::extension && r.kind != Kind::lump_sum) {
            return false;
        }
        if (!w_.place) {
            return fault_once(LifeFaultKind::extension_without_place, index, "from");
        }
        if (r.area != w_.place->area) {
            return fault_once(LifeFaultKind::extension_elsewhere, index, "area");
        }
        if (!may_extend(law_.book, person_, w_.counting)) {
            return fault_once(LifeFaultKind::extension_not_allowed, index, "kind");
        }
        if (r.kind == Kind::lump_sum
            && !may_pay_lump_sum(law_.book, r.from, w_.first_paid, w_.extension_months)) {
            return fault_once(LifeFaultKind::lump_sum_without_right, index, "kind");
        }
        return true;
    }

    void pay(int index, YearMonth first, YearMonth last) {
        Record const& r = record(index);
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
        if (held != nullptr && (held->temporary || relation_ == r.area)) {
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
        if (relation_ != r.area) {
            bool const money_follows = relation_.has_value() && r.transfer
                                       && law_.book.transfer.on_move.at(month)
                                       && law_.book.pension.paid_by.at(month) == PaidBy::place;
            listener_.relation_moved(month, relation_, r.area, money_follows);
            relation_ = r.area;
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

    /// 2.1.1: what the overlapped record put into the account goes back, without interest, in its
    /// month.
    void refund_lost_months(YearMonth end) {
        for (; next_lost_ < w_.lost.size() && w_.lost[next_lost_].month <= end; ++next_lost_) {
            LostMonth const& lost = w_.lost[next_lost_];
            MoneyTerms const& terms = law_.money.at(lost.month);
            if (!admissible(lost.record) || !terms.recorded) {
                continue;
            }
            Fen const credit = times(record(lost.record).base, terms.account);
            if (credit > Fen{}) {
                listener_.overlap_refunded(
                    {lost.month, RefundReason::overlap, record(lost.record).area, credit},
                    lost.record);
            }
        }
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

    // ---- events (order-41-2019, art. 7; order-16-2011, arts. 5 and 6) ----

    void depart(YearMonth month, bool terminate) {
        listener_.departed(month, terminate);
        if (!terminate) {
            return;
        }
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
        relation_.reset();
    }

    void die(YearMonth month) {
        w_.died = month;
        listener_.died(month);
        pay_out_accounts(month, RefundReason::death);
    }

    void pay_out_accounts(YearMonth month, RefundReason reason) {
        bool const with_interest = law_.book.refund.part_year_interest.at(month);
        for (Holding const& held : w_.holdings) {
            Fen const amount = with_interest ? part_year_balance(held, month) : held.principal();
            if (amount > Fen{}) {
                listener_.refunded({month, reason, held.area, amount}, amount - held.principal());
            }
        }
    }

    /// 2.1.6
    [[nodiscard]] Fen part_year_balance(Holding const& held, YearMonth month) const {
        return held.principal() + held.interest(month, law_.book.account.interest.at(month));
    }

    // ---- claim, T, settlement (contract 2.2, 2.3) ----

    /// rsb-2024-94: only with the required months of the year that is chosen; else the statutory
    /// month stands.
    void test_early_claim() {
        early_pending_ = false;
        int const required = required_months(law_.book, w_.statutory, *life_.claim);
        bool const accepted = w_.months_total >= required;
        listener_.early_claim({*life_.claim, w_.months_total, required}, accepted);
        if (accepted) {
            w_.counting = *life_.claim;
            w_.required = required;
        }
    }

    void count() {
        w_.counted = true;
        w_.counted_months = w_.months_total;
        w_.counted_relation = relation_;
        YearMonth const month = w_.counting;
        listener_.counted(
            {month,
             w_.months_total,
             w_.required,
             w_.statutory > original_age_month(law_.book, life_),
             w_.required > law_.book.pension.required_months.entries().front().value});
        if (w_.months_total == 0) {
            return;
        }
        PlaceFacts const facts{relation_, life_.hukou, w_.standings};
        PlaceAnswer const answer = answer_at_counting(law_.book, life_, month, facts, enough());
        w_.place = answer.place;
        w_.counted_place = answer.place;
        listener_.placed(month, facts, answer.found, answer.place);
        if (!w_.place) {
            w_.undetermined = true;
            return;
        }
        if (law_.book.pension.paid_by.at(month) == PaidBy::place) {
            gather(month);
        }
        relation_ = w_.place->area;
        w_.balance = balance_at(month);
        if (enough()) {
            settle(month);
        } else if (crosses_at_counting(law_.book, life_, month)) {
            leave_for_resident_scheme(month);
        }
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

    void gather(YearMonth month) {
        AreaId const place = w_.place->area;
        if (find_holding(place) == nullptr) {
            w_.holdings.push_back({.area = place});
        }
        move_holdings(month, place, true, [&](Holding const& held) {
            if (held.temporary) {
                return TransferKind::temporary;
            }
            return w_.place->branch == Branch::last_qualified && relation_ == held.area
                       ? TransferKind::sent_back
                       : TransferKind::gather;
        });
    }

    void settle(YearMonth month) {
        w_.settlement = month;
        w_.balance = balance_at(month);
        listener_.settled(month, w_.place->area, w_.balance);
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

    // ---- records in the wrong time ----

    bool fault_once(LifeFaultKind kind, int index, std::string_view field) {
        for (LifeFault const& fault : w_.faults) {
            if (fault.index == index && fault.kind == kind) {
                return false;
            }
        }
        LifeFault fault{
            .kind = kind, .part = LifeFault::Part::record, .index = index, .field = field};
        if (kind == LifeFaultKind::extension_elsewhere) {
            fault.area = w_.place->area;
        }
        fault.month = kind == LifeFaultKind::after_settlement ? *w_.settlement : w_.counting;
        w_.faults.push_back(fault);
        return false;
    }

    /// Faults of time, of every record, whether its months were walked through or lost.
    void find_misplaced_records() {
        if (!extends_ && latest_record_ <= w_.counting) {
            return;
        }
        for (int index = 0; index < static_cast<int>(life_.records.size()); ++index) {
            Record const& r = record(index);
            if (r.scheme == Scheme::resident || (w_.died && r.from > *w_.died)) {
                continue;
            }
            YearMonth const last = r.kind == Kind::lump_sum ? r.from : r.to;
            bool const pays_on = r.kind == Kind::extension || r.kind == Kind::lump_sum;
            if (r.kind == Kind::extension && r.from <= w_.counting) {
                fault_once(LifeFaultKind::extension_before_counting, index, "from");
            } else if (!pays_on && last > w_.counting && (!w_.died || *w_.died > w_.counting)) {
                fault_once(LifeFaultKind::record_after_counting,
                           index,
                           r.from > w_.counting ? "from" : "to");
            } else if (w_.settlement && last > *w_.settlement) {
                fault_once(LifeFaultKind::after_settlement,
                           index,
                           r.from > *w_.settlement ? "from" : "to");
            }
        }
    }

    LawContext const& law_;
    Life const& life_;
    Walk& w_;
    Listener& listener_;
    Person person_;
    std::optional<AreaId> relation_;
    YearMonth latest_record_ = YearMonth::first(); ///< the last month of any
    bool extends_ = false;                         ///< is there a record of that kind?
    YearMonth cursor_ = YearMonth::first();        ///< the next month to pay
    bool early_pending_ = false;
    std::size_t next_run_ = 0;
    std::size_t next_lump_ = 0;
    std::size_t next_event_ = 0;
    std::size_t next_lost_ = 0;
};

} // namespace pensim::law

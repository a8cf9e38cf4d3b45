// One life through the law, from the first paid month to the settlement (contract 2.1 to 2.4).
//   Law    order-41-2019, arts. 7-8; order-16-2011, arts. 5-6; rsth-2021-139; order-13-2011;
//          relation.hpp has what payments, moves and ends do to the money
//   Given  a life that passed check_life, a rule set
//   Gives  tells a listener each step as it happens, and keeps what an outcome needs
//   Fails  MoneyOverflow; faults that only the walk can see (contract 2.3) are collected, and then
//          nothing else counts
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
#include "core/law/relation.hpp"
#include "core/law/resident_bridge.hpp"
#include "core/law/retirement_age.hpp"
#include "core/law/walk.hpp"

namespace pensim::law {

template <class Listener>
class Timeline {
  public:
    Timeline(LawContext const& law, Life const& life, Walk& walk, Listener& listener)
        : law_(law), life_(life), w_(walk), listener_(listener), person_(person_of(life)),
          relation_(law, life, person_, walk, listener) {}

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
                relation_.close_year(end);
            }
        }
    }

    /// Years that end before `stop`, paid from January to December by one record each in the area
    /// of the relation, while nothing is held elsewhere: a step a year, up to 31 December.
    void pay_whole_years(YearMonth stop) {
        if (cursor_.month() != 1 || w_.counted || lump_left() || !w_.lost.empty()) {
            return;
        }
        Standing* const standing = relation_.only_standing();
        if (standing == nullptr) {
            return;
        }
        MoneyTerms const* terms = &law_.money.at(cursor_);
        for (; run_left(); ++next_run_) {
            PaidRun const& run = w_.runs[next_run_];
            Record const& r = record(run.record);
            YearMonth const december = cursor_ + Months(11);
            if (run.from != cursor_ || run.to != december || december >= stop
                || r.area != standing->area || r.kind == Kind::extension) {
                return;
            }
            if (terms->last < december) {
                terms = &law_.money.at(cursor_);
            }
            if (!terms->recorded || terms->last < december) {
                return;
            }
            relation_.pay_whole_year(run.record, cursor_, *terms, *standing);
            cursor_ = december.next();
        }
    }

    void pay_lump_sums() {
        while (lump_left() && record(w_.lump_sums[next_lump_]).from == cursor_) {
            int const index = w_.lump_sums[next_lump_++];
            if (admissible(index)) {
                relation_.pay(index, cursor_, cursor_);
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
                relation_.close_year(year_end);
            }
            return end;
        }
        PaidRun const& run = w_.runs[next_run_];
        end = std::min({end, run.to, cursor_.december(), law_.money.at(cursor_).last});
        if (admissible(run.record)) {
            if (waiting() && !enough()) {
                end = std::min(end, cursor_ + Months(w_.required - w_.months_total - 1));
            }
            relation_.pay(run.record, cursor_, end);
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
            relation_.close_year(month);
        }
        return false;
    }

    // ---- what may be paid ----

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

    // ---- events (order-41-2019, art. 7; order-16-2011, arts. 5 and 6) ----

    void depart(YearMonth month, bool terminate) {
        listener_.departed(month, terminate);
        if (terminate) {
            relation_.end(month);
        }
    }

    void die(YearMonth month) {
        w_.died = month;
        listener_.died(month);
        relation_.pay_out_accounts(month, RefundReason::death);
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
        w_.counted_relation = relation_.area();
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
        PlaceFacts const facts{relation_.area(), life_.hukou, w_.standings};
        PlaceAnswer const answer = answer_at_counting(law_.book, life_, month, facts, enough());
        w_.place = answer.place;
        w_.counted_place = answer.place;
        listener_.placed(month, facts, answer.found, answer.place);
        if (!w_.place) {
            w_.undetermined = true;
            return;
        }
        if (law_.book.pension.paid_by.at(month) == PaidBy::place) {
            relation_.gather(month);
        }
        relation_.go_to(w_.place->area);
        w_.balance = relation_.balance_at(month);
        if (enough()) {
            settle(month);
        } else if (crosses_at_counting(law_.book, life_, month)) {
            relation_.leave_for_resident_scheme(month);
        }
    }

    void settle(YearMonth month) {
        w_.settlement = month;
        w_.balance = relation_.balance_at(month);
        listener_.settled(month, w_.place->area, w_.balance);
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
    Relation<Listener> relation_;
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

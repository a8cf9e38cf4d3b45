// What a walk tells while it happens: payments, moves, interest, events, the place and why.
#pragma once

#include <optional>
#include <string>

#include "core/law/decide.hpp"
#include "sim/cases/decide_case.hpp"
#include "sim/story/page.hpp"

namespace pensim::story {

class StoryListener : public law::SilentListener {
  public:
    StoryListener(Page& page,
                  cases::Law const& law,
                  Life const& life,
                  std::optional<Bridge> const& bridge)
        : page_(page), law_(law), life_(life), bridge_(bridge) {}

    void paid(law::PaidStretch const& stretch) {
        tell_overlap();
        Record const& record = life_.records[static_cast<std::size_t>(stretch.record)];
        law::Ground const ground = record.kind == Kind::extension  ? law::Ground::extension
                                   : record.kind == Kind::lump_sum ? law::Ground::lump_sum
                                                                   : law::Ground::account_credit;
        std::string const where = page_.area(record.area);
        auto const kind = name_of(record.kind, page_.language());
        std::string text;
        if (record.kind == Kind::lump_sum) {
            text = page_.say(Phrase::paid_lump_sum,
                             stretch.months,
                             where,
                             yuan(record.base),
                             yuan(stretch.account_credit),
                             yuan(stretch.pool_credit));
        } else if (!law_.book().contribution.recorded.at(stretch.first)) {
            text = page_.say(Phrase::paid_unrecorded, stretch.months, where, kind);
        } else {
            text = page_.say(Phrase::paid,
                             stretch.months,
                             where,
                             kind,
                             yuan(record.base),
                             yuan(stretch.account_credit),
                             yuan(stretch.pool_credit));
        }
        if (stretch.temporary) {
            text += " " + page_.say(Phrase::into_temporary);
        }
        Line& line = page_.line(
            stretch.first, stretch.last, text + base_note(record, stretch.first), ground);
        line.record = stretch.record;
        line.routine = !away_ && ground == law::Ground::account_credit;
        if (away_) {
            line.mark = Mark{.kind = MarkKind::comeback, .month = stretch.first, .to = record.area};
            away_ = false;
        }
    }
    void overlap_refunded(Refund const& refund, int record) {
        if (overlap_ && overlap_->record == record && overlap_->last.next() == refund.month) {
            overlap_->last = refund.month;
            overlap_->all += refund.account;
            return;
        }
        tell_overlap();
        overlap_ = Overlap{refund.month, refund.month, record, refund.account, refund.account};
    }
    void
    relation_moved(YearMonth month, std::optional<AreaId> from, AreaId to, bool money_follows) {
        tell_overlap();
        if (!from) {
            page_.line(
                month, page_.say(Phrase::relation_starts, page_.area(to)), law::Ground::insured);
            return;
        }
        page_.line(
            month,
            page_.say(money_follows ? Phrase::relation_moves : Phrase::relation_moves_money_waits,
                      page_.area(*from),
                      page_.area(to)),
            law::Ground::relation_moves);
    }
    void temporary_opened(YearMonth month, AreaId area) {
        tell_overlap();
        page_.line(month,
                   page_.say(Phrase::temporary_opened, page_.area(area)),
                   law::Ground::temporary_account);
    }
    void transferred(Transfer const& t) {
        tell_overlap();
        bool const temporary = t.kind == TransferKind::temporary;
        law::Ground const ground = law::transfer_ground(t.kind);
        page_
            .line(t.month,
                  page_.say(temporary ? Phrase::money_temporary : Phrase::money_moves,
                            page_.area(t.from),
                            page_.area(t.to),
                            yuan(t.account),
                            yuan(t.pooled)),
                  ground)
            .mark = Mark{MarkKind::transfer, t.month, t.from, t.to, t.account, t.pooled, t.kind};
    }
    void interest_credited(YearMonth month, law::Holding const& holding, Fen interest) {
        tell_overlap();
        if (holding.opening > Fen{}) {
            page_
                .line(month,
                      page_.say(Phrase::interest,
                                page_.area(holding.area),
                                percent(law_.book().account.interest.at(month)),
                                yuan(interest),
                                yuan(holding.opening)),
                      law::Ground::account_interest)
                .routine = true;
        }
    }
    void departed(YearMonth month, bool terminated) {
        tell_overlap();
        page_
            .line(month,
                  page_.say(terminated ? Phrase::departed_ended : Phrase::departed_kept),
                  terminated ? law::Ground::departure_ended : law::Ground::departure_kept)
            .mark =
            Mark{.kind = terminated ? MarkKind::termination : MarkKind::departure, .month = month};
        away_ = true;
    }
    void died(YearMonth month) {
        tell_overlap();
        page_.line(month, page_.say(Phrase::died), law::Ground::death).mark =
            Mark{.kind = MarkKind::death, .month = month};
    }
    void refunded(Refund const& refund, Fen /*interest*/) {
        tell_overlap();
        bool const death = refund.reason == RefundReason::death;
        page_
            .line(refund.month,
                  page_.say(death ? Phrase::inherited : Phrase::refunded,
                            page_.area(refund.area),
                            yuan(refund.account)),
                  death ? law::Ground::death : law::Ground::departure_ended)
            .mark = paid_back(refund.month, refund.area, refund.account);
    }
    void early_claim(law::CountingTest const& test, bool accepted) {
        tell_overlap();
        page_.line(test.month,
                   page_.say(accepted ? Phrase::claim_accepted : Phrase::claim_refused,
                             test.months_total,
                             test.required),
                   law::Ground::flexible_claim);
    }
    void counted(law::CountingTest const& test) {
        tell_overlap();
        int const spare = test.months_total - test.required;
        page_.blank();
        Line& line =
            page_.line(test.month, page_.say(Phrase::counting_month), law::age_ground(test));
        if (test.months_total > 0) { // else nothing is decided
            line.mark = Mark{.kind = MarkKind::counting, .month = test.month};
        }
        if (test.months_total == 0) {
            page_.detail(page_.say(Phrase::nothing_paid));
        }
        page_.detail(page_.say(spare >= 0 ? Phrase::enough : Phrase::short_by,
                               test.months_total,
                               test.required,
                               spare >= 0 ? spare : -spare),
                     law::months_ground(test));
    }
    void placed(YearMonth month,
                law::PlaceFacts const& facts,
                std::optional<law::PlaceDecision> const& found,
                std::optional<law::PlaceDecision> const& place);
    void bridged(YearMonth month, AreaId from, Fen account, Fen /*interest*/) {
        tell_overlap();
        PENSIM_EXPECT(bridge_.has_value());
        page_
            .line(
                month,
                page_.say(
                    Phrase::bridge_out, yuan(account), page_.area(bridge_->area), bridge_->months),
                law::Ground::bridge)
            .mark = Mark{.kind = MarkKind::bridge,
                         .month = month,
                         .from = from,
                         .to = bridge_->area,
                         .account = account};
    }
    void settled(YearMonth month, AreaId area, Fen balance) {
        tell_overlap();
        page_
            .line(month,
                  page_.say(Phrase::settled, page_.area(area), yuan(balance)),
                  law::Ground::pension_formula)
            .mark =
            Mark{.kind = MarkKind::settlement, .month = month, .to = area, .account = balance};
    }

    /// Months that lost to another record are told together; every other step, and the end, closes
    /// them.
    void tell_overlap() {
        if (!overlap_) {
            return;
        }
        Record const& record = life_.records[static_cast<std::size_t>(overlap_->record)];
        Line& line = page_.line(overlap_->first,
                                overlap_->last,
                                page_.say(Phrase::overlap_refunded,
                                          (overlap_->last - overlap_->first).count() + 1,
                                          page_.area(record.area),
                                          yuan(overlap_->each)),
                                law::Ground::overlap);
        line.record = overlap_->record;
        line.mark = paid_back(overlap_->last, record.area, overlap_->all);
        overlap_.reset();
    }

  private:
    struct Overlap {
        YearMonth first;
        YearMonth last;
        int record;
        Fen each;
        Fen all;
    };
    std::optional<Overlap> overlap_;
    bool away_ = false; ///< departed, and nothing paid since

    [[nodiscard]] static Mark paid_back(YearMonth month, AreaId area, Fen account) {
        return {.kind = MarkKind::refund, .month = month, .from = area, .account = account};
    }

    /// The base lies outside the band of the area's average wage.
    [[nodiscard]] std::string base_note(Record const& record, YearMonth month) const {
        auto const& rules = law_.book().contribution;
        if (!rules.recorded.at(month)) {
            return {};
        }
        Fen const wage = law_.tables().wages.at(record.area, month.year() - 1);
        Fen const floor = times(wage, rules.base_floor.at(month).at(record.area));
        Fen const ceiling = times(wage, rules.base_ceiling.at(month).at(record.area));
        if (record.base < floor) {
            return " " + page_.say(Phrase::below_floor, yuan(floor));
        }
        return record.base > ceiling ? " " + page_.say(Phrase::above_ceiling, yuan(ceiling))
                                     : std::string();
    }
    void standings(law::PlaceFacts const& facts);
    void criteria(law::PlaceTerms const& terms, law::PlaceFacts const& facts);
    [[nodiscard]] std::string reason(law::Criterion criterion,
                                     law::PlaceTerms const& terms,
                                     law::PlaceFacts const& facts) const;

    Page& page_;
    cases::Law const& law_;
    Life const& life_;
    std::optional<Bridge> const& bridge_; ///< of the outcome
};

} // namespace pensim::story

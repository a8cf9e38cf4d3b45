#include "sim/story/story.hpp"

#include <algorithm>

#include "core/law/citation.hpp"
#include "core/law/resident_bridge.hpp"
#include "core/law/retirement_age.hpp"
#include "sim/story/otherwise.hpp"
#include "sim/story/page.hpp"

namespace pensim::story {

namespace {

using law::Criterion;
using law::Ground;
using law::Holding;
using law::PlaceDecision;
using law::PlaceFacts;
using law::PlaceTerms;
using law::Standing;

// ---- the walk ----

class StoryListener : public law::SilentListener {
  public:
    StoryListener(Page& page, cases::Law const& law, Life const& life)
        : page_(page), law_(law), life_(life) {}

    void paid(law::PaidStretch const& stretch) {
        tell_overlap();
        Record const& record = life_.records[static_cast<std::size_t>(stretch.record)];
        Ground const ground = record.kind == Kind::extension  ? Ground::extension
                              : record.kind == Kind::lump_sum ? Ground::lump_sum
                                                              : Ground::account_credit;
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
        page_.line(stretch.first, stretch.last, text + base_note(record, stretch.first), ground);
    }
    void overlap_refunded(Refund const& refund, int record) {
        if (overlap_ && overlap_->record == record && overlap_->last.next() == refund.month) {
            overlap_->last = refund.month;
            return;
        }
        tell_overlap();
        overlap_ = Overlap{refund.month, refund.month, record, refund.account};
    }
    void
    relation_moved(YearMonth month, std::optional<AreaId> from, AreaId to, bool money_follows) {
        tell_overlap();
        if (!from) {
            page_.line(month, page_.say(Phrase::relation_starts, page_.area(to)), Ground::insured);
            return;
        }
        page_.line(
            month,
            page_.say(money_follows ? Phrase::relation_moves : Phrase::relation_moves_money_waits,
                      page_.area(*from),
                      page_.area(to)),
            Ground::relation_moves);
    }
    void temporary_opened(YearMonth month, AreaId area) {
        tell_overlap();
        page_.line(month,
                   page_.say(Phrase::temporary_opened, page_.area(area)),
                   Ground::temporary_account);
    }
    void transferred(Transfer const& t) {
        tell_overlap();
        bool const temporary = t.kind == TransferKind::temporary;
        Ground const ground = law::transfer_ground(t.kind);
        page_.line(t.month,
                   page_.say(temporary ? Phrase::money_temporary : Phrase::money_moves,
                             page_.area(t.from),
                             page_.area(t.to),
                             yuan(t.account),
                             yuan(t.pooled)),
                   ground);
    }
    void interest_credited(YearMonth month, Holding const& holding, Fen interest) {
        tell_overlap();
        if (holding.opening > Fen{}) {
            page_.line(month,
                       page_.say(Phrase::interest,
                                 page_.area(holding.area),
                                 percent(law_.book().account.interest.at(month)),
                                 yuan(interest),
                                 yuan(holding.opening)),
                       Ground::account_interest);
        }
    }
    void departed(YearMonth month, bool terminated) {
        tell_overlap();
        page_.line(month,
                   page_.say(terminated ? Phrase::departed_ended : Phrase::departed_kept),
                   terminated ? Ground::departure_ended : Ground::departure_kept);
    }
    void died(YearMonth month) {
        tell_overlap();
        page_.line(month, page_.say(Phrase::died), Ground::death);
    }
    void refunded(Refund const& refund) {
        tell_overlap();
        bool const death = refund.reason == RefundReason::death;
        page_.line(refund.month,
                   page_.say(death ? Phrase::inherited : Phrase::refunded,
                             page_.area(refund.area),
                             yuan(refund.account)),
                   death ? Ground::death : Ground::departure_ended);
    }
    void early_claim(law::CountingTest const& test, bool accepted) {
        tell_overlap();
        page_.line(test.month,
                   page_.say(accepted ? Phrase::claim_accepted : Phrase::claim_refused,
                             test.months_total,
                             test.required),
                   Ground::flexible_claim);
    }
    void counted(law::CountingTest const& test) {
        tell_overlap();
        int const spare = test.months_total - test.required;
        page_.blank();
        page_.line(test.month, page_.say(Phrase::counting_month), law::age_ground(test));
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
                PlaceFacts const& facts,
                std::optional<PlaceDecision> const& found,
                std::optional<PlaceDecision> const& place);
    void settled(YearMonth month, AreaId area, Fen balance) {
        tell_overlap();
        page_.line(month,
                   page_.say(Phrase::settled, page_.area(area), yuan(balance)),
                   Ground::pension_formula);
    }

    /// Months that lost to another record are told together; every other step, and the end, closes
    /// them.
    void tell_overlap() {
        if (!overlap_) {
            return;
        }
        Record const& record = life_.records[static_cast<std::size_t>(overlap_->record)];
        page_.line(overlap_->first,
                   overlap_->last,
                   page_.say(Phrase::overlap_refunded,
                             (overlap_->last - overlap_->first).count() + 1,
                             page_.area(record.area),
                             yuan(overlap_->each)),
                   Ground::overlap);
        overlap_.reset();
    }

  private:
    struct Overlap {
        YearMonth first;
        YearMonth last;
        int record;
        Fen each;
    };
    std::optional<Overlap> overlap_;

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
    void standings(PlaceFacts const& facts);
    void criteria(PlaceTerms const& terms, PlaceFacts const& facts);
    [[nodiscard]] std::string
    reason(Criterion criterion, PlaceTerms const& terms, PlaceFacts const& facts) const;

    Page& page_;
    cases::Law const& law_;
    Life const& life_;
};

void StoryListener::standings(PlaceFacts const& facts) {
    for (Standing const& standing : facts.standings) {
        page_.detail(
            standing.temporary
                ? page_.say(Phrase::months_in_temporary, page_.area(standing.area), standing.months)
                : page_.say(Phrase::months_in_area,
                            page_.area(standing.area),
                            standing.months,
                            standing.last_paid.text(),
                            facts.relation == standing.area ? page_.say(Phrase::relation_here)
                                                            : std::string()));
    }
}

std::string
StoryListener::reason(Criterion criterion, PlaceTerms const& terms, PlaceFacts const& facts) const {
    std::string const limit = page_.length(terms.min_months);
    if (criterion == Criterion::hukou || criterion == Criterion::hukou_gathers) {
        if (!facts.hukou) {
            return page_.say(Phrase::reason_no_hukou);
        }
        return facts.relation ? page_.say(
                   Phrase::reason_not_hukou, page_.area(*facts.relation), page_.area(*facts.hukou))
                              : page_.say(Phrase::reason_no_relation);
    }
    bool const relation_only = criterion == Criterion::relation_qualified;
    Standing const* nearest = nullptr;
    for (Standing const& standing : facts.standings) {
        bool const asked = criterion == Criterion::last_qualified ? facts.relation != standing.area
                           : relation_only                        ? facts.relation == standing.area
                                                                  : true;
        int const months = law::place_months(standing, terms, facts);
        if (asked && months > 0
            && (nearest == nullptr || months > law::place_months(*nearest, terms, facts))) {
            nearest = &standing;
        }
    }
    if (nearest == nullptr) {
        return page_.say(relation_only                            ? Phrase::reason_no_relation
                         : criterion == Criterion::last_qualified ? Phrase::reason_none_qualified
                                                                  : Phrase::reason_no_candidate);
    }
    int const months = law::place_months(*nearest, terms, facts);
    return relation_only ? page_.say(Phrase::reason_short,
                                     page_.area(nearest->area),
                                     months,
                                     terms.min_months - months,
                                     limit)
                         : page_.say(Phrase::reason_nearest,
                                     limit,
                                     page_.area(nearest->area),
                                     terms.min_months - months);
}

void StoryListener::criteria(PlaceTerms const& terms, PlaceFacts const& facts) {
    int number = 0;
    for (Criterion const criterion : terms.order) {
        law::CriterionAnswer const answer = law::ask(criterion, terms, facts);
        auto const name = name_of(criterion, page_.language());
        ++number;
        if (answer.decision) {
            page_.detail(
                page_.say(
                    Phrase::criterion_chooses, number, name, page_.area(answer.decision->area)),
                law::ground_of(answer.decision->branch));
            return;
        }
        if (answer.tie_open) {
            page_.detail(page_.say(Phrase::criterion_tie_open, number, name));
            return;
        }
        page_.detail(
            page_.say(Phrase::criterion_skips, number, name, reason(criterion, terms, facts)));
    }
}

void StoryListener::placed(YearMonth month,
                           PlaceFacts const& facts,
                           std::optional<PlaceDecision> const& found,
                           std::optional<PlaceDecision> const& place) {
    PlaceTerms const terms = law::place_terms(law_.book(), life_.group, month);
    standings(facts);
    criteria(terms, facts);
    if (!found) {
        page_.detail(page_.say(Phrase::undetermined));
        return;
    }
    if (place != found) {
        page_.detail(
            page_.say(Phrase::election_used, page_.area(place->area), page_.area(found->area)),
            Ground::last_area_election);
    } else if (life_.continue_in_last_area) {
        page_.detail(page_.say(Phrase::election_idle));
    }
    page_.detail(page_.say(
        Phrase::place, page_.area(place->area), name_of(place->branch, page_.language())));
    tell_otherwise(page_, terms, facts, *found);
    page_.blank();
}

// ---- before and after the walk ----

class Teller {
  public:
    Teller(cases::Law const& law, cases::Case const& person, Page& page)
        : law_(law), person_(person), life_(person.life), page_(page) {}

    void opening() {
        Language const language = page_.language();
        law::RuleBook const& book = law_.book();
        page_.heading(page_.say(Phrase::heading,
                                person_.id,
                                name_of(life_.group, language),
                                name_of(life_.sex, language),
                                life_.birth.text(),
                                book.id,
                                language == Language::en ? book.title_en : book.title_zh));
        YearMonth const statutory = law::statutory_month(book, life_);
        Months const age = statutory - life_.birth;
        int const delay = (statutory - law::original_age_month(book, life_)).count();
        std::string const age_text = page_.say(Phrase::age, age.count() / 12, age.count() % 12);
        page_.line(life_.birth,
                   page_.say(delay > 0 ? Phrase::statutory_age_delayed : Phrase::statutory_age,
                             statutory.text(),
                             age_text,
                             delay),
                   delay > 0 ? Ground::statutory_age : Ground::original_age);
        if (life_.claim) {
            page_.line(*life_.claim,
                       page_.say(Phrase::claim_asked,
                                 life_.claim->text(),
                                 (*life_.claim - statutory).count()),
                       Ground::flexible_claim);
        }
        for (Exemption const& exemption : life_.exemptions) {
            std::string const country = life_.nationality ? std::string(life_.nationality->begin(),
                                                                        life_.nationality->end())
                                                          : std::string();
            page_.line(exemption.from,
                       exemption.to,
                       page_.say(exemption.ground == ExemptionGround::agreement
                                     ? Phrase::exempt_agreement
                                     : Phrase::exempt_certificate,
                                 exemption.from.text(),
                                 exemption.to.text(),
                                 (exemption.to - exemption.from).count() + 1,
                                 country),
                       Ground::exempt);
        }
    }

    void ending(law::Walk const& walk, Outcome const& outcome) {
        if (outcome.pension) {
            pension(*outcome.settlement_month, *outcome.benefit_area, outcome);
        }
        missing(walk, outcome);
        if (outcome.bridge) {
            bridge(*outcome.bridge);
        }
        if (outcome.death_grant) {
            grant(*outcome.death_grant);
        }
        if (outcome.status == Status::no_contributions) {
            page_.detail(page_.say(Phrase::nothing_ever));
        }
        if (walk.died && payments_after(*walk.died)) {
            page_.line(*walk.died, page_.say(Phrase::after_death));
        }
    }

  private:
    void pension(YearMonth month, AreaId place, Outcome const& outcome) {
        Pension const& p = *outcome.pension;
        if (p.by_area.empty()) {
            page_.detail(page_.say(Phrase::pension_basic,
                                   yuan(law_.tables().wages.at(place, month.year() - 1)),
                                   month.year() - 1,
                                   decimal(p.index_e4, 4),
                                   outcome.months_total,
                                   yuan(p.basic)),
                         Ground::pension_formula);
            if (month.year() - 1 > law_.tables().wages_known_to) {
                page_.detail(page_.say(Phrase::wage_projected, month.year() - 1));
            }
            page_.detail(page_.say(Phrase::pension_account,
                                   yuan(*outcome.account_balance),
                                   decimal(p.payout_months_e1, 1),
                                   yuan(p.account)));
        }
        for (AreaPension const& share : p.by_area) {
            page_.detail(page_.say(Phrase::pension_area,
                                   page_.area(share.area),
                                   share.months,
                                   yuan(share.basic),
                                   decimal(share.index_e4, 4),
                                   yuan(share.account)));
        }
        page_.detail(page_.say(Phrase::pension_monthly, yuan(p.monthly)));
        page_.detail(page_.say(Phrase::pension_from,
                               month.next().text(),
                               percent(law_.book().payout.january_raise.at(month.next()))));
    }

    void missing(law::Walk const& walk, Outcome const& outcome) {
        bool const rest = outcome.status == Status::lump_sum;
        if (outcome.status == Status::extend || rest) {
            page_.detail(page_.say(rest ? Phrase::may_pay_rest : Phrase::may_extend,
                                   outcome.missing_months,
                                   page_.area(*outcome.benefit_area),
                                   walk.extension_months),
                         rest ? Ground::lump_sum : Ground::extension);
        } else if (outcome.status == Status::short_no_extension) {
            page_.detail(page_.say(Phrase::may_not_extend, outcome.missing_months),
                         Ground::extension);
        } else {
            return;
        }
        page_.detail(page_.say(Phrase::balance_short,
                               page_.area(*outcome.benefit_area),
                               yuan(*outcome.account_balance)));
    }

    void bridge(Bridge const& b) {
        page_.line(
            b.month,
            b.direction == BridgeDirection::resident_to_employee
                ? page_.say(Phrase::bridge_in, yuan(b.account))
                : page_.say(Phrase::bridge_out, yuan(b.account), page_.area(b.area), b.months),
            Ground::bridge);
    }

    void grant(DeathGrant const& g) {
        page_.line(g.month,
                   page_.say(Phrase::death_grant,
                             page_.area(g.payer),
                             g.funeral_months,
                             decimal((g.survivor_twelfths * 200 + 12) / 24, 2)),
                   Ground::death_grant);
        if (g.own_contributions) {
            page_.detail(page_.say(Phrase::death_grant_cap, yuan(*g.own_contributions)));
        }
    }

    [[nodiscard]] bool payments_after(YearMonth month) const {
        return std::any_of(life_.records.begin(), life_.records.end(), [&](Record const& record) {
            return record.scheme == Scheme::employee && record.to > month;
        });
    }

    cases::Law const& law_;
    cases::Case const& person_;
    Life const& life_;
    Page& page_;
};

} // namespace

std::string
tell(cases::Law const& law, cases::Case& person, std::string const& pointer, Language language) {
    law::Decider decider = law.decider();
    Outcome const* const outcome = cases::decide_case(decider, person, pointer, law.tables().areas);
    if (outcome == nullptr) {
        return {};
    }
    Page page(language, person.life.group, law.tables().areas);
    Teller teller(law, person, page);
    teller.opening();
    StoryListener listener(page, law, person.life);
    law::Walk walk;
    law::LawContext const context = law.context();
    law::Timeline(context, person.life, walk, listener).run();
    listener.tell_overlap();
    teller.ending(walk, *outcome);
    return page.finish();
}

} // namespace pensim::story

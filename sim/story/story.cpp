#include "sim/story/story.hpp"

#include <algorithm>

#include "core/law/citation.hpp"
#include "core/law/resident_bridge.hpp"
#include "core/law/retirement_age.hpp"
#include "sim/story/page.hpp"
#include "sim/story/story_listener.hpp"

namespace pensim::story {

namespace {

using law::Ground;

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
                                 (exemption.to - exemption.from).count() + 1,
                                 country),
                       Ground::exempt);
        }
    }

    void ending(law::Walk const& walk, Outcome const& outcome) {
        if (outcome.pension) {
            pension(*outcome.settlement_month, *outcome.benefit_area, outcome);
        }
        if (!walk.bridged) {
            missing(walk, outcome);
        }
        if (law::has_resident_records(life_)) {
            resident_scheme(walk);
        }
        if (outcome.bridge && !walk.bridged) { // else told at T
            bridge(*outcome.bridge, outcome.benefit_area);
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

    void resident_scheme(law::Walk const& walk) {
        for (Record const& record : life_.records) {
            if (record.scheme == Scheme::resident) {
                page_
                    .line(record.from,
                          record.to,
                          page_.say(
                              Phrase::resident_paid, page_.area(record.area), yuan(record.base)),
                          Ground::bridge)
                    .record = static_cast<int>(&record - life_.records.data());
            }
        }
        law::ResidentAccount const account =
            law::resident_account(law_.book(), life_, walk, law::reckoning_month(walk));
        Fen refunded;
        for (Refund const& refund : account.overlaps) {
            refunded += refund.account;
        }
        if (!account.overlaps.empty()) {
            page_.line(account.overlaps.front().month,
                       account.overlaps.back().month,
                       page_.say(Phrase::resident_overlap, account.overlaps.size(), yuan(refunded)),
                       Ground::bridge);
        }
        if (walk.died && account.area && account.balance > Fen{}) {
            page_.line(*walk.died,
                       page_.say(Phrase::resident_inherited,
                                 page_.area(*account.area),
                                 yuan(account.balance)),
                       Ground::death);
        }
    }

    void bridge(Bridge const& b, std::optional<AreaId> left) {
        bool const in = b.direction == BridgeDirection::resident_to_employee;
        page_
            .line(b.month,
                  in ? page_.say(Phrase::bridge_in, yuan(b.account))
                     : page_.say(Phrase::bridge_out, yuan(b.account), page_.area(b.area), b.months),
                  Ground::bridge)
            .mark = Mark{.kind = MarkKind::bridge,
                         .month = b.month,
                         .from = in ? std::nullopt : left,
                         .to = b.area,
                         .account = b.account};
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

std::vector<Line>
lines(cases::Law const& law, cases::Case& person, std::string const& pointer, Language language) {
    law::Decider decider = law.decider();
    Outcome const* const outcome = cases::decide_case(decider, person, pointer, law.tables().areas);
    if (outcome == nullptr) {
        return {};
    }
    Page page(language, person.life.group, law.tables().areas);
    Teller teller(law, person, page);
    teller.opening();
    StoryListener listener(page, law, person.life, outcome->bridge);
    law::Walk walk;
    law::LawContext const context = law.context();
    law::Timeline(context, person.life, walk, listener).run();
    listener.tell_overlap();
    teller.ending(walk, *outcome);
    return page.take_lines();
}

std::string
tell(cases::Law const& law, cases::Case& person, std::string const& pointer, Language language) {
    std::vector<Line> const told = lines(law, person, pointer, language);
    return told.empty() ? std::string() : to_text(told, language);
}

} // namespace pensim::story

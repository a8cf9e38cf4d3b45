#include "sim/story/story_listener.hpp"

#include "sim/story/otherwise.hpp"

namespace pensim::story {

using law::Criterion;
using law::Ground;
using law::PlaceDecision;
using law::PlaceFacts;
using law::PlaceTerms;
using law::Standing;

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

} // namespace pensim::story

#include "core/law/benefit_location.hpp"

#include <algorithm>

namespace pensim::law {

namespace {

/// Of candidates the best one under an order of keys; equal keys fall to the later start of the
/// last run (A24), and if that is equal too the tie stays open.
class Choice {
  public:
    void offer(Standing const& standing, Months key) {
        Offer const offer{key, standing.run_start};
        if (!best_ || *best_key_ < offer) {
            best_ = standing.area;
            best_key_ = offer;
            open_ = false;
        } else if (*best_key_ == offer) {
            open_ = true;
        }
    }
    [[nodiscard]] CriterionAnswer answer(Branch branch) const {
        if (!best_) {
            return {};
        }
        if (open_) {
            return {std::nullopt, true};
        }
        return {PlaceDecision{*best_, branch}, false};
    }

  private:
    struct Offer {
        Months key;
        YearMonth run_start;
        friend auto operator<=>(Offer const&, Offer const&) = default;
    };
    std::optional<AreaId> best_;
    std::optional<Offer> best_key_;
    bool open_ = false;
};

Months since_first(YearMonth month) {
    return month - YearMonth::first();
}

Months tie_key(TieRule tie, Standing const& standing) {
    switch (tie) {
    case TieRule::latest_last_paid:
        return since_first(standing.last_paid);
    case TieRule::latest_start:
        return since_first(standing.run_start);
    case TieRule::earliest_start:
    case TieRule::none:
        break;
    }
    return -since_first(standing.first_paid);
}

/// Of the areas with at least `floor` months the one with most, and how many share the maximum.
CriterionAnswer
longest(PlaceTerms const& terms, PlaceFacts const& facts, int floor, Branch single, Branch shared) {
    auto const length = [&](Standing const& standing) {
        int const months = place_months(standing, terms, facts);
        if (months < std::max(floor, 1)) {
            return -1;
        }
        return terms.compare_unit == CompareUnit::year ? months / 12 : months;
    };
    int most = -1;
    int sharing = 0;
    for (Standing const& standing : facts.standings) {
        int const own = length(standing);
        sharing = own > most ? 1 : sharing + (own == most ? 1 : 0);
        most = std::max(most, own);
    }
    if (most < 0) {
        return {};
    }
    if (sharing > 1 && terms.tie == TieRule::none) {
        return {std::nullopt, true}; // A20, the other reading
    }
    Choice choice;
    for (Standing const& standing : facts.standings) {
        if (length(standing) == most) {
            choice.offer(standing, tie_key(terms.tie, standing));
        }
    }
    return choice.answer(sharing == 1 ? single : shared);
}

CriterionAnswer relation_qualified(PlaceTerms const& terms, PlaceFacts const& facts) {
    for (Standing const& standing : facts.standings) {
        if (facts.relation == standing.area
            && place_months(standing, terms, facts) >= terms.min_months) {
            return {PlaceDecision{standing.area, Branch::relation_qualified}, false};
        }
    }
    return {};
}

CriterionAnswer last_qualified(PlaceTerms const& terms, PlaceFacts const& facts) {
    Choice choice;
    for (Standing const& standing : facts.standings) {
        if (facts.relation != standing.area
            && place_months(standing, terms, facts) >= std::max(terms.min_months, 1)) {
            choice.offer(standing, since_first(standing.last_paid));
        }
    }
    return choice.answer(Branch::last_qualified);
}

CriterionAnswer first_qualified(PlaceTerms const& terms, PlaceFacts const& facts) {
    Choice choice;
    for (Standing const& standing : facts.standings) {
        if (place_months(standing, terms, facts) >= std::max(terms.min_months, 1)) {
            choice.offer(standing, -since_first(standing.first_paid));
        }
    }
    return choice.answer(Branch::first_qualified);
}

CriterionAnswer last_area(PlaceTerms const& terms, PlaceFacts const& facts) {
    Choice choice;
    for (Standing const& standing : facts.standings) {
        if (place_months(standing, terms, facts) > 0) {
            choice.offer(standing, since_first(standing.last_paid));
        }
    }
    return choice.answer(Branch::last_area);
}

CriterionAnswer in_hukou(std::optional<AreaId> hukou, bool fits, Branch branch) {
    return fits && hukou ? CriterionAnswer{PlaceDecision{*hukou, branch}, false}
                         : CriterionAnswer{};
}

} // namespace

PlaceTerms place_terms(RuleBook const& book, Group group, YearMonth counting) {
    return {book.place.order(group).at(counting),
            book.place.min_months.at(counting),
            book.place.tie.at(counting),
            book.place.compare_unit.at(counting),
            book.place.count_transferred_months.at(counting)};
}

PlaceCalendar::PlaceCalendar(RuleBook const& book) {
    constexpr std::array<Group, 3> groups{Group::mainland, Group::foreign, Group::hong_kong};
    for (Group const group : groups) {
        std::vector<YearMonth> dates{YearMonth::first()};
        auto const note = [&](auto const& dated) {
            for (auto const& entry : dated.entries()) {
                dates.push_back(entry.from);
            }
        };
        note(book.place.order(group));
        note(book.place.min_months);
        note(book.place.tie);
        note(book.place.compare_unit);
        note(book.place.count_transferred_months);
        std::sort(dates.begin(), dates.end());
        dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
        for (YearMonth const date : dates) {
            by_order_[order_of(group)].push_back({date, place_terms(book, group, date)});
        }
    }
}

int place_months(Standing const& standing, PlaceTerms const& terms, PlaceFacts const& facts) {
    if (standing.temporary) {
        return 0;
    }
    if (!terms.count_transferred_months) {
        return standing.months;
    }
    // A2, the other reading: the months of every place followed the relation.
    if (facts.relation != standing.area) {
        return 0;
    }
    int carried = 0;
    for (Standing const& other : facts.standings) {
        carried += other.relation_months;
    }
    return carried;
}

CriterionAnswer ask(Criterion criterion, PlaceTerms const& terms, PlaceFacts const& facts) {
    switch (criterion) {
    case Criterion::hukou:
        return in_hukou(facts.hukou, facts.relation == facts.hukou, Branch::hukou);
    case Criterion::relation_qualified:
        return relation_qualified(terms, facts);
    case Criterion::last_qualified:
        return last_qualified(terms, facts);
    case Criterion::longest:
        return longest(terms, facts, 1, Branch::longest, Branch::longest_last);
    case Criterion::hukou_gathers:
        return in_hukou(facts.hukou, true, Branch::hukou_gathers);
    case Criterion::last_area:
        return last_area(terms, facts);
    case Criterion::first_qualified:
        return first_qualified(terms, facts);
    case Criterion::longest_qualified:
        break;
    }
    return longest(
        terms, facts, terms.min_months, Branch::longest_qualified, Branch::longest_qualified);
}

std::optional<PlaceDecision> decide_benefit_location(PlaceTerms const& terms,
                                                     PlaceFacts const& facts) {
    for (Criterion const criterion : terms.order) {
        CriterionAnswer const answer = ask(criterion, terms, facts);
        if (answer.decision || answer.tie_open) {
            return answer.decision;
        }
    }
    return std::nullopt;
}

std::optional<PlaceDecision> elect_last_area(RuleBook const& book,
                                             Life const& life,
                                             YearMonth counting,
                                             PlaceFacts const& facts,
                                             PlaceDecision const& found) {
    bool const nowhere_qualified = found.branch == Branch::longest
                                   || found.branch == Branch::longest_last
                                   || found.branch == Branch::hukou_gathers;
    if (!life.continue_in_last_area || !nowhere_qualified || !facts.relation
        || found.area == *facts.relation
        || !book.place.election_groups.at(counting).contains(person_of(life))) {
        return std::nullopt;
    }
    ElectionArea const& where = book.place.election_area.at(counting);
    if (!where.any && where.area != facts.relation) {
        return std::nullopt;
    }
    return PlaceDecision{*facts.relation, Branch::last_area_election};
}

PlaceAnswer answer_at_counting(RuleBook const& book,
                               Life const& life,
                               YearMonth counting,
                               PlaceFacts const& facts,
                               bool enough_months) {
    return answer_at_counting(
        book, place_terms(book, life.group, counting), life, counting, facts, enough_months);
}

PlaceAnswer answer_at_counting(RuleBook const& book,
                               PlaceTerms const& terms,
                               Life const& life,
                               YearMonth counting,
                               PlaceFacts const& facts,
                               bool enough_months) {
    PlaceAnswer answer;
    answer.found = decide_benefit_location(terms, facts);
    answer.place = answer.found;
    if (answer.found && !enough_months) {
        if (auto const elected = elect_last_area(book, life, counting, facts, *answer.found)) {
            answer.place = elected;
        }
    }
    return answer;
}

} // namespace pensim::law

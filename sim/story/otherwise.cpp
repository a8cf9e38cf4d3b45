#include "sim/story/otherwise.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace pensim::story {

namespace {

using law::PlaceDecision;
using law::PlaceFacts;
using law::PlaceTerms;
using law::Standing;

/// Tries the place rules on histories that differ a little.
class Otherwise {
  public:
    Otherwise(Page& page,
              PlaceTerms const& terms,
              PlaceFacts const& facts,
              PlaceDecision const& found)
        : page_(page), terms_(terms), facts_(facts), found_(found) {}

    void tell() {
        page_.detail(page_.say(Phrase::otherwise_heading));
        for (Standing const& standing : facts_.standings) {
            int const months = law::place_months(standing, terms_, facts_);
            if (months > 0 && months < terms_.min_months) {
                missed_limit(standing, months);
            }
        }
        for (Standing const& standing : facts_.standings) {
            if (standing.area == found_.area) {
                margin(standing);
            } else {
                missed_length(standing);
            }
        }
    }

  private:
    /// The decision if an area had other months.
    [[nodiscard]] std::optional<PlaceDecision> with(Standing const& changed, int months) const {
        std::vector<Standing> standings(facts_.standings.begin(), facts_.standings.end());
        for (Standing& standing : standings) {
            if (standing.area == changed.area) {
                standing.relation_months += months - standing.months;
                standing.months = months;
            }
        }
        return law::decide_benefit_location(terms_, {facts_.relation, facts_.hukou, standings});
    }
    [[nodiscard]] std::string place(std::optional<PlaceDecision> const& decision) const {
        return decision ? page_.area(decision->area) : page_.say(Phrase::otherwise_nothing);
    }
    [[nodiscard]] std::string_view branch(std::optional<PlaceDecision> const& decision) const {
        return name_of(decision ? decision->branch : Branch::none, page_.language());
    }
    [[nodiscard]] int longest_of_others(AreaId area) const {
        int most = 0;
        for (Standing const& other : facts_.standings) {
            if (other.area != area) {
                most = std::max(most, law::place_months(other, terms_, facts_));
            }
        }
        return most;
    }
    [[nodiscard]] bool by_length() const {
        return found_.branch == Branch::longest || found_.branch == Branch::longest_last
               || found_.branch == Branch::longest_qualified;
    }

    /// Tells of `distance` months if `change` more of them in an area decide otherwise.
    void offer(Phrase phrase, Standing const& standing, int distance, int change) const {
        auto const other = with(standing, standing.months + change);
        if (other != found_) {
            page_.detail("- "
                         + page_.say(phrase,
                                     page_.area(standing.area),
                                     distance,
                                     page_.length(terms_.min_months),
                                     place(other),
                                     branch(other),
                                     std::abs(change)));
        }
    }

    void missed_limit(Standing const& standing, int months) {
        int const missing = terms_.min_months - months;
        offer(Phrase::otherwise_more, standing, missing, missing);
    }
    void missed_length(Standing const& standing) {
        int const months = law::place_months(standing, terms_, facts_);
        int const behind = longest_of_others(standing.area) - months;
        if (by_length() && months > 0 && behind >= 0) {
            offer(Phrase::otherwise_longest, standing, behind, behind + 1);
        }
    }
    void margin(Standing const& standing) {
        int const months = law::place_months(standing, terms_, facts_);
        int const spare = months - terms_.min_months;
        if (spare >= 0) {
            offer(Phrase::otherwise_margin, standing, spare, -(spare + 1));
        }
        int const lead = months - longest_of_others(standing.area);
        if (by_length() && lead >= 0 && lead + 1 < standing.months) {
            offer(Phrase::otherwise_lead, standing, lead, -(lead + 1));
        }
    }

    Page& page_;
    PlaceTerms const& terms_;
    PlaceFacts const& facts_;
    PlaceDecision const& found_;
};

} // namespace

void tell_otherwise(Page& page,
                    PlaceTerms const& terms,
                    PlaceFacts const& facts,
                    PlaceDecision const& found) {
    Otherwise(page, terms, facts, found).tell();
}

} // namespace pensim::story

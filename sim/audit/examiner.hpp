// Asks the law about a career: the walk of core/law/timeline.hpp, the same that decides cases.
#pragma once

#include <optional>
#include <vector>

#include "core/law/decide.hpp"
#include "sim/audit/regime.hpp"

namespace pensim::audit {

/// What the law says at the counting month.
struct Verdict {
    std::optional<law::PlaceDecision> by_order; ///< by the order of criteria
    std::optional<law::PlaceDecision> place;    ///< after the election
    bool tie_open = false;                      ///< no place: several areas remain equal
    std::optional<AreaId> relation;
    std::vector<law::Standing> standings;
    int months = 0;
    int required = 0;
    std::optional<Fen> pension; ///< a month; only with enough months

    [[nodiscard]] law::Standing const* standing(AreaId area) const;
    [[nodiscard]] bool pays(AreaId area) const { return place && place->area == area; }
};

/// The criterion behind a branch of the order.
[[nodiscard]] law::Criterion criterion_of(Branch branch);

/// Examines the careers of one setting. Keeps its memory from career to career; one per thread.
class Examiner {
  public:
    Examiner(law::LawContext const& law, Setting const& setting);

    /// The career at its place in time: as late as the setting and `room` months behind it allow.
    /// Nothing if it would begin too early. Each month is paid at the average wage of its area in
    /// the year before the middle of the spell.
    [[nodiscard]] std::optional<Career> placed(Career career) const;
    /// A stay that begins behind a placed career.
    [[nodiscard]] Spell stay_after(Career const& career, int label, int months) const;
    /// Moved to an earlier time if it ends behind the counting month; nothing if it then begins too
    /// early.
    [[nodiscard]] std::optional<Career> fitted(Career career) const;

    void examine(Career const& career, Verdict& verdict);
    /// Does a criterion fit the life last examined, wherever it stands in the order?
    [[nodiscard]] bool fits(law::Criterion criterion, Verdict const& verdict) const;

    /// The history of a placed career.
    [[nodiscard]] Life const& life_of(Career const& career);
    [[nodiscard]] std::uint64_t examined() const { return examined_; }
    [[nodiscard]] law::PlaceTerms const& terms() const { return terms_; }

  private:
    [[nodiscard]] AreaId area(int label) const {
        return setting_.areas[static_cast<std::size_t>(label)];
    }
    [[nodiscard]] Fen wage(int label, YearMonth first, YearMonth last) const;
    [[nodiscard]] law::PlaceFacts facts_of(Verdict const& verdict) const {
        return {verdict.relation, life_.hukou, verdict.standings};
    }

    law::LawContext law_;
    Setting const& setting_;
    law::PlaceTerms terms_;
    Life life_;
    law::Walk walk_;
    std::uint64_t examined_ = 0;
};

} // namespace pensim::audit

// Which pooling area pays the pension (待遇领取地).
//   Law    order-41-2019, art. 8(2); rsth-2021-139, item 1; gbf-2009-66, art. 6; rsbg-2016-5
//   (months count where they
//          were paid); gd-2019-48 (the opt-in). Doubts: OPEN_QUESTIONS A2-A6, A16, A18, A24, R1, R5
//   Given  the relation area (关系所在地), the hukou area, months paid by area up to the counting
//   month Gives  the area and the criterion that chose it; nothing when no criterion of the rule
//   set fits, or a tie stays open Fails  never
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "core/law/rule_book.hpp"
#include "core/record/outcome.hpp"

namespace pensim::law {

/// What one person has in one area.
struct Standing {
    AreaId area{};
    int months = 0;          ///< paid there
    int relation_months = 0; ///< of these, paid outside a temporary account
    YearMonth first_paid = YearMonth::first();
    YearMonth last_paid = YearMonth::first();
    YearMonth run_start = YearMonth::first(); ///< of the last unbroken run of paid months
    bool temporary = false; ///< a temporary account waits there: no candidate (gbf-2009-66, art. 5)
};

struct PlaceFacts {
    std::optional<AreaId> relation;
    std::optional<AreaId> hukou;
    std::span<Standing const> standings;
};

/// The place rules as they stand in one month, for one group.
struct PlaceTerms {
    std::span<Criterion const> order;
    int min_months = 0;
    TieRule tie = TieRule::latest_last_paid;
    CompareUnit compare_unit = CompareUnit::month;
    bool count_transferred_months = false;
};
[[nodiscard]] PlaceTerms place_terms(RuleBook const& book, Group group, YearMonth counting);

/// The place rules of a rule book, which outlives it, month by month.
class PlaceCalendar {
  public:
    explicit PlaceCalendar(RuleBook const& book);
    /// As place_terms().
    [[nodiscard]] PlaceTerms const& at(Group group, YearMonth counting) const {
        auto const& stretches = by_order_[order_of(group)];
        auto stretch = stretches.end() - 1; // there are few
        while (counting < stretch->from) {
            --stretch;
        }
        return stretch->terms;
    }

  private:
    struct Stretch {
        YearMonth from = YearMonth::first();
        PlaceTerms terms;
    };
    [[nodiscard]] static std::size_t order_of(Group group) {
        return group == Group::mainland ? 0 : group == Group::foreign ? 1 : 2;
    }
    std::array<std::vector<Stretch>, 3> by_order_; ///< each from the first month on
};

struct PlaceDecision {
    AreaId area{};
    Branch branch = Branch::none;
    friend bool operator==(PlaceDecision const&, PlaceDecision const&) = default;
};

/// How one criterion answered.
struct CriterionAnswer {
    std::optional<PlaceDecision> decision;
    bool tie_open = false; ///< it fits, but several areas remain equal: nothing is decided
};
[[nodiscard]] CriterionAnswer
ask(Criterion criterion, PlaceTerms const& terms, PlaceFacts const& facts);

/// The first criterion in order that fits.
[[nodiscard]] std::optional<PlaceDecision> decide_benefit_location(PlaceTerms const& terms,
                                                                   PlaceFacts const& facts);

/// Months that count for an area, 0 for no candidate.
[[nodiscard]] int
place_months(Standing const& standing, PlaceTerms const& terms, PlaceFacts const& facts);

/// The opt-in (A16): somebody who elected it, is short, and for whom no area qualified, stays in
/// the relation area. Gives the changed decision, or nothing when the opt-in does not act.
[[nodiscard]] std::optional<PlaceDecision> elect_last_area(RuleBook const& book,
                                                           Life const& life,
                                                           YearMonth counting,
                                                           PlaceFacts const& facts,
                                                           PlaceDecision const& found);

/// Both steps of T: the order of the rule set, and the opt-in of somebody who is short of months.
struct PlaceAnswer {
    std::optional<PlaceDecision> found; ///< by the order
    std::optional<PlaceDecision> place; ///< after the opt-in
    friend bool operator==(PlaceAnswer const&, PlaceAnswer const&) = default;
};
[[nodiscard]] PlaceAnswer answer_at_counting(RuleBook const& book,
                                             Life const& life,
                                             YearMonth counting,
                                             PlaceFacts const& facts,
                                             bool enough_months);
/// The same, with the book's place rules of the month at hand.
[[nodiscard]] PlaceAnswer answer_at_counting(RuleBook const& book,
                                             PlaceTerms const& terms,
                                             Life const& life,
                                             YearMonth counting,
                                             PlaceFacts const& facts,
                                             bool enough_months);

} // namespace pensim::law

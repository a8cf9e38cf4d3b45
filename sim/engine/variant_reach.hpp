// What other rule sets can do to one life, before anybody runs it under them.
//   Law    none of its own: core/law/rule_reach.hpp says where a parameter acts, place_preview.hpp
//          where the pension would be
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/law/place_preview.hpp"
#include "core/law/rule_keys.hpp"
#include "core/law/rule_reach.hpp"
#include "sim/engine/life_runner.hpp"

namespace pensim::engine {

/// A second rule set, or a second world.
struct Variant {
    Setup setup;
    /// Of the rules, where only these differ from the first setup; nothing: every life runs again.
    std::optional<law::RuleDifferences> differences;
    bool books = true; ///< keep the difference of the books, not only of the people
};

/// Variants by number, in order.
using VariantNumbers = std::vector<std::uint16_t>;

/// One life at a time, as it is under the first rule set.
class VariantReach {
  public:
    /// All outlive it.
    VariantReach(law::RuleBook const& first,
                 std::size_t default_areas,
                 std::vector<Variant> const& variants);

    /// Does no variant touch somebody whose T is in this month, or who never comes to it? Told at
    /// once where all differ in place rules alone: these act at T.
    [[nodiscard]] bool leaves_alone(std::optional<YearMonth> counting) const {
        return all_places_alone_
               && (!counting || *counting < months_.first || months_.last < *counting);
    }

    /// The life to be asked about; all outlive the answers.
    void look_at(Life const& life, law::Walk const& walk, YearMonth death);

    /// What differs in a variant where it acts in the life.
    struct Touch {
        std::vector<std::size_t> rules; ///< by number
        bool place = false;             ///< rules that choose the benefit location at T
        bool pooled_rate = false;       ///< the rate at which pooled money moves
        bool min_months_alone = false;  ///< no rule but the months that qualify an area
        bool more = false;              ///< any other; or nobody can tell
        bool known = false;             ///< of the life at hand
    };
    [[nodiscard]] Touch const& touch(std::size_t variant);
    /// Does a variant differ from the first rule set in place rules only, at any time?
    [[nodiscard]] bool places_alone(std::size_t variant) const { return places_alone_[variant]; }

    /// Has T come, with something paid? Only then is there a place to be asked for.
    [[nodiscard]] bool counted() const { return facts_.has_value(); }
    /// Where the pension would be if only the place rules were the variant's.
    [[nodiscard]] std::optional<law::PlaceDecision> place(std::size_t variant);

  private:
    [[nodiscard]] bool qualifies_the_same(law::PlaceTerms const& terms) const;

    law::RuleBook const& first_;
    std::size_t default_areas_;
    std::vector<Variant> const& variants_;
    law::PlaceCalendar first_calendar_;
    std::vector<law::PlaceCalendar> calendars_; ///< by variant
    std::vector<bool> places_alone_;
    bool all_places_alone_ = true;
    law::Reach months_;                ///< in which any variant differs, and those between them
    std::vector<std::size_t> same_as_; ///< the first variant that differs in the same months
    std::array<bool, law::rule_count> is_place_{};

    // Of the life at hand.
    Life const* life_ = nullptr;
    law::Walk const* walk_ = nullptr;
    YearMonth death_ = YearMonth::first();
    std::optional<law::PlaceFacts> facts_;
    std::vector<Touch> touches_; ///< by variant; where another is the same, that one's alone
};

} // namespace pensim::engine

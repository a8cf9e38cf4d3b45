#include "sim/engine/variant_reach.hpp"

#include <algorithm>

namespace pensim::engine {

VariantReach::VariantReach(law::RuleBook const& first,
                           std::size_t default_areas,
                           std::vector<Variant> const& variants)
    : first_(first), default_areas_(default_areas), variants_(variants), first_calendar_(first),
      touches_(variants.size()) {
    for (std::size_t rule = 0; rule < is_place_.size(); ++rule) {
        is_place_[rule] = law::rule_name(rule).starts_with("place.");
    }
    for (Variant const& variant : variants) {
        calendars_.emplace_back(variant.setup.law.book);
        auto const same = std::find_if(variants.begin(), variants.end(), [&](Variant const& other) {
            return other.differences == variant.differences;
        });
        same_as_.push_back(static_cast<std::size_t>(same - variants.begin()));
        bool alone = variant.differences.has_value();
        if (alone) {
            auto const rules = variant.differences->rules();
            alone = std::all_of(
                rules.begin(), rules.end(), [&](std::size_t rule) { return is_place_[rule]; });
        }
        places_alone_.push_back(alone);
        all_places_alone_ = all_places_alone_ && alone;
        if (alone && !variant.differences->empty()) {
            law::Reach const months = variant.differences->months();
            months_.first = std::min(months_.first, months.first);
            months_.last = std::max(months_.last, months.last);
        }
    }
}

void VariantReach::look_at(Life const& life, law::Walk const& walk, YearMonth death) {
    life_ = &life;
    walk_ = &walk;
    death_ = death;
    facts_ = law::facts_at_counting(life, walk);
    for (Touch& touch : touches_) {
        touch.known = false;
    }
}

VariantReach::Touch const& VariantReach::touch(std::size_t variant) {
    Touch& touch = touches_[same_as_[variant]];
    if (touch.known) {
        return touch;
    }
    touch.known = true;
    touch.place = false;
    touch.pooled_rate = false;
    touch.min_months_alone = false;
    auto const& differences = variants_[variant].differences;
    touch.more = !differences;
    if (!differences) {
        return touch;
    }
    differences->touched({first_, *life_, *walk_, death_, default_areas_}, touch.rules);
    touch.min_months_alone = touch.rules.size() == 1
                             && touch.rules.front() == law::number_of(law::Rule::place_min_months);
    for (std::size_t const rule : touch.rules) {
        if (is_place_[rule]) {
            touch.place = true;
        } else if (rule == law::number_of(law::Rule::transfer_pooled_rate)) {
            touch.pooled_rate = true;
        } else {
            touch.more = true;
        }
    }
    return touch;
}

std::optional<law::PlaceDecision> VariantReach::place(std::size_t variant) {
    law::PlaceTerms const& terms = calendars_[variant].at(life_->group, walk_->counting);
    if (touch(variant).min_months_alone && qualifies_the_same(terms)) {
        return walk_->counted_place;
    }
    return law::answer_at_counting(variants_[variant].setup.law.book,
                                   terms,
                                   *life_,
                                   walk_->counting,
                                   *facts_,
                                   walk_->counted_months >= walk_->required)
        .place;
}

/// Do the same areas qualify as under the first rule set, where the months that it takes are all
/// that differs? Then every criterion answers as it did.
bool VariantReach::qualifies_the_same(law::PlaceTerms const& terms) const {
    int const mine = first_calendar_.at(life_->group, walk_->counting).min_months;
    if (terms.count_transferred_months || std::min(mine, terms.min_months) < 1) {
        return false;
    }
    return std::all_of(
        facts_->standings.begin(), facts_->standings.end(), [&](law::Standing const& standing) {
            int const months = law::place_months(standing, terms, *facts_);
            return (months >= mine) == (months >= terms.min_months);
        });
}

} // namespace pensim::engine

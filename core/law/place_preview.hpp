// Where the pension of a finished walk would be under other place rules, without another walk.
//   Law    as benefit_location.hpp
//   Given  a life, its walk under one rule set, another rule set
//   Gives  what the other one would have decided at T
//   Fails  never
//
// Up to T nothing asks for a place rule: of two rule sets that differ in these alone the walks are
// the same until then, and go on the same where they decide the same.
#pragma once

#include <optional>

#include "core/law/walk.hpp"

namespace pensim::law {

/// Relation and months as they stood at the end of T. Nothing when T never came, and when nothing
/// was paid up to it.
[[nodiscard]] std::optional<PlaceFacts> facts_at_counting(Life const& life, Walk const& walk);

/// The answer that the timeline gets at T under `book`, if that differs from the book of the walk
/// in place rules only. There must be facts.
[[nodiscard]] PlaceAnswer answer_under(RuleBook const& book, Life const& life, Walk const& walk);

/// Its place; nothing when no criterion fits.
[[nodiscard]] inline std::optional<PlaceDecision>
place_under(RuleBook const& book, Life const& life, Walk const& walk) {
    return answer_under(book, life, walk).place;
}

} // namespace pensim::law

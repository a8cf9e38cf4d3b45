#include "core/law/place_preview.hpp"

namespace pensim::law {

std::optional<PlaceFacts> facts_at_counting(Life const& life, Walk const& walk) {
    if (!walk.counted || walk.counted_months == 0) {
        return std::nullopt;
    }
    bool const voided = !walk.counted_standings.empty();
    return PlaceFacts{
        walk.counted_relation, life.hukou, voided ? walk.counted_standings : walk.standings};
}

PlaceAnswer answer_under(RuleBook const& book, Life const& life, Walk const& walk) {
    auto const facts = facts_at_counting(life, walk);
    PENSIM_EXPECT(facts.has_value());
    return answer_at_counting(
        book, life, walk.counting, *facts, walk.counted_months >= walk.required);
}

} // namespace pensim::law

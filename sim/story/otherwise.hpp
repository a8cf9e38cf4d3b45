// What would have been decided otherwise, and by how much it was missed: the place rules, asked
// again about histories that differ by a few months in one area.
#pragma once

#include "core/law/benefit_location.hpp"
#include "sim/story/page.hpp"

namespace pensim::story {

void tell_otherwise(Page& page,
                    law::PlaceTerms const& terms,
                    law::PlaceFacts const& facts,
                    law::PlaceDecision const& found);

} // namespace pensim::story

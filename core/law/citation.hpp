// Law and article of each step that the program takes. Document keys are those of SOURCES.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/record/life.hpp"

namespace pensim::law {

/// A kind of step. An outcome lists the grounds of its steps; a story prints them with their texts.
enum class Ground : std::uint8_t {
    insured,
    exempt,
    account_credit,
    account_interest,
    overlap,
    relation_moves,
    money_moves,
    temporary_account,
    departure_kept,
    departure_ended,
    death,
    death_grant,
    original_age,
    statutory_age,
    flexible_claim,
    fifteen_years,
    required_months,
    hukou,
    relation_qualified,
    last_qualified,
    longest,
    longest_last,
    hukou_gathers,
    reform_criterion,
    last_area_election,
    gathering,
    extension,
    lump_sum,
    pension_formula,
    bridge,
    count_,
};
inline constexpr int ground_count = static_cast<int>(Ground::count_);

struct Citation {
    std::string_view document; ///< key in SOURCES.md
    std::string_view article;  ///< "art. 8(2)"; empty when the document has none
};

/// The text that carries a step for a group.
[[nodiscard]] Citation cite(Ground ground, Group group);

/// "order-41-2019 art. 8(2)"
[[nodiscard]] std::string to_text(Citation const& citation);

} // namespace pensim::law

// What changes, and for whom, in words; deciles of what people gain or lose.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/area/area_table.hpp"
#include "sim/engine/change_tally.hpp"

namespace pensim::reform {

/// "pension", "months_short" ...; all of them in order.
[[nodiscard]] std::vector<std::string> change_names();
[[nodiscard]] std::vector<std::string> trait_names();
[[nodiscard]] std::string_view word_of(engine::Change change);
[[nodiscard]] std::string_view word_of(engine::Trait trait);
/// "60-119 months", "HN", "born 1960s": a value of a trait, in words.
[[nodiscard]] std::string
value_name(engine::Trait trait, std::size_t value, AreaTable const& areas);
/// "SH", "longest_last", "1-12": one end of a transition.
[[nodiscard]] std::string
state_name(engine::Change what, std::uint16_t code, AreaTable const& areas);

/// Deciles of the changes of the monthly pension, of those whose pension changes: fen, nine of
/// them; empty where nobody's does. To one part in 2048 of the amount.
[[nodiscard]] std::vector<Fen> deciles_of(engine::ChangeTally& people, std::size_t trait_row);

} // namespace pensim::reform

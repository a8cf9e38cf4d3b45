// Tallies as bytes, for files and for other processes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/engine/tally.hpp"

namespace pensim::resume {

[[nodiscard]] std::string bytes_of(engine::Tally& tally);

/// Nothing where the bytes are not a whole tally of so many areas and this watch.
[[nodiscard]] std::optional<engine::Tally>
tally_of(std::string_view bytes, std::size_t areas, engine::Watch const& watch);

} // namespace pensim::resume

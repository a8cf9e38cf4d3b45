// Pooling areas (统筹地区): where contributions are pooled and a pension can be paid.
#pragma once

#include <compare>
#include <cstdint>

namespace pensim {

/// A pooling area, as its row in the area table. Rows are an index, never a rank.
enum class AreaId : std::uint16_t {};

[[nodiscard]] constexpr std::uint16_t row(AreaId area) {
    return static_cast<std::uint16_t>(area);
}

} // namespace pensim

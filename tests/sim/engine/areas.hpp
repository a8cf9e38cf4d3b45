// Two areas for books made by hand.
#pragma once

#include "core/area/area.hpp"

namespace pensim::engine {

inline constexpr AreaId east{0};
inline constexpr AreaId west{1};

} // namespace pensim::engine

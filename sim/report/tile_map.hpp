// Where an area stands in a map of tiles: a square a province, near its neighbours.
#pragma once

#include <optional>
#include <string_view>

namespace pensim::report {

struct Tile {
    int column = 0; ///< from the west
    int row = 0;    ///< from the north
};
/// Of a province-level area of mainland China by its id (ISO 3166-2:CN); nothing for another. The
/// arrangement is our own.
[[nodiscard]] std::optional<Tile> tile_of(std::string_view area);

} // namespace pensim::report

#include "sim/report/tile_map.hpp"

#include <array>

namespace pensim::report {

namespace {

constexpr int map_width = 8;
/// Row by row, two letters a tile.
constexpr std::array<std::string_view, 9> map{".. .. .. .. .. .. .. HL",
                                              ".. .. .. .. .. NM .. JL",
                                              "XJ .. GS NX .. BJ TJ LN",
                                              ".. QH .. SN SX HE SD ..",
                                              "XZ .. SC CQ HA AH JS ..",
                                              ".. .. YN GZ HB JX ZJ SH",
                                              ".. .. .. GX HN FJ .. ..",
                                              ".. .. .. .. GD .. .. ..",
                                              ".. .. .. .. HI .. .. .."};

} // namespace

std::optional<Tile> tile_of(std::string_view area) {
    for (std::size_t row = 0; row < map.size() && area.size() == 2 && area != ".."; ++row) {
        for (int column = 0; column < map_width; ++column) {
            if (map[row].substr(static_cast<std::size_t>(column) * 3, 2) == area) {
                return Tile{column, static_cast<int>(row)};
            }
        }
    }
    return std::nullopt;
}

} // namespace pensim::report

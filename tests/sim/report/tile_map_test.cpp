#include "sim/report/tile_map.hpp"

#include <set>

#include <doctest/doctest.h>

#include "tests/support/shipped.hpp"

namespace pensim::report {
namespace {

TEST_CASE("every province-level area has a tile of its own, nothing else has one") {
    std::set<std::pair<int, int>> taken;
    AreaTable const& areas = test::areas();
    for (std::size_t i = 0; i < areas.size(); ++i) {
        Area const& area = areas.all()[i];
        CAPTURE(area.id);
        auto const tile = tile_of(area.id);
        CHECK(tile.has_value() == (i < areas.default_count()));
        CHECK((!tile || taken.insert({tile->column, tile->row}).second));
    }
    CHECK(taken.size() == 31);
    CHECK_FALSE(tile_of(""));
    CHECK_FALSE(tile_of(".."));
    CHECK_FALSE(tile_of("GDD"));
    CHECK_FALSE(tile_of("D "));
}

TEST_CASE("neighbours stand as on a map") {
    auto const at = [](char const* id) { return tile_of(id).value(); };
    CHECK(at("HL").row < at("LN").row);
    CHECK(at("BJ").row < at("GD").row);
    CHECK(at("XJ").column < at("GS").column);
    CHECK(at("SC").column < at("SH").column);
    CHECK(at("HI").row > at("GD").row);
}

} // namespace
} // namespace pensim::report

#include "tests/support/in_lanes.hpp"

#include <fmt/format.h>

#include "tests/support/simulated.hpp"

namespace pensim::test {

std::vector<int> lane_widths() {
    std::vector<int> widths;
    for (int const width : {4, 8}) {
        if (width <= lanes::widest_lanes()) {
            widths.push_back(width);
        }
    }
    return widths;
}

InLanes::InLanes(engine::Setup const& setup, random::Key key, AreaTable const& areas)
    : areas_(areas),
      tables_(lanes::LaneTables::make(setup.world, setup.law, setup.limits, setup.areas)),
      general_tally_(setup.areas, setup.watch), general_(setup, key, general_tally_) {
    for (int const width : possible() ? lane_widths() : std::vector<int>{}) {
        engine::Setup wide = setup;
        wide.lanes = width;
        ways_.push_back(std::make_unique<Way>(wide, key, *tables_, width));
    }
}

std::string InLanes::difference(engine::Crowd const& crowd) {
    for (std::uint64_t shard = 0; shard < crowd.shards(); ++shard) {
        std::uint64_t const first = crowd.begin(shard);
        std::uint64_t const end = crowd.end(shard);
        persons_ += static_cast<std::int64_t>(end - first);
        run_general(first, end);
        for (auto const& way : ways_) {
            std::string const found = difference(*way, first, end);
            if (!found.empty()) {
                return fmt::format("{} lanes, {}", way->lanes, who_differs(*way, first, end));
            }
        }
    }
    return "";
}

std::int64_t InLanes::went_general() const {
    return ways_.empty() ? 0 : ways_.back()->runner.went_general();
}

void InLanes::run_general(std::uint64_t first, std::uint64_t end) {
    general_tally_.clear();
    for (std::uint64_t person = first; person < end; ++person) {
        general_.run(person);
    }
}

std::string InLanes::difference(Way& way, std::uint64_t first, std::uint64_t end) {
    way.tally.clear();
    way.runner.run(first, end);
    way.runner.finish();
    return difference_of(general_tally_, way.tally, areas_);
}

std::string InLanes::who_differs(Way& way, std::uint64_t first, std::uint64_t end) {
    for (std::uint64_t person = first; person < end; ++person) {
        run_general(person, person + 1);
        std::string const found = difference(way, person, person + 1);
        if (!found.empty()) {
            return fmt::format("person {}: {}", person, found);
        }
    }
    run_general(first, end);
    return fmt::format(
        "persons {} to {}, but none alone: {}", first, end - 1, difference(way, first, end));
}

} // namespace pensim::test

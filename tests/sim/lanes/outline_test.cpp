// What a planner tells of a life it has planned is what core/law's walk tells: where parameters can
// act, and where the pension would be under other place rules. Comparisons hang on it.
#include <string_view>

#include <doctest/doctest.h>

#include "core/law/place_preview.hpp"
#include "core/law/rule_reach.hpp"
#include "core/law/timeline.hpp"
#include "sim/lanes/planner.hpp"
#include "sim/world/life_drawer.hpp"
#include "tests/sim/lanes/restless_world.hpp"
#include "tests/support/few_lives.hpp"
#include "tests/support/shipped.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::test {
namespace {

/// The lives of a world, planned and walked.
class Outlines {
  public:
    Outlines(world::World const& world,
             law::LawContext const& law,
             world::BaseLimits const& limits,
             std::size_t area_count,
             std::size_t default_areas)
        : world_(world), law_(law), default_areas_(default_areas), careers_(world, law),
          drawer_(world, law, limits),
          tables_(lanes::LaneTables::make(world, law, limits, area_count)) {
        REQUIRE(tables_ != nullptr);
    }

    void compare(random::Key key, std::uint64_t persons) {
        lanes::Planner planner(world_, law_, careers_, *tables_);
        lanes::Plans plans;
        for (std::uint64_t person = 0; person < persons; ++person) {
            CAPTURE(person);
            world::PersonStreams streams(key, person);
            careers_.draw(streams, career_);
            if (!planner.plan(career_, streams, plans)) {
                continue;
            }
            outline_ = &planner.outline(outline_walk_);
            planner.drop();
            CHECK(plans.segments.empty());
            world::DrawnLife const& drawn = drawer_.draw(key, person);
            law::SilentListener nobody;
            law::Timeline(law_, drawn.life, walk_, nobody).run();
            compare_reaches(drawn);
            compare_places(drawn);
            ++planned;
        }
    }

    std::uint64_t planned = 0;
    std::uint64_t elsewhere = 0; ///< some other rules pay somewhere else

  private:
    void compare_reaches(world::DrawnLife const& drawn) const {
        law::RuleReach const of_walk =
            law::reach_of({law_.book, drawn.life, walk_, drawn.death, default_areas_});
        law::RuleReach const of_outline =
            law::reach_of({law_.book, *outline_, outline_walk_, drawn.death, default_areas_});
        for (std::size_t rule = 0; rule < law::rule_count; ++rule) {
            bool const same = of_walk[rule] == of_outline[rule]
                              || (of_walk[rule].empty() && of_outline[rule].empty());
            // Comparisons hang on it: a rule of the place acts at T or never.
            if (law::rule_name(rule).starts_with("place.") && !of_walk[rule].empty()) {
                CHECK(of_walk[rule] == law::Reach{walk_.counting, walk_.counting});
            }
            if (!same) {
                CAPTURE(law::rule_name(rule));
                CHECK(same);
            }
        }
    }
    void compare_places(world::DrawnLife const& drawn) {
        CHECK(law::facts_at_counting(drawn.life, walk_).has_value()
              == law::facts_at_counting(*outline_, outline_walk_).has_value());
        CHECK(walk_.counted_place == outline_walk_.counted_place);
        if (!law::facts_at_counting(drawn.life, walk_)) {
            return;
        }
        for (std::string_view const id :
             {"law", "five-years", "longest-only", "years-in-ties", "opt-in-everyone"}) {
            CAPTURE(id);
            auto const place = law::place_under(rules(id), drawn.life, walk_);
            CHECK(place == law::place_under(rules(id), *outline_, outline_walk_));
            elsewhere += place != walk_.counted_place ? 1U : 0U;
        }
    }

    world::World const& world_;
    law::LawContext law_;
    std::size_t default_areas_;
    world::CareerDrawer careers_;
    world::LifeDrawer drawer_;
    std::unique_ptr<lanes::LaneTables const> tables_;
    world::Career career_;
    Life const* outline_ = nullptr;
    law::Walk outline_walk_;
    law::Walk walk_;
};

} // namespace

TEST_CASE("an outline has the reaches and the places of the walk: people who are never at rest") {
    if (lanes::widest_lanes() == 0) {
        return;
    }
    for (std::string_view const id : {"law", "practice", "five-years"}) {
        CAPTURE(id);
        SmallWorld const world = restless_world(id);
        // Half of the areas need the rules' leave, so that it matters where records begin.
        Outlines outlines(world.world, world.law, world.limits, areas().size(), 6);
        outlines.compare({2026, 1}, lives_to_try(1'500U));
        CHECK(outlines.planned * 2 > lives_to_try(1'500U));
        CHECK(outlines.elsewhere > 0);
    }
}

TEST_CASE("an outline has the reaches and the places of the walk: shipped scenarios") {
    if (lanes::widest_lanes() == 0) {
        return;
    }
    for (std::string_view const id : {"national", "hmt", "foreigners"}) {
        CAPTURE(id);
        auto const simulation = simulated(id, {.with_pilot = false});
        Outlines outlines(simulation->world,
                          simulation->law->context(),
                          simulation->limits,
                          simulation->tables.areas.size(),
                          simulation->tables.areas.default_count());
        outlines.compare(simulation->key(0), lives_to_try(2'000U));
        CHECK(outlines.planned + 20 > lives_to_try(2'000U));
    }
}

} // namespace pensim::test

// A small world whose people do what asks most of the lanes, and often: they move back and forth
// within a year, leave money behind, work away from home as they grow old (temporary accounts), end
// the relation and come back, are short of months, claim early and late.
#pragma once

#include <string_view>
#include <vector>

#include "tests/sim/world/small_world.hpp"

namespace pensim::test {

[[nodiscard]] inline world::GroupSpec restless_group(Group group) {
    world::GroupSpec spec = plain_group();
    spec.group = group;
    spec.male = 0.5;
    spec.management = 0.4;
    spec.entry.years.points = {{1993, 1}, {2050, 1}};
    spec.entry.ages.points = {{18, 1}, {30, 1}, {58, 0.3}};
    spec.first_area.weights = weights_of_first({4, 3, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1});
    spec.moving.per_year = 0.6;
    spec.moving.return_home_per_year = 0.5;
    spec.moving.leaves_money = 0.5;
    spec.paying = {0.1, 0.3, 0.3, 7, ""};
    spec.wage.level = 1.1;
    spec.wage.flexible_level = 0.7;
    spec.wage.person_sigma = 0.6;
    spec.wage.spell_sigma = 0.3;
    spec.wage.ages = {{20, 0.6}, {45, 1.2}, {60, 1}};
    spec.claim = {0.4, 0.3, ""};
    spec.when_short = {0.4, 0.1, 0.1, 0.2, ""};
    spec.when_short.elects_last_area = 0.5;
    if (group == Group::mainland) {
        spec.home.at.weights = spec.first_area.weights;
        spec.home.stays = 0.5;
    } else {
        spec.leaving = {0.05, 0.4, 0.6, 20, ""};
        spec.exempt = {0.2, 40, ""};
    }
    if (group == Group::foreign) {
        spec.permanent_resident = 0.3;
        spec.nationalities = {{CountryCode{'U', 'S', 'A'}, 1}, {CountryCode{'D', 'E', 'U'}, 1}};
    }
    return spec;
}

/// All groups, mainlanders most.
[[nodiscard]] inline SmallWorld restless_world(std::string_view rule_set) {
    std::vector<GroupPlan> plans;
    for (Group const group : {Group::hong_kong, Group::foreign, Group::mainland}) {
        plans.push_back({restless_group(group), {}, mortal()});
        plans.back().spec.share = group == Group::mainland ? 3 : 1;
    }
    return SmallWorld(plans, rule_set);
}

} // namespace pensim::test

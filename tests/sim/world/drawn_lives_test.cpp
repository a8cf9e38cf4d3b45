// Lives with every process switched on, under several rule sets: whatever is drawn is a history
// that the law can answer.
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "core/law/decide.hpp"
#include "core/law/exemption.hpp"
#include "core/law/retirement_age.hpp"
#include "tests/sim/world/small_world.hpp"
#include "tests/support/random_life.hpp"

namespace pensim::test {

namespace {

using world::DrawnLife;
using world::GroupSpec;

constexpr int entry_age = 18 * 12; ///< the lowest, in months

/// People of all ages who move, pause, leave and are often short of months.
GroupSpec busy_group(Group group) {
    GroupSpec spec = plain_group();
    spec.group = group;
    spec.male = 0.5;
    spec.management = 0.4;
    spec.entry.years.points = {{1993, 1}, {2060, 1}};
    spec.entry.ages.points = {{entry_age / 12.0, 1}, {30, 1}, {62, 0.3}};
    spec.first_area.weights = std::vector<double>(areas().size(), 1.0);
    spec.first_area.weights.back() = 0; // the corps: no area of the law
    spec.moving.per_year = 0.12;
    spec.moving.age = {0.02, 0.1, 0.06, 0.1, 20, 0.4, 0.003};
    spec.moving.return_home_per_year = 0.05;
    spec.moving.leaves_money = 0.3;
    spec.paying = {0.1, 0.3, 0.15, 9, ""};
    spec.wage.level = 1.1;
    spec.wage.flexible_level = 0.7;
    spec.wage.person_sigma = 0.6;
    spec.wage.spell_sigma = 0.3;
    spec.wage.ages = {{20, 0.6}, {45, 1.2}, {60, 1}};
    spec.claim = {0.4, 0.3, ""};
    spec.when_short = {0.35, 0.35, 0.1, 0.15, ""};
    if (group == Group::mainland) {
        spec.home.at.weights = spec.first_area.weights;
        spec.home.stays = 0.6;
    } else {
        spec.leaving = {0.05, 0.4, 0.6, 20, ""};
        spec.exempt = {0.4, 40, ""};
    }
    if (group == Group::foreign) {
        spec.permanent_resident = 0.3;
        spec.nationalities = {{CountryCode{'U', 'S', 'A'}, 1}};
        for (auto const& agreement : tables().agreements) {
            spec.nationalities.emplace_back(agreement.nationality, 1);
        }
    }
    return spec;
}

SmallWorld busy_world(std::string_view rule_set) {
    std::vector<GroupPlan> plans;
    for (Group const group :
         {Group::hong_kong, Group::macau, Group::taiwan, Group::foreign, Group::mainland}) {
        plans.push_back({busy_group(group), {}, mortal()});
    }
    return SmallWorld(plans, rule_set);
}

/// What must hold of any life; the first thing that does not, in words.
std::string first_fault(DrawnLife const& drawn, law::RuleBook const& book) {
    Life const& life = drawn.life;
    YearMonth after = drawn.entry;
    for (Exemption const& exemption : life.exemptions) {
        if (exemption.from != after || exemption.to < exemption.from) {
            return "an exemption does not begin with the career, or ends before";
        }
        after = exemption.to.next();
    }
    for (Record const& record : life.records) {
        if (record.from < after || record.to < record.from || record.to > drawn.death) {
            return "a record overlaps another one, or leaves the life";
        }
        after = record.to.next();
        if (record.from.year() != record.to.year()) {
            return "a record of two years";
        }
        YearMonth const january(record.from.year(), 1);
        Fen const average = tables().wages.at(record.area, january.year() - 1);
        if (record.base < times(average, book.contribution.base_floor.at(january).at(record.area))
            || record.base
                   > times(average, book.contribution.base_ceiling.at(january).at(record.area))) {
            return "a base beyond its limits";
        }
    }
    if (life.claim && *life.claim < law::statutory_month(book, life)) {
        bool const later =
            after > life.claim->next()
            || std::any_of(life.events.begin(), life.events.end() - 1, [&](Event const& event) {
                   return event.month > *life.claim;
               });
        if (*life.claim >= drawn.death) {
            return "an early claim of somebody dead";
        }
        if (later) {
            return "a career goes on after an early claim";
        }
    }
    YearMonth last = drawn.entry;
    for (Event const& event : life.events) {
        bool const pays = std::any_of(life.records.begin(), life.records.end(), [&](auto const& r) {
            return event.kind == EventKind::depart && r.from <= event.month && event.month <= r.to;
        });
        if (event.month < last || event.month > drawn.death || pays) {
            return "an event out of order, or in a month that is paid";
        }
        last = event.month;
    }
    bool const dies = !life.events.empty() && life.events.back().kind == EventKind::death;
    if (!dies || last != drawn.death || drawn.death < drawn.entry) {
        return "death is not the end";
    }
    if (drawn.entry - life.birth < Months(entry_age)) {
        return "a child";
    }
    return "";
}

/// Of which lives there were how many: each branch is to be reached.
struct Seen {
    int lives = 0;
    int exempt = 0;
    int departed = 0;
    int claimed = 0;
    int extended = 0;
    int lump_sums = 0;
    int resident_scheme = 0;
    int several_areas = 0;
    int without_payment = 0;

    void add(Life const& life) {
        auto const has = [&](Kind kind) {
            return std::any_of(life.records.begin(),
                               life.records.end(),
                               [&](Record const& r) { return r.kind == kind; })
                       ? 1
                       : 0;
        };
        ++lives;
        exempt += life.exemptions.empty() ? 0 : 1;
        departed += life.events.size() > 1 ? 1 : 0;
        claimed += life.claim ? 1 : 0;
        extended += has(Kind::extension);
        lump_sums += has(Kind::lump_sum);
        resident_scheme += life.move_to_resident_scheme ? 1 : 0;
        without_payment += life.records.empty() ? 1 : 0;
        several_areas +=
            !life.records.empty() && life.records.front().area != life.records.back().area ? 1 : 0;
    }
};

} // namespace

TEST_CASE("every life drawn is one that the law can answer") {
    for (std::string_view const rule_set :
         {"law", "practice", "five-years", "pro-rata", "required-180"}) {
        CAPTURE(rule_set);
        SmallWorld const world = busy_world(rule_set);
        law::Decider decider(world.law, areas().default_count());
        Seen seen;
        std::array<int, 5> groups{};
        std::uint64_t person = 0;
        world.each(4'000, [&](DrawnLife const& drawn) {
            CAPTURE(person);
            CAPTURE(describe(drawn.life));
            ++person;
            CHECK(first_fault(drawn, world.law.book) == "");
            CHECK(law::check_exemptions(drawn.life, tables().agreements).empty());
            CHECK(decider.decide(drawn.life));
            // Whoever stops working to claim early may do so.
            auto const& claim = drawn.life.claim;
            if (claim && *claim < law::statutory_month(world.law.book, drawn.life)) {
                CHECK(decider.outcome().counting_month == *claim);
            }
            seen.add(drawn.life);
            ++groups[static_cast<std::size_t>(drawn.life.group)];
        });
        CHECK(*std::min_element(groups.begin(), groups.end()) > 700);
        CHECK(seen.exempt > 200);
        CHECK(seen.departed > 200);
        CHECK(seen.claimed > 200);
        CHECK(seen.extended > 200);
        CHECK(seen.lump_sums > 20);
        CHECK(seen.resident_scheme > 50);
        CHECK(seen.several_areas > 200);
        CHECK(seen.without_payment > 0);
    }
}

TEST_CASE("whoever makes up for missing months gets a pension, if life lasts") {
    SmallWorld const world = busy_world("law");
    law::Decider decider(world.law, areas().default_count());
    int made_up = 0;
    world.each(6'000, [&](DrawnLife const& drawn) {
        Life const& life = drawn.life;
        bool const extends = !life.records.empty()
                             && (life.records.back().kind == Kind::extension
                                 || life.records.back().kind == Kind::lump_sum);
        if (!extends || life.records.back().to == drawn.death) {
            return;
        }
        CAPTURE(describe(life));
        REQUIRE(decider.decide(life));
        Outcome const& outcome = decider.outcome();
        CHECK(outcome.pension.has_value());
        CHECK(outcome.months_total == outcome.required_months);
        ++made_up;
    });
    CHECK(made_up > 300);
}

} // namespace pensim::test

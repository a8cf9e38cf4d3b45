// Worlds of a few groups, made by hand, for tests of drawn lives.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/law/exemption.hpp"
#include "sim/data/world_tables.hpp"
#include "sim/world/life_drawer.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

/// Nobody dies before 110.
[[nodiscard]] inline std::shared_ptr<world::Survival const> immortal() {
    static auto const made =
        std::make_shared<world::Survival const>(world::DeathRates{{2000}, {0}, {{{0}, {0}}}}, 1.0);
    return made;
}

/// The mainland's life table.
[[nodiscard]] inline std::shared_ptr<world::Survival const> mortal() {
    static auto const made = [] {
        auto const tables = data::load_mortality({}).value();
        data::MortalityTable const& table = *data::find_mortality(tables, "CN");
        return std::make_shared<world::Survival const>(
            world::DeathRates{table.mid_years, table.ages, {table.male, table.female}}, 1.0);
    }();
    return made;
}

/// Weights over all areas: the first ones as given, the rest zero.
[[nodiscard]] inline std::vector<double> weights_of_first(std::vector<double> weights) {
    weights.resize(areas().size());
    return weights;
}

/// The matrix of a month: among the first areas as given (row by row), the rest stay.
[[nodiscard]] inline std::vector<double> moves_among_first(std::size_t some,
                                                           std::vector<double> const& chances) {
    std::size_t const n = areas().size();
    std::vector<double> monthly(n * n);
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
            bool const given = i < some && j < some;
            monthly[i * n + j] = given ? chances[i * some + j] : (i == j ? 1 : 0);
        }
    }
    return monthly;
}

/// A group, how it moves (empty: by its spec's places, or not at all) and when it dies.
struct GroupPlan {
    world::GroupSpec spec;
    std::vector<double> monthly{};
    std::shared_ptr<world::Survival const> survival = immortal();
};

/// Men with a hukou who begin to pay in the year 2000 at the age of 20, in the first area, as
/// employees at the average wage, and go on to the end. Each test switches on what it looks at.
[[nodiscard]] inline world::GroupSpec plain_group() {
    world::GroupSpec spec;
    spec.name = "plain";
    spec.share = 1;
    spec.male = 1;
    spec.entry.years.points = {{2000, 1}, {2001, 1}};
    spec.entry.ages.points = {{20, 1}, {21, 1}};
    spec.first_area.weights = weights_of_first({1});
    return spec;
}

class SmallWorld {
  public:
    explicit SmallWorld(std::vector<GroupPlan> const& plans, std::string_view rule_set = "law")
        : law(law_context(rule_set)), limits(limits_of(rule_set)) {
        std::vector<double> shares;
        for (GroupPlan const& plan : plans) {
            world::GroupTables group = world::make_tables(plan.spec);
            group.moving = std::make_shared<world::Moving const>(
                monthly_of(plan), static_cast<int>(areas().size()), plan.spec.moving.age);
            group.survival = plan.survival;
            world.groups.push_back(std::move(group));
            world.group_names.push_back(plan.spec.name);
            shares.push_back(plan.spec.share);
        }
        world.group = random::Choice(shares);
        world.certificates_from = law::certificates_lawful_from;
        for (law::Agreement const& agreement : tables().agreements) {
            if (agreement.employee_scheme) {
                int const first = agreement.detached_months.value_or(0);
                world.agreements.push_back({agreement.nationality,
                                            agreement.in_force,
                                            agreement.detached_months_total.value_or(first)});
            }
        }
    }
    explicit SmallWorld(GroupPlan const& plan) : SmallWorld(std::vector{plan}) {}
    explicit SmallWorld(world::GroupSpec const& spec) : SmallWorld(GroupPlan{spec}) {}

    [[nodiscard]] world::LifeDrawer drawer() const { return {world, law, limits}; }
    /// Calls with each of the first persons, as drawn.
    template <class Look>
    void each(std::uint64_t persons, Look const& look) const {
        world::LifeDrawer drawing = drawer();
        for (std::uint64_t person = 0; person < persons; ++person) {
            look(drawing.draw({2024, 0}, person));
        }
    }

    world::World world;
    law::LawContext law;
    world::BaseLimits const& limits;

  private:
    static std::vector<double> monthly_of(GroupPlan const& plan) {
        if (!plan.monthly.empty()) {
            return plan.monthly;
        }
        return world::monthly_by_places(plan.spec.first_area.weights, plan.spec.moving.per_year);
    }
    static world::BaseLimits const& limits_of(std::string_view rule_set) {
        static std::map<std::string, world::BaseLimits, std::less<>> made;
        auto found = made.find(rule_set);
        if (found == made.end()) {
            found = made.emplace(rule_set,
                                 world::BaseLimits(rules(rule_set), tables().wages, areas().size()))
                        .first;
        }
        return found->second;
    }
};

/// Months in a row at one place: the records of a career without the turns of the year.
struct Spell {
    AreaId area{};
    YearMonth from = YearMonth::first();
    YearMonth to = YearMonth::first();
    Kind kind = Kind::employed;
    bool transfer = true;
    [[nodiscard]] int months() const { return (to - from).count() + 1; }
};

[[nodiscard]] inline std::vector<Spell> spells_of(Life const& life) {
    std::vector<Spell> spells;
    for (Record const& r : life.records) {
        if (!spells.empty() && spells.back().to.next() == r.from && spells.back().area == r.area
            && spells.back().kind == r.kind) {
            spells.back().to = r.to;
        } else {
            spells.push_back({r.area, r.from, r.to, r.kind, r.transfer});
        }
    }
    return spells;
}

} // namespace pensim::test

// core/law/rule_reach.hpp on simulated lives: what is drawn, decided, posted and paid until death.
#include "core/law/rule_reach.hpp"

#include <doctest/doctest.h>

#include "sim/engine/life_runner.hpp"
#include "tests/support/few_lives.hpp"
#include "tests/support/outside_reach.hpp"
#include "tests/support/random_life.hpp"
#include "tests/support/shipped.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::test {
namespace {

/// One life of a scenario under a rule set, and all it leaves in the books.
struct OneLife {
    OneLife(scenario::Simulation const& simulation, law::RuleBook book, std::uint64_t person)
        : law(std::move(book), tables()), limits(law.book(), tables().wages, areas().size()),
          setup{simulation.world, law.context(), limits, simulation.watch, areas().size()},
          tally(setup.areas, setup.watch), runner(setup, simulation.key(0), tally),
          result(runner.run(person)) {}
    [[nodiscard]] law::RuleReach reach() const {
        return law::reach_of({law.book(),
                              result.drawn->life,
                              *result.walk,
                              result.drawn->death,
                              areas().default_count()});
    }
    [[nodiscard]] std::string text() const {
        return describe(result.drawn->life) + std::to_string(result.paid_out.count()) + " "
               + std::to_string(static_cast<int>(result.status)) + " "
               + std::to_string(result.walk->required);
    }

    cases::Law law;
    world::BaseLimits limits;
    engine::Setup setup;
    engine::Tally tally;
    engine::LifeRunner runner;
    engine::LifeResult const& result;
};

/// What differs between two lives of one person; empty if nothing does.
std::string difference_of(OneLife& a, OneLife& b) {
    if (a.text() != b.text()) {
        return a.text() + "\n" + b.text();
    }
    if (a.result.pension != b.result.pension) {
        return "pension";
    }
    return test::difference_of(a.tally, b.tally, areas());
}

TEST_CASE("changes outside the reach change nothing of a simulated life") {
    std::mt19937_64 random(20260402);
    auto const values = drawn_books(random, rules("law"), static_cast<int>(areas().size()), 60);
    auto const persons = lives_to_try(400U);
    constexpr std::array<std::string_view, 4> shipped{
        "law", "practice", "pro-rata", "years-in-ties"};
    std::array<std::int64_t, law::rule_count> changed{};
    for (std::string_view const id : {"national", "hmt", "foreigners"}) {
        auto const simulation = simulated(id, {.persons = persons, .with_pilot = false});
        for (std::uint64_t person = 0; person < persons; ++person) {
            CAPTURE(id);
            CAPTURE(person);
            std::string_view const named = shipped[person % shipped.size()];
            law::RuleBook const book =
                person % 8 < 4
                    ? rules(named)
                    : random_rules(random, rules(named), static_cast<int>(areas().size()));
            OneLife mine(*simulation, book, person);
            law::RuleReach const reach = mine.reach();
            OneLife other(
                *simulation, changed_outside(random, book, reach, values, {}, &changed), person);
            if (difference_of(mine, other).empty()) {
                continue;
            }
            for (std::size_t number = 0; number < law::rule_count; ++number) {
                CAPTURE(law::rule_name(number));
                OneLife alone(
                    *simulation, changed_outside(random, book, reach, values, number), person);
                CHECK(difference_of(mine, alone) == "");
            }
            FAIL("a change outside the reach acts");
        }
    }
    for (std::size_t number = 0; number < law::rule_count; ++number) {
        CAPTURE(law::rule_name(number));
        CHECK(changed[number] > 25 * persons);
    }
}

/// How many of a thousand lives a reform touches.
int touched(std::string_view scenario, std::string_view reform) {
    constexpr int persons = 1000;
    auto const simulation = simulated(scenario, {.persons = persons, .with_pilot = false});
    law::RuleDifferences const differences(rules("law"), rules(reform));
    law::LawContext const law = law_context("law");
    world::BaseLimits const limits(rules("law"), tables().wages, areas().size());
    world::LifeDrawer drawer(simulation->world, law, limits);
    law::Walk walk;
    law::SilentListener nobody;
    int count = 0;
    for (std::uint64_t person = 0; person < persons; ++person) {
        auto const& drawn = drawer.draw(simulation->key(0), person);
        law::Timeline(law, drawn.life, walk, nobody).run();
        law::WalkedLife const walked{
            rules("law"), drawn.life, walk, drawn.death, areas().default_count()};
        count += differences.touch(walked) ? 1 : 0;
    }
    return count;
}

TEST_CASE("how many lives a reform touches") {
    struct Case {
        std::string_view scenario;
        std::string_view reform;
        int least;
        int most;
    };
    for (auto const& c : std::initializer_list<Case>{
             // From 2027 on: everybody who comes to T later with months that count.
             {"national", "five-years", 650, 720},
             {"hmt", "five-years", 650, 740},
             {"national", "longest-only", 650, 720},
             {"national", "pro-rata", 650, 730},
             {"national", "required-180", 640, 710},
             // Only who has paid in several places.
             {"national", "no-pooled-money", 50, 150},
             {"hmt", "no-pooled-money", 200, 350},
             {"national", "full-employer-share", 50, 150},
             {"national", "years-in-ties", 50, 150},
             {"hmt", "years-in-ties", 200, 350},
             // Half of those who come to T short of months; nobody goes to the corps.
             {"hmt", "practice", 150, 350},
             {"national", "opt-in-everyone", 5, 40},
             {"national", "xpcc", 0, 0},
         }) {
        CAPTURE(c.scenario);
        CAPTURE(c.reform);
        int const lives = touched(c.scenario, c.reform);
        CHECK(lives >= c.least);
        CHECK(lives <= c.most);
    }
}

} // namespace
} // namespace pensim::test

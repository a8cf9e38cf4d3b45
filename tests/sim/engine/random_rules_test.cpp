// Reforms of any kind and date: lives drawn under random rule sets have no faults, their books
// balance, and decide says of them what the run says.
#include <doctest/doctest.h>

#include "sim/engine/parallel_run.hpp"
#include "tests/support/few_lives.hpp"
#include "tests/support/random_life.hpp"
#include "tests/support/shipped.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::test {
namespace {

TEST_CASE("a run stands on its feet under random rule sets") {
    std::mt19937_64 random(20260104);
    constexpr std::uint64_t persons = 60;
    for (std::string_view const id : {"national", "hmt", "foreigners"}) {
        auto const simulation = simulated(id, {.persons = persons, .with_pilot = false});
        for (int i = 0; i < lives_to_try(400); ++i) {
            CAPTURE(id);
            CAPTURE(i);
            cases::Law const law(random_rules(random, rules("law")), tables());
            world::BaseLimits const limits(law.book(), tables().wages, areas().size());
            engine::Setup const setup{
                simulation->world, law.context(), limits, simulation->watch, areas().size()};
            engine::Tally tally(setup.areas, setup.watch);
            engine::LifeRunner runner(setup, simulation->key(0), tally);
            law::Decider decider = law.decider();
            for (std::uint64_t person = 0; person < persons; ++person) {
                CAPTURE(person);
                engine::LifeResult const& result = runner.run(person);
                Life const& life = result.drawn->life;
                REQUIRE(decider.decide(life));
                Outcome const& outcome = decider.outcome();
                bool const same =
                    outcome.status == result.status && outcome.pension == result.pension
                    && static_cast<int>(outcome.transfers.size()) == result.moved.transfers;
                if (!same) {
                    FAIL_CHECK("not the same as decide\n", describe(life));
                }
            }
            auto const imbalance = engine::find_imbalance(tally);
            CHECK(imbalance.value_or("") == "");
        }
    }
}

} // namespace
} // namespace pensim::test

// A program of its own: an interrupt that was asked for stays asked for.
#include "sim/input/interrupt.hpp"

#include <atomic>
#include <csignal>

#include <doctest/doctest.h>

#include "sim/engine/parallel_run.hpp"
#include "sim/engine/shards.hpp"
#include "sim/report/run_scenario.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::test {
namespace {

TEST_CASE("an interrupt stops the shards that have not begun, and every run after it") {
    auto const simulation = simulated("hmt", {.persons = 500, .with_pilot = false});
    input::remember_interrupts();
    CHECK_FALSE(input::interrupted());
    constexpr std::uint64_t shards = 10'000;
    std::atomic<std::uint64_t> begun = 0;
    CHECK_THROWS_AS(engine::for_each_shard(shards,
                                           [&](std::uint64_t) {
                                               if (++begun == 1) {
                                                   std::raise(SIGINT);
                                               }
                                           }),
                    input::Interrupted);
    CHECK(input::interrupted());
    CHECK(begun < shards);
    CHECK_THROWS_AS(static_cast<void>(engine::run_people(
                        simulation->setup(), simulation->key(0), {0, 500, 10}, {})),
                    input::Interrupted);
    CHECK_THROWS_AS(static_cast<void>(report::run_scenario(*simulation, {})), input::Interrupted);
}

} // namespace
} // namespace pensim::test

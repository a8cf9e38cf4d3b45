#include "sim/resume/shard_file.hpp"

#include <doctest/doctest.h>

#include "sim/engine/parallel_run.hpp"
#include "sim/resume/tally_bytes.hpp"
#include "tests/support/shipped.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::resume {
namespace {

using namespace std::string_literals;

TEST_CASE("stretches come back from a file, from no other text") {
    std::vector<FinishedStretch> const stretches{{{0, 0, 4096}, "tally\0\n"s, ""},
                                                 {{3, 8192, 1}, "", "rows"},
                                                 {{4000000000U, 1, 2}, "a", "b"}};
    std::string const text = shard_text(stretches);
    CHECK(text.starts_with("pensim/shard/1 "));
    CHECK(read_shard(text) == stretches);
    CHECK(read_shard(shard_text({})) == std::vector<FinishedStretch>{});
    for (std::size_t i = 0; i < text.size(); ++i) {
        CAPTURE(i);
        std::string damaged = text;
        damaged[i] = static_cast<char>(damaged[i] ^ 1);
        CHECK_FALSE(read_shard(damaged).has_value());
        CHECK_FALSE(read_shard(text.substr(0, i)).has_value());
    }
    CHECK_FALSE(read_shard(text + "x").has_value());
}

/// Everything that can be counted.
engine::Tally counted(scenario::Simulation& simulation, std::uint64_t persons) {
    simulation.watch.behind = true;
    return engine::run_people(simulation.setup(), simulation.key(0), {0, persons, 64}, {});
}

TEST_CASE("a tally comes back from its bytes, number by number") {
    for (std::string const id : {"national", "hmt", "foreigners"}) {
        CAPTURE(id);
        auto const simulation = test::simulated(id, {.persons = 600, .with_pilot = false});
        std::size_t const areas = simulation->tables.areas.size();
        engine::Tally tally = counted(*simulation, 600);
        std::string const bytes = bytes_of(tally);
        auto again = tally_of(bytes, areas, simulation->watch);
        REQUIRE(again.has_value());
        CHECK(test::difference_of(tally, *again, simulation->tables.areas).empty());
        CHECK(again->people == 600);
        CHECK(again->endings == tally.endings);
        CHECK(again->behind == tally.behind);
        CHECK(again->paying == tally.paying);
        CHECK(again->moves == tally.moves);
        CHECK(bytes_of(*again) == bytes);
        CHECK_FALSE(tally_of(bytes, areas + 1, simulation->watch).has_value());
        CHECK_FALSE(tally_of(bytes, areas - 1, simulation->watch).has_value());
        CHECK_FALSE(tally_of(bytes + '\1', areas, simulation->watch).has_value());
        for (std::size_t length = 0; length < bytes.size(); length += bytes.size() / 50) {
            CHECK_FALSE(tally_of(bytes.substr(0, length), areas, simulation->watch).has_value());
        }
    }
}

TEST_CASE("every number of the books has a place of its own among the bytes") {
    engine::Tally tally(2, {});
    AreaYear& books = tally.books(2030, AreaId{1});
    std::int64_t number = 0;
    for (Fen* const amount : {&books.paid_to_accounts,
                              &books.paid_to_pool,
                              &books.paid_by_workers,
                              &books.interest,
                              &books.holdings,
                              &books.pensions_from_accounts,
                              &books.pensions_from_pool,
                              &books.refunds,
                              &books.inheritances,
                              &books.to_residents,
                              &books.for_elsewhere,
                              &books.by_elsewhere}) {
        *amount = Fen(++number);
    }
    for (std::int64_t* const count :
         {&books.months, &books.insured, &books.pensioners, &books.pension_months}) {
        *count = ++number;
    }
    auto again = tally_of(bytes_of(tally), 2, {});
    REQUIRE(again.has_value());
    CHECK(again->books(2030, AreaId{1}) == books);
    CHECK(again->books(2031, AreaId{1}) == AreaYear());
    CHECK(again->books(2030, AreaId{0}) == AreaYear());
}

} // namespace
} // namespace pensim::resume

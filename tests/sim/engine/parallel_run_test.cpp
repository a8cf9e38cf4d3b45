#include "sim/engine/parallel_run.hpp"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

#include <doctest/doctest.h>
#include <tbb/global_control.h>

#include "sim/engine/shards.hpp"
#include "tests/support/in_lanes.hpp"
#include "tests/support/plain_books.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::test {
namespace {

using engine::Crowd;
using engine::Tally;

class Threads {
  public:
    explicit Threads(std::size_t count)
        : limit_(tbb::global_control::max_allowed_parallelism, count) {}

  private:
    tbb::global_control limit_;
};

std::unique_ptr<scenario::Simulation> small(std::string_view id = "national") {
    return simulated(id, {.persons = 3000, .with_pilot = false});
}

Tally run(scenario::Simulation const& simulation,
          Crowd const& crowd,
          int width = lanes::widest_lanes()) {
    engine::Setup setup = simulation.setup();
    setup.lanes = width;
    return engine::run_people(setup, simulation.key(0), crowd, {});
}

TEST_CASE("a crowd is cut into shards without gaps") {
    for (std::uint64_t const shard : {1U, 7U, 97U, 4096U}) {
        for (std::uint64_t const persons : {0U, 1U, 96U, 97U, 98U, 5000U}) {
            CAPTURE(shard);
            CAPTURE(persons);
            Crowd const crowd{1000, persons, shard};
            std::uint64_t next = 1000;
            for (std::uint64_t i = 0; i < crowd.shards(); ++i) {
                CHECK(crowd.begin(i) == next);
                CHECK(crowd.end(i) > next);
                next = crowd.end(i);
            }
            CHECK(next == 1000 + persons);
        }
    }
}

TEST_CASE("equal tallies whatever the lanes, the threads and the shards, and again") {
    for (std::string_view const id : {"national", "hmt"}) {
        auto const simulation = small(id);
        Tally first = run(*simulation, {0, 3000, 4096}, 0);
        CHECK(first.people == 3000);
        CHECK(engine::find_imbalance(first) == std::nullopt);
        std::vector<int> ways = lane_widths();
        ways.insert(ways.begin(), 0);
        for (int const width : ways) {
            for (std::size_t const threads : {1U, 2U, 7U}) {
                Threads const limit(threads);
                for (std::uint64_t const shard : {1U, 97U, 4096U}) {
                    CAPTURE(id);
                    CAPTURE(width);
                    CAPTURE(threads);
                    CAPTURE(shard);
                    Tally again = run(*simulation, {0, 3000, shard}, width);
                    CHECK(difference_of(first, again, simulation->tables.areas) == "");
                }
            }
        }
    }
}

TEST_CASE("parts of a crowd add up to the whole; other replicates are other people") {
    auto const simulation = small();
    Tally whole = run(*simulation, {0, 3000});
    Tally sum = run(*simulation, {0, 1234});
    Tally rest = run(*simulation, {1234, 3000 - 1234});
    sum.merge(rest);
    CHECK(difference_of(whole, sum, simulation->tables.areas) == "");
    Tally other = engine::run_people(simulation->setup(), simulation->key(1), {0, 3000}, {});
    CHECK(difference_of(whole, other, simulation->tables.areas) != "");
    Tally nobody = run(*simulation, {0, 0});
    CHECK(nobody.people == 0);
    CHECK(nobody.flows.cells().empty());
}

TEST_CASE("rows come in order of persons, packed and plain; progress counts everybody") {
    auto const simulation = small();
    std::vector<std::uint64_t> persons;
    std::string text;
    std::string packed;
    engine::RowSink const rows{
        [](std::string& out, std::uint64_t person, engine::LifeResult const& result) {
            out += std::to_string(person) + ' ' + result.drawn->life.birth.text() + '\n';
        },
        [](std::string_view shard) { return "[" + std::string(shard) + "]"; },
        [&](std::string const& shard, std::string const& pack) {
            text += shard;
            packed += pack;
            CHECK(pack == "[" + shard + "]");
        }};
    std::string first;
    for (std::size_t const threads : {1U, 2U, 7U}) {
        Threads const limit(threads);
        std::uint64_t done = 0;
        text.clear();
        Tally tally = engine::run_people(
            simulation->setup(),
            simulation->key(0),
            {100, 2000, 37}, // more shards than a batch takes
            [&](std::uint64_t more) { done += more; },
            &rows);
        CHECK(done == 2000);
        CHECK(tally.people == 2000);
        first = first.empty() ? text : first;
        CHECK(text == first);
    }
    std::uint64_t next = 100;
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1, ++next) {
        REQUIRE(std::stoull(text.substr(at)) == next);
    }
    CHECK(next == 2100);
}

TEST_CASE("a failure in a shard comes out, the earliest one's") {
    {
        Threads const one(1);
        std::atomic<int> begun = 0;
        CHECK_THROWS_WITH_AS(engine::for_each_shard(100,
                                                    [&](std::uint64_t shard) {
                                                        ++begun;
                                                        if (shard == 3 || shard == 5) {
                                                            throw std::runtime_error(
                                                                std::to_string(shard));
                                                        }
                                                    }),
                             "3",
                             std::runtime_error);
        CHECK(begun <= 100);
    }
    Threads const several(4);
    // A later failure that comes at once does not hide an earlier one that takes its time.
    for (int i = 0; i < 20; ++i) {
        CHECK_THROWS_WITH_AS(engine::for_each_shard(200,
                                                    [](std::uint64_t shard) {
                                                        if (shard <= 30) {
                                                            std::this_thread::sleep_for(
                                                                std::chrono::microseconds(100));
                                                        }
                                                        if (shard >= 30 && shard % 10 == 0) {
                                                            throw std::runtime_error(
                                                                std::to_string(shard));
                                                        }
                                                    }),
                             "30",
                             std::runtime_error);
    }
    auto const simulation = small();
    engine::RowSink const rows{[](std::string&, std::uint64_t person, engine::LifeResult const&) {
                                   if (person == 777) {
                                       throw engine::BrokenLife("person 777");
                                   }
                               },
                               [](std::string_view) { return std::string(); },
                               [](std::string const&, std::string const&) {}};
    CHECK_THROWS_WITH_AS(static_cast<void>(engine::run_people(
                             simulation->setup(), simulation->key(0), {0, 3000, 50}, {}, &rows)),
                         "person 777",
                         engine::BrokenLife);
    // Nothing is left over for the next run.
    Tally before = run(*simulation, {0, 500});
    Tally after = run(*simulation, {0, 500});
    CHECK(difference_of(before, after, simulation->tables.areas) == "");
}

TEST_CASE("a tampered holding is caught") {
    auto const simulation = small();
    Tally tally = run(*simulation, {0, 3000});
    REQUIRE(engine::find_imbalance(tally) == std::nullopt);
    tally.ledger.at(2035, AreaId{3}).holdings += Fen(1);
    auto const found = engine::find_imbalance(tally);
    REQUIRE(found.has_value());
    CHECK(found->starts_with("area 3 in 2035: the account fund has "));
}

TEST_CASE("the books are those of a plain reading, month by month") {
    struct Case {
        std::string scenario;
        std::string rules;
    };
    for (auto const& c : {Case{"national", ""},
                          {"hmt", ""},
                          {"foreigners", ""},
                          {"country400", ""},
                          {"national", "pro-rata"},
                          {"hmt", "practice"},
                          {"national", "full-employer-share"}}) {
        CAPTURE(c.scenario);
        CAPTURE(c.rules);
        constexpr std::uint64_t persons = 250;
        auto const simulation =
            simulated(c.scenario, {.persons = persons, .rules = c.rules, .with_pilot = false});
        FundLedger plain(simulation->tables.areas.size());
        world::LifeDrawer drawer(simulation->world, simulation->law->context(), simulation->limits);
        // Person by person, so that a difference names its person.
        for (std::uint64_t person = 0; person < persons; ++person) {
            CAPTURE(person);
            auto const& drawn = drawer.draw(simulation->key(0), person);
            FundLedger books(simulation->tables.areas.size());
            add_plain_books(books, simulation->law->book(), simulation->tables.wages, drawn.life);
            plain.merge(books);
        }
        Tally tally = run(*simulation, {0, persons});
        std::string const difference = difference_of(tally.ledger, plain, simulation->tables.areas);
        CHECK(difference == "");
        CHECK(engine::find_imbalance(tally) == std::nullopt);
    }
}

} // namespace
} // namespace pensim::test

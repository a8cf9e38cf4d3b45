// What is reckoned in lanes is what is reckoned life by life, to the last fen of every table. The
// persons that this is tried on are looked at in planner_test.cpp: they need all that lanes do.
#include "sim/engine/batch_runner.hpp"

#include <array>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "sim/rules/rule_files.hpp"
#include "tests/sim/lanes/restless_world.hpp"
#include "tests/sim/lanes/scaled_wages.hpp"
#include "tests/support/few_lives.hpp"
#include "tests/support/in_lanes.hpp"
#include "tests/support/random_life.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::test {
namespace {

/// Rule sets under which there are lanes.
constexpr std::array<std::string_view, 11> rule_sets_with_lanes{"law",
                                                                "practice",
                                                                "five-years",
                                                                "longest-only",
                                                                "no-pooled-money",
                                                                "full-employer-share",
                                                                "years-in-ties",
                                                                "required-180",
                                                                "opt-in-everyone",
                                                                "national-pooling",
                                                                "xpcc"};

/// The people of a scenario under a law of their own.
struct UnderLaw {
    UnderLaw(scenario::Simulation const& simulation, law::RuleBook book)
        : law(std::move(book), simulation.tables),
          limits(law.book(), simulation.tables.wages, simulation.tables.areas.size()),
          setup{
              simulation.world, law.context(), limits, simulation.watch, limits_areas(simulation)},
          lanes(setup, simulation.key(0), simulation.tables.areas) {}
    cases::Law law;
    world::BaseLimits limits;
    engine::Setup setup;
    InLanes lanes;

  private:
    static std::size_t limits_areas(scenario::Simulation const& simulation) {
        return simulation.tables.areas.size();
    }
};

law::RuleBook book_of(std::string_view rule_set, scenario::Simulation const& simulation) {
    return rules::load_rules(rule_set, simulation.tables).value();
}

/// Is every area that the rule set names one of the scenario's?
bool applies(std::string_view rule_set, scenario::Simulation const& simulation) {
    return rules::load_rules(rule_set, simulation.tables).has_value();
}

/// Leaves of a rule set what lanes have: interest of whole years, rates of few digits, one payer,
/// an account that gets something.
void bring_within_lanes(law::RuleBook& book) {
    auto const rounded = [](Rate rate, std::int64_t least) {
        constexpr std::int64_t step = 5'000;
        return Rate::ppm(std::max(least, rate.parts() / step * step));
    };
    std::vector<law::Dated<Rate>::Entry> interest = book.account.interest.entries();
    for (auto& entry : interest) {
        entry.from = YearMonth(entry.from.year(), 1);
        entry.value = rounded(entry.value, 0);
    }
    book.account.interest = law::Dated<Rate>(interest);
    std::vector<law::Dated<Rate>::Entry> rates = book.account.rate.entries();
    for (auto& entry : rates) {
        entry.value = rounded(entry.value, 5'000);
    }
    book.account.rate = law::Dated<Rate>(rates);
    book.pension.paid_by.replace_from({{YearMonth::first(), law::PaidBy::place, ""}});
}

/// Tables of few areas are compared for each person, those of 400 for some at a time.
std::uint64_t group_of(std::string_view scenario) {
    return scenario == "country400" ? 50 : 5;
}

} // namespace

TEST_CASE("lanes give, few persons at a time, what the general way gives") {
    for (std::string_view const id : {"national", "hmt", "foreigners", "country400"}) {
        auto const simulation = simulated(id, {.with_pilot = false});
        for (std::string_view const rule_set : rule_sets_with_lanes) {
            CAPTURE(id);
            CAPTURE(rule_set);
            if (!applies(rule_set,
                         *simulation)) { // a made country has neither Guangdong nor a corps
                CHECK(id == "country400");
                continue;
            }
            UnderLaw both(*simulation, book_of(rule_set, *simulation));
            REQUIRE(both.lanes.possible());
            std::uint64_t const persons = lives_to_try(id == "country400" ? 400U : 600U);
            CHECK(both.lanes.difference({0, persons, group_of(id)}) == "");
            CHECK(both.lanes.difference({persons, 2 * persons, persons}) == "");
        }
    }
}

TEST_CASE("one person alone in the lanes") {
    auto const simulation = simulated("national", {.with_pilot = false});
    UnderLaw both(*simulation, book_of("law", *simulation));
    CHECK(both.lanes.difference({5'000, lives_to_try(1'000U), 1}) == "");
}

TEST_CASE("lanes give what the general way gives to many persons") {
    for (std::string_view const id : {"national", "hmt", "foreigners", "country400"}) {
        CAPTURE(id);
        auto const simulation = simulated(id, {.with_pilot = false});
        UnderLaw both(*simulation, book_of("law", *simulation));
        std::uint64_t const persons = lives_wanted(300'000) / 4;
        std::uint64_t const group = id == "country400" ? 2'000 : 300;
        CHECK(both.lanes.difference({10'000, persons, group}) == "");
    }
}

TEST_CASE("few persons of the shipped scenarios need the general way") {
    for (std::string_view const id : {"national", "hmt", "foreigners", "country400"}) {
        CAPTURE(id);
        auto const simulation = simulated(id, {.with_pilot = false});
        UnderLaw both(*simulation, book_of("law", *simulation));
        CHECK(both.lanes.difference({0, 4'000, 4'000}) == "");
        CHECK(both.lanes.persons() == 4'000);
        CHECK(both.lanes.went_general() * 100 < both.lanes.persons());
    }
}

TEST_CASE("lanes give what the general way gives to people who are never at rest") {
    for (std::string_view const rule_set : rule_sets_with_lanes) {
        CAPTURE(rule_set);
        SmallWorld const world = restless_world(rule_set);
        engine::Watch watch;
        watch.months = {YearMonth(2012, 12), YearMonth(2030, 1)};
        watch.moves_from = YearMonth(2010, 11);
        watch.moves_to = YearMonth(2015, 11);
        engine::Setup const setup{world.world, world.law, world.limits, watch, areas().size()};
        InLanes lanes(setup, {2024, 7}, areas());
        REQUIRE(lanes.possible());
        CHECK(lanes.difference({0, lives_to_try(600U), 3}) == "");
        CHECK(lanes.difference({1'000, lives_to_try(4'000U), 100}) == "");
        CHECK(lanes.went_general() > 0);
        CHECK(lanes.went_general() < lanes.persons() / 2);
    }
}

TEST_CASE("lanes give what the general way gives under random rule sets") {
    std::mt19937_64 random(20260611);
    int with_lanes = 0;
    int without = 0;
    SmallWorld const restless = restless_world("law");
    for (std::string_view const id : {"national", "hmt", "foreigners", "restless"}) {
        auto const simulation =
            simulated(id == "restless" ? "national" : id, {.with_pilot = false});
        for (int i = 0; i < lives_to_try(120); ++i) {
            CAPTURE(id);
            CAPTURE(i);
            law::RuleBook book = random_rules(random, rules("law"));
            if (i % 4 != 0) {
                bring_within_lanes(book);
            }
            cases::Law const law(std::move(book), tables());
            world::BaseLimits const limits(law.book(), tables().wages, areas().size());
            engine::Setup const setup{id == "restless" ? restless.world : simulation->world,
                                      law.context(),
                                      limits,
                                      simulation->watch,
                                      areas().size()};
            InLanes lanes(setup, simulation->key(0), areas());
            ++(lanes.possible() ? with_lanes : without);
            CHECK(lanes.difference({0, 80, 16}) == "");
        }
    }
    CHECK(with_lanes > lives_to_try(200));
    CHECK(without > 0);
}

TEST_CASE("lanes are right up to the highest wages that they are used for") {
    SmallWorld const world = restless_world("law");
    law::RuleBook const& book = rules("law");
    law::MoneyCalendar const money(book);
    engine::Watch const watch;
    bool possible = true;
    int tried = 0;
    for (std::int64_t factor = 1; possible; factor *= 2, ++tried) {
        CAPTURE(factor);
        AverageWages const wages = wages_times(factor);
        world::BaseLimits const limits(book, wages, areas().size());
        engine::Setup const setup{world.world, {book, money, wages}, limits, watch, areas().size()};
        InLanes lanes(setup, {2024, 8}, areas());
        possible = lanes.possible();
        CHECK(lanes.difference({0, lives_to_try(400U), 20}) == "");
    }
    CHECK(tried > 2);
}

TEST_CASE("lanes are right where areas tie, whatever decides then") {
    SmallWorld const world = restless_world("law");
    for (law::TieRule const tie : {law::TieRule::latest_last_paid,
                                   law::TieRule::latest_start,
                                   law::TieRule::earliest_start,
                                   law::TieRule::none}) {
        CAPTURE(static_cast<int>(tie));
        law::RuleBook book = rules("law");
        YearMonth const always = YearMonth::first();
        for (auto* const order :
             {&book.place.order_hmt, &book.place.order_foreign, &book.place.order_mainland}) {
            order->replace_from({{always, {law::Criterion::longest}, ""}});
        }
        book.place.compare_unit.replace_from({{always, law::CompareUnit::year, ""}});
        book.place.tie.replace_from({{always, tie, ""}});
        law::MoneyCalendar const money(book);
        engine::Watch const watch;
        engine::Setup const setup{
            world.world, {book, money, world.law.wages}, world.limits, watch, areas().size()};
        InLanes lanes(setup, {2024, 11}, areas());
        REQUIRE(lanes.possible());
        CHECK(lanes.difference({0, lives_to_try(1'000U), 20}) == "");
    }
}

TEST_CASE("pensions that grow beyond what lanes hold are right as well") {
    SmallWorld const world = restless_world("law");
    for (std::int64_t const raise : {0, 30'000, 200'000, 350'000}) {
        CAPTURE(raise);
        law::RuleBook book = rules("law");
        book.payout.january_raise.replace_from({{YearMonth(2010, 1), Rate::ppm(raise), ""}});
        law::MoneyCalendar const money(book);
        engine::Watch const watch;
        engine::Setup const setup{
            world.world, {book, money, world.law.wages}, world.limits, watch, areas().size()};
        InLanes lanes(setup, {2024, 10}, areas());
        REQUIRE(lanes.possible());
        CHECK(lanes.difference({0, lives_to_try(400U), 20}) == "");
    }
}

TEST_CASE("lanes are right for people with hardly any wage, and with more than they hold") {
    for (double const level : {0.0, 0.001, 1e3, 1e4}) {
        CAPTURE(level);
        world::GroupSpec spec = restless_group(Group::mainland);
        spec.wage.level = level;
        spec.wage.person_sigma = 2;
        SmallWorld const world(GroupPlan{spec, {}, mortal()});
        engine::Watch const watch;
        engine::Setup const setup{world.world, world.law, world.limits, watch, areas().size()};
        InLanes lanes(setup, {2024, 9}, areas());
        REQUIRE(lanes.possible());
        CHECK(lanes.difference({0, lives_to_try(400U), 20}) == "");
        CHECK((lanes.went_general() > lanes.persons() / 3) == (level > 1));
    }
}

TEST_CASE("no person is beyond the lanes: high numbers, other seeds and replicates") {
    auto const simulation = simulated("national", {.with_pilot = false});
    for (random::Key const key : {random::Key{0, 0},
                                  {1, 0xffffffff},
                                  {std::uint64_t{1} << 32U, 3},
                                  {~std::uint64_t{0}, 1}}) {
        InLanes lanes(simulation->setup(), key, areas());
        for (std::uint64_t const first :
             {std::uint64_t{0}, (std::uint64_t{1} << 32U) - 20, random::persons_max - 40}) {
            CAPTURE(key.seed);
            CAPTURE(first);
            CHECK(lanes.difference({first, 40, 20}) == "");
        }
    }
}

TEST_CASE("the books come to the same however often they are brought to the tally") {
    auto const simulation = simulated("national", {.with_pilot = false});
    engine::Setup setup = simulation->setup();
    random::Key const key = simulation->key(0);
    auto const tables = lanes::LaneTables::make(setup.world, setup.law, setup.limits, setup.areas);
    for (int const width : lane_widths()) {
        CAPTURE(width);
        setup.lanes = width;
        engine::Tally at_once(setup.areas, setup.watch);
        engine::BatchRunner all(setup, key, *tables, at_once);
        all.run(0, 2'000);
        all.finish();
        all.finish(); // nothing is left
        engine::Tally in_parts(setup.areas, setup.watch);
        engine::BatchRunner parts(setup, key, *tables, in_parts);
        parts.run(0, 0); // nobody
        std::uint64_t done = 0;
        for (std::uint64_t const more : {1U, 7U, 8U, 511U, 512U, 513U, 448U}) {
            parts.run(done, done + more);
            done += more;
            if (more % 2 == 1) {
                parts.finish();
            }
        }
        parts.finish();
        REQUIRE(done == 2'000);
        CHECK(difference_of(at_once, in_parts, areas()) == "");
        CHECK(all.went_general() == parts.went_general());
        CHECK(engine::find_imbalance(at_once) == std::nullopt);
    }
}

TEST_CASE("a run in which people are counted behind amounts is the same with lanes allowed") {
    auto simulation = simulated("hmt", {.with_pilot = false});
    engine::Watch watch = simulation->watch;
    watch.behind = true;
    world::BaseLimits const& limits = simulation->limits;
    engine::Setup setup{
        simulation->world, simulation->law->context(), limits, watch, areas().size(), 0};
    auto general = engine::run_people(setup, simulation->key(0), {0, 1'000}, {});
    for (int const width : lane_widths()) {
        CAPTURE(width);
        setup.lanes = width;
        auto wide = engine::run_people(setup, simulation->key(0), {0, 1'000}, {});
        CHECK(difference_of(general, wide, areas()) == "");
        watch.behind = false;
        auto without = engine::run_people(setup, simulation->key(0), {0, 1'000}, {});
        watch.behind = true;
        CHECK(difference_of(general.ledger, without.ledger, areas()) == "");
    }
}

} // namespace pensim::test

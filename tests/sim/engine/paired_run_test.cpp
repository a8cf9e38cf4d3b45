#include "sim/engine/paired_run.hpp"

#include <algorithm>
#include <deque>

#include <doctest/doctest.h>
#include <tbb/global_control.h>

#include "sim/reform/rule_variant.hpp"
#include "sim/rules/rule_files.hpp"
#include "tests/support/compared.hpp"
#include "tests/support/random_life.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {
namespace {

using engine::Change;
using engine::PairedSetup;
using engine::PairedTally;

/// The simulation's rules against several others.
class Paired {
  public:
    Paired(scenario::Simulation const& simulation, std::vector<law::RuleBook> books)
        : simulation_(&simulation), setup{.first = simulation.setup(),
                                          .default_areas = simulation.tables.areas.default_count(),
                                          .reference = YearMonth(2027, 1),
                                          .witnesses = 2} {
        for (law::RuleBook& book : books) {
            law::RuleDifferences differences(simulation.law->book(), book);
            reform::RuleVariant const& variant =
                variants_.emplace_back(std::move(book), simulation);
            setup.variants.push_back({variant.setup(), std::move(differences), true});
        }
    }
    [[nodiscard]] PairedTally run(engine::Crowd const& crowd, bool shortcuts = true) {
        setup.shortcuts = shortcuts;
        return engine::PairedRun(setup).run(simulation_->key(0), crowd, {});
    }

  private:
    scenario::Simulation const* simulation_;
    std::deque<reform::RuleVariant> variants_;

  public:
    PairedSetup setup;
};

std::vector<law::RuleBook> shipped_books(data::Tables const& tables) {
    std::vector<law::RuleBook> books;
    for (std::string const& id : shipped_reforms()) {
        if (auto book = rules::load_rules(id, tables)) { // else it names an area of the mainland
            books.push_back(std::move(*book));
        }
    }
    auto joined = rules::load_rules("law+longest-only+no-pooled-money", tables);
    books.push_back(std::move(joined.value()));
    return books;
}

TEST_CASE("shortcuts change nothing: shipped rule sets on shipped scenarios") {
    for (std::string_view const id : {"national", "hmt", "foreigners", "country400"}) {
        CAPTURE(id);
        std::uint64_t const persons = id == "country400" ? 300 : 1500;
        auto const simulation = simulated(id, {.persons = persons, .with_pilot = false});
        auto books = shipped_books(simulation->tables);
        CHECK(books.size() >= 10);
        Paired paired(*simulation, std::move(books));
        PairedTally quick = paired.run({0, persons});
        PairedTally slow = paired.run({0, persons}, false);
        CHECK(difference_of(quick, slow, simulation->tables.areas) == "");
        CHECK(slow.lives_run
              == static_cast<std::int64_t>(persons * (paired.setup.variants.size() + 1)));
        CHECK(quick.lives_run * 2 < slow.lives_run);
    }
}

TEST_CASE("shortcuts change nothing: random rule sets") {
    std::mt19937_64 random(20260722);
    for (std::string_view const id : {"national", "hmt", "foreigners"}) {
        constexpr std::uint64_t persons = 60;
        auto const simulation = simulated(id, {.persons = persons, .with_pilot = false});
        for (int round = 0; round < 12; ++round) {
            CAPTURE(id);
            CAPTURE(round);
            std::vector<law::RuleBook> books;
            for (int i = 0; i < 6; ++i) {
                books.push_back(
                    random_rules(random, rules("law"), static_cast<int>(areas().size())));
                // Two that differ from one another in little.
                if (i % 3 == 2) {
                    books.push_back(books.back());
                    books.back().place.min_months = rules("five-years").place.min_months;
                }
            }
            Paired paired(*simulation, std::move(books));
            PairedTally quick = paired.run({0, persons});
            PairedTally slow = paired.run({0, persons}, false);
            CHECK(difference_of(quick, slow, areas()) == "");
        }
    }
}

TEST_CASE("lanes change nothing, nor how many lives run") {
    constexpr std::uint64_t persons = 1'500;
    for (std::string_view const id : {"national", "hmt", "foreigners"}) {
        CAPTURE(id);
        auto const simulation = simulated(id, {.persons = persons, .with_pilot = false});
        Paired paired(*simulation,
                      {rules("five-years"), rules("no-pooled-money"), rules("required-180")});
        paired.setup.first.lanes = 0;
        PairedTally alone = paired.run({0, persons});
        for (int const width : {4, 8}) {
            if (width <= lanes::widest_lanes()) {
                CAPTURE(width);
                paired.setup.first.lanes = width;
                PairedTally in_lanes = paired.run({0, persons, 97});
                CHECK(difference_of(alone, in_lanes, areas()) == "");
                CHECK(alone.lives_run == in_lanes.lives_run);
            }
        }
    }
}

TEST_CASE("threads and shards change nothing; parts of a crowd add up to it") {
    constexpr std::uint64_t persons = 700;
    for (std::string_view const id : {"national", "hmt"}) {
        CAPTURE(id);
        auto const simulation = simulated(id, {.persons = persons, .with_pilot = false});
        Paired paired(*simulation, {rules("five-years"), rules("longest-only"), rules("pro-rata")});
        PairedTally whole = paired.run({0, persons});
        for (std::size_t const threads : {1U, 2U, 7U}) {
            tbb::global_control const limit(tbb::global_control::max_allowed_parallelism, threads);
            for (std::uint64_t const shard : {1U, 97U, 4096U}) {
                CAPTURE(threads);
                CAPTURE(shard);
                PairedTally again = paired.run({0, persons, shard});
                CHECK(difference_of(whole, again, areas()) == "");
                CHECK(again.lives_run == whole.lives_run);
            }
        }
        PairedTally sum = paired.run({0, 300});
        PairedTally rest = paired.run({300, persons - 300});
        sum.merge(rest);
        CHECK(difference_of(whole, sum, areas()) == "");
    }
}

TEST_CASE("a rule set against itself: nobody runs twice, nothing differs") {
    constexpr std::uint64_t persons = 500;
    for (bool const shortcuts : {true, false}) {
        CAPTURE(shortcuts);
        auto const simulation = simulated("hmt", {.persons = persons, .with_pilot = false});
        Paired paired(*simulation, {rules("law")});
        PairedTally tally = paired.run({0, persons}, shortcuts);
        CHECK(tally.lives_run == static_cast<std::int64_t>(shortcuts ? persons : 2 * persons));
        engine::ChangeTally& people = tally.variants[0].people;
        CHECK(people.people == static_cast<std::int64_t>(persons));
        CHECK(people.changed == 0);
        CHECK(people.transitions.cells().empty());
        CHECK(people.changes.cells().empty());
        CHECK(people.witnesses.empty());
        CHECK_FALSE(people.first.has_value());
        CHECK(tally.variants[0].books->flows.cells().empty());
        CHECK(tally.variants[0].books->locations.cells().empty());
    }
}

// ---- against every life on its own
// ----------------------------------------------------------------

/// One person after the other under one rule set, without a pass over a crowd.
class Alone {
  public:
    Alone(engine::Setup const& setup, random::Key key)
        : books_(setup.areas), runner_(setup, key, books_) {}
    engine::LifeSide run(std::uint64_t person) {
        books_.clear();
        result_ = &runner_.run(person);
        facts_ = engine::facts_of(*result_);
        books_.sort();
        return {facts_, result_->drawn->life, books_};
    }

  private:
    engine::LifeBooks books_;
    engine::BasicLifeRunner<engine::LifeBooks> runner_;
    engine::LifeResult const* result_ = nullptr;
    engine::LifeFacts facts_;
};

TEST_CASE("counts, first differences and witnesses are those of every life on its own") {
    constexpr std::uint64_t persons = 800;
    for (std::string_view const id : {"national", "hmt"}) {
        auto const simulation = simulated(id, {.persons = persons, .with_pilot = false});
        for (std::string const& reform : shipped_reforms()) {
            CAPTURE(id);
            CAPTURE(reform);
            Paired paired(*simulation, {rules(reform)});
            PairedTally tally = paired.run({0, persons});
            engine::ChangeTally& people = tally.variants[0].people;
            Alone before(paired.setup.first, simulation->key(0));
            Alone after(paired.setup.variants[0].setup, simulation->key(0));
            std::int64_t changed = 0;
            std::int64_t moved = 0;
            Fen paid_out;
            std::optional<YearMonth> first;
            std::map<engine::WitnessKind, std::vector<engine::Witness>> all;
            for (std::uint64_t person = 0; person < persons; ++person) {
                engine::LifeSide const a = before.run(person);
                engine::LifeSide const b = after.run(person);
                engine::LifeChange const change = change_between(a, b);
                changed += change.any() ? 1 : 0;
                moved += a.facts.benefit_area != b.facts.benefit_area ? 1 : 0;
                paid_out += b.facts.paid_out - a.facts.paid_out;
                if (change.any()) {
                    first = first ? std::min(*first, *change.first) : *change.first;
                    // The kind is asked of a tally of this person alone.
                    engine::ChangeTally one(people.traits, 1);
                    one.note(a, b, change, {0, person});
                    REQUIRE(one.witnesses.size() == 1);
                    all[one.witnesses.begin()->first].push_back(
                        {engine::simplicity_of(a.life), {0, person}});
                }
            }
            CHECK(people.changed == changed);
            CHECK(people.by_change[static_cast<std::size_t>(Change::benefit_area)] == moved);
            CHECK(people.paid_out == paid_out);
            CHECK((people.first ? std::optional(people.first->first) : std::nullopt) == first);
            for (auto& [kind, witnesses] : all) {
                std::sort(witnesses.begin(), witnesses.end());
                witnesses.resize(std::min(witnesses.size(), paired.setup.witnesses));
            }
            CHECK(people.witnesses == all);
        }
    }
}

/// The first month in which a rule set says anything else than the simulation's.
std::optional<YearMonth> first_date(law::RuleBook const& law, law::RuleBook const& other) {
    return reform::first_date(rules::difference_of(law, other, areas()));
}

TEST_CASE("nobody differs before the first date of a reform") {
    constexpr std::uint64_t persons = 2000;
    for (std::string_view const id : {"national", "hmt", "foreigners"}) {
        auto const simulation = simulated(id, {.persons = persons, .with_pilot = false});
        std::vector<std::string> const ids = shipped_reforms();
        std::vector<law::RuleBook> books;
        for (std::string const& reform : ids) {
            books.push_back(rules(reform));
        }
        Paired paired(*simulation, std::move(books));
        PairedTally const tally = paired.run({0, persons});
        int reforms = 0;
        for (std::size_t i = 0; i < ids.size(); ++i) {
            CAPTURE(id);
            CAPTURE(ids[i]);
            auto const date = first_date(rules("law"), rules(ids[i]));
            REQUIRE(date.has_value());
            auto const& first = tally.variants[i].people.first;
            CHECK((!first || first->first >= *date));
            reforms += first ? 1 : 0;
        }
        CHECK(reforms >= 6);
    }
}

TEST_CASE("nobody differs before the first date of rules at random") {
    std::mt19937_64 random(20271101);
    constexpr std::uint64_t persons = 100;
    auto const simulation = simulated("national", {.persons = persons, .with_pilot = false});
    int dated = 0;
    for (int i = 0; i < 60; ++i) {
        CAPTURE(i);
        law::RuleBook const book =
            random_rules(random, rules("law"), static_cast<int>(areas().size()));
        auto const date = first_date(rules("law"), book);
        Paired paired(*simulation, {book});
        PairedTally const tally = paired.run({0, persons});
        auto const& first = tally.variants[0].people.first;
        CHECK((!first || !date || first->first >= *date));
        dated += first && date && *date > YearMonth(2000, 1) ? 1 : 0;
    }
    CHECK(dated >= 10);
}

TEST_CASE("another world is run without shortcuts") {
    constexpr std::uint64_t persons = 300;
    auto const simulation = simulated("hmt", {.persons = persons, .with_pilot = false});
    auto const other = simulated("foreigners", {.persons = persons, .with_pilot = false});
    PairedSetup setup{.first = simulation->setup(),
                      .default_areas = areas().default_count(),
                      .variants = {{other->setup(), std::nullopt, true}},
                      .reference = YearMonth(2025, 1)};
    PairedTally tally = engine::PairedRun(setup).run(simulation->key(0), {0, persons}, {});
    CHECK(tally.lives_run == 2 * static_cast<std::int64_t>(persons));
    engine::Tally sum = tally.first;
    sum.merge(*tally.variants[0].books);
    engine::Tally const alone =
        engine::run_people(other->setup(), simulation->key(0), {0, persons}, {});
    CHECK(difference_of(sum.ledger, alone.ledger, areas()) == "");
    CHECK(sum.people == alone.people);
    CHECK(sum.by_status == alone.by_status);
}

TEST_CASE("progress counts everybody once; a variant may do without books") {
    constexpr std::uint64_t persons = 500;
    auto const simulation = simulated("hmt", {.persons = persons, .with_pilot = false});
    Paired paired(*simulation, {rules("five-years"), rules("five-years")});
    paired.setup.variants[1].books = false;
    std::uint64_t done = 0;
    PairedTally tally =
        engine::PairedRun(paired.setup)
            .run(simulation->key(0), {0, persons, 37}, [&](std::uint64_t more) { done += more; });
    CHECK(done == persons);
    CHECK(tally.variants[0].books != nullptr);
    CHECK(tally.variants[1].books == nullptr);
    CHECK(tally.variants[0].people.changed == tally.variants[1].people.changed);
    CHECK(tally.variants[0].people.changed > 0);
}

} // namespace
} // namespace pensim::test

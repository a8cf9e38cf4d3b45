#include "sim/reform/change_names.hpp"

#include <algorithm>
#include <cstdlib>
#include <random>
#include <set>

#include <doctest/doctest.h>

#include "core/law/words.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::reform {
namespace {

using engine::Change;
using engine::Trait;

TEST_CASE("changes and traits have words of their own, in order") {
    auto const changes = change_names();
    REQUIRE(changes.size() == engine::change_count);
    for (std::size_t i = 0; i < changes.size(); ++i) {
        CHECK(changes[i] == word_of(static_cast<Change>(i)));
    }
    CHECK(word_of(Change::status) == "status");
    CHECK(word_of(Change::books) == "books");
    auto const traits = trait_names();
    REQUIRE(traits.size() == engine::trait_count);
    for (std::size_t i = 0; i < traits.size(); ++i) {
        CHECK(traits[i] == word_of(static_cast<Trait>(i)));
    }
    CHECK(word_of(Trait::career) == "career");
    CHECK(std::set<std::string>(changes.begin(), changes.end()).size() == changes.size());
    CHECK(std::set<std::string>(traits.begin(), traits.end()).size() == traits.size());
}

TEST_CASE("values of traits say whom they hold, no two the same") {
    AreaTable const& areas = test::areas();
    engine::Traits const traits(areas.size(), YearMonth(2027, 1));
    struct Case {
        Trait trait;
        std::size_t value;
        char const* text;
    };
    for (Case const& c : {Case{Trait::all, 0, "all"},
                          {Trait::group, static_cast<std::size_t>(Group::macau), "macau"},
                          {Trait::benefit_area, row(test::area("GD")), "GD"},
                          {Trait::benefit_area, areas.size(), "none"},
                          {Trait::age, engine::age_unborn, "unborn"},
                          {Trait::age, 1, "0-9"},
                          {Trait::age, 10, "90-99"},
                          {Trait::age, 11, "100+"},
                          {Trait::career, 0, "0"},
                          {Trait::career, 1, "0-5 years"},
                          {Trait::career, 9, "40-45 years"},
                          {Trait::career, 10, "45+ years"}}) {
        CHECK(value_name(c.trait, c.value, areas) == c.text);
    }
    for (std::size_t t = 0; t < engine::trait_count; ++t) {
        auto const trait = static_cast<Trait>(t);
        std::set<std::string> names;
        for (std::size_t v = 0; v < traits.values(trait); ++v) {
            names.insert(value_name(trait, v, areas));
        }
        CHECK(names.size() == traits.values(trait));
    }
}

TEST_CASE("ends of transitions say what they hold") {
    AreaTable const& areas = test::areas();
    auto const code = [](auto value) { return static_cast<std::uint16_t>(value); };
    auto const short_of = [&](int months) {
        return state_name(Change::months_short, engine::months_short_class(months), areas);
    };
    auto const pension = [&](std::int64_t fen) {
        return state_name(Change::pension, engine::pension_class(Fen(fen)), areas);
    };
    CHECK(state_name(Change::status, code(Status::extend), areas) == word(Status::extend));
    CHECK(state_name(Change::branch, code(Branch::longest_last), areas)
          == word(Branch::longest_last));
    CHECK(state_name(Change::benefit_area, engine::area_code(test::area("SH")), areas) == "SH");
    CHECK(state_name(Change::benefit_area, engine::area_code(std::nullopt), areas) == "none");
    CHECK(short_of(0) == "0");
    CHECK(short_of(1) == "1-12");
    CHECK(short_of(12) == "1-12");
    CHECK(short_of(13) == "13-60");
    CHECK(short_of(120) == "61-120");
    CHECK(short_of(121) == "121+");
    CHECK(pension(0) == "none");
    CHECK(pension(1) == "up to 500");
    CHECK(pension(500'00) == "up to 500");
    CHECK(pension(500'01) == "up to 1000");
    CHECK(pension(500'000'00) == "up to 500000");
    CHECK(pension(500'000'01) == "over 500000");
}

/// People whose pension changes by these amounts, in fen.
engine::ChangeTally tally_of(std::vector<std::int64_t> const& changes) {
    engine::ChangeTally tally(engine::Traits(1, YearMonth(2027, 1)), 0);
    Life const life;
    engine::LifeBooks const books(1);
    std::uint64_t person = 0;
    for (std::int64_t const change : changes) {
        engine::LifeFacts before;
        engine::LifeFacts after;
        before.pension = Pension{};
        before.pension->monthly = Fen(10'000'000);
        after.pension = Pension{};
        after.pension->monthly = Fen(10'000'000 + change);
        engine::LifeChange what;
        what.changed[static_cast<std::size_t>(Change::pension)] = true;
        what.first = YearMonth(2030, 1);
        // Every third is of another group, which has deciles of its own.
        before.group = person % 3 == 0 ? Group::macau : Group::taiwan;
        tally.note({before, life, books}, {after, life, books}, what, {0, person});
        ++person;
    }
    return tally;
}

TEST_CASE("deciles are those of the sorted changes, as far as classes tell them apart") {
    std::mt19937_64 random(10);
    for (std::size_t const count : {1U, 2U, 9U, 10U, 11U, 99U, 1000U}) {
        CAPTURE(count);
        std::vector<std::int64_t> changes;
        std::array<std::vector<std::int64_t>, 2> of_group;
        for (std::size_t i = 0; i < count; ++i) {
            // Small ones, which are exact, and large ones; losses and gains.
            std::int64_t const size =
                1 + static_cast<std::int64_t>(random() % (random() % 2 == 0 ? 2000 : 9'000'000));
            changes.push_back(random() % 2 == 0 ? size : -size);
            of_group[i % 3 == 0 ? 0 : 1].push_back(changes.back());
        }
        auto tally = tally_of(changes);
        auto const check = [&](std::vector<std::int64_t> sorted, std::size_t trait_row) {
            std::sort(sorted.begin(), sorted.end());
            auto const deciles = deciles_of(tally, trait_row);
            REQUIRE(deciles.size() == 9);
            for (std::size_t k = 1; k <= 9; ++k) {
                // The smallest change that k tenths of the people do not exceed.
                std::int64_t const exact = sorted[(sorted.size() * k + 9) / 10 - 1];
                std::int64_t const found = deciles[k - 1].count();
                CHECK(std::abs(found - exact) * 2048 <= std::abs(exact));
                CHECK((found < 0) == (exact < 0));
            }
        };
        check(changes, tally.traits.row_of(Trait::all, 0));
        for (std::size_t g = 0; g < 2; ++g) {
            auto const group = static_cast<std::size_t>(g == 0 ? Group::macau : Group::taiwan);
            if (!of_group[g].empty()) {
                check(of_group[g], tally.traits.row_of(Trait::group, group));
            }
        }
        // Of whom no pension changes there are none.
        CHECK(deciles_of(
                  tally,
                  tally.traits.row_of(Trait::group, static_cast<std::size_t>(Group::hong_kong)))
                  .empty());
    }
}

} // namespace
} // namespace pensim::reform

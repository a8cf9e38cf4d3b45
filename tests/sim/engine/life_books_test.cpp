#include "sim/engine/life_books.hpp"

#include <doctest/doctest.h>

#include "sim/engine/life_runner.hpp"
#include "tests/support/compared.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::test {
namespace {

using engine::LifeBooks;
using engine::Tally;

constexpr AreaId east{0};
constexpr AreaId west{1};

TEST_CASE("rows are found again while a life is booked, and are gone with it") {
    LifeBooks books(2);
    books.books(2030, west).months = 3;
    books.books(2029, east).months = 1;
    books.books(2030, east).months = 2;
    books.books(2030, west).months += 4;
    CHECK(books.rows().size() == 3);
    books.sort();
    REQUIRE(books.rows().size() == 3);
    auto const is = [&](std::size_t i, int year, AreaId area, std::int64_t months) {
        auto const& row = books.rows()[i];
        return row.year == year && row.area == area && row.books.months == months;
    };
    CHECK(is(0, 2029, east, 1));
    CHECK(is(1, 2030, east, 2));
    CHECK(is(2, 2030, west, 7));
    books.note_transfer({});
    books.note_refund({});
    books.clear();
    CHECK(books.rows().empty());
    CHECK(books.transfers().empty());
    CHECK(books.refunds().empty());
    // A place of the last life that now belongs to another row.
    books.books(2031, west).months = 5;
    books.books(2029, east).months += 6;
    books.books(2030, west).months += 8;
    REQUIRE(books.rows().size() == 3);
    CHECK(is(0, 2031, west, 5));
    CHECK(is(1, 2029, east, 6));
    CHECK(is(2, 2030, west, 8));
}

TEST_CASE("the years before the books are one row") {
    LifeBooks books(2);
    books.books(1960, west).months = 1;
    books.books(FundLedger::first_year, west).months += 1;
    books.books(FundLedger::first_year + 1, west).months += 1;
    books.books(YearMonth::last_year, west).months += 1;
    REQUIRE(books.rows().size() == 3);
    CHECK(books.rows()[0].year == FundLedger::first_year);
    CHECK(books.rows()[0].books.months == 2);
    CHECK(books.rows()[2].year == YearMonth::last_year);
}

TEST_CASE("life by life, the books of one rule set become those of another") {
    constexpr std::uint64_t persons = 400;
    engine::Watch const nothing;
    for (std::string_view const id : {"national", "hmt"}) {
        for (std::string const rules : {"law", "pro-rata", "five-years", "required-180"}) {
            CAPTURE(id);
            CAPTURE(rules);
            auto const before = simulated(id, {.persons = persons, .with_pilot = false});
            auto const after =
                simulated(id, {.persons = persons, .rules = rules, .with_pilot = false});
            auto const setup_of = [&](scenario::Simulation const& simulation) {
                return engine::Setup{simulation.world,
                                     simulation.law->context(),
                                     simulation.limits,
                                     nothing,
                                     simulation.tables.areas.size()};
            };
            engine::Setup const first = setup_of(*before);
            engine::Setup const second = setup_of(*after);
            random::Key const key = before->key(0);
            Tally tally = engine::run_people(first, key, {0, persons}, {});
            Tally whole = engine::run_people(second, key, {0, persons}, {});
            LifeBooks mine(first.areas);
            LifeBooks theirs(first.areas);
            engine::BasicLifeRunner<LifeBooks> runner(first, key, mine);
            engine::BasicLifeRunner<LifeBooks> other(second, key, theirs);
            for (std::uint64_t person = 0; person < persons; ++person) {
                mine.clear();
                theirs.clear();
                static_cast<void>(runner.run(person));
                static_cast<void>(other.run(person));
                mine.sort();
                theirs.sort();
                mine.replace_by(theirs, tally);
            }
            drop_empty_cells(tally);
            tally.endings = whole.endings; // no part of the books
            CHECK(difference_of(whole, tally, before->tables.areas) == "");
        }
    }
}

} // namespace
} // namespace pensim::test

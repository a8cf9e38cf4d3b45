// Numbers of people under a limit are nowhere, and no sum gives them away.
#include "sim/engine/disclosure.hpp"

#include <map>

#include <doctest/doctest.h>

#include "sim/report/area_books.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::engine {
namespace {

using report::AreaColumn;

constexpr std::int64_t below = 10;

bool is_small(std::int64_t people) {
    return 0 < people && people < below;
}

struct Counted {
    Counted()
        : simulation(test::simulated("national", {.persons = 4000, .with_pilot = false})),
          tally((simulation->watch.behind = true,
                 run_people(simulation->setup(), simulation->key(0), {0, 4000}, {}))) {}
    std::unique_ptr<scenario::Simulation> simulation;
    Tally tally;
};

TEST_CASE("no small number is left, and none that was not small is gone for itself") {
    Counted counted;
    Tally hidden = counted.tally;
    HiddenCells const found = hide_small_numbers(hidden, below);
    CHECK(found.flows > 100);
    CHECK(found.locations > 100);
    CHECK(found.books > 100);
    CHECK(found.others > 0);
    auto const before = counted.tally.flows.cells();
    std::int64_t kept = 0;
    for (auto const& cell : before) {
        kept += is_small(cell.values[0]) ? 0 : 1;
    }
    CHECK(std::ssize(hidden.flows.cells()) == kept);
    CHECK(std::ssize(before) - kept == found.flows);
    for (auto const& cell : hidden.flows.cells()) {
        CHECK(cell.values[0] >= below);
    }
    for (auto const& cell : hidden.locations.cells()) {
        CHECK(cell.values[0] >= below);
    }
    auto const none_small = [](auto const& counts) {
        return std::none_of(counts.begin(), counts.end(), is_small);
    };
    CHECK(none_small(hidden.by_status));
    CHECK(none_small(hidden.paying));
    CHECK(none_small(hidden.endings.of(Ending::missing_months)));
    CHECK(none_small(hidden.endings.of(Ending::replacement_of_own_wage)));
    std::size_t amounts = 0;
    for (int i = 0; i < FundLedger::years(); ++i) {
        for (std::size_t a = 0; a < hidden.ledger.areas(); ++a) {
            int const year = FundLedger::first_year + i;
            auto const area = static_cast<AreaId>(a);
            AreaYear const& books = hidden.ledger.at(year, area);
            AreaYear const& were = counted.tally.ledger.at(year, area);
            auto const& people = counted.tally.behind[hidden.place_behind(year, area)];
            CHECK(!is_small(books.insured));
            CHECK(!is_small(books.pensioners));
            CHECK((books.insured > 0 || books.paid_to_pool == Fen{}));
            CHECK((books.pensioners > 0 || books.pensions_from_pool == Fen{}));
            CHECK((is_small(were.insured) || books.paid_to_accounts == were.paid_to_accounts));
            bool const few = is_small(people[static_cast<std::size_t>(Behind::inheritances)]);
            CHECK(books.inheritances == (few ? Fen{} : were.inheritances));
            amounts += few ? 1 : 0;
        }
    }
    CHECK(amounts > 100);
}

TEST_CASE("people behind an amount stand there once a year") {
    Counted counted;
    for (int year = FundLedger::first_year; year < 2060; ++year) {
        for (std::size_t a = 0; a < counted.tally.ledger.areas(); ++a) {
            auto const area = static_cast<AreaId>(a);
            AreaYear const& books = counted.tally.ledger.at(year, area);
            auto const& people = counted.tally.behind[counted.tally.place_behind(year, area)];
            auto const behind = [&](Behind what) { return people[static_cast<std::size_t>(what)]; };
            CHECK((behind(Behind::refunds) > 0) == (books.refunds > Fen{}));
            CHECK((behind(Behind::interest) > 0) == (books.interest > Fen{}));
            CHECK(behind(Behind::for_elsewhere) <= books.pensioners);
            CHECK(behind(Behind::refunds) <= counted.tally.people);
        }
    }
}

TEST_CASE("balances are those of what is shown: no difference of them tells what is hidden") {
    Counted counted;
    hide_small_numbers(counted.tally, below);
    counted.simulation->scenario.horizon = {FundLedger::first_year, 2150};
    auto const cells = report::area_cells(counted.tally, report::terms_of(*counted.simulation));
    std::map<std::size_t, std::array<std::int64_t, 2>> balance;
    for (auto const& cell : cells) {
        auto const key = report::AreaKey::unpacked(cell.key);
        auto const of = [&](AreaColumn column) { return value_of(cell, column); };
        auto& [accounts, pool] = balance[row(key.area)];
        accounts += of(AreaColumn::contributions_account) + of(AreaColumn::interest)
                    + of(AreaColumn::move_in_account) - of(AreaColumn::move_out_account)
                    + of(AreaColumn::return_in_account) - of(AreaColumn::return_out_account)
                    + of(AreaColumn::gather_in_account) - of(AreaColumn::gather_out_account)
                    + of(AreaColumn::temporary_in_account) - of(AreaColumn::temporary_out_account)
                    - of(AreaColumn::benefits_account) - of(AreaColumn::refunds)
                    - of(AreaColumn::inheritances) - of(AreaColumn::to_resident_scheme);
        pool += of(AreaColumn::contributions_pool) + of(AreaColumn::move_in_pooled)
                - of(AreaColumn::move_out_pooled) + of(AreaColumn::return_in_pooled)
                - of(AreaColumn::return_out_pooled) + of(AreaColumn::gather_in_pooled)
                - of(AreaColumn::gather_out_pooled) + of(AreaColumn::temporary_in_pooled)
                - of(AreaColumn::temporary_out_pooled) - of(AreaColumn::benefits_pool);
        CAPTURE(key.year);
        CAPTURE(row(key.area));
        CHECK(of(AreaColumn::account_balance) == accounts);
        CHECK(of(AreaColumn::pool_balance) == pool);
    }
    CHECK(balance.size() > 25);
}

TEST_CASE("what is left of a known whole does not tell the only hidden number") {
    struct Row {
        char const* why;
        std::vector<std::int64_t> people;
        std::vector<std::int64_t> shown;
    };
    std::vector<Row> const rows{
        {"nothing small: nothing hidden", {10, 30}, {10, 30}},
        {"one small: the next goes with it", {3, 12, 40}, {40}},
        {"several small that add up to enough", {4, 6, 12, 40}, {12, 40}},
        {"several small that do not", {2, 3, 12, 40}, {40}},
        {"one just under the limit still goes with another", {9, 40, 50}, {50}},
        {"two ones, and the rest goes", {1, 1, 30}, {}},
        {"equal ones are their share of the rest", {5, 5, 12, 40}, {40}},
        {"as many equal ones as make enough", {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 30, 40}, {40}},
        {"unequal ones are not", {4, 6, 7, 12, 40}, {12, 40}},
        {"equal numbers go together", {3, 12, 12, 40}, {40}},
    };
    for (Row const& row : rows) {
        CAPTURE(row.why);
        Watch watch;
        watch.behind = true;
        Tally tally(40, watch);
        for (std::size_t i = 0; i < row.people.size(); ++i) {
            LocationKey key;
            key.benefit_area = static_cast<AreaId>(i);
            tally.locations.add(key.packed(), {row.people[i]});
        }
        hide_small_numbers(tally, below);
        std::vector<std::int64_t> shown;
        for (auto const& cell : tally.locations.cells()) {
            shown.push_back(cell.values[0]);
        }
        std::sort(shown.begin(), shown.end());
        CHECK(shown == row.shown);
    }
}

/// Three areas with `people` insured in 2020 and as many who are paid in 2060, all alike.
Tally country(std::int64_t people) {
    Watch watch;
    watch.behind = true;
    Tally tally(3, watch);
    for (std::size_t a = 0; a < 3; ++a) {
        auto const area = static_cast<AreaId>(a);
        AreaYear& worked = tally.ledger.at(2020, area);
        worked.insured = people + static_cast<std::int64_t>(a);
        worked.paid_to_accounts = Fen(1'000'000);
        AreaYear& paid = tally.ledger.at(2060, area);
        paid.pensioners = people + static_cast<std::int64_t>(a);
        paid.pensions_from_accounts = Fen(1'000'000);
    }
    return tally;
}

std::int64_t& behind(Tally& tally, Behind what, int year, std::size_t area) {
    return tally.behind[tally.place_behind(year, static_cast<AreaId>(area))]
                       [static_cast<std::size_t>(what)];
}

TEST_CASE("what is left of an area's accounts does not tell the only hidden amount") {
    Tally tally = country(20);
    AreaYear& books = tally.ledger.at(2059, AreaId{});
    books.interest = Fen(777);
    behind(tally, Behind::interest, 2059, 0) = 3;
    tally.ledger.at(2060, AreaId{}).pensions_from_accounts = Fen(1'000'777);
    HiddenCells const hidden = hide_small_numbers(tally, below);
    CHECK(hidden.books == 2);
    CHECK(tally.ledger.at(2059, AreaId{}).interest == Fen{});
    // The next by people, the first of equals: with it the balance at the end is no one's interest.
    CHECK(tally.ledger.at(2020, AreaId{}).insured == 0);
    CHECK(tally.ledger.at(2020, AreaId{}).paid_to_accounts == Fen{});
    CHECK(tally.ledger.at(2060, AreaId{}).pensions_from_accounts == Fen(1'000'777));
    auto const end = balances_of(tally).back();
    CHECK(end.accounts == Fen{}); // the last area: all shown
    CHECK(tally.ledger.at(2020, static_cast<AreaId>(2)).insured == 22);
}

TEST_CASE("a hidden flow does not stand alone in the accounts of either side") {
    Tally tally = country(20);
    FlowKey const key{2030, AreaId{}, static_cast<AreaId>(2), TransferKind::move};
    tally.flows.add(key.packed(), {4, 5'000, 7'000});
    HiddenCells const hidden = hide_small_numbers(tally, below);
    CHECK(hidden.flows == 1);
    CHECK(hidden.books == 2);
    CHECK(tally.ledger.at(2020, AreaId{}).insured == 0);
    CHECK(tally.ledger.at(2020, static_cast<AreaId>(1)).insured == 21);
    CHECK(tally.ledger.at(2020, static_cast<AreaId>(2)).insured == 0);
}

TEST_CASE("what all areas are paid for does not tell what one hidden area pays") {
    Tally tally = country(20);
    auto const put = [&](std::size_t area, std::int64_t for_elsewhere, std::int64_t by_elsewhere) {
        AreaYear& books = tally.ledger.at(2061, static_cast<AreaId>(area));
        books.for_elsewhere = Fen(for_elsewhere * 100);
        books.by_elsewhere = Fen(by_elsewhere * 100);
        behind(tally, Behind::for_elsewhere, 2061, area) = for_elsewhere;
        behind(tally, Behind::by_elsewhere, 2061, area) = by_elsewhere;
    };
    put(0, 3, 20);
    put(1, 30, 40);
    put(2, 50, 23);
    HiddenCells const hidden = hide_small_numbers(tally, below);
    CHECK(hidden.books == 2);
    CHECK(tally.ledger.at(2061, AreaId{}).for_elsewhere == Fen{});
    CHECK(tally.ledger.at(2061, AreaId{}).by_elsewhere == Fen{}); // of the fewest people
    CHECK(tally.ledger.at(2061, static_cast<AreaId>(1)).for_elsewhere == Fen(3'000));
    CHECK(tally.ledger.at(2061, static_cast<AreaId>(2)).by_elsewhere == Fen(2'300));
    // Where nothing is small, nothing goes.
    Tally open = country(20);
    open.ledger.at(2061, AreaId{}).for_elsewhere = Fen(100);
    behind(open, Behind::for_elsewhere, 2061, 0) = 12;
    CHECK(hide_small_numbers(open, below).books == 0);
}

} // namespace
} // namespace pensim::engine

#include "sim/engine/life_change.hpp"

#include <algorithm>
#include <functional>

#include <doctest/doctest.h>

#include "tests/sim/engine/areas.hpp"

namespace pensim::engine {
namespace {

Record paid(AreaId area, YearMonth from, YearMonth to, std::int64_t base = 500'000) {
    Record record;
    record.area = area;
    record.from = from;
    record.to = to;
    record.base = Fen(base);
    return record;
}

/// Pays in the east to 2016, then in the west; the money moves; pension from 2031-02 on.
struct Told {
    Told() : books(2) {
        life.birth = YearMonth(1968, 1);
        life.records = {paid(east, {2010, 1}, {2015, 12}),
                        paid(east, {2016, 1}, {2016, 12}, 600'000),
                        paid(west, {2017, 1}, {2030, 12})};
        facts.birth = life.birth;
        facts.status = Status::pension;
        facts.branch = Branch::relation_qualified;
        facts.benefit_area = west;
        facts.counting = YearMonth(2031, 1);
        facts.settlement = YearMonth(2031, 2);
        facts.months_total = 252;
        facts.pension = Pension{};
        facts.pension->monthly = Fen(300'000);
        books.books(2010, east).paid_to_accounts = Fen(480'000);
        books.books(2032, west).pensions_from_pool = Fen(2'400'000);
        books.note_transfer({{2017, 2}, east, west, TransferKind::move, Fen(100), Fen(200)});
        books.note_transfer({{2031, 1}, east, west, TransferKind::gather, Fen(10), Fen(20)});
        books.note_refund({{2020, 6}, RefundReason::overlap, east, Fen(40)});
    }
    [[nodiscard]] LifeSide side() {
        books.sort();
        return {facts, life, books};
    }
    LifeFacts facts;
    Life life;
    LifeBooks books;
};

struct Case {
    char const* why;
    std::function<void(Told&)> alter;
    std::optional<YearMonth> first;
    std::vector<Change> changed;
};

void check(std::vector<Case> const& cases) {
    for (Case const& c : cases) {
        CAPTURE(c.why);
        // Whichever of the two is the baseline.
        for (bool const turned : {false, true}) {
            CAPTURE(turned);
            Told told;
            Told altered;
            c.alter(altered);
            LifeSide const a = told.side();
            LifeSide const b = altered.side();
            LifeChange const change = turned ? change_between(b, a) : change_between(a, b);
            CHECK(change.first == c.first);
            CHECK(change.any() == c.first.has_value());
            for (std::size_t i = 0; i < change_count; ++i) {
                auto const what = static_cast<Change>(i);
                CAPTURE(i);
                CHECK(change.has(what)
                      == (std::find(c.changed.begin(), c.changed.end(), what) != c.changed.end()));
            }
        }
    }
}

TEST_CASE("what is decided differs at T or at settlement") {
    check({{"nothing", [](Told&) {}, std::nullopt, {}},
           {"status",
            [](Told& t) { t.facts.status = Status::extend; },
            {{2031, 1}},
            {Change::status}},
           {"area",
            [](Told& t) { t.facts.benefit_area = east; },
            {{2031, 1}},
            {Change::benefit_area}},
           {"no area",
            [](Told& t) { t.facts.benefit_area.reset(); },
            {{2031, 1}},
            {Change::benefit_area}},
           {"branch",
            [](Told& t) { t.facts.branch = Branch::longest; },
            {{2031, 1}},
            {Change::branch}},
           {"months short",
            [](Told& t) { t.facts.months_short = 3; },
            {{2031, 1}},
            {Change::months_short}},
           {"an earlier T",
            [](Told& t) {
                t.facts.status = Status::extend;
                t.facts.counting = YearMonth(2029, 7);
            },
            {{2029, 7}},
            {Change::status}},
           {"pension",
            [](Told& t) { t.facts.pension->monthly += Fen(1); },
            {{2031, 2}},
            {Change::pension}},
           {"pension, settled earlier",
            [](Told& t) {
                t.facts.pension->monthly += Fen(1);
                t.facts.settlement = YearMonth(2030, 9);
            },
            {{2030, 9}},
            {Change::pension}},
           {"no pension",
            [](Told& t) {
                t.facts.pension.reset();
                t.facts.settlement.reset();
            },
            {{2031, 2}},
            {Change::pension}},
           {"a chosen claim", [](Told& t) { t.life.claim = YearMonth(2031, 1); }, {{2031, 1}}, {}},
           {"the account to the residents' scheme",
            [](Told& t) { t.life.move_to_resident_scheme = true; },
            {{2031, 1}},
            {}}});
}

TEST_CASE("a payment differs in its first month") {
    std::vector<Change> const none;
    check({{"a base", [](Told& t) { t.life.records[1].base += Fen(1); }, {{2016, 1}}, none},
           {"an area", [](Told& t) { t.life.records[0].area = west; }, {{2010, 1}}, none},
           {"a kind", [](Told& t) { t.life.records[2].kind = Kind::flexible; }, {{2017, 1}}, none},
           {"the money waits",
            [](Told& t) { t.life.records[2].transfer = false; },
            {{2017, 1}},
            none},
           {"a month less",
            [](Told& t) { t.life.records[2].to = YearMonth(2030, 11); },
            {{2030, 12}},
            none},
           {"begins later",
            [](Told& t) { t.life.records[2].from = YearMonth(2017, 3); },
            {{2017, 1}},
            none},
           {"a record more",
            [](Told& t) {
                t.life.records.push_back(paid(west, {2031, 2}, {2031, 12}));
                t.life.records.back().kind = Kind::extension;
            },
            {{2031, 2}},
            none},
           {"the months of a lump sum",
            [](Told& t) { t.life.records[2].lump_months = 7; },
            {{2017, 1}},
            none}});
}

TEST_CASE("transfers and refunds differ in the month of the first that does") {
    std::vector<Change> const moves{Change::transfers, Change::books};
    auto const with_transfers = [](std::vector<Transfer> transfers) {
        return [transfers = std::move(transfers)](Told& t) {
            t.books.clear();
            t.books.books(2010, east).paid_to_accounts = Fen(480'000);
            t.books.books(2032, west).pensions_from_pool = Fen(2'400'000);
            t.books.note_refund({{2020, 6}, RefundReason::overlap, east, Fen(40)});
            for (Transfer const& transfer : transfers) {
                t.books.note_transfer(transfer);
            }
        };
    };
    Transfer const move{{2017, 2}, east, west, TransferKind::move, Fen(100), Fen(200)};
    Transfer const gather{{2031, 1}, east, west, TransferKind::gather, Fen(10), Fen(20)};
    Transfer other = move;
    other.pooled += Fen(1);
    check({{"the same", with_transfers({move, gather}), std::nullopt, {}},
           {"an amount", with_transfers({other, gather}), {{2017, 2}}, moves},
           {"none at T", with_transfers({move}), {{2031, 1}}, moves},
           {"none", with_transfers({}), {{2017, 2}}, moves},
           {"one between",
            with_transfers(
                {move, {{2019, 3}, west, east, TransferKind::sent_back, Fen(1), Fen(0)}, gather}),
            {{2019, 3}},
            moves},
           {"a refund more",
            [](Told& t) {
                t.books.note_refund({{2021, 9}, RefundReason::overlap, west, Fen(1)});
            },
            {{2021, 9}},
            {Change::books}}});
}

TEST_CASE("of books alone the December of the first year that differs") {
    std::vector<Change> const books{Change::books};
    check({{"pensions",
            [](Told& t) { t.books.books(2032, west).pensions_from_pool += Fen(1); },
            {{2032, 12}},
            books},
           {"interest",
            [](Told& t) { t.books.books(2010, east).interest += Fen(1); },
            {{2010, 12}},
            books},
           {"a year more",
            [](Told& t) { t.books.books(2025, west).holdings += Fen(1); },
            {{2025, 12}},
            books},
           {"two years",
            [](Told& t) {
                t.books.books(2033, west).pensions_from_pool += Fen(1);
                t.books.books(2032, east).pensions_from_pool += Fen(1);
            },
            {{2032, 12}},
            books},
           {"an earlier decision",
            [](Told& t) {
                t.books.books(2033, west).pensions_from_pool += Fen(1);
                t.facts.benefit_area = east;
            },
            {{2031, 1}},
            {Change::benefit_area, Change::books}}});
}

TEST_CASE("a life is the simpler, the fewer its spells, then its months") {
    Life life;
    CHECK(simplicity_of(life) == Simplicity{0, 0});
    life.records = {paid(east, {2010, 1}, {2010, 12})};
    CHECK(simplicity_of(life) == Simplicity{1, 12});
    // Another base is no other spell.
    life.records.push_back(paid(east, {2011, 1}, {2011, 3}, 600'000));
    CHECK(simplicity_of(life) == Simplicity{1, 15});
    // A gap, another area, another kind are.
    life.records.push_back(paid(east, {2011, 5}, {2011, 5}));
    CHECK(simplicity_of(life) == Simplicity{2, 16});
    life.records.push_back(paid(west, {2011, 6}, {2011, 6}));
    CHECK(simplicity_of(life) == Simplicity{3, 17});
    life.records.push_back(paid(west, {2011, 7}, {2011, 7}));
    life.records.back().kind = Kind::flexible;
    CHECK(simplicity_of(life) == Simplicity{4, 18});
    CHECK(Simplicity{1, 400} < Simplicity{2, 2});
    CHECK(Simplicity{2, 2} < Simplicity{2, 3});
}

} // namespace
} // namespace pensim::engine

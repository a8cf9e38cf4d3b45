#include "core/record/fund_ledger.hpp"

#include <set>

#include <doctest/doctest.h>

#include "tests/support/simulated.hpp"

namespace pensim {
namespace {

constexpr AreaId first{0};
constexpr AreaId second{1};

/// Every member another number, from `start` on.
AreaYear numbered(std::int64_t start) {
    std::int64_t next = start;
    auto const fen = [&] { return Fen(next++); };
    AreaYear books;
    books.paid_to_accounts = fen();
    books.paid_to_pool = fen();
    books.paid_by_workers = fen();
    books.interest = fen();
    books.holdings = fen();
    books.months = next++;
    books.insured = next++;
    books.pensioners = next++;
    books.pensions_from_accounts = fen();
    books.pensions_from_pool = fen();
    books.refunds = fen();
    books.inheritances = fen();
    books.to_residents = fen();
    books.for_elsewhere = fen();
    books.by_elsewhere = fen();
    books.pension_months = next++;
    return books;
}

TEST_CASE("one area's year adds up member by member") {
    AreaYear sum = numbered(100);
    sum.add(numbered(1000));
    auto const columns = test::columns_of(sum);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        CAPTURE(columns[i].name);
        CHECK(columns[i].value == 1100 + 2 * static_cast<std::int64_t>(i));
    }
}

TEST_CASE("a ledger has a row for each area and year; the time before is one row") {
    FundLedger ledger(2);
    CHECK(ledger.areas() == 2);
    CHECK(FundLedger::years() == 2199 - 1997 + 1);
    std::set<AreaYear*> rows;
    for (int year = FundLedger::first_year; year <= YearMonth::last_year; ++year) {
        rows.insert(&ledger.at(year, first));
        rows.insert(&ledger.at(year, second));
    }
    CHECK(rows.size() == 2 * static_cast<std::size_t>(FundLedger::years()));
    for (int const year : {1900, 1970, 1996}) {
        CHECK(&ledger.at(year, second) == &ledger.at(1997, second));
    }
    ledger.at(1980, second).months = 5;
    FundLedger const& reading = ledger;
    CHECK(reading.at(1997, second).months == 5);
    CHECK(reading.at(1997, first).months == 0);
    CHECK(reading.at(1998, second).months == 0);
}

TEST_CASE("ledgers merge row by row, and forget") {
    FundLedger a(2);
    FundLedger b(2);
    a.at(2020, first) = numbered(10);
    b.at(2020, first) = numbered(20);
    b.at(2199, second) = numbered(30);
    a.merge(b);
    CHECK(test::columns_of(a.at(2020, first))[0].value == 30);
    CHECK(test::columns_of(a.at(2199, second)) == test::columns_of(numbered(30)));
    CHECK(test::columns_of(b.at(2020, first)) == test::columns_of(numbered(20)));
    a.clear();
    CHECK(a.areas() == 2);
    CHECK(test::columns_of(a.at(2020, first)) == test::columns_of(AreaYear{}));
    CHECK(test::columns_of(a.at(2199, second)) == test::columns_of(AreaYear{}));
}

TEST_CASE("a broken contract and an overflow are no silent numbers") {
    FundLedger two(2);
    CHECK_THROWS_AS(two.merge(FundLedger(3)), ContractViolation);
    AreaYear most;
    most.refunds = Fen(INT64_MAX);
    AreaYear one;
    one.refunds = Fen(1);
    CHECK_THROWS_AS(most.add(one), MoneyOverflow);
}

TEST_CASE("a cell of the flows packs into a number that sorts as tables do") {
    FlowKey const key{2031, AreaId{399}, AreaId{7}, TransferKind::temporary};
    FlowKey const again = FlowKey::unpacked(key.packed());
    CHECK(again.year == 2031);
    CHECK(again.from == AreaId{399});
    CHECK(again.to == AreaId{7});
    CHECK(again.kind == TransferKind::temporary);
    AreaId const last{0xfffe};
    FlowKey const far = FlowKey::unpacked(FlowKey{2199, last, last, TransferKind::gather}.packed());
    CHECK(far.from == last);
    CHECK(far.to == last);
    // By year, then origin, then destination, then kind.
    std::vector<FlowKey> const rising{{1997, last, last, TransferKind::temporary},
                                      {1998, first, second, TransferKind::move},
                                      {1998, first, second, TransferKind::sent_back},
                                      {1998, first, last, TransferKind::move},
                                      {1998, second, first, TransferKind::move}};
    for (std::size_t i = 1; i < rising.size(); ++i) {
        CHECK(rising[i - 1].packed() < rising[i].packed());
    }
}

} // namespace
} // namespace pensim

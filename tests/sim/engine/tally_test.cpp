#include "sim/engine/tally.hpp"

#include <functional>

#include <doctest/doctest.h>

#include "core/law/words.hpp"
#include "tests/sim/engine/areas.hpp"

namespace pensim::engine {
namespace {

void flow(Tally& tally, int year, std::int64_t account, std::int64_t pooled) {
    tally.flows.add(FlowKey{year, east, west, TransferKind::move}.packed(), {1, account, pooled});
}

/// A worker pays 1000 into the account in the east in 2000, moves west with it in 2001, earns 12 on
/// it there, takes 300 out as pensions and 100 for an overlap in 2002, 50 go to the residents'
/// scheme; the heirs have the rest in 2003.
Tally small_books() {
    Tally tally(2, {});
    AreaYear& paid = tally.ledger.at(2000, east);
    paid.paid_to_accounts = Fen(1000);
    paid.paid_to_pool = Fen(2000);
    paid.holdings = Fen(1000);
    flow(tally, 2001, 1000, 1200);
    AreaYear& moved = tally.ledger.at(2001, west);
    moved.interest = Fen(12);
    moved.holdings = Fen(1012);
    AreaYear& pension = tally.ledger.at(2002, west);
    pension.pensions_from_accounts = Fen(300);
    pension.pensions_from_pool = Fen(700);
    pension.refunds = Fen(100);
    pension.to_residents = Fen(50);
    pension.holdings = Fen(562);
    tally.ledger.at(2003, west).inheritances = Fen(562);
    return tally;
}

AreaBalance balance(std::vector<AreaBalance> const& balances, int year, AreaId area) {
    return balances[static_cast<std::size_t>(year - FundLedger::first_year) * 2 + row(area)];
}

TEST_CASE("a cell of the locations packs and unpacks, areas or not") {
    for (auto const group : {Group::hong_kong, Group::mainland}) {
        for (auto const branch : {Branch::none, Branch::last_area_election}) {
            for (std::optional<AreaId> const last : {std::optional<AreaId>{},
                                                     std::optional(AreaId{0}),
                                                     std::optional(AreaId{0xfffe})}) {
                for (std::optional<AreaId> const benefit : {std::optional<AreaId>{},
                                                            std::optional(AreaId{0}),
                                                            std::optional(AreaId{399})}) {
                    LocationKey const key{group, branch, last, benefit};
                    LocationKey const again = LocationKey::unpacked(key.packed());
                    CHECK(again.group == group);
                    CHECK(again.branch == branch);
                    CHECK(again.last_area == last);
                    CHECK(again.benefit_area == benefit);
                }
            }
        }
    }
    // By group, branch, last area, benefit area; no area comes last.
    LocationKey const some{Group::macau, Branch::longest, AreaId{5}, AreaId{5}};
    LocationKey const none{Group::macau, Branch::longest, AreaId{5}, std::nullopt};
    LocationKey const later{Group::macau, Branch::longest_last, AreaId{0}, AreaId{0}};
    LocationKey const other{Group::taiwan, Branch::none, AreaId{0}, AreaId{0}};
    CHECK(some.packed() < none.packed());
    CHECK(none.packed() < later.packed());
    CHECK(later.packed() < other.packed());
}

TEST_CASE("counts are as long as the enumerations") {
    CHECK(group_count == words<Group>.size());
    CHECK(status_count == words<Status>.size());
}

TEST_CASE("balances add up every posting to the end of each year") {
    Tally tally = small_books();
    auto const balances = balances_of(tally);
    struct Row {
        int year;
        std::int64_t east_accounts;
        std::int64_t east_pool;
        std::int64_t west_accounts;
        std::int64_t west_pool;
    };
    for (Row const& r : {Row{1997, 0, 0, 0, 0},
                         {1999, 0, 0, 0, 0},
                         {2000, 1000, 2000, 0, 0},
                         {2001, 0, 800, 1012, 1200},
                         {2002, 0, 800, 562, 500},
                         {2003, 0, 800, 0, 500},
                         {2199, 0, 800, 0, 500}}) {
        CAPTURE(r.year);
        CHECK(balance(balances, r.year, east).accounts == Fen(r.east_accounts));
        CHECK(balance(balances, r.year, east).pool == Fen(r.east_pool));
        CHECK(balance(balances, r.year, west).accounts == Fen(r.west_accounts));
        CHECK(balance(balances, r.year, west).pool == Fen(r.west_pool));
    }
    CHECK(find_imbalance(tally) == std::nullopt);
}

TEST_CASE("a flow of the time before the books is in their first row") {
    Tally tally(2, {});
    flow(tally, 1980, 0, 30);
    auto const balances = balances_of(tally);
    CHECK(balance(balances, 1997, east).pool == Fen(-30));
    CHECK(balance(balances, 1997, west).pool == Fen(30));
}

TEST_CASE("an error planted into any column of the account fund is found, in its year") {
    struct Plant {
        char const* column;
        std::function<Fen&(AreaYear&)> of;
    };
    std::vector<Plant> const plants{
        {"paid_to_accounts", [](AreaYear& b) -> Fen& { return b.paid_to_accounts; }},
        {"interest", [](AreaYear& b) -> Fen& { return b.interest; }},
        {"holdings", [](AreaYear& b) -> Fen& { return b.holdings; }},
        {"pensions_from_accounts", [](AreaYear& b) -> Fen& { return b.pensions_from_accounts; }},
        {"refunds", [](AreaYear& b) -> Fen& { return b.refunds; }},
        {"inheritances", [](AreaYear& b) -> Fen& { return b.inheritances; }},
        {"to_residents", [](AreaYear& b) -> Fen& { return b.to_residents; }}};
    for (Plant const& plant : plants) {
        for (int const year : {1997, 2002, 2100, 2199}) {
            for (std::int64_t const wrong : {1, -1}) {
                CAPTURE(plant.column);
                CAPTURE(year);
                Tally tally = small_books();
                plant.of(tally.ledger.at(year, west)) += Fen(wrong);
                auto const found = find_imbalance(tally);
                REQUIRE(found.has_value());
                CHECK(found->starts_with("area 1 in " + std::to_string(year) + ": "));
            }
        }
    }
    Tally tally = small_books();
    flow(tally, 2010, 1, 0);
    CHECK(find_imbalance(tally) == "area 0 in 2010: the account fund has -1 fen, people hold 0");
}

TEST_CASE("tallies merge and forget") {
    Watch watch;
    watch.months = {YearMonth(2020, 1), YearMonth(2021, 1)};
    watch.moves_from = YearMonth(2015, 1);
    watch.moves_to = YearMonth(2020, 1);
    auto const filled = [&] {
        Tally tally(2, watch);
        tally.people = 3;
        tally.by_status[1] = 4;
        REQUIRE(tally.paying.size() == 2 * group_count * 2);
        REQUIRE(tally.moves.size() == 4);
        tally.paying[(1 * group_count + 4) * 2 + 1] = 5;
        tally.moves[2] = 6;
        tally.ledger.at(2020, east).months = 7;
        flow(tally, 2020, 8, 9);
        tally.locations.add(LocationKey{}.packed(), {10});
        return tally;
    };
    Tally a = filled();
    Tally b = filled();
    a.merge(b);
    CHECK(a.people == 6);
    CHECK(a.by_status[1] == 8);
    CHECK(a.paying_at(1, Group::mainland, west) == 10);
    CHECK(a.paying_at(0, Group::mainland, west) == 0);
    CHECK(a.moves[2] == 12);
    CHECK(a.ledger.at(2020, east).months == 14);
    CHECK(a.flows.cells()[0].values == std::array<std::int64_t, 3>{2, 16, 18});
    CHECK(a.locations.cells()[0].values[0] == 20);
    a.clear();
    CHECK(a.people == 0);
    CHECK(a.by_status[1] == 0);
    CHECK(a.paying_at(1, Group::mainland, west) == 0);
    CHECK(a.moves == std::vector<std::int64_t>(4));
    CHECK(a.ledger.at(2020, east).months == 0);
    CHECK(a.flows.cells().empty());
    CHECK(a.locations.cells().empty());
    CHECK(Tally(2, {}).moves.empty());
}

} // namespace
} // namespace pensim::engine

#include "sim/engine/book_keeper.hpp"

#include <set>

#include <doctest/doctest.h>

#include "core/law/decide.hpp"
#include "tests/support/plain_books.hpp"
#include "tests/support/random_life.hpp"
#include "tests/support/shipped.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::test {
namespace {

/// What pensions post is the business of the runner; the walk posts all else.
bool is_of_walk(std::string_view column) {
    static std::set<std::string_view> const columns{"paid_to_accounts",
                                                    "paid_to_pool",
                                                    "paid_by_workers",
                                                    "months",
                                                    "insured",
                                                    "refunds",
                                                    "to_residents"};
    return columns.contains(column);
}

void compare(FundLedger const& books, FundLedger const& plain, bool settled, Life const& life) {
    for (int year = FundLedger::first_year; year <= YearMonth::last_year; ++year) {
        for (std::size_t area = 0; area < books.areas(); ++area) {
            auto const mine = columns_of(books.at(year, static_cast<AreaId>(area)));
            auto const theirs = columns_of(plain.at(year, static_cast<AreaId>(area)));
            for (std::size_t i = 0; i < mine.size(); ++i) {
                if (mine[i] != theirs[i] && (!settled || is_of_walk(mine[i].name))) {
                    FAIL_CHECK(areas()[static_cast<AreaId>(area)].id,
                               " in ",
                               year,
                               ", ",
                               mine[i].name,
                               ": ",
                               mine[i].value,
                               " and plainly ",
                               theirs[i].value,
                               "\n",
                               describe(life));
                    return;
                }
            }
        }
    }
}

// Simulated lives have no overlaps and few lump sums; random lives have everything.
TEST_CASE("the books of random lives are those of a plain reading") {
    std::mt19937_64 random(20260103);
    cases::Law const& law = shipped_law("law");
    law::LawContext const context = law.context();
    constexpr std::size_t areas_used = 5;
    law::Decider decider = law.decider();
    engine::Tally tally(areas_used, {});
    engine::Watch const nothing;
    int overlaps = 0;
    int unsettled = 0;
    for (int i = 0; i < 1500; ++i) {
        Life life = random_life(random, {.rules = &law.book(), .wages = &tables().wages});
        bool const dies = !life.events.empty() && life.events.back().kind == EventKind::death;
        if (!dies) {
            life.events.push_back({EventKind::death, YearMonth(2150, 6), false});
        }
        if (!decider.decide(life)) {
            continue;
        }
        Outcome const& outcome = decider.outcome();
        tally.clear();
        engine::BookKeeper<engine::Tally> keeper(tally, nothing, areas_used);
        keeper.open(life);
        law::Walk walk;
        law::Timeline(context, life, walk, keeper).run();
        FundLedger plain(areas_used);
        add_plain_books(plain, law.book(), tables().wages, life);
        bool const settled = outcome.settlement_month.has_value();
        compare(tally.ledger, plain, settled, life);
        CHECK((settled || keeper.held() == Fen{}));
        CHECK(keeper.moved().transfers == static_cast<int>(outcome.transfers.size()));
        unsettled += settled ? 0 : 1;
        for (Refund const& refund : outcome.refunds) {
            overlaps += refund.reason == RefundReason::overlap ? 1 : 0;
        }
        if (!settled) {
            CHECK(engine::find_imbalance(tally) == std::nullopt);
        }
    }
    CHECK(unsettled > 200);
    CHECK(overlaps > 100);
}

} // namespace
} // namespace pensim::test

// The lives on which lanes are compared with the general way (batch_runner_test.cpp) need
// everything that the lanes do: here they are walked through the law, and what happens in them is
// counted.
#include "sim/lanes/planner.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "core/law/timeline.hpp"
#include "tests/sim/lanes/restless_world.hpp"
#include "tests/support/few_lives.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::test {

namespace {

/// Follows the holdings of one life.
struct Followed : law::SilentListener {
    explicit Followed(Life const& of) : life(of) {}

    void paid(law::PaidStretch const& stretch) {
        AreaId const area = life.records[static_cast<std::size_t>(stretch.record)].area;
        holdings.insert(area);
        most_holdings = std::max(most_holdings, holdings.size());
        comes_back = comes_back || ended;
        temporary = temporary || stretch.temporary;
    }
    void relation_moved(YearMonth month, std::optional<AreaId> from, AreaId to, bool) {
        if (from) {
            bool const back = left_from == to && left_to == from;
            back_in_calendar_year =
                back_in_calendar_year || (back && month.year() == left_in.year());
            left_from = *from;
            left_to = to;
            left_in = month;
        }
    }
    void transferred(Transfer const& t) {
        ++kinds[t.kind];
        passes += last_transfer != t.month || transferred_to != t.to ? 1 : 0;
        last_transfer = t.month;
        transferred_to = t.to;
        bool const joins = holdings.contains(t.to) && (last_join != t.month || joined_to != t.to);
        joins_in_a_row += joins ? 1 : 0;
        last_join = joins ? t.month : last_join;
        joined_to = t.to;
        holdings.erase(t.from);
        holdings.insert(t.to);
    }
    void departed(YearMonth, bool terminated) { ended = ended || terminated; }
    void refunded(Refund const& refund, Fen) {
        holdings.erase(refund.area);
        ++refunds;
    }

    Life const& life;
    std::set<AreaId> holdings;
    std::map<TransferKind, int> kinds;
    std::size_t most_holdings = 0;
    std::optional<AreaId> left_from;
    std::optional<AreaId> left_to;
    YearMonth left_in = YearMonth::first();
    std::optional<YearMonth> last_join;
    std::optional<AreaId> joined_to;
    int joins_in_a_row = 0;
    std::optional<YearMonth> last_transfer;
    std::optional<AreaId> transferred_to;
    int passes = 0; ///< of the lanes, besides the first, where no holding is by itself
    int refunds = 0;
    bool ended = false;
    bool comes_back = false;
    bool back_in_calendar_year = false;
    bool temporary = false;
};

/// Something that at least so many lives must have.
struct Wanted {
    std::string_view what;
    int lives_at_least;
};

/// How many lives have what, by name.
class Happenings {
  public:
    void add(world::DrawnLife const& drawn, law::LawContext const& law) {
        Followed followed(drawn.life);
        law::Walk walk;
        law::Timeline(law, drawn.life, walk, followed).run();
        auto const note = [&](std::string_view what, bool happens) {
            lives_[what] += happens ? 1 : 0;
        };
        auto const any = [&](TransferKind kind) { return followed.kinds[kind] > 0; };
        note("money moves", any(TransferKind::move));
        note("gathers", any(TransferKind::gather));
        note("is sent back", any(TransferKind::sent_back));
        note("gathers a temporary account", any(TransferKind::temporary));
        note("several accounts at once", followed.most_holdings > 1);
        note("more accounts than lanes have room for", followed.most_holdings >= 8);
        note("accounts join", followed.joins_in_a_row > 0);
        note("accounts join twice", followed.joins_in_a_row > 1);
        note("accounts join four times", followed.joins_in_a_row > 3);
        note("more transfers than passes",
             followed.passes >= static_cast<int>(lanes::PaidYears::passes_max));
        note("pays into a temporary account", followed.temporary);
        note("comes back after the end", followed.comes_back);
        note("several refunds", followed.refunds > 1);
        note("moves there and back within a calendar year", followed.back_in_calendar_year);
        bool const after_T = walk.counted && walk.terminated && walk.months_total == 0;
        note("ends the relation after T", after_T && !walk.counted_standings.empty());
        note("goes on after T", walk.extension_months > 0);
        note("dies while going on", walk.extension_months > 0 && !walk.settlement);
        note("takes the account to the residents", walk.bridged);
        note("pays a lump sum", !walk.lump_sums.empty());
        note("claims early", walk.counting < walk.statutory);
        note("claims late", walk.counting > walk.statutory);
        note("dies before T", !walk.counted);
        note("settles in December", walk.settlement && walk.settlement->month() == 12);
        note("dies in the month after settling",
             walk.settlement && drawn.death == walk.settlement->next());
        note("dies in the year of settling",
             walk.settlement && drawn.death.year() == walk.settlement->year());
        note("nothing is ever paid", drawn.life.records.empty());
    }
    void require(std::vector<Wanted> const& wanted) const {
        for (Wanted const& w : wanted) {
            CAPTURE(w.what);
            REQUIRE(lives_.contains(w.what));
            CHECK(lives_.at(w.what) >= w.lives_at_least);
        }
    }

  private:
    std::map<std::string_view, int> lives_;
};

} // namespace

TEST_CASE("the people of the shipped scenarios do what the lanes are for") {
    struct Case {
        std::string_view id;
        std::vector<Wanted> wanted;
    };
    // About half of what was counted when this was written.
    for (auto const& c : {Case{"national",
                               {{"money moves", 200},
                                {"gathers", 40},
                                {"gathers a temporary account", 70},
                                {"several accounts at once", 100},
                                {"accounts join", 100},
                                {"claims early", 250},
                                {"goes on after T", 90},
                                {"settles in December", 150}}},
                          {"country400",
                           {{"money moves", 600},
                            {"gathers a temporary account", 200},
                            {"accounts join", 350},
                            {"accounts join twice", 8},
                            {"moves there and back within a calendar year", 5},
                            {"dies in the year of settling", 3}}},
                          {"hmt",
                           {{"is sent back", 130},
                            {"ends the relation after T", 250},
                            {"comes back after the end", 180},
                            {"several refunds", 100},
                            {"dies while going on", 30},
                            {"takes the account to the residents", 100},
                            {"nothing is ever paid", 15}}}}) {
        CAPTURE(c.id);
        auto const simulation = simulated(c.id, {.with_pilot = false});
        law::LawContext const law = simulation->law->context();
        world::LifeDrawer drawer(simulation->world, law, simulation->limits);
        Happenings happenings;
        for (std::uint64_t person = 0; person < 4'000; ++person) {
            happenings.add(drawer.draw(simulation->key(0), person), law);
        }
        happenings.require(c.wanted);
    }
}

TEST_CASE("people who are never at rest do all that can be done, and more than lanes can") {
    SmallWorld const world = restless_world("law");
    world::LifeDrawer drawer = world.drawer();
    Happenings happenings;
    for (std::uint64_t person = 1'000; person < 5'000; ++person) {
        happenings.add(drawer.draw({2024, 7}, person), world.law);
    }
    happenings.require({{"money moves", 1'500},
                        {"gathers", 600},
                        {"is sent back", 100},
                        {"gathers a temporary account", 1'000},
                        {"pays into a temporary account", 1'000},
                        {"several accounts at once", 1'800},
                        {"more accounts than lanes have room for", 1},
                        {"accounts join twice", 1'400},
                        {"accounts join four times", 800},
                        {"more transfers than passes", 1},
                        {"comes back after the end", 120},
                        {"several refunds", 200},
                        {"moves there and back within a calendar year", 800},
                        {"ends the relation after T", 150},
                        {"goes on after T", 300},
                        {"dies while going on", 15},
                        {"takes the account to the residents", 70},
                        {"pays a lump sum", 5},
                        {"claims early", 200},
                        {"claims late", 600},
                        {"dies before T", 100},
                        {"settles in December", 100},
                        {"dies in the month after settling", 1},
                        {"dies in the year of settling", 3},
                        {"nothing is ever paid", 30}});
}

} // namespace pensim::test

#include "core/law/resident_bridge.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "core/law/decide.hpp"
#include "core/law/words.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

law::RuleBook book_with_interest(std::int64_t ppm) {
    law::RuleBook book = rules("law");
    book.account.interest.replace_from({{YearMonth::first(), Rate::ppm(ppm), ""}});
    return book;
}

Record resident(std::string_view where, YearMonth from, YearMonth to, std::int64_t yearly_fen) {
    return {.area = area(where),
            .from = from,
            .to = to,
            .base = Fen(yearly_fen),
            .scheme = Scheme::resident};
}
/// 1 000.00 a month.
Record paid_in(std::string_view where, YearMonth from, YearMonth to, Kind kind = Kind::employed) {
    return {.area = area(where), .from = from, .to = to, .base = Fen{100'000}, .kind = kind};
}

law::ResidentAccount account_of(std::vector<Record> records,
                                std::vector<law::PaidRun> const& employee_months,
                                YearMonth until,
                                std::int64_t interest_ppm = 0) {
    Life life;
    life.records = std::move(records);
    law::Walk walk;
    walk.runs = employee_months;
    return law::resident_account(book_with_interest(interest_ppm), life, walk, until);
}

std::string text(std::vector<Refund> const& refunds) {
    std::string all;
    for (Refund const& r : refunds) {
        all += (all.empty() ? "" : "; ") + r.month.text() + ' ' + std::string(word(r.reason)) + ' '
               + areas()[r.area].id + ' ' + std::to_string(r.account.count());
    }
    return all;
}

/// "direction month area account months"
std::string text(std::optional<Bridge> const& b) {
    return !b ? "-"
              : std::string(word(b->direction)) + ' ' + b->month.text() + ' ' + areas()[b->area].id
                    + ' ' + std::to_string(b->account.count()) + ' ' + std::to_string(b->months);
}

/// Decides without interest.
class BridgeCourt {
  public:
    BridgeCourt() : decider_({book_, money_, wages_}, areas().default_count()) {}
    BridgeCourt(BridgeCourt const&) = delete;
    BridgeCourt& operator=(BridgeCourt const&) = delete;
    Outcome const& decide(Life const& life) {
        REQUIRE(decider_.decide(life));
        return decider_.outcome();
    }

  private:
    law::RuleBook book_ = book_with_interest(0);
    law::MoneyCalendar money_{book_};
    AverageWages wages_{2000, 1, std::vector<Fen>(areas().size(), Fen{500'000})};
    law::Decider decider_;
};

/// A man from Hong Kong; statutory month at 60, before the delays.
Life hk(YearMonth birth, std::vector<Record> records) {
    Life life;
    life.group = Group::hong_kong;
    life.birth = birth;
    life.records = std::move(records);
    return life;
}

Life electing(Life life) {
    life.move_to_resident_scheme = true;
    return life;
}

} // namespace

TEST_CASE("twelve monthly shares make the year, to the fen") {
    for (std::int64_t const yearly : {0, 1, 5, 6, 7, 11, 12, 13, 100, 18'000, 480'001}) {
        CAPTURE(yearly);
        auto const year =
            account_of({resident("GD", {2020, 1}, {2020, 12}, yearly)}, {}, {2020, 12});
        CHECK(year.balance == Fen(yearly));
        auto const two = account_of({resident("GD", {2020, 7}, {2022, 6}, yearly)}, {}, {2022, 12});
        CHECK(two.balance == Fen(2 * yearly));
    }
}

TEST_CASE("part of a year is a difference of rounded running sums") {
    struct Case {
        std::string why;
        YearMonth from;
        YearMonth to;
        YearMonth until;
        std::int64_t balance;
    };
    for (auto const& c : std::vector<Case>{
             {"half a year of 1.00", {2020, 1}, {2020, 6}, {2020, 12}, 50},
             {"the other half", {2020, 7}, {2020, 12}, {2020, 12}, 50},
             {"January: 8.33", {2020, 1}, {2020, 1}, {2020, 12}, 8},
             {"February: 16.67 - 8.33", {2020, 2}, {2020, 2}, {2020, 12}, 9},
             {"March to May: 41.67 - 16.67", {2020, 3}, {2020, 5}, {2020, 12}, 25},
             {"asked for in the middle", {2020, 1}, {2020, 12}, {2020, 6}, 50},
             {"asked for in its first month", {2020, 1}, {2020, 12}, {2020, 1}, 8},
             {"asked for before it", {2020, 1}, {2020, 12}, {2019, 12}, 0},
         }) {
        CAPTURE(c.why);
        auto const account = account_of({resident("GD", c.from, c.to, 100)}, {}, c.until);
        CHECK(account.balance == Fen(c.balance));
    }
}

TEST_CASE("the account earns the recorded interest: 1% a month") {
    // 100 a month: 100 x 78 x 1% = 78 by December, 1 278 x 12% = 153.36 a year later.
    std::vector<Record> const records{resident("GD", {2020, 1}, {2020, 12}, 1'200)};
    CHECK(account_of(records, {}, {2020, 3}, 120'000).balance == Fen{306});
    CHECK(account_of(records, {}, {2020, 12}, 120'000).balance == Fen{1'278});
    CHECK(account_of(records, {}, {2021, 6}, 120'000).balance == Fen{1'355}); // 76.68
    CHECK(account_of(records, {}, {2021, 12}, 120'000).balance == Fen{1'431});
}

TEST_CASE("months of both schemes belong to the employees' scheme") {
    struct Case {
        std::string why;
        std::vector<Record> records;
        std::vector<law::PaidRun> employee_months;
        std::int64_t balance;
        std::string refunds;
        std::string_view area;
    };
    Record const year = resident("GD", {2020, 1}, {2020, 12}, 1'200);
    Record const later = resident("SH", {2020, 12}, {2021, 1}, 600);
    Record kept = later;
    kept.keep = true;
    for (auto const& c : std::vector<Case>{
             {"none in common", {year}, {{{2019, 1}, {2019, 12}, 0}}, 1'200, "", "GD"},
             {"one in common",
              {year},
              {{{2019, 1}, {2020, 1}, 0}},
              1'100,
              "2020-01 overlap GD 100",
              "GD"},
             {"the last in common",
              {year},
              {{{2020, 12}, {2022, 1}, 0}},
              1'100,
              "2020-12 overlap GD 100",
              "GD"},
             {"two resident records: the earlier start",
              {year, later},
              {},
              1'250,
              "2020-12 overlap SH 50",
              "SH"},
             {"listed otherwise", {later, year}, {}, 1'250, "2020-12 overlap SH 50", "SH"},
             {"the kept one", {year, kept}, {}, 1'200, "2020-12 overlap GD 100", "SH"},
             {"all three: both go back",
              {year, later},
              {{{2020, 12}, {2020, 12}, 0}},
              1'150,
              "2020-12 overlap GD 100; 2020-12 overlap SH 50",
              "SH"},
         }) {
        CAPTURE(c.why);
        auto const account = account_of(c.records, c.employee_months, {2022, 12});
        CHECK(account.balance == Fen(c.balance));
        CHECK(text(account.overlaps) == c.refunds);
        CHECK(account.area == area(c.area));
    }
}

TEST_CASE("with enough months the resident account joins the pension, and adds no months") {
    struct Case {
        std::string why;
        Life life;
        std::string bridge;
        std::int64_t balance;
    };
    // 180 months: 110.00 until 2005-12, 80.00 from 2006-01.
    Record const saved = resident("SH", {1998, 1}, {1998, 12}, 12'000);
    std::vector<Record> const by_june{saved, paid_in("GD", {1999, 7}, {2014, 6})};
    std::vector<Record> const by_july{saved, paid_in("GD", {1999, 8}, {2014, 7})};
    std::vector<Record> short_in_june{saved, paid_in("GD", {1999, 9}, {2014, 6})};
    std::vector<Record> extended = short_in_june;
    extended.push_back(paid_in("GD", {2014, 7}, {2014, 8}, Kind::extension));
    std::vector<Record> const alone{paid_in("GD", {1999, 8}, {2014, 7})};
    for (auto const& c : std::vector<Case>{
             {"settled in 2014-06: 78 x 110 + 102 x 80", hk({1954, 6}, by_june), "-", 1'674'000},
             {"settled in 2014-07: 77 x 110 + 103 x 80 + 120",
              hk({1954, 7}, by_july),
              "resident_to_employee 2014-07 GD 12000 0",
              1'683'000},
             {"T in 2014-06, settled in 2014-08: 76 x 110 + 104 x 80 + 120",
              hk({1954, 6}, extended),
              "resident_to_employee 2014-08 GD 12000 0",
              1'680'000},
             {"the election is for those who are short",
              electing(hk({1954, 7}, by_july)),
              "resident_to_employee 2014-07 GD 12000 0",
              1'683'000},
             {"no resident account", hk({1954, 7}, alone), "-", 1'671'000},
         }) {
        CAPTURE(c.why);
        BridgeCourt court;
        Outcome const& outcome = court.decide(c.life);
        CHECK(outcome.status == Status::pension);
        CHECK(outcome.months_total == 180);
        CHECK(text(outcome.bridge) == c.bridge);
        CHECK(outcome.account_balance == Fen(c.balance));
    }
}

TEST_CASE("short: the account and its months may go to the residents' scheme") {
    struct Case {
        std::string why;
        Life life;
        std::string bridge;
    };
    std::vector<Record> const to_june{paid_in("GD", {2013, 7}, {2014, 6})};
    std::vector<Record> const to_july{paid_in("GD", {2013, 8}, {2014, 7})};
    std::vector<Record> both = to_july;
    both.push_back(resident("SH", {2010, 1}, {2010, 12}, 12'000));
    Life home = electing(hk({1954, 7}, to_july));
    home.group = Group::mainland;
    home.hukou = area("SC");
    std::vector<Record> extended = to_july;
    extended.push_back(paid_in("GD", {2014, 8}, {2014, 9}, Kind::extension));
    Life const nothing_paid = electing(hk({1954, 7}, {}));
    for (auto const& c : std::vector<Case>{
             {"T in 2014-06: the bridge is closed", electing(hk({1954, 6}, to_june)), "-"},
             {"T in 2014-07: 12 x 80",
              electing(hk({1954, 7}, to_july)),
              "employee_to_resident 2014-07 GD 96000 12"},
             {"not elected", hk({1954, 7}, to_july), "-"},
             {"where the resident scheme was paid",
              electing(hk({1954, 7}, both)),
              "employee_to_resident 2014-07 SH 96000 12"},
             {"mainland: at the hukou", home, "employee_to_resident 2014-07 SC 96000 12"},
             {"who paid on and is still short crosses in the end",
              electing(hk({1954, 7}, extended)),
              "employee_to_resident 2014-07 GD 96000 14"},
             {"nothing to take along", nothing_paid, "-"},
         }) {
        CAPTURE(c.why);
        BridgeCourt court;
        CHECK(text(court.decide(c.life).bridge) == c.bridge);
    }
}

TEST_CASE("a death leaves with the residents' scheme what went there at T") {
    struct Case {
        std::string why;
        Life life;
        std::string bridge;
        std::string refunds;
    };
    YearMonth const counting{2014, 7};
    std::vector<Record> const to_july{paid_in("GD", {2013, 8}, counting)}; // 12 x 80
    auto const extended = [&](YearMonth from, YearMonth to) {
        std::vector<Record> records = to_july;
        records.push_back(paid_in("GD", from, to, Kind::extension));
        return records;
    };
    std::vector<Record> resident_later = to_july;
    resident_later.push_back(resident("SH", {2014, 8}, {2014, 12}, 12'000));
    auto const with = [](Life life, std::vector<Event> events) {
        life.events = std::move(events);
        return life;
    };
    auto const death = [](int year, int month) {
        return Event{EventKind::death, {year, month}, false};
    };
    Event const ends{EventKind::depart, {2015, 3}, true};
    Event const leaves{EventKind::depart, {2015, 3}, false};
    std::string const crossed = "employee_to_resident 2014-07 GD 96000 12";
    std::string const inherited = "death GD 96000";
    Life const choosing = electing(hk({1954, 7}, to_july));
    for (auto const& c : std::vector<Case>{
             {"before T", with(choosing, {death(2014, 6)}), "-", "2014-06 death GD 88000"},
             {"in T, before the test",
              with(choosing, {death(2014, 7)}),
              "-",
              "2014-07 " + inherited},
             {"a month after T", with(choosing, {death(2014, 8)}), crossed, ""},
             {"years after T", with(choosing, {death(2034, 5)}), crossed, ""},
             {"not elected",
              with(hk({1954, 7}, to_july), {death(2014, 8)}),
              "-",
              "2014-08 " + inherited},
             {"the bridge is closed",
              with(electing(hk({1954, 6}, {paid_in("GD", {2013, 7}, {2014, 6})})),
                   {death(2014, 8)}),
              "-",
              "2014-08 " + inherited},
             {"who pays on lets the choice lapse",
              with(electing(hk({1954, 7}, extended({2014, 8}, {2014, 8}))), {death(2014, 9)}),
              "-",
              "2014-09 death GD 104000"},
             {"also in the month of death",
              with(electing(hk({1954, 7}, extended({2014, 8}, {2014, 8}))), {death(2014, 8)}),
              "-",
              "2014-08 death GD 104000"},
             {"not by what is recorded after the death",
              with(electing(hk({1954, 7}, extended({2014, 9}, {2014, 9}))), {death(2014, 8)}),
              crossed,
              ""},
             {"who leaves and keeps the relation",
              with(choosing, {leaves, death(2016, 1)}),
              crossed,
              ""},
             {"who ends the relation lets the choice lapse",
              with(choosing, {ends, death(2016, 1)}),
              "-",
              "2015-03 terminated GD 96000"},
             {"paid in the residents' scheme after T: that is no place to cross to",
              with(electing(hk({1954, 7}, resident_later)), {death(2014, 12)}),
              crossed,
              "2014-12 death SH 5000"},
         }) {
        CAPTURE(c.why);
        BridgeCourt court;
        Outcome const& outcome = court.decide(c.life);
        bool const terminated = c.refunds.find("terminated") != std::string::npos;
        CHECK(outcome.status == (terminated ? Status::refunded : Status::died));
        CHECK(text(outcome.bridge) == c.bridge);
        CHECK(text(outcome.refunds) == c.refunds);
        CHECK_FALSE(outcome.account_balance);
        CHECK(outcome.missing_months == 0);
        bool const after_counting = c.life.events.back().month > counting && !terminated;
        CHECK(outcome.benefit_area
              == (after_counting ? std::optional(area("GD")) : std::optional<AreaId>()));
        CHECK((outcome.branch == Branch::longest) == after_counting);
    }
}

namespace {

/// What a walk tells of money, a line a step.
struct MoneyHeard : law::SilentListener {
    std::string text;
    void bridged(YearMonth month, AreaId from, Fen account, Fen /*interest*/) {
        add(month.text() + " bridged " + areas()[from].id, account);
    }
    void interest_credited(YearMonth month, law::Holding const& holding, Fen interest) {
        add(month.text() + " interest " + areas()[holding.area].id, interest);
    }
    void refunded(Refund const& refund, Fen /*interest*/) {
        add(refund.month.text() + " refunded " + areas()[refund.area].id, refund.account);
    }
    void add(std::string const& what, Fen amount) {
        text += (text.empty() ? "" : "; ") + what + ' ' + std::to_string(amount.count());
    }
};

} // namespace

TEST_CASE("the account leaves at T with part-year interest, and bears none afterwards") {
    struct Case {
        std::string why;
        YearMonth birth;
        std::vector<Record> records;
        bool elected;
        bool each_area;
        std::string heard;
    };
    // 1% a month; 80.00 a month.
    for (auto const& c : std::vector<Case>{
             {"T in 2014-08: 160 and 2.40",
              {1954, 8},
              {paid_in("GD", {2014, 7}, {2014, 8})},
              true,
              false,
              "2014-08 bridged GD 16240"},
             {"not elected",
              {1954, 8},
              {paid_in("GD", {2014, 7}, {2014, 8})},
              false,
              false,
              "2014-12 interest GD 880; 2015-12 interest GD 2026; 2016-01 refunded GD 19095"},
             {"T in December: the year's interest goes along",
              {1954, 12},
              {paid_in("GD", {2014, 11}, {2014, 12})},
              true,
              false,
              "2014-12 bridged GD 16240"},
             {"gathered at T: all of it goes",
              {1954, 8},
              {paid_in("SH", {2014, 6}, {2014, 6}), paid_in("GD", {2014, 7}, {2014, 8})},
              true,
              false,
              "2014-08 bridged GD 24480"},
             {"each area for itself: the benefit location's goes, the other stays and is inherited",
              {1954, 8},
              {paid_in("SH", {2014, 6}, {2014, 6}), paid_in("GD", {2014, 7}, {2014, 8})},
              true,
              true,
              "2014-08 bridged GD 16240; 2014-12 interest SH 560; 2015-12 interest SH 1027; "
              "2016-01 refunded SH 9683"},
         }) {
        CAPTURE(c.why);
        law::RuleBook book = book_with_interest(120'000);
        if (c.each_area) {
            book.pension.paid_by.replace_from({{YearMonth::first(), law::PaidBy::each_area, ""}});
        }
        law::MoneyCalendar const money(book);
        AverageWages const wages(2000, 1, std::vector<Fen>(areas().size(), Fen{500'000}));
        Life life = hk(c.birth, c.records);
        life.move_to_resident_scheme = c.elected;
        life.events = {{EventKind::death, {2016, 1}, false}};
        law::Walk walk;
        MoneyHeard heard;
        law::LawContext const context{book, money, wages};
        law::Timeline(context, life, walk, heard).run();
        CHECK(heard.text == c.heard);
        CHECK(walk.bridged == c.elected);
    }
}

TEST_CASE("refunds of both schemes stand in order of month; heirs inherit both accounts") {
    BridgeCourt court;
    Life life = hk({1967, 3},
                   {paid_in("GD", {2020, 1}, {2020, 3}),
                    paid_in("SH", {2020, 2}, {2020, 2}),
                    resident("GD", {2019, 12}, {2020, 1}, 1'200)});
    life.events = {{EventKind::death, {2020, 3}, false}};
    CHECK(text(court.decide(life).refunds)
          == "2020-01 overlap GD 100; 2020-02 overlap SH 8000; 2020-03 death GD 24000; "
             "2020-03 death GD 100");
}

TEST_CASE("resident records alone make no month of the employees' scheme") {
    BridgeCourt court;
    Outcome const& outcome =
        court.decide(hk({1954, 7}, {resident("GD", {2010, 1}, {2010, 12}, 12'000)}));
    CHECK(outcome.status == Status::no_contributions);
    CHECK(outcome.months_total == 0);
    CHECK_FALSE(outcome.bridge);
    CHECK_FALSE(law::has_resident_records(hk({1954, 7}, {paid_in("GD", {2010, 1}, {2010, 1})})));
}

} // namespace pensim::test

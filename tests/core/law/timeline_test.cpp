#include "core/law/timeline.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "core/law/decide.hpp"
#include "core/law/words.hpp"
#include "tests/support/shipped.hpp"

// Every record pays 1 000.00 a month unless it says otherwise: 80.00 to the account from 2006-01 on
// (110.00 before), 120.00 of pooled money that moves. Most tests run without interest, so that each
// amount is months times 80 and 120.

namespace pensim::test {

namespace {

using Fault = law::LifeFaultKind;
using BookEdit = std::function<void(law::RuleBook&)>;

void without_interest(law::RuleBook& book) {
    book.account.interest.replace_from({{YearMonth::first(), Rate{}, ""}});
}
void one_percent_a_month(law::RuleBook& book) {
    book.account.interest.replace_from({{YearMonth::first(), Rate::ppm(120'000), ""}});
}

/// A rule set with a change, and what decides by it.
class Court {
  public:
    explicit Court(BookEdit const& change = without_interest, std::string_view id = "law")
        : book_(changed(id, change)), money_(book_),
          wages_(2000, 1, std::vector<Fen>(areas().size(), Fen{500'000})),
          decider_({book_, money_, wages_}, areas().default_count()) {}
    Court(Court const&) = delete;
    Court& operator=(Court const&) = delete;

    /// Fails the test when the life has faults.
    Outcome const& decide(Life const& life) {
        REQUIRE(decider_.decide(life));
        return decider_.outcome();
    }
    std::vector<law::LifeFault> const& faults(Life const& life) {
        REQUIRE_FALSE(decider_.decide(life));
        return decider_.faults();
    }

  private:
    static law::RuleBook changed(std::string_view id, BookEdit const& change) {
        law::RuleBook book = rules(id);
        change(book);
        return book;
    }
    law::RuleBook book_;
    law::MoneyCalendar money_;
    AverageWages wages_;
    law::Decider decider_;
};

// ---- lives

Record paid(std::string_view where, YearMonth from, YearMonth to) {
    return {.area = area(where), .from = from, .to = to, .base = Fen{100'000}};
}
Record of_base(Record record, std::int64_t fen) {
    record.base = Fen(fen);
    return record;
}
Record alone(Record record) {
    record.kind = Kind::flexible;
    return record;
}
/// The relation changes, the money waits.
Record waiting(Record record) {
    record.transfer = false;
    return record;
}
Record kept(Record record) {
    record.keep = true;
    return record;
}
Record extension(std::string_view where, YearMonth from, YearMonth to) {
    Record record = paid(where, from, to);
    record.kind = Kind::extension;
    return record;
}
Record lump(std::string_view where, YearMonth month, int months) {
    Record record = paid(where, month, month);
    record.kind = Kind::lump_sum;
    record.lump_months = months;
    return record;
}
Event death(YearMonth month) {
    return {EventKind::death, month, false};
}
Event depart(YearMonth month) {
    return {EventKind::depart, month, false};
}
Event terminate(YearMonth month) {
    return {EventKind::depart, month, true};
}

/// Statutory month 2027-10 (60y7m), 180 months required.
constexpr YearMonth born{1967, 3};

/// A man from Hong Kong.
Life hk(std::vector<Record> records, std::vector<Event> events = {}, YearMonth birth = born) {
    Life life;
    life.group = Group::hong_kong;
    life.birth = birth;
    life.records = std::move(records);
    life.events = std::move(events);
    return life;
}
Life claiming(YearMonth claim, Life life) {
    life.claim = claim;
    return life;
}
/// A man with his hukou in Sichuan.
Life sc(std::vector<Record> records, YearMonth birth = born) {
    Life life = hk(std::move(records), {}, birth);
    life.group = Group::mainland;
    life.hukou = area("SC");
    return life;
}

// ---- outcomes, as a line

std::string yuan(Fen fen) {
    auto const cents = std::to_string(100 + fen.count() % 100).substr(1);
    return std::to_string(fen.count() / 100) + (cents == "00" ? "" : '.' + cents);
}
std::string const& id(AreaId one) {
    return areas()[one].id;
}

/// "status T settlement total/required missing area branch balance"
std::string line(Outcome const& o) {
    auto const or_dash = [](bool has, auto const& text) { return has ? text() : std::string("-"); };
    return std::string(word(o.status)) + ' ' + o.counting_month.text() + ' '
           + or_dash(o.settlement_month.has_value(), [&] { return o.settlement_month->text(); })
           + ' ' + std::to_string(o.months_total) + '/' + std::to_string(o.required_months) + ' '
           + std::to_string(o.missing_months) + ' '
           + or_dash(o.benefit_area.has_value(), [&] { return id(*o.benefit_area); }) + ' '
           + std::string(word(o.branch)) + ' '
           + or_dash(o.account_balance.has_value(), [&] { return yuan(*o.account_balance); });
}

/// "month from>to kind account pooled", then "month reason area account"; apart by "; ".
std::string money(Outcome const& o) {
    std::string text;
    for (Transfer const& t : o.transfers) {
        text += (text.empty() ? "" : "; ") + t.month.text() + ' ' + id(t.from) + '>' + id(t.to)
                + ' ' + std::string(word(t.kind)) + ' ' + yuan(t.account) + ' ' + yuan(t.pooled);
    }
    for (Refund const& r : o.refunds) {
        text += (text.empty() ? "" : "; ") + r.month.text() + ' ' + std::string(word(r.reason))
                + ' ' + id(r.area) + ' ' + yuan(r.account);
    }
    return text;
}

std::string by_area(Outcome const& o) {
    std::string text;
    for (AreaMonths const& a : o.months_by_area) {
        text += (text.empty() ? "" : " ") + id(a.area) + '=' + std::to_string(a.months);
    }
    return text;
}

struct LifeCase {
    std::string why;
    Life life;
    std::string line;
    std::string money;
};

void check(Court&& court, std::vector<LifeCase> const& cases) {
    for (auto const& c : cases) {
        CAPTURE(c.why);
        Outcome const& outcome = court.decide(c.life);
        CHECK(line(outcome) == c.line);
        CHECK(money(outcome) == c.money);
    }
}

struct FaultCase {
    std::string why;
    Life life;
    struct {
        Fault kind;
        int index; ///< of the record
        std::string field;
        YearMonth month;
        std::optional<AreaId> area{};
    } fault;
};

void check_faults(std::vector<FaultCase> const& cases) {
    Court court;
    for (auto const& c : cases) {
        CAPTURE(c.why);
        auto const& faults = court.faults(c.life);
        REQUIRE(faults.size() == 1);
        CHECK(faults[0].kind == c.fault.kind);
        CHECK(faults[0].part == law::LifeFault::Part::record);
        CHECK(faults[0].index == c.fault.index);
        CHECK(faults[0].field == c.fault.field);
        CHECK(faults[0].month == c.fault.month);
        CHECK(faults[0].area == c.fault.area);
    }
}

} // namespace

TEST_CASE("the relation follows the paid months, and the money follows the relation") {
    check(Court(),
          {
              {"one area, enough months",
               hk({paid("GD", {2012, 11}, {2027, 10})}),
               "pension 2027-10 2027-10 180/180 0 GD relation_qualified 14400",
               ""},
              {"a month short",
               hk({paid("GD", {2012, 12}, {2027, 10})}),
               "extend 2027-10 - 179/180 1 GD relation_qualified 14320",
               ""},
              {"a move",
               hk({paid("SH", {2012, 11}, {2017, 10}), paid("GD", {2017, 11}, {2027, 10})}),
               "pension 2027-10 2027-10 180/180 0 GD relation_qualified 14400",
               "2017-11 SH>GD move 4800 7200"},
              {"a move a month later: nobody has 120",
               hk({paid("SH", {2012, 11}, {2017, 11}), paid("GD", {2017, 12}, {2027, 10})}),
               "pension 2027-10 2027-10 180/180 0 GD longest 14400",
               "2017-12 SH>GD move 4880 7320"},
              {"121 before and 119 here: all goes back",
               hk({paid("SH", {2007, 11}, {2017, 11}), paid("GD", {2017, 12}, {2027, 10})}),
               "pension 2027-10 2027-10 240/180 0 SH last_qualified 19200",
               "2017-12 SH>GD move 9680 14520; 2027-10 GD>SH return 19200 28800"},
              {"a gap",
               hk({paid("SH", {2000, 1}, {2000, 1}), paid("SH", {2027, 10}, {2027, 10})}),
               "extend 2027-10 - 2/180 178 SH longest 190",
               ""},
              {"there and back",
               hk({paid("SH", {2012, 11}, {2017, 10}),
                   paid("GD", {2017, 11}, {2022, 10}),
                   paid("SH", {2022, 11}, {2027, 10})}),
               "pension 2027-10 2027-10 180/180 0 SH relation_qualified 14400",
               "2017-11 SH>GD move 4800 7200; 2022-11 GD>SH move 9600 14400"},
              {"time without money moves too",
               hk({paid("GD", {1997, 1}, {1997, 12}), paid("SH", {1998, 1}, {1998, 12})}),
               "extend 2027-10 - 24/180 156 SH longest_last 1320",
               "1998-01 GD>SH move 0 0"},
              {"each month is rounded in the account, the sum in the pool: 622.2216, 2799.9972",
               hk({of_base(paid("GD", {2020, 1}, {2020, 3}), 777'777),
                   paid("SH", {2020, 4}, {2020, 4})}),
               "extend 2027-10 - 4/180 176 GD longest 1946.66",
               "2020-04 GD>SH move 1866.66 2800; 2027-10 SH>GD gather 1946.66 2920"},
              {"never paid", hk({}), "no_contributions 2027-10 - 0/180 0 - none -", ""},
          });
}

TEST_CASE("money may wait where it was paid") {
    check(
        Court(),
        {
            {"until T",
             hk({paid("SH", {2012, 11}, {2017, 10}), waiting(paid("GD", {2017, 11}, {2027, 10}))}),
             "pension 2027-10 2027-10 180/180 0 GD relation_qualified 14400",
             "2027-10 SH>GD gather 4800 7200"},
            {"until the next move that takes it along",
             hk({paid("SH", {2012, 11}, {2017, 10}),
                 waiting(paid("BJ", {2017, 11}, {2022, 10})),
                 paid("GD", {2022, 11}, {2027, 10})}),
             "pension 2027-10 2027-10 180/180 0 GD longest_last 14400",
             "2022-11 SH>GD move 4800 7200; 2022-11 BJ>GD move 4800 7200"},
            {"until one pays there again",
             hk({paid("SH", {2012, 11}, {2017, 10}),
                 waiting(paid("BJ", {2017, 11}, {2022, 10})),
                 paid("SH", {2022, 11}, {2027, 10})}),
             "pension 2027-10 2027-10 180/180 0 SH relation_qualified 14400",
             "2022-11 BJ>SH move 4800 7200"},
            {"at T the relation's goes back, the rest is gathered",
             hk({paid("SH", {2007, 11}, {2017, 10}),
                 waiting(paid("BJ", {2017, 11}, {2022, 10})),
                 waiting(paid("GD", {2022, 11}, {2027, 10}))}),
             "pension 2027-10 2027-10 240/180 0 SH last_qualified 19200",
             "2027-10 BJ>SH gather 4800 7200; 2027-10 GD>SH return 4800 7200"},
            {"the longest gathers the relation's as well",
             hk({paid("SH", {2012, 11}, {2020, 10}), waiting(paid("GD", {2020, 11}, {2027, 10}))}),
             "pension 2027-10 2027-10 180/180 0 SH longest 14400",
             "2027-10 GD>SH gather 6720 10080"},
        });
}

TEST_CASE("months count for the area where they were paid, up to T") {
    Court court;
    Outcome const& outcome = court.decide(hk({paid("SH", {2017, 11}, {2022, 10}),
                                              paid("GD", {2022, 11}, {2027, 10}),
                                              paid("SH", {2023, 1}, {2023, 1}), // overlapped
                                              extension("GD", {2027, 11}, {2027, 12})}));
    CHECK(by_area(outcome) == "SH=60 GD=60");
    CHECK(outcome.branch == Branch::longest_last);
    CHECK(outcome.months_total == 122);
    CHECK(outcome.missing_months == 58);
}

TEST_CASE("the rates of the month of payment") {
    // Two months, then a move: what moves shows what came in. `actual`: all pooled money moves.
    auto const actual = [](law::RuleBook& book) {
        without_interest(book);
        book.transfer.pooled_rate.replace_from({{YearMonth::first(), {true, Rate{}}, ""}});
    };
    struct Row {
        std::string why;
        YearMonth first;
        bool alone;
        std::string in_law;
        std::string in_fact;
    };
    for (auto const& row : std::vector<Row>{
             {"no money before 1998-01", {1997, 11}, false, "0 0", "0 0"},
             {"money from 1998-01: 11%, 17%", {1997, 12}, false, "110 120", "110 170"},
             {"the last months of 11%", {2005, 11}, false, "220 240", "220 340"},
             {"8% and 20% from 2006-01", {2005, 12}, false, "190 240", "190 370"},
             {"the last months of 20%", {2019, 3}, false, "160 240", "160 400"},
             {"16% from 2019-05", {2019, 4}, false, "160 240", "160 360"},
             {"both after it", {2019, 5}, false, "160 240", "160 320"},
             {"who pays alone: 12% before 2006", {2005, 12}, true, "190 240", "190 240"},
             {"and around 2019-05", {2019, 4}, true, "160 240", "160 240"},
         }) {
        CAPTURE(row.why);
        Record const two = paid("GD", row.first, row.first.next());
        YearMonth const then = row.first + Months(2);
        Life life = hk({row.alone ? alone(two) : two, paid("SH", then, then)}, {death(then)});
        std::string const head = then.text() + " GD>SH move ";
        Court law;
        CHECK(money(law.decide(life)).starts_with(head + row.in_law + ';'));
        Court fact(actual);
        CHECK(money(fact.decide(life)).starts_with(head + row.in_fact + ';'));
    }
}

TEST_CASE("pooled money that arrived moves on where all of it moves") {
    auto const actual = [](law::RuleBook& book) {
        without_interest(book);
        book.transfer.pooled_rate.replace_from({{YearMonth::first(), {true, Rate{}}, ""}});
    };
    check(Court(actual),
          {
              {"12 months at 16%, then 12 more",
               hk({paid("GD", {2020, 1}, {2020, 12}),
                   paid("SH", {2021, 1}, {2021, 12}),
                   paid("BJ", {2022, 1}, {2022, 12})}),
               "extend 2027-10 - 36/180 144 BJ longest_last 2880",
               "2021-01 GD>SH move 960 1920; 2022-01 SH>BJ move 1920 3840"},
          });
}

TEST_CASE("of two records of a month one counts, the other's account credit goes back") {
    check(Court(),
          {
              {"the earlier start counts",
               hk({paid("JS", {2019, 7}, {2027, 10}),
                   of_base(paid("ZJ", {2022, 11}, {2022, 12}), 777'777)}),
               "extend 2027-10 - 100/180 80 JS longest 8000",
               "2022-11 overlap ZJ 622.22; 2022-12 overlap ZJ 622.22"},
              // ZJ takes 40 months along (3 200, 4 800) and adds 2 x 622.22 and 12% of 15 555.54.
              {"the kept one counts",
               hk({paid("JS", {2019, 7}, {2027, 10}),
                   kept(of_base(paid("ZJ", {2022, 11}, {2022, 12}), 777'777))}),
               "extend 2027-10 - 100/180 80 JS longest 9084.44",
               "2022-11 JS>ZJ move 3200 4800; 2023-01 ZJ>JS move 4444.44 6666.66; "
               "2022-11 overlap JS 80; 2022-12 overlap JS 80"},
              {"nothing goes back of a month without money",
               hk({paid("JS", {1997, 1}, {1997, 12}), paid("ZJ", {1997, 12}, {1998, 1})}),
               "extend 2027-10 - 13/180 167 JS longest 110",
               "1998-01 JS>ZJ move 0 0; 2027-10 ZJ>JS gather 110 120"},
              {"nothing goes back after a death",
               hk({paid("JS", {2020, 1}, {2020, 12}), paid("ZJ", {2020, 6}, {2020, 7})},
                  {death({2020, 6})}),
               "died 2027-10 - 6/180 0 - none -",
               "2020-06 overlap ZJ 80; 2020-06 death JS 480"},
          });
}

TEST_CASE("mainland: from 50 on, away from the hukou, the relation stays where it is") {
    // Pooled money of a temporary account: 200 a month until 2019-04, 160 from 2019-05.
    check(Court(),
          {
              {"49y11m: the relation moves",
               sc({paid("SH", {2007, 11}, {2017, 1}), paid("GD", {2017, 2}, {2027, 10})}),
               "pension 2027-10 2027-10 240/180 0 GD relation_qualified 19200",
               "2017-02 SH>GD move 8880 13320"},
              {"50y0m: a temporary account, 26 x 200 + 102 x 160",
               sc({paid("SH", {2007, 11}, {2017, 2}), paid("GD", {2017, 3}, {2027, 10})}),
               "pension 2027-10 2027-10 240/180 0 SC hukou_gathers 19200",
               "2027-10 SH>SC gather 8960 13440; 2027-10 GD>SC temporary 10240 21520"},
              {"to the hukou area at any age",
               sc({paid("SH", {2007, 11}, {2017, 2}), paid("SC", {2017, 3}, {2027, 10})}),
               "pension 2027-10 2027-10 240/180 0 SC hukou 19200",
               "2017-03 SH>SC move 8960 13440"},
              {"home again: the temporary account waits on",
               sc({paid("SH", {2007, 11}, {2017, 2}),
                   paid("GD", {2020, 1}, {2020, 12}),
                   paid("SC", {2021, 1}, {2027, 10})}),
               "pension 2027-10 2027-10 206/180 0 SC hukou 16480",
               "2021-01 SH>SC move 8960 13440; 2027-10 GD>SC temporary 960 1920"},
              {"never insured before",
               sc({paid("GD", {2018, 1}, {2027, 10})}),
               "extend 2027-10 - 118/180 62 SC hukou_gathers 9440",
               "2027-10 GD>SC temporary 9440 19520"},
              {"where money waits no temporary account is opened",
               sc({paid("SH", {2012, 11}, {2014, 10}),
                   waiting(paid("BJ", {2014, 11}, {2017, 2})),
                   paid("SH", {2017, 3}, {2027, 10})}),
               "pension 2027-10 2027-10 180/180 0 SH relation_qualified 14400",
               "2017-03 BJ>SH move 2240 3360"},
              {"back at the relation, and on in the temporary account",
               sc({paid("SH", {2012, 11}, {2017, 12}),
                   paid("GD", {2018, 1}, {2018, 12}),
                   paid("SH", {2019, 1}, {2023, 10}),
                   paid("GD", {2023, 11}, {2027, 10})}),
               "pension 2027-10 2027-10 180/180 0 SH relation_qualified 14400",
               "2027-10 GD>SH temporary 4800 10080"},
              {"who pays alone brings 12%",
               sc({paid("SH", {2007, 11}, {2018, 12}), alone(paid("GD", {2019, 1}, {2019, 12}))}),
               "extend 2027-10 - 146/180 34 SH relation_qualified 11680",
               "2027-10 GD>SH temporary 960 1440"},
          });
}

TEST_CASE("mainland: women from 40 on; nobody before 2010; nobody from Hong Kong") {
    // A woman of 40 in 2020-11: statutory month 2033-11, 204 months required.
    auto const woman = [](std::vector<Record> records) {
        Life life = sc(std::move(records), {1980, 11});
        life.sex = Sex::female;
        return life;
    };
    // A man of 54 in 2009-12: statutory month 2015-03. Until 2005-12 110 a month.
    YearMonth const born_1955{1955, 3};
    check(
        Court(),
        {
            {"a woman of 39y11m",
             woman({paid("SH", {2014, 11}, {2020, 9}), paid("GD", {2020, 10}, {2033, 11})}),
             "pension 2033-11 2033-11 229/204 0 GD relation_qualified 18320",
             "2020-10 SH>GD move 5680 8520"},
            {"a woman of 40y0m",
             woman({paid("SH", {2014, 11}, {2020, 10}), paid("GD", {2020, 11}, {2033, 11})}),
             "pension 2033-11 2033-11 229/204 0 SC hukou_gathers 18320",
             "2033-11 SH>SC gather 5760 8640; 2033-11 GD>SC temporary 12560 25120"},
            {"2009-12: the relation moves, 96 x 110 + 47 x 80",
             sc({paid("SH", {1998, 1}, {2009, 11}), paid("GD", {2009, 12}, {2015, 3})}, born_1955),
             "pension 2015-03 2015-03 207/180 0 SH last_qualified 19440",
             "2009-12 SH>GD move 14320 17160; 2015-03 GD>SH return 19440 24840"},
            {"2010-01: a temporary account",
             sc({paid("SH", {1998, 1}, {2009, 12}), paid("GD", {2010, 1}, {2015, 3})}, born_1955),
             "pension 2015-03 2015-03 207/180 0 SH relation_qualified 19440",
             "2015-03 GD>SH temporary 5040 12600"},
            {"Hong Kong: never",
             hk({paid("SH", {2007, 11}, {2017, 2}), paid("GD", {2017, 3}, {2027, 10})}),
             "pension 2027-10 2027-10 240/180 0 GD relation_qualified 19200",
             "2017-03 SH>GD move 8960 13440"},
        });
}

TEST_CASE("a temporary account brings what came in, no less than the general share") {
    Life const life = sc({paid("SH", {2007, 11}, {2018, 12}), paid("GD", {2020, 1}, {2020, 12})});
    struct Row {
        std::string why;
        int employer_ppm;
        law::PooledRate general;
        std::string moves;
    };
    for (auto const& row : std::vector<Row>{
             {"16% came in", 160'000, {false, Rate::ppm(120'000)}, "960 1920"},
             {"12% came in", 120'000, {false, Rate::ppm(120'000)}, "960 1440"},
             {"10% came in: 12% moves", 100'000, {false, Rate::ppm(120'000)}, "960 1440"},
             {"nothing else moves", 160'000, {false, Rate{}}, "960 1920"},
             {"a general share above it", 160'000, {false, Rate::ppm(200'000)}, "960 2400"},
             {"everything moves", 160'000, {true, Rate{}}, "960 1920"},
         }) {
        CAPTURE(row.why);
        Court court([&](law::RuleBook& book) {
            without_interest(book);
            book.contribution.employer_rate.replace_from(
                {{{2020, 1}, {Rate::ppm(row.employer_ppm), {}}, ""}});
            book.transfer.pooled_rate.replace_from({{{2020, 1}, row.general, ""}});
        });
        CHECK(money(court.decide(life)) == "2027-10 GD>SH temporary " + row.moves);
    }
}

TEST_CASE("an early claim stands or falls with the required months of its year") {
    // Born 1972-09: statutory month 2034-09 (210 months), from 2032-09 on (198 months) by choice.
    YearMonth const birth{1972, 9};
    YearMonth const claim{2032, 9};
    auto const early = [&](std::vector<Record> records, std::vector<Event> events = {}) {
        return claiming(claim, hk(std::move(records), std::move(events), birth));
    };
    Life woman = claiming({2030, 11}, hk({paid("GD", {2015, 6}, {2030, 11})}, {}, {1980, 11}));
    woman.sex = Sex::female;
    check(Court(),
          {
              {"198 of 198: accepted",
               early({paid("GD", {2016, 4}, {2032, 9})}),
               "pension 2032-09 2032-09 198/198 0 GD relation_qualified 15840",
               ""},
              {"197: refused, the statutory month stands",
               early({paid("GD", {2016, 5}, {2032, 9})}),
               "extend 2034-09 - 197/210 13 GD relation_qualified 15760",
               ""},
              {"refused and working on",
               early({paid("GD", {2016, 5}, {2034, 9})}),
               "pension 2034-09 2034-09 221/210 0 GD relation_qualified 17680",
               ""},
              {"a woman at 50: 186 in 2030",
               woman,
               "pension 2030-11 2030-11 186/186 0 GD relation_qualified 14880",
               ""},
              {"void months do not count: 272 refunded, one left",
               early({paid("GD", {2010, 1}, {2032, 9})}, {terminate({2032, 8})}),
               "extend 2034-09 - 1/210 209 GD longest 80",
               "2032-08 terminated GD 21760"},
              {"dead in its month",
               early({paid("GD", {2016, 4}, {2032, 9})}, {death(claim)}),
               "died 2034-09 - 198/210 0 - none -",
               "2032-09 death GD 15840"},
              {"dead before it",
               early({paid("GD", {2016, 4}, {2032, 8})}, {death({2032, 8})}),
               "died 2034-09 - 197/210 0 - none -",
               "2032-08 death GD 15760"},
              {"dead after it",
               early({paid("GD", {2016, 4}, {2032, 9})}, {death({2032, 10})}),
               "pension 2032-09 2032-09 198/198 0 GD relation_qualified 15840",
               ""},
              {"never paid: refused", early({}), "no_contributions 2034-09 - 0/210 0 - none -", ""},
          });
}

TEST_CASE("a late claim counts up to its month, by the required months of the statutory year") {
    // Born 1968-12: statutory month 2029-12 (60y12m), 180 months.
    check(Court(),
          {
              {"36 months late: 120 in the end",
               claiming({2030, 10}, hk({paid("GD", {2020, 11}, {2030, 10})})),
               "extend 2030-10 - 120/180 60 GD relation_qualified 9600",
               ""},
              {"35 months late: 119",
               claiming({2030, 9}, hk({paid("GD", {2020, 11}, {2030, 9})})),
               "extend 2030-09 - 119/180 61 GD longest 9520",
               ""},
              {"180 are enough in 2031",
               claiming({2031, 6}, hk({paid("GD", {2016, 7}, {2031, 6})}, {}, {1968, 12})),
               "pension 2031-06 2031-06 180/180 0 GD relation_qualified 14400",
               ""},
              {"in the statutory month itself",
               claiming({2027, 10}, hk({paid("GD", {2012, 11}, {2027, 10})})),
               "pension 2027-10 2027-10 180/180 0 GD relation_qualified 14400",
               ""},
              {"dead between the statutory month and the claim (R6)",
               claiming({2030, 10}, hk({paid("GD", {2012, 11}, {2028, 1})}, {death({2028, 1})})),
               "died 2030-10 - 183/180 0 - none -",
               "2028-01 death GD 14640"},
          });
}

TEST_CASE("a death before the settlement leaves the accounts to the heirs") {
    std::vector<Record> const full{paid("GD", {2012, 11}, {2027, 10})};
    std::vector<Record> const ten_years{paid("GD", {2017, 11}, {2027, 10}),
                                        extension("GD", {2027, 11}, {2032, 10})};
    check(Court(),
          {
              {"long before T",
               hk({paid("GD", {2017, 1}, {2020, 5})}, {death({2020, 5})}),
               "died 2027-10 - 41/180 0 - none -",
               "2020-05 death GD 3280"},
              {"the month of death is paid, those after it are not",
               hk(full, {death({2027, 8})}),
               "died 2027-10 - 178/180 0 - none -",
               "2027-08 death GD 14240"},
              {"the month before T",
               hk(full, {death({2027, 9})}),
               "died 2027-10 - 179/180 0 - none -",
               "2027-09 death GD 14320"},
              {"in T, before the test",
               hk(full, {death({2027, 10})}),
               "died 2027-10 - 180/180 0 - none -",
               "2027-10 death GD 14400"},
              {"after the settlement",
               hk(full, {death({2027, 11})}),
               "pension 2027-10 2027-10 180/180 0 GD relation_qualified 14400",
               ""},
              {"after T, short: the place stays",
               hk({paid("GD", {2017, 11}, {2027, 10})}, {death({2028, 1})}),
               "died 2027-10 - 120/180 0 GD relation_qualified -",
               "2028-01 death GD 9600"},
              {"while extending",
               hk(ten_years, {death({2028, 1})}),
               "died 2027-10 - 123/180 0 GD relation_qualified -",
               "2028-01 death GD 9840"},
              {"in the month that would settle",
               hk(ten_years, {death({2032, 10})}),
               "died 2027-10 - 180/180 0 GD relation_qualified -",
               "2032-10 death GD 14400"},
              {"every area that holds an account",
               hk({paid("SH", {2020, 1}, {2020, 12}), waiting(paid("GD", {2021, 1}, {2021, 6}))},
                  {death({2021, 6})}),
               "died 2027-10 - 18/180 0 - none -",
               "2021-06 death SH 960; 2021-06 death GD 480"},
              {"never paid",
               hk({}, {death({2020, 5})}),
               "no_contributions 2027-10 - 0/180 0 - none -",
               ""},
          });
}

TEST_CASE("ending the relation pays the accounts out and voids the months") {
    std::vector<Record> const full{paid("GD", {2012, 11}, {2027, 10})};
    Record const early = paid("GD", {2017, 1}, {2020, 5});
    check(Court(),
          {
              {"leaving and keeping it changes nothing",
               hk({early}, {depart({2020, 5})}),
               "extend 2027-10 - 41/180 139 GD longest 3280",
               ""},
              {"leaving for good",
               hk({early}, {terminate({2020, 5})}),
               "refunded 2027-10 - 0/180 0 - none -",
               "2020-05 terminated GD 3280"},
              {"a later death changes nothing",
               hk({early}, {terminate({2020, 5}), death({2021, 1})}),
               "refunded 2027-10 - 0/180 0 - none -",
               "2020-05 terminated GD 3280"},
              {"every area that holds an account",
               hk({paid("SH", {2020, 1}, {2020, 12}), waiting(paid("GD", {2021, 1}, {2021, 6}))},
                  {terminate({2021, 6})}),
               "refunded 2027-10 - 0/180 0 - none -",
               "2021-06 terminated SH 960; 2021-06 terminated GD 480"},
              {"insured again: from nothing, no move, no right from before 2011-07",
               hk({paid("GD", {2005, 1}, {2017, 12}), paid("SH", {2018, 1}, {2027, 10})},
                  {terminate({2017, 12})}),
               "extend 2027-10 - 118/180 62 SH longest 9440",
               "2017-12 terminated GD 12840"}, // 12 x 110 + 144 x 80
              {"insured again and dead",
               hk({early, paid("SH", {2021, 1}, {2021, 6})},
                  {terminate({2020, 5}), death({2021, 6})}),
               "died 2027-10 - 6/180 0 - none -",
               "2020-05 terminated GD 3280; 2021-06 death SH 480"},
              {"in T, before the test",
               hk(full, {terminate({2027, 10})}),
               "refunded 2027-10 - 0/180 0 - none -",
               "2027-10 terminated GD 14400"},
              {"after T, short",
               hk({paid("GD", {2017, 11}, {2027, 10})}, {terminate({2028, 1})}),
               "refunded 2027-10 - 0/180 0 - none -",
               "2028-01 terminated GD 9600"},
              {"after the settlement: a pension stays",
               hk(full, {terminate({2027, 11})}),
               "pension 2027-10 2027-10 180/180 0 GD relation_qualified 14400",
               ""},
              {"in listed order: end, then death",
               hk({early}, {terminate({2020, 5}), death({2020, 5})}),
               "refunded 2027-10 - 0/180 0 - none -",
               "2020-05 terminated GD 3280"},
              {"never paid: nothing to pay out",
               hk({}, {terminate({2020, 5})}),
               "no_contributions 2027-10 - 0/180 0 - none -",
               ""},
          });
}

TEST_CASE("extending to the required months settles in the month that reaches them") {
    Record const ten_years = paid("GD", {2017, 11}, {2027, 10});
    Life permanent = hk({ten_years, extension("GD", {2027, 11}, {2032, 10})});
    permanent.group = Group::foreign;
    permanent.permanent_resident = true;
    Life temporary = hk({ten_years});
    temporary.group = Group::foreign;
    check(Court(),
          {
              {"exactly",
               hk({ten_years, extension("GD", {2027, 11}, {2032, 10})}),
               "pension 2027-10 2032-10 180/180 0 GD relation_qualified 14400",
               ""},
              {"a month short: the balance of T",
               hk({ten_years, extension("GD", {2027, 11}, {2032, 9})}),
               "extend 2027-10 - 179/180 1 GD relation_qualified 9600",
               ""},
              {"in two pieces with a gap",
               hk({ten_years,
                   extension("GD", {2028, 1}, {2029, 12}),
                   extension("GD", {2031, 1}, {2033, 12})}),
               "pension 2027-10 2033-12 180/180 0 GD relation_qualified 14400",
               ""},
              {"at the place that gathered",
               hk({paid("SH", {2007, 11}, {2017, 10}),
                   paid("GD", {2022, 11}, {2027, 9}),
                   extension("SH", {2027, 11}, {2027, 11})}),
               "pension 2027-10 2027-11 180/180 0 SH last_qualified 14400",
               "2022-11 SH>GD move 9600 14400; 2027-10 GD>SH return 14320 21480"},
              {"months of extension do not make a place qualified",
               hk({paid("GD", {2017, 12}, {2027, 10}), extension("GD", {2027, 11}, {2027, 11})}),
               "extend 2027-10 - 120/180 60 GD longest 9520",
               ""},
              {"a foreigner with permanent residence",
               permanent,
               "pension 2027-10 2032-10 180/180 0 GD relation_qualified 14400",
               ""},
              {"a foreigner without",
               temporary,
               "short_no_extension 2027-10 - 120/180 60 GD relation_qualified 9600",
               ""},
          });
}

TEST_CASE("lump sums: after 60 months of extension, for those first insured before 2011-07") {
    Record const late = paid("GD", {2023, 1}, {2027, 10}); // 58 months
    auto const life = [&](YearMonth first, YearMonth extended_to, std::vector<Record> const& more) {
        std::vector<Record> records{
            paid("GD", first, first), late, extension("GD", {2027, 11}, extended_to)};
        records.insert(records.end(), more.begin(), more.end());
        return hk(records);
    };
    check(Court(),
          {
              {"the right to it",
               life({2011, 6}, {2032, 10}, {}),
               "lump_sum 2027-10 - 119/180 61 GD longest 4720",
               ""},
              {"59 months of extension",
               life({2011, 6}, {2032, 9}, {}),
               "extend 2027-10 - 118/180 62 GD longest 4720",
               ""},
              {"first insured in 2011-07",
               life({2011, 7}, {2032, 10}, {}),
               "extend 2027-10 - 119/180 61 GD longest 4720",
               ""},
              {"paid",
               life({2011, 6}, {2032, 10}, {lump("GD", {2032, 11}, 61)}),
               "pension 2027-10 2032-11 180/180 0 GD longest 14400",
               ""},
              {"paid too much",
               life({2011, 6}, {2032, 10}, {lump("GD", {2032, 11}, 62)}),
               "pension 2027-10 2032-11 181/180 0 GD longest 14480",
               ""},
              {"paid in two",
               life({2011, 6}, {2032, 10}, {lump("GD", {2032, 11}, 60), lump("GD", {2033, 5}, 1)}),
               "pension 2027-10 2033-05 180/180 0 GD longest 14400",
               ""},
              {"a month missing still",
               life({2011, 6}, {2032, 10}, {lump("GD", {2032, 11}, 60)}),
               "lump_sum 2027-10 - 179/180 1 GD longest 4720",
               ""},
          });
}

TEST_CASE("lump sums up to T count for total and place") {
    check(Court(),
          {
              {"119 and one",
               hk({paid("GD", {2017, 12}, {2027, 10}), lump("GD", {2020, 5}, 1)}),
               "extend 2027-10 - 120/180 60 GD relation_qualified 9600",
               ""},
              {"in T itself",
               hk({paid("GD", {2017, 12}, {2027, 10}), lump("GD", {2027, 10}, 61)}),
               "pension 2027-10 2027-10 180/180 0 GD relation_qualified 14400",
               ""},
              {"before the month's other payment: the relation goes and comes back",
               hk({paid("GD", {2017, 11}, {2027, 10}), lump("SH", {2020, 5}, 12)}),
               "extend 2027-10 - 132/180 48 GD relation_qualified 10560",
               "2020-05 GD>SH move 2400 3600; 2020-05 SH>GD move 3360 5040"},
              {"one payment of n bases: 8% and 12% of 9.99",
               hk({of_base(lump("GD", {2020, 5}, 3), 333), paid("SH", {2020, 6}, {2020, 9})}),
               "extend 2027-10 - 7/180 173 SH longest 320.80",
               "2020-06 GD>SH move 0.80 1.20"},
              {"two of one month that nothing tells apart",
               hk({lump("GD", {2020, 5}, 12), lump("SH", {2020, 5}, 12)}),
               "undetermined 2027-10 - 24/180 0 - none -",
               "2020-05 GD>SH move 960 1440"},
              {"the dead are dead, even so",
               hk({lump("GD", {2020, 5}, 12), lump("SH", {2020, 5}, 12)}, {death({2028, 1})}),
               "died 2027-10 - 24/180 0 - none -",
               "2020-05 GD>SH move 960 1440; 2028-01 death SH 1920"},
          });
}

TEST_CASE("the end of a lump sum is not read") {
    for (YearMonth const end : {YearMonth{1990, 1}, YearMonth{2050, 1}}) {
        Life life = hk({paid("GD", {2017, 12}, {2027, 10}), lump("GD", {2020, 5}, 1)});
        life.records[1].to = end;
        Court court;
        CAPTURE(end.text());
        CHECK(line(court.decide(life)) == "extend 2027-10 - 120/180 60 GD relation_qualified 9600");
    }
}

TEST_CASE("no criterion fits: no place, nothing moves, nothing is settled") {
    auto const relation_only = [](law::RuleBook& book) {
        without_interest(book);
        book.place.order_hmt.replace_from({{{2027, 1}, {law::Criterion::relation_qualified}, ""}});
    };
    check(
        Court(relation_only),
        {
            {"119 months at the relation",
             hk({paid("SH", {2007, 11}, {2017, 11}), waiting(paid("GD", {2017, 12}, {2027, 10}))}),
             "undetermined 2027-10 - 240/180 0 - none -",
             ""},
            {"120 months",
             hk({paid("SH", {2007, 11}, {2017, 10}), waiting(paid("GD", {2017, 11}, {2027, 10}))}),
             "pension 2027-10 2027-10 240/180 0 GD relation_qualified 19200",
             "2027-10 SH>GD gather 9600 14400"},
            {"place rules are those of T: 2026-12 is before the reform",
             hk({paid("GD", {2017, 12}, {2026, 12})}, {}, {1966, 7}),
             "extend 2026-12 - 109/180 71 GD longest 8720",
             ""},
        });
}

TEST_CASE("the opt-in keeps somebody short in Guangdong") {
    std::vector<Record> records{paid("SH", {2013, 4}, {2021, 7}),
                                paid("ZJ", {2021, 8}, {2026, 2}),
                                paid("GD", {2026, 3}, {2027, 10})};
    std::string const moves = "2021-08 SH>ZJ move 8000 12000; 2026-03 ZJ>GD move 12400 18600";
    auto const electing = [&](Life life) {
        life.continue_in_last_area = true;
        return life;
    };
    LifeCase const designated{"national rule",
                              electing(hk(records)),
                              "extend 2027-10 - 175/180 5 SH longest 14000",
                              moves + "; 2027-10 GD>SH gather 14000 21000"};
    check(Court(), {designated});
    LifeCase not_elected = designated;
    not_elected.life = hk(records);
    Life enough = electing(hk(records));
    enough.records[0].from = {2012, 11};
    Life on = electing(hk(records));
    on.records.push_back(extension("GD", {2027, 11}, {2028, 3}));
    check(Court(without_interest, "practice"),
          {
              not_elected,
              {"elected",
               electing(hk(records)),
               "extend 2027-10 - 175/180 5 GD last_area_election 14000",
               moves},
              {"elected and paid on",
               on,
               "pension 2027-10 2028-03 180/180 0 GD last_area_election 14400",
               moves},
              {"not short",
               enough,
               "pension 2027-10 2027-10 180/180 0 SH longest 14400",
               "2021-08 SH>ZJ move 8400 12600; 2026-03 ZJ>GD move 12800 19200; "
               "2027-10 GD>SH gather 14400 21600"},
          });
}

TEST_CASE("reforms of the money: nothing moves before T, no pooled money moves, pro rata") {
    std::vector<Record> const records{paid("SH", {2012, 11}, {2017, 10}),
                                      paid("GD", {2017, 11}, {2027, 10})};
    std::string const pension = "pension 2027-10 2027-10 180/180 0 GD relation_qualified 14400";
    check(Court([](law::RuleBook& book) {
              without_interest(book);
              book.transfer.on_move.replace_from({{{2017, 11}, false, ""}});
          }),
          {{"gathered at T", hk(records), pension, "2027-10 SH>GD gather 4800 7200"}});
    check(Court([](law::RuleBook& book) {
              without_interest(book);
              book.transfer.on_move.replace_from({{{2017, 12}, false, ""}});
          }),
          {{"from the month after", hk(records), pension, "2017-11 SH>GD move 4800 7200"}});
    check(Court([](law::RuleBook& book) {
              without_interest(book);
              book.transfer.pooled_rate.replace_from({{{2017, 11}, {false, Rate{}}, ""}});
          }),
          {{"the account alone", hk(records), pension, "2017-11 SH>GD move 4800 0"}});

    Court pro_rata([](law::RuleBook& book) {
        without_interest(book);
        book.pension.paid_by.replace_from({{{2010, 1}, law::PaidBy::each_area, ""}});
    });
    Outcome const& outcome = pro_rata.decide(hk(records));
    CHECK(money(outcome).empty());
    CHECK(outcome.benefit_area == area("GD"));
    REQUIRE(outcome.pension);
    REQUIRE(outcome.pension->by_area.size() == 2);
    // 5 000 x (1 + 1 000 / 5 000) / 2 x n x 1%: 30 a year; payout months at 60y7m
    CHECK(outcome.pension->payout_months_e1 == 1349); // 139 - 7 x 7 / 12 = 134.9166
    CHECK(outcome.pension->by_area[0]
          == AreaPension{area("SH"), 60, Fen{15'000}, Fen{3'558}, 2'000, Fen{480'000}});
    CHECK(outcome.pension->by_area[1]
          == AreaPension{area("GD"), 120, Fen{30'000}, Fen{7'116}, 2'000, Fen{960'000}});
}

TEST_CASE("interest: payments, events, the test of T, 31 December") {
    // 1% a month. Twelve months of 80: 80 x 78 x 1% = 62.40.
    YearMonth const december{1966, 7}; // statutory month 2026-12
    YearMonth const january{1966, 8};  // statutory month 2027-01
    Record const year = paid("GD", {2026, 1}, {2026, 12});
    std::string const rest = " - 12/180 168 GD longest ";
    check(Court(one_percent_a_month),
          {
              {"T in December: this year's interest once",
               hk({year}, {}, december),
               "extend 2026-12" + rest + "1022.40",
               ""},
              {"T in January: a month on the whole balance, 10.224",
               hk({year}, {}, january),
               "extend 2027-01" + rest + "1032.62",
               ""},
              {"a move in the year carries principal; the receiver credits the year",
               hk({paid("GD", {2026, 1}, {2026, 6}), paid("SH", {2026, 7}, {2026, 12})},
                  {},
                  december),
               "extend 2026-12 - 12/180 168 SH longest_last 1022.40",
               "2026-07 GD>SH move 480 720"},
              {"moved at New Year it carries the year's interest",
               hk({paid("GD", {2025, 1}, {2025, 12}), paid("SH", {2026, 1}, {2026, 12})},
                  {},
                  december),
               "extend 2026-12 - 24/180 156 SH longest_last 2167.49", // 1022.40 x 1.12 + 1022.40
               "2026-01 GD>SH move 1022.40 1440"},
              {"a gathered account has its part of the year at the place: 80 x (3 + 2 + 1) x 1%",
               hk({paid("GD", {2027, 1}, {2027, 8}), waiting(paid("SH", {2027, 9}, {2027, 10}))}),
               "extend 2027-10 - 10/180 170 GD longest 844", // 800 + 80 x 55 x 1%
               "2027-10 SH>GD gather 160 240"},
              {"heirs: 240 + 80 x 6 x 1%",
               hk({paid("GD", {2020, 1}, {2020, 3})}, {death({2020, 3})}),
               "died 2027-10 - 3/180 0 - none -",
               "2020-03 death GD 244.80"},
              {"a refund three months later: 240 + 80 x (6 + 5 + 4) x 1%",
               hk({paid("GD", {2020, 1}, {2020, 3})}, {terminate({2020, 6})}),
               "refunded 2027-10 - 0/180 0 - none -",
               "2020-06 terminated GD 252"},
              {"an overlapped month goes back without interest",
               hk({paid("GD", {2020, 1}, {2020, 2}), paid("SH", {2020, 1}, {2020, 1})},
                  {death({2020, 2})}),
               "died 2027-10 - 2/180 0 - none -",
               "2020-01 overlap SH 80; 2020-02 death GD 162.40"},
          });
}

TEST_CASE("interest of many years is one rounding a year") {
    // 80.00 in 2010-01; every 31 December round(balance x 12%), then ten months of 2027.
    std::int64_t balance = 8'000;
    for (int year = 2010; year <= 2026; ++year) {
        balance += (balance * 12 + 50) / 100;
    }
    balance += (balance * 10 + 50) / 100;
    Court court(one_percent_a_month);
    CHECK(court.decide(hk({paid("GD", {2010, 1}, {2010, 1})})).account_balance == Fen(balance));
}

TEST_CASE("a refund may be the principal alone") {
    Court court([](law::RuleBook& book) {
        one_percent_a_month(book);
        book.refund.part_year_interest.replace_from({{{2020, 3}, false, ""}});
    });
    Record const quarter = paid("GD", {2020, 1}, {2020, 3});
    CHECK(money(court.decide(hk({quarter}, {death({2020, 3})}))) == "2020-03 death GD 240");
    CHECK(money(court.decide(hk({quarter}, {death({2020, 2})}))) == "2020-02 death GD 162.40");
}

TEST_CASE("the pension: wages of the year before, age at settlement") {
    Court court;
    // 60y7m: 134.9 payout months; 5 000 x (1 + 0.2) / 2 x 15 x 1% = 450.
    Pension const at_t = *court.decide(hk({paid("GD", {2012, 11}, {2027, 10})})).pension;
    CHECK(at_t.index_e4 == 2'000);
    CHECK(at_t.payout_months_e1 == 1349);
    CHECK(at_t.basic == Fen{45'000});
    CHECK(at_t.account == Fen{1'440'000 * 10 / 1349 + 1}); // 10 674.57 fen
    CHECK(at_t.monthly == at_t.basic + at_t.account);
    // Settled five years later at 65y7m: 101 - 8 x 7 / 12 = 96.33
    Pension const later = *court
                               .decide(hk({paid("GD", {2017, 11}, {2027, 10}),
                                           extension("GD", {2027, 11}, {2032, 10})}))
                               .pension;
    CHECK(later.payout_months_e1 == 963);
    CHECK(later.basic == Fen{45'000});
}

TEST_CASE("the steps taken are cited, each once") {
    using law::Ground;
    struct Row {
        std::string why;
        Life life;
        std::vector<Ground> grounds;
    };
    Court court;
    for (auto const& row : std::vector<Row>{
             {"after 2025-01, before 2030",
              hk({paid("SH", {2007, 11}, {2017, 11}), paid("GD", {2017, 12}, {2027, 10})}),
              {Ground::insured,
               Ground::relation_moves,
               Ground::money_moves,
               Ground::statutory_age,
               Ground::fifteen_years,
               Ground::last_qualified,
               Ground::gathering,
               Ground::pension_formula}},
             {"the last month of the old ages",
              hk({paid("GD", {2010, 1}, {2024, 12})}, {}, {1964, 12}),
              {Ground::insured,
               Ground::original_age,
               Ground::fifteen_years,
               Ground::relation_qualified,
               Ground::pension_formula}},
             {"the first year of more than fifteen years",
              hk({paid("GD", {2014, 9}, {2030, 2})}, {}, {1969, 1}),
              {Ground::insured,
               Ground::statutory_age,
               Ground::required_months,
               Ground::relation_qualified,
               Ground::pension_formula}},
             {"extended after the place was fixed; a lump sum after the death was never paid",
              hk({paid("GD", {2013, 1}, {2027, 10}),
                  extension("GD", {2027, 11}, {2027, 11}),
                  lump("GD", {2028, 1}, 1)},
                 {death({2027, 11})}),
              {Ground::insured,
               Ground::statutory_age,
               Ground::fifteen_years,
               Ground::relation_qualified,
               Ground::extension,
               Ground::death}},
             {"short",
              hk({paid("GD", {2020, 1}, {2020, 12})}, {depart({2021, 1})}),
              {Ground::insured,
               Ground::departure_kept,
               Ground::statutory_age,
               Ground::fifteen_years,
               Ground::longest,
               Ground::extension}},
         }) {
        CAPTURE(row.why);
        std::vector<std::uint8_t> codes;
        codes.reserve(row.grounds.size());
        for (Ground const ground : row.grounds) {
            codes.push_back(static_cast<std::uint8_t>(ground));
        }
        CHECK(court.decide(row.life).basis == codes);
    }
}

TEST_CASE("faults of time that only the walk can see") {
    Record const ten_years = paid("GD", {2017, 11}, {2027, 10});
    Record const full = paid("GD", {2012, 11}, {2027, 10});
    Record const too_long = paid("GD", {2016, 4}, {2032, 10});
    YearMonth const t{2027, 10};
    auto const before_t = Fault::extension_before_counting;
    auto const after_t = Fault::record_after_counting;
    auto const settled = Fault::after_settlement;
    check_faults({
        {"extension in T",
         hk({paid("GD", {2017, 11}, {2027, 9}), extension("GD", t, t)}),
         {before_t, 1, "from", t}},
        {"extension before T",
         hk({extension("GD", {2020, 1}, {2020, 1}), ten_years}),
         {before_t, 0, "from", t}},
        {"working a month too long",
         hk({paid("GD", {2017, 11}, {2027, 11})}),
         {after_t, 0, "to", t}},
        {"working after T",
         hk({ten_years, alone(paid("GD", {2027, 11}, {2027, 11}))}),
         {after_t, 1, "from", t}},
        {"working after an early claim",
         claiming({2032, 9}, hk({too_long}, {}, {1972, 9})),
         {after_t, 0, "to", {2032, 9}}},
        {"extension of a pension",
         hk({full, extension("GD", {2027, 11}, {2027, 11})}),
         {settled, 1, "from", t}},
        {"a month too many",
         hk({ten_years, extension("GD", {2027, 11}, {2032, 11})}),
         {settled, 1, "to", {2032, 10}}},
    });
}

TEST_CASE("faults of place and right that only the walk can see") {
    Record const ten_years = paid("GD", {2017, 11}, {2027, 10});
    YearMonth const t{2027, 10};
    Life foreigner = hk({ten_years, extension("GD", {2027, 11}, {2027, 11})});
    foreigner.group = Group::foreign;
    auto const life = [&](YearMonth first, YearMonth extended_to, YearMonth at_once) {
        return hk({paid("GD", first, first),
                   paid("GD", {2023, 1}, {2027, 10}),
                   extension("GD", {2027, 11}, extended_to),
                   lump("GD", at_once, 1)});
    };
    auto const elsewhere = Fault::extension_elsewhere;
    auto const no_place = Fault::extension_without_place;
    auto const no_right = Fault::lump_sum_without_right;
    check_faults({
        {"extension elsewhere",
         hk({ten_years, extension("SH", {2027, 11}, {2027, 11})}),
         {elsewhere, 1, "area", t, area("GD")}},
        {"lump sum elsewhere",
         hk({ten_years, lump("SH", {2028, 1}, 1)}),
         {elsewhere, 1, "area", t, area("GD")}},
        {"extension of nothing",
         hk({extension("SH", {2027, 11}, {2027, 11})}),
         {no_place, 0, "from", t}},
        {"extension after the end",
         hk({ten_years, extension("GD", {2028, 2}, {2028, 3})}, {terminate({2028, 1})}),
         {no_place, 1, "from", t}},
        {"extension of a foreigner", foreigner, {Fault::extension_not_allowed, 1, "kind", t}},
        {"lump sum after 59 months",
         life({2011, 6}, {2032, 9}, {2032, 10}),
         {no_right, 3, "kind", t}},
        {"lump sum before the sixtieth payment, which is the same month's",
         life({2011, 6}, {2032, 10}, {2032, 10}),
         {no_right, 3, "kind", t}},
        {"lump sum, first insured in 2011-07",
         life({2011, 7}, {2032, 10}, {2032, 11}),
         {no_right, 3, "kind", t}},
    });
}

TEST_CASE("a lump sum with the right is no fault a month later") {
    Court court;
    Life const life = hk({paid("GD", {2011, 6}, {2011, 6}),
                          paid("GD", {2023, 1}, {2027, 10}),
                          extension("GD", {2027, 11}, {2032, 10}),
                          lump("GD", {2032, 11}, 1)});
    CHECK(court.decide(life).status == Status::lump_sum);
}

TEST_CASE("faults come together, by record; a sum out of range is one") {
    Court court;
    auto const& faults = court.faults(hk({paid("GD", {2017, 11}, {2027, 11}),
                                          extension("SH", {2027, 11}, {2027, 11}),
                                          extension("GD", {2027, 9}, {2027, 9})}));
    REQUIRE(faults.size() == 3);
    CHECK(faults[0].kind == Fault::record_after_counting);
    CHECK(faults[1].kind == Fault::extension_elsewhere);
    CHECK(faults[2].kind == Fault::extension_before_counting);

    auto const& sums =
        court.faults(hk({of_base(paid("GD", {2026, 1}, {2026, 12}), INT64_MAX / 4)}));
    REQUIRE(sums.size() == 1);
    CHECK(sums[0].kind == Fault::sum_overflow);
    CHECK(sums[0].part == law::LifeFault::Part::person);

    CHECK(court.decide(hk({paid("GD", {2026, 1}, {2026, 1})})).months_total == 1); // unharmed
}

TEST_CASE("the shipped context decides by the shipped numbers") {
    law::Decider decider(law_context("law"), areas().default_count());
    REQUIRE(decider.decide(hk({paid("GD", {2012, 11}, {2027, 10})})));
    CHECK(decider.outcome().status == Status::pension);
    CHECK(decider.outcome().required_months == 180);
}

} // namespace pensim::test

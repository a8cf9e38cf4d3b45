#include "core/law/pension_formula.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

using law::PayoutInterpolation;
using law::WageSum;

constexpr AreaId here{0};
constexpr AreaId there{1};

/// Average wages of two areas in 2009, 2010 and 2011, in fen.
AverageWages wages_of(std::vector<std::int64_t> const& fen) {
    std::vector<Fen> wages;
    wages.reserve(fen.size());
    for (auto const one : fen) {
        wages.emplace_back(one);
    }
    return {2009, 3, wages};
}

law::PayoutTable const& payout_table() {
    return rules("law").payout.months.at({2026, 1});
}

} // namespace

TEST_CASE("the basic pension is one product, rounded half up") {
    struct Case {
        std::string why;
        std::int64_t wage;
        int index_e4;
        int months;
        std::int64_t basic;
    };
    for (auto const& c : std::vector<Case>{
             {"8 000 x (1 + 1) / 2 x 15 x 1%", 800'000, 10'000, 180, 120'000},
             {"8 000 x (1 + 0.6) / 2 x 15 x 1%", 800'000, 6'000, 180, 96'000},
             {"8 000 x (1 + 3) / 2 x 15 x 1%", 800'000, 30'000, 180, 240'000},
             {"a month more is a twelfth of a year: 1 206.666", 800'000, 10'000, 181, 120'667},
             {"a month: 6.666", 800'000, 10'000, 1, 667},
             {"an index of nothing", 800'000, 0, 180, 60'000},
             {"half a fen goes up", 5, 10'000, 120, 1},
             {"just below: 0.499975", 5, 9'999, 120, 0},
             {"one and a half", 15, 10'000, 120, 2},
             {"a hundred years at the largest wage", INT64_MAX, 10'000, 1200, INT64_MAX},
         }) {
        CAPTURE(c.why);
        CHECK(law::basic_pension(Fen(c.wage), c.index_e4, c.months).count() == c.basic);
    }
    CHECK_THROWS_AS(static_cast<void>(law::basic_pension(Fen(INT64_MAX), 10'000, 1201)),
                    MoneyOverflow);
}

TEST_CASE("the index is the mean of wages over average wages, in ten-thousandths, half up") {
    struct Case {
        std::string why;
        std::vector<std::int64_t> wages; ///< of `here` in 2009, 2010, 2011
        std::vector<WageSum> paid;
        int index_e4;
    };
    std::int64_t const e18 = 1'000'000'000'000'000'000;
    auto const in = [](int year, std::int64_t sum, int months) {
        return WageSum{year, here, Fen(sum), months};
    };
    for (auto const& c : std::vector<Case>{
             {"the average wage of the year before",
              {400'000, 500'000, 1},
              {in(2010, 400'000, 1)},
              10'000},
             {"a year later, another average",
              {400'000, 500'000, 1},
              {in(2011, 400'000, 1)},
              8'000},
             {"the first year also holds before it",
              {400'000, 1, 1},
              {in(1999, 400'000, 1)},
              10'000},
             {"the last year also holds after it", {1, 1, 400'000}, {in(2050, 400'000, 1)}, 10'000},
             {"months weigh: (12 x 1 + 6 x 2) / 18",
              {100, 100, 1},
              {in(2010, 1'200, 12), in(2011, 1'200, 6)},
              13'333},
             {"nothing paid in", {100, 100, 1}, {in(2010, 0, 12)}, 0},
             {"0.50004 goes down", {50'000, 1, 1}, {in(2010, 25'002, 1)}, 5'000},
             {"0.50005 goes up", {20'000, 1, 1}, {in(2010, 10'001, 1)}, 5'001},
             {"0.50006 goes up", {50'000, 1, 1}, {in(2010, 25'003, 1)}, 5'001},
             {"1/3 + 20003/30000 = 1.0001: half of it is 0.50005",
              {60'000, 30'000, 1},
              {in(2010, 20'000, 1), in(2011, 20'003, 1)},
              5'001},
             {"a fen less", {60'000, 30'000, 1}, {in(2010, 20'000, 1), in(2011, 20'002, 1)}, 5'000},
             {"1/7 + 2/7 + 4/7 + 0.00005",
              {140'000, 1, 1},
              {in(2010, 20'000, 1), in(2010, 40'000, 0), in(2010, 80'007, 0)},
              10'001},
             {"a fen less",
              {140'000, 1, 1},
              {in(2010, 20'000, 1), in(2010, 40'000, 0), in(2010, 80'006, 0)},
              10'000},
             {"huge", {3 * e18, 1, 1}, {in(2010, 9 * e18, 1)}, 30'000},
             {"huge and exactly 0.50005",
              {2 * e18, 1, 1},
              {in(2010, e18 + e18 / 10'000, 1)},
              5'001},
             {"huge and a fen below it",
              {2 * e18, 1, 1},
              {in(2010, e18 + e18 / 10'000 - 1, 1)},
              5'000},
             {"huge and many",
              {2 * e18, 2 * e18, 1},
              {in(2010, 9 * e18, 1), in(2011, 9 * e18, 1)},
              45'000},
         }) {
        CAPTURE(c.why);
        std::vector<std::int64_t> wages = c.wages;
        wages.insert(wages.end(), {7, 7, 7});
        CHECK(law::average_index_e4(c.paid, wages_of(wages), here) == c.index_e4);
        CHECK(law::average_index_where_paid_e4(c.paid, wages_of(wages)) == c.index_e4);
    }
}

TEST_CASE("the benefit area's wages measure months paid anywhere") {
    auto const wages = wages_of({400'000, 400'000, 400'000, 800'000, 800'000, 800'000});
    std::vector<WageSum> const paid{{2010, here, Fen{4'800'000}, 12},
                                    {2011, there, Fen{4'800'000}, 12}};
    CHECK(law::average_index_e4(paid, wages, here) == 10'000);
    CHECK(law::average_index_e4(paid, wages, there) == 5'000);
    CHECK(law::average_index_where_paid_e4(paid, wages) == 7'500);
}

TEST_CASE("an index needs a paid month, and room for its digits") {
    auto const wages = wages_of({1, 1, 1, 1, 1, 1});
    CHECK_THROWS_AS(static_cast<void>(law::average_index_e4({}, wages, here)), ContractViolation);
    std::vector<WageSum> const huge{{2010, here, Fen{INT64_MAX}, 1}};
    CHECK_THROWS_AS(static_cast<void>(law::average_index_e4(huge, wages, here)), MoneyOverflow);
    // 214 748.3647 is the largest index that fits; 214 748.36475 would round up beyond it.
    auto const of_20000 = wages_of({20'000, 1, 1, 1, 1, 1});
    std::vector<WageSum> const most{{2010, here, Fen{4'294'967'294}, 1}};
    std::vector<WageSum> const beyond{{2010, here, Fen{4'294'967'295}, 1}};
    CHECK(law::average_index_e4(most, of_20000, here) == INT32_MAX);
    CHECK_THROWS_AS(static_cast<void>(law::average_index_e4(beyond, of_20000, here)),
                    MoneyOverflow);
}

TEST_CASE("payout months by age") {
    struct Case {
        std::string why;
        int years;
        int months;
        int linear_e1;
        int completed_e1;
    };
    for (auto const& c : std::vector<Case>{
             {"60", 60, 0, 1390, 1390},
             {"60y1m: 138.416", 60, 1, 1384, 1390},
             {"60y3m: 137.25 goes up", 60, 3, 1373, 1390},
             {"60y11m: 132.583", 60, 11, 1326, 1390},
             {"61", 61, 0, 1320, 1320},
             {"50y1m: 194.583", 50, 1, 1946, 1950},
             {"55", 55, 0, 1700, 1700},
             {"47: 208, not 207", 47, 0, 2080, 2080},
             {"63", 63, 0, 1170, 1170},
             {"66: 93", 66, 0, 930, 930},
             {"20: the table begins at 40", 20, 5, 2330, 2330},
             {"39y11m", 39, 11, 2330, 2330},
             {"40", 40, 0, 2330, 2330},
             {"40y1m: 232.75 goes up", 40, 1, 2328, 2330},
             {"69y6m: 60.5", 69, 6, 605, 650},
             {"69y9m: 58.25 goes up", 69, 9, 583, 650},
             {"69y11m: 56.75 goes up", 69, 11, 568, 650},
             {"70", 70, 0, 560, 560},
             {"70y1m: the table ends at 70", 70, 1, 560, 560},
             {"90", 90, 7, 560, 560},
         }) {
        CAPTURE(c.why);
        Months const age(c.years * 12 + c.months);
        CHECK(law::payout_months_e1(payout_table(), PayoutInterpolation::linear, age)
              == c.linear_e1);
        CHECK(law::payout_months_e1(payout_table(), PayoutInterpolation::completed_years, age)
              == c.completed_e1);
    }
}

TEST_CASE("the account pension is the balance over the payout months, half up") {
    struct Case {
        std::string why;
        std::int64_t balance;
        int payout_e1;
        std::int64_t pension;
    };
    for (auto const& c : std::vector<Case>{
             {"139 months", 13'900'000, 1390, 100'000},
             {"138.4 months", 13'840'000, 1384, 100'000},
             {"nothing saved", 0, 1390, 0},
             {"just below a half", 27, 560, 0},
             {"half a fen goes up", 28, 560, 1},
             {"one and a half", 84, 560, 2},
             {"the largest balance", INT64_MAX, 560, 164'703'072'086'692'425},
         }) {
        CAPTURE(c.why);
        CHECK(law::account_pension(Fen(c.balance), c.payout_e1).count() == c.pension);
    }
}

TEST_CASE("a pension: basic part and account part") {
    auto const wages = wages_of({400'000, 500'000, 600'000, 800'000, 800'000, 800'000});
    // Paid 4 000 a month through 2010 (average 4 000) and 6 000 a month in 2011 (average 5 000).
    std::vector<WageSum> const paid{{2010, here, Fen{4'800'000}, 12},
                                    {2011, there, Fen{3'600'000}, 6}};
    law::Settlement const settlement{{2012, 1}, Months(60 * 12 + 1), 180, here, Fen{13'840'000}};
    auto const pension = law::pension_of(rules("law"), wages, settlement, paid);
    CHECK(pension.index_e4 == 10'667); // (12 x 1 + 6 x 1.2) / 18 = 1.0666
    CHECK(pension.payout_months_e1 == 1384);
    CHECK(pension.basic == Fen{93'002}); // 6 000 x 2.0667 / 2 x 15 x 1% = 930.015
    CHECK(pension.account == Fen{100'000});
    CHECK(pension.monthly == Fen{193'002});
    CHECK(pension.by_area.empty());
}

TEST_CASE("pro rata: every area pays for the months paid there, by its own wages") {
    auto const wages = wages_of({400'000, 400'000, 400'000, 800'000, 800'000, 800'000});
    std::vector<WageSum> const paid{{2010, here, Fen{4'800'000}, 12},
                                    {2011, there, Fen{4'800'000}, 12},
                                    {2012, here, Fen{9'600'000}, 12}};
    std::vector<law::AreaBalance> const balances{{here, Fen{1'390'000}}, {there, Fen{695'000}}};
    law::Settlement const settlement{{2013, 6}, Months::of_years(60), 36, there, Fen{2'085'000}};
    auto const pension = law::pension_by_area(rules("law"), wages, settlement, paid, balances);
    // here: index (1 + 2) / 2, 4 000 x 2.5 / 2 x 2 x 1%; there: index 0.5, 8 000 x 1.5 / 2 x 1 x 1%
    std::vector<AreaPension> const shares{
        {here, 24, Fen{10'000}, Fen{10'000}, 15'000, Fen{1'390'000}},
        {there, 12, Fen{6'000}, Fen{5'000}, 5'000, Fen{695'000}}};
    CHECK(pension.by_area == shares);
    CHECK(pension.basic == Fen{16'000});
    CHECK(pension.account == Fen{15'000});
    CHECK(pension.monthly == Fen{31'000});
    CHECK(pension.index_e4 == 11'667); // (1 + 0.5 + 2) / 3
    CHECK(pension.payout_months_e1 == 1390);
}

TEST_CASE("an area without an account pays its basic part alone") {
    auto const wages = wages_of({400'000, 400'000, 400'000, 400'000, 400'000, 400'000});
    std::vector<WageSum> const paid{{2010, here, Fen{4'800'000}, 12}};
    law::Settlement const settlement{{2013, 6}, Months::of_years(60), 12, here, Fen{}};
    auto const pension = law::pension_by_area(rules("law"), wages, settlement, paid, {});
    CHECK(pension.basic == Fen{4'000});
    CHECK(pension.account == Fen{});
    CHECK(pension.by_area.size() == 1);
}

} // namespace pensim::test

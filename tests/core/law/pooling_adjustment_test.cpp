#include "core/law/pooling_adjustment.hpp"

#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

using law::central_adjustment_2018;
using law::national_pooling;
using law::PoolPosition;

using Counts = std::vector<std::int64_t>;

constexpr std::int64_t max64 = INT64_MAX;

Counts counts_of(std::vector<Fen> const& amounts) {
    Counts counts;
    for (auto const amount : amounts) {
        counts.push_back(amount.count());
    }
    return counts;
}

/// For a message that shows the figures.
std::string text_of(Counts const& counts) {
    std::string text;
    for (auto const count : counts) {
        text += std::to_string(count) + " ";
    }
    return text;
}

Wide sum_of(std::vector<Fen> const& amounts) {
    Wide sum = 0;
    for (auto const amount : amounts) {
        sum += amount.count();
    }
    return sum;
}

std::vector<PoolPosition> with_surpluses(Counts const& surpluses) {
    std::vector<PoolPosition> areas;
    for (auto const surplus : surpluses) {
        areas.push_back({Fen{}, 0, 0, Fen{surplus}});
    }
    return areas;
}

} // namespace

TEST_CASE("the central adjustment pays by heads of retirees") {
    struct Case {
        std::string why;
        std::vector<PoolPosition> areas;
        std::int64_t rate_ppm;
        Counts net;
    };
    for (auto const& c : std::vector<Case>{
             {"no area", {}, 35000, {}},
             {"one area pays itself", {{Fen{9600000}, 35000000, 7000000, {}}}, 35000, {0}},
             // Paid in: 105.84, 13.608 and 52.92 billion yuan, for 20.5 million retirees.
             {"three provinces, 2019",
              {{Fen{9600000}, 35000000, 7000000, {}},
               {Fen{7200000}, 6000000, 4500000, {}},
               {Fen{8400000}, 20000000, 9000000, {}}},
              35000,
              {-4698263414634, 2422887804878, 2275375609756}},
             {"rate of nought",
              {{Fen{9600000}, 35000000, 7000000, {}}, {Fen{7200000}, 6000000, 4500000, {}}},
              0,
              {0, 0}},
             {"the fen left over goes to the first of equals",
              {{Fen{10000}, 1, 1, {}}, {Fen{10000}, 1, 1, {}}, {Fen{38}, 1, 1, {}}},
              30000,
              {-89, -90, 179}},
             {"and to the largest remainder: 10 fen by 3, 3 and 1 heads",
              {{Fen{1000}, 1, 3, {}}, {Fen{0}, 1, 3, {}}, {Fen{0}, 1, 1, {}}},
              11111,
              {-6, 4, 2}},
             {"half a fen is rounded up: 0.5 and 0.4995",
              {{Fen{1000}, 1, 0, {}}, {Fen{999}, 1, 1, {}}},
              556,
              {-1, 1}},
             {"below half a fen nothing is paid",
              {{Fen{999}, 1, 0, {}}, {Fen{999}, 1, 1, {}}},
              556,
              {0, 0}},
             {"no retirees at all: nothing is collected",
              {{Fen{9600000}, 100, 0, {}}, {Fen{7200000}, 100, 0, {}}},
              35000,
              {0, 0}},
             {"surpluses play no part",
              {{Fen{10000}, 1, 1, Fen{-5}}, {Fen{10000}, 1, 1, Fen{999}}},
              30000,
              {0, 0}},
         }) {
        CAPTURE(c.why);
        CHECK(text_of(counts_of(central_adjustment_2018(c.areas, Rate::ppm(c.rate_ppm))))
              == text_of(c.net));
    }
}

TEST_CASE("national pooling never pays more than the deficits") {
    struct Case {
        std::string why;
        Counts surpluses;
        std::int64_t share_ppm;
        Counts net;
    };
    for (auto const& c : std::vector<Case>{
             {"no area", {}, 500000, {}},
             {"deficits beyond what is offered",
              {1000, 500, -300, -2700},
              500000,
              {-500, -250, 75, 675}},
             {"one fen beyond", {1000, 500, -300, -451}, 500000, {-500, -250, 300, 450}},
             {"exactly what is offered", {1000, 500, -300, -450}, 500000, {-500, -250, 300, 450}},
             {"one fen less is collected", {1000, 500, -300, -449}, 500000, {-499, -250, 300, 449}},
             {"equal remainders, by order",
              {1000, 1000, 1000, -100},
              1000000,
              {-34, -33, -33, 100}},
             {"half a fen offered is rounded up",
              {101, 0, -50, -50, -50},
              500000,
              {-51, 0, 17, 17, 17}},
             {"nobody short", {1000, 500, 0}, 500000, {0, 0, 0}},
             {"everybody short", {-1000, -500, 0}, 500000, {0, 0, 0}},
             {"share of nought", {1000, -100}, 0, {0, 0}},
             {"the whole surplus", {100, -1000}, 1000000, {-100, 100}},
             {"near the end of 64 bits", {max64, -max64}, 1000000, {-max64, max64}},
             {"the same, divided",
              {max64, -max64 / 2, -max64 / 2},
              1000000,
              {-max64 + 1, max64 / 2, max64 / 2}},
         }) {
        CAPTURE(c.why);
        CHECK(text_of(
                  counts_of(national_pooling(with_surpluses(c.surpluses), Rate::ppm(c.share_ppm))))
              == text_of(c.net));
    }
}

// Three provinces, worked by hand. In a year of rate r each pays in 0.9 x wage x insured x r:
//   wage a year    insured    90% of the wages     of it 1%       retirees   received of each 1%
//   120 000.00       1 000    108 000 000.00      1 080 000.00        200       684 000.00
//    80 000.00         500     36 000 000.00        360 000.00        250       855 000.00
//   100 000.00         300     27 000 000.00        270 000.00         50       171 000.00
//   together                                      1 710 000.00        500     1 710 000.00
// So each 1% is 1 710 000.00 / 500 = 3 420.00 a retiree, and moves -396 000.00, +495 000.00 and
// -99 000.00.
TEST_CASE("the central adjustment worked through, at the rates of its years") {
    std::vector<PoolPosition> const areas{
        {Fen{12000000}, 1000, 200, {}}, {Fen{8000000}, 500, 250, {}}, {Fen{10000000}, 300, 50, {}}};
    struct Case {
        std::string why;
        YearMonth year;
        Counts net; ///< fen
    };
    for (auto const& c : std::vector<Case>{
             {"3%: 3 times the above", {2018, 7}, {-118800000, 148500000, -29700000}},
             {"the same to the end of 2018", {2018, 12}, {-118800000, 148500000, -29700000}},
             {"3.5%", {2019, 1}, {-138600000, 173250000, -34650000}},
             {"4%", {2020, 1}, {-158400000, 198000000, -39600000}},
             {"4.5%", {2021, 1}, {-178200000, 222750000, -44550000}},
             {"carried on", {2022, 1}, {-178200000, 222750000, -44550000}},
             {"for good", {2060, 1}, {-178200000, 222750000, -44550000}},
         }) {
        CAPTURE(c.why);
        auto const& pooling = rules("central-2018").pooling;
        CHECK(pooling.adjustment.at(c.year) == law::PoolingAdjustment::central_2018);
        auto const net = central_adjustment_2018(areas, pooling.rate.at(c.year));
        CHECK(text_of(counts_of(net)) == text_of(c.net));
        CHECK(sum_of(net) == 0);
    }
    CHECK(rules("central-2018").pooling.adjustment.at({2018, 6}) == law::PoolingAdjustment::none);
    CHECK(rules("law").pooling.adjustment.at({2018, 7}) == law::PoolingAdjustment::none);
}

// What does not divide: 90% of 100.00 at 3% is 2.70, paid in by the first area alone.
TEST_CASE("the central adjustment leaves no fen over") {
    struct Case {
        std::string why;
        Counts retirees;
        Counts received; ///< of 270 fen
    };
    for (auto const& c : std::vector<Case>{
             {"90 each", {1, 1, 1}, {90, 90, 90}},
             {"67.5, 67.5 and 135: the fen to the first of the equal halves",
              {1, 1, 2},
              {68, 67, 135}},
             {"38.57, 77.14 and 154.29: 38 + 1 by the largest remainder", {1, 2, 4}, {39, 77, 154}},
             {"15.88, 127.06 and 127.06: 15 + 1", {1, 8, 8}, {16, 127, 127}},
             {"the payer has no retirees", {0, 1, 1}, {0, 135, 135}},
             {"all retirees are the payer's", {5, 0, 0}, {270, 0, 0}},
         }) {
        CAPTURE(c.why);
        auto const net =
            central_adjustment_2018(std::vector<PoolPosition>{{Fen{10000}, 1, c.retirees[0], {}},
                                                              {Fen{10000}, 0, c.retirees[1], {}},
                                                              {Fen{10000}, 0, c.retirees[2], {}}},
                                    Rate::ppm(30000));
        CHECK(text_of(counts_of(net))
              == text_of({c.received[0] - 270, c.received[1], c.received[2]}));
        CHECK(sum_of(net) == 0);
    }
}

// The share of each row is that of the rule set: the whole surplus, as far as there are deficits.
TEST_CASE("national pooling worked through, on both sides of a balanced year") {
    auto const& pooling = rules("national-pooling").pooling;
    CHECK(pooling.adjustment.at({2021, 12}) == law::PoolingAdjustment::none);
    CHECK(pooling.adjustment.at({2022, 1}) == law::PoolingAdjustment::national);
    Rate const share = pooling.rate.at({2022, 1});
    struct Case {
        std::string why;
        Counts surpluses;
        Counts net;
    };
    for (auto const& c : std::vector<Case>{
             // One area at nought and at one fen on either side, with and without a counterpart.
             {"all balanced", {0, 0, 0}, {0, 0, 0}},
             {"a fen to spare, nobody short", {1, 0, 0}, {0, 0, 0}},
             {"a fen short, nobody to spare", {-1, 0, 0}, {0, 0, 0}},
             {"a fen meets a fen", {1, 0, -1}, {-1, 0, 1}},
             {"two to spare, one short: half a fen each, the first pays it",
              {1, 1, -1},
              {-1, 0, 1}},
             {"one to spare, two short: half a fen each, the first receives it",
              {1, -1, -1},
              {-1, 1, 0}},
             // Surpluses 900 + 600 = 1500, around deficits of 1500 together.
             {"deficits of 1500: everything evened out",
              {900, 600, -1000, -500},
              {-900, -600, 1000, 500}},
             // 1499 x 900 / 1500 = 899.4 and 1499 x 600 / 1500 = 599.6.
             {"deficits of 1499: a fen is kept, by the first", // 899 and 600
              {900, 600, -1000, -499},
              {-899, -600, 1000, 499}},
             // 1500 x 1000 / 1501 = 999.33 and 1500 x 501 / 1501 = 500.67.
             {"deficits of 1501: a fen is not met, the first one's", // 999 and 501
              {900, 600, -1000, -501},
              {-900, -600, 999, 501}},
             // 1000 x 300 / 1001 = 299.70, twice, and 1000 x 401 / 1001 = 400.60.
             {"two fen over go to the largest remainders",
              {1000, -300, -300, -401},
              {-1000, 300, 300, 400}},
             // 999 x 700 / 1000 = 699.3 and 999 x 300 / 1000 = 299.7.
             {"also where it is collected", {700, 300, -999}, {-699, -300, 999}},
             {"a whole year: 40, 25 and 10 million yuan against 30 and 20 million",
              {4000000000, 2500000000, 1000000000, -3000000000, -2000000000},
              // 50 of 75 million: two thirds of each.
              {-2666666667, -1666666667, -666666666, 3000000000, 2000000000}},
         }) {
        CAPTURE(c.why);
        auto const net = national_pooling(with_surpluses(c.surpluses), share);
        CHECK(text_of(counts_of(net)) == text_of(c.net));
        CHECK(sum_of(net) == 0);
    }
}

TEST_CASE("adjustments sum to zero whatever the areas") {
    constexpr unsigned seed = 20180701;
    CAPTURE(seed);
    std::mt19937_64 draw(seed);
    auto const below = [&](std::int64_t limit) {
        return static_cast<std::int64_t>(draw() % static_cast<std::uint64_t>(limit));
    };
    for (int run = 0; run < 2000; ++run) {
        CAPTURE(run);
        std::vector<PoolPosition> areas(static_cast<std::size_t>(1 + below(40)));
        for (auto& area : areas) {
            area = {Fen{below(20'000'000)},
                    below(100'000'000),
                    below(3) == 0 ? 0 : below(50'000'000),
                    Fen{below(2'000'000'001) - 1'000'000'000}};
        }
        auto const rate = Rate::ppm(below(1'000'001));
        CHECK(sum_of(central_adjustment_2018(areas, rate)) == 0);
        auto const net = national_pooling(areas, rate);
        CHECK(sum_of(net) == 0);
        for (std::size_t i = 0; i < areas.size(); ++i) {
            auto const surplus = areas[i].surplus;
            if (surplus > Fen{0}) { // pays at most its share, rounded up
                CHECK(net[i] <= Fen{0});
                CHECK(net[i] + times(surplus, rate) >= Fen{0});
            } else { // receives at most its deficit
                CHECK(net[i] >= Fen{0});
                CHECK(net[i] + surplus <= Fen{0});
            }
        }
    }
}

TEST_CASE("what leaves 64 bits is an error, what is no position a broken contract") {
    std::vector<PoolPosition> const huge(2, {Fen{max64}, max64, 1, Fen{max64}});
    CHECK_THROWS_AS(static_cast<void>(central_adjustment_2018(huge, Rate::ppm(30000))),
                    MoneyOverflow);
    std::vector<PoolPosition> const large(1, {Fen{max64}, 100'000'000, 1, {}});
    CHECK_THROWS_AS(static_cast<void>(central_adjustment_2018(large, Rate::ppm(30000))),
                    MoneyOverflow);
    CHECK_THROWS_AS(static_cast<void>(national_pooling(huge, Rate::ppm(1000000))), MoneyOverflow);
    CHECK_THROWS_AS(
        static_cast<void>(national_pooling(with_surpluses({INT64_MIN, 1}), Rate::ppm(1000000))),
        MoneyOverflow);

    std::vector<PoolPosition> const negative{{Fen{1}, 1, -1, {}}};
    CHECK_THROWS_AS(static_cast<void>(central_adjustment_2018(negative, Rate::ppm(30000))),
                    ContractViolation);
    CHECK_THROWS_AS(static_cast<void>(national_pooling(huge, Rate::ppm(1000001))),
                    ContractViolation);
    CHECK_THROWS_AS(static_cast<void>(national_pooling(huge, Rate::ppm(-1))), ContractViolation);
}

} // namespace pensim::test

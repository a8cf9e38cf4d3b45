#include "core/law/pooling_adjustment.hpp"

#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

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

#include "sim/report/moments.hpp"

#include <cmath>
#include <random>

#include <doctest/doctest.h>

#include "sim/engine/cell_tally.hpp"

namespace pensim::report {
namespace {

using doctest::Approx;

/// Two passes, as the textbook has it, over what is beyond `about`.
struct Plain {
    long double mean = 0;
    long double sd = 0;
};
Plain plain(std::vector<std::int64_t> const& values, std::int64_t about) {
    auto const n = static_cast<long double>(values.size());
    Plain p;
    for (std::int64_t const value : values) {
        p.mean += static_cast<long double>(value - about) / n;
    }
    for (std::int64_t const value : values) {
        long double const off = static_cast<long double>(value - about) - p.mean;
        p.sd += off * off;
    }
    p.sd = std::sqrt(p.sd / (n - 1));
    p.mean += static_cast<long double>(about);
    return p;
}

TEST_CASE("mean and spread are those of two passes, whatever the size of the numbers") {
    std::mt19937_64 random(3);
    struct Case {
        std::int64_t about;
        std::int64_t within;
    };
    for (Case const& c : {Case{0, 10},
                          {1'000'000, 5},
                          {4'000'000'000'000'000'000, 1000},
                          {0, 0},
                          {-50, 100},
                          {0, 1'000'000'000'000}}) {
        for (std::size_t const n : {2U, 3U, 30U}) {
            CAPTURE(c.about);
            CAPTURE(c.within);
            CAPTURE(n);
            std::vector<std::int64_t> values;
            Moments moments;
            for (std::size_t i = 0; i < n; ++i) {
                auto const draw = static_cast<std::int64_t>(random() >> 2U);
                values.push_back(c.about + draw % (2 * c.within + 1) - c.within);
                moments.add(values.back());
            }
            Plain const expected = plain(values, c.about);
            Spread const spread = moments.over(static_cast<std::uint32_t>(n));
            CHECK(moments.first() == values.front());
            CHECK(spread.mean == Approx(static_cast<double>(expected.mean)).epsilon(1e-12));
            CHECK(spread.sd == Approx(static_cast<double>(expected.sd)).epsilon(1e-9));
            CHECK(spread.hi95 - spread.mean
                  == Approx(spread.mean - spread.lo95).epsilon(1e-6).scale(spread.sd + 1));
        }
    }
}

TEST_CASE("a replicate that added nothing counts as 0") {
    Moments sparse;
    Moments full;
    std::vector<std::int64_t> const values{5, 9, 7};
    for (std::int64_t const value : values) {
        sparse.add(value);
        full.add(value);
    }
    full.add(0);
    full.add(0);
    Spread const a = sparse.over(5);
    Spread const b = full.over(5);
    CHECK(a.mean == Approx(4.2));
    CHECK(a.mean == Approx(b.mean));
    CHECK(a.sd == Approx(b.sd));
    CHECK(a.lo95 == Approx(b.lo95));
    CHECK(a.hi95 == Approx(b.hi95));
    CHECK(Moments().over(4).mean == 0);
    CHECK(Moments().over(4).sd == 0);
}

TEST_CASE("a sum over replicates that leaves 64 bits is told, and so are squares of 128") {
    auto const told = [](auto const& compute) -> std::string {
        try {
            compute();
        } catch (MoneyOverflow const& overflow) {
            return overflow.what();
        }
        return "(fits)";
    };
    Moments sum;
    sum.add(INT64_MAX / 2);
    sum.add(INT64_MAX / 2 + 1);
    CHECK(sum.total() == INT64_MAX);
    sum.add(1);
    CHECK(told([&] { static_cast<void>(sum.total()); })
          == "a sum over replicates leaves the range of 64-bit fen; expected fewer replicates, "
             "fewer persons, or lower wages");
    std::string const spread = "the spread of a sum over samples leaves the range of 64-bit fen; "
                               "expected fewer persons, or lower wages";
    Moments far;
    far.add(INT64_MIN);
    CHECK(told([&] { far.add(INT64_MAX); }) == spread); // (2^64 - 1)^2
    Moments often;
    often.add(0);
    auto const add = [&] { often.add(INT64_MAX); }; // each square is a quarter of what fits
    CHECK(told(add) == "(fits)");
    CHECK(told(add) == "(fits)");
    CHECK(told(add) == spread);
    Moments absent; // in the others the number was 0
    absent.add(INT64_MAX);
    CHECK(told([&] { static_cast<void>(absent.over(2)); }) == "(fits)");
    CHECK(absent.over(2).mean == Approx(4.611686018427388e18));
    CHECK(told([&] { static_cast<void>(absent.over(4)); }) == spread);
}

TEST_CASE("one replicate has no spread") {
    Moments one;
    one.add(-17);
    Spread const spread = one.over(1);
    CHECK(spread.mean == -17);
    CHECK(std::isnan(spread.sd));
    CHECK(std::isnan(spread.lo95));
    CHECK(std::isnan(spread.hi95));
}

TEST_CASE("the interval is Student's") {
    // 0.975 quantiles of t with n - 1 degrees of freedom, from a printed table.
    struct Case {
        std::uint32_t n;
        double t;
    };
    for (Case const& c :
         {Case{2, 12.706}, {3, 4.303}, {5, 2.776}, {10, 2.262}, {31, 2.042}, {121, 1.980}}) {
        CAPTURE(c.n);
        Moments moments;
        for (std::uint32_t i = 0; i < c.n; ++i) {
            moments.add(i % 2 == 0 ? 100 : 300);
        }
        Spread const spread = moments.over(c.n);
        double const half = c.t * spread.sd / std::sqrt(static_cast<double>(c.n));
        CHECK(spread.hi95 - spread.mean == Approx(half).epsilon(3e-4));
        CHECK(spread.mean - spread.lo95 == Approx(half).epsilon(3e-4));
    }
}

struct Cell {
    std::uint64_t key = 0;
    std::array<std::int64_t, 2> values{};
};

TEST_CASE("cells can be listed though nothing was added to them") {
    using Cells = std::vector<engine::CellTally<1>::Cell>;
    CellMoments<1> moments;
    moments.add(Cells{{3, {5}}, {7, {1}}});
    moments.list(Cells{{1, {9}}, {3, {9}}, {8, {9}}});
    moments.add(Cells{{3, {7}}, {8, {4}}});
    std::vector<std::uint64_t> keys;
    for (auto const& cell : moments.cells()) {
        keys.push_back(cell.key);
    }
    CHECK(keys == std::vector<std::uint64_t>{1, 3, 7, 8});
    CHECK(moments.find(1)->values[0].over(2).mean == 0);
    CHECK(moments.find(1)->values[0].over(2).sd == 0);
    CHECK(moments.find(3)->values[0].over(2).mean == 6);
    CHECK(moments.find(8)->values[0].over(2).mean == 2);
}

TEST_CASE("cells of replicates meet by key; a late one was 0 before") {
    CellMoments<2> moments;
    moments.add(std::vector<Cell>{{3, {1, 10}}, {7, {2, 20}}});
    moments.add(std::vector<Cell>{});
    moments.add(std::vector<Cell>{{1, {4, 40}}, {7, {6, 60}}, {9, {8, 80}}});
    auto const& cells = moments.cells();
    REQUIRE(cells.size() == 4);
    std::array<std::uint64_t, 4> const keys{1, 3, 7, 9};
    std::array<double, 4> const sums{4, 1, 8, 8};
    for (std::size_t i = 0; i < keys.size(); ++i) {
        CAPTURE(keys[i]);
        CHECK(cells[i].key == keys[i]);
        CHECK(cells[i].values[0].over(3).mean == Approx(sums[i] / 3));
        CHECK(cells[i].values[1].over(3).mean == Approx(sums[i] * 10 / 3));
    }
    // 2, 0, 6
    CHECK(cells[2].values[0].over(3).sd == Approx(std::sqrt(28.0 / 3)));
}

} // namespace
} // namespace pensim::report

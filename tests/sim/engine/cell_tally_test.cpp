#include "sim/engine/cell_tally.hpp"

#include <algorithm>
#include <map>
#include <random>

#include <doctest/doctest.h>

namespace pensim::engine {
namespace {

using Numbers = std::array<std::int64_t, 2>;
using Plain = std::map<std::uint64_t, Numbers>;

void add_to(Plain& plain, std::uint64_t key, Numbers const& values) {
    Numbers& cell = plain[key];
    cell[0] += values[0];
    cell[1] += values[1];
}

Plain plain_of(CellTally<2>& tally) {
    Plain plain;
    std::uint64_t last = 0;
    for (auto const& cell : tally.cells()) {
        CHECK((plain.empty() || cell.key > last)); // by rising key, each once
        last = cell.key;
        plain[cell.key] = cell.values;
    }
    return plain;
}

TEST_CASE("a tally of cells is a map of sums") {
    std::mt19937_64 random(1);
    // Few keys, many keys, more additions than a buffer takes.
    struct Case {
        std::uint64_t keys;
        int additions;
    };
    for (Case const& c : {Case{1, 10}, {7, 1000}, {1'000'000, 1000}, {5000, 300'000}}) {
        CAPTURE(c.keys);
        CAPTURE(c.additions);
        CellTally<2> tally;
        Plain plain;
        for (int i = 0; i < c.additions; ++i) {
            std::uint64_t const key = random() % c.keys * 0x9e3779b97f4a7c15U; // also huge ones
            Numbers const values{1, static_cast<std::int64_t>(random() % 2001) - 1000};
            tally.add(key, values);
            add_to(plain, key, values);
            if (random() % 50'000 == 0) {
                CHECK(tally.cells().size() == plain.size()); // reading in between changes nothing
            }
        }
        CHECK(plain_of(tally) == plain);
        CHECK(plain_of(tally) == plain);
        tally.clear();
        CHECK(tally.cells().empty());
        tally.add(5, {1, 2});
        CHECK(plain_of(tally) == Plain{{5, {1, 2}}});
    }
}

TEST_CASE("a cell with the sum 0 stays: something happened there") {
    CellTally<1> tally;
    tally.add(3, {5});
    tally.add(3, {-5});
    REQUIRE(tally.cells().size() == 1);
    CHECK(tally.cells()[0].values[0] == 0);
}

TEST_CASE("tallies merge in any order to the same cells") {
    std::mt19937_64 random(2);
    std::vector<CellTally<2>> parts(6);
    Plain plain;
    for (std::size_t part = 0; part + 1 < parts.size(); ++part) { // the last one stays empty
        for (int i = 0; i < 500; ++i) {
            std::uint64_t const key = random() % 700;
            Numbers const values{1, static_cast<std::int64_t>(random() % 100)};
            parts[part].add(key, values);
            add_to(plain, key, values);
        }
    }
    std::vector<std::size_t> order{0, 1, 2, 3, 4, 5};
    do {
        CellTally<2> total;
        for (std::size_t const part : order) {
            total.merge(parts[part]);
        }
        REQUIRE(plain_of(total) == plain);
    } while (std::next_permutation(order.begin(), order.end()));
    // Merged pairwise, as a tree.
    parts[0].merge(parts[1]);
    parts[2].merge(parts[3]);
    parts[4].merge(parts[5]);
    parts[4].merge(parts[2]);
    parts[4].merge(parts[0]);
    CHECK(plain_of(parts[4]) == plain);
}

TEST_CASE("a sum that leaves 64 bits is an error, in a cell and between tallies") {
    constexpr std::int64_t most = INT64_MAX;
    CellTally<1> tally;
    tally.add(1, {most});
    tally.add(2, {most});
    CHECK(tally.cells().size() == 2);
    tally.add(1, {1});
    CHECK_THROWS_AS(static_cast<void>(tally.cells()), MoneyOverflow);

    CellTally<1> a;
    CellTally<1> b;
    a.add(1, {-most});
    b.add(1, {-2});
    CHECK_THROWS_AS(a.merge(b), MoneyOverflow);

    std::int64_t sum = most - 1;
    add_checked(sum, 1);
    CHECK(sum == most);
    CHECK_THROWS_AS(add_checked(sum, 1), MoneyOverflow);
}

} // namespace
} // namespace pensim::engine

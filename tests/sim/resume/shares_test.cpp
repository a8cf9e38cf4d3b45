#include "sim/resume/shares.hpp"

#include <algorithm>
#include <random>

#include <doctest/doctest.h>

namespace pensim::resume {
namespace {

using engine::Stretch;

TEST_CASE("shares of two and three ranks") {
    std::vector<Stretch> const one{{7, 100, 50}};
    CHECK(share_of(one, 10, 0, 1) == one);
    CHECK(share_of(one, 10, 0, 2) == std::vector<Stretch>{{7, 100, 20}});
    CHECK(share_of(one, 10, 1, 2) == std::vector<Stretch>{{7, 120, 30}});
    CHECK(share_of(one, 100, 0, 2).empty());
    CHECK(share_of(one, 100, 1, 2) == one);
    std::vector<Stretch> const two{{0, 0, 15}, {0, 40, 30}};
    CHECK(share_of(two, 10, 0, 3) == std::vector<Stretch>{{0, 0, 10}});
    CHECK(share_of(two, 10, 1, 3) == std::vector<Stretch>{{0, 10, 5}, {0, 40, 10}});
    CHECK(share_of(two, 10, 2, 3) == std::vector<Stretch>{{0, 50, 20}});
    CHECK(share_of({}, 10, 0, 3).empty());
}

TEST_CASE("shares of any number of ranks are everybody once, in whole shards, and even") {
    std::mt19937_64 random(20260702);
    for (int i = 0; i < 500; ++i) {
        std::uint64_t const shard = random() % 50 + 1;
        int const ranks = static_cast<int>(random() % 9) + 1;
        std::vector<Stretch> people;
        std::uint64_t first = random() % 1000;
        for (std::uint64_t left = random() % 5; left > 0; --left) {
            people.push_back({3, first, random() % 300 + 1});
            first = people.back().end() + random() % 100;
        }
        std::vector<Stretch> all;
        std::uint64_t fewest = UINT64_MAX;
        std::uint64_t most = 0;
        for (int rank = 0; rank < ranks; ++rank) {
            std::uint64_t shards = 0;
            for (Stretch const& part : share_of(people, shard, rank, ranks)) {
                shards += (part.persons + shard - 1) / shard;
                auto const whole =
                    std::find_if(people.begin(), people.end(), [&](Stretch const& s) {
                        return s.first <= part.first && part.end() <= s.end();
                    });
                REQUIRE(whole != people.end());
                CHECK((part.first - whole->first) % shard == 0);
                CHECK((part.persons % shard == 0 || part.end() == whole->end()));
                if (!all.empty() && all.back().end() == part.first && part.first != whole->first) {
                    all.back().persons += part.persons; // goes on where another rank ends
                } else {
                    all.push_back(part);
                }
            }
            fewest = std::min(fewest, shards);
            most = std::max(most, shards);
        }
        CHECK(all == people);
        CHECK(most - fewest <= 1);
    }
}

} // namespace
} // namespace pensim::resume

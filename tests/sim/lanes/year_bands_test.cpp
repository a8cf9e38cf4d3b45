#include "sim/lanes/year_bands.hpp"

#include <algorithm>
#include <random>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

namespace pensim::test {

namespace {

struct Job {
    std::int32_t begin = 0;
    std::int32_t end = 0;
    int number = 0;
};

} // namespace

TEST_CASE("what begins in like years and ends in the same year comes to stand together") {
    constexpr int years = 120;
    lanes::YearBands<Job> bands(years);
    std::mt19937 random(20281129);
    for (std::size_t const count : {0U, 1U, 2U, 17U, 700U}) {
        CAPTURE(count);
        std::vector<Job> jobs;
        for (std::size_t i = 0; i < count; ++i) {
            auto const begin = static_cast<std::int32_t>(random() % (12 * years));
            auto const end = static_cast<std::int32_t>(random() % (12 * years + 12));
            jobs.push_back({std::min(begin, end), std::max(begin, end), static_cast<int>(i)});
        }
        std::vector<Job> wanted = jobs;
        std::stable_sort(wanted.begin(), wanted.end(), [](Job const& a, Job const& b) {
            auto const key = [](Job const& job) {
                return std::tuple(job.begin / 96, job.end / 12);
            };
            return key(a) < key(b);
        });
        bands.sort(jobs);
        REQUIRE(jobs.size() == count);
        CHECK(std::equal(jobs.begin(), jobs.end(), wanted.begin(), [](Job const& a, Job const& b) {
            return a.number == b.number;
        }));
    }
}

} // namespace pensim::test

#include "sim/reform/comparison_figures.hpp"

#include <cmath>
#include <map>

#include <doctest/doctest.h>

#include "core/law/words.hpp"
#include "tests/support/compared.hpp"

namespace pensim::test {
namespace {

using engine::Change;
using reform::Comparison;
using reform::ComparisonFigures;
using reform::Contrast;
using reform::MoneyTotal;
using reform::ReformResult;
using report::AreaColumn;

Comparison compared(std::uint32_t replicates) {
    auto const simulation =
        simulated("hmt", {.persons = 3000, .replicates = replicates, .with_pilot = false});
    Planned const planned(*simulation, {"five-years", "pro-rata"});
    return reform::compare(planned.plan);
}

TEST_CASE("totals of money are the sums of their parts, with an interval of their own") {
    for (std::uint32_t const replicates : {1U, 4U}) {
        CAPTURE(replicates);
        Comparison const comparison = compared(replicates);
        ComparisonFigures const figures(comparison);
        ReformResult const& five_years = comparison.reforms.front();
        double before = 0;
        double difference = 0;
        double widest = 0;
        for (std::size_t k = 0; k < words<TransferKind>.size(); ++k) {
            for (std::size_t i = 1; i < 3; ++i) {
                Contrast const part = figures.flow(five_years, static_cast<TransferKind>(k), i);
                before += part.mean_before;
                difference += part.difference;
                widest += half95(part);
            }
        }
        Contrast const moved = figures.total(five_years, MoneyTotal::moved);
        CHECK(moved.mean_before == doctest::Approx(before));
        CHECK(moved.difference == doctest::Approx(difference));
        CHECK(moved.mean_after - moved.mean_before == doctest::Approx(difference));
        CHECK(difference < 0);
        // Wider than nothing, and no wider than if all parts erred together.
        CHECK(half95(moved) > 0);
        CHECK(half95(moved) <= widest);

        Contrast const account =
            figures.area(five_years, reform::all_areas, AreaColumn::benefits_account);
        Contrast const pool =
            figures.area(five_years, reform::all_areas, AreaColumn::benefits_pool);
        Contrast const pensions = figures.total(five_years, MoneyTotal::pensions);
        CHECK(pensions.mean_before == doctest::Approx(account.mean_before + pool.mean_before));
        CHECK(pensions.difference == doctest::Approx(account.difference + pool.difference));
        CHECK(half95(pensions) > 0);
    }
}

TEST_CASE("winners and losers are those of the tally, with an interval") {
    for (std::uint32_t const replicates : {1U, 4U}) {
        CAPTURE(replicates);
        Comparison const comparison = compared(replicates);
        ComparisonFigures const figures(comparison);
        for (ReformResult const& reform : comparison.reforms) {
            engine::Impact const& all = reform.people.impacts.front();
            for (auto const& [found, count] : {std::pair(figures.winners(reform), all.winners),
                                               std::pair(figures.losers(reform), all.losers)}) {
                CHECK(count > 0);
                CHECK(found.difference * replicates == doctest::Approx(static_cast<double>(count)));
                CHECK(found.lo95 < found.difference);
                CHECK(found.difference < found.hi95);
                CHECK(std::isnan(found.factor));
            }
        }
    }
}

TEST_CASE("transitions of all groups together, the most frequent first") {
    Comparison const comparison = compared(1);
    ReformResult const& reform = comparison.reforms.front();
    for (Change const what :
         {Change::status, Change::benefit_area, Change::branch, Change::pension}) {
        auto const order = ComparisonFigures::transitions(reform, what);
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < order.size(); ++i) {
            // A pension may change and stay in its class.
            CHECK((order[i].from != order[i].to || what == Change::pension));
            CHECK(order[i].people > 0);
            CHECK((i == 0 || order[i].people <= order[i - 1].people));
            sum += order[i].people;
        }
        if (what == Change::benefit_area || what == Change::branch) {
            CHECK(sum == reform.people.by_change[static_cast<std::size_t>(what)]);
            CHECK(sum > 0);
        }
    }
}

TEST_CASE("areas by what they gain add up to nothing") {
    Comparison const comparison = compared(1);
    ComparisonFigures const figures(comparison);
    auto const order = figures.areas_by(comparison.reforms.front(), AreaColumn::portability_gain);
    REQUIRE(order.size() > 5);
    double sum = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        CHECK(order[i].area != reform::all_areas);
        CHECK(order[i].value.difference != 0);
        CHECK((i == 0 || order[i].value.difference <= order[i - 1].value.difference));
        sum += order[i].value.difference;
    }
    CHECK(sum == 0);
    CHECK(order.front().value.difference > 0);
}

} // namespace
} // namespace pensim::test

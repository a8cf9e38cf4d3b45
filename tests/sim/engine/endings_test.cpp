#include "sim/engine/endings.hpp"

#include <doctest/doctest.h>

#include "sim/engine/parallel_run.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::engine {
namespace {

TEST_CASE("months short: none, then years that have begun") {
    struct Row {
        int months;
        std::size_t bin;
    };
    for (Row const row : {Row{0, 0}, {1, 1}, {12, 1}, {13, 2}, {24, 2}, {25, 3}, {240, 20}}) {
        CAPTURE(row.months);
        CHECK(Endings::bin_of_missing(row.months) == row.bin);
    }
    CHECK(Endings::bin_of_missing(100'000) == Endings::bins - 1);
}

TEST_CASE("rates: twentieths, the last bin open") {
    Fen const wage(10'000);
    CHECK(Endings::bin_of_rate(Fen(0), wage) == 0);
    CHECK(Endings::bin_of_rate(Fen(499), wage) == 0);
    CHECK(Endings::bin_of_rate(Fen(500), wage) == 1);
    CHECK(Endings::bin_of_rate(Fen(9'999), wage) == 19);
    CHECK(Endings::bin_of_rate(Fen(10'000), wage) == 20);
    CHECK(Endings::bin_of_rate(Fen(19'999), wage) == Endings::bins - 2);
    CHECK(Endings::bin_of_rate(Fen(20'000), wage) == Endings::bins - 1);
    CHECK(Endings::bin_of_rate(Fen(INT64_MAX), Fen(1)) == Endings::bins - 1);
}

TEST_CASE("everybody counted is in the histograms, each pension in both") {
    auto const simulation = test::simulated("hmt", {.persons = 800, .with_pilot = false});
    Setup const setup = simulation->setup();
    Tally tally(setup.areas, setup.watch);
    LifeRunner runner(setup, simulation->key(0), tally);
    Endings expected;
    int pensions = 0;
    for (std::uint64_t person = 0; person < 800; ++person) {
        LifeResult const& result = runner.run(person);
        if (result.walk->counted && result.walk->counted_months > 0) {
            int const short_by = result.walk->required - result.walk->counted_months;
            expected.add(Ending::missing_months, Endings::bin_of_missing(std::max(0, short_by)));
        }
        if (result.pension && result.pension->by_area.empty()) {
            ++pensions;
            // monthly / wage and monthly / (wage x index), as doubles.
            Fen const wage =
                setup.law.wages.at(result.walk->place->area, result.walk->settlement->year() - 1);
            double const rate = static_cast<double>(result.pension->monthly.count())
                                / static_cast<double>(wage.count());
            double const own = rate / (result.pension->index_e4 / 10'000.0);
            auto const bin = [](double r) {
                return std::min<std::size_t>(Endings::bins - 1, static_cast<std::size_t>(r * 20));
            };
            expected.add(Ending::replacement_of_area_wage, bin(rate));
            expected.add(Ending::replacement_of_own_wage, bin(own));
        }
    }
    CHECK(pensions > 100);
    CHECK(tally.endings == expected);
}

} // namespace
} // namespace pensim::engine

#include "sim/world/moving.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "core/basis/check.hpp"
#include "sim/data/world_tables.hpp"
#include "sim/random/stream.hpp"
#include "sim/random/tables.hpp"
#include "sim/world/mobility.hpp"
#include "tests/support/monte_carlo.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

using random::Stream;
using world::AgeHazard;
using world::AgeProfile;
using world::Moving;
using world::SquareMatrix;

/// Rogers and Castro (1981), their average parameters for Swedish regions, roughly.
AgeProfile const labour{0.02, 0.1, 0.06, 0.1, 20, 0.4, 0.003};
/// Nobody moves before 15.7: the shape is below zero.
AgeProfile const late{0, 0, 1, 0.02, 25, 0.3, -0.005};

/// The shape as the paper writes it.
double height(AgeProfile const& p, double age) {
    return p.a1 * std::exp(-p.alpha1 * age)
           + p.a2 * std::exp(-p.alpha2 * (age - p.mu2) - std::exp(-p.lambda2 * (age - p.mu2)))
           + p.c;
}

double exponential(std::uint32_t u) {
    static random::Exponential const table;
    return table.draw(u);
}

/// Five-year moves of the census of 2020.
SquareMatrix census() {
    auto const tables = data::load_migration({}, areas()).value();
    auto const& table = *data::find_migration(tables, "2015-2020");
    auto counts = SquareMatrix::zero(static_cast<int>(table.areas));
    std::copy(table.persons.begin(), table.persons.end(), counts.values.begin());
    return counts;
}

Moving monthly_moving(SquareMatrix const& rates) {
    return Moving(world::transition(rates, 1.0 / 12).values, rates.size, {});
}

/// Where somebody is after each of the given numbers of months, which rise.
std::vector<int>
walk(Moving const& moving, int area, std::vector<int> const& months, Stream draws) {
    constexpr int age = 20 * 12;
    std::vector<int> seen;
    int month = 0;
    while (true) {
        AreaId const here = static_cast<AreaId>(area);
        int const stays = moving.leads_away(here) ? moving.age().months_until(
                              age + month, moving.rate(here), exponential(draws.next()))
                                                  : months.back();
        while (month + stays >= months[seen.size()]) {
            seen.push_back(area);
            if (seen.size() == months.size()) {
                return seen;
            }
        }
        month += stays + 1;
        area = row(moving.destination(here, draws.next()));
    }
}

/// People after some months: [moment][origin * areas + destination], `persons[origin]` of each.
std::vector<std::vector<std::size_t>> simulate(Moving const& moving,
                                               std::vector<std::size_t> const& persons,
                                               std::vector<int> const& months) {
    std::size_t const areas = persons.size();
    std::vector counts(months.size(), std::vector<std::size_t>(areas * areas));
    std::uint64_t person = 0;
    for (std::size_t origin = 0; origin < areas; ++origin) {
        for (std::size_t i = 0; i < persons[origin]; ++i) {
            auto const seen = walk(moving,
                                   static_cast<int>(origin),
                                   months,
                                   Stream({2020, 0}, person++, random::Purpose::career));
            for (std::size_t k = 0; k < seen.size(); ++k) {
                ++counts[k][origin * areas + static_cast<std::size_t>(seen[k])];
            }
        }
    }
    return counts;
}

} // namespace

TEST_CASE("an age profile has the mean 1 from 20 to 59 and the shape it was given") {
    for (AgeProfile const& profile : {AgeProfile{}, labour, late}) {
        AgeHazard const hazard(profile);
        double mean = 0;
        for (int age = 20; age < 60; ++age) {
            mean += hazard.at_age(age) / 40;
        }
        CHECK(mean == doctest::Approx(1).epsilon(1e-8));
        for (int const age : {0, 5, 14, 18, 22, 30, 60, 90, 110}) {
            CAPTURE(age);
            double in_months = 0;
            for (int month = 0; month < 12; ++month) {
                in_months += std::max(0.0, height(profile, age + (month + 0.5) / 12)) / 12;
            }
            double const at_22 = height(profile, 22.5);
            CHECK(hazard.at_age(age) / hazard.at_age(22)
                  == doctest::Approx(in_months / at_22).epsilon(0.01));
        }
    }
    CHECK(AgeHazard(late).at_age(15) == 0);
    CHECK(AgeHazard(AgeProfile{}).at_age(0) == 1);
    CHECK_THROWS_AS(AgeHazard(AgeProfile{0, 0, 0, 0, 0, 0, 0}), ContractViolation);
}

TEST_CASE("a flat profile waits as many months as the draw over the rate") {
    AgeHazard const flat(AgeProfile{});
    struct Case {
        std::string why;
        int age;
        double rate;
        double exponential;
        int months;
    };
    constexpr int last_age = AgeHazard::age_max * 12;
    constexpr int never = 1 << 20;
    for (auto const& c : std::vector<Case>{
             {"at once", 240, 0.25, 0, 0},
             {"not yet a month", 240, 0.25, 0.2499, 0},
             {"a month", 240, 0.25, 0.25, 1},
             {"just below two", 240, 0.25, 0.4999, 1},
             {"two", 240, 0.25, 0.5, 2},
             {"long", 0, 0.0078125, 4, 512},
             {"the last month of all", last_age - 1, 0.5, 0.49, 0},
             {"beyond the last month", last_age - 1, 0.5, 0.5, never},
             {"too old", last_age, 0.5, 0, never},
             {"nobody moves", 240, 0, 0, never},
         }) {
        CAPTURE(c.why);
        CHECK(flat.months_until(c.age, c.rate, c.exponential) == c.months);
    }
    // Geometric: the chance of moving at the end of the first month is 1 - exp(-rate).
    constexpr std::size_t draws = 100'000;
    double const rate = 0.03;
    std::array<std::size_t, 60> counts{};
    Stream stream({3, 1}, 0, random::Purpose::career);
    for (std::size_t i = 0; i < draws; ++i) {
        auto const months = flat.months_until(300, rate, exponential(stream.next()));
        ++counts[static_cast<std::size_t>(std::min(months, 59))];
    }
    double left = 1;
    for (std::size_t month = 0; month < 59; ++month) {
        CAPTURE(month);
        double const moves = left * -std::expm1(-rate);
        CHECK(surprise_of_share(counts[month], draws, moves) < standard_errors);
        left -= moves;
    }
    CHECK(surprise_of_share(counts[59], draws, left) < standard_errors);
}

TEST_CASE("months until a move, against adding up month by month") {
    Stream stream({3, 2}, 0, random::Purpose::career);
    std::size_t moves = 0;
    for (AgeProfile const& profile : {AgeProfile{}, labour, late}) {
        AgeHazard const hazard(profile);
        double mean = 0;
        for (int month = 20 * 12; month < 60 * 12; ++month) {
            mean += height(profile, (month + 0.5) / 12) / 480;
        }
        for (int i = 0; i < 3'000; ++i) {
            int const age = static_cast<int>(stream.next() % (AgeHazard::age_max * 12));
            double const rate = std::pow(10.0, -4 * (stream.next() / 4294967296.0)) / 2;
            double const draw = exponential(stream.next());
            int const found = hazard.months_until(age, rate, draw);
            // The hazards that the waiting and one more month add up to; one rounding of the sum
            // may lie between.
            double sum = 0;
            int month = age;
            for (; month < AgeHazard::age_max * 12; ++month) {
                double const more =
                    rate * std::max(0.0, height(profile, (month + 0.5) / 12)) / mean;
                if (sum + more > draw) {
                    break;
                }
                sum += more;
            }
            bool const never = month == AgeHazard::age_max * 12;
            moves += never ? 0 : 1;
            CAPTURE(age);
            CAPTURE(rate);
            CAPTURE(draw);
            CHECK((never ? found >= AgeHazard::age_max * 12 - age : found == month - age));
        }
    }
    CHECK(moves > 2'000);
}

TEST_CASE("each area is left at its own rate for its own destinations") {
    // From the first to the second and third, 1 to 3; from the second to the first alone; the third
    // is never left.
    Moving const moving(std::vector<double>{0.96, 0.01, 0.03, 0.2, 0.8, 0, 0, 0, 1}, 3, {});
    CHECK(moving.rate(AreaId{0}) == doctest::Approx(-std::log(0.96)));
    CHECK(moving.rate(AreaId{1}) == doctest::Approx(-std::log(0.8)));
    CHECK(moving.rate(AreaId{2}) == 0);
    CHECK(moving.leads_away(AreaId{0}));
    CHECK_FALSE(moving.leads_away(AreaId{2}));
    double to_second = 0;
    constexpr std::uint32_t draws = 1U << 16U;
    for (std::uint32_t i = 0; i < draws; ++i) {
        AreaId const first = moving.destination(AreaId{0}, i << 16U);
        CHECK(first != AreaId{0});
        to_second += first == AreaId{1} ? 1 : 0;
        CHECK(moving.destination(AreaId{1}, i << 16U) == AreaId{0});
    }
    CHECK(std::abs(to_second / draws - 0.25) < 1e-4);
    // What rounding leaves below zero is no destination.
    Moving const rounded(std::vector<double>{0.9, -1e-18, 0.1, 0, 1, 0, 0, 0, 1}, 3, {});
    CHECK(rounded.destination(AreaId{0}, 0) == AreaId{2});
    CHECK(rounded.destination(AreaId{0}, 0xffffffff) == AreaId{2});
    CHECK_THROWS_AS(Moving(std::vector<double>{1, 0, 0}, 2, {}), ContractViolation);
}

TEST_CASE("moves at one rate to places by weight") {
    auto const monthly = world::monthly_by_places(std::vector<double>{1, 3, 0, 6}, 0.24);
    double const leaving = 1 - std::exp(-0.02);
    for (auto const& [from, to, chance] :
         std::vector<std::array<double, 3>>{{0, 0, 1 - leaving},
                                            {0, 1, leaving / 3},
                                            {0, 2, 0},
                                            {0, 3, leaving * 2 / 3},
                                            {1, 3, leaving * 6 / 7},
                                            {2, 0, leaving / 10},
                                            {3, 1, leaving * 3 / 4}}) {
        auto const cell = static_cast<std::size_t>(from * 4 + to);
        CHECK(monthly[cell] == doctest::Approx(chance).epsilon(1e-12));
    }
    // The only place there is.
    CHECK(world::monthly_by_places(std::vector<double>{2, 0}, 1.0)
          == std::vector<double>{1, 0, -std::expm1(-1.0 / 12), std::exp(-1.0 / 12)});
}

TEST_CASE("simulated five years reproduce the matrix of the census") {
    SquareMatrix const counts = census();
    auto const fit = world::fit_generator(counts, 5).value();
    SquareMatrix const fitted = world::transition(fit.rates, 5);
    SquareMatrix const observed = world::transition_of_counts(counts).value();
    constexpr std::size_t persons = 100'000;
    auto const areas = static_cast<std::size_t>(counts.size);
    auto const simulated =
        simulate(monthly_moving(fit.rates), std::vector(areas, persons), {60}).front();
    ChiSquare to_fitted;
    double misplaced = 0;
    double elsewhere = 0;
    double expected_elsewhere = 0;
    for (std::size_t i = 0; i < areas; ++i) {
        for (std::size_t j = 0; j < areas; ++j) {
            CAPTURE(i);
            CAPTURE(j);
            std::size_t const cell = i * areas + j;
            auto const moved = static_cast<double>(simulated[cell]);
            double const chance = fitted.values[cell];
            CHECK(surprise_of_share(simulated[cell], persons, chance) < standard_errors);
            // Against the census itself: the same, but for what the fit could not give back.
            double const of_fit = std::abs(chance - observed.values[cell]);
            CHECK(std::abs(moved - persons * observed.values[cell])
                  < persons * of_fit
                        + standard_errors
                              * std::sqrt(std::max(1.0, persons * chance * (1 - chance))));
            to_fitted.add(moved, persons * chance);
            misplaced +=
                std::abs(moved / persons - observed.values[cell]) / static_cast<double>(2 * areas);
            elsewhere += i == j ? 0 : moved;
            expected_elsewhere += i == j ? 0 : persons * chance;
        }
        to_fitted.close();
    }
    CHECK(fit.largest_error < 2e-4);
    CHECK(std::abs(to_fitted.surprise()) < standard_errors);
    // A month more or less is 6 standard errors.
    CHECK(surprise(elsewhere, expected_elsewhere, expected_elsewhere) < 3);
    // Of 1000 people all but one or two are in the right place.
    CHECK(misplaced < 0.002);
}

TEST_CASE("simulated populations by area agree with the expected ones of Eigen") {
    SquareMatrix const counts = census();
    auto const rates = world::fit_generator(counts, 5).value().rates;
    auto const areas = static_cast<std::size_t>(counts.size);
    std::vector<std::size_t> persons;
    std::vector<double> initial;
    double all = 0;
    for (std::size_t i = 0; i < areas; ++i) {
        auto const first = counts.values.begin() + static_cast<std::ptrdiff_t>(i * areas);
        double const sum = std::accumulate(first, first + static_cast<std::ptrdiff_t>(areas), 0.0);
        persons.push_back(static_cast<std::size_t>(sum / 100));
        initial.push_back(static_cast<double>(persons.back()));
        all += initial.back();
    }
    CAPTURE(all);
    std::vector<int> const years{1, 10, 40};
    auto const simulated = simulate(monthly_moving(rates), persons, {12, 120, 480});
    for (std::size_t k = 0; k < years.size(); ++k) {
        CAPTURE(years[k]);
        auto const expected = world::occupancy(initial, rates, years[k]);
        SquareMatrix const chances = world::transition(rates, years[k]);
        double moved = 0;
        for (std::size_t j = 0; j < areas; ++j) {
            CAPTURE(j);
            double count = 0;
            double variance = 0;
            for (std::size_t i = 0; i < areas; ++i) {
                double const chance = chances.values[i * areas + j];
                count += static_cast<double>(simulated[k][i * areas + j]);
                variance += initial[i] * chance * (1 - chance);
            }
            CHECK(surprise(count, expected[j], variance) < standard_errors);
            moved += std::abs(expected[j] - initial[j]);
        }
        // Far more than chance moves: the agreement is no accident of people who stay.
        CHECK(moved > 5 * std::sqrt(all));
    }
}

} // namespace pensim::test

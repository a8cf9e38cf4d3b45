#include "sim/world/survival.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include <doctest/doctest.h>

#include "core/basis/check.hpp"
#include "sim/data/world_tables.hpp"
#include "sim/random/stream.hpp"
#include "sim/random/tables.hpp"
#include "tests/support/monte_carlo.hpp"

namespace pensim::test {

namespace {

using world::DeathRates;
using world::Survival;

/// One rate at all ages and times; women half of it.
DeathRates constant(double rate) {
    return {{2000}, {0}, {{{rate}, {rate / 2}}}};
}

/// One rate up to 49, another from 50 on; both falling by half from 2000 to 2040.
DeathRates const by_age_and_year{
    {2000, 2040}, {0, 50}, {{{0.002, 0.1, 0.001, 0.05}, {0.001, 0.06, 0.0005, 0.03}}}};

YearMonth const born{1980, 5};

/// Months from `alive` to the death.
int months_left(Survival const& survival, YearMonth alive, double exponential, Sex sex = {}) {
    return (survival.death(sex, born, alive, exponential) - alive).count();
}

/// Chances of reaching each month of age, from central rates year by year.
template <class RateOfYear>
std::vector<double> reaching(RateOfYear const& rate) {
    std::vector<double> reached{1};
    for (int month = 0; month < Survival::age_max * 12; ++month) {
        reached.push_back(reached.back() * std::exp(-rate(month / 12) / 12));
    }
    return reached;
}

YearMonth drawn_death(Survival const& survival, Sex sex, YearMonth alive, std::uint64_t person) {
    static random::Exponential const exponential;
    random::Stream stream({20, 24}, person, random::Purpose::death);
    return survival.death(sex, born, alive, exponential.draw(stream.next()));
}

} // namespace

TEST_CASE("rates between and beyond the tabled years and ages") {
    DeathRates const& rates = by_age_and_year;
    CHECK(rates.at(Sex::male, 1950, 0) == 0.002);
    CHECK(rates.at(Sex::male, 2000, 49) == 0.002);
    CHECK(rates.at(Sex::male, 2000, 50) == 0.1);
    CHECK(rates.at(Sex::male, 2010, 50) == doctest::Approx(0.0875));
    CHECK(rates.at(Sex::female, 2020.5, 109) == doctest::Approx(0.06 - 0.03 * 20.5 / 40));
    CHECK(rates.at(Sex::female, 2040, 109) == 0.03);
    CHECK(rates.at(Sex::female, 2100, 0) == 0.0005);
}

TEST_CASE("one rate: death when the time passed times the rate is the draw") {
    Survival const survival(constant(0.12), 1);
    YearMonth const alive{2010, 9};
    struct Case {
        double exponential;
        int months;
    };
    for (auto const& c : std::vector<Case>{{0, 0},
                                           {0.0099, 0},
                                           {0.0101, 1},
                                           {0.1199, 11},
                                           {0.1201, 12},
                                           {1.1999, 119},
                                           {1.2001, 120}}) {
        CAPTURE(c.exponential);
        CHECK(months_left(survival, alive, c.exponential) == c.months);
        CHECK(months_left(survival, alive, c.exponential / 2, Sex::female) == c.months);
        // Twice the rate, half the time.
        CHECK(months_left(Survival(constant(0.12), 2), alive, c.exponential * 2) == c.months);
    }
}

TEST_CASE("one cohort through ages and years in closed form") {
    Survival const survival(by_age_and_year, 1);
    // Of one born in 1980: 0.002 to 2000, then falling in 40 years by half; from 50 (2030) on
    // 0.0625 falling by 0.00125 a year to 0.05 in 2040. Each year of age at its middle.
    double const to_20 = 20 * 0.002;
    double const to_50 = to_20 + 30 * (0.002 - 0.001 * 15 / 40);
    double const to_60 = to_50 + 10 * (0.0625 - 0.00125 * 5);
    auto const age = [&](double exponential) {
        return (survival.death(Sex::male, born, born, exponential) - born).count();
    };
    std::vector<std::pair<double, int>> const ages{
        {to_20, 20}, {to_50, 50}, {to_60, 60}, {to_60 + 10 * 0.05, 70}};
    for (auto const& of_age : ages) {
        double const hazard = of_age.first;
        int const years = of_age.second;
        CAPTURE(years);
        CHECK(age(hazard - 1e-5) == years * 12 - 1);
        CHECK(age(hazard + 1e-5) == years * 12);
    }
}

TEST_CASE("nobody dies before being looked at, or lives beyond the last age") {
    Survival const survival(by_age_and_year, 1);
    YearMonth const last = born + Months::of_years(Survival::age_max);
    CHECK(survival.death(Sex::male, born, born, 1e9) == last);
    CHECK(Survival(by_age_and_year, 0).death(Sex::male, born, born, 1e-6) == last);
    CHECK(survival.death(Sex::male, born, last, 0.5) == last);
    CHECK(survival.death(Sex::male, born, last + Months(7), 0.5) == last + Months(7));
    CHECK(survival.death(Sex::male, born, last.previous(), 1e-9) == last.previous());
    CHECK_THROWS_AS(static_cast<void>(survival.death(Sex::male, born, born.previous(), 1)),
                    ContractViolation);
    bool never_before = true;
    bool rising = true;
    for (int age = 0; age <= Survival::age_max * 12; age += 5) {
        YearMonth const alive = born + Months(age);
        YearMonth before = alive;
        for (double exponential = 0; exponential < 9; exponential += 0.37) {
            YearMonth const death = survival.death(Sex::female, born, alive, exponential);
            never_before = never_before && death >= alive && death <= last;
            rising = rising && death >= before;
            before = death;
        }
        never_before = never_before && survival.death(Sex::male, born, alive, 0) == alive;
    }
    CHECK(never_before);
    CHECK(rising);
}

TEST_CASE("those born after the last cohort live like it") {
    Survival const survival({{1900, 2200}, {0}, {{{0.03, 0.003}, {0.03, 0.003}}}}, 1);
    auto const months = [&](YearMonth birth) {
        return (survival.death(Sex::male, birth, birth, 0.7) - birth).count();
    };
    CHECK(months({2100, 1}) == months({2150, 1}));
    CHECK(months({2099, 12}) < months({2100, 1}));
    CHECK(months({1900, 1}) < months({1905, 1}));
}

TEST_CASE("whoever has lived so long waits for the rest of the hazard") {
    Survival const survival(by_age_and_year, 1);
    for (int age : {1, 240, 599, 600, 727}) {
        CAPTURE(age);
        double hazard = 0;
        for (int month = 0; month < age; ++month) {
            hazard +=
                by_age_and_year.at(Sex::male, born.year() + month / 12 + 0.5, month / 12) / 12;
        }
        for (double const rest : {0.000317, 0.0113, 0.317, 2.03}) {
            CHECK(survival.death(Sex::male, born, born + Months(age), rest)
                  == survival.death(Sex::male, born, born, hazard + rest));
        }
    }
}

TEST_CASE("life expectancy: simulated against integrated") {
    Survival const survival(by_age_and_year, 1);
    constexpr std::uint64_t persons = 400'000;
    for (Sex const sex : {Sex::male, Sex::female}) {
        auto const reached = reaching(
            [&](int age) { return by_age_and_year.at(sex, born.year() + age + 0.5, age); });
        for (int const from : {0, 50 * 12 + 7}) {
            CAPTURE(from);
            double expected = 0; // whole months lived from then on
            for (std::size_t month = static_cast<std::size_t>(from) + 1; month < reached.size();
                 ++month) {
                expected += reached[month] / reached[static_cast<std::size_t>(from)];
            }
            YearMonth const alive = born + Months(from);
            Sample lived;
            for (std::uint64_t person = 0; person < persons; ++person) {
                lived.add((drawn_death(survival, sex, alive, person) - alive).count());
            }
            // One month more or less is 1.7 standard errors from birth, 4 from 50 on.
            CHECK(lived.surprise(expected) < 3.5);
        }
    }
}

TEST_CASE("deaths of the mainland's cohort of 1980 reproduce the shipped life table") {
    auto const tables = data::load_mortality({}).value();
    data::MortalityTable const& table = *data::find_mortality(tables, "CN");
    Survival const survival({table.mid_years, table.ages, {table.male, table.female}}, 1);
    constexpr std::uint64_t persons = 200'000;
    for (Sex const sex : {Sex::male, Sex::female}) {
        CAPTURE(static_cast<int>(sex));
        auto const reached = reaching([&](int age) {
            auto const row =
                static_cast<std::size_t>(std::upper_bound(table.ages.begin(), table.ages.end(), age)
                                         - table.ages.begin() - 1);
            double const year = std::clamp(born.year() + age + 0.5,
                                           1.0 * table.mid_years.front(),
                                           1.0 * table.mid_years.back());
            double const step = table.mid_years[1] - table.mid_years[0];
            double const column = (year - table.mid_years.front()) / step;
            auto const left =
                std::min(static_cast<std::size_t>(column), table.mid_years.size() - 2);
            double const share = column - static_cast<double>(left);
            return table.at(sex, left, row) * (1 - share) + table.at(sex, left + 1, row) * share;
        });
        std::vector<std::size_t> deaths(Survival::age_max + 1);
        for (std::uint64_t person = 0; person < persons; ++person) {
            auto const age = drawn_death(survival, sex, born, person) - born;
            ++deaths[static_cast<std::size_t>(age.count() / 12)];
        }
        ChiSquare fit;
        for (std::size_t age = 0; age < deaths.size(); ++age) {
            double const later = age < Survival::age_max ? reached[age * 12 + 12] : 0;
            double const dying = reached[age * 12] - later;
            CAPTURE(age);
            CHECK(surprise_of_share(deaths[age], persons, dying) < standard_errors);
            fit.add(static_cast<double>(deaths[age]), persons * dying);
        }
        fit.close();
        CHECK(std::abs(fit.surprise()) < standard_errors);
    }
}

} // namespace pensim::test

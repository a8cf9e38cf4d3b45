// When people die: cumulative hazards by cohort, from central death rates by period and age
// (United Nations, World Population Prospects 2024; scenarios/data/mortality.csv).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/basis/month.hpp"
#include "core/record/life.hpp"

namespace pensim::world {

/// Central death rates: straight lines between the tabled years, the ends hold beyond; constant
/// within an age group.
struct DeathRates {
    std::vector<int> mid_years;
    std::vector<int> ages;                    ///< first age of each group
    std::array<std::vector<double>, 2> rates; ///< by sex: [year * ages + age], a year
    [[nodiscard]] double at(Sex sex, double year, int age) const;
};

class Survival {
  public:
    static constexpr int age_max = 110; ///< nobody lives beyond
    Survival() = default;
    Survival(DeathRates const& rates, double scale);

    /// The month of death of somebody alive at the start of `alive`: where the hazard from then on
    /// reaches `exponential`.
    [[nodiscard]] YearMonth
    death(Sex sex, YearMonth birth, YearMonth alive, double exponential) const;

  private:
    static constexpr int first_birth = 1900;
    static constexpr int last_birth = 2100;
    /// Those born in one year.
    struct Cohort {
        std::array<double, age_max + 1> hazard{}; ///< from birth to each birthday
        /// Where to begin to look for a hazard: the last birthday whose own is not above any of the
        /// same bucket (survival.cpp).
        std::array<std::uint8_t, 128> guide{};
    };
    [[nodiscard]] Cohort const& cohort(Sex sex, int birth_year) const;
    std::array<std::vector<Cohort>, 2> cohorts_;
};

} // namespace pensim::world

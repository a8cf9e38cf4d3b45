#include "sim/world/survival.hpp"

#include <algorithm>

#include "sim/random/tables.hpp"

namespace pensim::world {

double DeathRates::at(Sex sex, double year, int age) const {
    auto const group = static_cast<std::size_t>(std::upper_bound(ages.begin(), ages.end(), age)
                                                - ages.begin() - 1);
    auto const& table = rates[static_cast<std::size_t>(sex)];
    auto const rate = [&](std::size_t row) { return table[row * ages.size() + group]; };
    if (year <= mid_years.front()) {
        return rate(0);
    }
    if (year >= mid_years.back()) {
        return rate(mid_years.size() - 1);
    }
    auto const after = static_cast<std::size_t>(
        std::upper_bound(mid_years.begin(), mid_years.end(), year) - mid_years.begin());
    double const from = mid_years[after - 1];
    double const to = mid_years[after];
    double const share = (year - from) / (to - from);
    return rate(after - 1) * (1 - share) + rate(after) * share;
}

Survival::Survival(DeathRates const& rates, double scale) {
    PENSIM_EXPECT(!rates.ages.empty() && rates.ages.front() == 0 && !rates.mid_years.empty());
    for (Sex const sex : {Sex::male, Sex::female}) {
        auto& cohorts = cumulative_[static_cast<std::size_t>(sex)];
        for (int birth = first_birth; birth <= last_birth; ++birth) {
            Ages ages{};
            double hazard = 0;
            for (int age = 0; age < age_max; ++age) {
                ages[static_cast<std::size_t>(age)] = random::tabled(hazard);
                hazard += rates.at(sex, birth + age + 0.5, age) * scale;
            }
            ages[age_max] = random::tabled(hazard);
            cohorts.push_back(ages);
        }
    }
}

Survival::Ages const& Survival::cohort(Sex sex, int birth_year) const {
    int const inside = std::clamp(birth_year, first_birth, last_birth);
    return cumulative_[static_cast<std::size_t>(sex)]
                      [static_cast<std::size_t>(inside - first_birth)];
}

YearMonth Survival::death(Sex sex, YearMonth birth, YearMonth alive, double exponential) const {
    PENSIM_EXPECT(birth <= alive);
    Ages const& hazard = cohort(sex, birth.year());
    int const age = (alive - birth).count();
    if (age >= age_max * 12) {
        return alive;
    }
    auto const year = static_cast<std::size_t>(age / 12);
    double const within = hazard[year + 1] - hazard[year];
    double const target = hazard[year] + within * (age % 12) / 12 + exponential;
    if (target >= hazard[age_max]) {
        return birth + Months::of_years(age_max);
    }
    auto const after =
        std::upper_bound(hazard.begin() + static_cast<std::ptrdiff_t>(year), hazard.end(), target);
    auto const last = static_cast<std::size_t>(after - hazard.begin() - 1);
    double const share = (target - hazard[last]) / (hazard[last + 1] - hazard[last]);
    int const month = std::min(11, static_cast<int>(share * 12));
    return std::max(alive, birth + Months(static_cast<int>(last) * 12 + month));
}

} // namespace pensim::world

#include "sim/world/survival.hpp"

#include <algorithm>
#include <bit>

#include "sim/random/tables.hpp"

namespace pensim::world {

namespace {

// Buckets of hazards: eight to each doubling from 2^-10 up to 2^6; the first and the last are open.
constexpr std::uint32_t eighth = 1U << 20U; // of a doubling, in the bits of a float
constexpr std::uint32_t lowest = (127U - 10U) << 3U;
constexpr std::uint32_t buckets = 128;

std::size_t bucket_of(double hazard) {
    auto const bits = std::bit_cast<std::uint32_t>(static_cast<float>(hazard));
    std::uint32_t const step = std::max(bits / eighth, lowest) - lowest;
    return std::min(step, buckets - 1);
}

/// No hazard of the bucket is below it, whatever a float makes of a double.
double bucket_start(std::size_t bucket) {
    if (bucket == 0) {
        return 0;
    }
    auto const bits = (lowest + static_cast<std::uint32_t>(bucket)) * eighth;
    return std::bit_cast<float>(bits) * (1 - 1e-6);
}

} // namespace

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
        for (int birth = first_birth; birth <= last_birth; ++birth) {
            Cohort& cohort = cohorts_[static_cast<std::size_t>(sex)].emplace_back();
            double hazard = 0;
            for (int age = 0; age < age_max; ++age) {
                cohort.hazard[static_cast<std::size_t>(age)] = random::tabled(hazard);
                hazard += rates.at(sex, birth + age + 0.5, age) * scale;
            }
            cohort.hazard[age_max] = random::tabled(hazard);
            for (std::size_t i = 0; i < cohort.guide.size(); ++i) {
                auto const after = std::upper_bound(
                    cohort.hazard.begin() + 1, cohort.hazard.end() - 1, bucket_start(i));
                cohort.guide[i] = static_cast<std::uint8_t>(after - cohort.hazard.begin() - 1);
            }
        }
    }
}

Survival::Cohort const& Survival::cohort(Sex sex, int birth_year) const {
    int const inside = std::clamp(birth_year, first_birth, last_birth);
    return cohorts_[static_cast<std::size_t>(sex)][static_cast<std::size_t>(inside - first_birth)];
}

YearMonth Survival::death(Sex sex, YearMonth birth, YearMonth alive, double exponential) const {
    PENSIM_EXPECT(birth <= alive);
    auto const& [hazard, guide] = cohort(sex, birth.year());
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
    std::size_t last = std::max(year, std::size_t{guide[bucket_of(target)]});
    // Hardly ever more than two: without a branch, which nobody could foresee.
    last += hazard[last + 1] <= target ? 1U : 0U;
    last += hazard[last + 1] <= target ? 1U : 0U;
    while (hazard[last + 1] <= target) {
        ++last;
    }
    double const share = (target - hazard[last]) / (hazard[last + 1] - hazard[last]);
    int const month = std::min(11, static_cast<int>(share * 12));
    return std::max(alive, birth + Months(static_cast<int>(last) * 12 + month));
}

} // namespace pensim::world

#include "sim/world/moving.hpp"

#include <algorithm>
#include <cmath>

namespace pensim::world {

namespace {

double shape(AgeProfile const& p, double age) {
    double const child = p.a1 * std::exp(-p.alpha1 * age);
    double const x = age - p.mu2;
    double const labour = p.a2 * std::exp(-p.alpha2 * x - std::exp(-p.lambda2 * x));
    return child + labour + p.c;
}

/// The shape in a month of age, at its middle.
double month_shape(AgeProfile const& profile, int month) {
    return std::max(0.0, shape(profile, (month + 0.5) / 12));
}

/// Mean over the ages 20 to 59.
double mean_of(AgeProfile const& profile) {
    double sum = 0;
    for (int month = 20 * 12; month < 60 * 12; ++month) {
        sum += month_shape(profile, month);
    }
    return sum / (40 * 12);
}

} // namespace

AgeHazard::AgeHazard(AgeProfile const& profile) {
    double const mean = mean_of(profile);
    PENSIM_EXPECT(mean > 0);
    double sum = 0;
    sum_.push_back(0);
    for (int month = 0; month < age_max * 12; ++month) {
        sum += month_shape(profile, month) / mean;
        sum_.push_back(random::tabled(sum));
    }
    steps_per_unit_ = 1;
    int month = 0;
    for (int step = 0; step <= static_cast<int>(sum_.back()) + 1; ++step) {
        while (month < age_max * 12 && sum_[static_cast<std::size_t>(month)] < step) {
            ++month;
        }
        guide_.push_back(month);
    }
}

int AgeHazard::months_until(int age, double rate_a_month, double exponential) const {
    if (rate_a_month <= 0 || age >= age_max * 12) {
        return never;
    }
    double const target = sum_[static_cast<std::size_t>(age)] + exponential / rate_a_month;
    if (target >= sum_.back()) {
        return never;
    }
    // The first month whose own hazard lifts the sum above the target.
    auto month = static_cast<std::size_t>(
        std::max(age, guide_[static_cast<std::size_t>(target * steps_per_unit_)] - 1));
    // Seldom more than two: without a branch, which nobody could foresee.
    month += sum_[month + 1] <= target ? 1U : 0U;
    month += sum_[month + 1] <= target ? 1U : 0U;
    while (sum_[month + 1] <= target) {
        ++month;
    }
    return static_cast<int>(month) - age;
}

double AgeHazard::at_age(int years) const {
    auto const month = static_cast<std::size_t>(years) * 12;
    return (sum_[month + 12] - sum_[month]) / 12;
}

Moving::Moving(std::span<double const> monthly, int areas, AgeProfile const& profile)
    : age_(profile) {
    auto const n = static_cast<std::size_t>(areas);
    PENSIM_EXPECT(monthly.size() == n * n);
    for (std::size_t i = 0; i < n; ++i) {
        std::vector<double> away(monthly.begin() + static_cast<std::ptrdiff_t>(i * n),
                                 monthly.begin() + static_cast<std::ptrdiff_t>((i + 1) * n));
        away[i] = 0;
        double leaving = 0;
        for (double& chance : away) {
            chance = std::max(0.0, chance);
            leaving += chance;
        }
        rates_.push_back(random::tabled(-std::log1p(-leaving)));
        destinations_.push_back(leaving > 0 ? random::Choice(away) : random::Choice());
    }
}

std::vector<double> monthly_by_places(std::span<double const> weights, double per_year) {
    std::size_t const n = weights.size();
    double sum = 0;
    for (double const weight : weights) {
        sum += weight;
    }
    double const leaving = -std::expm1(-per_year / 12);
    std::vector<double> monthly(n * n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
        double const others = sum - weights[i];
        monthly[i * n + i] = others > 0 ? 1 - leaving : 1;
        for (std::size_t j = 0; j < n; ++j) {
            if (j != i && others > 0) {
                monthly[i * n + j] = leaving * weights[j] / others;
            }
        }
    }
    return monthly;
}

} // namespace pensim::world

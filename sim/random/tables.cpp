#include "sim/random/tables.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <boost/math/distributions/normal.hpp>

#include "core/basis/check.hpp"

namespace pensim::random {

namespace {

constexpr double two_to_32 = 4294967296.0;

} // namespace

double tabled(double value) {
    constexpr double grain = 1073741824.0;
    return std::round(value * grain) / grain;
}

Chance::Chance(double share)
    : threshold_(static_cast<std::uint64_t>(std::llround(share * two_to_32))) {
    PENSIM_EXPECT(share >= 0 && share <= 1);
}

Choice::Choice(std::span<double const> weights) : cells_(weights.size()) {
    PENSIM_EXPECT(!weights.empty() && weights.size() <= 65'536);
    double const sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    PENSIM_EXPECT(sum > 0);
    std::vector<double> mass;
    std::vector<int> small;
    std::vector<int> large;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        PENSIM_EXPECT(weights[i] >= 0);
        mass.push_back(weights[i] / sum * static_cast<double>(weights.size()));
        (mass.back() < 1 ? small : large).push_back(static_cast<int>(i));
    }
    auto const set = [&](int i, double share, int alias) {
        auto const threshold = std::llround(share * two_to_32);
        constexpr long long most = 0xffffffffLL;
        cells_[static_cast<std::size_t>(i)] = {
            static_cast<std::uint32_t>(std::min(threshold, most)), alias};
    };
    while (!small.empty() && !large.empty()) {
        int const poor = small.back();
        int const rich = large.back();
        small.pop_back();
        set(poor, mass[static_cast<std::size_t>(poor)], rich);
        double& left = mass[static_cast<std::size_t>(rich)];
        left -= 1 - mass[static_cast<std::size_t>(poor)];
        if (left < 1) {
            large.pop_back();
            small.push_back(rich);
        }
    }
    // What is left has the mass 1 but for rounding. A weight of zero is never drawn: it was given
    // an alias above, because then some other is above 1.
    for (auto const* rest : {&small, &large}) {
        for (int const i : *rest) {
            PENSIM_ENSURE(mass[static_cast<std::size_t>(i)] > 0.5);
            set(i, 1, i);
        }
    }
}

Exponential::Exponential() {
    for (std::uint32_t i = 0; i < pieces; ++i) {
        quantile_[i] = tabled(-std::log1p(-static_cast<double>(i) / pieces));
    }
    quantile_[pieces] = quantile_[pieces - 1]; // never reached
}

LogNormal::LogNormal(double sigma) {
    PENSIM_EXPECT(sigma >= 0 && sigma <= 3);
    if (sigma == 0) {
        return;
    }
    // Each step holds its own mean, not the value at its middle: so the mean over all is 1.
    constexpr int steps = 4096;
    boost::math::normal const normal;
    double below = 0;
    for (int i = 1; i <= steps; ++i) {
        double const share = static_cast<double>(i) / steps;
        double const up_to =
            i < steps ? boost::math::cdf(normal, boost::math::quantile(normal, share) - sigma) : 1;
        steps_.push_back(
            static_cast<std::int32_t>(std::lround(tabled((up_to - below) * steps) * 1e6)));
        below = up_to;
    }
}

} // namespace pensim::random

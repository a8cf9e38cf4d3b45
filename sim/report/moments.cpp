#include "sim/report/moments.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/math/distributions/students_t.hpp>

namespace pensim::report {

namespace {

/// The half-width of a 95% interval in standard errors. Asked for every cell of every table, nearly
/// always with one number of replicates, and slow to find.
double half_width(std::uint32_t replicates) {
    thread_local std::uint32_t last_replicates = 0;
    thread_local double last_width = 0;
    if (replicates != last_replicates) {
        boost::math::students_t const t(static_cast<double>(replicates - 1));
        last_width = boost::math::quantile(t, 0.975);
        last_replicates = replicates;
    }
    return last_width;
}

} // namespace

Spread Moments::over(std::uint32_t replicates) const {
    Wide const absent = static_cast<Wide>(replicates) - count_;
    auto const n = static_cast<long double>(replicates);
    auto const sum = static_cast<long double>(sum_ - absent * first_);
    Wide all_squares = squares_;
    add_square(all_squares, first_, static_cast<std::int64_t>(absent));
    auto const squares = static_cast<long double>(all_squares);
    Spread spread;
    spread.mean = static_cast<double>(static_cast<long double>(first_) + sum / n);
    if (replicates < 2) {
        double const unknown = std::numeric_limits<double>::quiet_NaN();
        return {spread.mean, unknown, unknown, unknown};
    }
    long double const variance = std::max(0.0L, (squares - sum * sum / n) / (n - 1));
    spread.sd = static_cast<double>(std::sqrt(variance));
    double const half =
        half_width(replicates) * spread.sd / std::sqrt(static_cast<double>(replicates));
    spread.lo95 = spread.mean - half;
    spread.hi95 = spread.mean + half;
    return spread;
}

} // namespace pensim::report

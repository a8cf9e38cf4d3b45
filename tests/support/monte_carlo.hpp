// Comparisons of counts and means from draws with what theory expects, in standard errors.
//
// All draws of the tests have fixed seeds, so a comparison holds for good or never. The width only
// says how surprised one should be at the seed: beyond 4.5 standard errors lies 1 of 150 000
// comparisons, beyond 5 one of 1.7 million.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace pensim::test {

/// Of single comparisons, and of some hundreds together.
inline constexpr double standard_errors = 4.5;
/// Where thousands are made.
inline constexpr double many_standard_errors = 5;

/// How far a count with this expectation and variance lies off, in standard errors. A count comes
/// in ones, so its standard error is taken as 1 at least.
[[nodiscard]] inline double surprise(double count, double expected, double variance) {
    return std::abs(count - expected) / std::sqrt(std::max(1.0, variance));
}

/// The same of successes among independent trials.
[[nodiscard]] inline double surprise_of_share(std::size_t count, std::size_t trials, double share) {
    auto const n = static_cast<double>(trials);
    return surprise(static_cast<double>(count), n * share, n * share * (1 - share));
}

/// Mean and spread of independent values.
class Sample {
  public:
    void add(double value) {
        ++count_;
        double const step = value - mean_;
        mean_ += step / static_cast<double>(count_);
        squares_ += step * (value - mean_);
    }
    [[nodiscard]] std::size_t count() const { return count_; }
    [[nodiscard]] double mean() const { return mean_; }
    [[nodiscard]] double variance() const { return squares_ / static_cast<double>(count_ - 1); }
    /// Standard errors between the mean and the expected one.
    [[nodiscard]] double surprise(double expected) const {
        return std::abs(mean_ - expected) / std::sqrt(variance() / static_cast<double>(count_));
    }

  private:
    std::size_t count_ = 0;
    double mean_ = 0;
    double squares_ = 0;
};

/// Pearson's sum over cells, those that expect less than 5 taken together. One linear condition
/// (the total) is taken off the degrees of freedom.
class ChiSquare {
  public:
    void add(double count, double expected) {
        if (expected < 5) {
            small_count_ += count;
            small_expected_ += expected;
        } else {
            add_cell(count, expected);
        }
    }
    /// Ends a group of cells with a given total.
    void close() {
        if (small_expected_ > 0) {
            add_cell(small_count_, std::max(1.0, small_expected_));
            small_count_ = 0;
            small_expected_ = 0;
        }
        freedom_ -= 1;
    }
    [[nodiscard]] double freedom() const { return freedom_; }
    /// Standard errors above its mean (the variance is twice the degrees of freedom). Too close a
    /// fit is no less suspicious, and negative.
    [[nodiscard]] double surprise() const { return (sum_ - freedom_) / std::sqrt(2 * freedom_); }

  private:
    void add_cell(double count, double expected) {
        sum_ += (count - expected) * (count - expected) / expected;
        freedom_ += 1;
    }
    double sum_ = 0;
    double freedom_ = 0;
    double small_count_ = 0;
    double small_expected_ = 0;
};

} // namespace pensim::test

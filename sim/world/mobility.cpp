#include "sim/world/mobility.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <optional>
#include <string>

#include <Eigen/Dense>
#include <unsupported/Eigen/MatrixFunctions>

namespace pensim::world {

namespace {

using Eigen::MatrixXd;
using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Smaller than any rate that a count can show, larger than what rounding leaves.
constexpr double rounding_noise = 1e-12;
/// How closely a logarithm must give back its matrix.
constexpr double logarithm_tolerance = 1e-9;

MatrixXd eigen_of(SquareMatrix const& matrix) {
    return Eigen::Map<RowMajor const>(matrix.values.data(), matrix.size, matrix.size);
}

SquareMatrix square_of(MatrixXd const& matrix) {
    auto square = SquareMatrix::zero(static_cast<int>(matrix.rows()));
    Eigen::Map<RowMajor>(square.values.data(), matrix.rows(), matrix.cols()) = matrix;
    return square;
}

/// Each diagonal entry becomes minus the sum of the others in its row.
void close_rows(MatrixXd& rates) {
    rates.diagonal().setZero();
    rates.diagonal() = -rates.rowwise().sum();
}

/// The real principal logarithm, which exists where no eigenvalue is zero or negative (Higham 2008,
/// Functions of Matrices, theorem 1.31).
std::optional<MatrixXd> principal_logarithm(MatrixXd const& chances) {
    Eigen::EigenSolver<MatrixXd> const solver(chances, false);
    if (solver.info() != Eigen::Success) {
        return std::nullopt;
    }
    for (std::complex<double> const& value : solver.eigenvalues()) {
        if (value.real() <= rounding_noise && std::abs(value.imag()) <= rounding_noise) {
            return std::nullopt;
        }
    }
    Eigen::MatrixXcd const logarithm = chances.cast<std::complex<double>>().log();
    if (!logarithm.allFinite() || logarithm.imag().cwiseAbs().maxCoeff() > logarithm_tolerance) {
        return std::nullopt;
    }
    MatrixXd const real = logarithm.real();
    MatrixXd const back = real.exp();
    // Written so that a value that is no number fails it.
    if (!((back - chances).cwiseAbs().maxCoeff() <= logarithm_tolerance)) {
        return std::nullopt;
    }
    return real;
}

/// Entry by entry, whether it is off the diagonal and negative.
template <class Do>
void for_each_negative_rate(MatrixXd const& rates, Do const& act) {
    for (Eigen::Index i = 0; i < rates.rows(); ++i) {
        for (Eigen::Index j = 0; j < rates.cols(); ++j) {
            if (i != j && rates(i, j) < 0.0) {
                act(i, j);
            }
        }
    }
}

MatrixXd adjust_diagonal(MatrixXd rates) {
    for_each_negative_rate(rates, [&](auto i, auto j) { rates(i, j) = 0.0; });
    close_rows(rates);
    return rates;
}

MatrixXd adjust_weighted(MatrixXd rates) {
    Eigen::VectorXd removed = Eigen::VectorXd::Zero(rates.rows());
    for_each_negative_rate(rates, [&](auto i, auto j) {
        removed(i) -= rates(i, j);
        rates(i, j) = 0.0;
    });
    for (Eigen::Index i = 0; i < rates.rows(); ++i) {
        double const size = rates.row(i).cwiseAbs().sum();
        if (size > 0.0) {
            // A diagonal below zero goes further down, the others shrink; never below zero, since
            // what was removed is less than what stands against it.
            rates.row(i) *= std::max(0.0, 1.0 - removed(i) / size);
        }
    }
    close_rows(rates);
    return rates;
}

GeneratorFit
fit_of(MatrixXd const& rates, GeneratorMethod method, MatrixXd const& chances, double years) {
    GeneratorFit fit;
    fit.rates = square_of(rates);
    fit.method = method;
    MatrixXd const difference = (eigen_of(transition(fit.rates, years)) - chances).cwiseAbs();
    fit.largest_error = difference.maxCoeff();
    fit.mean_error = difference.mean();
    return fit;
}

} // namespace

Result<SquareMatrix> transition_of_counts(SquareMatrix const& counts) {
    PENSIM_EXPECT(counts.well_formed());
    Problems problems;
    SquareMatrix chances = counts;
    for (int i = 0; i < counts.size; ++i) {
        double sum = 0.0;
        for (int j = 0; j < counts.size; ++j) {
            double const count = counts.at(i, j);
            if (!std::isfinite(count) || count < 0.0) {
                problems.push_back(
                    {"counts, row " + std::to_string(i + 1) + ", column " + std::to_string(j + 1),
                     "is " + std::to_string(count) + "; a count is a number of zero or more"});
            }
            sum += count;
        }
        if (sum == 0.0) {
            problems.push_back({"counts, row " + std::to_string(i + 1),
                                "has no people; give the stayers on the diagonal"});
        }
        for (int j = 0; j < counts.size; ++j) {
            chances.at(i, j) /= sum;
        }
    }
    if (!problems.empty()) {
        return tl::unexpected(std::move(problems));
    }
    return chances;
}

Result<GeneratorFit> fit_generator(SquareMatrix const& counts, double years) {
    PENSIM_EXPECT(years > 0.0 && std::isfinite(years));
    PENSIM_EXPECT(counts.size > 0);
    auto const observed = transition_of_counts(counts);
    if (!observed) {
        return tl::unexpected(observed.error());
    }
    MatrixXd const chances = eigen_of(*observed);
    auto const logarithm = principal_logarithm(chances);
    if (!logarithm) {
        MatrixXd rates = chances / years;
        close_rows(rates);
        return fit_of(rates, GeneratorMethod::first_order, chances, years);
    }
    MatrixXd const rates = *logarithm / years;
    int repaired = 0;
    for_each_negative_rate(
        rates, [&](auto i, auto j) { repaired += rates(i, j) < -rounding_noise ? 1 : 0; });
    auto fit = fit_of(adjust_diagonal(rates), GeneratorMethod::diagonal_adjustment, chances, years);
    if (repaired == 0) {
        fit.method = GeneratorMethod::logarithm;
        return fit;
    }
    auto weighted =
        fit_of(adjust_weighted(rates), GeneratorMethod::weighted_adjustment, chances, years);
    auto& better = weighted.mean_error < fit.mean_error ? weighted : fit;
    better.repaired_entries = repaired;
    return std::move(better);
}

bool is_generator(SquareMatrix const& rates) {
    if (!rates.well_formed()) {
        return false;
    }
    for (int i = 0; i < rates.size; ++i) {
        double sum = 0.0;
        double size = 0.0;
        for (int j = 0; j < rates.size; ++j) {
            double const rate = rates.at(i, j);
            if (!std::isfinite(rate) || (i != j && rate < 0.0)) {
                return false;
            }
            sum += rate;
            size += std::abs(rate);
        }
        if (std::abs(sum) > logarithm_tolerance * std::max(1.0, size)) {
            return false;
        }
    }
    return true;
}

SquareMatrix transition(SquareMatrix const& rates, double years) {
    PENSIM_EXPECT(is_generator(rates));
    PENSIM_EXPECT(years >= 0.0 && std::isfinite(years));
    if (rates.size == 0) {
        return rates;
    }
    MatrixXd chances = (eigen_of(rates) * years).exp();
    PENSIM_ENSURE(chances.allFinite() && chances.minCoeff() > -logarithm_tolerance);
    // Rounding may leave a chance of minus 1e-18 and a row of one minus 1e-16.
    chances = chances.cwiseMax(0.0);
    for (Eigen::Index i = 0; i < chances.rows(); ++i) {
        chances.row(i) /= chances.row(i).sum();
    }
    return square_of(chances);
}

std::vector<double>
occupancy(std::vector<double> const& initial, SquareMatrix const& rates, double years) {
    PENSIM_EXPECT(initial.size() == static_cast<std::size_t>(rates.size));
    SquareMatrix const chances = transition(rates, years);
    std::vector<double> expected(initial.size(), 0.0);
    for (int i = 0; i < rates.size; ++i) {
        for (int j = 0; j < rates.size; ++j) {
            expected[static_cast<std::size_t>(j)] +=
                initial[static_cast<std::size_t>(i)] * chances.at(i, j);
        }
    }
    return expected;
}

} // namespace pensim::world

#include "sim/world/margins.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

namespace pensim::world {

namespace {

/// Margins come from printed tables; more than this share apart is no rounding.
constexpr double total_tolerance = 1e-9;

std::vector<double> row_sums(RectangularMatrix const& table) {
    std::vector<double> sums;
    for (int i = 0; i < table.rows; ++i) {
        double& sum = sums.emplace_back(0.0);
        for (int j = 0; j < table.columns; ++j) {
            sum += table.at(i, j);
        }
    }
    return sums;
}

std::vector<double> column_sums(RectangularMatrix const& table) {
    std::vector<double> sums;
    for (int j = 0; j < table.columns; ++j) {
        double& sum = sums.emplace_back(0.0);
        for (int i = 0; i < table.rows; ++i) {
            sum += table.at(i, j);
        }
    }
    return sums;
}

bool is_amount(double value) {
    return std::isfinite(value) && value >= 0.0;
}

/// Faults of the sums of one side against those of the seed.
void check_side(std::string_view side,
                std::vector<double> const& wanted,
                std::vector<double> const& sums,
                Problems& problems) {
    if (wanted.size() != sums.size()) {
        problems.push_back({std::string(side) + " margin",
                            "has " + std::to_string(wanted.size()) + " sums for a table of "
                                + std::to_string(sums.size()) + " " + std::string(side) + "s"});
        return;
    }
    for (std::size_t i = 0; i < sums.size(); ++i) {
        auto const where = std::string(side) + " margin " + std::to_string(i + 1);
        if (!is_amount(wanted[i])) {
            problems.push_back(
                {where, "is " + std::to_string(wanted[i]) + "; a sum is a number of zero or more"});
        } else if (wanted[i] > 0.0 && sums[i] == 0.0) {
            problems.push_back({where,
                                "is " + std::to_string(wanted[i]) + ", but all of this "
                                    + std::string(side) + " of the seed is zero"});
        }
    }
}

Problems faults_of(RectangularMatrix const& seed, Margins const& margins) {
    Problems problems;
    for (double const value : seed.values) {
        if (!is_amount(value)) {
            problems.push_back(
                {"seed table",
                 "holds " + std::to_string(value) + "; a cell is a number of zero or more"});
        }
    }
    if (!problems.empty()) {
        return problems;
    }
    check_side("row", margins.rows, row_sums(seed), problems);
    check_side("column", margins.columns, column_sums(seed), problems);
    double const rows = total_of(margins.rows);
    double const columns = total_of(margins.columns);
    if (problems.empty() && std::abs(rows - columns) > total_tolerance * std::max(rows, columns)) {
        problems.push_back(
            {"margins",
             "rows add up to " + std::to_string(rows) + ", columns to " + std::to_string(columns)});
    }
    return problems;
}

double largest_gap(std::vector<double> const& sums, std::vector<double> const& wanted) {
    double gap = 0.0;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        gap = std::max(gap, std::abs(sums[i] - wanted[i]));
    }
    return gap;
}

/// What to multiply a line with; one of zeros only has nothing to multiply.
double factor(double wanted, double sum) {
    return sum > 0.0 ? wanted / sum : 1.0;
}

void scale_rows(RectangularMatrix& table, std::vector<double> const& wanted) {
    auto const sums = row_sums(table);
    for (int i = 0; i < table.rows; ++i) {
        auto const at = static_cast<std::size_t>(i);
        for (int j = 0; j < table.columns; ++j) {
            table.at(i, j) *= factor(wanted[at], sums[at]);
        }
    }
}

void scale_columns(RectangularMatrix& table, std::vector<double> const& wanted) {
    auto const sums = column_sums(table);
    for (int j = 0; j < table.columns; ++j) {
        auto const at = static_cast<std::size_t>(j);
        for (int i = 0; i < table.rows; ++i) {
            table.at(i, j) *= factor(wanted[at], sums[at]);
        }
    }
}

} // namespace

Result<MarginFit>
adjust_to_margins(RectangularMatrix seed, Margins const& margins, FittingLimits limits) {
    PENSIM_EXPECT(seed.well_formed());
    PENSIM_EXPECT(limits.tolerance >= 0.0 && limits.max_iterations >= 0);
    if (auto problems = faults_of(seed, margins); !problems.empty()) {
        return tl::unexpected(std::move(problems));
    }
    MarginFit fit;
    fit.table = std::move(seed);
    double const allowed = limits.tolerance * total_of(margins.rows);
    for (;;) {
        fit.gap = std::max(largest_gap(row_sums(fit.table), margins.rows),
                           largest_gap(column_sums(fit.table), margins.columns));
        fit.converged = fit.gap <= allowed;
        if (fit.converged || fit.iterations == limits.max_iterations) {
            return fit;
        }
        scale_rows(fit.table, margins.rows);
        scale_columns(fit.table, margins.columns);
        ++fit.iterations;
    }
}

} // namespace pensim::world

// A table made to fit row and column sums while it keeps its inner structure.
//   Given  a seed table, of any shape, and the sums its rows and columns shall have
//   Gives  the seed with rows and columns multiplied until both sums hold
//   Fails  sums that do not add up to the same; a sum to reach and nothing to multiply
//   Deming and Stephan (1940), On a least squares adjustment of a sampled frequency table when the
//   expected marginal totals are known, Annals of Mathematical Statistics 11.
#pragma once

#include <vector>

#include "core/basis/problem.hpp"
#include "sim/world/matrix.hpp"

namespace pensim::world {

/// The sums to reach, one per row and one per column of the seed, in the unit of the table.
struct Margins {
    std::vector<double> rows;
    std::vector<double> columns;
};

/// When to stop.
struct FittingLimits {
    double tolerance = 1e-10; ///< largest gap of any sum, as a share of the grand total
    int max_iterations = 10'000;
};

struct MarginFit {
    RectangularMatrix table;
    int iterations = 0; ///< of rows and columns once each
    double gap = 0.0;   ///< largest difference of any sum from the one to reach, in their unit
    bool converged = false;
};

/// Iterative proportional fitting. Zeros of the seed stay zero; with many of them the sums may be
/// out of reach, and then `converged` is false. Problems: sizes that do not match, values that are
/// negative or not finite, margins with different totals, a positive sum over zeros only.
[[nodiscard]] Result<MarginFit>
adjust_to_margins(RectangularMatrix seed, Margins const& margins, FittingLimits limits = {});

} // namespace pensim::world

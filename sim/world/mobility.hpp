// Moving between areas as a Markov process in continuous time.
//   Given  how many people of each area lived where some years later
//   Gives  yearly rates (a generator), and from them the chances of moving within any time
//   Fails  an area without people; a matrix with negative or unreal values
// A census compares two moments and misses the moves between them. The generator is the process
// whose chances over the same time come nearest to the ones observed, so that chances over one
// month or twenty years follow from it.
//   Israel, Rosenthal and Wei (2001), Finding generators for Markov chains via empirical transition
//   matrices, Mathematical Finance 11: when a generator exists, and how to repair the logarithm.
//   Kreinin and Sidelnikova (2001), Regularization algorithms for transition matrices, Algo
//   Research Quarterly 4: the weighted repair.
#pragma once

#include <vector>

#include "core/basis/problem.hpp"
#include "sim/world/matrix.hpp"

namespace pensim::world {

enum class GeneratorMethod {
    logarithm,           ///< the logarithm is a generator as it stands
    diagonal_adjustment, ///< negative rates to zero, the diagonal takes the difference
    weighted_adjustment, ///< negative rates to zero, all others of the row take it by their size
    first_order          ///< no real logarithm: (P - I) / years
};

/// A generator and how well it gives back what it was fitted to.
struct GeneratorFit {
    SquareMatrix rates; ///< a year; off the diagonal at least zero; each row sums to zero
    GeneratorMethod method = GeneratorMethod::logarithm;
    int repaired_entries = 0;   ///< negative rates of the logarithm, set to zero
    double largest_error = 0.0; ///< of the chances after those years, against the observed ones
    double mean_error = 0.0;    ///< mean of the absolute differences over all entries
};

/// Chances from counts: each row divided by its sum. The diagonal of `counts` holds the stayers.
/// A problem for each row without people and for values that are negative or not finite.
[[nodiscard]] Result<SquareMatrix> transition_of_counts(SquareMatrix const& counts);

/// The generator behind counts taken `years` apart (above zero). Where the principal logarithm has
/// negative rates, both repairs are tried and the one with the smaller mean error is kept. Where
/// the logarithm does not exist or is not real, the first-order rates stand in. Problems as in
/// transition_of_counts().
[[nodiscard]] Result<GeneratorFit> fit_generator(SquareMatrix const& counts, double years);

/// Whether rates off the diagonal are at least zero and rows sum to zero but for rounding.
[[nodiscard]] bool is_generator(SquareMatrix const& rates);

/// Chances of being in the column's area `years` (zero or more) after being in the row's:
/// exp(years x rates). Needs a generator; each row sums to one, no chance is negative.
[[nodiscard]] SquareMatrix transition(SquareMatrix const& rates, double years);

/// Expected people (or shares) by area after `years`, from those at the start.
[[nodiscard]] std::vector<double>
occupancy(std::vector<double> const& initial, SquareMatrix const& rates, double years);

} // namespace pensim::world

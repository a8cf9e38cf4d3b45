// The gravity model: flows grow with both populations and fall with distance.
//   Given  flows between areas, the populations at both ends, distances
//   Gives  constant and elasticities; flows that they predict elsewhere or later
//   Fails  values that cannot be, or facts that do not tell the coefficients apart
//   Santos Silva and Tenreyro (2006), The log of gravity, Review of Economics and Statistics 88:
//   Poisson pseudo maximum likelihood keeps the pairs without a flow and is not led astray by the
//   scatter of small flows as least squares on logarithms is.
#pragma once

#include <vector>

#include "core/basis/problem.hpp"
#include "sim/world/matrix.hpp"

namespace pensim::world {

/// What a flow depends on. Populations in any unit, the same for fit and prediction.
struct GravityFacts {
    std::vector<double> origin_population;
    std::vector<double> destination_population;
    SquareMatrix distance_km; ///< the diagonal is not used
};

/// flow = exp(constant) x origin^origin_elasticity x destination^destination_elasticity
///        / distance^distance_decay
struct GravityModel {
    double constant = 0.0;
    double origin_elasticity = 0.0;
    double destination_elasticity = 0.0;
    double distance_decay = 0.0;
};

struct GravityFit {
    GravityModel model;
    int iterations = 0;
    bool converged = false;
};

/// Fits the model to the flows off the diagonal, by Poisson pseudo maximum likelihood (iteratively
/// reweighted least squares). Problems: negative flows; populations or distances not above zero;
/// flows that are all zero; facts so alike that the coefficients cannot be told apart.
[[nodiscard]] Result<GravityFit> fit_gravity(SquareMatrix const& flows, GravityFacts const& facts);

/// Flows off the diagonal, which is zero. Facts must be above zero.
[[nodiscard]] SquareMatrix predict_gravity(GravityModel const& model, GravityFacts const& facts);

/// Degrees, east and north positive.
struct GeoPoint {
    double longitude = 0.0;
    double latitude = 0.0;
};

/// Along a great circle of the mean Earth, by the haversine formula.
[[nodiscard]] double distance_km(GeoPoint from, GeoPoint to);
/// Between all points; zero on the diagonal.
[[nodiscard]] SquareMatrix distances_km(std::vector<GeoPoint> const& points);

} // namespace pensim::world

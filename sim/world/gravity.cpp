#include "sim/world/gravity.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <utility>

#include <Eigen/Dense>

namespace pensim::world {

namespace {

constexpr double earth_radius_km = 6371.0088; // mean radius of the IUGG
constexpr int coefficients = 4;
constexpr int max_iterations = 100;
constexpr double deviance_tolerance = 1e-13;

std::size_t position(int area) {
    return static_cast<std::size_t>(area);
}

Eigen::RowVector4d pair_facts(GravityFacts const& facts, int i, int j) {
    return {1.0,
            std::log(facts.origin_population[position(i)]),
            std::log(facts.destination_population[position(j)]),
            -std::log(facts.distance_km.at(i, j))};
}

bool fits(GravityFacts const& facts, int size) {
    return facts.distance_km.well_formed() && facts.distance_km.size == size
           && facts.origin_population.size() == position(size)
           && facts.destination_population.size() == position(size);
}

bool is_positive(double value) {
    return std::isfinite(value) && value > 0.0;
}

Problems faults_of(SquareMatrix const& flows, GravityFacts const& facts) {
    Problems problems;
    double sum = 0.0;
    for (int i = 0; i < flows.size; ++i) {
        auto const area = " of area " + std::to_string(i + 1);
        if (!is_positive(facts.origin_population[position(i)])
            || !is_positive(facts.destination_population[position(i)])) {
            problems.push_back({"populations" + area, "are not both above zero"});
        }
        for (int j = 0; j < flows.size; ++j) {
            auto const pair =
                " from area " + std::to_string(i + 1) + " to " + std::to_string(j + 1);
            if (i == j) {
                continue;
            }
            if (!std::isfinite(flows.at(i, j)) || flows.at(i, j) < 0.0) {
                problems.push_back({"flow" + pair,
                                    "is " + std::to_string(flows.at(i, j))
                                        + "; a flow is a number of zero or more"});
            }
            if (!is_positive(facts.distance_km.at(i, j))) {
                problems.push_back({"distance" + pair,
                                    "is " + std::to_string(facts.distance_km.at(i, j))
                                        + " km; it must be above zero"});
            }
            sum += flows.at(i, j);
        }
    }
    if (problems.empty() && sum == 0.0) {
        problems.push_back({"flows", "are all zero; there is nothing to fit"});
    }
    return problems;
}

/// Poisson deviance; a flow of zero counts with its expectation alone.
double deviance(Eigen::VectorXd const& flows, Eigen::VectorXd const& expected) {
    double sum = 0.0;
    for (Eigen::Index k = 0; k < flows.size(); ++k) {
        double const flow = flows(k);
        sum += (flow > 0.0 ? flow * std::log(flow / expected(k)) : 0.0) - (flow - expected(k));
    }
    return 2.0 * sum;
}

Eigen::VectorXd exp_of(Eigen::VectorXd const& exponents) {
    return exponents.unaryExpr([](double x) { return std::exp(x); });
}

} // namespace

Result<GravityFit> fit_gravity(SquareMatrix const& flows, GravityFacts const& facts) {
    PENSIM_EXPECT(flows.well_formed() && fits(facts, flows.size));
    if (auto problems = faults_of(flows, facts); !problems.empty()) {
        return tl::unexpected(std::move(problems));
    }
    Eigen::Index const pairs = Eigen::Index{flows.size} * (flows.size - 1);
    Eigen::MatrixXd design(pairs, coefficients);
    Eigen::VectorXd observed(pairs);
    Eigen::Index row = 0;
    for (int i = 0; i < flows.size; ++i) {
        for (int j = 0; j < flows.size; ++j) {
            if (i != j) {
                design.row(row) = pair_facts(facts, i, j);
                observed(row++) = flows.at(i, j);
            }
        }
    }
    if (design.colPivHouseholderQr().rank() < coefficients) {
        return tl::unexpected(Problems{
            {"gravity facts", "are too alike to tell constant, populations and distance apart"}});
    }
    // Begin between each flow and the mean, where every logarithm exists.
    Eigen::VectorXd expected = (observed.array() + observed.mean()) / 2.0;
    Eigen::VectorXd exponents = expected.unaryExpr([](double x) { return std::log(x); });
    Eigen::Vector4d beta = Eigen::Vector4d::Zero();
    double last = deviance(observed, expected);
    GravityFit fit;
    while (!fit.converged && fit.iterations < max_iterations) {
        Eigen::VectorXd const weights = expected.cwiseSqrt();
        Eigen::VectorXd const working = exponents + (observed - expected).cwiseQuotient(expected);
        beta = (weights.asDiagonal() * design)
                   .colPivHouseholderQr()
                   .solve(weights.cwiseProduct(working));
        exponents = design * beta;
        expected = exp_of(exponents);
        double const now = deviance(observed, expected);
        fit.converged = std::abs(now - last) <= deviance_tolerance * (observed.sum() + now);
        last = now;
        ++fit.iterations;
    }
    fit.model = {beta(0), beta(1), beta(2), beta(3)};
    return fit;
}

SquareMatrix predict_gravity(GravityModel const& model, GravityFacts const& facts) {
    int const size = facts.distance_km.size;
    PENSIM_EXPECT(fits(facts, size));
    Eigen::Vector4d const beta(model.constant,
                               model.origin_elasticity,
                               model.destination_elasticity,
                               model.distance_decay);
    auto flows = SquareMatrix::zero(size);
    for (int i = 0; i < size; ++i) {
        for (int j = 0; j < size; ++j) {
            if (i != j) {
                flows.at(i, j) = std::exp(pair_facts(facts, i, j).dot(beta));
                PENSIM_ENSURE(std::isfinite(flows.at(i, j)));
            }
        }
    }
    return flows;
}

double distance_km(GeoPoint from, GeoPoint to) {
    constexpr double radians = std::numbers::pi / 180.0;
    double const north = std::sin((to.latitude - from.latitude) * radians / 2.0);
    double const east = std::sin((to.longitude - from.longitude) * radians / 2.0);
    double const parallels = std::cos(from.latitude * radians) * std::cos(to.latitude * radians);
    double const haversine = north * north + parallels * east * east;
    return 2.0 * earth_radius_km * std::asin(std::min(1.0, std::sqrt(haversine)));
}

SquareMatrix distances_km(std::vector<GeoPoint> const& points) {
    auto distances = SquareMatrix::zero(static_cast<int>(points.size()));
    for (int i = 0; i < distances.size; ++i) {
        for (int j = 0; j < i; ++j) {
            distances.at(i, j) = distance_km(points[position(i)], points[position(j)]);
            distances.at(j, i) = distances.at(i, j);
        }
    }
    return distances;
}

} // namespace pensim::world

#include "sim/world/mobility_forecast.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "sim/world/gravity.hpp"
#include "sim/world/margins.hpp"
#include "sim/world/mobility.hpp"

namespace pensim::world {

namespace {

using Sums = std::vector<double>;

/// What is added to a count before a ratio is taken, so that one of zero has one.
constexpr double half_a_person = 0.5;

int length_of(Period period) {
    return period.to_year - period.from_year;
}

double& of(Sums& sums, int area) {
    return sums[static_cast<std::size_t>(area)];
}

Sums origin_sums(SquareMatrix const& flows) {
    Sums sums(static_cast<std::size_t>(flows.size), 0.0);
    for (int i = 0; i < flows.size; ++i) {
        for (int j = 0; j < flows.size; ++j) {
            of(sums, i) += flows.at(i, j);
        }
    }
    return sums;
}

Sums destination_sums(SquareMatrix const& flows) {
    Sums sums(static_cast<std::size_t>(flows.size), 0.0);
    for (int i = 0; i < flows.size; ++i) {
        for (int j = 0; j < flows.size; ++j) {
            of(sums, j) += flows.at(i, j);
        }
    }
    return sums;
}

bool knows_stayers(MigrationTable const& table) {
    for (int i = 0; i < table.counts.size; ++i) {
        if (!(table.counts.at(i, i) > 0.0)) {
            return false;
        }
    }
    return true;
}

SquareMatrix population_matrix(MigrationTable const& table) {
    SquareMatrix persons = table.counts;
    for (double& value : persons.values) {
        value /= table.sampled_share;
    }
    return persons;
}

/// Growth over the last step, carried on to the target period and damped on the way.
class DampedTrend {
  public:
    DampedTrend(MigrationTable const& before,
                MigrationTable const& last,
                Period target,
                double damping)
        : before_share_(before.sampled_share), last_share_(last.sampled_share) {
        int const step = last.period.from_year - before.period.from_year;
        int const ahead = target.from_year - last.period.from_year;
        PENSIM_EXPECT(step > 0 && ahead >= 0);
        double left = 1.0;
        int done = 0;
        for (; done + step <= ahead; done += step) {
            left *= damping;
            steps_ += left;
        }
        // A part of a step, at the damping of the whole.
        steps_ += left * damping * (ahead - done) / step;
    }
    /// What to multiply with, from persons of the population in the last two periods.
    [[nodiscard]] double factor(double before, double last) const {
        double const growth =
            (last + half_a_person / last_share_) / (before + half_a_person / before_share_);
        return std::exp(steps_ * std::log(growth));
    }

  private:
    double before_share_;
    double last_share_;
    double steps_ = 0.0;
};

Sums grown(DampedTrend const& trend, Sums const& before, Sums last) {
    for (std::size_t i = 0; i < last.size(); ++i) {
        last[i] *= trend.factor(before[i], last[i]);
    }
    return last;
}

void scale_to(Sums& sums, double total) {
    double const now = total_of(sums);
    for (double& sum : sums) {
        sum *= now > 0.0 ? total / now : 0.0;
    }
}

/// Movers of all periods as counted: the larger sample has the larger say.
SquareMatrix pooled_counts(std::span<MigrationTable const> history) {
    auto pooled = SquareMatrix::zero(history.back().counts.size);
    for (MigrationTable const& table : history) {
        for (std::size_t k = 0; k < pooled.values.size(); ++k) {
            pooled.values[k] += table.counts.values[k];
        }
    }
    for (int i = 0; i < pooled.size; ++i) {
        pooled.at(i, i) = 0.0;
    }
    return pooled;
}

std::optional<SquareMatrix> predict_margins(SquareMatrix const& structure,
                                            std::span<MigrationTable const> history,
                                            DampedTrend const& trend) {
    SquareMatrix const before = movers(history[history.size() - 2]);
    SquareMatrix const last = movers(history.back());
    Margins margins{grown(trend, origin_sums(before), origin_sums(last)),
                    grown(trend, destination_sums(before), destination_sums(last))};
    double const last_total = total_of(last.values);
    double const total = last_total * trend.factor(total_of(before.values), last_total);
    scale_to(margins.rows, total);
    scale_to(margins.columns, total);
    auto fit = adjust_to_margins({structure.size, structure.size, structure.values}, margins);
    if (!fit || !fit->converged) {
        return std::nullopt;
    }
    return SquareMatrix{structure.size, std::move(fit->table.values)};
}

SquareMatrix predict_cells(std::span<MigrationTable const> history, DampedTrend const& trend) {
    SquareMatrix const before = movers(history[history.size() - 2]);
    SquareMatrix predicted = movers(history.back());
    for (std::size_t k = 0; k < predicted.values.size(); ++k) {
        predicted.values[k] *= trend.factor(before.values[k], predicted.values[k]);
    }
    return predicted;
}

std::optional<SquareMatrix> predict_by_generator(MigrationTable const& last, Period target) {
    if (!knows_stayers(last)) {
        return std::nullopt;
    }
    SquareMatrix const persons = population_matrix(last);
    auto const fit = fit_generator(persons, length_of(last.period));
    int const gap = target.from_year - last.period.to_year;
    if (!fit || gap < 0) {
        return std::nullopt;
    }
    Sums start = occupancy(destination_sums(persons), fit->rates, gap);
    SquareMatrix flows = transition(fit->rates, length_of(target));
    for (int i = 0; i < flows.size; ++i) {
        for (int j = 0; j < flows.size; ++j) {
            flows.at(i, j) *= i == j ? 0.0 : of(start, i);
        }
    }
    return flows;
}

Problems faults_of(std::span<MigrationTable const> history, Period target) {
    Problems problems;
    if (history.empty()) {
        return {{"migration history", "is empty; give one period at least"}};
    }
    auto const name = [](Period period) {
        return "period " + std::to_string(period.from_year) + " to "
               + std::to_string(period.to_year);
    };
    MigrationTable const& last = history.back();
    auto const check_period = [&](Period period, Period const* before) {
        if (length_of(period) != length_of(last.period) || length_of(period) <= 0) {
            problems.push_back({name(period), "is not as long as the last one known"});
        }
        if (before != nullptr && period.from_year <= before->from_year) {
            problems.push_back({name(period), "does not come after " + name(*before)});
        }
    };
    for (std::size_t k = 0; k < history.size(); ++k) {
        MigrationTable const& table = history[k];
        check_period(table.period, k == 0 ? nullptr : &history[k - 1].period);
        if (!(table.sampled_share > 0.0 && table.sampled_share <= 1.0)) {
            problems.push_back({name(table.period),
                                "has a sampled share of " + std::to_string(table.sampled_share)
                                    + "; it lies above 0 and up to 1"});
        }
        if (!table.counts.well_formed() || table.counts.size != last.counts.size) {
            problems.push_back({name(table.period), "is not over the same areas as the last one"});
            continue;
        }
        bool const sound = std::all_of(table.counts.values.begin(),
                                       table.counts.values.end(),
                                       [](double n) { return std::isfinite(n) && n >= 0.0; });
        if (!sound || !(total_of(movers(table).values) > 0.0)) {
            problems.push_back({name(table.period), "has counts below zero, or nobody who moved"});
        }
    }
    check_period(target, &last.period);
    return problems;
}

std::vector<CandidateScore> backtest(std::span<MigrationTable const> history) {
    std::vector<CandidateScore> scores;
    MigrationTable const& held_back = history.back();
    auto const known = history.first(history.size() - 1);
    if (known.empty()) {
        return scores;
    }
    for (ForecastCandidate const candidate : forecast_candidates()) {
        if (auto const predicted = predict_with(candidate, known, held_back.period)) {
            scores.push_back({candidate, forecast_error(*predicted, movers(held_back))});
        }
    }
    return scores;
}

} // namespace

SquareMatrix movers(MigrationTable const& table) {
    SquareMatrix persons = population_matrix(table);
    for (int i = 0; i < persons.size; ++i) {
        persons.at(i, i) = 0.0;
    }
    return persons;
}

ForecastError forecast_error(SquareMatrix const& predicted, SquareMatrix const& observed) {
    PENSIM_EXPECT(predicted.well_formed() && observed.well_formed());
    PENSIM_EXPECT(predicted.size == observed.size);
    ForecastError error;
    auto const for_each_pair = [&](auto const& act) {
        for (int i = 0; i < observed.size; ++i) {
            for (int j = 0; j < observed.size; ++j) {
                if (i != j) {
                    act(predicted.at(i, j), observed.at(i, j));
                }
            }
        }
    };
    for_each_pair([&](double there, double seen) {
        error.predicted_persons += there;
        error.observed_persons += seen;
        error.absolute_persons += std::abs(there - seen);
    });
    PENSIM_EXPECT(error.predicted_persons > 0.0 && error.observed_persons > 0.0);
    double const scale = error.observed_persons / error.predicted_persons;
    for_each_pair([&](double there, double seen) {
        error.share_misplaced += std::abs(there * scale - seen) / (2.0 * error.observed_persons);
    });
    return error;
}

std::vector<ForecastCandidate> forecast_candidates() {
    std::vector<ForecastCandidate> candidates{{ForecastMethod::unchanged, 0.0},
                                              {ForecastMethod::generator, 0.0},
                                              {ForecastMethod::pooled_trend, 0.0}};
    for (auto const method :
         {ForecastMethod::margin_trend, ForecastMethod::pooled_trend, ForecastMethod::cell_trend}) {
        for (double const damping : {0.25, 0.5, 0.75, 1.0}) {
            candidates.push_back({method, damping});
        }
    }
    return candidates;
}

std::optional<SquareMatrix>
predict_with(ForecastCandidate candidate, std::span<MigrationTable const> history, Period target) {
    PENSIM_EXPECT(!history.empty());
    MigrationTable const& last = history.back();
    if (candidate.method == ForecastMethod::unchanged) {
        return movers(last);
    }
    if (candidate.method == ForecastMethod::generator) {
        return predict_by_generator(last, target);
    }
    if (history.size() < 2) {
        return std::nullopt;
    }
    DampedTrend const trend(history[history.size() - 2], last, target, candidate.damping);
    if (candidate.method == ForecastMethod::cell_trend) {
        return predict_cells(history, trend);
    }
    bool const pooled = candidate.method == ForecastMethod::pooled_trend;
    return predict_margins(pooled ? pooled_counts(history) : movers(last), history, trend);
}

Result<Forecast> predict_next(std::span<MigrationTable const> history, Period target) {
    if (auto problems = faults_of(history, target); !problems.empty()) {
        return tl::unexpected(std::move(problems));
    }
    Forecast forecast;
    forecast.scores = backtest(history);
    // The first of the best: plainer methods come first.
    auto ranked = forecast.scores;
    std::stable_sort(ranked.begin(), ranked.end(), [](auto const& a, auto const& b) {
        return a.backtest.share_misplaced < b.backtest.share_misplaced;
    });
    for (CandidateScore const& score : ranked) {
        if (auto predicted = predict_with(score.candidate, history, target)) {
            forecast.chosen = score.candidate;
            forecast.persons = *std::move(predicted);
            return forecast;
        }
    }
    forecast.persons = movers(history.back());
    return forecast;
}

Result<SquareMatrix> predict_by_gravity(MigrationTable const& table,
                                        SquareMatrix const& distance_km) {
    PENSIM_EXPECT(table.sampled_share > 0.0 && table.counts.well_formed());
    PENSIM_EXPECT(knows_stayers(table));
    SquareMatrix const persons = population_matrix(table);
    Sums const left = destination_sums(persons);
    auto const fit = fit_gravity(movers(table), {origin_sums(persons), left, distance_km});
    if (!fit) {
        return tl::unexpected(fit.error());
    }
    return predict_gravity(fit->model, {left, left, distance_km});
}

} // namespace pensim::world

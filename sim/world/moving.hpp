// Moving between areas, month by month: what a life is drawn from.
//
// A continuous-time Markov chain watched at the ends of months is a chain of months with the
// matrix P = exp(Q / 12). Somebody in area i stays with probability P_ii, so the month of the next
// move is geometric: the first month in which an exponential draw is below the added-up
// -ln(P_ii); where to goes by the rest of row i. With an age profile the hazard of each month is
// multiplied by the profile at that age.
#pragma once

#include <span>
#include <vector>

#include "core/area/area.hpp"
#include "sim/random/tables.hpp"
#include "sim/world/spec.hpp"

namespace pensim::world {

inline constexpr int never = 1 << 20; ///< months: beyond any life

/// Hazards added up over age, by months of age.
class AgeHazard {
  public:
    static constexpr int age_max = 111; ///< years
    AgeHazard() = default;
    explicit AgeHazard(AgeProfile const& profile);

    /// From `age` (months) on, the months that pass before the one whose hazard brings the sum of
    /// rate x profile to `exponential`; far beyond any life if none does.
    [[nodiscard]] int months_until(int age, double rate_a_month, double exponential) const;
    [[nodiscard]] double at_age(int years) const;

  private:
    std::vector<double> sum_; ///< over months of age, from 0
    std::vector<int> guide_;  ///< the first month whose sum reaches each step
    double steps_per_unit_ = 0;
};

class Moving {
  public:
    Moving() = default;
    /// `monthly`: row-major areas x areas, the transition matrix of a month at profile 1.
    Moving(std::span<double const> monthly, int areas, AgeProfile const& profile);

    /// Hazard a month of leaving, at profile 1.
    [[nodiscard]] double rate(AreaId area) const { return rates_[row(area)]; }
    [[nodiscard]] AreaId destination(AreaId area, std::uint32_t u) const {
        return static_cast<AreaId>(destinations_[row(area)].draw(u));
    }
    [[nodiscard]] bool leads_away(AreaId area) const { return !destinations_[row(area)].empty(); }
    [[nodiscard]] AgeHazard const& age() const { return age_; }

  private:
    std::vector<double> rates_;
    std::vector<random::Choice> destinations_;
    AgeHazard age_;
};

/// The matrix of a month when people leave every area at one rate and choose by weight.
[[nodiscard]] std::vector<double> monthly_by_places(std::span<double const> weights,
                                                    double per_year);

} // namespace pensim::world

// The figures that a comparison comes to, reform by reform: what summaries and pages tell.
#pragma once

#include <vector>

#include "sim/reform/comparison.hpp"

namespace pensim::reform {

/// People by what they had under the baseline and have under the reform, all groups together.
struct TransitionSum {
    std::uint16_t from = 0; ///< codes as in engine::TransitionKey
    std::uint16_t to = 0;
    std::int64_t people = 0; ///< lives of all replicates
};

struct AreaContrast {
    AreaId area;
    Contrast value;
};

/// Counts are lives, money is fen of the lives; Contrast says how exact.
class ComparisonFigures {
  public:
    explicit ComparisonFigures(Comparison const& comparison) : comparison_(comparison) {}

    /// Value `i` of a flow: people, account, pooled. `all_areas` stands for the sum.
    [[nodiscard]] Contrast
    flow(ReformResult const& reform, FlowKey const& key, std::size_t i) const {
        return comparison_.contrast(
            reform, &SampleMoments::flow_totals, &SampleCells::flow_totals, key.packed(), i);
    }
    /// All flows of a kind.
    [[nodiscard]] Contrast
    flow(ReformResult const& reform, TransferKind kind, std::size_t i) const {
        return flow(reform, FlowKey{0, all_areas, all_areas, kind}, i);
    }
    [[nodiscard]] Contrast
    area(ReformResult const& reform, AreaId area, report::AreaColumn column) const {
        return comparison_.contrast(reform,
                                    &SampleMoments::area_totals,
                                    &SampleCells::area_totals,
                                    report::AreaKey{0, area}.packed(),
                                    static_cast<std::size_t>(column));
    }
    [[nodiscard]] Contrast total(ReformResult const& reform, MoneyTotal total) const {
        return comparison_.total(reform, total);
    }

    // People: the baseline has none who change, and no run of its own counts them.
    [[nodiscard]] Contrast changed(ReformResult const& reform) const {
        return people(reform.changed);
    }
    [[nodiscard]] Contrast changed(ReformResult const& reform, engine::Change what) const {
        return people(reform.by_change[static_cast<std::size_t>(what)]);
    }
    [[nodiscard]] Contrast winners(ReformResult const& reform) const {
        return people(reform.winners);
    }
    [[nodiscard]] Contrast losers(ReformResult const& reform) const {
        return people(reform.losers);
    }

    /// The most frequent first; equally frequent ones by their codes.
    [[nodiscard]] static std::vector<TransitionSum> transitions(ReformResult const& reform,
                                                                engine::Change what);
    /// Areas whose sum over all years differs, the greatest difference first.
    [[nodiscard]] std::vector<AreaContrast> areas_by(ReformResult const& reform,
                                                     report::AreaColumn column) const;

  private:
    [[nodiscard]] Contrast people(report::Moments const& count) const {
        return comparison_.count_of(count);
    }
    Comparison const& comparison_;
};

/// Half of the interval of a difference; not a number where there is none.
[[nodiscard]] inline double half95(Contrast const& contrast) {
    return (contrast.hi95 - contrast.lo95) / 2;
}

} // namespace pensim::reform

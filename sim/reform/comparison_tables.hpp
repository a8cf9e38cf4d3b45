// The tables of a comparison: what differs, from what to what, who gains and loses.
//
// Files hold simulated lives; with several replicates, means over them. Rows where nothing differs
// are left out. Each measure has the value of the baseline, that of the reform, the difference with
// its 95% interval, and `_factor`: the standard error that two separate runs would leave, over this
// one's.
#pragma once

#include "sim/reform/comparison.hpp"
#include "sim/report/table.hpp"

namespace pensim::reform {

/// flows, flow_totals, locations, areas, area_totals, changes, transitions, winners, parameters,
/// in this order.
[[nodiscard]] std::vector<report::Table> tables_of(Comparison const& comparison,
                                                   ComparisonPlan const& plan);

/// People whom a parameter changes when the baseline takes nothing else from the reform; nothing
/// where that was not counted.
[[nodiscard]] std::optional<std::int64_t> changed_alone(Comparison const& comparison,
                                                        ComparisonPlan const& plan,
                                                        std::size_t reform,
                                                        std::string_view key);

} // namespace pensim::reform

// A sweep for people: its presentation, and what its page has beside the tables (page kind
// "sweep").
#pragma once

#include "sim/reform/sweep.hpp"
#include "sim/report/page_document.hpp"

namespace pensim::reform {

/// `tables`: those of the folder. The page has one more, curves: each figure of each setting with
/// the interval around it.
[[nodiscard]] report::Presentation presentation_of(Comparison const& comparison,
                                                   ComparisonPlan const& plan,
                                                   Sweep const& sweep,
                                                   std::vector<report::Table> tables,
                                                   report::Origin const& origin);

/// `axes`: key, label, values, numbers (null where some value is none), and `baseline`, the number
/// of the value that the baseline has (null where it is none of them). Refers to its arguments.
[[nodiscard]] report::MorePage page_of(ComparisonPlan const& plan, Sweep const& sweep);

/// The number of the baseline's own value on an axis, if it is one of them.
[[nodiscard]] std::optional<std::size_t>
baseline_value(ComparisonPlan const& plan, Sweep const& sweep, std::size_t axis);

} // namespace pensim::reform

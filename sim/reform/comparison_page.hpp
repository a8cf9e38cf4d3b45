// A comparison for people: its presentation, and what its page has beside the tables (page kind
// "compare").
#pragma once

#include "sim/reform/witnesses.hpp"
#include "sim/report/page_document.hpp"

namespace pensim::reform {

/// `tables`: those of the folder. With one reform the answer is that of the reform; with several it
/// names each, and the page tells them one by one.
[[nodiscard]] report::Presentation presentation_of(Comparison const& comparison,
                                                   ComparisonPlan const& plan,
                                                   ReformSet const& reforms,
                                                   std::vector<report::Table> tables,
                                                   report::Origin const& origin);

/// `baseline` and `reforms` (id, title, answer, headlines, notes), and `witnesses`: at most
/// `witnesses_on_page` of a kind of change, each with its story under both rule sets. The page's
/// own: it refers to its arguments.
inline constexpr std::size_t witnesses_on_page = 3;
[[nodiscard]] report::MorePage page_of(Comparison const& comparison,
                                       ComparisonPlan const& plan,
                                       ReformSet const& reforms,
                                       Witnesses const& witnesses);

/// Tables of the page alone: overview, area_contrasts, branch_contrasts, transition_totals.
[[nodiscard]] std::vector<report::Table> page_tables_of(Comparison const& comparison,
                                                        ComparisonPlan const& plan);

} // namespace pensim::reform

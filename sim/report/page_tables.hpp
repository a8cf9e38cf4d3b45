// Tables that the report page shows beside those of the folder: sums of them, made here so that the
// page adds up nothing.
#pragma once

#include "sim/report/run_results.hpp"

namespace pensim::report {

/// links (flows of all kinds by pair of areas: with year 0 in total, and the 150 largest of each
/// year; the largest first), area_totals (by area, over the years; balances as of the last),
/// branches (people by criterion, and those of them who are paid elsewhere than they last paid),
/// paths (people by last area and benefit location).
[[nodiscard]] std::vector<Table> page_tables_of(RunResults const& results,
                                                scenario::Simulation const& simulation);

} // namespace pensim::report

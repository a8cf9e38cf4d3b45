// The findings of an audit as a table.
#pragma once

#include "core/area/area_table.hpp"
#include "sim/audit/audit.hpp"
#include "sim/report/table.hpp"
#include "sim/story/words.hpp"

namespace pensim::job {

/// A row a finding, the gravest first: what it is, in words of `language`, how many careers show
/// it, the smallest of them, and what it is worth in yuan a month.
[[nodiscard]] report::Table
findings_of(audit::Audit const& audit, AreaTable const& areas, story::Language language);

} // namespace pensim::job

// The sheet of charts: each with the numbers that it shows beside it.
#pragma once

#include <string>
#include <vector>

#include "sim/report/workbook.hpp"
#include "sim/report/workbook_file.hpp"
#include "sim/report/workbook_sheet.hpp"

namespace pensim::report {

/// `tables` holds every table that a chart names.
void write_charts(WorkbookFile& file,
                  std::string const& sheet,
                  std::vector<WorkbookChart> const& charts,
                  std::vector<ShownTable> const& tables,
                  SummaryLanguage language);

} // namespace pensim::report

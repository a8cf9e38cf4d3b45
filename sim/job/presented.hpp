// What jobs write for people beside their tables.
#pragma once

#include <string>
#include <vector>

#include "sim/input/output_folder.hpp"
#include "sim/report/page_document.hpp"

namespace pensim::job {

/// Adds report.html and results.xlsx. Throws input::MachineFault.
void write_presentation(input::OutputFolder& folder,
                        report::Presentation const& presentation,
                        scenario::Simulation const& simulation,
                        report::SummaryLanguage language,
                        report::MorePage const& more = {});

/// The words of a command as a shell reads them back.
[[nodiscard]] std::string shell_line(std::vector<std::string> const& words);

/// The words of a command line as a shell takes them, without those that say where results go.
[[nodiscard]] std::string command_text(std::vector<std::string> const& words);

} // namespace pensim::job

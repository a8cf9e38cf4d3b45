// Any input file, all its faults at once.
#pragma once

#include <string>
#include <string_view>

#include "core/basis/problem.hpp"
#include "sim/job/law_setup.hpp"

namespace pensim::job {

/// A scenario, cases, a rule set or a folder of data tables; or a shipped scenario by name.
[[nodiscard]] Problems
validate_file(std::string const& path, Setting const& setting, data::Tables const& tables);
/// The same of the text of a file that is called `path`.
[[nodiscard]] Problems validate_text(std::string const& path,
                                     std::string const& text,
                                     Setting const& setting,
                                     data::Tables const& tables);

} // namespace pensim::job

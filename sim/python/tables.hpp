// Tables of results as Python sees them: columns whose numbers stay where they are.
#pragma once

#include <memory>

#include "sim/report/table.hpp"

namespace pensim::python {

/// Shared with what it belongs to: a run stays in memory while one of its tables is in use.
using SharedTable = std::shared_ptr<report::Table const>;

} // namespace pensim::python

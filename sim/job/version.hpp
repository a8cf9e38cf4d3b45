// Which pensim this is.
#pragma once

#include <string_view>

namespace pensim::job {

/// "0.1.0", as the project is declared to CMake.
[[nodiscard]] std::string_view version();

} // namespace pensim::job

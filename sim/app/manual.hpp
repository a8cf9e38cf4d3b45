// The man page, made from the commands themselves.
#pragma once

#include <span>
#include <string>

#include "sim/app/declared.hpp"

namespace pensim::app {

/// pensim(1) as man reads it.
[[nodiscard]] std::string manual(std::span<DeclaredCommand const> commands);

} // namespace pensim::app

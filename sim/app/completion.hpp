// Completion scripts for shells, made from the commands themselves.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "sim/app/declared.hpp"

namespace pensim::app {

/// The script for "bash", "zsh" or "fish".
[[nodiscard]] std::string completion(std::span<DeclaredCommand const> commands,
                                     std::string_view shell);

} // namespace pensim::app

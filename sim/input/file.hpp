// Files in and out.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "core/basis/problem.hpp"

namespace pensim::input {

/// The machine failed us (exit status 3): a file that cannot be read or written, a full disk.
class MachineFault : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// The whole file. A missing or unreadable one is a problem of the input.
[[nodiscard]] Result<std::string> read_file(std::string const& path);

/// Writes beside the target and renames, so that the target is whole or untouched. Throws
/// MachineFault.
void write_file(std::string const& path, std::string_view content);

} // namespace pensim::input

// Files in and out.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "core/basis/problem.hpp"
#include "sim/input/limits.hpp"

namespace pensim::input {

/// The machine failed us (exit status 3): a file that cannot be read or written, a full disk.
class MachineFault : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// "out/flows.csv: cannot be written: No space left on device; make room there, or choose another
/// place": what the system said (an errno), and what helps.
[[nodiscard]] MachineFault fault_of(std::string const& path, std::string_view what, int error);

/// What a name may lead to: a pipe is for names that the user gives, not for those that a file
/// does.
enum class FileKind : std::uint8_t { any, regular };

/// The whole file. A missing or unreadable one is a problem of the input, and so is a folder, or
/// one of more than `bytes_max`.
[[nodiscard]] Result<std::string> read_file(std::string const& path,
                                            FileKind kind = FileKind::any,
                                            std::uint64_t bytes_max = file_bytes_max);

/// "is too large; expected at most 64 MB".
[[nodiscard]] std::string too_large(std::uint64_t bytes_max);

/// Absolute, its links followed; what is not there stays as it is.
[[nodiscard]] std::string real_path(std::string const& path);
/// Does `path`, its links followed, lie in `folder` or below? An empty folder is the current one.
[[nodiscard]] bool lies_in(std::string const& folder, std::string const& path);

/// Why a chain of files that extend one another, the last of them now `name`, is not read; empty
/// when it is.
[[nodiscard]] std::string
fault_of_chain(std::string_view name, std::size_t files, std::uint64_t bytes);

/// Writes beside the target and renames, so that the target is whole or untouched. Throws
/// MachineFault.
void write_file(std::string const& path, std::string_view content);

} // namespace pensim::input

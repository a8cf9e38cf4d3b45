// What is told of the program as a whole, by --help and by the man page.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace pensim::app {

/// A thing and what is said of it.
struct Said {
    std::string_view name;
    std::string_view what;
};

/// What the program is for, in a sentence.
[[nodiscard]] std::string_view purpose();
/// Commands that run as they stand, with what they are for.
[[nodiscard]] std::span<Said const> examples();
/// Which files are known by name.
[[nodiscard]] std::string_view shipped_names();
/// Each exit status.
[[nodiscard]] std::span<Said const> exit_statuses();
/// What goes to which stream.
[[nodiscard]] std::string_view streams();
/// Formats of files, and whose law this is.
[[nodiscard]] std::string_view formats();

/// Above the commands in --help: the purpose, the examples, the names.
[[nodiscard]] std::string help_heading();
/// Below them: exit statuses and streams.
[[nodiscard]] std::string help_footer();
/// Of --version.
[[nodiscard]] std::string version_text();

} // namespace pensim::app

#include "sim/app/console.hpp"

#include <cstdio>
#include <cstdlib>
#include <unistd.h>

#include <fmt/format.h>

#include "sim/input/file.hpp"

namespace pensim::app {

namespace {

constexpr std::size_t buffered = 1U << 20U;

void to_standard_output(std::string& text) {
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) {
        throw input::MachineFault("standard output cannot be written");
    }
    text.clear();
}

} // namespace

report::Ink terminal_ink() {
    char const* const no = std::getenv("NO_COLOR");
    char const* const terminal = std::getenv("TERM");
    bool const colour = ::isatty(STDOUT_FILENO) == 1 && (no == nullptr || *no == '\0')
                        && (terminal == nullptr || std::string_view(terminal) != "dumb");
    return colour ? report::Ink::colour : report::Ink::plain;
}

void print_problems(Problems const& problems, std::string_view file) {
    for (Problem const& problem : problems) {
        fmt::print(stderr, "{}\n", job::text_of(problem, file));
    }
}

void Results::write(std::string_view text) {
    text_ += text;
    if (path_.empty() && text_.size() > buffered) {
        to_standard_output(text_);
    }
}

void Results::finish() {
    if (!path_.empty()) {
        input::write_file(path_, text_);
        return;
    }
    to_standard_output(text_);
    if (std::fflush(stdout) != 0) {
        throw input::MachineFault("standard output cannot be written");
    }
}

} // namespace pensim::app

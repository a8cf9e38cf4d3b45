#include "sim/input/progress.hpp"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <unistd.h>

#include <fmt/format.h>

namespace pensim::input {

namespace {

using namespace std::chrono_literals;
constexpr auto terminal_pause = 200ms;
constexpr auto log_pause = 10s;
constexpr auto silent_first = 1s; ///< what is over by then needs no progress

} // namespace

Progress::Progress(std::string unit, std::uint64_t total)
    : unit_(std::move(unit)), total_(std::max<std::uint64_t>(total, 1)), start_(Clock::now()),
      next_(start_ + silent_first), terminal_(::isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
    if (shown_ && terminal_) {
        std::fputs("\r\033[K", stderr); // the bar goes, the summary stays
    }
}

void Progress::update(std::uint64_t done, std::uint64_t count) {
    auto const now = Clock::now();
    if (now < next_) {
        return;
    }
    next_ = now + (terminal_ ? Clock::duration(terminal_pause) : Clock::duration(log_pause));
    shown_ = true;
    show(std::chrono::duration<double>(now - start_).count(), done, count);
}

void Progress::show(double seconds, std::uint64_t done, std::uint64_t count) {
    constexpr int width = 30;
    double const share = std::min(1.0, static_cast<double>(done) / static_cast<double>(total_));
    double const rate = static_cast<double>(count) / seconds;
    double const left = share > 0 ? seconds * (1 - share) / share : 0;
    auto const numbers = fmt::format(
        "{:3.0f}%  {} {}, {:.0f}/s, {:.0f} s left", share * 100, count, unit_, rate, left);
    if (terminal_) {
        int const full = static_cast<int>(share * width);
        fmt::print(stderr, "\r\033[K[{:#<{}}{:.<{}}] {}", "", full, "", width - full, numbers);
        std::fflush(stderr);
    } else {
        fmt::print(stderr, "{}\n", numbers);
    }
}

OnProgress shown_progress(std::string unit) {
    auto const shown = std::make_shared<std::optional<Progress>>();
    return [shown,
            unit = std::move(unit)](std::uint64_t done, std::uint64_t total, std::uint64_t count) {
        if (!*shown) {
            shown->emplace(unit, total);
        }
        (*shown)->update(done, count);
    };
}

} // namespace pensim::input

// When a run began and how long it takes.
#pragma once

#include <chrono>
#include <ctime>
#include <string>

#include <fmt/format.h>

namespace pensim::job {

class Stopwatch {
  public:
    /// UTC, ISO 8601.
    [[nodiscard]] std::string started() const {
        std::tm parts{};
        ::gmtime_r(&started_, &parts);
        return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
                           parts.tm_year + 1900,
                           parts.tm_mon + 1,
                           parts.tm_mday,
                           parts.tm_hour,
                           parts.tm_min,
                           parts.tm_sec);
    }
    [[nodiscard]] double seconds() const {
        return std::chrono::duration<double>(Clock::now() - start_).count();
    }

  private:
    using Clock = std::chrono::steady_clock;
    std::time_t started_ = std::time(nullptr);
    Clock::time_point start_ = Clock::now();
};

} // namespace pensim::job

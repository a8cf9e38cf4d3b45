// How far a long run is, on standard error: a bar with rate and time left on a terminal, a line now
// and then in a log.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace pensim::input {

class Progress {
  public:
    /// `total` in the unit of update(); `unit` names what is counted, e.g. "persons".
    Progress(std::string unit, std::uint64_t total);
    Progress(Progress const&) = delete;
    Progress& operator=(Progress const&) = delete;
    ~Progress();

    /// `done` of `total`, with `count` things counted so far. Cheap: shows itself a few times a
    /// second at most.
    void update(std::uint64_t done, std::uint64_t count);

  private:
    void show(double seconds, std::uint64_t done, std::uint64_t count);
    using Clock = std::chrono::steady_clock;
    std::string unit_;
    std::uint64_t total_;
    Clock::time_point start_;
    Clock::time_point next_;
    bool terminal_;
    bool shown_ = false;
};

/// Told now and then how far a job is: `done` of `total`, with `count` things counted so far. By
/// one thread at a time; it may throw Interrupted to stop the job.
using OnProgress =
    std::function<void(std::uint64_t done, std::uint64_t total, std::uint64_t count)>;

/// Shows it by a Progress; `unit` names what is counted.
[[nodiscard]] OnProgress shown_progress(std::string unit);

} // namespace pensim::input

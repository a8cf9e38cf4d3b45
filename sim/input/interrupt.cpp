#include "sim/input/interrupt.hpp"

#include <atomic>
#include <csignal>
#include <cstdint>
#include <ctime>

namespace pensim::input {

namespace {

/// When the first one came: milliseconds of a clock of no known begin; 0: never.
std::atomic<std::int64_t> asked_at = 0;
static_assert(std::atomic<std::int64_t>::is_always_lock_free);

extern "C" void remember(int signal) {
    constexpr std::int64_t once = 1000; // milliseconds: timeout(1) and mpirun send it twice
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    std::int64_t const now = std::int64_t{time.tv_sec} * 1000 + time.tv_nsec / 1'000'000;
    std::int64_t first = 0;
    if (!asked_at.compare_exchange_strong(first, now) && now - first > once) {
        std::signal(signal, SIG_DFL);
        std::raise(signal);
    }
}

} // namespace

void remember_interrupts() {
    std::signal(SIGINT, remember);
    std::signal(SIGTERM, remember);
    if (std::signal(SIGHUP, remember) == SIG_IGN) { // nohup: the run is to outlive its terminal
        std::signal(SIGHUP, SIG_IGN);
    }
}

bool interrupted() {
    return asked_at != 0;
}

} // namespace pensim::input

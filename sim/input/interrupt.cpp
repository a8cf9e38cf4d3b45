#include "sim/input/interrupt.hpp"

#include <atomic>
#include <csignal>

namespace pensim::input {

namespace {

std::atomic<bool> asked = false;
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void remember(int signal) {
    asked = true;
    std::signal(signal, SIG_DFL);
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
    return asked;
}

} // namespace pensim::input

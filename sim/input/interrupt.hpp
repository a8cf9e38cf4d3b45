// Ctrl-C asks a run to stop; the run looks when it can.
#pragma once

namespace pensim::input {

/// From now on SIGINT, SIGTERM and SIGHUP are remembered instead of ending the program; one that
/// comes a second or more after the first ends it.
void remember_interrupts();
[[nodiscard]] bool interrupted();

/// Thrown by a run that stopped because of it, after it has cleaned up; and by whoever is told of
/// progress, to stop the run.
struct Interrupted {
    bool kept = false; ///< finished work is kept, and somebody was told so
};

} // namespace pensim::input

#include <csignal>

#include "sim/app/commands.hpp"

int main(int argc, char** argv) {
    std::signal(SIGXFSZ,
                SIG_IGN); // a file that may not grow is a fault to tell of, like a full disk
    return pensim::app::run_command_line(argc, argv);
}

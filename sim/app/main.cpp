#include "sim/app/commands.hpp"

int main(int argc, char** argv) {
    return pensim::app::run_command_line(argc, argv);
}

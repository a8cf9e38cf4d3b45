// How many processes were started together, as their starter tells them.
#pragma once

#include <algorithm>
#include <array>
#include <cstdlib>

namespace pensim::ranks {

/// As Open MPI's mpirun, MPICH's and Slurm's PMI tell it; 1 where nobody does. A program that is
/// alone need not ask MPI, which takes longer to begin than a small run.
[[nodiscard]] inline int launched_size() {
    constexpr std::array names{"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "PMIX_SIZE", "MPI_LOCALNRANKS"};
    int size = 1;
    for (char const* const name : names) {
        char const* const text = std::getenv(name);
        size = std::max(size, text != nullptr ? std::atoi(text) : 1);
    }
    return size;
}

} // namespace pensim::ranks

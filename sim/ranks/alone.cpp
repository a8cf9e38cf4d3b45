// Without MPI.
#include <cstdlib>

#include "core/basis/check.hpp"
#include "sim/input/file.hpp"
#include "sim/ranks/launched.hpp"
#include "sim/ranks/ranks.hpp"

namespace pensim::ranks {

Ranks::Ranks() {
    if (launched_size() > 1) { // each process would do the whole job, and write to one folder
        throw input::MachineFault("started by mpirun, but built without MPI: configure with "
                                  "-DPENSIM_MPI=ON");
    }
}
Ranks::~Ranks() = default;
void Ranks::send(int, std::string const&) const {
    PENSIM_EXPECT(!alone());
}
std::string Ranks::receive(int) const {
    PENSIM_EXPECT(!alone());
    return {};
}
std::string Ranks::from_first(std::string text) const {
    return text;
}
void Ranks::reduce(std::function<std::string()> const&,
                   std::function<void(std::string const&)> const&) const {}
std::vector<std::string> Ranks::gather(std::string const& mine) const {
    return {mine};
}
void Ranks::tell_progress(std::uint64_t) {}
std::uint64_t Ranks::progress_of_others() const {
    return 0;
}
bool Ranks::all_arrive() const {
    return true;
}
void Ranks::end_all(int status) const {
    std::exit(status);
}

} // namespace pensim::ranks

#include "sim/job/version.hpp"

namespace pensim::job {

std::string_view version() {
    return PENSIM_VERSION;
}

} // namespace pensim::job

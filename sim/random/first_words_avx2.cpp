// Philox for machines with AVX2; compiled for them (sim/CMakeLists.txt), and called only there.
#include "sim/random/philox_lanes.hpp"

namespace pensim::random {

void write_group_avx2(PhiloxGroup const& group, std::uint32_t* out, std::size_t stride) {
    write_philox_group<4>(group, out, stride);
}

} // namespace pensim::random

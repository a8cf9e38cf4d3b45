// Philox for machines with AVX-512 F; compiled for them (sim/CMakeLists.txt), and called only
// there.
#include "sim/random/philox_lanes.hpp"

namespace pensim::random {

void write_group_avx512(PhiloxGroup const& group, std::uint32_t* out, std::size_t stride) {
    write_philox_group<8>(group, out, stride);
}

} // namespace pensim::random

#include "sim/random/stream.hpp"

#include <Random123/philox.h>

namespace pensim::random {

void Stream::refill() {
    r123::Philox4x32 const philox;
    r123::Philox4x32::ctr_type const counter{{counter_[0], counter_[1], counter_[2], counter_[3]}};
    r123::Philox4x32::key_type const key{
        {static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32U)}};
    auto const drawn = philox(counter, key);
    for (std::size_t i = 0; i < block_.size(); ++i) {
        block_[i] = drawn[i];
    }
    ++counter_[3];
    used_ = 0;
}

} // namespace pensim::random

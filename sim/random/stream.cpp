#include "sim/random/stream.hpp"

#include <Random123/philox.h>

namespace pensim::random {

void Stream::refill() {
    r123::Philox4x32 const philox;
    r123::Philox4x32::key_type const key{
        {static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32U)}};
    // Two blocks at once: the processor works on both at the same time.
    auto const block = [&](std::uint32_t number) {
        return philox(r123::Philox4x32::ctr_type{{counter_[0], counter_[1], counter_[2], number}},
                      key);
    };
    auto const first = block(counter_[3]);
    auto const second = block(counter_[3] + 1);
    for (std::size_t i = 0; i < words_of_block; ++i) {
        block_[i] = first[i];
        block_[i + words_of_block] = second[i];
    }
    counter_[3] += 2;
    next_ = block_.data();
    end_ = next_ + block_.size();
}

} // namespace pensim::random

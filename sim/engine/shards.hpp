// The one loop that starts threads for lives.
#pragma once

#include <cstdint>
#include <functional>

namespace pensim::engine {

/// Runs `run(0)` to `run(shards - 1)` on all threads, in any order. A failure stops later shards
/// that have not begun, an interrupt all of them; then the failure of the earliest shard that fails
/// is thrown again, or input::Interrupted.
void for_each_shard(std::uint64_t shards, std::function<void(std::uint64_t)> const& run);

} // namespace pensim::engine

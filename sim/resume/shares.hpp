// Who of several ranks runs which people.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/engine/stretch.hpp"

namespace pensim::resume {

/// The share of `rank`, one of `ranks`, in people who are in no stretch twice: whole shards of
/// `shard` persons, counted from the begin of each stretch, as many as any other rank has, or one
/// more or less.
[[nodiscard]] std::vector<engine::Stretch>
share_of(std::vector<engine::Stretch> const& people, std::uint64_t shard, int rank, int ranks);

} // namespace pensim::resume

// Many people over threads: shards of a fixed number of persons, a tally a thread, sums that do not
// depend on who did what.
#pragma once

#include <cstdint>
#include <functional>
#include <stdexcept>

#include "sim/engine/life_runner.hpp"

namespace pensim::engine {

struct Crowd {
    std::uint64_t first = 0;
    std::uint64_t persons = 0;
    std::uint64_t shard = 4096; ///< persons a shard; results do not depend on it
};

/// Asked now and then by one thread at a time, with the persons done since the last call.
using Progressed = std::function<void(std::uint64_t)>;

/// Runs a replicate. Throws input::Interrupted when interrupts are remembered and one came;
/// MoneyOverflow; BrokenLife with the person's number.
[[nodiscard]] Tally
run_people(Setup const& setup, random::Key key, Crowd const& crowd, Progressed const& progressed);

/// The same, shard by shard: `visit(shard, runner)` runs what it likes on a thread of its own, with
/// shards numbered in order of persons. For what must see each life.
using ShardVisitor = std::function<void(std::uint64_t /*shard*/, LifeRunner&)>;
void visit_shards(Setup const& setup,
                  random::Key key,
                  Crowd const& crowd,
                  ShardVisitor const& visit,
                  Tally& total);

} // namespace pensim::engine

#include "sim/resume/shares.hpp"

#include <algorithm>

namespace pensim::resume {

std::vector<engine::Stretch>
share_of(std::vector<engine::Stretch> const& people, std::uint64_t shard, int rank, int ranks) {
    auto const shards_of = [&](engine::Stretch const& stretch) {
        return (stretch.persons + shard - 1) / shard;
    };
    std::uint64_t all = 0;
    for (engine::Stretch const& stretch : people) {
        all += shards_of(stretch);
    }
    auto const edge = [&](int number) {
        return all * static_cast<std::uint64_t>(number) / static_cast<std::uint64_t>(ranks);
    };
    std::vector<engine::Stretch> share;
    std::uint64_t before = 0; // shards
    for (engine::Stretch const& stretch : people) {
        std::uint64_t const behind = before + shards_of(stretch);
        std::uint64_t const begin = std::max(before, edge(rank));
        std::uint64_t const end = std::min(behind, edge(rank + 1));
        if (begin < end) {
            std::uint64_t const first = (begin - before) * shard;
            std::uint64_t const last = std::min((end - before) * shard, stretch.persons);
            share.push_back({stretch.replicate, stretch.first + first, last - first});
        }
        before = behind;
    }
    return share;
}

} // namespace pensim::resume

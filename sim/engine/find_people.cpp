#include "sim/engine/find_people.hpp"

#include <mutex>

#include <fmt/format.h>

#include "core/law/decide.hpp"
#include "sim/engine/shards.hpp"

namespace pensim::engine {

namespace {

/// What one shard found.
FoundPeople search(Setup const& setup,
                   random::Key key,
                   std::uint64_t begin,
                   std::uint64_t end,
                   FlowQuery const& query,
                   std::size_t limit) {
    FoundPeople found;
    world::LifeDrawer drawer(setup.world, setup.law, setup.limits);
    law::Decider decider(setup.law, setup.areas);
    for (std::uint64_t person = begin; person < end; ++person) {
        Life const& life = drawer.draw(key, person).life;
        if (!decider.decide(life)) {
            throw BrokenLife(fmt::format("person {}: the life that was drawn has faults", person));
        }
        Outcome const& outcome = decider.outcome();
        for (Transfer const& transfer : outcome.transfers) {
            if (!query.matches(transfer)) {
                continue;
            }
            ++found.transfers;
            found.account += transfer.account;
            found.pooled += transfer.pooled;
            if (found.first.size() < limit) {
                found.first.push_back({person,
                                       life.group,
                                       life.sex,
                                       life.birth,
                                       outcome.branch,
                                       outcome.benefit_area,
                                       transfer});
            }
        }
    }
    return found;
}

} // namespace

FoundPeople find_people(Setup const& setup,
                        random::Key key,
                        Crowd const& crowd,
                        FlowQuery const& query,
                        std::size_t limit,
                        Progressed const& progressed) {
    std::vector<FoundPeople> shards(crowd.shards());
    std::mutex mutex;
    for_each_shard(crowd.shards(), [&](std::uint64_t shard) {
        shards[shard] = search(setup, key, crowd.begin(shard), crowd.end(shard), query, limit);
        if (progressed) {
            std::lock_guard const lock(mutex);
            progressed(crowd.end(shard) - crowd.begin(shard));
        }
    });
    FoundPeople all;
    for (FoundPeople const& found : shards) {
        all.transfers += found.transfers;
        all.account += found.account;
        all.pooled += found.pooled;
        for (FoundTransfer const& one : found.first) {
            if (all.first.size() < limit) {
                all.first.push_back(one);
            }
        }
    }
    return all;
}

} // namespace pensim::engine

#include "sim/engine/life_books.hpp"

#include <algorithm>
#include <tuple>

namespace pensim::engine {

namespace {

bool comes_before(LifeBooks::Row const& a, LifeBooks::Row const& b) {
    return std::tie(a.year, a.area) < std::tie(b.year, b.area);
}

} // namespace

void LifeBooks::sort() {
    std::sort(rows_.begin(), rows_.end(), comes_before);
}

void LifeBooks::replace_by(LifeBooks const& other, Tally& tally) const {
    // Most years are the same in both.
    auto mine = rows_.begin();
    auto theirs = other.rows_.begin();
    while (mine != rows_.end() || theirs != other.rows_.end()) {
        bool const left =
            mine != rows_.end() && (theirs == other.rows_.end() || !comes_before(*theirs, *mine));
        bool const right =
            theirs != other.rows_.end() && (mine == rows_.end() || !comes_before(*mine, *theirs));
        if (!left || !right || !(mine->books == theirs->books)) {
            if (left) {
                tally.ledger.at(mine->year, mine->area).subtract(mine->books);
            }
            if (right) {
                tally.ledger.at(theirs->year, theirs->area).add(theirs->books);
            }
        }
        mine += left ? 1 : 0;
        theirs += right ? 1 : 0;
    }
    auto const [first, others] = std::mismatch(
        transfers_.begin(), transfers_.end(), other.transfers_.begin(), other.transfers_.end());
    std::for_each(first, transfers_.end(), [&](Transfer const& t) {
        FlowKey const key{t.month.year(), t.from, t.to, t.kind};
        tally.flows.add(key.packed(), {-1, -t.account.count(), -t.pooled.count()});
    });
    std::for_each(
        others, other.transfers_.end(), [&](Transfer const& t) { tally.note_transfer(t); });
    --tally.by_status[static_cast<std::size_t>(status_)];
    ++tally.by_status[static_cast<std::size_t>(other.status_)];
    if (location_.packed() != other.location_.packed()) {
        tally.locations.add(location_.packed(), {-1});
        tally.locations.add(other.location_.packed(), {1});
    }
}

} // namespace pensim::engine

#include "sim/engine/life_books.hpp"

#include <algorithm>
#include <tuple>

namespace pensim::engine {

void LifeBooks::sort() {
    std::sort(rows_.begin(), rows_.end(), [](Row const& a, Row const& b) {
        return std::tie(a.year, a.area) < std::tie(b.year, b.area);
    });
}

void LifeBooks::add_to(Tally& tally) const {
    for (Row const& line : rows_) {
        tally.ledger.at(line.year, line.area).add(line.books);
    }
    for (Transfer const& transfer : transfers_) {
        tally.note_transfer(transfer);
    }
    tally.note_life(status_, location_);
}

void LifeBooks::take_from(Tally& tally) const {
    for (Row const& line : rows_) {
        tally.ledger.at(line.year, line.area).subtract(line.books);
    }
    for (Transfer const& t : transfers_) {
        FlowKey const key{t.month.year(), t.from, t.to, t.kind};
        tally.flows.add(key.packed(), {-1, -t.account.count(), -t.pooled.count()});
    }
    --tally.people;
    --tally.by_status[static_cast<std::size_t>(status_)];
    tally.locations.add(location_.packed(), {-1});
}

} // namespace pensim::engine

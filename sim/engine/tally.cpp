#include "sim/engine/tally.hpp"

#include <string>

#include <fmt/format.h>

namespace pensim::engine {

namespace {

constexpr std::uint64_t no_area = 0xffff;

std::uint64_t packed_area(std::optional<AreaId> area) {
    return area ? row(*area) : no_area;
}
std::optional<AreaId> unpacked_area(std::uint64_t packed) {
    return packed == no_area ? std::nullopt : std::optional(static_cast<AreaId>(packed));
}

} // namespace

std::uint64_t LocationKey::packed() const {
    auto const head = static_cast<std::uint64_t>(group) << 8U | static_cast<std::uint64_t>(branch);
    return (head << 16U | packed_area(last_area)) << 16U | packed_area(benefit_area);
}

LocationKey LocationKey::unpacked(std::uint64_t packed) {
    return {static_cast<Group>(packed >> 40U),
            static_cast<Branch>(packed >> 32U & 0xffU),
            unpacked_area(packed >> 16U & 0xffffU),
            unpacked_area(packed & 0xffffU)};
}

Tally::Tally(std::size_t areas, Watch const& watch)
    : ledger(areas), paying(watch.months.size() * group_count * areas),
      moves(watch.moves_from ? areas * areas : 0),
      behind(watch.behind ? areas * static_cast<std::size_t>(FundLedger::years()) : 0) {}

void Tally::merge(Tally& other) {
    people += other.people;
    ledger.merge(other.ledger);
    flows.merge(other.flows);
    locations.merge(other.locations);
    for (std::size_t i = 0; i < status_count; ++i) {
        by_status[i] += other.by_status[i];
    }
    for (std::size_t i = 0; i < paying.size(); ++i) {
        paying[i] += other.paying[i];
    }
    for (std::size_t i = 0; i < moves.size(); ++i) {
        moves[i] += other.moves[i];
    }
    endings.merge(other.endings);
    for (std::size_t i = 0; i < behind.size(); ++i) {
        for (std::size_t what = 0; what < behind_count; ++what) {
            behind[i][what] += other.behind[i][what];
        }
    }
}

void Tally::clear() {
    people = 0;
    ledger.clear();
    flows.clear();
    locations.clear();
    by_status.fill(0);
    paying.assign(paying.size(), 0);
    moves.assign(moves.size(), 0);
    endings = {};
    behind.assign(behind.size(), {});
}

std::vector<AreaBalance> balances_of(Tally& tally) {
    FundLedger const& ledger = tally.ledger;
    std::size_t const areas = ledger.areas();
    std::vector<AreaBalance> change(areas * static_cast<std::size_t>(FundLedger::years()));
    auto const at = [&](int year, AreaId area) -> AreaBalance& {
        int const line = std::max(0, year - FundLedger::first_year);
        return change[static_cast<std::size_t>(line) * areas + row(area)];
    };
    for (auto const& cell : tally.flows.cells()) {
        FlowKey const flow = FlowKey::unpacked(cell.key);
        Fen const account(cell.values[1]);
        Fen const pooled(cell.values[2]);
        at(flow.year, flow.from).accounts -= account;
        at(flow.year, flow.from).pool -= pooled;
        at(flow.year, flow.to).accounts += account;
        at(flow.year, flow.to).pool += pooled;
    }
    for (int i = 0; i < FundLedger::years(); ++i) {
        int const year = FundLedger::first_year + i;
        for (std::size_t a = 0; a < areas; ++a) {
            auto const area = static_cast<AreaId>(a);
            AreaYear const& books = ledger.at(year, area);
            AreaBalance& balance = at(year, area);
            balance.accounts += books.paid_to_accounts + books.interest - books.refunds
                                - books.inheritances - books.pensions_from_accounts
                                - books.to_residents;
            balance.pool += books.paid_to_pool - books.pensions_from_pool;
            if (i > 0) {
                balance.accounts += at(year - 1, area).accounts;
                balance.pool += at(year - 1, area).pool;
            }
        }
    }
    return change;
}

std::optional<std::string> find_imbalance(Tally& tally) {
    auto const balances = balances_of(tally);
    std::size_t const areas = tally.ledger.areas();
    for (std::size_t i = 0; i < balances.size(); ++i) {
        int const year = FundLedger::first_year + static_cast<int>(i / areas);
        auto const area = static_cast<AreaId>(i % areas);
        AreaYear const& books = tally.ledger.at(year, area);
        if (balances[i].accounts != books.holdings) {
            return fmt::format("area {} in {}: the account fund has {} fen, people hold {}",
                               row(area),
                               year,
                               balances[i].accounts.count(),
                               books.holdings.count());
        }
    }
    return std::nullopt;
}

} // namespace pensim::engine

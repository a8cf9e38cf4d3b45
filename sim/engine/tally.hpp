// What a run counts: integers only, so that tallies add up in any order to the same sums.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/record/fund_ledger.hpp"
#include "core/record/life.hpp"
#include "core/record/outcome.hpp"
#include "sim/engine/cell_tally.hpp"
#include "sim/engine/endings.hpp"

namespace pensim::engine {

inline constexpr std::size_t group_count = 5;
inline constexpr std::size_t status_count = 8;

/// A cell of the table of locations, in the order in which it is listed. No area is the highest
/// number.
struct LocationKey {
    Group group = Group::mainland;
    Branch branch = Branch::none;
    std::optional<AreaId> last_area;
    std::optional<AreaId> benefit_area;
    [[nodiscard]] std::uint64_t packed() const;
    [[nodiscard]] static LocationKey unpacked(std::uint64_t packed);
};

/// Amounts of the books whose people the books do not count: how many stand behind them is counted
/// only where small numbers are to be hidden.
enum class Behind : std::uint8_t {
    interest,
    refunds,
    inheritances,
    to_residents,
    for_elsewhere,
    by_elsewhere,
    count_,
};
inline constexpr auto behind_count = static_cast<std::size_t>(Behind::count_);

/// What is counted beside the books, because a target asks for it.
struct Watch {
    std::vector<YearMonth> months;       ///< people with this month paid, by group and area
    std::optional<YearMonth> moves_from; ///< people by the area paid in then ...
    std::optional<YearMonth> moves_to;   ///< ... and in this month
    bool behind = false;                 ///< people behind amounts, by year and area
};

struct Tally {
    Tally(std::size_t areas, Watch const& watch);

    std::int64_t people = 0;
    FundLedger ledger;
    CellTally<3> flows;     ///< FlowKey: people, account, pooled
    CellTally<1> locations; ///< LocationKey: people
    std::array<std::int64_t, status_count> by_status{};
    std::vector<std::int64_t> paying; ///< [watched month][group][area]
    std::vector<std::int64_t> moves;  ///< [area then][area now]; empty unless watched
    Endings endings;
    /// People by year and area, in the order of the ledger's rows; empty unless watched.
    std::vector<std::array<std::int64_t, behind_count>> behind;

    /// What a book keeper writes to.
    [[nodiscard]] AreaYear& books(int year, AreaId area) { return ledger.at(year, area); }
    void note_transfer(Transfer const& transfer) {
        FlowKey const key{transfer.month.year(), transfer.from, transfer.to, transfer.kind};
        flows.add(key.packed(), {1, transfer.account.count(), transfer.pooled.count()});
    }
    void note_refund(Refund const&) {} // the books have it
    void note_paying(std::size_t month, Group group, AreaId area) {
        ++paying[paying_place(month, group, area)];
    }
    void note_life(Status status, LocationKey const& location) {
        ++people;
        ++by_status[static_cast<std::size_t>(status)];
        locations.add(location.packed(), {1});
    }
    /// Somebody paid in `from` in the first watched month of a move, and in `to` in the second.
    void note_move(AreaId from, AreaId to) { ++moves[row(from) * ledger.areas() + row(to)]; }

    void note_ending(Ending what, std::size_t bin) { endings.add(what, bin); }
    /// One more person stands behind an amount of an area's year.
    void note_behind(Behind what, int year, AreaId area) {
        ++behind[place_behind(year, area)][static_cast<std::size_t>(what)];
    }
    [[nodiscard]] std::size_t place_behind(int year, AreaId area) const {
        auto const line = static_cast<std::size_t>(std::max(0, year - FundLedger::first_year));
        return line * ledger.areas() + row(area);
    }

    /// Throws MoneyOverflow.
    void merge(Tally& other);
    void clear();
    [[nodiscard]] std::int64_t paying_at(std::size_t month, Group group, AreaId area) const {
        return paying[paying_place(month, group, area)];
    }

  private:
    [[nodiscard]] std::size_t paying_place(std::size_t month, Group group, AreaId area) const {
        return (month * group_count + static_cast<std::size_t>(group)) * ledger.areas() + row(area);
    }
};

/// The books of one area at the end of a year.
struct AreaBalance {
    Fen accounts;
    Fen pool;
};
/// Balances by year and area, in the order of the ledger's rows: every posting up to then.
[[nodiscard]] std::vector<AreaBalance> balances_of(Tally& tally);

/// Where the account fund that the postings make is not what people hold on 31 December; nothing
/// when the books are right. A run that is out of balance must not be believed.
[[nodiscard]] std::optional<std::string> find_imbalance(Tally& tally);

} // namespace pensim::engine

// What a rule change does to one person: the same life under two rule sets, side by side.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "sim/engine/life_runner.hpp"
#include "sim/lanes/planner.hpp"

namespace pensim::engine {

/// What a person has under one rule set.
struct LifeFacts {
    Group group = Group::mainland;
    YearMonth birth = YearMonth::first();
    Status status = Status::no_contributions;
    Branch branch = Branch::none;
    std::optional<AreaId> benefit_area;
    YearMonth counting = YearMonth::first(); ///< T, also for somebody who died before
    std::optional<YearMonth> settlement;
    int months_total = 0;
    int months_short = 0; ///< of the required months at T; 0 for who never came to T
    std::optional<Pension> pension;
    Fen paid_out; ///< all pensions until death

    [[nodiscard]] Fen monthly() const { return pension ? pension->monthly : Fen{}; }
};
[[nodiscard]] LifeFacts facts_of(LifeResult const& result);
/// All but the pension, what it pays, and the months of T and settlement.
[[nodiscard]] LifeFacts facts_of(lanes::PlannedLife const& life);

/// What can differ.
enum class Change : std::uint8_t {
    status,
    benefit_area,
    branch,
    months_short,
    pension, ///< the monthly amount at settlement
    transfers,
    books, ///< any posting of any year, transfers among them
    count_
};
inline constexpr auto change_count = static_cast<std::size_t>(Change::count_);

struct LifeChange {
    std::array<bool, change_count> changed{};
    std::optional<YearMonth> first; ///< the first month in which something differs; of books alone
                                    ///< the December of their year
    [[nodiscard]] bool any() const { return first.has_value(); }
    [[nodiscard]] bool has(Change change) const {
        return changed[static_cast<std::size_t>(change)];
    }
};

/// One side of a comparison; the books are sorted.
struct LifeSide {
    LifeFacts const& facts;
    Life const& life;
    LifeBooks const& books;
};
[[nodiscard]] LifeChange change_between(LifeSide const& before, LifeSide const& after);

/// How simple a life is to tell: spells of pay in one area, then paid months.
struct Simplicity {
    int spells = 0;
    int months = 0;
    friend auto operator<=>(Simplicity const&, Simplicity const&) = default;
};
[[nodiscard]] Simplicity simplicity_of(Life const& life);
/// As of the life that it becomes.
[[nodiscard]] Simplicity simplicity_of(world::Career const& career);

} // namespace pensim::engine

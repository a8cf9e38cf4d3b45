// Many holdings through their years, side by side: credits, interest, what is paid into the funds.
//   Law    mirrors core/law/relation.hpp (pay, pay_whole_year, close_year) and holding.hpp (credit,
//          interest, close_year), and world::BaseLimits::base
//   Given  holdings, each as long as it is in one area, with the months that are paid into it
//   Gives  the areas' books of each period, added up; what is in each holding at its end
//   Fails  never: LaneTables has seen to the limits
//
// Holdings of one area that begin and end in like years go through the same years together: what
// they look up is the same for all lanes, and a year's sums go to one line of the books. A holding
// that takes in others (a move, gathering) waits for a later pass, when those are known.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sim/lanes/lane_tables.hpp"
#include "sim/lanes/lane_work.hpp"
#include "sim/lanes/year_bands.hpp"

namespace pensim::lanes {

/// How wide the vectors of this machine are, in lanes: 8, 4, or 0 for none that will do.
[[nodiscard]] int widest_lanes();

class PaidYears {
  public:
    static constexpr std::size_t passes_max = 16;
    /// `width`: 8 or 4, not above widest_lanes(). The tables outlive it.
    PaidYears(LaneTables const& tables, int width);

    /// Months of the next holding, in order of time.
    void add(PaidSpell const& spell) { spells_.push_back(spell); }
    /// A holding of a pass and area, with the months that were added since the last one; where they
    /// are found is written into the job.
    void add(std::size_t pass, AreaId area, PaidJob job);
    /// Somebody was counted as insured twice in a year of an area, in two holdings.
    void uncount(AreaId area, int year_number);
    /// All holdings of a pass, by their numbers; passes in order.
    void run(std::size_t pass, std::vector<Amounts>& amounts);
    /// For other holdings; the books stay.
    void clear();

    /// By line of the tables.
    [[nodiscard]] std::vector<PaidBooks>& books() { return books_; }

  private:
    struct Pass {
        std::vector<std::vector<PaidJob>> jobs; ///< by area; none: never needed
        std::size_t count = 0;
    };

    LaneTables const& tables_;
    int width_;
    std::array<Pass, passes_max> passes_;
    std::vector<PaidSpell> spells_;
    std::size_t spells_of_holdings_ = 0; ///< those before have their holding
    YearBands<PaidJob> bands_;
    std::vector<PaidBooks> books_;
};

} // namespace pensim::lanes

// One simulated person: drawn, taken through the law, booked, paid until death.
#pragma once

#include <optional>
#include <stdexcept>

#include "sim/engine/book_keeper.hpp"
#include "sim/engine/life_books.hpp"
#include "sim/lanes/paid_years.hpp"
#include "sim/world/life_drawer.hpp"

namespace pensim::engine {

/// What every thread of a run reads.
struct Setup {
    world::World const& world;
    law::LawContext law;
    world::BaseLimits const& limits;
    Watch const& watch;
    std::size_t areas = 0;
    /// How many lives run_people() reckons side by side: 8, 4, or 0: one after the other. Results
    /// do not depend on it.
    int lanes = lanes::widest_lanes();
};

/// The wages that a first pension is compared with.
struct ReplacedWages {
    Wide area = 0; ///< the average of the year before
    Wide own = 0;  ///< that times one's own average index
};
[[nodiscard]] inline ReplacedWages replaced_by(Fen average, int index_e4) {
    return {average.count(), static_cast<Wide>(average.count()) * index_e4 / 10'000};
}
template <class Target>
void note_replacement(Target& target, Fen monthly, ReplacedWages const& wages) {
    auto const note = [&](Ending what, Wide wage) {
        if (wage > 0) {
            target.note_ending(what,
                               Endings::bin_of_rate(monthly, Fen(static_cast<std::int64_t>(wage))));
        }
    };
    note(Ending::replacement_of_area_wage, wages.area);
    note(Ending::replacement_of_own_wage, wages.own);
}

/// A life after its end.
struct LifeResult {
    world::DrawnLife const* drawn = nullptr;
    law::Walk const* walk = nullptr;
    Status status = Status::no_contributions;
    std::optional<Pension> pension;
    Fen paid_out; ///< all pensions until death
    Moved moved;
};

/// The engine's own books are wrong, or a drawn life breaks the law's input rules: a bug.
class BrokenLife : public std::logic_error {
  public:
    using std::logic_error::logic_error;
};

/// One a thread and replicate. Writes to `Target`: a Tally or LifeBooks.
template <class Target>
class BasicLifeRunner {
  public:
    BasicLifeRunner(Setup const& setup, random::Key key, Target& target)
        : setup_(setup), key_(key), drawer_(setup.world, setup.law, setup.limits), target_(target),
          books_(target, setup.watch, setup.areas) {}

    /// Throws BrokenLife, MoneyOverflow. The result lives until the next call.
    LifeResult const& run(std::uint64_t person);

  private:
    void pay_pension();
    void pay_from(AreaId area, law::PensionTerms const& terms, bool for_all_areas);
    [[nodiscard]] LocationKey location() const;
    void count_moves();
    void note_pension(YearMonth settlement);

    Setup setup_;
    random::Key key_;
    world::LifeDrawer drawer_;
    Target& target_;
    BookKeeper<Target> books_;
    law::Walk walk_;
    LifeResult result_;
};
extern template class BasicLifeRunner<Tally>;
extern template class BasicLifeRunner<LifeBooks>;
using LifeRunner = BasicLifeRunner<Tally>;

} // namespace pensim::engine

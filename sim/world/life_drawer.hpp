// Draws one life whole, as core/law takes it: the career (career_drawer.hpp) as records of calendar
// years with their bases, and what somebody short of months at T does, who is first taken through
// the law to learn where the pension would be.
#pragma once

#include <cstdint>

#include "core/law/timeline.hpp"
#include "sim/world/career_drawer.hpp"

namespace pensim::world {

/// Keeps its memory from life to life; one a thread.
class LifeDrawer {
  public:
    /// All three outlive the drawer.
    LifeDrawer(World const& world, law::LawContext const& law, BaseLimits const& limits)
        : world_(world), law_(law), limits_(limits), careers_(world, law) {}

    /// The life of a person, the same whatever was drawn before.
    [[nodiscard]] DrawnLife const& draw(random::Key key, std::uint64_t person);

  private:
    void act_when_short(PersonStreams& streams);
    void extend(YearMonth from, int months, AreaId area);
    void pay(Spell spell);

    World const& world_;
    law::LawContext law_;
    BaseLimits const& limits_;
    CareerDrawer careers_;
    law::Walk walk_;
    Career career_;
};

} // namespace pensim::world

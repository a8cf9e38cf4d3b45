// Draws one life: who, where, when paying, moving, leaving, claiming, dying.
//
// Next-event sampling: in each state an exponential draw for every process that can end it, the
// earliest wins; the month is the grain. Up to T nothing of the law is asked but T itself; somebody
// short of months at T is then taken through the law once, to learn where the pension would be, and
// acts on it.
#pragma once

#include <cstdint>

#include "core/law/timeline.hpp"
#include "sim/world/world.hpp"

namespace pensim::world {

struct DrawnLife {
    Life life;
    int group = 0;                        ///< of the world
    YearMonth entry = YearMonth::first(); ///< when the career begins
    YearMonth death = YearMonth::first(); ///< also the last event of the life
};

/// Keeps its memory from life to life; one a thread.
class LifeDrawer {
  public:
    /// All three outlive the drawer.
    LifeDrawer(World const& world, law::LawContext const& law, BaseLimits const& limits)
        : world_(world), law_(law), limits_(limits) {}

    /// The life of a person, the same whatever was drawn before.
    [[nodiscard]] DrawnLife const& draw(random::Key key, std::uint64_t person);

  private:
    void draw_who(random::Stream who);
    void draw_nationality(random::Stream& who);
    void plan_claim(random::Stream& claim);
    void draw_career(random::Stream career, random::Stream wage);
    YearMonth wait_out_exemption(random::Stream& career, YearMonth month);
    void settle_claim();
    void act_when_short(random::Stream& claim, random::Stream election);
    void extend(YearMonth from, int months, AreaId area);
    void pay(YearMonth from, YearMonth to, AreaId area, Kind kind, bool transfer);
    [[nodiscard]] int wait(double rate_a_month, random::Stream& stream) const;
    [[nodiscard]] int months_paid_to(YearMonth last) const;

    World const& world_;
    law::LawContext law_;
    BaseLimits const& limits_;
    law::Walk walk_;
    DrawnLife drawn_;
    GroupTables const* group_ = nullptr;
    AreaId home_{};
    AreaId first_area_{};
    YearMonth statutory_ = YearMonth::first();
    YearMonth early_claim_ = YearMonth::first(); ///< before statutory_: asked for
    YearMonth counting_ = YearMonth::first();
    std::int64_t person_ppm_ = 0;
    std::int64_t spell_ppm_ = 0; ///< person and spell together
    int months_paid_ = 0;        ///< up to T, since the last termination
};

} // namespace pensim::world

// In which months of a life a parameter of the law can act.
//   Law    none of its own
//   Given  a rule set, a life, the finished walk through it without faults, the month of death
//   Gives  by parameter the months outside which its values change nothing: no decision, no money
//          up to death, and of a simulated life nothing that is drawn (sim/world/life_drawer.hpp)
//   Fails  never
//
// Two rule sets that differ in no parameter within its reach make the same of a life, so that it
// need not be taken through both:
//
//   RuleDifferences const differences(law, reform);
//   if (!differences.touch(reach_of(law, life, walk, death, default_areas))) ...
//
// The reach of a parameter holds every month at which its value is looked up where it matters. It
// is read off a walk under the one rule set, and holds as long as every answer is the same: the
// first look-up that is answered in another way lies inside a reach.
#pragma once

#include <array>
#include <vector>

#include "core/law/rule_keys.hpp"
#include "core/law/walk.hpp"

namespace pensim::law {

/// Ends included; empty when the last month lies before the first.
struct Reach {
    YearMonth first = YearMonth::last();
    YearMonth last = YearMonth::first();
    [[nodiscard]] bool empty() const { return last < first; }
    friend bool operator==(Reach const&, Reach const&) = default;
};

/// By number of the parameter.
using RuleReach = std::array<Reach, rule_count>;

/// Of somebody who dies in `death`; a life without an end takes any month that it does not outlive.
[[nodiscard]] RuleReach reach_of(RuleBook const& book,
                                 Life const& life,
                                 Walk const& walk,
                                 YearMonth death,
                                 std::size_t default_areas);

/// Where two rule sets say different things.
class RuleDifferences {
  public:
    RuleDifferences(RuleBook const& a, RuleBook const& b);
    /// Does one of them lie where it can act?
    [[nodiscard]] bool touch(RuleReach const& reach) const {
        for (Stretch const& stretch : stretches_) {
            Reach const& own = reach[stretch.rule];
            if (std::max(own.first, stretch.months.first)
                <= std::min(own.last, stretch.months.last)) {
                return true;
            }
        }
        return false;
    }
    [[nodiscard]] bool empty() const { return stretches_.empty(); }

  private:
    struct Stretch {
        std::size_t rule = 0;
        Reach months;
    };
    std::vector<Stretch> stretches_;
};

} // namespace pensim::law

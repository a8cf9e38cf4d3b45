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
//   if (!differences.touch({law, life, walk, death, default_areas})) ...
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

/// A finished walk without faults.
struct WalkedLife {
    RuleBook const& book; ///< of the walk
    Life const& life;
    Walk const& walk;
    YearMonth death; ///< of a life without an end: any month that the question is about
    std::size_t default_areas = 0;
};
[[nodiscard]] RuleReach reach_of(WalkedLife const& walked);

/// Where two rule sets say different things.
class RuleDifferences {
  public:
    RuleDifferences(RuleBook const& a, RuleBook const& b);
    /// Does one of them lie where it can act? The walk was under one of the two. Cheaper than all
    /// reaches.
    [[nodiscard]] bool touch(WalkedLife const& walked) const;
    /// Puts the rules that differ where they can act into `rules`: by number, each once.
    void touched(WalkedLife const& walked, std::vector<std::size_t>& rules) const;
    [[nodiscard]] bool empty() const { return stretches_.empty(); }
    /// All months in which something differs, and those between them.
    [[nodiscard]] Reach months() const;
    /// The rules that differ: by number, each once.
    [[nodiscard]] std::vector<std::size_t> rules() const;
    /// Do others differ in the same months of the same rules?
    friend bool operator==(RuleDifferences const&, RuleDifferences const&) = default;

  private:
    struct Stretch {
        std::size_t rule = 0;
        Reach months;
        friend bool operator==(Stretch const&, Stretch const&) = default;
        [[nodiscard]] bool lies_in(Reach const& reach) const;
    };
    std::vector<Stretch> stretches_; ///< by rule, then by time
};

} // namespace pensim::law

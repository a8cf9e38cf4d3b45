// The same people under several rule sets, in one pass: each life once under the first, and again
// only under those that can make it another life.
#pragma once

#include <memory>
#include <vector>

#include "sim/engine/change_tally.hpp"
#include "sim/engine/parallel_run.hpp"
#include "sim/engine/variant_reach.hpp"

namespace pensim::engine {

struct PairedSetup {
    Setup first;
    std::size_t default_areas = 0; ///< areas beyond these need the rules' leave
    std::vector<Variant> variants;
    YearMonth reference = YearMonth::first(); ///< ages are told as of this month
    std::size_t witnesses = 0;                ///< of each kind of change
    bool shortcuts = true; ///< false: every life runs under every rule set; for tests
};

struct PairedTally {
    PairedTally(PairedSetup const& setup);
    Tally first;
    PopulationTally population;
    struct Side {
        ChangeTally people;
        std::unique_ptr<Tally> books; ///< after less before; null unless asked for
    };
    std::vector<Side> variants;
    /// Everybody's under the first rule set, and those that other ones make of them.
    std::int64_t lives_run = 0;

    void merge(PairedTally& other);
};

/// Runs people of one replicate. The variants' books have no part for targets. Throws
/// input::Interrupted, MoneyOverflow, BrokenLife.
[[nodiscard]] PairedTally run_paired(PairedSetup const& setup,
                                     random::Key key,
                                     Crowd const& crowd,
                                     Progressed const& progressed);

} // namespace pensim::engine

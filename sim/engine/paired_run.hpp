// The same people under several rule sets, in one pass: each life once under the first, and again
// only under those that can make it another life.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "sim/engine/change_tally.hpp"
#include "sim/engine/parallel_run.hpp"
#include "sim/engine/variant_reach.hpp"
#include "sim/lanes/lane_tables.hpp"

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
        void merge(Side& other);
        void clear();
    };
    std::vector<Side> variants;
    /// Everybody's under the first rule set, and those that other ones make of them.
    std::int64_t lives_run = 0;
    std::int64_t went_general = 0; ///< people who did not go through lanes

    /// On all threads. Throws MoneyOverflow, input::Interrupted.
    void merge(PairedTally& other);
    /// All but the variants.
    void merge_first(PairedTally& other);
    void clear_first();
};

/// What is to be done while a crowd runs: tasks by number, side by side with its shards.
struct Meanwhile {
    std::uint64_t tasks = 0;
    std::function<void(std::uint64_t task)> run;
};

class VariantTables;

/// Runs crowds; what a run needs is kept for the next one.
class PairedRun {
  public:
    /// The setup outlives it.
    explicit PairedRun(PairedSetup const& setup);
    PairedRun(PairedRun const&) = delete;
    PairedRun& operator=(PairedRun const&) = delete;
    ~PairedRun();
    /// People of one replicate. The variants' books have no part for targets. Throws
    /// input::Interrupted, MoneyOverflow, BrokenLife, and what the tasks throw.
    [[nodiscard]] PairedTally run(random::Key key,
                                  Crowd const& crowd,
                                  Progressed const& progressed,
                                  Meanwhile const& meanwhile = {});

  private:
    struct Workers;
    PairedSetup const& setup_;
    std::unique_ptr<lanes::LaneTables const> tables_;
    std::unique_ptr<VariantTables> of_variants_;
    std::unique_ptr<Workers> workers_; ///< of the replicate that was run last
};

} // namespace pensim::engine

// A thread's share of a paired run, through lanes as far as they will do.
#pragma once

#include <optional>
#include <vector>

#include "sim/engine/batch_runner.hpp"
#include "sim/engine/changed_lives.hpp"
#include "sim/engine/pairs_alone.hpp"
#include "sim/engine/pooled_changes.hpp"

namespace pensim::engine {

class PairedWorker : public BatchCompany {
  public:
    /// All outlive it; `tables` are of the first setup, or null: everybody goes the general way.
    PairedWorker(PairedSetup const& setup,
                 random::Key key,
                 lanes::LaneTables const* tables,
                 VariantTables& of_variants);

    /// Persons from `first` up to but without `end`. Some may not be in the tally as yet.
    void run(std::uint64_t first, std::uint64_t end);
    /// Brings all who were run to the tally.
    void finish();

    Way way_of(std::uint64_t person, lanes::Planner& planner, world::Career const& career) override;
    void reckoned(Reckoner const& reckoner, std::size_t number, Pension const* pension) override;
    void run_alone(std::uint64_t person) override { alone_.run(person); }

    PairedTally tally;

  private:
    /// Another reason for the same place, with the same money.
    struct OtherCriterion {
        Branch branch = Branch::none;
        VariantNumbers variants;
        bool places_alone = false;
    };
    [[nodiscard]] bool find_changes();
    void add_elsewhere(law::PlaceDecision const& place, std::uint16_t variant);
    void add_criterion(Branch branch, std::uint16_t variant);
    Way keep_in_lanes(std::uint64_t person, lanes::Planner& planner, world::Career const& career);
    void
    note_criteria(lanes::PlannedLife const& before, YearMonth counting, Witness const& witness);

    PairedSetup const& setup_;
    std::uint32_t replicate_;
    VariantReach reach_;
    PairsAlone alone_;
    std::optional<BatchRunner> batches_; ///< where lanes will do
    std::optional<ChangedLives> changed_lives_;
    std::optional<PooledChanges> pooled_changes_;
    // Of the life at hand.
    law::Walk outline_walk_;
    std::vector<ChangedLives::Elsewhere> elsewhere_;
    std::vector<OtherCriterion> other_criteria_;
    VariantNumbers other_rate_;
};

} // namespace pensim::engine

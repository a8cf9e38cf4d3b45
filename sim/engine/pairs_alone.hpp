// One life after the other under the first rule set, and again under those that can change it: the
// general way of a comparison.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "sim/engine/paired_run.hpp"

namespace pensim::engine {

/// One a thread.
class PairsAlone {
  public:
    /// All outlive it; the reach is of the setup's variants.
    PairsAlone(PairedSetup const& setup, random::Key key, VariantReach& reach, PairedTally& tally);
    /// Throws BrokenLife, MoneyOverflow.
    void run(std::uint64_t person);

  private:
    /// One rule set at work.
    struct Side {
        Side(Setup const& setup, random::Key key);
        void run(std::uint64_t person);
        [[nodiscard]] LifeSide side();
        LifeBooks books;
        BasicLifeRunner<LifeBooks> runner;
        LifeResult const* result = nullptr;
        LifeFacts facts;
        bool sorted = false; ///< the books of the present life
    };
    /// How a variant came by its version of the present life.
    struct VariantLife {
        std::optional<std::size_t> ran_by; ///< none: the life of the first rule set
        std::optional<law::PlaceDecision> place;
        LifeChange change; ///< of who ran it
    };

    void run_variant(std::size_t i, std::uint64_t person);
    [[nodiscard]] bool stays_the_same(std::size_t i);
    [[nodiscard]] std::optional<std::size_t> who_decided_the_same(std::size_t i) const;
    Side& first(std::uint64_t person);
    void note(std::size_t i, std::uint64_t person);

    PairedSetup const& setup_;
    std::uint32_t replicate_;
    VariantReach& reach_;
    PairedTally& tally_;
    LifeRunner direct_; ///< of the first rule set, into everybody's books
    LifeResult const* life_ = nullptr;
    Side first_;
    bool first_ran_ = false;
    std::vector<std::unique_ptr<Side>> others_;
    std::vector<VariantLife> lives_;
};

} // namespace pensim::engine

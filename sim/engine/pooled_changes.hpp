// Lives in lanes whose pooled money moves at another rate under other rule sets, which change
// nothing else of them.
//   Law    none of its own: the rate changes no decision and no account (contract 2.1.4), so that
//          what moves follows from what was paid. Only what a temporary account is worth grows
//          month by month with the rate of the month, and is reckoned again
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "sim/engine/paired_run.hpp"
#include "sim/engine/reckoner.hpp"

namespace pensim::engine {

/// The lane tables of variants, each made when it is first asked for. One for all threads.
class VariantTables {
  public:
    /// The setup outlives it.
    explicit VariantTables(PairedSetup const& setup)
        : setup_(setup), made_(setup.variants.size()) {}
    /// Null where lanes will not do.
    [[nodiscard]] lanes::LaneTables const* of(std::uint16_t variant);

  private:
    struct Made {
        std::once_flag once;
        std::unique_ptr<lanes::LaneTables const> tables;
    };
    PairedSetup const& setup_;
    std::deque<Made> made_; ///< by variant
};

/// One a thread.
class PooledChanges {
  public:
    /// All outlive it; `tables` are of the first setup.
    PooledChanges(PairedSetup const& setup,
                  lanes::LaneTables const& tables,
                  VariantTables& of_variants,
                  PairedTally& tally);

    /// Notes a planned life that stays in its batch, and the variants under which its money moves
    /// at another rate. False, and nothing has happened: lanes will not do.
    [[nodiscard]] bool
    take(lanes::Planner const& planner, VariantNumbers const& variants, Witness const& witness);
    /// A life of the batch is reckoned; each one, in order.
    void reckoned(Reckoner const& reckoner, lanes::PlannedLife const& life, LifeFacts const& facts);

  private:
    struct Taken {
        VariantNumbers variants;
        Witness witness;
        std::uint32_t first_temporary = 0; ///< of the batch
    };
    /// The temporary holdings of a batch under one variant.
    struct Temporaries {
        Temporaries(lanes::LaneTables const& of, int width) : tables(of), years(of, width) {}
        lanes::LaneTables const& tables;
        lanes::PaidYears years; ///< nobody reads its books
        std::vector<lanes::Amounts> amounts;
    };
    [[nodiscard]] Temporaries* temporaries_of(std::uint16_t variant);
    void reckon_temporaries();
    void look_at(Reckoner const& reckoner,
                 lanes::PlannedLife const& life,
                 std::uint32_t first_temporary);
    [[nodiscard]] Fen moved_under(std::uint16_t variant,
                                  lanes::PlannedTransfer const& transfer,
                                  lanes::Amounts amounts,
                                  std::uint32_t segment) const;
    std::optional<YearMonth>
    note_flows(Reckoner const& reckoner, lanes::PlannedLife const& life, std::uint16_t variant);

    PairedSetup const& setup_;
    lanes::LaneTables const& tables_;
    VariantTables& of_variants_;
    PairedTally& tally_;
    std::deque<Taken> taken_; ///< not reckoned yet, in order
    std::map<std::uint16_t, std::unique_ptr<Temporaries>> temporaries_;
    std::uint32_t temporary_count_ = 0; ///< of the batch
    bool temporaries_reckoned_ = false;
    // Of the life at hand.
    std::vector<Fen> moved_; ///< by transfer, in the order of the takers: under the first rule set
    std::vector<Fen> more_;  ///< by segment: pooled money in it beyond that of the first rule set
    std::vector<std::uint32_t> temporary_of_; ///< by segment: number of the temporary holding
};

} // namespace pensim::engine

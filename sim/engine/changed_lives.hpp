// Lives to which another rule set gives another benefit location, in lanes (sim/lanes): as they are
// and as they become.
//   Law    none of its own. Up to T nothing asks for a place rule (core/law/place_preview.hpp)
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "sim/engine/paired_run.hpp"
#include "sim/engine/reckoner.hpp"

namespace pensim::engine {

/// One a thread.
class ChangedLives {
  public:
    /// All outlive it; `tables` are of the first setup.
    ChangedLives(PairedSetup const& setup,
                 random::Key key,
                 lanes::LaneTables const& tables,
                 PairedTally& tally);

    /// Another place, and the variants that choose it: such as differ in place rules alone.
    struct Elsewhere {
        law::PlaceDecision place;
        VariantNumbers variants;
    };
    /// Takes a life that was just planned with `place`, and drops it there. False, and nothing has
    /// happened: there is no room for it.
    [[nodiscard]] bool take(lanes::Planner& planner,
                            world::Career const& career,
                            law::PlaceDecision const& place,
                            std::span<Elsewhere const> elsewhere,
                            Witness const& witness);
    /// Tells the tallies of all lives that were taken.
    void finish();

  private:
    /// Lives that the same variants change, as they are; or that some send to the same place, as
    /// they become.
    struct Side : ReckonedListener {
        Side(VariantNumbers of,
             Setup const& setup,
             random::Key key,
             lanes::LaneTables const& tables,
             std::vector<Booking> bookings)
            : variants(std::move(of)), reckoner(setup, key, tables, std::move(bookings)) {}
        void reckoned(Reckoner const&, std::size_t life, Pension const* pension) override {
            if (pension != nullptr) {
                facts[life].pension = *pension;
            }
        }
        VariantNumbers variants;
        Reckoner reckoner;
        std::vector<LifeFacts> facts; ///< by planned life
    };
    using Sides = std::map<VariantNumbers, std::unique_ptr<Side>>;
    struct PlannedIn {
        Side* side = nullptr;
        std::size_t life = 0;
        [[nodiscard]] LifeFacts const& facts() const { return side->facts[life]; }
    };
    struct Changed {
        PlannedIn before;
        PlannedIn after;
        bool transfers = false; ///< they differ
        YearMonth counting = YearMonth::first();
        Witness witness;
    };

    [[nodiscard]] Side* side_of(Sides& sides, VariantNumbers const& variants, bool before);
    [[nodiscard]] std::unique_ptr<Side> make_side(VariantNumbers const& variants,
                                                  bool before) const;
    [[nodiscard]] bool find_sides(std::span<Elsewhere const> elsewhere);
    [[nodiscard]] static PlannedIn keep(lanes::Planner& planner, std::uint64_t person, Side& side);
    void run();
    void flush(Sides& sides, bool before);

    PairedSetup const& setup_;
    random::Key key_;
    lanes::LaneTables const& tables_;
    PairedTally& tally_;
    Sides before_;
    Sides after_;
    std::size_t sides_max_;
    std::vector<Changed> changes_;
    // Of the life at hand.
    VariantNumbers changing_;
    Side* before_side_ = nullptr;
    std::vector<Side*> after_sides_;
    std::vector<lanes::PlannedTransfer> transfers_;
};

} // namespace pensim::engine

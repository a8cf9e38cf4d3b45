// Many simulated persons at once: drawn, planned (sim/lanes), reckoned in batches. Whoever the
// lanes have no room for goes through a LifeRunner; the tally is the same either way.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "sim/engine/reckoner.hpp"

namespace pensim::engine {

/// How a life is run.
enum class Way : std::uint8_t {
    stays, ///< in its batch
    taken, ///< by the company, into batches of its own
    alone, ///< the general way
};

/// What goes along with the lives of batches: a comparison. Told of each life that stays once it
/// is reckoned.
class BatchCompany : public ReckonedListener {
  public:
    /// The way of a life that was just planned. Where it does not stay, the company has dropped it
    /// from its plans; run_alone() has who goes alone.
    virtual Way
    way_of(std::uint64_t person, lanes::Planner& planner, world::Career const& career) = 0;
    /// Somebody who goes the general way, into the same tally.
    virtual void run_alone(std::uint64_t person) = 0;
};

/// The tables of a run's lanes. Null where every life goes the general way: lanes are not wanted or
/// will not do, or people are counted behind amounts.
[[nodiscard]] std::unique_ptr<lanes::LaneTables const> lane_tables(Setup const& setup);

/// One a thread and replicate.
class BatchRunner {
  public:
    /// All outlive the runner; `company` may be null. `tables` are of this setup.
    BatchRunner(Setup const& setup,
                random::Key key,
                lanes::LaneTables const& tables,
                Tally& tally,
                BatchCompany* company = nullptr);

    /// Persons from `first` up to but without `end`. Some may only be planned as yet, and no books
    /// are in the tally.
    void run(std::uint64_t first, std::uint64_t end);
    /// Reckons who is left, and brings all books to the tally; other persons may follow.
    void finish();

    /// Persons who went the general way.
    [[nodiscard]] std::int64_t went_general() const { return went_general_; }

  private:
    static constexpr std::size_t batch = 8192;        ///< lives: many of each area
    static constexpr std::size_t persons_drawn = 256; ///< whose words are made together
    /// Made beforehand for each person: as many as most need.
    static constexpr std::size_t who_blocks = 2;
    static constexpr std::size_t career_blocks = 5;
    static constexpr std::size_t wage_blocks = 2;

    void draw(std::uint64_t first, std::size_t persons);
    void make_words(std::uint64_t first, std::size_t persons);
    void plan(std::uint64_t first, std::size_t persons);
    Way way_of(std::uint64_t person, world::PersonStreams& streams);
    void note_watched(world::Career const& career);

    Setup setup_;
    random::Key key_;
    Tally& tally_;
    world::CareerDrawer careers_;
    lanes::Planner planner_;
    Reckoner reckoner_;
    BatchCompany* company_;
    std::optional<LifeRunner> general_; ///< without company
    world::Career career_;
    std::array<std::vector<std::uint32_t>, 5> words_; ///< who, death, claim, career, wage
    std::vector<std::uint64_t> general_persons_;
    std::int64_t went_general_ = 0;
    YearMonth first_watched_ = YearMonth::last();
    YearMonth last_watched_ = YearMonth::first();
};

} // namespace pensim::engine

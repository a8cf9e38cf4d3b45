// Many simulated persons at once: drawn, planned, reckoned in lanes (sim/lanes), booked. Whoever
// the lanes have no room for goes through a LifeRunner; the tally is the same either way.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "sim/engine/life_runner.hpp"
#include "sim/lanes/planner.hpp"

namespace pensim::engine {

/// What goes along with the lives of batches: a comparison. Told of each life once, in no order.
class BatchCompany {
  public:
    BatchCompany() = default;
    BatchCompany(BatchCompany const&) = delete;
    BatchCompany& operator=(BatchCompany const&) = delete;
    virtual ~BatchCompany() = default;
    /// May a planned life stay in its lanes? Else run_alone() has it.
    virtual bool stays(lanes::Planner const& planner, world::Career const& career) = 0;
    /// A life that stayed; with its pension, if it settled.
    virtual void reckoned(lanes::PlannedLife const& life, Pension const* pension) = 0;
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
    void run_batch();
    void make_words(std::uint64_t first, std::size_t persons);
    void plan(std::uint64_t first, std::size_t persons);
    void note_planned(lanes::PlannedLife const& life);
    void note_watched(world::Career const& career);
    void reckon_years();
    lanes::Amounts take_in(lanes::Segment const& segment);
    [[nodiscard]] Fen pooled(lanes::PlannedTransfer const& transfer,
                             lanes::Amounts const& amounts) const;
    void reckon(lanes::PlannedLife const& life);
    void book_refund(lanes::PlannedRefund const& refund);
    Pension settle(lanes::PlannedLife const& life);
    void pay_alone(lanes::PlannedLife const& life, law::PensionTerms const& terms);
    void note_pension(lanes::PlannedLife const& life, Pension const& pension);
    void leave_for_resident_scheme(lanes::PlannedLife const& life);
    [[nodiscard]] lanes::Amounts accounts_of(lanes::PlannedLife const& life) const;
    [[nodiscard]] int index_of(lanes::PlannedLife const& life, double sum) const;
    void flush();
    void flush_paid();
    void flush_pensions();

    Setup setup_;
    random::Key key_;
    lanes::LaneTables const& tables_;
    Tally& tally_;
    world::CareerDrawer careers_;
    lanes::PaidYears years_;
    lanes::PensionYears pensions_;
    lanes::Planner planner_;
    BatchCompany* company_;
    std::optional<LifeRunner> general_; ///< without company
    lanes::Plans plans_;
    std::vector<lanes::Amounts> amounts_; ///< by segment
    world::Career career_;
    std::array<std::vector<std::uint32_t>, 5> words_; ///< who, death, claim, career, wage
    std::vector<std::uint64_t> general_persons_;
    // By line of the pensions' books, until they are brought to the tally.
    std::vector<double> refunds_;
    std::vector<double> to_residents_;
    std::uint64_t unflushed_ = 0;
    std::uint64_t unflushed_max_ = 0;
    std::int64_t went_general_ = 0;
    YearMonth first_watched_ = YearMonth::last();
    YearMonth last_watched_ = YearMonth::first();
};

} // namespace pensim::engine

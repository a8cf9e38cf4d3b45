// What planned lives pay and get: their holdings' years, transfers, refunds, settlements and
// pensions, for a batch of lives in lanes (sim/lanes), booked.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/engine/life_runner.hpp"
#include "sim/lanes/planner.hpp"

namespace pensim::engine {

/// Where lives are booked.
struct Booking {
    enum class As : std::uint8_t {
        all,       ///< books and what targets ask for
        addition,  ///< books alone, as one side of a difference
        deduction, ///< as the other side
    };
    Tally* tally = nullptr;
    As as = As::all;
};

/// The cell of the locations in which a life is counted.
[[nodiscard]] LocationKey location_of(lanes::PlannedLife const& life);

/// As law::Holding::pooled(); what a temporary account is worth is in parts of `unit`, see
/// LaneTables::pooled_unit().
[[nodiscard]] Fen pooled_money(bool temporary,
                               lanes::Amounts const& amounts,
                               std::int64_t unit,
                               law::PooledRate const& rate);

class Reckoner;

/// Listens to lives as they are reckoned.
class ReckonedListener {
  public:
    ReckonedListener() = default;
    ReckonedListener(ReckonedListener const&) = delete;
    ReckonedListener& operator=(ReckonedListener const&) = delete;
    virtual ~ReckonedListener() = default;
    /// Once for each life of a batch, in the order of the plans; with its pension, if it settled.
    virtual void reckoned(Reckoner const& reckoner, std::size_t life, Pension const* pension) = 0;
};

class Reckoner {
  public:
    /// All outlive it; `tables` are of this setup.
    Reckoner(Setup const& setup,
             random::Key key,
             lanes::LaneTables const& tables,
             std::vector<Booking> bookings);

    /// Lives to be reckoned go here.
    [[nodiscard]] lanes::Plans& plans() { return plans_; }
    [[nodiscard]] lanes::PaidYears& years() { return years_; }
    [[nodiscard]] lanes::Plans const& plans() const { return plans_; }
    /// May that many more be planned, before what is booked must be flushed?
    [[nodiscard]] bool has_room(std::uint64_t lives) const {
        return unflushed_ + plans_.lives.size() + lives <= unflushed_max_;
    }

    /// Reckons the planned lives; then there are none. `listener` may be null.
    void run(ReckonedListener* listener);
    /// Brings the books of those who were run to the tallies. Gives all pensions in them.
    Fen flush();

    /// Of the batch at hand, while a listener is told: what is in a segment at its end.
    [[nodiscard]] lanes::Amounts const& amounts(std::uint32_t segment) const {
        return amounts_[segment];
    }

  private:
    void note_planned(lanes::PlannedLife const& life);
    void note_transfer(Transfer const& transfer);
    void post(int year, AreaId area, AreaYear const& books);
    void reckon_years();
    lanes::Amounts take_in(lanes::Segment const& segment);
    void reckon(std::size_t number, ReckonedListener* listener);
    void book_refund(lanes::PlannedRefund const& refund);
    Pension settle(lanes::PlannedLife const& life);
    void pay_alone(lanes::PlannedLife const& life, law::PensionTerms const& terms);
    void note_pension(lanes::PlannedLife const& life, Pension const& pension);
    void leave_for_resident_scheme(lanes::PlannedLife const& life);
    [[nodiscard]] lanes::Amounts accounts_of(lanes::PlannedLife const& life) const;
    [[nodiscard]] int index_of(lanes::PlannedLife const& life, double sum) const;
    void flush_paid();
    void flush_pensions();

    Setup setup_;
    random::Key key_;
    lanes::LaneTables const& tables_;
    std::vector<Booking> bookings_;
    lanes::PaidYears years_;
    lanes::PensionYears pensions_;
    lanes::Plans plans_;
    std::vector<lanes::Amounts> amounts_; ///< by segment
    // By line of the pensions' books, until they are brought to the tallies.
    std::vector<double> refunds_;
    std::vector<double> to_residents_;
    std::uint64_t unflushed_ = 0; ///< lives
    std::uint64_t unflushed_max_ = 0;
    Fen paid_out_; ///< pensions of those who were not flushed
};

} // namespace pensim::engine

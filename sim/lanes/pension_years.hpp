// Many settled pensions through their years, side by side.
//   Law    mirrors core/law/pension_payment.hpp; doubts: OPEN_QUESTIONS R10
//   Given  pensions as they were settled, with the month of death
//   Gives  the paying areas' books by year, added up, with what is left to heirs and what each
//          area's pension pays for months elsewhere
//   Fails  never: fits() has seen to the limits
//
// Pensions wait until their area has many; then those that begin and end in like years go through
// the same years together, and a year's sums over the lanes go to one line of the books.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/law/pension_payment.hpp"
#include "sim/lanes/lane_tables.hpp"
#include "sim/lanes/year_bands.hpp"

namespace pensim::lanes {

class PensionYears {
  public:
    /// As PaidYears.
    PensionYears(LaneTables const& tables, int width);

    [[nodiscard]] bool
    fits(law::PensionTerms const& terms, int months_total, std::size_t earners) const;
    /// A pension that fits and is paid for a month at least.
    void add(law::PensionTerms const& terms,
             bool interest_at_death,
             AreaId area,
             std::span<Earner const> earners,
             int months_total);
    /// All that wait; then the books have every pension that was added.
    void run();

    /// By area, then year.
    [[nodiscard]] std::vector<PensionBooks>& books() { return books_; }
    /// What others' pensions pay for months in an area; by area, then year, and more behind them.
    [[nodiscard]] std::vector<double>& by_elsewhere() { return by_elsewhere_; }
    [[nodiscard]] std::size_t line(AreaId area, int year) const {
        return row(area) * static_cast<std::size_t>(tables_.years())
               + static_cast<std::size_t>(year - tables_.first_year());
    }

  private:
    static constexpr std::size_t waiting_max = 512; ///< in one queue
    /// Pensions of one area.
    struct Queue {
        std::vector<PensionJob> jobs;
        std::vector<Earner> earners;
    };
    void run(AreaId area, Queue& queue);

    LaneTables const& tables_;
    int width_;
    std::array<std::vector<Queue>, 2> queues_; ///< own months only, and others' too; by area
    std::vector<PensionBooks> books_;
    std::vector<double> by_elsewhere_;
    YearBands<PensionJob> bands_;
};

} // namespace pensim::lanes

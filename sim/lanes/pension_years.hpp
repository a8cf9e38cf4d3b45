// Many settled pensions through their years, side by side.
//   Law    mirrors core/law/pension_payment.hpp; doubts: OPEN_QUESTIONS R10
//   Given  pensions as they were settled, with the month of death
//   Gives  the paying areas' books by year, added up, with what each area's pension pays for months
//          elsewhere; what is left of each account
//   Fails  never: fits() has seen to the limits
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/law/pension_payment.hpp"
#include "sim/lanes/lane_tables.hpp"

namespace pensim::lanes {

class PensionYears {
  public:
    /// As PaidYears.
    PensionYears(LaneTables const& tables, int width);

    [[nodiscard]] bool fits(law::PensionTerms const& terms, int months_total) const;
    /// A pension that fits and is paid for a month at least. `person` comes back in left().
    void add(law::PensionTerms const& terms,
             bool interest_at_death,
             AreaId area,
             std::span<Earner const> earners,
             int months_total,
             std::uint32_t person);
    void run();

    /// Of every pension, in no order.
    [[nodiscard]] std::vector<AccountLeft> const& left() const { return left_; }
    /// For other pensions; the books stay.
    void clear();

    /// By area, then year; one line more behind the last.
    [[nodiscard]] std::vector<PensionBooks>& books() { return books_; }
    [[nodiscard]] std::size_t line(AreaId area, int year) const {
        return row(area) * static_cast<std::size_t>(tables_.years())
               + static_cast<std::size_t>(year - tables_.first_year());
    }

  private:
    LaneTables const& tables_;
    int width_;
    std::vector<PensionJob> own_;    ///< paid for months in the paying area only
    std::vector<PensionJob> shared_; ///< also for months elsewhere
    std::vector<Earner> earners_;
    std::vector<AccountLeft> left_;
    std::vector<PensionBooks> books_;
};

} // namespace pensim::lanes

// Average monthly wages (当地职工月平均工资) by area and year.
#pragma once

#include <utility>
#include <vector>

#include "core/area/area.hpp"
#include "core/basis/check.hpp"
#include "core/basis/money.hpp"

namespace pensim {

/// A full table, area by year. The first year also holds before it, the last year after it.
class AverageWages {
  public:
    AverageWages() = default;
    /// `wages[area * years + (year - first_year)]`, each positive.
    AverageWages(int first_year, int years, std::vector<Fen> wages)
        : first_year_(first_year), years_(years), wages_(std::move(wages)) {
        PENSIM_EXPECT(years_ > 0 && wages_.size() % static_cast<std::size_t>(years_) == 0);
    }
    [[nodiscard]] Fen at(AreaId area, int year) const {
        int const column = year < first_year_             ? 0
                           : year >= first_year_ + years_ ? years_ - 1
                                                          : year - first_year_;
        return wages_[row(area) * static_cast<std::size_t>(years_)
                      + static_cast<std::size_t>(column)];
    }
    [[nodiscard]] int first_year() const { return first_year_; }
    [[nodiscard]] int last_year() const { return first_year_ + years_ - 1; }

  private:
    int first_year_ = 0;
    int years_ = 0;
    std::vector<Fen> wages_;
};

} // namespace pensim

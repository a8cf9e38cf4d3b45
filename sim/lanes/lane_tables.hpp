// What the lanes look up: the numbers of the law and of the world by area and time, laid out for
// vectors; and whether the lanes may be used at all.
//   Law    none of its own: every number is asked of the rule book, the money calendar and the
//          base limits, once for each area and period
//
// A period is a stretch of months of one calendar year under one set of money terms: a year, or its
// parts where a rate changes within it.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/law/walk.hpp"
#include "sim/lanes/lane_work.hpp"
#include "sim/world/world.hpp"

namespace pensim::lanes {

struct Period {
    YearMonth first = YearMonth::first();
    YearMonth last = YearMonth::first();
    bool recorded = false;
};

class LaneTables {
  public:
    /// Nothing where an amount could leave what a lane holds exactly, or the rules need more than
    /// the lanes have: then the general way is the only one.
    [[nodiscard]] static std::unique_ptr<LaneTables const> make(world::World const& world,
                                                                law::LawContext const& law,
                                                                world::BaseLimits const& limits,
                                                                std::size_t areas);

    [[nodiscard]] std::size_t areas() const { return areas_; }
    [[nodiscard]] int first_year() const { return first_year_; }
    [[nodiscard]] int years() const { return years_; }
    [[nodiscard]] std::size_t periods() const { return period_count_; }
    [[nodiscard]] Period const& period(std::size_t number) const { return periods_[number]; }
    /// Month numbers behind the periods.
    [[nodiscard]] double const* period_ends() const { return period_ends_.data(); }

    /// Months and years by number, from the first January of the tables.
    [[nodiscard]] int month_number(YearMonth month) const { return (month - first_month_).count(); }
    /// The first period of a year; that of the year behind the last one is behind the last period.
    [[nodiscard]] std::size_t first_period(int year_number) const {
        return first_period_[static_cast<std::size_t>(year_number)];
    }
    [[nodiscard]] std::uint16_t const* first_periods() const { return first_period_.data(); }

    /// Lines by area, then period.
    [[nodiscard]] std::uint32_t line(AreaId area, std::size_t period) const {
        return static_cast<std::uint32_t>(row(area) * period_count_ + period);
    }
    [[nodiscard]] MoneyLine const* lines() const { return lines_.data(); }
    /// One over the average wage that the index takes, by line.
    [[nodiscard]] double const* inverse_wages() const { return inverse_wages_.data(); }
    /// Of temporary accounts, by line: the higher of pooled and pool rate, in parts of
    /// pooled_unit().
    [[nodiscard]] double const* temporary_rates(bool alone) const {
        return temporary_rates_[alone ? 1 : 0].data();
    }
    /// Parts per million in one part of temporary_rates().
    [[nodiscard]] std::int64_t pooled_unit() const { return pooled_unit_; }

    /// Wage by age, in parts per million, of each group of the world; of ages that nobody has as
    /// well, so that it can be asked for every year of the tables and anybody's birth.
    [[nodiscard]] double const* age_shares() const { return age_shares_.data(); }
    /// Where the age is that somebody has in the first January of the tables; those of the years
    /// after it lie behind.
    [[nodiscard]] std::uint32_t first_age(int group, YearMonth birth) const {
        int const to_birth = month_number(birth) + months_of_year * years_; // never below zero
        int const born = (to_birth + months_of_year - 1) / months_of_year - years_;
        return static_cast<std::uint32_t>(group * ages_of_group() + years_
                                          + std::clamp(-born, -years_, years_));
    }

    /// By year from first_year(): interest of accounts in parts of interest_unit(), and the raise
    /// of pensions in January, in parts per million.
    [[nodiscard]] double const* interest() const { return interest_.data(); }
    [[nodiscard]] double const* raises() const { return raises_.data(); }
    [[nodiscard]] Rate interest_of(int year) const {
        return interest_rates_[static_cast<std::size_t>(year - first_year_)];
    }
    /// How many of the parts of interest() are twelve wholes.
    [[nodiscard]] double interest_unit() const { return interest_unit_; }
    /// What raises make of a pension from one year to another, over what it was; rounded.
    [[nodiscard]] double growth(int from_year, int to_year) const {
        auto const at = [&](int year) {
            return growth_[static_cast<std::size_t>(year - first_year_)];
        };
        return at(to_year) / at(from_year);
    }

    /// No account grows beyond this, whoever pays at whatever time.
    [[nodiscard]] double largest_account() const { return largest_account_; }
    /// Products that are divided stay below this, see lane.hpp.
    static constexpr double largest_product = 562'949'953'421'312.0; // 2^49
    /// One life adds no more than this to one number of the books.
    [[nodiscard]] double largest_posting_of_life() const;
    /// A spell with a higher own_ppm goes the general way.
    [[nodiscard]] std::int64_t largest_own_ppm() const { return largest_own_ppm_; }

  private:
    LaneTables() = default;
    void find_years(world::World const& world);
    void make_periods(law::LawContext const& law);
    void make_rates(law::LawContext const& law);
    void make_lines(law::LawContext const& law, world::BaseLimits const& limits);
    [[nodiscard]] bool rules_fit(law::RuleBook const& book) const;
    [[nodiscard]] bool amounts_fit(world::World const& world);
    [[nodiscard]] double account_of_highest_wages() const;
    [[nodiscard]] int ages_of_group() const { return 3 * years_; }

    std::size_t areas_ = 0;
    int first_year_ = 0;
    int years_ = 0;
    YearMonth first_month_ = YearMonth::first();
    std::vector<Period> periods_;
    std::size_t period_count_ = 0;
    std::vector<double> period_ends_;
    std::vector<std::uint16_t> first_period_; ///< by year number, with two years more
    std::vector<MoneyLine> lines_;
    std::vector<double> inverse_wages_;
    std::array<std::vector<double>, 2> temporary_rates_;
    std::vector<double> age_shares_;
    std::vector<double> interest_;
    std::vector<double> raises_;
    std::vector<double> growth_; ///< all raises up to each year
    std::vector<Rate> interest_rates_;
    double interest_unit_ = 0;
    std::int64_t pooled_unit_ = 1;
    double largest_account_ = 0;
    std::int64_t largest_own_ppm_ = 0;
};

} // namespace pensim::lanes

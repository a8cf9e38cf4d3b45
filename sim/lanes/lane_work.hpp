// What passes between the lanes and those who fill them: holdings, pensions, lines of tables and
// books, and what is to be done with them. Plain data only: the sources that are compiled for wider
// vectors than the rest of the program include nothing else.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/area/area.hpp"

namespace pensim::lanes {

inline constexpr std::size_t line_size = 8; ///< numbers that are looked up or posted together
inline constexpr int months_of_year = 12;

/// Of one area and period. Rates in parts per million; an unrecorded month has none.
struct alignas(64) MoneyLine {
    double wage = 0;    ///< fen: average of the year before
    double floor = 0;   ///< of the base
    double ceiling = 0; ///< of the base
    double account = 0; ///< of a recorded month never 0
    double pool_employed = 0;
    double pool_alone = 0;
    double individual = 0; ///< the worker's own share, if employed
    double interest = 0;   ///< of the year, in parts of LaneTables::interest_unit()
};
static_assert(sizeof(MoneyLine) == line_size * sizeof(double));

/// What is in a holding at one moment; amounts as in law::Holding.
struct alignas(64) Amounts {
    double opening = 0;
    double credits = 0;
    double weighted_credits = 0;
    double base_sum = 0;
    double pool_in = 0; ///< of a temporary account: pool_product, in LaneTables::pooled_unit()
    double index = 0;   ///< sum of base over average wage of the benefit location, rounded

    [[nodiscard]] double principal() const { return opening + credits; }
    void add(Amounts const& other) {
        opening += other.opening;
        credits += other.credits;
        weighted_credits += other.weighted_credits;
        base_sum += other.base_sum;
        index += other.index;
    }
};

/// Months that are paid at one level; by number, from the first January of the tables.
struct PaidSpell {
    double begin = 0;
    double end = 0; ///< behind the last one
    double own_ppm = 0;
    double alone = 0;     ///< 1: who pays has no employer
    double first_ppm = 0; ///< wage by age in the first of them
};

/// A holding in one area. Months by number.
struct PaidJob {
    std::int32_t begin = 0; ///< the month in which it begins
    std::int32_t end = 0;   ///< the month in which it ends
    std::uint32_t first_spell = 0;
    std::uint32_t spells = 0;
    std::uint32_t holding = 0;    ///< whose amounts it has
    std::uint32_t index_line = 0; ///< of LaneTables: the benefit location's first
    std::uint32_t ages = 0;       ///< of LaneTables::age_shares(): the age in the first January
    bool temporary = false;
    bool takes_in = false; ///< it begins with the amounts that it has, else with none
};

/// A line of the areas' books: what a period brought, in the order of AreaYear.
struct alignas(64) PaidBooks {
    double paid_to_accounts = 0;
    double paid_to_pool = 0;
    double paid_by_workers = 0;
    double interest = 0;
    double holdings = 0;
    double months = 0;
    double insured = 0;
    double unused = 0;
};
static_assert(sizeof(PaidBooks) == line_size * sizeof(double));

/// Holdings in one area, those of like years together.
struct PaidWork {
    PaidJob const* jobs = nullptr;
    std::size_t job_count = 0;
    PaidSpell const* spells = nullptr;
    Amounts* amounts = nullptr;
    std::uint16_t const* first_period = nullptr; ///< of each year, and of two years behind the last
    double const* period_ends = nullptr;         ///< month behind the last one
    MoneyLine const* lines = nullptr;            ///< of the area, by period
    double const* temporary_rates[2] = {};       ///< of the area, by period
    double const* inverse_wages = nullptr;       ///< by line
    double const* age_shares = nullptr;
    double inverse_interest_unit = 0;
    PaidBooks* books = nullptr; ///< of the area, by period
};

/// Months that a pension is paid for, in an area that does not pay it.
struct Earner {
    AreaId area{};
    int months = 0;
};
inline constexpr std::size_t earners_max = 12; ///< of one pension

/// A line of the areas' books: what a year of pensions brought.
struct alignas(64) PensionBooks {
    double interest = 0;
    double from_accounts = 0;
    double from_pool = 0;
    double holdings = 0;
    double months = 0;
    double pensioners = 0;
    double for_elsewhere = 0;
    double inherited = 0; ///< left in the accounts of those who died
};
static_assert(sizeof(PensionBooks) == line_size * sizeof(double));

/// One pension. Months by number, from the first January of the tables.
struct PensionJob {
    double basic = 0;       ///< fen a month
    double account = 0;     ///< fen a month
    double balance = 0;     ///< fen
    std::int32_t begin = 0; ///< first month
    std::int32_t end = 0;   ///< behind the last one
    std::int32_t months_total = 0;
    std::uint32_t first_earner = 0;
    std::uint32_t earners = 0;
    bool interest_at_death = false; ///< does the year of death bear interest?
};

/// Pensions of one area, those of like years together.
struct PensionWork {
    PensionJob const* jobs = nullptr;
    std::size_t job_count = 0;
    Earner const* earners = nullptr; ///< null: these pensions are paid for own months only
    std::size_t years = 0;           ///< of the tables
    double const* interest = nullptr;
    double const* raises = nullptr;
    double inverse_interest_unit = 0;
    PensionBooks* books = nullptr; ///< of the area, by year
    /// What others' pensions pay for months here: by area, then year; a row more that nobody reads.
    double* by_elsewhere = nullptr;
    std::size_t nobody = 0; ///< that row
};

// Two ways for each. To be called only on machines that have the instructions.
void pay_months_avx2(PaidWork const& work);
void pay_months_avx512(PaidWork const& work);
void pay_pensions_avx2(PensionWork const& work);
void pay_pensions_avx512(PensionWork const& work);

} // namespace pensim::lanes

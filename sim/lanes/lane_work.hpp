// What passes between the lanes and those who fill them: rows, lines of tables and books, and what
// is to be done with them. Plain data only: the sources that are compiled for wider vectors than
// the rest of the program include nothing else.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/area/area.hpp"

namespace pensim::lanes {

inline constexpr std::size_t line_size = 8; ///< numbers that are looked up or posted together
inline constexpr std::size_t lanes_max = 8;
inline constexpr int months_of_year = 12;
inline constexpr std::size_t rows_of_lane = 8192; ///< room for so many
/// From a lane's rows to the next lane's, known when the program is built. Not a power of two: rows
/// of all lanes would want the same lines of the cache.
inline constexpr std::size_t lane_stride = rows_of_lane + 36;

/// Of one area and period. Rates in parts per million; an unrecorded month has none.
struct alignas(32) MoneyLine {
    std::int32_t wage = 0;    ///< fen: average of the year before
    std::int32_t floor = 0;   ///< of the base
    std::int32_t ceiling = 0; ///< of the base
    std::int32_t account = 0; ///< of a recorded month never 0
    std::int32_t pool_employed = 0;
    std::int32_t pool_alone = 0;
    std::int32_t individual = 0; ///< the worker's own share, if employed
    std::int32_t interest = 0;   ///< of the year, in parts of LaneTables::interest_unit()
};
static_assert(sizeof(MoneyLine) == line_size * sizeof(std::int32_t));

/// A holding as it is at one moment; amounts as in law::Holding.
struct alignas(64) Snapshot {
    double opening = 0;
    double credits = 0;
    double weighted_credits = 0;
    double base_sum = 0;
    double pool_in = 0; ///< of a temporary account: pool_product, in LaneTables::pooled_unit()
    double index = 0;   ///< sum of base over average wage of the benefit location, rounded

    [[nodiscard]] double principal() const { return opening + credits; }
    void add(Snapshot const& other) {
        opening += other.opening;
        credits += other.credits;
        weighted_credits += other.weighted_credits;
        base_sum += other.base_sum;
        index += other.index;
    }
};

/// What a row is beside its places, in one word.
namespace row_bits {
inline constexpr unsigned payments_at = 0; ///< 0 to 12
inline constexpr unsigned weight_at = 4;   ///< the sum of their month numbers, 0 to 78
inline constexpr std::int32_t payments_mask = 0xf;
inline constexpr std::int32_t weight_mask = 0x7f;
inline constexpr std::uint32_t closes_year = 1U << 12U; ///< 31 December comes behind them
inline constexpr std::uint32_t insured = 1U << 13U;     ///< counts the person for the year
inline constexpr std::uint32_t alone = 1U << 14U;       ///< who pays has no employer
inline constexpr std::uint32_t temporary = 1U << 15U;
inline constexpr std::uint32_t looks = 1U << 16U;    ///< a snapshot before anything else
inline constexpr std::uint32_t begins = 1U << 17U;   ///< another holding, behind that snapshot
inline constexpr std::uint32_t takes_in = 1U << 18U; ///< it begins with what others brought
inline constexpr unsigned age_at = 19;               ///< of LaneTables::age_shares()
inline constexpr std::uint32_t year_older = 1U << age_at;

[[nodiscard]] constexpr std::uint32_t of_months(int first, int last) {
    auto const payments = static_cast<std::uint32_t>(last - first + 1);
    std::uint32_t const weight = static_cast<std::uint32_t>(first + last) * payments / 2;
    return payments << payments_at | weight << weight_at;
}
} // namespace row_bits

/// Payments of one holding in one period, or none.
struct alignas(16) PaidRow {
    std::uint32_t line = 0;       ///< of LaneTables: area and period; times line_size
    std::uint32_t index_line = 0; ///< the benefit location's of the same period
    std::uint32_t own_ppm = 0;
    std::uint32_t bits = 0;
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

/// What a pass reads and writes.
struct PaidWork {
    PaidRow const* first_row = nullptr; ///< lanes stand lane_stride apart
    std::size_t rows = 0;
    MoneyLine const* lines = nullptr;
    double const* inverse_wages = nullptr;
    double const* age_shares = nullptr;
    double const* temporary_rates[2] = {};
    double inverse_interest_unit = 0;
    PaidBooks* books = nullptr;
    Snapshot* seen[lanes_max] = {};
    Snapshot const* first[lanes_max] = {};
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

// The two ways to go through rows and pensions; see paid_rows.hpp and pension_rows.hpp. To be
// called only on machines that have the instructions.
void turn_rows_avx2(PaidWork const& work);
void turn_rows_avx512(PaidWork const& work);
void pay_pensions_avx2(PensionWork const& work);
void pay_pensions_avx512(PensionWork const& work);

} // namespace pensim::lanes

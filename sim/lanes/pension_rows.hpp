// The years of many pensions, a year of each lane at a time (pension_years.hpp has what they mean).
#pragma once

#include "sim/lanes/lane.hpp"
#include "sim/lanes/lane_work.hpp"

namespace pensim::lanes {

/// The pensions at hand, a number a lane.
template <std::size_t Width>
struct Pensions {
    using Real = Reals<Width>;
    Real basic{};
    Real account{};
    Real balance{};
    Real months{};      ///< to be paid in this year
    Real years_left{};  ///< this one among them
    Real last_months{}; ///< in the year of death
    Real raised{};      ///< 1: this year begins with a raise
    Real interest_at_death{};
    Wholes<Width> line{};
    Wholes<Width> year{};
    PensionJob const* job[Width] = {}; ///< null: none
};

/// Which pensions come next, and how many are at work.
struct PensionQueue {
    std::size_t next = 0;
    std::size_t at_work = 0;
};

/// What is left of an account whose years are over; the next pension takes the lane.
template <std::size_t Width>
[[gnu::always_inline]] inline void
exchange(PensionWork& work, PensionQueue& queue, Masks<Width> const& over, Pensions<Width>& p) {
    static constexpr PensionJob none{.at_first = {.years = 1}};
    double left[Width];
    std::int64_t ends[Width];
    std::memcpy(left, &p.balance, sizeof(left));
    std::memcpy(ends, &over, sizeof(ends));
    for (std::size_t lane = 0; lane < Width; ++lane) {
        if (ends[lane] == 0) {
            continue;
        }
        if (p.job[lane] != nullptr) {
            *work.left++ = {p.job[lane]->person, left[lane]};
            --queue.at_work;
        }
        bool const more = queue.next < work.job_count;
        PensionJob const& job = more ? work.jobs[queue.next] : none;
        p.job[lane] = more ? &job : nullptr;
        queue.next += more ? 1 : 0;
        queue.at_work += more ? 1 : 0;
        Masks<Width> here{};
        here[lane] = -1;
        auto const put = [&](Reals<Width> & numbers, double number) __attribute__((always_inline)) {
            numbers = here ? Reals<Width>{} + number : numbers;
        };
        put(p.basic, job.at_first.basic);
        put(p.account, job.at_first.account);
        put(p.balance, job.at_first.balance);
        put(p.months, job.at_first.months);
        put(p.years_left, job.at_first.years);
        put(p.last_months, job.at_first.last_months);
        put(p.raised, job.at_first.raised);
        put(p.interest_at_death, job.at_first.interest_at_death);
        p.line[lane] = more ? job.line : work.empty_line;
        p.year[lane] = job.year;
    }
}

/// Draws the account parts of the year's months, the last one in part when the account does not
/// reach. Gives what stays in the account, summed over these months.
template <std::size_t Width>
[[gnu::always_inline]] inline Reals<Width> draw(Pensions<Width>& p, Reals<Width>& from_account) {
    using Real = Reals<Width>;
    Real const before = p.balance;
    Real const wanted = p.account * p.months;
    auto const ends = wanted > before;
    from_account = ends ? before : wanted;
    Real whole = p.months;
    Real rest{};
    // Once in a life the account ends within a year; before and after nothing is divided.
    auto const ends_now = ends & (before > 0.0);
    whole = ends ? Real{} : whole;
    if (any<Width>(ends_now)) {
        Real quotient = (before + 0.5) / p.account - 0.5; // at most 12, never near a half
        to_nearest(quotient);
        whole = ends_now ? quotient : whole;
        rest = ends_now ? before - p.account * quotient : rest;
    }
    p.balance = before - from_account;
    Real const drawn =
        p.account * (whole * p.months - whole * (whole - 1.0) * 0.5) + rest * (p.months - whole);
    return before * p.months - drawn;
}

/// What the pool pays for months elsewhere, area by area. Gives the sum by lane.
template <std::size_t Width>
[[gnu::always_inline]] inline void share_out(PensionWork& work,
                                             Pensions<Width> const& p,
                                             Reals<Width> const& from_pool,
                                             Reals<Width>& elsewhere) {
    double paid[Width];
    double sum[Width] = {};
    std::uint32_t year[Width];
    std::memcpy(paid, &from_pool, sizeof(paid));
    std::memcpy(year, &p.year, sizeof(year));
    for (std::size_t lane = 0; lane < Width; ++lane) {
        PensionJob const* const job = p.job[lane];
        std::uint32_t const earners = job == nullptr ? 0 : job->earners;
        for (std::uint32_t i = 0; i < earners; ++i) {
            Earner const& earner = work.earners[job->first_earner + i];
            // Rounded down: no quotient lies nearer to a whole number from below than 1 / total.
            auto const part = static_cast<double>(
                static_cast<std::int64_t>((paid[lane] * earner.months + 0.5) / job->months_total));
            work.books[row(earner.area) * work.years + year[lane]].by_elsewhere += part;
            sum[lane] += part;
        }
    }
    std::memcpy(&elsewhere, sum, sizeof(sum));
}

/// One year of the pension of each lane.
template <std::size_t Width, bool Shared>
[[gnu::always_inline]] inline void pay_year(PensionWork& work, Pensions<Width>& p) {
    using Real = Reals<Width>;
    Real rate;
    Real raise;
    std::uint32_t year[Width];
    std::memcpy(year, &p.year, sizeof(year));
    gather<Width>([&](std::size_t lane) { return work.interest + year[lane]; }, rate);
    gather<Width>([&](std::size_t lane) { return work.raises + year[lane]; }, raise);
    raise *= p.raised;
    Real const nothing{};
    Real const one = nothing + 1.0;
    p.basic += per_million(p.basic * raise);
    p.account += per_million(p.account * raise);
    Real from_account;
    Real const fen_months = draw(p, from_account);
    auto const last = p.years_left == 1.0;
    Real const bears = last ? p.interest_at_death : one;
    Real const interest = divided(fen_months * rate, work.inverse_interest_unit) * bears;
    p.balance += interest;
    Real const from_pool = (p.basic + p.account) * p.months - from_account;
    Real elsewhere{};
    if constexpr (Shared) {
        share_out(work, p, from_pool, elsewhere);
    }
    Real posted[line_size] = {interest,
                              from_account,
                              from_pool,
                              last ? nothing : p.balance,
                              p.months,
                              one,
                              elsewhere,
                              nothing};
    std::uint32_t line[Width];
    std::memcpy(line, &p.line, sizeof(line));
    add_to<Width>(&work.books->interest, line, posted);
    p.raised = one;
    p.years_left -= 1.0;
    p.months = p.years_left == 1.0 ? p.last_months : nothing + 12.0;
    p.line += static_cast<std::int32_t>(line_size);
    p.year += 1;
}

template <std::size_t Width, bool Shared>
[[gnu::always_inline]] inline void pay_all(PensionWork work) {
    Pensions<Width> pensions;
    PensionQueue queue;
    while (true) {
        Masks<Width> const over = pensions.years_left == 0.0;
        if (any<Width>(over)) {
            exchange<Width>(work, queue, over, pensions);
            if (queue.at_work == 0) {
                return;
            }
        }
        pay_year<Width, Shared>(work, pensions);
    }
}

} // namespace pensim::lanes

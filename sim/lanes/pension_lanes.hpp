// The years of many pensions of one area, all lanes in the same year (pension_years.hpp has what
// they mean).
#pragma once

#include "sim/lanes/lane.hpp"
#include "sim/lanes/lane_work.hpp"

namespace pensim::lanes {

/// The pensions at hand, a number a lane.
template <std::size_t Width>
struct Pensions {
    using Real = Reals<Width>;
    Real basic;
    Real account;
    Real balance;
    Real begin;
    Real end;
    Real interest_at_death; ///< 0 or 1
    int first_year;         ///< of the tables; with a payment in any lane
    int last_year;
};

/// Months that these pensions are paid for elsewhere: of each lane first ones, then second ones.
template <std::size_t Width>
struct Shares {
    std::size_t most = 0; ///< of any lane
    double months[earners_max][Width] = {};
    double* paid[earners_max][Width]; ///< by year
    double months_total[Width];
};

/// `count` pensions; lanes behind them have none.
template <std::size_t Width>
[[gnu::always_inline]] inline void
load(PensionJob const* jobs, std::size_t count, Pensions<Width>& p) {
    constexpr std::size_t numbers = 6;
    alignas(64) double v[numbers][Width] = {};
    std::int32_t begin = jobs->begin;
    std::int32_t end = jobs->end;
    for (std::size_t lane = 0; lane < count; ++lane) {
        PensionJob const& job = jobs[lane];
        v[0][lane] = job.basic;
        v[1][lane] = job.account;
        v[2][lane] = job.balance;
        v[3][lane] = job.begin;
        v[4][lane] = job.end;
        v[5][lane] = job.interest_at_death ? 1 : 0;
        begin = job.begin < begin ? job.begin : begin;
        end = job.end > end ? job.end : end;
    }
    std::memcpy(&p.basic, v[0], sizeof(p.basic));
    std::memcpy(&p.account, v[1], sizeof(p.account));
    std::memcpy(&p.balance, v[2], sizeof(p.balance));
    std::memcpy(&p.begin, v[3], sizeof(p.begin));
    std::memcpy(&p.end, v[4], sizeof(p.end));
    std::memcpy(&p.interest_at_death, v[5], sizeof(p.interest_at_death));
    p.first_year = begin / months_of_year;
    p.last_year = (end - 1) / months_of_year;
}

template <std::size_t Width>
[[gnu::always_inline]] inline void
load_shares(PensionWork const& work, PensionJob const* jobs, std::size_t count, Shares<Width>& s) {
    for (auto& paid : s.paid) {
        for (double*& row : paid) {
            row = work.by_elsewhere + work.nobody * work.years;
        }
    }
    for (std::size_t lane = 0; lane < Width; ++lane) {
        s.months_total[lane] = 1;
    }
    for (std::size_t lane = 0; lane < count; ++lane) {
        PensionJob const& job = jobs[lane];
        s.months_total[lane] = job.months_total;
        s.most = job.earners > s.most ? job.earners : s.most;
        for (std::uint32_t i = 0; i < job.earners; ++i) {
            Earner const& earner = work.earners[job.first_earner + i];
            s.months[i][lane] = earner.months;
            s.paid[i][lane] = work.by_elsewhere + row(earner.area) * work.years;
        }
    }
}

/// Draws the account parts of the year's months, the last one in part when the account does not
/// reach. Gives what stays in the account, summed over these months.
template <std::size_t Width>
[[gnu::always_inline]] inline Reals<Width>
draw(Pensions<Width>& p, Reals<Width> const& months, Reals<Width>& from_account) {
    using Real = Reals<Width>;
    Real const before = p.balance;
    Real const wanted = p.account * months;
    auto const ends = wanted > before;
    lower<Width>(wanted, before, from_account);
    Real whole = months;
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
        p.account * (whole * months - whole * (whole - 1.0) * 0.5) + rest * (months - whole);
    return before * months - drawn;
}

/// What the pool pays for months elsewhere, area by area. Gives the sum by lane.
template <std::size_t Width>
[[gnu::always_inline]] inline void share_out(Shares<Width> const& shares,
                                             int year,
                                             Reals<Width> const& from_pool,
                                             Reals<Width>& elsewhere) {
    using Real = Reals<Width>;
    Real total;
    std::memcpy(&total, shares.months_total, sizeof(total));
    for (std::size_t i = 0; i < shares.most; ++i) {
        Real part;
        std::memcpy(&part, shares.months[i], sizeof(part));
        // Rounded down: no quotient lies nearer to a whole number from below than 1 / total.
        part = (from_pool * part + 0.5) / total - 0.5;
        to_nearest(part);
        elsewhere += part;
        double paid[Width];
        std::memcpy(paid, &part, sizeof(paid));
        for (std::size_t lane = 0; lane < Width; ++lane) {
            shares.paid[i][lane][year] += paid[lane];
        }
    }
}

/// One year of the pension of each lane; no months, no money.
template <std::size_t Width, bool Shared>
[[gnu::always_inline]] inline void
pay_year(PensionWork const& work, int year, Shares<Width> const& shares, Pensions<Width>& p) {
    using Real = Reals<Width>;
    Real const nothing{};
    Real const one = nothing + 1.0;
    Real const january = nothing + static_cast<double>(year * months_of_year);
    Real const behind = january + static_cast<double>(months_of_year);
    Real months;
    Real from;
    lower<Width>(p.end, behind, months);
    higher<Width>(p.begin, january, from);
    higher<Width>(months - from, nothing, months);
    auto const over = p.end <= behind; // in this year, or before

    Real const raise = p.begin <= january ? nothing + work.raises[year] : nothing;
    p.basic += per_million(p.basic * raise);
    p.account += per_million(p.account * raise);
    Real from_account{};
    Real interest{};
    if (any<Width>(p.balance > 0.0)) { // most accounts are used up long before the pension ends
        Real const fen_months = draw<Width>(p, months, from_account);
        Real const bears = over ? p.interest_at_death : one;
        interest = divided(fen_months * work.interest[year], work.inverse_interest_unit) * bears;
        p.balance += interest;
    }
    Real const from_pool = (p.basic + p.account) * months - from_account;
    Real elsewhere{};
    if constexpr (Shared) {
        share_out<Width>(shares, year, from_pool, elsewhere);
    }
    auto const paid = months > 0.0;
    Real const kept = over ? nothing : p.balance;
    Real const posted[line_size] = {interest,
                                    from_account,
                                    from_pool,
                                    paid ? kept : nothing,
                                    months,
                                    paid ? one : nothing,
                                    elsewhere,
                                    p.balance - kept};
    add_sums_to<Width>(&work.books[year].interest, posted);
    // Nothing is left that could grow.
    p.balance = kept;
    p.basic = over ? nothing : p.basic;
    p.account = over ? nothing : p.account;
}

template <std::size_t Width, bool Shared>
[[gnu::always_inline]] inline void
pay_group(PensionWork const& work, PensionJob const* jobs, std::size_t count) {
    Pensions<Width> pensions;
    Shares<Width> shares;
    load<Width>(jobs, count, pensions);
    if constexpr (Shared) {
        load_shares<Width>(work, jobs, count, shares);
    }
    for (int year = pensions.first_year; year <= pensions.last_year; ++year) {
        pay_year<Width, Shared>(work, year, shares, pensions);
    }
}

template <std::size_t Width>
[[gnu::always_inline]] inline void pay_all_pensions(PensionWork const& work) {
    for (std::size_t first = 0; first < work.job_count; first += Width) {
        std::size_t const left = work.job_count - first;
        std::size_t const count = left < Width ? left : Width;
        if (work.earners == nullptr) {
            pay_group<Width, false>(work, work.jobs + first, count);
        } else {
            pay_group<Width, true>(work, work.jobs + first, count);
        }
    }
}

} // namespace pensim::lanes

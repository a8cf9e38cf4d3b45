// The months that are paid into many holdings of one area, all lanes in the same year
// (paid_years.hpp has what they mean).
#pragma once

#include "sim/lanes/lane.hpp"
#include "sim/lanes/lane_work.hpp"

namespace pensim::lanes {

/// What is in the holdings at hand, a number a lane; in the order of Amounts.
template <std::size_t Width>
struct Holdings {
    using Real = Reals<Width>;
    Real opening;
    Real credits;
    Real weighted_credits;
    Real base_sum;
    Real pool_in;
    Real index;
};
inline constexpr std::size_t holding_size = 6;

/// Who pays into them. Months by number; a month that no table has: never.
template <std::size_t Width>
struct Payers {
    using Real = Reals<Width>;
    Real begin; ///< of the months at hand
    Real end;
    Real own_ppm;
    Real alone;                      ///< 0 or 1
    Real first_ppm;                  ///< wage by age in the month in which they begin
    Real paid_to;                    ///< no month before it is paid any more
    Real first_year;                 ///< whose end the holding sees
    Real last_year;                  ///< whose end it does not see any more
    Real temporary;                  ///< 0 or 1
    double const* age_ppm[Width];    ///< wage by age in January, by year
    double const* index_rate[Width]; ///< by period
    PaidSpell const* next[Width];
    PaidSpell const* stop[Width];
    bool any_temporary = false;
    int first = 0; ///< year of any lane
    int last = 0;
};
inline constexpr double never = 1e6;

/// The months of a lane that come next, or none.
template <std::size_t Width>
[[gnu::always_inline]] inline PaidSpell const& next_spell(Payers<Width>& p, std::size_t lane) {
    static constexpr PaidSpell none{.begin = never, .end = never};
    PaidSpell const& spell = p.next[lane] == p.stop[lane] ? none : *p.next[lane]++;
    put<Width>(p.begin, lane, spell.begin);
    put<Width>(p.end, lane, spell.end);
    put<Width>(p.own_ppm, lane, spell.own_ppm);
    put<Width>(p.alone, lane, spell.alone);
    put<Width>(p.first_ppm, lane, spell.first_ppm);
    put<Width>(p.paid_to, lane, 0.0);
    return spell;
}

/// `count` holdings; lanes behind them have none.
template <std::size_t Width>
[[gnu::always_inline]] inline void load(PaidWork const& work,
                                        PaidJob const* jobs,
                                        std::size_t count,
                                        Payers<Width>& p,
                                        Holdings<Width>& h) {
    using Real = Reals<Width>;
    alignas(64) double held[holding_size][Width] = {};
    alignas(64) double of_lane[3][Width] = {};
    std::int32_t begin = jobs->begin;
    std::int32_t end = jobs->end;
    for (std::size_t lane = 0; lane < Width; ++lane) {
        p.age_ppm[lane] = work.age_shares;
        p.index_rate[lane] = work.inverse_wages;
        p.next[lane] = nullptr;
        p.stop[lane] = nullptr;
    }
    for (std::size_t lane = 0; lane < count; ++lane) {
        PaidJob const& job = jobs[lane];
        std::int32_t const first_year = job.begin / months_of_year;
        std::int32_t const last_year = job.end / months_of_year;
        of_lane[0][lane] = first_year;
        of_lane[1][lane] = last_year;
        of_lane[2][lane] = job.temporary ? 1 : 0;
        p.any_temporary = p.any_temporary || job.temporary;
        p.age_ppm[lane] = work.age_shares + job.ages;
        p.index_rate[lane] = work.inverse_wages + job.index_line;
        p.next[lane] = work.spells + job.first_spell;
        p.stop[lane] = p.next[lane] + job.spells;
        if (job.takes_in) {
            auto const* const first = &work.amounts[job.holding].opening;
            for (std::size_t i = 0; i < holding_size; ++i) {
                held[i][lane] = first[i];
            }
        }
        begin = job.begin < begin ? job.begin : begin;
        end = job.end > end ? job.end : end;
    }
    std::memcpy(&p.first_year, of_lane[0], sizeof(Real));
    std::memcpy(&p.last_year, of_lane[1], sizeof(Real));
    std::memcpy(&p.temporary, of_lane[2], sizeof(Real));
    std::memcpy(&h.opening, held[0], sizeof(Real));
    std::memcpy(&h.credits, held[1], sizeof(Real));
    std::memcpy(&h.weighted_credits, held[2], sizeof(Real));
    std::memcpy(&h.base_sum, held[3], sizeof(Real));
    std::memcpy(&h.pool_in, held[4], sizeof(Real));
    std::memcpy(&h.index, held[5], sizeof(Real));
    p.begin = p.end = p.own_ppm = p.alone = p.first_ppm = p.paid_to = Real{};
    for (std::size_t lane = 0; lane < Width; ++lane) {
        next_spell<Width>(p, lane);
    }
    p.first = begin / months_of_year;
    p.last = end / months_of_year;
}

template <std::size_t Width>
[[gnu::always_inline]] inline void
store(PaidWork const& work, PaidJob const* jobs, std::size_t count, Holdings<Width> const& h) {
    double held[holding_size][Width];
    std::memcpy(held[0], &h.opening, sizeof(held[0]));
    std::memcpy(held[1], &h.credits, sizeof(held[0]));
    std::memcpy(held[2], &h.weighted_credits, sizeof(held[0]));
    std::memcpy(held[3], &h.base_sum, sizeof(held[0]));
    std::memcpy(held[4], &h.pool_in, sizeof(held[0]));
    std::memcpy(held[5], &h.index, sizeof(held[0]));
    for (std::size_t lane = 0; lane < count; ++lane) {
        auto* const last = &work.amounts[jobs[lane].holding].opening;
        for (std::size_t i = 0; i < holding_size; ++i) {
            last[i] = held[i][lane];
        }
    }
}

/// A period, or a part of it, of all lanes: what is paid.
template <std::size_t Width>
struct Step {
    using Real = Reals<Width>;
    Real base; ///< fen a month
    Real months;
    Real weight; ///< sum of the months' numbers in the year
    Real alone;  ///< 0 or 1
    Real counts; ///< 1: for the first time in the year
    std::size_t period;
    int year;
    bool closes; ///< 31 December comes behind it
};
inline constexpr std::size_t steps_max = 16; ///< between what is paid and what becomes of it

/// Where the lanes are in time.
struct Clock {
    int year;
    std::size_t period;
    std::size_t behind; ///< period behind the year
};

/// The monthly base: the wage share at the age in the first month of the year that is paid at this
/// level, held between floor and ceiling.
template <std::size_t Width>
[[gnu::always_inline]] inline Reals<Width>
base_of(MoneyLine const& line, Clock const& clock, Payers<Width> const& p) {
    using Real = Reals<Width>;
    Real const nothing{};
    Real age_ppm;
    gather<Width>([&](std::size_t lane) { return p.age_ppm[lane] + clock.year; }, age_ppm);
    age_ppm = p.begin > static_cast<double>(clock.year * months_of_year) ? p.first_ppm : age_ppm;
    Real const earned = whole_per_million(p.own_ppm * age_ppm);
    Real held;
    lower<Width>(earned, nothing + line.ceiling, held);
    Real const share = earned < line.floor ? nothing + line.floor : held;
    return per_million(share * line.wage);
}

/// The months of one period. Where months of another level follow within it, that lane is turned to
/// them, and the period is to be gone through again; the others have paid. Gives whether.
template <std::size_t Width>
[[gnu::always_inline]] inline bool take_step(PaidWork const& work,
                                             Clock const& clock,
                                             Payers<Width>& p,
                                             Reals<Width>& counted,
                                             Step<Width>& step) {
    using Real = Reals<Width>;
    Real const nothing{};
    double const end = work.period_ends[clock.period];
    Real from;
    Real until;
    higher<Width>(p.begin, p.paid_to, from);
    lower<Width>(p.end, nothing + end, until);
    higher<Width>(until - from, nothing, step.months);
    double const january = clock.year * months_of_year;
    step.weight = step.months * ((from - january) + (step.months * 0.5 + 0.5));
    step.base = base_of<Width>(work.lines[clock.period], clock, p);
    step.alone = p.alone;
    Real const pays = step.months > 0.0 ? nothing + 1.0 : nothing;
    higher<Width>(pays - counted, nothing, step.counts);
    counted += step.counts;
    step.period = clock.period;
    step.year = clock.year;
    p.paid_to = nothing + end;
    bool again = false;
    for (unsigned over = at_most<Width>(p.end, end); over != 0; over &= over - 1) {
        auto const lane = static_cast<std::size_t>(__builtin_ctz(over));
        again = next_spell<Width>(p, lane).begin < end || again;
    }
    step.closes = !again && clock.period + 1 == clock.behind;
    return again;
}

/// 31 December of the holdings that are there: `interest` and `balance` are posted.
template <std::size_t Width>
[[gnu::always_inline]] inline void close_year(PaidWork const& work,
                                              Step<Width> const& step,
                                              Payers<Width> const& p,
                                              Holdings<Width>& h,
                                              Reals<Width>& interest,
                                              Reals<Width>& balance) {
    using Real = Reals<Width>;
    Real const nothing{};
    // Sum of credit x (13 - month) = 13 x credits - weighted credits, see core/law/holding.hpp.
    Real const gained = divided((h.opening * 12.0 + h.credits * 13.0 - h.weighted_credits)
                                    * work.lines[step.period].interest,
                                work.inverse_interest_unit);
    double const year = step.year;
    auto const there = (p.first_year <= year) & (p.last_year > year);
    interest = there ? gained : nothing;
    balance = there ? h.opening + h.credits + gained : nothing;
    h.opening = there ? balance : h.opening;
    h.credits = there ? nothing : h.credits;
    h.weighted_credits = there ? nothing : h.weighted_credits;
}

/// What becomes of the months of a step: credits, books.
template <std::size_t Width>
[[gnu::always_inline]] inline void
book(PaidWork const& work, Step<Width> const& step, Payers<Width> const& p, Holdings<Width>& h) {
    using Real = Reals<Width>;
    Real const nothing{};
    MoneyLine const& line = work.lines[step.period];
    auto const alone = step.alone > 0.0;
    Real const credit = per_million(step.base * line.account);
    Real const pool_ppm = alone ? nothing + line.pool_alone : nothing + line.pool_employed;
    Real const to_pool = per_million(step.base * pool_ppm);
    Real const individual = per_million(step.base * line.individual);
    Real const of_worker = alone ? credit + to_pool : individual;
    Real const wages = step.base * step.months;
    Real const recorded = wages * (line.account > 0 ? 1.0 : 0.0);
    Real index_rate;
    gather<Width>([&](std::size_t lane) { return p.index_rate[lane] + step.period; }, index_rate);
    h.index += wages * index_rate;
    h.base_sum += recorded;
    h.weighted_credits += credit * step.weight;
    // In the order of PaidBooks.
    Real posted[line_size] = {credit * step.months,
                              to_pool * step.months,
                              of_worker * step.months,
                              nothing,
                              nothing,
                              step.months,
                              step.counts,
                              nothing};
    h.credits += posted[0];
    Real pool_in = posted[1];
    if (p.any_temporary) {
        Real const rate = alone ? nothing + work.temporary_rates[1][step.period]
                                : nothing + work.temporary_rates[0][step.period];
        pool_in = p.temporary > 0.0 ? recorded * rate : pool_in;
    }
    h.pool_in += pool_in;
    if (step.closes) {
        close_year<Width>(work, step, p, h, posted[3], posted[4]);
    }
    add_sums_to<Width>(&work.books[step.period].paid_to_accounts, posted);
}

/// The years of some holdings: some steps, then what becomes of them, so that many of one kind are
/// at work at once.
template <std::size_t Width>
[[gnu::always_inline]] inline void
go_through(PaidWork const& work, Payers<Width>& p, Holdings<Width>& h) {
    using Real = Reals<Width>;
    Step<Width> steps[steps_max];
    Real counted{};
    Clock clock{p.first, work.first_period[p.first], work.first_period[p.first + 1]};
    while (clock.year <= p.last) {
        std::size_t count = 0;
        while (count < steps_max && clock.year <= p.last) {
            if (take_step<Width>(work, clock, p, counted, steps[count++])) {
                continue;
            }
            if (++clock.period == clock.behind) {
                ++clock.year;
                clock.behind = work.first_period[clock.year + 1];
                counted = Real{};
            }
        }
        for (std::size_t i = 0; i < count; ++i) {
            book<Width>(work, steps[i], p, h);
        }
    }
}

template <std::size_t Width>
[[gnu::always_inline]] inline void pay_all_months(PaidWork const& work) {
    for (std::size_t first = 0; first < work.job_count; first += Width) {
        PaidJob const* const jobs = work.jobs + first;
        std::size_t const left = work.job_count - first;
        std::size_t const count = left < Width ? left : Width;
        Payers<Width> payers;
        Holdings<Width> holdings;
        load<Width>(work, jobs, count, payers, holdings);
        go_through<Width>(work, payers, holdings);
        store<Width>(work, jobs, count, holdings);
    }
}

} // namespace pensim::lanes

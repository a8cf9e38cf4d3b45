// The rows of many holdings, a row of each lane at a time (paid_years.hpp has what they mean).
#pragma once

#include "sim/lanes/lane.hpp"
#include "sim/lanes/lane_work.hpp"

namespace pensim::lanes {

[[gnu::always_inline]] inline PaidRow const* rows_of(PaidWork const& work, std::size_t lane) {
    return work.first_row + lane * lane_stride;
}

/// The holdings at hand, a number a lane.
template <std::size_t Width>
struct Holdings {
    using Real = Reals<Width>;
    Real opening{};
    Real credits{};
    Real weighted_credits{};
    Real base_sum{};
    Real pool_in{};
    Real index{};
};

/// The numbers of a MoneyLine, by lane.
template <std::size_t Width>
struct Terms {
    using Real = Reals<Width>;
    Real wage, floor, ceiling, account, pool_employed, pool_alone, individual, interest;
};

template <std::size_t Width>
[[gnu::always_inline]] inline Terms<Width> terms_of(PaidWork const& work,
                                                    std::uint32_t const* lines) {
    Reals<Width> v[line_size];
    look_up<Width>(&work.lines->wage, lines, v);
    return {v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]};
}

/// What begins with what others brought; seldom.
template <std::size_t Width>
[[gnu::always_inline]] inline void
take_in(PaidWork& work, std::size_t row, Holdings<Width>& holdings) {
    auto* const numbers = reinterpret_cast<double*>(&holdings);
    constexpr std::size_t count = sizeof(Holdings<Width>) / sizeof(Reals<Width>);
    for (std::size_t lane = 0; lane < Width; ++lane) {
        if ((rows_of(work, lane)[row].bits & row_bits::takes_in) != 0) {
            auto const* const first = reinterpret_cast<double const*>(work.first[lane]++);
            for (std::size_t i = 0; i < count; ++i) {
                numbers[i * Width + lane] = first[i];
            }
        }
    }
}

/// Snapshots, and the holdings that begin.
template <std::size_t Width>
[[gnu::always_inline]] inline void
look(PaidWork& work, std::size_t row, Wholes<Width> const& bits, Holdings<Width>& h) {
    using Real = Reals<Width>;
    Real const nothing{};
    Real lines[line_size] = {
        h.opening, h.credits, h.weighted_credits, h.base_sum, h.pool_in, h.index, nothing, nothing};
    transpose<Width>(lines);
    for (std::size_t lane = 0; lane < Width; ++lane) {
        if ((rows_of(work, lane)[row].bits & row_bits::looks) != 0) {
            auto* const seen = reinterpret_cast<double*>(work.seen[lane]++);
            for (std::size_t part = 0; part < line_size; part += Width) {
                std::memcpy(seen + part, &lines[part + lane], sizeof(Real));
            }
        }
    }
    Chosen<Width> begins;
    choose<Width>(bits, row_bits::begins, begins);
    pick<Width>(begins, nothing, h.opening, h.opening);
    pick<Width>(begins, nothing, h.credits, h.credits);
    pick<Width>(begins, nothing, h.weighted_credits, h.weighted_credits);
    pick<Width>(begins, nothing, h.base_sum, h.base_sum);
    pick<Width>(begins, nothing, h.pool_in, h.pool_in);
    pick<Width>(begins, nothing, h.index, h.index);
    if (any_bit<Width>(bits, row_bits::takes_in)) {
        take_in<Width>(work, row, h);
    }
}

/// The monthly base: the wage share at this age, held between floor and ceiling.
template <std::size_t Width>
[[gnu::always_inline]] inline Reals<Width>
base_of(Terms<Width> const& terms, Reals<Width> const& own_ppm, Reals<Width> const& age_ppm) {
    using Real = Reals<Width>;
    Real const earned = whole_per_million(own_ppm * age_ppm);
    Real const at_most = earned > terms.ceiling ? terms.ceiling : earned;
    Real const share = earned < terms.floor ? terms.floor : at_most;
    return per_million(terms.wage * share);
}

/// One row of each lane, as numbers.
template <std::size_t Width>
struct Rows {
    using Real = Reals<Width>;
    Wholes<Width> bits;
    std::uint32_t line[Width];
    Real own_ppm;
    Real age_ppm;
    Real index_rate;
    Real months;
    Real weight;
};

template <std::size_t Width>
[[gnu::always_inline]] inline void read(PaidWork const& work, std::size_t row, Rows<Width>& r) {
    using Four = std::int32_t __attribute__((vector_size(16)));
    Four rows[Width];
    for (std::size_t lane = 0; lane < Width; ++lane) {
        std::memcpy(&rows[lane], rows_of(work, lane) + row, sizeof(Four));
        r.line[lane] = rows_of(work, lane)[row].line;
        // Where areas are many, books and terms of all of them fit into no cache.
        std::uint32_t const soon = rows_of(work, lane)[row + 2].line;
        __builtin_prefetch(&work.books->paid_to_accounts + soon, 1);
        __builtin_prefetch(&work.lines->wage + soon);
    }
    Wholes<Width> words[4];
    for (std::size_t i = 0; i < 4; ++i) {
        if constexpr (Width == 8) {
            words[i] = __builtin_shufflevector(rows[i], rows[i + 4], 0, 1, 2, 3, 4, 5, 6, 7);
        } else {
            words[i] = rows[i];
        }
    }
    transpose_words<Width>(words[0], words[1], words[2], words[3]);
    r.bits = words[3];
    to_real<Width>(words[2], r.own_ppm);
    to_real<Width>((r.bits >> row_bits::payments_at) & row_bits::payments_mask, r.months);
    to_real<Width>((r.bits >> row_bits::weight_at) & row_bits::weight_mask, r.weight);
    gather<Width>(
        [&](std::size_t lane) { return work.inverse_wages + rows_of(work, lane)[row].index_line; },
        r.index_rate);
    gather<Width>(
        [&](std::size_t lane) {
            return work.age_shares + (rows_of(work, lane)[row].bits >> row_bits::age_at);
        },
        r.age_ppm);
}

/// What comes into the pooled fund for a holding; see Snapshot::pool_in.
template <std::size_t Width>
[[gnu::always_inline]] inline void pool_of_temporary(PaidWork const& work,
                                                     Rows<Width> const& r,
                                                     Reals<Width> const& recorded,
                                                     Reals<Width>& pool_in) {
    for (std::size_t lane = 0; lane < Width; ++lane) {
        auto const bits = static_cast<std::uint32_t>(r.bits[lane]);
        if ((bits & row_bits::temporary) != 0) {
            std::size_t const kind = (bits & row_bits::alone) != 0 ? 1 : 0;
            pool_in[lane] = recorded[lane] * work.temporary_rates[kind][r.line[lane] / line_size];
        }
    }
}

/// The months of the rows are paid: `posted` has what the funds and the worker paid.
template <std::size_t Width>
[[gnu::always_inline]] inline void pay(PaidWork const& work,
                                       Rows<Width> const& r,
                                       Terms<Width> const& terms,
                                       Holdings<Width>& h,
                                       Reals<Width>* posted) {
    using Real = Reals<Width>;
    Chosen<Width> alone;
    choose<Width>(r.bits, row_bits::alone, alone);
    Real const base = base_of<Width>(terms, r.own_ppm, r.age_ppm);
    Real const credit = per_million(base * terms.account);
    Real pool_ppm;
    pick<Width>(alone, terms.pool_alone, terms.pool_employed, pool_ppm);
    Real const to_pool = per_million(base * pool_ppm);
    Real of_worker;
    pick<Width>(alone, credit + to_pool, per_million(base * terms.individual), of_worker);
    Real const wages = base * r.months;
    Real const recorded = terms.account > 0.0 ? wages : Real{};
    h.index += wages * r.index_rate;
    h.base_sum += recorded;
    h.credits += credit * r.months;
    h.weighted_credits += credit * r.weight;
    posted[0] = credit * r.months;
    posted[1] = to_pool * r.months;
    posted[2] = of_worker * r.months;
    Real pool_in = posted[1];
    if (any_bit<Width>(r.bits, row_bits::temporary)) {
        pool_of_temporary<Width>(work, r, recorded, pool_in);
    }
    h.pool_in += pool_in;
}

/// 31 December, where the rows have one: `interest` and `balance` are posted.
template <std::size_t Width>
[[gnu::always_inline]] inline void close_year(PaidWork const& work,
                                              Rows<Width> const& r,
                                              Terms<Width> const& terms,
                                              Holdings<Width>& h,
                                              Reals<Width>& interest,
                                              Reals<Width>& balance) {
    Reals<Width> const nothing{};
    Chosen<Width> closes;
    choose<Width>(r.bits, row_bits::closes_year, closes);
    // Sum of credit x (13 - month) = 13 x credits - weighted credits, see core/law/holding.hpp.
    interest = divided((h.opening * 12.0 + h.credits * 13.0 - h.weighted_credits) * terms.interest,
                       work.inverse_interest_unit);
    balance = h.opening + h.credits + interest;
    pick<Width>(closes, balance, h.opening, h.opening);
    pick<Width>(closes, nothing, h.credits, h.credits);
    pick<Width>(closes, nothing, h.weighted_credits, h.weighted_credits);
    pick<Width>(closes, interest, nothing, interest);
    pick<Width>(closes, balance, nothing, balance);
}

/// Everything that one row of each lane does. The numbers of PaidBooks are posted in their order.
template <std::size_t Width>
[[gnu::always_inline]] inline void turn_row(PaidWork& work, std::size_t row, Holdings<Width>& h) {
    using Real = Reals<Width>;
    Rows<Width> rows;
    read<Width>(work, row, rows);
    if (any_bit<Width>(rows.bits, row_bits::looks)) {
        look<Width>(work, row, rows.bits, h);
    }
    Terms<Width> const terms = terms_of<Width>(work, rows.line);
    Real posted[line_size] = {};
    pay<Width>(work, rows, terms, h, posted);
    close_year<Width>(work, rows, terms, h, posted[3], posted[4]);
    posted[5] = rows.months;
    Chosen<Width> counts;
    choose<Width>(rows.bits, row_bits::insured, counts);
    pick<Width>(counts, Real{} + 1.0, Real{}, posted[6]);
    add_to<Width>(&work.books->paid_to_accounts, rows.line, posted);
}

template <std::size_t Width>
[[gnu::always_inline]] inline void turn_rows(PaidWork work) {
    Holdings<Width> holdings;
    for (std::size_t row = 0; row < work.rows; ++row) {
        turn_row<Width>(work, row, holdings);
    }
}

} // namespace pensim::lanes

// Amounts of several lives side by side in the lanes of a vector, in exact arithmetic.
//
// An amount is a whole number of fen in a double: exact below 2^53. A product is divided by a
// multiplication: for whole 0 <= n < 2^49 and a whole divisor d
//
//   round half up (n / d)  =  nearest ((n + 1/4) x (1/d))
//
// because n / d lies a half of 1/d from every half number that it does not equal, the quarter lifts
// what equals one, and the two roundings of the multiplication move it by less than 2^-2 / d.
// Nearest is taken by adding and subtracting 1.5 x 2^52. So the fen are those of
// core/basis/money.hpp on every machine; whoever makes tables for the lanes sees to the limit.
//
// Vectors are GCC's (also clang's); where the compiler makes little of them, the instruction is
// named. Nothing here is compiled but in avx2.cpp and avx512.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "sim/lanes/lane_work.hpp"

namespace pensim::lanes {

template <std::size_t Width>
struct VectorOf;
template <>
struct VectorOf<8> {
    using Real = double __attribute__((vector_size(64)));
    using Mask = std::int64_t __attribute__((vector_size(64)));
};
template <>
struct VectorOf<4> {
    using Real = double __attribute__((vector_size(32)));
    using Mask = std::int64_t __attribute__((vector_size(32)));
};
template <std::size_t Width>
using Reals = typename VectorOf<Width>::Real;
template <std::size_t Width>
using Masks = typename VectorOf<Width>::Mask;

/// The nearest whole number.
template <class Vector>
[[gnu::always_inline]] inline void to_nearest(Vector& value) {
    constexpr double shift = 6'755'399'441'055'744.0; // 1.5 x 2^52
    value = (value + shift) - shift;
}

/// product / divisor, rounded half up.
template <class Vector>
[[gnu::always_inline]] inline Vector divided(Vector const& product, double inverse_divisor) {
    Vector quotient = (product + 0.25) * inverse_divisor;
    to_nearest(quotient);
    return quotient;
}

/// product / 10^6, rounded half up: a rate in parts per million.
template <class Vector>
[[gnu::always_inline]] inline Vector per_million(Vector const& product) {
    return divided(product, 1e-6);
}

/// product / 10^6, rounded down.
template <class Vector>
[[gnu::always_inline]] inline Vector whole_per_million(Vector const& product) {
    Vector quotient = (product - 499'999.75) * 1e-6;
    to_nearest(quotient);
    return quotient;
}

/// The lower, and the higher, of two numbers in each lane. By name: g++ 12 compares and picks.
template <std::size_t Width>
[[gnu::always_inline]] inline void
lower(Reals<Width> const& a, Reals<Width> const& b, Reals<Width>& result) {
#if defined(__AVX512F__)
    if constexpr (Width == 8) {
        result = reinterpret_cast<Reals<Width>>(
            _mm512_maskz_min_pd(0xff, reinterpret_cast<__m512d>(a), reinterpret_cast<__m512d>(b)));
        return;
    }
#endif
    result = a < b ? a : b;
}
template <std::size_t Width>
[[gnu::always_inline]] inline void
higher(Reals<Width> const& a, Reals<Width> const& b, Reals<Width>& result) {
#if defined(__AVX512F__)
    if constexpr (Width == 8) {
        result = reinterpret_cast<Reals<Width>>(
            _mm512_maskz_max_pd(0xff, reinterpret_cast<__m512d>(a), reinterpret_cast<__m512d>(b)));
        return;
    }
#endif
    result = a > b ? a : b;
}

/// Adds the numbers v[number] of all lanes to a line.
template <std::size_t Width>
[[gnu::always_inline]] inline void add_sums_to(double* line, Reals<Width> const* v) {
    using Real = Reals<Width>;
    // Neighbours together; then quarters of a vector; so the sums come to stand in order.
    Real pairs[line_size / 2];
    for (std::size_t i = 0; i < line_size / 2; ++i) {
        Real const& a = v[2 * i];
        Real const& b = v[2 * i + 1];
        if constexpr (Width == 8) {
            pairs[i] = __builtin_shufflevector(a, b, 0, 8, 2, 10, 4, 12, 6, 14)
                       + __builtin_shufflevector(a, b, 1, 9, 3, 11, 5, 13, 7, 15);
        } else {
            pairs[i] = __builtin_shufflevector(a, b, 0, 4, 2, 6)
                       + __builtin_shufflevector(a, b, 1, 5, 3, 7);
        }
    }
    auto const halves = [](Real const& a, Real const& b) __attribute__((always_inline)) {
        if constexpr (Width == 8) {
            return __builtin_shufflevector(a, b, 0, 1, 4, 5, 8, 9, 12, 13)
                   + __builtin_shufflevector(a, b, 2, 3, 6, 7, 10, 11, 14, 15);
        } else {
            return __builtin_shufflevector(a, b, 0, 1, 4, 5)
                   + __builtin_shufflevector(a, b, 2, 3, 6, 7);
        }
    };
    Real sums[line_size / Width] = {};
    if constexpr (Width == 8) {
        sums[0] = halves(halves(pairs[0], pairs[1]), halves(pairs[2], pairs[3]));
    } else {
        sums[0] = halves(pairs[0], pairs[1]);
        sums[1] = halves(pairs[2], pairs[3]);
    }
    for (std::size_t part = 0; part < line_size; part += Width) {
        Real sum;
        std::memcpy(&sum, line + part, sizeof(sum));
        sum += sums[part / Width];
        std::memcpy(line + part, &sum, sizeof(sum));
    }
}

/// A number for each lane from where `place` says.
template <std::size_t Width, class Place>
[[gnu::always_inline]] inline void gather(Place const& place, Reals<Width>& numbers) {
#if defined(__AVX__)
    // Pair by pair: faster than gathering where gathering is slow, and not slower elsewhere.
    auto const pair = [&](std::size_t lane) __attribute__((always_inline)) {
        return _mm_loadh_pd(_mm_load_sd(place(lane)), place(lane + 1));
    };
    __m256d const low = _mm256_set_m128d(pair(2), pair(0));
    if constexpr (Width == 4) {
        numbers = reinterpret_cast<Reals<Width>>(low);
    }
#if defined(__AVX512F__)
    if constexpr (Width == 8) {
        __m256d const high = _mm256_set_m128d(pair(6), pair(4));
        numbers = __builtin_shufflevector(reinterpret_cast<Reals<4>>(low),
                                          reinterpret_cast<Reals<4>>(high),
                                          0,
                                          1,
                                          2,
                                          3,
                                          4,
                                          5,
                                          6,
                                          7);
    }
#endif
#else
    for (std::size_t lane = 0; lane < Width; ++lane) {
        numbers[lane] = *place(lane);
    }
#endif
}

/// Puts a number into one lane.
template <std::size_t Width>
[[gnu::always_inline]] inline void put(Reals<Width>& numbers, std::size_t lane, double number) {
#if defined(__AVX512F__)
    if constexpr (Width == 8) {
        numbers =
            reinterpret_cast<Reals<Width>>(_mm512_mask_mov_pd(reinterpret_cast<__m512d>(numbers),
                                                              static_cast<__mmask8>(1U << lane),
                                                              _mm512_set1_pd(number)));
        return;
    }
#endif
    Masks<Width> here{};
    here[lane] = -1;
    numbers = here ? Reals<Width>{} + number : numbers;
}

/// The lanes whose number is at most `limit`: a bit each.
template <std::size_t Width>
[[gnu::always_inline]] inline unsigned at_most(Reals<Width> const& numbers, double limit) {
#if defined(__AVX512F__)
    if constexpr (Width == 8) {
        return _mm512_cmp_pd_mask(
            reinterpret_cast<__m512d>(numbers), _mm512_set1_pd(limit), _CMP_LE_OQ);
    }
#endif
#if defined(__AVX__)
    if constexpr (Width == 4) {
        return static_cast<unsigned>(_mm256_movemask_pd(
            _mm256_cmp_pd(reinterpret_cast<__m256d>(numbers), _mm256_set1_pd(limit), _CMP_LE_OQ)));
    }
#endif
    unsigned bits = 0;
    for (std::size_t lane = 0; lane < Width; ++lane) {
        bits |= numbers[lane] <= limit ? 1U << lane : 0U;
    }
    return bits;
}

/// Is any lane's mask set?
template <std::size_t Width>
[[gnu::always_inline]] inline bool any(Masks<Width> const& mask) {
#if defined(__AVX512DQ__)
    if constexpr (Width == 8) {
        return _mm512_movepi64_mask(reinterpret_cast<__m512i>(mask)) != 0;
    }
#endif
#if defined(__AVX__)
    if constexpr (Width == 4) {
        return _mm256_movemask_pd(reinterpret_cast<__m256d>(mask)) != 0;
    }
#endif
    std::int64_t all = 0;
    for (std::size_t lane = 0; lane < Width; ++lane) {
        all |= mask[lane];
    }
    return all != 0;
}

} // namespace pensim::lanes

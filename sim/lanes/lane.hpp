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
#include <type_traits>

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
    using Whole = std::int32_t __attribute__((vector_size(32)));
    using Mask = std::int64_t __attribute__((vector_size(64)));
    using Pairs = std::int64_t __attribute__((vector_size(32))); ///< of words
};
template <>
struct VectorOf<4> {
    using Real = double __attribute__((vector_size(32)));
    using Whole = std::int32_t __attribute__((vector_size(16)));
    using Mask = std::int64_t __attribute__((vector_size(32)));
    using Pairs = std::int64_t __attribute__((vector_size(16)));
};
template <std::size_t Width>
using Reals = typename VectorOf<Width>::Real;
template <std::size_t Width>
using Wholes = typename VectorOf<Width>::Whole;
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

template <class Vector>
[[gnu::always_inline]] inline void transpose_4(Vector& a, Vector& b, Vector& c, Vector& d) {
    Vector const ab_even = __builtin_shufflevector(a, b, 0, 4, 2, 6);
    Vector const ab_odd = __builtin_shufflevector(a, b, 1, 5, 3, 7);
    Vector const cd_even = __builtin_shufflevector(c, d, 0, 4, 2, 6);
    Vector const cd_odd = __builtin_shufflevector(c, d, 1, 5, 3, 7);
    a = __builtin_shufflevector(ab_even, cd_even, 0, 1, 4, 5);
    b = __builtin_shufflevector(ab_odd, cd_odd, 0, 1, 4, 5);
    c = __builtin_shufflevector(ab_even, cd_even, 2, 3, 6, 7);
    d = __builtin_shufflevector(ab_odd, cd_odd, 2, 3, 6, 7);
}

template <class Vector>
[[gnu::always_inline]] inline void transpose_8(Vector* v) {
    Vector pair[8];
    for (std::size_t i = 0; i < 8; i += 2) {
        pair[i] = __builtin_shufflevector(v[i], v[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
        pair[i + 1] = __builtin_shufflevector(v[i], v[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
    }
    // Whole quarters of a vector: the quickest that there is across quarters.
    Vector four[8];
    for (std::size_t i = 0; i < 8; i += 4) {
        for (std::size_t j = 0; j < 2; ++j) {
            Vector const& a = pair[i + j];
            Vector const& b = pair[i + j + 2];
            four[i + j] = __builtin_shufflevector(a, b, 0, 1, 4, 5, 8, 9, 12, 13);
            four[i + j + 2] = __builtin_shufflevector(a, b, 2, 3, 6, 7, 10, 11, 14, 15);
        }
    }
    for (std::size_t i = 0; i < 4; ++i) {
        v[i] = __builtin_shufflevector(four[i], four[i + 4], 0, 1, 4, 5, 8, 9, 12, 13);
        v[i + 4] = __builtin_shufflevector(four[i], four[i + 4], 2, 3, 6, 7, 10, 11, 14, 15);
    }
}

/// Rows of four words, one a lane, become a vector for each word.
template <std::size_t Width>
[[gnu::always_inline]] inline void
transpose_words(Wholes<Width>& a, Wholes<Width>& b, Wholes<Width>& c, Wholes<Width>& d) {
    using Pairs = typename VectorOf<Width>::Pairs;
    auto const low =
        [](Wholes<Width> const& x, Wholes<Width> const& y) __attribute__((always_inline)) {
        Wholes<Width> mixed;
        if constexpr (Width == 8) { // rows 0 and 4, 1 and 5, 2 and 6, 3 and 7
            mixed = __builtin_shufflevector(x, y, 0, 8, 1, 9, 4, 12, 5, 13);
        } else {
            mixed = __builtin_shufflevector(x, y, 0, 4, 1, 5);
        }
        return reinterpret_cast<Pairs>(mixed);
    };
    auto const high =
        [](Wholes<Width> const& x, Wholes<Width> const& y) __attribute__((always_inline)) {
        Wholes<Width> mixed;
        if constexpr (Width == 8) {
            mixed = __builtin_shufflevector(x, y, 2, 10, 3, 11, 6, 14, 7, 15);
        } else {
            mixed = __builtin_shufflevector(x, y, 2, 6, 3, 7);
        }
        return reinterpret_cast<Pairs>(mixed);
    };
    auto const join =
        [](Pairs const& x, Pairs const& y, Wholes<Width>& first, Wholes<Width>& second)
            __attribute__((always_inline)) {
        if constexpr (Width == 8) {
            first = reinterpret_cast<Wholes<Width>>(__builtin_shufflevector(x, y, 0, 4, 2, 6));
            second = reinterpret_cast<Wholes<Width>>(__builtin_shufflevector(x, y, 1, 5, 3, 7));
        } else {
            first = reinterpret_cast<Wholes<Width>>(__builtin_shufflevector(x, y, 0, 2));
            second = reinterpret_cast<Wholes<Width>>(__builtin_shufflevector(x, y, 1, 3));
        }
    };
    Pairs const ab_low = low(a, b);
    Pairs const ab_high = high(a, b);
    Pairs const cd_low = low(c, d);
    Pairs const cd_high = high(c, d);
    join(ab_low, cd_low, a, b);
    join(ab_high, cd_high, c, d);
}

/// `line_size` vectors: lines, a part a lane, become the lines' numbers, a vector each; and back.
template <std::size_t Width>
[[gnu::always_inline]] inline void transpose(Reals<Width>* v) {
    if constexpr (Width == 8) {
        transpose_8(v);
    } else {
        transpose_4(v[0], v[1], v[2], v[3]);
        transpose_4(v[4], v[5], v[6], v[7]);
    }
}

/// Whole numbers as they are. By name: g++ 12 does it in four instructions.
template <std::size_t Width>
[[gnu::always_inline]] inline void to_real(Wholes<Width> const& whole, Reals<Width>& numbers) {
#if defined(__AVX512F__)
    if constexpr (Width == 8) {
        numbers = reinterpret_cast<Reals<Width>>(
            _mm512_maskz_cvtepi32_pd(0xff, reinterpret_cast<__m256i>(whole)));
        return;
    }
#endif
    numbers = __builtin_convertvector(whole, Reals<Width>);
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

/// Some of the lanes.
template <std::size_t Width>
struct Chosen {
#if defined(__AVX512F__)
    using Mask = std::conditional_t<Width == 8, __mmask8, Masks<Width>>;
#else
    using Mask = Masks<Width>;
#endif
    Mask mask;
};

/// Those whose bits have `which`.
template <std::size_t Width>
[[gnu::always_inline]] inline void
choose(Wholes<Width> const& bits, std::uint32_t which, Chosen<Width>& chosen) {
#if defined(__AVX512F__)
    if constexpr (Width == 8) {
        chosen.mask = _mm256_test_epi32_mask(reinterpret_cast<__m256i>(bits),
                                             _mm256_set1_epi32(static_cast<int>(which)));
        return;
    }
#endif
    if constexpr (Width == 4) {
        Wholes<Width> const own = bits & static_cast<std::int32_t>(which);
        chosen.mask = __builtin_convertvector(own, Masks<Width>) != 0;
    }
}

/// `then` in the chosen lanes, else `other`.
template <std::size_t Width>
[[gnu::always_inline]] inline void pick(Chosen<Width> const& chosen,
                                        Reals<Width> const& then,
                                        Reals<Width> const& other,
                                        Reals<Width>& picked) {
#if defined(__AVX512F__)
    if constexpr (Width == 8) {
        picked = reinterpret_cast<Reals<Width>>(_mm512_mask_blend_pd(
            chosen.mask, reinterpret_cast<__m512d>(other), reinterpret_cast<__m512d>(then)));
        return;
    }
#endif
    if constexpr (Width == 4) {
        picked = chosen.mask ? then : other;
    }
}

/// Looks up a line of words for each lane, `line` being its number times line_size: v[number] has
/// that number of all lanes.
template <std::size_t Width>
[[gnu::always_inline]] inline void
look_up(std::int32_t const* lines, std::uint32_t const* line, Reals<Width>* v) {
    Wholes<Width> words[line_size];
    constexpr std::size_t parts = line_size / Width; // of a line in one vector
    for (std::size_t lane = 0; lane < Width; ++lane) {
        std::int32_t const* const from = lines + line[lane];
        for (std::size_t part = 0; part < parts; ++part) {
            std::memcpy(&words[part * Width + lane], from + part * Width, sizeof(words[0]));
        }
    }
    if constexpr (Width == 8) {
        // Lines 0 to 3 and 4 to 7, each half of a line by itself; then the halves together.
        transpose_words<Width>(words[0], words[1], words[2], words[3]);
        transpose_words<Width>(words[4], words[5], words[6], words[7]);
        for (std::size_t i = 0; i < 4; ++i) {
            Wholes<Width> const low = words[i];
            Wholes<Width> const high = words[i + 4];
            words[i] = __builtin_shufflevector(low, high, 0, 1, 2, 3, 8, 9, 10, 11);
            words[i + 4] = __builtin_shufflevector(low, high, 4, 5, 6, 7, 12, 13, 14, 15);
        }
    } else {
        transpose_words<Width>(words[0], words[1], words[2], words[3]);
        transpose_words<Width>(words[4], words[5], words[6], words[7]);
    }
    for (std::size_t i = 0; i < line_size; ++i) {
        to_real<Width>(words[i], v[i]);
    }
}

/// Adds the numbers v[number] of each lane to its line, `line` being its number times line_size.
template <std::size_t Width>
[[gnu::always_inline]] inline void
add_to(double* lines, std::uint32_t const* line, Reals<Width>* v) {
    transpose<Width>(v);
    for (std::size_t lane = 0; lane < Width; ++lane) {
        double* const to = lines + line[lane];
        for (std::size_t part = 0; part < line_size; part += Width) {
            Reals<Width> sum;
            std::memcpy(&sum, to + part, sizeof(sum));
            sum += v[part + lane];
            std::memcpy(to + part, &sum, sizeof(sum));
        }
    }
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

/// Has any lane one of these bits?
template <std::size_t Width>
[[gnu::always_inline]] inline bool any_bit(Wholes<Width> const& bits, std::uint32_t which) {
    Wholes<Width> const own = bits & static_cast<std::int32_t>(which);
#if defined(__AVX__)
    if constexpr (Width == 8) {
        auto const all = reinterpret_cast<__m256i>(own);
        return _mm256_testz_si256(all, all) == 0;
    } else {
        auto const all = reinterpret_cast<__m128i>(own);
        return _mm_testz_si128(all, all) == 0;
    }
#else
    std::int32_t all = 0;
    for (std::size_t lane = 0; lane < Width; ++lane) {
        all |= own[lane];
    }
    return all != 0;
#endif
}

} // namespace pensim::lanes

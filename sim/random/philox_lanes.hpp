// Philox4x32-10 of a group of persons side by side (Salmon, Moraes, Dror & Shaw 2011, section 3.3
// and table 2). Compiled once for each width of vectors (first_words_*.cpp), with plain data only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace pensim::random {

inline constexpr std::size_t philox_group = 16; ///< persons

/// The counters of one block of a group: all but the persons' own word are the same.
struct PhiloxGroup {
    std::uint64_t seed = 0;
    std::uint32_t first_person = 0; ///< its low word; the group does not run over its end
    std::uint32_t second = 0;       ///< high word and purpose
    std::uint32_t replicate = 0;
    std::uint32_t block = 0;
};

/// Writes four words a person, to `out` and every `stride` words on.
void write_group_anywhere(PhiloxGroup const& group, std::uint32_t* out, std::size_t stride);
void write_group_avx2(PhiloxGroup const& group, std::uint32_t* out, std::size_t stride);
void write_group_avx512(PhiloxGroup const& group, std::uint32_t* out, std::size_t stride);

/// Words of 32 bits, each in a lane of 64 whose upper half is whatever was left there.
template <std::size_t Lanes>
struct WordsOf;
template <>
struct WordsOf<8> {
    using Words = std::uint64_t __attribute__((vector_size(64)));
};
template <>
struct WordsOf<4> {
    using Words = std::uint64_t __attribute__((vector_size(32)));
};
template <>
struct WordsOf<2> {
    using Words = std::uint64_t __attribute__((vector_size(16)));
};

/// The whole product of the lower halves.
template <class Words>
[[gnu::always_inline]] inline void multiply(Words const& words, std::uint32_t by, Words& product) {
#if defined(__AVX512F__)
    if constexpr (sizeof(Words) == 64) { // with a mask: g++ 12 warns of the plain one
        product = reinterpret_cast<Words>(
            _mm512_maskz_mul_epu32(0xff, reinterpret_cast<__m512i>(words), _mm512_set1_epi64(by)));
        return;
    }
#endif
#if defined(__AVX2__)
    if constexpr (sizeof(Words) == 32) {
        product = reinterpret_cast<Words>(
            _mm256_mul_epu32(reinterpret_cast<__m256i>(words), _mm256_set1_epi64x(by)));
        return;
    }
#endif
    product = (words & std::uint64_t{0xffffffff}) * std::uint64_t{by};
}

template <std::size_t Lanes>
[[gnu::always_inline]] inline void
write_philox_group(PhiloxGroup const& group, std::uint32_t* out, std::size_t stride) {
    using Words = typename WordsOf<Lanes>::Words;
    constexpr std::size_t vectors = philox_group / Lanes; // one multiplies while another waits
    constexpr std::uint32_t multiplier_0 = 0xD2511F53;
    constexpr std::uint32_t multiplier_1 = 0xCD9E8D57;
    constexpr std::uint32_t weyl_0 = 0x9E3779B9;
    constexpr std::uint32_t weyl_1 = 0xBB67AE85;
    constexpr int rounds = 10;
    Words w0[vectors];
    Words w1[vectors];
    Words w2[vectors];
    Words w3[vectors];
    for (std::size_t i = 0; i < vectors; ++i) {
        for (std::size_t lane = 0; lane < Lanes; ++lane) {
            w0[i][lane] = group.first_person + i * Lanes + lane;
        }
        w1[i] = Words{} + group.second;
        w2[i] = Words{} + group.replicate;
        w3[i] = Words{} + group.block;
    }
    auto key_0 = static_cast<std::uint32_t>(group.seed);
    auto key_1 = static_cast<std::uint32_t>(group.seed >> 32U);
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < vectors; ++i) {
            Words a;
            Words b;
            multiply<Words>(w0[i], multiplier_0, a);
            multiply<Words>(w2[i], multiplier_1, b);
            w0[i] = (b >> 32U) ^ w1[i] ^ std::uint64_t{key_0};
            w2[i] = (a >> 32U) ^ w3[i] ^ std::uint64_t{key_1};
            w1[i] = b;
            w3[i] = a;
        }
        key_0 += weyl_0;
        key_1 += weyl_1;
    }
    for (std::size_t i = 0; i < vectors; ++i) {
        Words const low = (w0[i] & std::uint64_t{0xffffffff}) | w1[i] << 32U;
        Words const high = (w2[i] & std::uint64_t{0xffffffff}) | w3[i] << 32U;
        for (std::size_t lane = 0; lane < Lanes; ++lane) {
            std::uint64_t const both[] = {low[lane], high[lane]};
            std::memcpy(out + (i * Lanes + lane) * stride, both, sizeof(both));
        }
    }
}

} // namespace pensim::random

// Draws as functions of (seed, replicate, person, purpose, index): Philox4x32-10 of Random123
// (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3").
//
//   Stream stream({seed, replicate}, person, Purpose::moving);
//   std::uint32_t const u = stream.next();
//
// No draw depends on any other: one person of one replicate can be replayed alone, and a process
// that draws more does not shift the draws of another.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "core/basis/check.hpp"

namespace pensim::random {

/// What a draw is for. The numbers are part of every result: new purposes go to the end.
enum class Purpose : std::uint8_t {
    who = 1,      ///< group, sex, birth, entry, home
    death = 2,    ///< age at death
    wage = 3,     ///< personal index, and its change with each spell
    career = 4,   ///< moves, gaps, departures, and how long they last
    claim = 5,    ///< early or late claims; what somebody short of months does
    world = 6,    ///< a fictitious country; the "person" is then an area
    election = 7, ///< of the last area, by somebody short of months
};

struct Key {
    std::uint64_t seed = 0;
    std::uint32_t replicate = 0;
    friend bool operator==(Key const&, Key const&) = default;
};

/// Persons are numbered below this.
inline constexpr std::uint64_t persons_max = std::uint64_t{1} << 40;

class Stream {
  public:
    Stream(Key key, std::uint64_t person, Purpose purpose) : Stream(key, person, purpose, {}) {}
    /// The same, with its first words made before (first_words.hpp); they outlive the stream.
    Stream(Key key, std::uint64_t person, Purpose purpose, std::span<std::uint32_t const> words)
        : next_(words.data()), end_(words.data() + words.size()), seed_(key.seed),
          counter_(first_counter(key, person, purpose)) {
        PENSIM_EXPECT(person < persons_max && words.size() % words_of_block == 0);
        counter_[3] = static_cast<std::uint32_t>(words.size() / words_of_block);
    }
    Stream(Stream const&) = delete;
    Stream& operator=(Stream const&) = delete;
    ~Stream() = default;

    /// 32 uniform bits.
    [[nodiscard]] std::uint32_t next() {
        if (next_ == end_) {
            refill();
        }
        return *next_++;
    }

    static constexpr std::size_t words_of_block = 4;
    /// What Philox makes the first block of a stream from.
    [[nodiscard]] static std::array<std::uint32_t, 4>
    first_counter(Key key, std::uint64_t person, Purpose purpose) {
        return {static_cast<std::uint32_t>(person),
                static_cast<std::uint32_t>(person >> 32U)
                    | static_cast<std::uint32_t>(purpose) << 8U,
                key.replicate,
                0};
    }

  private:
    void refill();

    std::uint32_t const* next_;
    std::uint32_t const* end_;
    std::uint64_t seed_;
    std::array<std::uint32_t, 4> counter_;                ///< the last word counts blocks
    std::array<std::uint32_t, 2 * words_of_block> block_; // NOLINT: written before it is read
};

} // namespace pensim::random

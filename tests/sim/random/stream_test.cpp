#include "sim/random/stream.hpp"

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include <Random123/philox.h>
#include <doctest/doctest.h>

#include "tests/support/monte_carlo.hpp"

namespace pensim::test {

namespace {

using random::Key;
using random::Purpose;
using random::Stream;
using Block = std::array<std::uint32_t, 4>;

Block next_block(Stream& stream) {
    Block block{};
    for (std::uint32_t& word : block) {
        word = stream.next();
    }
    return block;
}

Block first_block(Key key, std::uint64_t person, Purpose purpose) {
    Stream stream(key, person, purpose);
    return next_block(stream);
}

Block philox(Block const& counter, std::array<std::uint32_t, 2> const& key) {
    auto const drawn =
        r123::Philox4x32()({{counter[0], counter[1], counter[2], counter[3]}}, {{key[0], key[1]}});
    return {drawn[0], drawn[1], drawn[2], drawn[3]};
}

} // namespace

TEST_CASE("philox4x32-10: the published vectors") {
    struct Case {
        std::string why;
        Block counter;
        std::array<std::uint32_t, 2> key;
        Block drawn;
    };
    // Random123 1.14, tests/kat_vectors.
    for (auto const& c : std::vector<Case>{
             {"zeros", {0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
             {"ones",
              {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
              {0xffffffff, 0xffffffff},
              {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
             {"digits of pi",
              {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
              {0xa4093822, 0x299f31d0},
              {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}}) {
        CAPTURE(c.why);
        CHECK(philox(c.counter, c.key) == c.drawn);
    }
    // Of the three, the layout of a stream reaches the zeros, by a purpose that nobody has.
    CHECK(first_block({0, 0}, 0, Purpose{0})
          == Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
}

TEST_CASE("a stream is philox with this layout") {
    // The low and the high word of the seed are the key; the counter is the low word of the person,
    // its high byte below the purpose, the replicate, and the number of the block.
    Stream stream({0x1122334455667788, 0x99aabbcc}, 0xefdeadbeef, Purpose::claim);
    for (std::uint32_t block = 0; block < 3; ++block) {
        CAPTURE(block);
        CHECK(next_block(stream)
              == philox({0xdeadbeef, 0x000005ef, 0x99aabbcc, block}, {0x55667788, 0x11223344}));
    }
}

TEST_CASE("no two streams share a block") {
    std::set<Block> seen;
    std::size_t drawn = 0;
    for (std::uint64_t const seed :
         {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{1} << 32, ~std::uint64_t{0}}) {
        for (std::uint32_t const replicate : {0U, 1U, 2U, 0xffffffffU}) {
            for (std::uint64_t const person : {std::uint64_t{0},
                                               std::uint64_t{1},
                                               std::uint64_t{256},
                                               std::uint64_t{1} << 32,
                                               std::uint64_t{5} << 32,
                                               random::persons_max - 1}) {
                for (int purpose = 1; purpose <= 6; ++purpose) {
                    Stream stream({seed, replicate}, person, static_cast<Purpose>(purpose));
                    for (int block = 0; block < 4; ++block) {
                        seen.insert(next_block(stream));
                        ++drawn;
                    }
                }
            }
        }
    }
    CHECK(seen.size() == drawn);
    CHECK_THROWS_AS(Stream({0, 0}, random::persons_max, Purpose::who), ContractViolation);
}

TEST_CASE("a stream replayed, or drawn among others, is the same") {
    Stream once({42, 7}, 1234, Purpose::career);
    std::vector<std::uint32_t> words;
    for (int i = 0; i < 50; ++i) {
        words.push_back(once.next());
    }
    Stream again({42, 7}, 1234, Purpose::career);
    Stream other({42, 7}, 1235, Purpose::career);
    for (std::uint32_t const word : words) {
        static_cast<void>(other.next());
        CHECK(again.next() == word);
    }
}

TEST_CASE("every bit of neighbouring persons is even and goes its own way") {
    // 4 words x 32 bits in each of two shares: 256 comparisons.
    constexpr std::size_t persons = 20'000;
    std::array<std::size_t, 128> ones{};
    std::array<std::size_t, 128> same_as_neighbour{};
    Block before = first_block({1, 0}, persons, Purpose::who);
    for (std::size_t person = 0; person < persons; ++person) {
        Block const block = first_block({1, 0}, person, Purpose::who);
        for (std::size_t bit = 0; bit < ones.size(); ++bit) {
            auto const at = [&](Block const& b) { return b[bit / 32] >> bit % 32 & 1U; };
            ones[bit] += at(block);
            same_as_neighbour[bit] += 1 - (at(block) ^ at(before));
        }
        before = block;
    }
    for (std::size_t bit = 0; bit < ones.size(); ++bit) {
        CAPTURE(bit);
        CHECK(surprise_of_share(ones[bit], persons, 0.5) < standard_errors);
        CHECK(surprise_of_share(same_as_neighbour[bit], persons, 0.5) < standard_errors);
    }
}

} // namespace pensim::test

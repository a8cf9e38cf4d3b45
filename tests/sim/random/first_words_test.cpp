#include "sim/random/first_words.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace pensim::test {

namespace {

using random::Key;
using random::Purpose;
using random::Stream;

std::vector<std::uint32_t> drawn(Stream& stream, std::size_t words) {
    std::vector<std::uint32_t> list;
    for (std::size_t i = 0; i < words; ++i) {
        list.push_back(stream.next());
    }
    return list;
}

/// As the streams themselves would draw them.
std::vector<std::uint32_t> words_of_streams(
    Key key, std::uint64_t first, std::size_t persons, Purpose purpose, std::size_t blocks) {
    std::vector<std::uint32_t> words;
    for (std::size_t i = 0; i < persons; ++i) {
        Stream stream(key, first + i, purpose);
        auto const own = drawn(stream, blocks * Stream::words_of_block);
        words.insert(words.end(), own.begin(), own.end());
    }
    return words;
}

std::vector<std::uint32_t> first_words(
    Key key, std::uint64_t first, std::size_t persons, Purpose purpose, std::size_t blocks) {
    std::vector<std::uint32_t> words(persons * blocks * Stream::words_of_block, 0xdead);
    random::write_first_words(key, first, persons, purpose, blocks, words);
    return words;
}

constexpr std::uint64_t high = std::uint64_t{1} << 32U;

} // namespace

TEST_CASE("first words are those of the streams, for few and many persons") {
    for (std::size_t persons = 0; persons <= 40; ++persons) {
        for (std::size_t blocks = 1; blocks <= 4; ++blocks) {
            CAPTURE(persons);
            CAPTURE(blocks);
            CHECK(first_words({42, 1}, 1000, persons, Purpose::career, blocks)
                  == words_of_streams({42, 1}, 1000, persons, Purpose::career, blocks));
        }
    }
}

TEST_CASE("first words are those of the streams, whatever the key, the person and the purpose") {
    struct Case {
        std::string why;
        Key key;
        std::uint64_t first;
    };
    for (auto const& c :
         {Case{"zeros", {0, 0}, 0},
          Case{"a seed of two words", {0x1122334455667788, 0}, 5},
          Case{"only the high word of a seed", {high, 0}, 5},
          Case{"the highest seed and replicate", {~std::uint64_t{0}, 0xffffffff}, 0},
          Case{"a replicate", {7, 12'345}, 99},
          Case{"across the low word of a person", {7, 0}, high - 13},
          Case{"beyond it", {7, 0}, 5 * high + 3},
          Case{"the last persons", {7, 0}, random::persons_max - 19}}) {
        for (int purpose = 1; purpose <= 7; ++purpose) {
            CAPTURE(c.why);
            CAPTURE(purpose);
            auto const what = static_cast<Purpose>(purpose);
            CHECK(first_words(c.key, c.first, 19, what, 2)
                  == words_of_streams(c.key, c.first, 19, what, 2));
        }
    }
}

TEST_CASE("nobody is numbered beyond the last person, and the room is what is asked for") {
    std::vector<std::uint32_t> words(8);
    CHECK_THROWS_AS(
        random::write_first_words({1, 0}, random::persons_max - 1, 2, Purpose::who, 1, words),
        ContractViolation);
    CHECK_THROWS_AS(random::write_first_words({1, 0}, 0, 1, Purpose::who, 1, words),
                    ContractViolation);
}

TEST_CASE("a stream goes on behind its first words as one without") {
    for (std::size_t blocks = 0; blocks <= 4; ++blocks) {
        CAPTURE(blocks);
        auto const words = first_words({42, 7}, high + 1234, 1, Purpose::career, blocks);
        Stream with({42, 7}, high + 1234, Purpose::career, words);
        Stream without({42, 7}, high + 1234, Purpose::career);
        CHECK(drawn(with, 50) == drawn(without, 50));
    }
    std::vector<std::uint32_t> const part_of_a_block(3);
    CHECK_THROWS_AS(Stream({0, 0}, 0, Purpose::who, part_of_a_block), ContractViolation);
}

} // namespace pensim::test

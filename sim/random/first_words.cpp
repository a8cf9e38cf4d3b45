#include "sim/random/first_words.hpp"

#include <array>

#include "sim/random/philox_lanes.hpp"

namespace pensim::random {

void write_group_anywhere(PhiloxGroup const& group, std::uint32_t* out, std::size_t stride) {
    write_philox_group<2>(group, out, stride);
}

namespace {

auto* fastest() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) {
        return write_group_avx512;
    }
    if (__builtin_cpu_supports("avx2")) {
        return write_group_avx2;
    }
#endif
    return write_group_anywhere;
}

/// Persons whose numbers go on by one in the low word, as far as whole groups go.
[[nodiscard]] bool is_group(std::uint64_t first, std::size_t persons) {
    return persons >= philox_group
           && static_cast<std::uint32_t>(first) <= UINT32_MAX - (philox_group - 1);
}

} // namespace

void write_first_words(Key key,
                       std::uint64_t first,
                       std::size_t persons,
                       Purpose purpose,
                       std::size_t blocks,
                       std::span<std::uint32_t> words) {
    static auto* const write = fastest();
    std::size_t const stride = blocks * Stream::words_of_block;
    PENSIM_EXPECT(words.size() == persons * stride && first + persons <= persons_max);
    std::size_t done = 0;
    for (; is_group(first + done, persons - done); done += philox_group) {
        auto const counter = Stream::first_counter(key, first + done, purpose);
        for (std::size_t block = 0; block < blocks; ++block) {
            write({key.seed, counter[0], counter[1], counter[2], static_cast<std::uint32_t>(block)},
                  &words[done * stride + block * Stream::words_of_block],
                  stride);
        }
    }
    for (; done < persons; ++done) {
        Stream stream(key, first + done, purpose);
        for (std::size_t i = 0; i < stride; ++i) {
            words[done * stride + i] = stream.next();
        }
    }
}

} // namespace pensim::random

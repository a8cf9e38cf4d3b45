// The first words of the streams of many persons at once: Philox side by side in vector lanes. The
// words are those of stream.hpp, which goes on behind them.
#pragma once

#include <cstdint>
#include <span>

#include "sim/random/stream.hpp"

namespace pensim::random {

/// Writes the first `blocks` blocks of each stream of `persons` persons from `first` on, a person's
/// after the other's: words[person x 4 x blocks + index].
void write_first_words(Key key,
                       std::uint64_t first,
                       std::size_t persons,
                       Purpose purpose,
                       std::size_t blocks,
                       std::span<std::uint32_t> words);

} // namespace pensim::random

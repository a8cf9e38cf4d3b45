// A file of finished work: stretches of people with their tallies, under a checksum.
//
//   pensim/shard/1 <SHA-256 of what follows this line, in hexadecimal>
//   how many stretches; of each: replicate, first person, persons, tally, rows (integer_bytes.hpp)
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/engine/stretch.hpp"

namespace pensim::resume {

struct FinishedStretch {
    engine::Stretch people;
    std::string tally; ///< tally_bytes.hpp
    std::string rows;  ///< of microdata, packed; empty where none are wanted
    friend bool operator==(FinishedStretch const&, FinishedStretch const&) = default;
};

[[nodiscard]] std::string shard_text(std::vector<FinishedStretch> const& stretches);

/// Nothing where a byte is not as it was written. Any text may be given.
[[nodiscard]] std::optional<std::vector<FinishedStretch>> read_shard(std::string_view text);

} // namespace pensim::resume

// People of a replicate in a row.
#pragma once

#include <cstdint>

namespace pensim::engine {

/// From `first` up to but without end().
struct Stretch {
    std::uint32_t replicate = 0;
    std::uint64_t first = 0;
    std::uint64_t persons = 0;

    [[nodiscard]] std::uint64_t end() const { return first + persons; }
    friend bool operator==(Stretch const&, Stretch const&) = default;
};

} // namespace pensim::engine

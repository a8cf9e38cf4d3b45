// Sums by cell of a table that has few of its possible cells filled: flows by year, origin,
// destination and kind. Additions go to a buffer; a full one is sorted and merged into the sorted
// cells, so that the loop over people neither searches nor allocates. Before the buffer there can
// be a front: as many sums, each for the cell that came last to its place.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "core/basis/money.hpp"

namespace pensim::engine {

/// a + b, or MoneyOverflow.
inline void add_checked(std::int64_t& a, std::int64_t b) {
    if (__builtin_add_overflow(a, b, &a)) {
        throw MoneyOverflow();
    }
}

/// a - b, or MoneyOverflow.
inline void subtract_checked(std::int64_t& a, std::int64_t b) {
    if (__builtin_sub_overflow(a, b, &a)) {
        throw MoneyOverflow();
    }
}

template <std::size_t Values>
class CellTally {
  public:
    struct Cell {
        std::uint64_t key = 0;
        std::array<std::int64_t, Values> values{};
        friend bool operator==(Cell const&, Cell const&) = default;
    };

    void add(std::uint64_t key, std::array<std::int64_t, Values> const& values) {
        if constexpr (front_size > 0) {
            if (front_.empty()) {
                front_.resize(front_size, free_place);
            }
            constexpr std::uint64_t spread = 0x9E3779B97F4A7C15; // 2^64 over the golden ratio
            Cell& place = front_[(key * spread) >> 32U & (front_size - 1)];
            if (place.key == key) {
                add_values(place, {key, values});
                return;
            }
            put_back(place);
            place = {key, values};
            return;
        }
        add_to_buffer({key, values});
    }
    /// Adds another tally's cells.
    void merge(CellTally& other) {
        compact();
        merge_sorted(other.cells());
    }
    /// Every cell that was added to, by key.
    [[nodiscard]] std::vector<Cell> const& cells() {
        compact();
        return cells_;
    }
    /// Takes cells out; how many.
    template <class Gone>
    std::int64_t erase_if(Gone const& gone) {
        compact();
        return static_cast<std::int64_t>(std::erase_if(cells_, gone));
    }
    void clear() {
        front_.clear();
        buffer_.clear();
        cells_.clear();
    }

  private:
    /// Counts have few cells, and one of them again and again; a power of two.
    static constexpr std::size_t front_size = Values == 1 ? 1024 : 0;
    static constexpr Cell free_place{UINT64_MAX, {}}; ///< no cell has this key
    static constexpr std::size_t buffer_max = std::size_t{1} << 17U;

    void add_to_buffer(Cell const& cell) {
        if (buffer_.size() == buffer_max) {
            compact_buffer();
        }
        buffer_.push_back(cell);
    }
    /// A place of the front becomes free.
    void put_back(Cell& place) {
        if (place.key != free_place.key) {
            add_to_buffer(place);
        }
        place = free_place;
    }

    static void add_values(Cell& to, Cell const& from) {
        for (std::size_t i = 0; i < Values; ++i) {
            add_checked(to.values[i], from.values[i]);
        }
    }
    void compact() {
        for (Cell& place : front_) {
            put_back(place);
        }
        compact_buffer();
    }
    void compact_buffer() {
        if (buffer_.empty()) {
            return;
        }
        std::sort(buffer_.begin(), buffer_.end(), [](Cell const& a, Cell const& b) {
            return a.key < b.key;
        });
        std::size_t last = 0;
        for (std::size_t i = 1; i < buffer_.size(); ++i) {
            if (buffer_[i].key == buffer_[last].key) {
                add_values(buffer_[last], buffer_[i]);
            } else {
                buffer_[++last] = buffer_[i];
            }
        }
        buffer_.resize(last + 1);
        merge_sorted(buffer_);
        buffer_.clear();
    }
    void merge_sorted(std::vector<Cell> const& more) {
        merged_.clear();
        merged_.reserve(cells_.size() + more.size());
        auto mine = cells_.begin();
        auto theirs = more.begin();
        while (mine != cells_.end() || theirs != more.end()) {
            if (theirs == more.end() || (mine != cells_.end() && mine->key < theirs->key)) {
                merged_.push_back(*mine++);
            } else if (mine == cells_.end() || theirs->key < mine->key) {
                merged_.push_back(*theirs++);
            } else {
                merged_.push_back(*mine++);
                add_values(merged_.back(), *theirs++);
            }
        }
        cells_.swap(merged_);
    }

    std::vector<Cell> front_;
    std::vector<Cell> buffer_;
    std::vector<Cell> cells_;
    std::vector<Cell> merged_;
};

} // namespace pensim::engine

// Mean and spread of numbers over replicates, summed exactly: they do not depend on the order.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "core/basis/money.hpp"

namespace pensim::report {

struct Spread {
    double mean = 0;
    double sd = 0;   ///< between replicates
    double lo95 = 0; ///< interval of the mean, by Student's t
    double hi95 = 0;
};

/// Sums of one number, taken from its first value on so that squares stay small.
class Moments {
  public:
    /// Throws MoneyOverflow where squares leave 128 bits.
    void add(std::int64_t value) {
        if (count_ == 0) {
            first_ = value;
        }
        ++count_;
        if (value != first_) {
            Wide const difference = static_cast<Wide>(value) - first_;
            sum_ += difference; // 32 bits of values of 65
            add_square(squares_, difference, 1);
        }
    }
    [[nodiscard]] std::int64_t first() const { return first_; } ///< the first value added
    /// All that was added, exactly. Throws MoneyOverflow.
    [[nodiscard]] std::int64_t total() const {
        Wide const total = static_cast<Wide>(first_) * count_ + sum_;
        if (total < INT64_MIN || total > INT64_MAX) {
            throw MoneyOverflow("a sum over replicates",
                                "fewer replicates, fewer persons, or lower wages");
        }
        return static_cast<std::int64_t>(total);
    }
    /// With `replicates` in all; in those that added nothing the number was 0.
    [[nodiscard]] Spread over(std::uint32_t replicates) const;

  private:
    /// sum + times x value^2. Throws MoneyOverflow.
    static void add_square(Wide& sum, Wide value, std::int64_t times) {
        constexpr Wide largest = (((Wide{1} << 126U) - 1) << 1U) + 1;
        constexpr Wide root = Wide{1} << 63U; // of less than the largest
        bool const fits =
            -root <= value && value <= root && (times <= 1 || value * value <= largest / times);
        if (!fits || __builtin_add_overflow(sum, value * value * times, &sum)) {
            throw MoneyOverflow("the spread of a sum over samples",
                                "fewer persons, or lower wages");
        }
    }

    std::int64_t first_ = 0;
    std::uint32_t count_ = 0;
    Wide sum_ = 0;
    Wide squares_ = 0;
};

/// Moments of cells of a sparse table, by key.
template <std::size_t Values>
class CellMoments {
  public:
    struct Cell {
        std::uint64_t key = 0;
        std::array<Moments, Values> values{};
    };
    /// `cells` of one replicate, by rising key.
    template <class Cells>
    void add(Cells const& cells) {
        bool all_known = false;
        std::size_t mine = 0;
        for (auto theirs = cells.begin(); theirs != cells.end(); ++theirs, ++mine) {
            while (mine < cells_.size() && cells_[mine].key < theirs->key) {
                ++mine;
            }
            if (!all_known && (mine == cells_.size() || cells_[mine].key != theirs->key)) {
                make_place_for(theirs, cells.end()); // where the first is new, others may be
                all_known = true;
            }
            for (std::size_t i = 0; i < Values; ++i) {
                cells_[mine].values[i].add(theirs->values[i]);
            }
        }
    }
    /// Lists the keys of `cells` too, in which nothing was added.
    template <class Cells>
    void list(Cells const& cells) {
        make_place_for(cells.begin(), cells.end());
    }
    [[nodiscard]] std::vector<Cell> const& cells() const { return cells_; }
    /// Null where nothing was ever added.
    [[nodiscard]] Cell const* find(std::uint64_t key) const {
        auto const cell =
            std::lower_bound(cells_.begin(), cells_.end(), key, [](Cell const& c, std::uint64_t k) {
                return c.key < k;
            });
        return cell != cells_.end() && cell->key == key ? &*cell : nullptr;
    }

  private:
    /// Cells for keys that are new.
    template <class Iterator>
    void make_place_for(Iterator first, Iterator last) {
        std::vector<std::uint64_t> missing;
        auto known = cells_.begin();
        for (; first != last; ++first) {
            while (known != cells_.end() && known->key < first->key) {
                ++known;
            }
            if (known == cells_.end() || known->key != first->key) {
                missing.push_back(first->key);
            }
        }
        auto from = static_cast<std::ptrdiff_t>(cells_.size());
        cells_.reserve(cells_.size() + missing.size()); // and no more: cells can be large
        cells_.resize(cells_.size() + missing.size());
        for (auto to = cells_.end(); !missing.empty(); missing.pop_back()) {
            for (; from > 0 && missing.back() < cells_[static_cast<std::size_t>(from - 1)].key;
                 --from) {
                *--to = cells_[static_cast<std::size_t>(from - 1)];
            }
            *--to = {missing.back(), {}};
        }
    }

    std::vector<Cell> cells_;
};

} // namespace pensim::report

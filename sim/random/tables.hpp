// Distributions as tables, so that a draw is a look-up: the same number on every machine, whatever
// its mathematical library. Tables are made once, from doubles rounded far above their error.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace pensim::random {

/// A chance as a threshold for 32 bits: happens(u) with probability `share`, to 2^-32.
class Chance {
  public:
    Chance() = default;
    /// `share` from 0 to 1.
    explicit Chance(double share);
    [[nodiscard]] bool happens(std::uint32_t u) const { return u < threshold_; }
    [[nodiscard]] bool never() const { return threshold_ == 0; }

  private:
    std::uint64_t threshold_ = 0; ///< 2^32: always
};

/// One of n, with given weights: Walker's alias method in the form of Vose (1991).
class Choice {
  public:
    Choice() = default;
    /// Weights are zero or more, their sum above zero; at most 65 536 of them.
    explicit Choice(std::span<double const> weights);

    [[nodiscard]] int draw(std::uint32_t u) const {
        std::uint64_t const scaled = std::uint64_t{u} * cells_.size();
        Cell const cell = cells_[scaled >> 32U];
        auto const own = static_cast<std::int32_t>(scaled >> 32U);
        auto const inside = static_cast<std::uint32_t>(scaled);
        // No branch, which nobody could foresee: all bits where the cell's own one is drawn.
        std::int32_t const keeps = -static_cast<std::int32_t>(inside < cell.threshold);
        return cell.alias ^ ((cell.alias ^ own) & keeps);
    }
    [[nodiscard]] bool empty() const { return cells_.empty(); }
    [[nodiscard]] std::size_t size() const { return cells_.size(); }

  private:
    struct Cell {
        std::uint32_t threshold = 0;
        std::int32_t alias = 0;
    };
    std::vector<Cell> cells_;
};

/// The exponential distribution with mean 1: the inverse of its distribution function in 4096
/// pieces, straight lines between: the mean is 2 in 100 000 too large. A draw is off by less than
/// 0.1 %, one in a thousand by up to 0.8 %; the tail is memoryless, so its table is the same one.
class Exponential {
  public:
    Exponential();
    [[nodiscard]] double draw(std::uint32_t u) const {
        double base = 0;
        std::uint32_t piece = u >> rest_bits;
        std::uint32_t rest = u & rest_mask;
        if (piece == pieces - 1) { // the last piece has no end: start again behind it
            base = log_pieces;
            piece = rest >> (rest_bits - piece_bits);
            rest = (rest << piece_bits) & rest_mask;
        }
        double const low = quantile_[piece];
        return base + low
               + (quantile_[piece + 1] - low) * (static_cast<double>(rest) / (rest_mask + 1U));
    }

  private:
    static constexpr unsigned piece_bits = 12;
    static constexpr unsigned rest_bits = 32 - piece_bits;
    static constexpr std::uint32_t rest_mask = (1U << rest_bits) - 1;
    static constexpr std::uint32_t pieces = 1U << piece_bits;
    static constexpr double log_pieces = 8.317766166719343; ///< ln 4096
    std::array<double, pieces + 1> quantile_{};
};

/// exp(sigma z - sigma^2 / 2) in parts per million: lognormal with mean 1, in 4096 equally likely
/// steps, each at its mean.
class LogNormal {
  public:
    LogNormal() = default;
    /// `sigma` from 0 to 3.
    explicit LogNormal(double sigma);
    [[nodiscard]] std::int64_t draw_ppm(std::uint32_t u) const {
        return steps_.empty() ? 1'000'000 : steps_[u >> 20U];
    }

  private:
    std::vector<std::int32_t> steps_; ///< empty: always 1
};

/// Rounded to 2^-30: what a table of doubles keeps.
[[nodiscard]] double tabled(double value);

} // namespace pensim::random

// How working lives end: how many months people were short when they were counted, and how much of
// a wage their pension replaces. Histograms of whole numbers.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/basis/money.hpp"

namespace pensim::engine {

enum class Ending : std::uint8_t {
    missing_months,           ///< short of the required months at T; 0: none
    replacement_of_area_wage, ///< first pension over the area's average wage of the year before
    replacement_of_own_wage,  ///< first pension over that wage times one's own average index
    count_,
};
inline constexpr auto ending_count = static_cast<std::size_t>(Ending::count_);

class Endings {
  public:
    static constexpr std::size_t bins = 41;
    using Counts = std::array<std::int64_t, bins>;

    /// Missing months: none, then years that have begun. Rates: twentieths; the last bin is open.
    [[nodiscard]] static constexpr std::size_t bin_of_missing(int months) {
        return std::min(bins - 1, static_cast<std::size_t>((months + 11) / 12));
    }
    /// `wage` above zero.
    [[nodiscard]] static constexpr std::size_t bin_of_rate(Fen pension, Fen wage) {
        constexpr std::int64_t parts = 20;
        if (pension.count() >= INT64_MAX / parts) {
            Wide const twentieths = static_cast<Wide>(pension.count()) * parts / wage.count();
            return static_cast<std::size_t>(std::min<Wide>(bins - 1, twentieths));
        }
        std::int64_t const twentieths = pension.count() * parts / wage.count();
        return static_cast<std::size_t>(std::min<std::int64_t>(bins - 1, twentieths));
    }

    void add(Ending what, std::size_t bin) { ++counts_[static_cast<std::size_t>(what)][bin]; }
    void merge(Endings const& other) {
        for (std::size_t i = 0; i < ending_count; ++i) {
            for (std::size_t bin = 0; bin < bins; ++bin) {
                counts_[i][bin] += other.counts_[i][bin];
            }
        }
    }
    [[nodiscard]] Counts const& of(Ending what) const {
        return counts_[static_cast<std::size_t>(what)];
    }
    [[nodiscard]] Counts& of(Ending what) { return counts_[static_cast<std::size_t>(what)]; }
    friend bool operator==(Endings const&, Endings const&) = default;

  private:
    std::array<Counts, ending_count> counts_{};
};

} // namespace pensim::engine

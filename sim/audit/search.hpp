// The search of one setting: every career and its variations, and what they show.
#pragma once

#include <array>
#include <map>
#include <vector>

#include "sim/audit/audit.hpp"
#include "sim/audit/examiner.hpp"

namespace pensim::audit {

/// Smaller is the better witness: the cheapest stay and the highest gain (gaming alone), then the
/// fewest spells, the fewest months, then the order of enumeration.
using Rank = std::array<std::int64_t, 6>;

/// How a class shows itself in one setting.
struct Show {
    std::uint64_t careers = 0;
    Rank rank{};
    Career career;
    std::optional<Career> changed;
    int months = 0;
    std::optional<Fen> gain;
    std::optional<Fen> least;
    std::optional<Fen> most;

    void merge(Show const& other);
};

struct SettingFindings {
    std::map<FindingClass, Show> shows;
    unsigned decided = 0; ///< a bit for each criterion that decided
    std::uint64_t careers = 0;
    std::uint64_t too_long = 0;
    std::uint64_t paid_on = 0; ///< times that paying on at the designated place was tried
    std::uint64_t examined = 0;
};

[[nodiscard]] constexpr unsigned bit_of(law::Criterion criterion) {
    return 1U << static_cast<unsigned>(criterion);
}

/// Throws input::Interrupted.
[[nodiscard]] SettingFindings
search(law::LawContext const& law, Setting const& setting, Limits const& limits, int spells);

} // namespace pensim::audit

// The stretches of time in which nothing changes that acts on the benefit location, and the people
// whose months are counted in them.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/law/rule_book.hpp"
#include "sim/audit/career.hpp"
#include "sim/data/tables.hpp"

namespace pensim::audit {

/// Counting months, ends included.
struct Regime {
    YearMonth from = YearMonth::first();
    YearMonth to = YearMonth::first();
    friend auto operator<=>(Regime const&, Regime const&) = default;
};

/// Of the counting months `first` to `last`. Where the required months alone rise step by step, the
/// first and the last step stand for all.
[[nodiscard]] std::vector<Regime>
regimes_of(law::RuleBook const& book, YearMonth first, YearMonth last);

/// When a career is paid.
enum class Timing : std::uint8_t {
    free,   ///< no temporary accounts: any time
    before, ///< before the age of temporary accounts, with what follows begun before it
    across, ///< up to shortly before the counting month: the last spells are begun behind that age
};

/// Who pays: all of a life but its payments.
struct Setting {
    law::Person person = law::Person::hong_kong;
    Life life; ///< without records
    YearMonth counting = YearMonth::first();
    Timing timing = Timing::free;
    YearMonth last_end = YearMonth::first(); ///< the latest last month of a career
    bool money_follows = true;               ///< else records say "transfer": false
    bool exchanged = false; ///< the same people once more, dear and cheap areas exchanged
    int labels = labels_max;
    bool has_outside = true;
    std::array<AreaId, labels_max + 1> areas{}; ///< of the labels, and `outside_label`
    std::optional<int> hukou;                   ///< label
    std::optional<int> election_area;           ///< label, where one area alone can be elected

    [[nodiscard]] int label_of(AreaId area) const;
    /// Is this career one more than others with the same people? Else it only renames areas.
    [[nodiscard]] bool takes(Career const& career) const;
    /// The earliest month that may be paid.
    [[nodiscard]] YearMonth earliest() const;
};

/// Months that stay free behind every career, for a stay that follows it.
constexpr int stay_months_max = 12;

/// One representative of people whom no rule of the book treats apart.
[[nodiscard]] std::vector<law::Person> persons_to_try(law::RuleBook const& book);
/// Whom `person` stands for.
[[nodiscard]] std::vector<law::Person> represented(law::RuleBook const& book, law::Person person);

/// Everybody to try in a regime: persons, hukou, elections, ages.
[[nodiscard]] std::vector<Setting>
settings_of(law::RuleBook const& book, data::Tables const& tables, Regime const& regime);

} // namespace pensim::audit

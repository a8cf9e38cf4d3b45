// A simulated world made ready to draw from: every process of a scenario as tables.
#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "core/law/rule_book.hpp"
#include "core/record/average_wage.hpp"
#include "sim/random/stream.hpp"
#include "sim/random/tables.hpp"
#include "sim/world/moving.hpp"
#include "sim/world/spec.hpp"
#include "sim/world/survival.hpp"

namespace pensim::world {

/// The processes of one group.
struct GroupTables {
    Group group = Group::mainland;
    random::Chance male;
    random::Chance management;
    random::Chance permanent_resident;
    random::Choice nationality;
    std::vector<CountryCode> nationalities;

    YearMonth entry_first = YearMonth::first(); ///< month of the first cell of entry_month
    random::Choice entry_month;
    int entry_age_first = 0; ///< months of age of the first cell of entry_age
    random::Choice entry_age;

    random::Choice first_area;
    random::Choice home; ///< empty: the first area
    random::Chance stays_home;

    std::shared_ptr<Moving const> moving;
    double return_rate = 0; ///< a month
    random::Chance leaves_money;

    random::Choice kind;     ///< employed, self_employed, flexible
    double gap_rate = 0;     ///< a month
    double gap_end_rate = 0; ///< a month

    random::LogNormal person_wage;
    random::LogNormal spell_wage;
    static constexpr int ages = 120;
    std::array<std::int64_t, ages> wage_ppm{}; ///< level and age profile, by age in years
    std::int64_t alone_ppm = 1'000'000;
    /// Level and profile at an age.
    [[nodiscard]] std::int64_t age_ppm(Months age) const {
        auto const years = static_cast<std::size_t>(age.count() / 12);
        return wage_ppm[std::min(years, std::size_t{ages - 1})];
    }
    /// The wage over the area's average at an age.
    [[nodiscard]] std::int64_t share_ppm(std::int64_t own_ppm, Months age) const {
        return own_ppm * age_ppm(age) / 1'000'000;
    }

    double leaving_rate = 0; ///< a month
    random::Chance ends_relation;
    random::Chance comes_back;
    double away_end_rate = 0; ///< a month

    random::Chance exempt;
    int exempt_months = 0;
    random::Chance claims_early;
    random::Chance claims_late;
    random::Choice when_short; ///< ShortAction
    random::Chance elects_last_area;
    std::shared_ptr<Survival const> survival;
};

/// In the order of ShortSpec; then those who wait.
enum class ShortAction : std::uint8_t { extends, lump_sum, resident_scheme, ends_relation, waits };

/// The tables of `spec` but for moving and survival, which the caller makes (they may be shared).
[[nodiscard]] GroupTables make_tables(GroupSpec const& spec);

/// Wages and their limits by area and year, as a rule set has them in January.
class BaseLimits {
  public:
    BaseLimits() = default;
    /// Throws MoneyOverflow when a base could leave the range of 64 bits on its way.
    BaseLimits(law::RuleBook const& book, AverageWages const& wages, std::size_t areas);

    /// The contribution base (fen a month) of somebody who earns `ppm` of the average wage: held
    /// between floor and ceiling of the area's average wage of the year before.
    [[nodiscard]] Fen base(AreaId area, int year, std::int64_t ppm) const {
        Cell const& cell = at(area, year);
        std::int64_t const held =
            ppm < cell.floor ? cell.floor : (ppm > cell.ceiling ? cell.ceiling : ppm);
        return Fen((cell.wage * held + 500'000) / 1'000'000);
    }

    struct Cell {
        std::int64_t wage = 0;  ///< fen
        std::int32_t floor = 0; ///< parts per million
        std::int32_t ceiling = 0;
    };
    [[nodiscard]] Cell const& at(AreaId area, int year) const {
        return cells_[row(area) * years_ + static_cast<std::size_t>(year - first_year_)];
    }

  private:
    int first_year_ = 0;
    std::size_t years_ = 0;
    std::vector<Cell> cells_;
};

/// An agreement that exempts from contributions, as far as drawing needs it.
struct ExemptRight {
    CountryCode nationality{};
    YearMonth from = YearMonth::first();
    int months_max = 0; ///< 0: no limit
};

struct World {
    std::vector<GroupTables> groups;
    std::vector<std::string> group_names;
    random::Choice group;
    std::vector<ExemptRight> agreements;
    YearMonth certificates_from = YearMonth::first(); ///< order-41-2019, art. 11
    random::Exponential exponential;
};

} // namespace pensim::world

// What simulated populations are calibrated to, checked: moves between areas, death rates,
// residents from outside the mainland, insured persons, places on a map. Formats:
// scenarios/data/README.md. Each table is loaded where a scenario needs it: they speak of the areas
// of the shipped areas.csv.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/area/area_table.hpp"
#include "core/record/life.hpp"
#include "sim/data/shipped.hpp"

namespace pensim::data {

/// Who lived where, then and now: persons in the sample, of one census or survey.
struct MigrationTable {
    std::string period;    ///< "2015-2020": then = five years before; "birth-2010": then = at birth
    std::size_t areas = 0; ///< those that always exist, AreaTable::default_count()
    /// [origin * areas + destination]. The diagonal are those who stayed; of births nobody counted
    /// them, and it is zero.
    std::vector<std::int64_t> persons;

    [[nodiscard]] bool since_birth() const { return period.starts_with("birth-"); }
    [[nodiscard]] std::int64_t at(AreaId origin, AreaId destination) const {
        return persons[row(origin) * areas + row(destination)];
    }
};

/// migration.csv, by period.
[[nodiscard]] Result<std::vector<MigrationTable>> load_migration(TableSource const& source,
                                                                 AreaTable const& areas);
[[nodiscard]] MigrationTable const* find_migration(std::vector<MigrationTable> const& tables,
                                                   std::string_view period);

/// Deaths a person-year (central rates): of each year and age group one rate a sex.
struct MortalityTable {
    std::string name;           ///< "CN", "HK", "MO", "TW", or one of the user's
    std::vector<int> mid_years; ///< evenly spaced
    std::vector<int> ages;      ///< where each group begins: 0, 1, 5, 10 ... 100
    std::vector<double> male;   ///< [year * ages.size() + age], both as positions above
    std::vector<double> female;

    [[nodiscard]] double at(Sex sex, std::size_t year, std::size_t age) const {
        return (sex == Sex::male ? male : female)[year * ages.size() + age];
    }
};

/// mortality.csv, by name.
[[nodiscard]] Result<std::vector<MortalityTable>> load_mortality(TableSource const& source);
[[nodiscard]] MortalityTable const* find_mortality(std::vector<MortalityTable> const& tables,
                                                   std::string_view name);

/// Insured with the employees' pension at the end of a year.
struct Insured {
    std::optional<AreaId> area; ///< none: the nation
    int year = 0;
    std::int64_t active = 0;
    std::int64_t retirees = 0;
};

/// insured.csv: the nation first, then the areas in their order, each by year. The areas that
/// always exist all have the same years, without a gap.
[[nodiscard]] Result<std::vector<Insured>> load_insured(TableSource const& source,
                                                        AreaTable const& areas);
[[nodiscard]] Insured const*
find_insured(std::vector<Insured> const& rows, std::optional<AreaId> area, int year);

/// Where an area stands on a map in degrees, and on one of equal squares.
struct AreaPlace {
    AreaId area{};
    double longitude = 0;
    double latitude = 0;
    int tile_column = 0; ///< from 0, west to east
    int tile_row = 0;    ///< from 0, north to south
};

/// area_places.csv, in the order of the areas; the areas that always exist are all there.
[[nodiscard]] Result<std::vector<AreaPlace>> load_places(TableSource const& source,
                                                         AreaTable const& areas);

} // namespace pensim::data

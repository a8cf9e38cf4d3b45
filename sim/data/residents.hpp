// Who lives on the mainland without being of it, checked: residents from Hong Kong, Macau, Taiwan
// and abroad. Formats: scenarios/data/README.md. Loaded where a scenario needs it, as
// world_tables.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/area/area_table.hpp"
#include "core/record/life.hpp"
#include "sim/data/shipped.hpp"

namespace pensim::data {

struct AreaCount {
    AreaId area{};
    std::int64_t persons = 0;
};
struct OriginCount {
    Group origin = Group::foreign;
    Sex sex = Sex::male;
    std::int64_t persons = 0;
};
struct OriginWeight {
    AreaId area{};
    Group origin = Group::foreign;
    double weight = 0; ///< above zero
};

/// Residents from Hong Kong, Macau, Taiwan and abroad in 2020. Nobody published area x origin: fit
/// the seed to both margins, which have the same sum.
struct Residents {
    std::vector<AreaCount> by_area;     ///< each area that always exists, in their order
    std::vector<OriginCount> by_origin; ///< each of the four groups, male before female
    std::vector<OriginWeight> seed;     ///< each pair, area by area
};

/// residents_2020.csv, residents_origin.csv, residents_seed.csv.
[[nodiscard]] Result<Residents> load_residents(TableSource const& source, AreaTable const& areas);

struct NationalityCount {
    CountryCode nationality{};
    std::int64_t persons = 0;
};

/// foreign_nationalities.csv, by code. `country_codes` are those of countries.csv.
[[nodiscard]] Result<std::vector<NationalityCount>>
load_nationalities(TableSource const& source, std::vector<std::string> const& country_codes);

} // namespace pensim::data

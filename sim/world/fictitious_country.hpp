// A country that does not exist, of any number of areas: to try rules and the program's size on.
//
// Areas lie at random places of a square; their sizes and wages are lognormal; moves follow a
// gravity model (flows in proportion to the size of the destination, its wage to a power, and a
// negative power of the distance). Everything follows from the seed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/area/area_table.hpp"
#include "core/record/average_wage.hpp"

namespace pensim::world {

struct FictitiousSpec {
    int areas = 0; ///< 2 to 2000
    std::uint64_t seed = 0;
    double size_sigma = 1;         ///< of the logarithm of an area's people
    double wage_sigma = 0.2;       ///< of the logarithm of an area's wage over the nation's
    double moving_per_year = 0.02; ///< mean hazard of leaving an area
    double distance_power = 1;
    double wage_power = 1;
    int destinations = 40; ///< the most attractive ones that people go to
    std::string source;
};

struct FictitiousCountry {
    AreaTable areas;                   ///< "A001", "A002" ...
    AverageWages wages;                ///< the nation's wages times each area's level
    std::vector<double> people;        ///< weights by area
    std::vector<double> monthly_moves; ///< row-major transition matrix of a month
};

/// `nation` gives the level of wages: the mean over its `nation_areas` areas, year by year.
[[nodiscard]] FictitiousCountry
make_country(FictitiousSpec const& spec, AverageWages const& nation, std::size_t nation_areas);

} // namespace pensim::world

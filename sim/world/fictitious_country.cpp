#include "sim/world/fictitious_country.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "sim/random/stream.hpp"
#include "sim/random/tables.hpp"

namespace pensim::world {

namespace {

using random::tabled;

struct Place {
    double x = 0;
    double y = 0;
    double size = 0;
    double wage = 0;
};

std::vector<Place> draw_places(FictitiousSpec const& spec) {
    random::LogNormal const size(spec.size_sigma);
    random::LogNormal const wage(spec.wage_sigma);
    std::vector<Place> places;
    for (int i = 0; i < spec.areas; ++i) {
        random::Stream stream(
            {spec.seed, 0}, static_cast<std::uint64_t>(i), random::Purpose::world);
        constexpr double two_to_32 = 4294967296.0;
        double const x = stream.next() / two_to_32;
        double const y = stream.next() / two_to_32;
        double const people = static_cast<double>(size.draw_ppm(stream.next())) / 1e6;
        double const level = static_cast<double>(wage.draw_ppm(stream.next())) / 1e6;
        places.push_back({x, y, people, level});
    }
    return places;
}

/// How much each area draws people of area i: the best few, the rest 0.
std::vector<double>
pull_on(std::vector<Place> const& places, std::size_t i, FictitiousSpec const& spec) {
    std::vector<double> pull(places.size());
    for (std::size_t j = 0; j < places.size(); ++j) {
        if (j == i) {
            continue;
        }
        double const dx = places[j].x - places[i].x;
        double const dy = places[j].y - places[i].y;
        double const near = 0.01; // two areas are never closer than a hundredth of the country
        double const distance = std::max(near, std::sqrt(dx * dx + dy * dy));
        pull[j] = tabled(places[j].size * std::pow(places[j].wage, spec.wage_power)
                         * std::pow(distance, -spec.distance_power));
    }
    std::vector<double> order = pull;
    auto const kept = std::min(order.size(), static_cast<std::size_t>(spec.destinations));
    auto const last = order.begin() + static_cast<std::ptrdiff_t>(kept - 1);
    std::nth_element(order.begin(), last, order.end(), std::greater<>());
    double const least = *last;
    for (double& p : pull) {
        p = p < least ? 0 : p;
    }
    return pull;
}

} // namespace

FictitiousCountry
make_country(FictitiousSpec const& spec, AverageWages const& nation, std::size_t nation_areas) {
    PENSIM_EXPECT(spec.areas >= 2 && spec.destinations >= 1);
    std::vector<Place> const places = draw_places(spec);
    std::size_t const n = places.size();
    FictitiousCountry country;
    std::vector<Area> areas;
    std::vector<Fen> wages;
    for (std::size_t i = 0; i < n; ++i) {
        auto const number = fmt::format("{:03}", i + 1);
        areas.push_back({"A" + number, "Area " + number, "地区" + number, std::nullopt});
        country.people.push_back(places[i].size);
        auto const level = Rate::ppm(std::llround(places[i].wage * 1e6));
        for (int year = nation.first_year(); year <= nation.last_year(); ++year) {
            Fen sum;
            for (std::size_t a = 0; a < nation_areas; ++a) {
                sum += nation.at(static_cast<AreaId>(a), year);
            }
            Fen const mean = divide_half_up(sum.count(), static_cast<std::int64_t>(nation_areas));
            wages.push_back(std::max(Fen{1}, times(mean, level))); // somebody divides by it
        }
    }
    country.areas = AreaTable(std::move(areas), n);
    country.wages = AverageWages(
        nation.first_year(), nation.last_year() - nation.first_year() + 1, std::move(wages));

    double const leaving = -std::expm1(-spec.moving_per_year / 12);
    country.monthly_moves.assign(n * n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
        std::vector<double> const pull = pull_on(places, i, spec);
        double const sum = std::accumulate(pull.begin(), pull.end(), 0.0);
        for (std::size_t j = 0; j < n; ++j) {
            country.monthly_moves[i * n + j] = j == i ? 1 - leaving : leaving * pull[j] / sum;
        }
    }
    return country;
}

} // namespace pensim::world

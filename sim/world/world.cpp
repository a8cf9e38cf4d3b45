#include "sim/world/world.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace pensim::world {

namespace {

/// Height of a density, or of any line through points, at x; outside: 0 or the nearest end.
double height(std::vector<std::pair<double, double>> const& points, double x, bool ends_hold) {
    if (points.empty() || x < points.front().first || x > points.back().first) {
        return points.empty() || !ends_hold ? 0
               : x < points.front().first   ? points.front().second
                                            : points.back().second;
    }
    auto const after = std::find_if(
        points.begin() + 1, points.end(), [&](auto const& point) { return point.first >= x; });
    if (after == points.end()) {
        return points.back().second;
    }
    auto const& [x1, y1] = *after;
    auto const& [x0, y0] = *(after - 1);
    return x1 > x0 ? y0 + (y1 - y0) * (x - x0) / (x1 - x0) : y1;
}

/// A density over years as one over months: months since `first` (also in months), up to its last
/// point.
struct MonthDensity {
    int first = 0;
    std::vector<double> weights;
};

MonthDensity by_months(Density const& density) {
    MonthDensity months;
    PENSIM_EXPECT(density.points.size() >= 2);
    months.first = static_cast<int>(std::floor(density.points.front().first * 12));
    int const last = static_cast<int>(std::ceil(density.points.back().first * 12));
    for (int month = months.first; month < last; ++month) {
        months.weights.push_back(random::tabled(height(density.points, (month + 0.5) / 12, false)));
    }
    return months;
}

std::int64_t parts(double share) {
    return std::llround(random::tabled(share) * 1e6);
}

/// The hazard a month of something that lasts whole months, one at least, with this mean.
double ending_rate(double mean_months) {
    return mean_months > 1 ? -std::log1p(-1 / mean_months)
                           : std::numeric_limits<double>::infinity();
}

} // namespace

GroupTables make_tables(GroupSpec const& spec) {
    GroupTables t;
    t.group = spec.group;
    t.male = random::Chance(spec.male);
    t.management = random::Chance(spec.management);
    t.permanent_resident = random::Chance(spec.permanent_resident);
    std::vector<double> weights;
    for (auto const& [code, weight] : spec.nationalities) {
        t.nationalities.push_back(code);
        weights.push_back(weight);
    }
    if (!weights.empty()) {
        t.nationality = random::Choice(weights);
    }
    MonthDensity const years = by_months(spec.entry.years);
    t.entry_first = YearMonth(years.first / 12, years.first % 12 + 1);
    t.entry_month = random::Choice(years.weights);
    MonthDensity const ages = by_months(spec.entry.ages);
    t.entry_age_first = ages.first;
    t.entry_age = random::Choice(ages.weights);
    t.first_area = random::Choice(spec.first_area.weights);
    if (!spec.home.at.weights.empty()) {
        t.home = random::Choice(spec.home.at.weights);
    }
    t.stays_home = random::Chance(spec.home.stays);
    t.return_rate = spec.moving.return_home_per_year / 12;
    t.leaves_money = random::Chance(spec.moving.leaves_money);
    t.kind = random::Choice(std::array{1 - spec.paying.self_employed - spec.paying.flexible > 0
                                           ? 1 - spec.paying.self_employed - spec.paying.flexible
                                           : 0.0,
                                       spec.paying.self_employed,
                                       spec.paying.flexible});
    t.gap_rate = spec.paying.gap_per_year / 12;
    t.gap_end_rate = ending_rate(spec.paying.gap_months);
    t.person_wage = random::LogNormal(spec.wage.person_sigma);
    t.spell_wage = random::LogNormal(spec.wage.spell_sigma);
    for (int age = 0; age < GroupTables::ages; ++age) {
        double const factor = spec.wage.ages.empty() ? 1 : height(spec.wage.ages, age, true);
        t.wage_ppm[static_cast<std::size_t>(age)] = parts(factor * spec.wage.level);
    }
    t.alone_ppm = parts(spec.wage.flexible_level);
    t.leaving_rate = spec.leaving.per_year / 12;
    t.ends_relation = random::Chance(spec.leaving.ends_relation);
    t.comes_back = random::Chance(spec.leaving.comes_back);
    t.away_end_rate = ending_rate(spec.leaving.away_months);
    t.exempt = random::Chance(spec.exempt.share);
    t.exempt_months = spec.exempt.months;
    t.claims_early = random::Chance(spec.claim.early);
    t.claims_late = random::Chance(spec.claim.late);
    ShortSpec const& s = spec.when_short;
    t.elects_last_area = random::Chance(s.elects_last_area);
    double const acts = s.extends + s.lump_sum + s.resident_scheme + s.ends_relation;
    t.when_short = random::Choice(std::array{
        s.extends, s.lump_sum, s.resident_scheme, s.ends_relation, std::max(0.0, 1 - acts)});
    return t;
}

BaseLimits::BaseLimits(law::RuleBook const& book, AverageWages const& wages, std::size_t areas)
    : first_year_(YearMonth::first_year),
      years_(static_cast<std::size_t>(YearMonth::last_year - YearMonth::first_year + 1)) {
    for (std::size_t i = 0; i < areas; ++i) {
        auto const area = static_cast<AreaId>(i);
        for (int year = YearMonth::first_year; year <= YearMonth::last_year; ++year) {
            YearMonth const january(year, 1);
            auto const limit = [&](law::Dated<law::AreaRate> const& dated) {
                return static_cast<std::int32_t>(dated.at(january).at(area).parts());
            };
            // So that base() needs no check of its own.
            static_cast<void>(wages.at(area, year - 1)
                                  * std::max(limit(book.contribution.base_floor),
                                             limit(book.contribution.base_ceiling))
                              + Fen(500'000));
            cells_.push_back({wages.at(area, year - 1).count(),
                              limit(book.contribution.base_floor),
                              limit(book.contribution.base_ceiling)});
        }
    }
}

} // namespace pensim::world

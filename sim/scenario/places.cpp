#include "sim/scenario/places.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "core/law/words.hpp"
#include "sim/data/residents.hpp"
#include "sim/input/json_document.hpp"
#include "sim/input/suggestion.hpp"
#include "sim/world/gravity.hpp"
#include "sim/world/margins.hpp"
#include "sim/world/mobility.hpp"
#include "sim/world/mobility_forecast.hpp"

namespace pensim::scenario {

namespace {

using world::SquareMatrix;

constexpr int census_years = 5; ///< between the two residences that a census asks for

SquareMatrix counts_of(data::MigrationTable const& table) {
    SquareMatrix counts = SquareMatrix::zero(static_cast<int>(table.areas));
    for (std::size_t i = 0; i < table.persons.size(); ++i) {
        counts.values[i] = static_cast<double>(table.persons[i]);
    }
    return counts;
}

world::Margins margins_of(SquareMatrix const& counts, double scale) {
    world::Margins margins;
    margins.rows.resize(static_cast<std::size_t>(counts.size));
    margins.columns.resize(static_cast<std::size_t>(counts.size));
    for (int i = 0; i < counts.size; ++i) {
        for (int j = 0; j < counts.size; ++j) {
            margins.rows[static_cast<std::size_t>(i)] += counts.at(i, j) * scale;
            margins.columns[static_cast<std::size_t>(j)] += counts.at(i, j) * scale;
        }
    }
    return margins;
}

/// The table with the margins of a newer one: people at the start and at the end of its five years.
Result<SquareMatrix> fitted_to(SquareMatrix const& counts, SquareMatrix const& newer) {
    auto const n = counts.size;
    return world::adjust_to_margins({n, n, counts.values}, margins_of(newer, 1))
        .and_then([&](world::MarginFit const& fit) -> Result<SquareMatrix> {
            if (!fit.converged) {
                return tl::make_unexpected(Problems{
                    {"#/margins", "the margins of the newer matrix are out of its reach"}});
            }
            return SquareMatrix{n, fit.table.values};
        });
}

/// "1995-2000": the years.
world::Period years_of(std::string const& period) {
    world::Period years;
    std::from_chars(
        period.data(), period.data() + std::min<std::size_t>(4, period.size()), years.from_year);
    if (period.size() > 5) {
        std::from_chars(period.data() + 5, period.data() + period.size(), years.to_year);
    }
    return years;
}

/// Share of the population that a census counted: scenarios/data/README.md.
double sampled_share(std::string const& period) {
    constexpr double long_form = 0.1;
    constexpr double survey_2005 = 0.0131;
    return period == "2000-2005" ? survey_2005 : long_form;
}

/// Residents of one origin by area: the seed fitted to both margins of the census.
Result<std::vector<double>> residents_by_area(data::Residents const& residents, Group group) {
    constexpr int origins = 4; // Hong Kong, Macau, Taiwan, foreign
    auto const areas = static_cast<int>(residents.by_area.size());
    auto seed = world::RectangularMatrix::zero(areas, origins);
    world::Margins margins;
    margins.columns.resize(origins);
    for (int i = 0; i < areas; ++i) {
        auto const& count = residents.by_area[static_cast<std::size_t>(i)];
        margins.rows.push_back(static_cast<double>(count.persons));
    }
    for (auto const& origin : residents.by_origin) {
        margins.columns[static_cast<std::size_t>(origin.origin)] +=
            static_cast<double>(origin.persons);
    }
    for (auto const& weight : residents.seed) {
        seed.at(row(weight.area), static_cast<int>(weight.origin)) = weight.weight;
    }
    return world::adjust_to_margins(seed, margins).map([&](world::MarginFit const& fit) {
        std::vector<double> weights;
        weights.reserve(static_cast<std::size_t>(areas));
        for (int i = 0; i < areas; ++i) {
            weights.push_back(fit.table.at(i, static_cast<int>(group)));
        }
        return weights;
    });
}

} // namespace

Result<data::MigrationTable const*> PlaceTables::migration(std::string const& period,
                                                           std::string const& pointer) {
    if (!migration_) {
        auto loaded = data::load_migration(source_, areas_);
        if (!loaded) {
            return tl::make_unexpected(loaded.error());
        }
        migration_ = std::move(*loaded);
    }
    auto const five_years = [](data::MigrationTable const& table) {
        world::Period const years = years_of(table.period);
        return !table.since_birth() && years.to_year - years.from_year == census_years;
    };
    auto const* const table = data::find_migration(*migration_, period);
    if (table != nullptr && five_years(*table)) {
        return table;
    }
    std::vector<std::string_view> known;
    for (auto const& other : *migration_) {
        if (five_years(other)) {
            known.push_back(other.period);
        }
    }
    return tl::make_unexpected(Problems{
        {pointer,
         table == nullptr
             ? input::unknown("period", period, known)
             : input::in_quotes(period) + " does not compare two places five years apart"}});
}

Result<std::vector<double>> PlaceTables::weights(std::string_view table, Group group) {
    auto const all_areas = [&](std::vector<double> weights) {
        weights.resize(areas_.size());
        return weights;
    };
    if (table == "residents") {
        if (group == Group::mainland) {
            return tl::make_unexpected(
                Problems{{"#/table", R"("residents" are those from outside the mainland)"}});
        }
        return data::load_residents(source_, areas_)
            .and_then([&](data::Residents const& r) { return residents_by_area(r, group); })
            .map(all_areas);
    }
    if (table == "insured") {
        return data::load_insured(source_, areas_).map([&](auto const& rows) {
            std::vector<double> weights(areas_.default_count());
            for (data::Insured const& insured : rows) { // by year: the last one stays
                if (insured.area) {
                    weights[row(*insured.area)] = static_cast<double>(insured.active);
                }
            }
            return all_areas(weights);
        });
    }
    // "population": where people of the last census lived five years before it.
    return migration("2015-2020", "#/table").map([&](data::MigrationTable const* matrix) {
        return all_areas(margins_of(counts_of(*matrix), 1).rows);
    });
}

Result<MonthlyFlows> PlaceTables::monthly_flows(world::MovingSpec const& spec) {
    auto const table = migration(spec.period, "#/period");
    auto const newer = migration(spec.margins.value_or(spec.period), "#/margins");
    Problems problems = table ? Problems{} : table.error();
    if (!newer && spec.margins) {
        problems.insert(problems.end(), newer.error().begin(), newer.error().end());
    }
    if (!problems.empty()) {
        return tl::make_unexpected(std::move(problems));
    }
    return (spec.margins ? fitted_to(counts_of(**table), counts_of(**newer))
                         : Result<SquareMatrix>(counts_of(**table)))
        .and_then(
            [&](SquareMatrix const& counts) { return world::fit_generator(counts, census_years); })
        .map([&](world::GeneratorFit fit) {
            for (double& rate : fit.rates.values) {
                rate *= spec.scale;
            }
            SquareMatrix const monthly = world::transition(fit.rates, 1.0 / 12);
            MonthlyFlows flows;
            flows.repaired_entries = fit.repaired_entries;
            flows.largest_error = fit.largest_error;
            flows.mean_error = fit.mean_error;
            std::size_t const n = areas_.size();
            flows.monthly.assign(n * n, 0.0);
            for (std::size_t i = 0; i < n; ++i) {
                for (std::size_t j = 0; j < n; ++j) {
                    bool const inside = i < areas_.default_count() && j < areas_.default_count();
                    flows.monthly[i * n + j] =
                        inside ? monthly.at(static_cast<int>(i), static_cast<int>(j))
                               : (i == j ? 1 : 0);
                }
            }
            return flows;
        });
}

Result<std::vector<double>> PlaceTables::moved_shares(std::string const& period) {
    return migration(period, "#/period").map([&](data::MigrationTable const* table) {
        SquareMatrix const counts = counts_of(*table);
        std::vector<double> shares(areas_.size());
        auto const start = margins_of(counts, 1).rows;
        for (int i = 0; i < counts.size; ++i) {
            auto const area = static_cast<std::size_t>(i);
            shares[area] = 1 - counts.at(i, i) / start[area];
        }
        return shares;
    });
}

Result<ForecastErrors> PlaceTables::forecast(std::vector<std::string> const& known,
                                             std::string const& period) {
    Problems problems;
    auto const target = migration(period, "#/period");
    if (!target) {
        problems = target.error();
    }
    std::vector<world::MigrationTable> history;
    for (std::size_t i = 0; i < known.size(); ++i) {
        std::string const& name = known[i];
        std::string const at = input::child("#/known", i);
        auto const table = migration(name, at);
        if (!table) {
            problems.insert(problems.end(), table.error().begin(), table.error().end());
            continue;
        }
        world::Period const years = years_of(name);
        if (target && years.to_year > years_of(period).from_year) {
            problems.push_back({at, fmt::format("{} is not over when {} begins", name, period)});
        }
        if (!history.empty() && years.from_year <= history.back().period.from_year) {
            problems.push_back({at, fmt::format("{} does not come after the one before", name)});
            continue; // a long list keeps few tables
        }
        history.push_back({years, sampled_share(name), counts_of(**table)});
    }
    if (!problems.empty()) {
        return tl::make_unexpected(std::move(problems));
    }
    auto const places = data::load_places(source_, areas_);
    if (!places) {
        return tl::make_unexpected(places.error());
    }
    std::vector<world::GeoPoint> points;
    for (data::AreaPlace const& place : *places) {
        points.push_back({place.longitude, place.latitude});
    }
    points.resize(areas_.default_count());
    auto const observed =
        world::movers({years_of(period), sampled_share(period), counts_of(**target)});
    auto const carried_on =
        world::predict_with({world::ForecastMethod::generator, 0}, history, years_of(period));
    auto const gravity = world::predict_by_gravity(history.back(), world::distances_km(points));
    if (!gravity) {
        return tl::make_unexpected(gravity.error());
    }
    if (!carried_on) {
        return tl::make_unexpected(Problems{{"", "the last known matrix has no stayers"}});
    }
    auto const error = [&](SquareMatrix const& predicted) {
        return world::forecast_error(predicted, observed).share_misplaced;
    };
    return ForecastErrors{
        error(*carried_on), error(world::movers(history.back())), error(*gravity)};
}

Result<std::shared_ptr<world::Survival const>>
PlaceTables::survival(world::MortalitySpec const& spec) {
    if (!mortality_) {
        auto loaded = data::load_mortality(source_);
        if (!loaded) {
            return tl::make_unexpected(loaded.error());
        }
        mortality_ = std::move(*loaded);
    }
    auto const* const table = data::find_mortality(*mortality_, spec.table);
    if (table == nullptr) {
        std::vector<std::string_view> known;
        for (auto const& t : *mortality_) {
            known.push_back(t.name);
        }
        return tl::make_unexpected(
            Problems{{"#/table", input::unknown("life table", spec.table, known)}});
    }
    world::DeathRates const rates{table->mid_years, table->ages, {table->male, table->female}};
    return std::make_shared<world::Survival const>(rates, spec.scale);
}

} // namespace pensim::scenario

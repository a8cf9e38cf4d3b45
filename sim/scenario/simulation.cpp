#include "sim/scenario/simulation.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numeric>

#include <fmt/format.h>

#include "sim/input/suggestion.hpp"
#include "sim/rules/rule_files.hpp"
#include "sim/scenario/places.hpp"

namespace pensim::scenario {

using world::GroupSpec;

/// Fills a simulation part by part; faults add up.
class Preparation {
  public:
    Preparation(Scenario scenario, data::TableSource const& source)
        : source_(source), made_(new Simulation) {
        made_->scenario = std::move(scenario);
    }

    Result<std::unique_ptr<Simulation>> run(RulesChoice const& rules) {
        auto tables = data::load_tables(source_);
        if (!tables) {
            return tl::make_unexpected(tables.error());
        }
        made_->tables = std::move(*tables);
        places_ = std::make_unique<PlaceTables>(source_, made_->tables.areas);
        build_country();
        load_rules(rules);
        build_groups();
        resolve_targets();
        if (!problems_.empty()) {
            return tl::make_unexpected(problems_);
        }
        made_->limits =
            world::BaseLimits(made_->law->book(), made_->tables.wages, made_->tables.areas.size());
        find_people();
        if (!problems_.empty()) {
            return tl::make_unexpected(problems_);
        }
        return std::move(made_);
    }

  private:
    Scenario& scenario() { return made_->scenario; }
    template <class T>
    std::optional<T> keep(Result<T> result, std::string const& where) {
        if (result) {
            return std::move(*result);
        }
        for (Problem& problem : result.error()) {
            problems_.push_back(
                {where.empty()
                     ? problem.where
                     : fmt::format(
                         "{}{}{}", where, problem.where.empty() ? "" : ": ", problem.where),
                 std::move(problem.what)});
        }
        return std::nullopt;
    }

    void build_country() {
        if (!scenario().country) {
            return;
        }
        data::Tables& tables = made_->tables;
        country_ =
            world::make_country(*scenario().country, tables.wages, tables.areas.default_count());
        tables.areas = country_->areas;
        tables.wages = country_->wages;
        tables.urban_income.clear();
    }

    void load_rules(RulesChoice const& wanted) {
        std::string const& name = wanted.name.empty() ? scenario().rules : wanted.name;
        bool const beside = wanted.name.empty() && name.ends_with(".json");
        std::string const path =
            beside ? (std::filesystem::path(scenario().folder) / name).string() : name;
        auto loaded = wanted.text.empty() ? rules::load_rules(path, made_->tables)
                                          : rules::read_rules(name, wanted.text, made_->tables);
        if (auto book = keep(std::move(loaded), "")) {
            made_->law = std::make_unique<cases::Law>(std::move(*book), made_->tables);
        }
    }

    std::vector<double>
    weights_of(world::Places const& places, Group group, std::string const& at) {
        if (!places.weights.empty()) {
            return places.weights;
        }
        if (places.table == "country") {
            return country_->people;
        }
        return keep(places_->weights(places.table, group), at).value_or(std::vector<double>{});
    }

    /// The matrix of a month behind a group's moves; empty when it cannot be made.
    std::vector<double> monthly_moves(GroupSpec const& spec, std::string const& at) {
        using Model = world::MovingSpec::Model;
        std::size_t const n = made_->tables.areas.size();
        switch (spec.moving.model) {
        case Model::gravity:
            return scale_moves(country_->monthly_moves, n, spec.moving.scale);
        case Model::places: {
            auto const weights = weights_of(
                spec.first_area.given() ? spec.first_area : spec.home.at, spec.group, at);
            return weights.empty() ? weights
                                   : world::monthly_by_places(weights, spec.moving.per_year);
        }
        case Model::flows: {
            auto const fitted = keep(places_->monthly_flows(spec.moving), at);
            if (!fitted) {
                return {};
            }
            made_->moving_fits.push_back({spec.name,
                                          spec.moving.period,
                                          fitted->repaired_entries,
                                          fitted->largest_error,
                                          fitted->mean_error});
            return fitted->monthly;
        }
        case Model::none:
            break;
        }
        return scale_moves(std::vector<double>(n * n), n, 0);
    }

    /// Off-diagonal chances times a factor; the diagonal takes the rest.
    static std::vector<double>
    scale_moves(std::vector<double> monthly, std::size_t n, double factor) {
        for (std::size_t i = 0; i < n; ++i) {
            double leaving = 0;
            for (std::size_t j = 0; j < n; ++j) {
                if (j != i) {
                    monthly[i * n + j] *= factor;
                    leaving += monthly[i * n + j];
                }
            }
            monthly[i * n + i] = 1 - leaving;
        }
        return monthly;
    }

    void build_groups() {
        for (law::Agreement const& agreement : made_->tables.agreements) {
            if (agreement.employee_scheme) {
                made_->world.agreements.push_back({agreement.nationality,
                                                   agreement.in_force,
                                                   agreement.detached_months_total.value_or(0)});
            }
        }
        made_->world.certificates_from = law::certificates_lawful_from;
        std::vector<double> shares;
        for (GroupSpec& spec : scenario().groups) {
            std::string const at = "/groups/" + spec.name;
            if (spec.home.at.given()) {
                spec.home.at.weights = weights_of(spec.home.at, spec.group, at + "/home/at");
                spec.first_area.weights = spec.home.at.weights;
            } else {
                spec.first_area.weights =
                    weights_of(spec.first_area, spec.group, at + "/first_area");
            }
            auto const monthly = monthly_moves(spec, at + "/moving");
            auto const survival = keep(places_->survival(spec.mortality), at + "/mortality/table");
            if (spec.first_area.weights.empty() || monthly.empty() || !survival) {
                continue;
            }
            world::GroupTables tables = world::make_tables(spec);
            tables.moving = std::make_shared<world::Moving>(
                monthly, static_cast<int>(made_->tables.areas.size()), spec.moving.age);
            tables.survival = *survival;
            made_->world.groups.push_back(std::move(tables));
            made_->world.group_names.push_back(spec.name);
            shares.push_back(spec.share);
        }
        if (problems_.empty()) {
            made_->world.group = random::Choice(shares);
        }
    }

    std::size_t watch_month(YearMonth month) {
        auto& months = made_->watch.months;
        auto const known = std::find(months.begin(), months.end(), month);
        if (known != months.end()) {
            return static_cast<std::size_t>(known - months.begin());
        }
        months.push_back(month);
        return months.size() - 1;
    }

    void resolve_targets() {
        using Measure = Target::Measure;
        for (Target const& target : scenario().targets) {
            std::string const at = "/targets/" + target.id;
            ResolvedTarget resolved;
            resolved.target = &target;
            switch (target.measure) {
            case Measure::insured:
                resolved.watched = watch_month(*target.month);
                break;
            case Measure::insured_by_area: {
                resolved.watched = watch_month(*target.month);
                resolved.shares = weights_of(target.places, target.groups.front(), at + "/places");
                double const sum =
                    std::accumulate(resolved.shares.begin(), resolved.shares.end(), 0.0);
                for (double& share : resolved.shares) {
                    share /= sum;
                }
                break;
            }
            case Measure::movers_by_area:
                made_->watch.moves_to = *target.month;
                made_->watch.moves_from = *target.month - Months::of_years(5);
                resolved.shares = keep(places_->moved_shares(target.period), at + "/period")
                                      .value_or(std::vector<double>{});
                break;
            case Measure::forecast:
                if (auto const errors = keep(places_->forecast(target.known, target.period), at)) {
                    made_->forecasts.push_back(
                        {target.id, errors->generator, errors->unchanged, errors->gravity});
                }
                continue;
            }
            made_->targets.push_back(std::move(resolved));
        }
    }

    /// The people of the scenario: given, or so many that the pilot's lives meet the target.
    void find_people() {
        made_->people = scenario().population.people;
        std::string const& id = scenario().population.calibrated_to;
        if (id.empty()) {
            return;
        }
        auto const resolved = std::find_if(made_->targets.begin(),
                                           made_->targets.end(),
                                           [&](auto const& t) { return t.target->id == id; });
        constexpr std::uint64_t pilot_persons = 1U << 16U;
        engine::Tally const tally =
            engine::run_people(made_->setup(), made_->key(pilot_replicate), {0, pilot_persons}, {});
        std::int64_t count = 0;
        for (Group const group : resolved->target->groups) {
            for (std::size_t area = 0; area < made_->tables.areas.size(); ++area) {
                count += tally.paying_at(resolved->watched, group, static_cast<AreaId>(area));
            }
        }
        if (count == 0) {
            problems_.push_back({"/population/calibrated_to",
                                 fmt::format("nobody of {} simulated people pays in {}",
                                             pilot_persons,
                                             resolved->target->month->text())});
            return;
        }
        made_->people = static_cast<std::uint64_t>(
            std::llround(resolved->target->people * static_cast<double>(pilot_persons)
                         / static_cast<double>(count)));
    }

    data::TableSource const& source_;
    std::unique_ptr<Simulation> made_;
    std::unique_ptr<PlaceTables> places_;
    std::optional<world::FictitiousCountry> country_;
    Problems problems_;
};

Result<std::unique_ptr<Simulation>>
prepare(Scenario scenario, data::TableSource const& source, RulesChoice const& rules) {
    return Preparation(std::move(scenario), source).run(rules);
}

} // namespace pensim::scenario

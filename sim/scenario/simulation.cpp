#include "sim/scenario/simulation.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numeric>

#include <fmt/format.h>

#include "sim/input/limits.hpp"
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
        bool const other_rules = !rules.name.empty() || !rules.text.empty();
        if (too_many_groups()) {
            return tl::make_unexpected(problems_);
        }
        bool const calibrated = !scenario().population.calibrated_to.empty();
        // How many people there are does not depend on the rules that are tried on them.
        load_rules(calibrated ? RulesChoice{} : rules);
        build_groups();
        resolve_targets();
        find_people();
        if (calibrated && other_rules && problems_.empty()) {
            load_rules(rules);
            set_limits();
        }
        if (!problems_.empty()) {
            return tl::make_unexpected(problems_);
        }
        return std::move(made_);
    }

  private:
    Scenario& scenario() { return made_->scenario; }
    /// A fault of the scenario, in the file that says so.
    void fault(std::string const& pointer, std::string what) {
        problems_.push_back({place_of(scenario().files, pointer), std::move(what)});
    }
    /// Faults of the scenario stand below `pointer`; those of a table are told once.
    template <class T>
    std::optional<T> keep(Result<T> result, std::string const& pointer) {
        if (result) {
            return std::move(*result);
        }
        for (Problem& problem : result.error()) {
            if (problem.where.empty() || problem.where.starts_with('#')) {
                std::string const below = problem.where.empty() ? "" : problem.where.substr(1);
                fault(pointer + below, std::move(problem.what));
            } else if (std::find(problems_.begin(), problems_.end(), problem) == problems_.end()) {
                problems_.push_back(std::move(problem));
            }
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

    /// More than memory should hold, with a fault.
    bool too_many_groups() {
        std::size_t const areas = made_->tables.areas.size();
        std::size_t const most =
            std::max<std::size_t>(1, input::moving_chances_max / (areas * areas));
        bool const more = scenario().groups.size() > most;
        if (more) {
            fault("/groups",
                  fmt::format("{} groups; expected at most {} with {} areas",
                              scenario().groups.size(),
                              most,
                              areas));
        }
        return more;
    }

    void load_rules(RulesChoice const& wanted) {
        std::string const& name = wanted.name.empty() ? scenario().rules : wanted.name;
        bool const own = wanted.name.empty() && wanted.text.empty();
        std::string const folder = own ? scenario().folder : "";
        auto loaded = wanted.text.empty() ? rules::load_rules(name, made_->tables, folder)
                                          : rules::read_rules(name, wanted.text, made_->tables);
        std::string const beside = (std::filesystem::path(folder) / name).string();
        std::string const where = loaded ? "" : loaded.error().front().where;
        std::error_code ignored;
        bool const there = std::filesystem::exists(beside, ignored);
        if (own && !there && where == beside && name.ends_with(".json")) {
            fault("/rules", input::in_quotes(name) + " is not there; it stands beside this file");
        } else if (own && !there && where == name) { // the name itself is wrong
            fault("/rules", loaded.error().front().what);
        } else if (auto book = keep(std::move(loaded), "")) {
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
        auto weights = keep(places_->weights(places.table, group), at);
        if (weights && std::accumulate(weights->begin(), weights->end(), 0.0) <= 0) {
            fault(at, fmt::format("nobody is in the table {}", input::in_quotes(places.table)));
            weights.reset();
        }
        return std::move(weights).value_or(std::vector<double>{});
    }

    /// The matrix of a month behind a group's moves; empty when it cannot be made.
    std::vector<double> monthly_moves(GroupSpec const& spec, std::string const& at) {
        using Model = world::MovingSpec::Model;
        std::size_t const n = made_->tables.areas.size();
        switch (spec.moving.model) {
        case Model::gravity:
            if (!leaves_some(country_->monthly_moves, n, spec.moving.scale)) {
                fault(at + "/scale", "more than everybody would leave an area within a month");
                return {};
            }
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

    /// Can the chances of leaving be multiplied so?
    static bool leaves_some(std::vector<double> const& monthly, std::size_t n, double factor) {
        for (std::size_t i = 0; i < n; ++i) {
            if ((1 - monthly[i * n + i]) * factor > 1) {
                return false;
            }
        }
        return true;
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
                                                   agreement.detached_months_total.value_or(
                                                       agreement.detached_months.value_or(0))});
            }
        }
        made_->world.certificates_from = law::certificates_lawful_from;
        std::vector<double> shares;
        for (GroupSpec& spec : scenario().groups) {
            std::string const at = input::child("/groups", spec.name);
            if (spec.home.at.given()) {
                spec.home.at.weights = weights_of(spec.home.at, spec.group, at + "/home/at");
                spec.first_area.weights = spec.home.at.weights;
            } else {
                spec.first_area.weights =
                    weights_of(spec.first_area, spec.group, at + "/first_area");
            }
            check_admitted(spec.first_area.weights,
                           at + (spec.home.at.given() ? "/home/at" : "/first_area"));
            auto const monthly = monthly_moves(spec, at + "/moving");
            auto const survival = keep(places_->survival(spec.mortality), at + "/mortality");
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

    /// Nobody begins in an area that the rules never admit.
    void check_admitted(std::vector<double> const& weights, std::string const& at) {
        AreaTable const& areas = made_->tables.areas;
        for (std::size_t i = areas.default_count(); made_->law && i < weights.size(); ++i) {
            auto const& dated = made_->law->book().area.admitted.entries();
            bool const admitted = std::any_of(dated.begin(), dated.end(), [&](auto const& entry) {
                return std::find(entry.value.begin(), entry.value.end(), static_cast<AreaId>(i))
                       != entry.value.end();
            });
            if (weights[i] > 0 && !admitted) {
                fault(at,
                      fmt::format("{} is no area of its own under the rules {}",
                                  areas.all()[i].id,
                                  input::in_quotes(made_->law->book().id)));
            }
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

    /// By area: where those whom the target counts are known to be.
    std::vector<double> known_shares(Target const& target, std::string const& at) {
        std::vector<double> shares(made_->tables.areas.size());
        for (Group const group : target.groups) {
            auto const weights = weights_of(target.places, group, at);
            for (std::size_t i = 0; i < weights.size(); ++i) {
                shares[i] += weights[i];
            }
        }
        double const sum = std::accumulate(shares.begin(), shares.end(), 0.0);
        for (double& share : shares) {
            share /= sum;
        }
        return shares;
    }

    void resolve_targets() {
        using Measure = Target::Measure;
        for (Target const& target : scenario().targets) {
            std::string const at = input::child("/targets", target.id);
            ResolvedTarget resolved;
            resolved.target = &target;
            switch (target.measure) {
            case Measure::insured:
                resolved.watched = watch_month(*target.month);
                break;
            case Measure::insured_by_area: {
                resolved.watched = watch_month(*target.month);
                resolved.shares = known_shares(target, at + "/places");
                break;
            }
            case Measure::movers_by_area:
                made_->watch.moves_to = *target.month;
                made_->watch.moves_from = *target.month - Months::of_years(5);
                resolved.shares =
                    keep(places_->moved_shares(target.period), at).value_or(std::vector<double>{});
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

    void set_limits() {
        if (problems_.empty()) {
            made_->limits = world::BaseLimits(
                made_->law->book(), made_->tables.wages, made_->tables.areas.size());
        }
    }

    /// The people of the scenario: given, or so many that the pilot's lives meet the target.
    void find_people() {
        set_limits();
        made_->people = scenario().population.people;
        std::string const& id = scenario().population.calibrated_to;
        if (id.empty() || !problems_.empty()) {
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
            fault("/population/calibrated_to",
                  fmt::format("nobody of {} simulated people pays in {}",
                              pilot_persons,
                              resolved->target->month->text()));
            return;
        }
        double const people =
            std::round(resolved->target->people * static_cast<double>(pilot_persons)
                       / static_cast<double>(count));
        if (people < 1 || people > static_cast<double>(random::persons_max)) {
            fault("/population/calibrated_to",
                  fmt::format("{:.0f} people would meet the target; expected 1 to {}",
                              people,
                              random::persons_max));
            return;
        }
        made_->people = static_cast<std::uint64_t>(people);
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

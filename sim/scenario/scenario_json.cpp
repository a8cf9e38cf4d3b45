#include "sim/scenario/scenario_json.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <fmt/format.h>

#include "core/law/words.hpp"
#include "sim/input/json_merge.hpp"
#include "sim/input/suggestion.hpp"
#include "sim/random/stream.hpp"
#include "sim/scenario/fields.hpp"
#include "sim/scenario/group_json.hpp"
#include "sim/scenario/scenario_files.hpp"

namespace pensim::scenario {

namespace {

using input::in_quotes;
using input::JsonValue;
using input::ObjectReader;
using input::Place;
using Type = JsonValue::Type;

// ---- the parts of a scenario ----

/// A name that goes into tables and names of files.
std::optional<std::string> read_id(JsonValue const& json, Place const& place) {
    auto text = input::read_text(json, place);
    auto const letter = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    };
    auto const fits = [&](char c) { return letter(c) || c == '.' || c == '_' || c == '-'; };
    if (text
        && (text->empty() || !letter(text->front())
            || !std::all_of(text->begin(), text->end(), fits))) {
        place.fault(
            in_quotes(*text)
            + R"( is no id; expected letters, digits, ".", "_" and "-", a letter or digit first)");
        return std::nullopt;
    }
    return text;
}

void read_title(JsonValue const& json, Place const& place, Scenario& scenario) {
    ObjectReader reader(json, place.pointer, *place.problems);
    take(reader.required("en", input::read_text), scenario.title_en);
    take(reader.required("zh", input::read_text), scenario.title_zh);
    reader.finish();
}

void read_horizon(JsonValue const& json, Place const& place, Horizon& horizon) {
    ObjectReader reader(json, place.pointer, *place.problems);
    // Money is counted from 1998 on (contract 2.1); the calendar of the program ends in 2199.
    WholeReader const year{1998, YearMonth::last_year};
    auto const first = reader.required("first", year);
    auto const last = reader.required("last", year);
    take(first, horizon.first);
    take(last, horizon.last);
    if (first && last && *last < *first) {
        reader.place("last").fault(
            fmt::format("{} lies before the first year, {}", horizon.last, horizon.first));
    }
    reader.finish();
}

void read_population(JsonValue const& json, Place const& place, Population& population) {
    ObjectReader reader(json, place.pointer, *place.problems);
    take(reader.optional("people", WholeReader{1, random::persons_max}), population.people);
    take(reader.optional("calibrated_to", input::read_text), population.calibrated_to);
    take(reader.required("source", read_source), population.source);
    if (json.is(Type::object)
        && (reader.find("people") == nullptr) == (reader.find("calibrated_to") == nullptr)) {
        place.fault(R"(expected one of "people" and "calibrated_to")");
    }
    reader.finish();
}

void read_run(JsonValue const& json, Place const& place, RunSpec& run) {
    ObjectReader reader(json, place.pointer, *place.problems);
    take(reader.required("persons", WholeReader{1, random::persons_max}), run.persons);
    take(reader.optional("replicates", WholeReader{1, 100'000}), run.replicates);
    take(reader.required("seed", WholeReader{0, UINT64_MAX}), run.seed);
    take(reader.optional("threads", WholeReader{0, 4096}), run.threads);
    reader.finish();
}

world::FictitiousSpec read_country(JsonValue const& json, Place const& place) {
    world::FictitiousSpec spec;
    ObjectReader reader(json, place.pointer, *place.problems);
    NumberReader const power{0, 5, "a power from 0 to 5"};
    NumberReader const sigma{0, 2, "a standard deviation of the logarithm from 0 to 2"};
    take(reader.required("areas", WholeReader{2, input::areas_max}), spec.areas);
    take(reader.required("seed", WholeReader{0, UINT64_MAX}), spec.seed);
    take(reader.required("size_sigma", sigma), spec.size_sigma);
    take(reader.required("wage_sigma", sigma), spec.wage_sigma);
    take(reader.required("moving_per_year", read_rate), spec.moving_per_year);
    take(reader.required("distance_power", power), spec.distance_power);
    take(reader.required("wage_power", power), spec.wage_power);
    take(reader.required("destinations", WholeReader{1, input::areas_max}), spec.destinations);
    take(reader.required("source", read_source), spec.source);
    reader.finish();
    return spec;
}

void read_groups(JsonValue const& json,
                 Place const& place,
                 GroupContext const& context,
                 Scenario& scenario) {
    if (!expect(json, Type::object, place)) {
        return;
    }
    double sum = 0;
    for (auto const& [name, value] : json.members) {
        scenario.groups.push_back(
            read_group(name, value, {input::child(place.pointer, name), place.problems}, context));
        sum += scenario.groups.back().share;
    }
    if (scenario.groups.empty()) {
        place.fault("expected at least one group");
    } else {
        add_up(sum, place);
    }
}

std::optional<YearMonth> read_month(JsonValue const& json, Place const& place) {
    auto const text = input::read_text(json, place);
    auto const month = text ? YearMonth::parse(*text) : std::nullopt;
    if (text && !month) {
        place.fault(in_quotes(*text) + " is no month; expected YYYY-MM from 1900-01 to 2199-12");
    }
    return month;
}

/// Whom a target counts.
std::optional<std::vector<Group>> read_counted(JsonValue const& json, Place const& place) {
    std::vector<Group> groups;
    if (!expect(json, Type::array, place)) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < json.items.size(); ++i) {
        Place const item{input::child(place.pointer, i), place.problems};
        auto const text = input::read_text(json.items[i], item);
        auto const group = text ? from_word<Group>(*text) : std::nullopt;
        if (text && !group) {
            item.fault(input::unknown("group", *text, words<Group>));
        } else if (group && std::find(groups.begin(), groups.end(), *group) != groups.end()) {
            item.fault(in_quotes(*text) + " stands here twice");
        } else if (group) {
            groups.push_back(*group);
        }
    }
    if (json.items.empty()) {
        place.fault("expected at least one group");
    }
    return groups;
}

std::optional<std::vector<std::string>> read_periods(JsonValue const& json, Place const& place) {
    std::vector<std::string> periods;
    if (!expect(json, Type::array, place)) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < json.items.size(); ++i) {
        Place const item{input::child(place.pointer, i), place.problems};
        take(input::read_text(json.items[i], item), periods.emplace_back());
    }
    if (json.items.size() < 2) {
        place.fault("expected two or more earlier matrices");
    }
    return periods;
}

/// What each measure needs.
void check_target(Target const& target,
                  JsonValue const& json,
                  Place const& place,
                  bool own_country) {
    using Measure = Target::Measure;
    auto const needs = [&](std::string_view key, std::string_view what) {
        if (json.find(key) == nullptr) {
            place.fault(fmt::format("\"{}\" is missing: {}", key, what));
        }
    };
    bool const insured =
        target.measure == Measure::insured || target.measure == Measure::insured_by_area;
    if (target.measure != Measure::forecast) {
        needs("month", "such as \"2020-12\"");
    }
    if (insured) {
        needs("groups", "whom to count");
    } else {
        needs("period", "the matrix to compare with");
    }
    if (target.measure == Measure::insured) {
        needs("people", "how many there are known to be");
    } else if (target.measure == Measure::insured_by_area) {
        needs("places", "the shares known by area");
    } else if (target.measure == Measure::forecast) {
        needs("known", "two or more earlier matrices");
    }
    Place const measure{input::child(place.pointer, "measure"), place.problems};
    if (!insured && own_country) {
        measure.fault("matrices are those of the provinces; a country of one's own has none");
    }
    constexpr YearMonth earliest(YearMonth::first_year + 5, 1);
    if (target.measure == Measure::movers_by_area && target.month && *target.month < earliest) {
        place.fault(fmt::format("{} is too early: movers are asked where they were five years "
                                "before",
                                target.month->text()));
    }
}

Target read_target(std::string const& id,
                   JsonValue const& json,
                   Place const& place,
                   GroupContext const& context) {
    using Measure = Target::Measure;
    constexpr std::array<std::string_view, 4> measures{
        "insured", "insured_by_area", "movers_by_area", "forecast"};
    Target target;
    target.id = id;
    ObjectReader reader(json, place.pointer, *place.problems);
    auto const measure = reader.required("measure", input::read_text);
    auto const known =
        measure ? std::find(measures.begin(), measures.end(), *measure) : measures.end();
    if (measure && known == measures.end()) {
        reader.place("measure").fault(input::unknown("measure", *measure, measures));
    }
    target.measure = static_cast<Measure>(known == measures.end() ? 0 : known - measures.begin());
    target.month = reader.optional("month", read_month);
    take(reader.optional("groups", read_counted), target.groups);
    take(reader.optional("people", NumberReader{1, 1e12, "people, above 0"}), target.people);
    if (auto const* const places = reader.find("places")) {
        take(read_places(*places, reader.place("places"), context), target.places);
    }
    take(reader.optional("period", input::read_text), target.period);
    take(reader.optional("known", read_periods), target.known);
    take(reader.required("source", read_source), target.source);
    reader.finish();
    if (measure && known != measures.end()) {
        check_target(target, json, place, context.own_country);
    }
    return target;
}

void read_targets(JsonValue const& json,
                  Place const& place,
                  GroupContext const& context,
                  Scenario& scenario) {
    if (!expect(json, Type::object, place)) {
        return;
    }
    Target const* movers = nullptr;
    scenario.targets.reserve(json.members.size());
    for (auto const& [id, value] : json.members) {
        Place const at{input::child(place.pointer, id), place.problems};
        scenario.targets.push_back(read_target(id, value, at, context));
        Target const& target = scenario.targets.back();
        if (target.measure != Target::Measure::movers_by_area || !target.month) {
            continue;
        }
        if (movers != nullptr && *movers->month != *target.month) {
            at.fault(fmt::format("expected {} as in {}: a run watches the moves to one month",
                                 movers->month->text(),
                                 in_quotes(movers->id)));
        }
        movers = movers == nullptr ? &target : movers;
    }
}

void check_population(Scenario const& scenario, Problems& problems) {
    std::string const& id = scenario.population.calibrated_to;
    if (id.empty()) {
        return;
    }
    std::vector<std::string_view> ids;
    for (Target const& target : scenario.targets) {
        if (target.measure == Target::Measure::insured) {
            ids.push_back(target.id);
        }
    }
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) {
        std::string const none = in_quotes(id) + R"( is no target; none has the measure "insured")";
        problems.push_back(
            {"/population/calibrated_to", ids.empty() ? none : input::unknown("target", id, ids)});
    }
}

Scenario read_merged(JsonValue const& json, data::Tables const& tables, Problems& problems) {
    Scenario scenario;
    ObjectReader reader(json, "", problems);
    for (std::string_view const key : {"schema", "extends"}) {
        static_cast<void>(reader.find(key)); // of each file; looked at there
    }
    static_cast<void>(reader.optional("$schema", input::read_text));
    static_cast<void>(reader.optional("why", input::read_text));
    take(reader.required("id", read_id), scenario.id);
    take(reader.optional("rules", input::read_text), scenario.rules);
    take(reader.optional("microdata", input::read_flag), scenario.microdata);
    auto const part = [&](std::string_view key, auto const& read, bool needed) {
        if (auto const* const value = reader.find(key)) {
            read(*value, reader.place(key));
        } else if (needed) {
            problems.push_back({"", fmt::format("\"{}\" is missing", key)});
        }
    };
    part(
        "title",
        [&](auto const& value, Place const& at) { read_title(value, at, scenario); },
        true);
    part(
        "horizon",
        [&](auto const& value, Place const& at) { read_horizon(value, at, scenario.horizon); },
        true);
    part(
        "population",
        [&](auto const& value, Place const& at) {
            read_population(value, at, scenario.population);
        },
        true);
    part(
        "run",
        [&](auto const& value, Place const& at) { read_run(value, at, scenario.run); },
        true);
    std::size_t const faults = problems.size();
    part(
        "country",
        [&](auto const& value, Place const& at) { scenario.country = read_country(value, at); },
        false);
    bool const own_country = scenario.country.has_value();
    std::optional<world::FictitiousCountry> country;
    if (own_country && problems.size() == faults) {
        country =
            world::make_country(*scenario.country, tables.wages, tables.areas.default_count());
    }
    GroupContext const context{country       ? &country->areas
                               : own_country ? nullptr
                                             : &tables.areas,
                               own_country,
                               tables};
    part(
        "groups",
        [&](auto const& value, Place const& at) { read_groups(value, at, context, scenario); },
        true);
    part(
        "targets",
        [&](auto const& value, Place const& at) { read_targets(value, at, context, scenario); },
        false);
    reader.finish();
    check_population(scenario, problems);
    return scenario;
}

/// Every fault of the chain's files, with the file that it stands in.
Result<Scenario> read_chain(FileChain chain, data::Tables const& tables) {
    Scenario scenario;
    if (chain.whole) {
        JsonValue json = merged(chain.files);
        Problems problems;
        scenario = read_merged(json, tables, problems);
        for (Problem& problem : problems) {
            chain.problems.push_back(
                {place_of(chain.files, problem.where), std::move(problem.what)});
        }
        std::erase_if(json.members, [](auto const& member) {
            return member.key == "extends" || member.key == "$schema";
        });
        scenario.text = input::json_text(json);
        scenario.folder = file_with(chain.files, "/rules").folder;
    }
    if (!chain.problems.empty()) {
        return tl::make_unexpected(std::move(chain.problems));
    }
    scenario.files = std::move(chain.files);
    return scenario;
}

} // namespace

std::vector<std::string_view> shipped_scenarios() {
    constexpr std::string_view suffix = ".json";
    std::vector<std::string_view> ids;
    for (auto const& file : data::shipped_files()) {
        std::string_view name = file.name;
        if (name.find('/') == std::string_view::npos && name.ends_with(suffix)) {
            name.remove_suffix(suffix.size());
            ids.push_back(name);
        }
    }
    return ids;
}

Result<Scenario> load_scenario(std::string_view name, data::Tables const& tables) {
    return read_chain(open_chain(name), tables);
}

Result<Scenario> read_scenario(std::string_view name,
                               std::string const& folder,
                               std::string_view text,
                               data::Tables const& tables) {
    return read_chain(open_chain(name, folder, text), tables);
}

} // namespace pensim::scenario

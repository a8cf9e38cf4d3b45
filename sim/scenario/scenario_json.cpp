#include "sim/scenario/scenario_json.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "core/law/words.hpp"
#include "sim/input/file.hpp"
#include "sim/input/json_merge.hpp"
#include "sim/input/suggestion.hpp"
#include "sim/random/stream.hpp"
#include "sim/scenario/fields.hpp"
#include "sim/scenario/group_json.hpp"

namespace pensim::scenario {

namespace {

namespace fs = std::filesystem;
using input::in_quotes;
using input::JsonValue;
using input::ObjectReader;
using input::Place;
using Type = JsonValue::Type;

constexpr std::string_view schema_name = "pensim/scenario/1";

// ---- files that extend one another ----

struct File {
    std::string name;   ///< under which its faults are reported
    std::string folder; ///< empty for shipped ones
    JsonValue json;
};

Result<File> parse(std::string name, std::string folder, std::string_view text) {
    auto json = input::parse_json(text);
    if (!json) {
        for (Problem& problem : json.error()) {
            problem.where = fmt::format("{}: {}", name, problem.where);
        }
        return tl::make_unexpected(json.error());
    }
    return File{std::move(name), std::move(folder), std::move(*json)};
}

/// Does `path`, its links followed, lie in `folder`?
bool lies_in(fs::path const& folder, fs::path const& path) {
    std::error_code ignored;
    fs::path const inside = fs::weakly_canonical(path, ignored);
    fs::path const outside = fs::weakly_canonical(folder.empty() ? "." : folder, ignored);
    return std::mismatch(outside.begin(), outside.end(), inside.begin(), inside.end()).first
           == outside.end();
}

Result<File> find_file(std::string_view name, std::optional<std::string> const& beside) {
    if (auto const shipped = data::shipped_file(fmt::format("{}.json", name))) {
        return parse(std::string(name), "", *shipped);
    }
    bool const is_file = name.ends_with(".json") || name.find('/') != std::string_view::npos;
    if (!is_file) {
        auto const ids = shipped_scenarios();
        return tl::make_unexpected(Problems{
            {std::string(name), input::unknown("scenario", name, ids) + " A file ends in .json."}});
    }
    fs::path const folder = beside.value_or("");
    fs::path const path = folder / name;
    if (beside && !lies_in(folder, path)) {
        return tl::make_unexpected(
            Problems{{path.string(), "lies outside the folder of the file that extends it"}});
    }
    return input::read_file(path.string()).and_then([&](std::string const& text) {
        return parse(path.string(), path.parent_path().string(), text);
    });
}

/// The file and all that it extends, itself first. Each file once.
Result<std::vector<File>> chain_of(File first) {
    std::vector<File> chain;
    chain.push_back(std::move(first));
    while (true) {
        File const& last = chain.back();
        JsonValue const* const extends = last.json.find("extends");
        if (extends == nullptr || !extends->is(Type::string)) {
            return chain; // another type is a fault of reading
        }
        auto next = find_file(extends->text, last.folder);
        if (!next) {
            return tl::make_unexpected(next.error());
        }
        bool const known = std::any_of(
            chain.begin(), chain.end(), [&](File const& f) { return f.name == next->name; });
        if (known) {
            return tl::make_unexpected(Problems{
                {last.name + ": /extends", in_quotes(extends->text) + " leads into a circle"}});
        }
        chain.push_back(std::move(*next));
    }
}

/// Faults of the merged text stand where the value came from: in the first file that has it.
void name_files(std::vector<File> const& chain, Problems& problems) {
    for (Problem& problem : problems) {
        auto const from = std::find_if(chain.begin(), chain.end(), [&](File const& file) {
            return input::find_pointer(file.json, problem.where) != nullptr;
        });
        std::string const& file = from == chain.end() ? chain.front().name : from->name;
        problem.where = problem.where.empty() ? file : fmt::format("{}: {}", file, problem.where);
    }
}

// ---- the parts of a scenario ----

template <class T, class U>
void take(std::optional<T> read, U& target) {
    if (read) {
        target = static_cast<U>(std::move(*read));
    }
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
    take(reader.required("first", year), horizon.first);
    take(reader.required("last", year), horizon.last);
    if (horizon.last < horizon.first) {
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
    take(reader.required("areas", WholeReader{2, 2000}), spec.areas);
    take(reader.required("seed", WholeReader{0, UINT64_MAX}), spec.seed);
    take(reader.required("size_sigma", sigma), spec.size_sigma);
    take(reader.required("wage_sigma", sigma), spec.wage_sigma);
    take(reader.required("moving_per_year", read_rate), spec.moving_per_year);
    take(reader.required("distance_power", power), spec.distance_power);
    take(reader.required("wage_power", power), spec.wage_power);
    take(reader.required("destinations", WholeReader{1, 2000}), spec.destinations);
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
    report_doubled_keys(json, place);
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
    if (auto const* const month = reader.find("month")) {
        Place const at = reader.place("month");
        if (auto const text = input::read_text(*month, at)) {
            target.month = YearMonth::parse(*text);
            if (!target.month) {
                at.fault(in_quotes(*text) + " is no month; expected YYYY-MM");
            }
        }
    }
    if (auto const* const groups = reader.find("groups")) {
        Place const at = reader.place("groups");
        if (expect(*groups, Type::array, at)) {
            for (std::size_t i = 0; i < groups->items.size(); ++i) {
                Place const item{input::child(at.pointer, i), at.problems};
                auto const text = input::read_text(groups->items[i], item);
                auto const group = text ? from_word<Group>(*text) : std::nullopt;
                if (group) {
                    target.groups.push_back(*group);
                } else if (text) {
                    item.fault(input::unknown("group", *text, words<Group>));
                }
            }
        }
    }
    take(reader.optional("people", NumberReader{1, 1e12, "people, above 0"}), target.people);
    if (auto const* const places = reader.find("places")) {
        take(read_places(*places, reader.place("places"), context), target.places);
    }
    take(reader.optional("period", input::read_text), target.period);
    if (auto const* const matrices = reader.find("known")) {
        Place const at = reader.place("known");
        if (expect(*matrices, Type::array, at)) {
            for (std::size_t i = 0; i < matrices->items.size(); ++i) {
                take(input::read_text(matrices->items[i],
                                      {input::child(at.pointer, i), at.problems}),
                     target.known.emplace_back());
            }
        }
    }
    take(reader.required("source", read_source), target.source);
    reader.finish();
    return target;
}

/// What each measure needs.
void check_target(Target const& target, Place const& place) {
    using Measure = Target::Measure;
    bool const insured =
        target.measure == Measure::insured || target.measure == Measure::insured_by_area;
    if (target.measure != Measure::forecast && !target.month) {
        place.fault("\"month\" is missing");
    }
    if (insured && target.groups.empty()) {
        place.fault("\"groups\" is missing: whom to count");
    }
    if (target.measure == Measure::insured && target.people <= 0) {
        place.fault("\"people\" is missing: how many there are known to be");
    }
    if (target.measure == Measure::insured_by_area && !target.places.given()) {
        place.fault("\"places\" is missing: the shares known by area");
    }
    if (!insured && target.period.empty()) {
        place.fault("\"period\" is missing: the matrix to compare with");
    }
    if (target.measure == Measure::forecast && target.known.size() < 2) {
        place.fault("\"known\" is missing: two or more earlier matrices");
    }
}

void read_targets(JsonValue const& json,
                  Place const& place,
                  GroupContext const& context,
                  Scenario& scenario) {
    if (!expect(json, Type::object, place)) {
        return;
    }
    report_doubled_keys(json, place);
    for (auto const& [id, value] : json.members) {
        Place const at{input::child(place.pointer, id), place.problems};
        scenario.targets.push_back(read_target(id, value, at, context));
        check_target(scenario.targets.back(), at);
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
        problems.push_back({"/population/calibrated_to",
                            input::unknown("target of measure \"insured\"", id, ids)});
    }
}

Scenario read_merged(JsonValue const& json, data::Tables const& tables, Problems& problems) {
    Scenario scenario;
    ObjectReader reader(json, "", problems);
    if (!json.is(Type::object)) {
        return scenario;
    }
    auto const schema = reader.required("schema", input::read_text);
    if (schema && *schema != schema_name) {
        reader.place("schema").fault(
            fmt::format("{} is unknown; expected \"{}\"", in_quotes(*schema), schema_name));
    }
    static_cast<void>(reader.find("$schema"));
    static_cast<void>(reader.optional("extends", input::read_text));
    static_cast<void>(reader.optional("why", input::read_text));
    take(reader.required("id", input::read_text), scenario.id);
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
    std::optional<world::FictitiousCountry> country;
    if (scenario.country && problems.size() == faults) {
        country =
            world::make_country(*scenario.country, tables.wages, tables.areas.default_count());
    }
    GroupContext const context{
        country ? country->areas : tables.areas, scenario.country.has_value(), tables};
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

Result<Scenario> read_chain(File first, data::Tables const& tables) {
    std::string const folder = first.folder;
    auto const chain = chain_of(std::move(first));
    if (!chain) {
        return tl::make_unexpected(chain.error());
    }
    JsonValue merged = chain->back().json;
    for (auto file = chain->rbegin() + 1; file != chain->rend(); ++file) {
        merged = input::merge(std::move(merged), file->json);
    }
    Problems problems;
    Scenario scenario = read_merged(merged, tables, problems);
    if (!problems.empty()) {
        name_files(*chain, problems);
        return tl::make_unexpected(std::move(problems));
    }
    std::erase_if(merged.members, [](auto const& member) {
        return member.key == "extends" || member.key == "$schema";
    });
    scenario.text = input::json_text(merged);
    scenario.folder = folder;
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
    return find_file(name, std::nullopt).and_then([&](File file) {
        return read_chain(std::move(file), tables);
    });
}

Result<Scenario> read_scenario(std::string_view name,
                               std::string const& folder,
                               std::string_view text,
                               data::Tables const& tables) {
    return parse(std::string(name), folder, text).and_then([&](File file) {
        return read_chain(std::move(file), tables);
    });
}

} // namespace pensim::scenario

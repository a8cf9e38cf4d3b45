#include "sim/report/manifest.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/input/json_merge.hpp"
#include "sim/input/json_reader.hpp"
#include "sim/input/suggestion.hpp"
#include "sim/input/text_out.hpp"
#include "sim/rules/rule_table.hpp"
#include "sim/scenario/fields.hpp"

namespace pensim::report {

namespace {

using input::JsonValue;
using input::ObjectReader;
using input::Place;

constexpr std::string_view schema_name = "pensim/manifest/1";

JsonValue text_value(std::string text) {
    JsonValue value;
    value.type = JsonValue::Type::string;
    value.text = std::move(text);
    return value;
}
template <class Number>
JsonValue number_value(Number number) {
    JsonValue value;
    value.type = JsonValue::Type::number;
    value.text = fmt::format("{}", number);
    return value;
}
JsonValue flag_value(bool flag) {
    JsonValue value;
    value.type = JsonValue::Type::boolean;
    value.boolean = flag;
    return value;
}

class Object {
  public:
    Object() { value_.type = JsonValue::Type::object; }
    Object& put(std::string key, JsonValue value) {
        value_.members.push_back({std::move(key), std::move(value)});
        return *this;
    }
    JsonValue take() { return std::move(value_); }

  private:
    JsonValue value_;
};

/// The scenario as it ran: with the settings that the command line changed, and the number of
/// people that a target gave.
JsonValue scenario_as_run(scenario::Simulation const& simulation) {
    scenario::RunSpec const& run = simulation.scenario.run;
    auto const written = input::parse_json(simulation.scenario.text);
    Object changes;
    changes.put("run",
                Object()
                    .put("persons", number_value(run.persons))
                    .put("replicates", number_value(run.replicates))
                    .put("seed", number_value(run.seed))
                    .take());
    changes.put("rules", text_value(simulation.law->book().id));
    changes.put("population",
                Object()
                    .put("calibrated_to", JsonValue{})
                    .put("people", number_value(simulation.people))
                    .take());
    return input::merge(*written, changes.take());
}

template <class Items, class Make>
JsonValue list_value(Items const& items, Make const& make) {
    JsonValue list;
    list.type = JsonValue::Type::array;
    for (auto const& item : items) {
        list.items.push_back(make(item));
    }
    return list;
}

/// What was run, by its names.
void put_run(Object& manifest, scenario::Simulation const& simulation, ManifestFacts const& facts) {
    manifest.put("schema", text_value(std::string(schema_name)))
        .put("version", text_value(facts.version))
        .put("scenario_id", text_value(simulation.scenario.id))
        .put("rules_id", text_value(simulation.law->book().id))
        .put("seed", number_value(simulation.scenario.run.seed))
        .put("people", number_value(simulation.people))
        .put("persons", number_value(simulation.scenario.run.persons))
        .put("weight", number_value(simulation.weight()));
}

void put_tables(Object& manifest, std::vector<TableDigest> const& tables) {
    std::string all;
    for (TableDigest const& table : tables) {
        all += table.file + ' ' + table.sha256 + '\n';
    }
    manifest.put("digest", text_value(sha256(all)))
        .put("tables", list_value(tables, [](TableDigest const& table) {
                 return Object()
                     .put("file", text_value(table.file))
                     .put("rows", number_value(table.rows))
                     .put("sha256", text_value(table.sha256))
                     .take();
             }));
}

/// What it was run on, whole; with digests and when, unless `clock` is null.
void put_inputs(Object& manifest,
                scenario::Simulation const& simulation,
                ManifestFacts const& facts,
                RunClock const* clock) {
    std::string const rules = rules::rules_json(simulation.law->book(), simulation.tables.areas);
    JsonValue const scenario = scenario_as_run(simulation);
    if (clock != nullptr) {
        manifest.put("scenario_sha256", text_value(sha256(input::json_text(scenario))))
            .put("rules_sha256", text_value(sha256(rules)));
    }
    manifest.put("data_folder", text_value(facts.data_folder))
        .put("data_sha256",
             text_value(data_digest(facts.data_folder.empty()
                                        ? data::TableSource()
                                        : data::TableSource(facts.data_folder))));
    if (clock != nullptr) {
        manifest.put("clock",
                     Object()
                         .put("started", text_value(clock->started))
                         .put("seconds", number_value(fmt::format("{:.3f}", clock->seconds)))
                         .put("threads", number_value(clock->threads))
                         .take());
    }
    manifest.put("scenario", scenario).put("rules", *input::parse_json(rules));
}

/// How it was run.
void put_settings(Object& manifest, ManifestFacts const& facts) {
    manifest.put("until", text_value(facts.until))
        .put("microdata", flag_value(facts.microdata))
        .put("suppress_below", number_value(facts.suppress_below));
}

} // namespace

std::string manifest_json(scenario::Simulation const& simulation,
                          RunResults const& results,
                          std::vector<TableDigest> const& tables,
                          ManifestFacts const& facts) {
    Object manifest;
    put_run(manifest, simulation, facts);
    manifest.put("replicates", number_value(results.replicates()));
    put_settings(manifest, facts);
    put_tables(manifest, tables);
    put_inputs(manifest, simulation, facts, &facts.clock);
    return input::json_text(manifest.take());
}

std::string run_identity_json(scenario::Simulation const& simulation, ManifestFacts const& facts) {
    Object identity;
    put_run(identity, simulation, facts);
    identity.put("replicates", number_value(simulation.scenario.run.replicates));
    put_settings(identity, facts);
    put_inputs(identity, simulation, facts, nullptr);
    return input::json_text(identity.take()) + '\n';
}

std::string command_manifest_json(scenario::Simulation const& simulation,
                                  CommandFacts const& command,
                                  std::vector<TableDigest> const& tables,
                                  ManifestFacts const& facts) {
    Object manifest;
    put_run(manifest, simulation, facts);
    manifest.put("replicates", number_value(simulation.scenario.run.replicates))
        .put("command", list_value(command.words, text_value));
    put_tables(manifest, tables);
    put_inputs(manifest, simulation, facts, &facts.clock);
    manifest.put("other_rules", list_value(command.rules, [](std::string const& rules) {
                     return *input::parse_json(rules);
                 }));
    return input::json_text(manifest.take());
}

namespace {

/// In the manifest's folder, and safe to print.
bool is_table_name(std::string_view name) {
    auto const fits = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
               || c == '.' || c == '_' || c == '-';
    };
    return !name.empty() && name.front() != '.' && std::all_of(name.begin(), name.end(), fits);
}

void read_tables(JsonValue const* tables, Manifest& manifest, Problems& problems) {
    for (std::size_t i = 0; tables != nullptr && i < tables->items.size(); ++i) {
        ObjectReader table(tables->items[i], input::child("/tables", i), problems);
        TableDigest digest;
        digest.file = table.required("file", input::read_text).value_or("x");
        digest.sha256 = table.required("sha256", input::read_text).value_or("");
        digest.rows = table.required("rows", scenario::WholeReader{0, UINT64_MAX}).value_or(0);
        if (!is_table_name(digest.file)) {
            table.place("file").fault(input::in_quotes(digest.file)
                                      + " is no name of a table; expected such as flows.csv");
        }
        manifest.tables.push_back(std::move(digest));
    }
    if (manifest.tables.empty()) {
        problems.push_back({"/tables", "expected the digests of tables"});
    }
}

} // namespace

Result<Manifest> read_manifest(std::string_view text) {
    auto const json = input::parse_json(text);
    if (!json) {
        return tl::make_unexpected(json.error());
    }
    Problems problems;
    Manifest manifest;
    ObjectReader reader(*json, "", problems);
    auto const schema = reader.required("schema", input::read_text);
    if (schema && *schema != schema_name) {
        reader.place("schema").fault(fmt::format("expected \"{}\"", schema_name));
    }
    if (auto const* const command = reader.find("command")) {
        std::string words;
        for (JsonValue const& word : command->items) {
            words += (words.empty() ? "" : " ") + word.text;
        }
        return tl::make_unexpected(
            Problems{{"/command",
                      fmt::format("made by `{}`; expected a folder of `pensim run`. Run it again "
                                  "and compare the digests",
                                  words)}});
    }
    manifest.version = reader.required("version", input::read_text).value_or("");
    manifest.data_folder = reader.required("data_folder", input::read_text).value_or("");
    manifest.data_sha256 = reader.required("data_sha256", input::read_text).value_or("");
    manifest.microdata = reader.required("microdata", input::read_flag).value_or(false);
    manifest.suppress_below = static_cast<std::int64_t>(
        reader.optional("suppress_below", scenario::WholeReader{0, INT32_MAX}).value_or(0));
    for (auto const& [key, target] :
         {std::pair("scenario", &manifest.scenario), std::pair("rules", &manifest.rules)}) {
        if (auto const* const value = reader.find(key)) {
            *target = input::json_text(*value);
        } else {
            problems.push_back({"", fmt::format("\"{}\" is missing", key)});
        }
    }
    // The number of replicates that ran is what another run needs, whatever the precision asked.
    auto const replicates = reader.required("replicates", scenario::WholeReader{1, 1'000'000});
    if (manifest.suppress_below > 0 && (replicates.value_or(1) > 1 || manifest.microdata)) {
        reader.place("suppress_below").fault("expected one replicate, and no microdata");
    }
    read_tables(reader.find("tables"), manifest, problems);
    if (!problems.empty()) {
        return tl::make_unexpected(std::move(problems));
    }
    Object run;
    run.put("run", Object().put("replicates", number_value(*replicates)).take());
    manifest.scenario = input::json_text(input::merge(*reader.find("scenario"), run.take()));
    return manifest;
}

std::string data_digest(data::TableSource const& source) {
    std::string all;
    for (auto const& file : data::shipped_files()) {
        std::string_view name = file.name;
        if (name.starts_with("data/")) {
            name.remove_prefix(5);
            auto const text = source.read(name);
            all += std::string(name) + ' ' + (text ? sha256(*text) : "unreadable") + '\n';
        }
    }
    return sha256(all);
}

} // namespace pensim::report

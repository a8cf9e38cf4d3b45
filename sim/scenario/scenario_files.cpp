#include "sim/scenario/scenario_files.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "sim/data/shipped.hpp"
#include "sim/input/file.hpp"
#include "sim/input/json_merge.hpp"
#include "sim/input/json_reader.hpp"
#include "sim/input/suggestion.hpp"
#include "sim/scenario/scenario_json.hpp"

namespace pensim::scenario {

namespace {

namespace fs = std::filesystem;
using input::FileKind;
using input::in_quotes;
using input::JsonValue;
using Type = JsonValue::Type;

constexpr std::string_view schema_name = "pensim/scenario/1";

/// A file's text and where it stands; or, in its stead, what is wrong with its name.
struct Found {
    SourceFile file;
    std::string text;
    std::string fault;
};

Found not_found(std::string fault) {
    return {{}, {}, std::move(fault)};
}

/// `beside`: the folder that a file which another one names must not leave.
Found find_file(std::string_view name, std::optional<std::string> const& beside) {
    bool const bare = name.find('/') == std::string_view::npos;
    auto const shipped = data::shipped_file(fmt::format("{}.json", name));
    if (shipped && bare) {
        return {{std::string(name), "", std::string(name), {}}, std::string(*shipped), ""};
    }
    if (bare && !name.ends_with(".json")) {
        auto const ids = shipped_scenarios();
        std::string const fault = input::unknown("scenario", name, ids);
        return not_found(
            fmt::format("{}{} A file ends in .json.", fault, fault.ends_with('?') ? "" : "."));
    }
    fs::path const path = fs::path(beside.value_or("")) / name;
    std::string const named = beside ? in_quotes(name) + " " : "";
    if (beside && !input::lies_in(*beside, path.string())) {
        return not_found(named + "lies outside the folder of the file that extends it");
    }
    auto text = input::read_file(
        path.string(), beside ? FileKind::regular : FileKind::any, input::chain_bytes_max);
    if (!text) {
        return not_found(named + text.error().front().what);
    }
    return {{path.string(), path.parent_path().string(), input::real_path(path.string()), {}},
            std::move(*text),
            ""};
}

/// No key twice any more: the last one counts.
void drop_doubled(JsonValue& value) {
    if (!value.doubled.empty()) {
        std::set<std::string> seen;
        std::vector<JsonValue::Member> kept;
        for (auto member = value.members.rbegin(); member != value.members.rend(); ++member) {
            if (seen.insert(member->key).second) {
                kept.push_back(std::move(*member));
            }
        }
        value.members.assign(std::make_move_iterator(kept.rbegin()),
                             std::make_move_iterator(kept.rend()));
        value.doubled.clear();
    }
    for (auto& member : value.members) {
        drop_doubled(member.value);
    }
    for (JsonValue& item : value.items) {
        drop_doubled(item);
    }
}

/// Adds a file to the chain. Gives what it extends, if anything.
std::optional<std::string> add(FileChain& chain, SourceFile file, std::string_view text) {
    auto const fault = [&](std::string const& pointer, std::string what) {
        chain.problems.push_back(
            {pointer.empty() ? file.name : fmt::format("{}: {}", file.name, pointer),
             std::move(what)});
    };
    auto json = input::parse_json(text);
    if (!json) {
        chain.whole = false;
        for (Problem const& problem : json.error()) {
            fault(problem.where, problem.what);
        }
        return std::nullopt;
    }
    Problems problems;
    if (!expect(*json, Type::object, {"", &problems})) {
        chain.whole = false;
    } else {
        report_doubled_keys(*json, {"", &problems});
        auto const* const schema = json->find("schema");
        if (schema == nullptr) {
            problems.push_back({"", "\"schema\" is missing"});
        } else if (expect(*schema, Type::string, {"/schema", &problems})
                   && schema->text != schema_name) {
            chain.whole = false; // it is about something else
            problems.push_back({"/schema",
                                fmt::format("{} is unknown; expected \"{}\"",
                                            in_quotes(schema->text),
                                            schema_name)});
        }
    }
    std::optional<std::string> extends;
    if (auto const* const value = json->find("extends")) {
        extends = input::read_text(*value, {"/extends", &problems});
        chain.whole = chain.whole && extends.has_value();
    }
    for (Problem const& problem : problems) {
        fault(problem.where, problem.what);
    }
    drop_doubled(*json);
    file.json = std::move(*json);
    chain.files.push_back(std::move(file));
    return chain.whole ? extends : std::nullopt;
}

FileChain chain_from(SourceFile first, std::string_view text) {
    FileChain chain;
    std::size_t bytes = text.size();
    if (bytes > input::chain_bytes_max) {
        return {{}, {{first.name, input::too_large(input::chain_bytes_max)}}, false};
    }
    auto extends = add(chain, std::move(first), text);
    while (extends) {
        SourceFile const& last = chain.files.back();
        Found found = find_file(*extends, last.folder);
        bool const known = std::any_of(chain.files.begin(), chain.files.end(), [&](auto const& f) {
            return f.identity == found.file.identity;
        });
        if (found.fault.empty() && known) {
            found.fault = in_quotes(*extends) + " leads into a circle";
        }
        bytes += found.text.size();
        if (found.fault.empty()) {
            found.fault = input::fault_of_chain(*extends, chain.files.size() + 1, bytes);
        }
        if (!found.fault.empty()) {
            chain.whole = false;
            chain.problems.push_back({last.name + ": /extends", std::move(found.fault)});
            break;
        }
        extends = add(chain, std::move(found.file), found.text);
    }
    return chain;
}

} // namespace

FileChain open_chain(std::string_view name) {
    Found found = find_file(name, std::nullopt);
    if (!found.fault.empty()) {
        return {{}, {{std::string(name), std::move(found.fault)}}, false};
    }
    return chain_from(std::move(found.file), found.text);
}

FileChain open_chain(std::string_view name, std::string const& folder, std::string_view text) {
    auto const path = fs::path(folder) / fs::path(name).filename();
    return chain_from({std::string(name), folder, input::real_path(path.string()), {}}, text);
}

JsonValue merged(std::vector<SourceFile> const& files) {
    JsonValue json = files.back().json;
    for (auto file = files.rbegin() + 1; file != files.rend(); ++file) {
        json = input::merge(std::move(json), file->json);
    }
    return json;
}

SourceFile const& file_with(std::vector<SourceFile> const& files, std::string_view pointer) {
    auto const from = std::find_if(files.begin(), files.end(), [&](SourceFile const& file) {
        return input::find_pointer(file.json, pointer) != nullptr;
    });
    return from == files.end() ? files.front() : *from;
}

std::string place_of(std::vector<SourceFile> const& files, std::string const& pointer) {
    std::string const& name = file_with(files, pointer).name;
    return pointer.empty() ? name : fmt::format("{}: {}", name, pointer);
}

} // namespace pensim::scenario

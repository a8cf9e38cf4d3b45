#include "sim/rules/rule_files.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "core/law/rule_keys.hpp"
#include "sim/input/file.hpp"
#include "sim/input/json_reader.hpp"
#include "sim/input/suggestion.hpp"
#include "sim/rules/rule_parameters.hpp"

namespace pensim::rules {

namespace {

using input::in_quotes;
using input::JsonValue;
using input::ObjectReader;
using law::RuleBook;
using law::RuleKey;
using Type = JsonValue::Type;

constexpr std::string_view schema_name = "pensim/rules/1";

/// A file of the chain, with the name under which its faults are reported.
struct RuleText {
    std::string name;
    std::string folder; ///< empty for shipped ones
    std::string text;
};

/// A file whose parameters the book has.
struct FileRead {
    std::string identity;
    std::string title_en;
    std::string title_zh;
};

/// Rule sets on the way to one.
struct Composing {
    RuleBook book;
    std::vector<FileRead> files;
    std::vector<RulePart> parts;
    std::uint64_t bytes = 0; ///< of the files on the way

    [[nodiscard]] FileRead const* find(std::string const& identity) const {
        auto const found = std::find_if(
            files.begin(), files.end(), [&](FileRead const& f) { return f.identity == identity; });
        return found == files.end() ? nullptr : &*found;
    }
};

// ---- files ----

struct Head {
    std::optional<std::string> extends;
    JsonValue const* parameters = nullptr;
};

Head read_head(JsonValue const& json, RuleBook& book, Problems& problems) {
    ObjectReader reader(json, "", problems);
    Head head;
    if (!json.is(Type::object)) {
        return head;
    }
    auto const schema = reader.required("schema", input::read_text);
    if (schema && *schema != schema_name) {
        reader.place("schema").fault(
            fmt::format("{} is unknown; expected \"{}\"", in_quotes(*schema), schema_name));
    }
    book.id = reader.required("id", input::read_text).value_or("");
    head.extends = reader.optional("extends", input::read_text);
    static_cast<void>(reader.optional("why", input::read_text));
    static_cast<void>(reader.find("$schema"));
    if (auto const* const title = reader.find("title")) {
        ObjectReader titles(*title, "/title", problems);
        book.title_en = titles.required("en", input::read_text).value_or("");
        book.title_zh = titles.required("zh", input::read_text).value_or("");
        titles.finish();
    } else {
        problems.push_back({"", "\"title\" is missing"});
    }
    head.parameters = reader.find("parameters");
    if (head.parameters == nullptr) {
        problems.push_back({"", "\"parameters\" is missing"});
    }
    reader.finish();
    return head;
}

bool is_file_name(std::string_view name) {
    return name.ends_with(".json") || name.find('/') != std::string_view::npos;
}

std::string shipped_path(std::string_view id) {
    return fmt::format("rules/{}.json", id);
}

Result<RuleText> find_rule_text(std::string_view name,
                                std::string const& folder,
                                input::FileKind kind = input::FileKind::any) {
    if (auto const shipped = data::shipped_file(shipped_path(name))) {
        return RuleText{std::string(name), "", std::string(*shipped)};
    }
    if (!is_file_name(name)) {
        auto const ids = shipped_rule_sets();
        return tl::make_unexpected(Problems{
            {std::string(name), input::unknown("rule set", name, ids) + " A file ends in .json."}});
    }
    auto const path = std::filesystem::path(folder) / name;
    return input::read_file(path.string(), kind, input::chain_bytes_max)
        .map([&](std::string const& text) {
            return RuleText{path.string(), path.parent_path().string(), text};
        });
}

/// The same for every way to a file.
std::string identity_of(RuleText const& text) {
    std::error_code unknown;
    auto const path = std::filesystem::weakly_canonical(text.name, unknown);
    return unknown || data::shipped_file(shipped_path(text.name)) ? text.name : path.string();
}

/// Where a rule set may look for the one it extends: beside itself, and nowhere else.
Result<RuleText> find_parent(RuleText const& child, std::string const& name) {
    bool const leaves = name.find('/') != std::string::npos || name.find('\\') != std::string::npos;
    if (leaves) {
        return tl::make_unexpected(Problems{
            {"/extends",
             in_quotes(name) + " leaves the folder; expected a shipped id or a file beside"}});
    }
    auto const path = (std::filesystem::path(child.folder) / name).string();
    bool const file = is_file_name(name) && !data::shipped_file(shipped_path(name));
    if (file && !input::lies_in(child.folder, path)) { // by a link
        return tl::make_unexpected(
            Problems{{"/extends",
                      in_quotes(name) + " lies outside the folder of the file that extends it"}});
    }
    auto found = find_rule_text(name, child.folder, input::FileKind::regular);
    if (!found) {
        for (Problem& problem : found.error()) {
            bool const named = problem.what.find(in_quotes(name)) != std::string::npos;
            problem = {"/extends", named ? problem.what : in_quotes(name) + " " + problem.what};
        }
    }
    return found;
}

Problems in_file(std::string const& name, Problems problems) {
    for (Problem& problem : problems) {
        problem.where = problem.where.empty() ? name : fmt::format("{}: {}", name, problem.where);
    }
    return problems;
}

void append(Problems& all, Problems more) {
    all.insert(
        all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// What a file sets replaces what stands there, from each list's first month on.
void put_over(RuleBook& book, RuleBook const& own) {
    law::visit_rule_pairs(book, own, [](RuleKey const&, auto& dated, auto const& set) {
        if (!set.empty()) {
            dated.replace_from(set.entries());
        }
    });
}

/// Reads `text` over what it extends, and both over what is there. `chain` holds the names of the
/// files that led here.
Problems read_chain(RuleText const& text,
                    data::Tables const& tables,
                    std::vector<std::string> chain,
                    Composing& into) {
    std::string const identity = identity_of(text);
    if (into.find(identity) != nullptr) {
        return {};
    }
    chain.push_back(text.name);
    if (text.text.size() > input::chain_bytes_max) {
        return {{text.name, input::too_large(input::chain_bytes_max)}};
    }
    into.bytes += text.text.size();
    auto const json = input::parse_json(text.text);
    if (!json) {
        return in_file(text.name, json.error());
    }
    bool const first_part = into.parts.size() == 1;
    Problems problems;
    RuleBook own;
    Head const head = read_head(*json, own, problems);
    Problems parents;
    if (head.extends) {
        auto const parent = find_parent(text, *head.extends);
        if (!parent) {
            append(problems, parent.error());
        } else if (std::find(chain.begin(), chain.end(), parent->name) != chain.end()) {
            problems.push_back({"/extends", in_quotes(*head.extends) + " leads into a circle"});
        } else if (auto fault = input::fault_of_chain(
                       *head.extends, chain.size() + 1, into.bytes + parent->text.size());
                   !fault.empty()) {
            problems.push_back({"/extends", std::move(fault)});
        } else {
            parents = read_chain(*parent, tables, chain, into);
        }
    }
    if (head.parameters != nullptr) {
        read_parameters(*head.parameters, {"/parameters", &problems}, tables, own);
    }
    put_over(into.book, own);
    into.book.id = own.id;
    into.book.title_en = own.title_en;
    into.book.title_zh = own.title_zh;
    into.files.push_back({identity, own.title_en, own.title_zh});
    RulePart& part = into.parts.back();
    if (!first_part || head.extends) {
        put_over(part.own, own);
    }
    part.adds = true;
    if (first_part && problems.empty() && parents.empty()) {
        check_book(into.book, problems);
    }
    problems = in_file(text.name, std::move(problems));
    append(problems, std::move(parents));
    return problems;
}

// ---- names ----

/// The names joined with '+'. A '+' may also stand inside a name: the longest one that is there is
/// meant.
std::vector<std::string> parts_of(std::string_view name, std::string const& folder) {
    auto const is_there = [&](std::string_view part) {
        std::error_code ignored;
        return data::shipped_file(shipped_path(part))
               || (is_file_name(part)
                   && std::filesystem::is_regular_file(std::filesystem::path(folder) / part,
                                                       ignored));
    };
    std::vector<std::string> parts;
    while (true) {
        std::size_t end = name.size();
        while (end != std::string_view::npos && !is_there(name.substr(0, end))) {
            end = end == 0 ? std::string_view::npos : name.rfind('+', end - 1);
        }
        end = end == std::string_view::npos ? std::min(name.find('+'), name.size()) : end;
        parts.emplace_back(name.substr(0, end));
        if (end == name.size()) {
            return parts;
        }
        name.remove_prefix(end + 1);
    }
}

/// Faults of the joined name itself.
Problems faults_of_parts(std::string_view name, std::vector<std::string> const& parts) {
    Problems problems;
    for (auto part = parts.begin(); part != parts.end(); ++part) {
        if (part->empty()) {
            problems.push_back({std::string(name),
                                "a name is empty; expected rule sets joined with '+', such as "
                                "law+years-in-ties"});
        } else if (std::find(parts.begin(), part, *part) != part) {
            problems.push_back({std::string(name), in_quotes(*part) + " stands here twice"});
        }
    }
    return problems;
}

/// Whole, and known by the names of its parts.
Result<Composition> finished(std::string_view name, Composing composing) {
    Composition made{std::move(composing.book), std::move(composing.parts)};
    if (made.parts.size() == 1) {
        return made;
    }
    made.book.id = name;
    made.book.title_en.clear();
    made.book.title_zh.clear();
    for (RulePart const& part : made.parts) {
        bool const first = &part == &made.parts.front();
        made.book.title_en += (first ? "" : " + ") + part.title_en;
        made.book.title_zh += (first ? "" : "＋") + part.title_zh;
    }
    Problems problems;
    check_book(made.book, problems);
    if (!problems.empty()) {
        return tl::make_unexpected(in_file(std::string(name), std::move(problems)));
    }
    return made;
}

} // namespace

std::vector<std::string_view> shipped_rule_sets() {
    constexpr std::string_view prefix = "rules/";
    constexpr std::string_view suffix = ".json";
    std::vector<std::string_view> ids;
    for (auto const& file : data::shipped_files()) {
        if (file.name.starts_with(prefix) && file.name.ends_with(suffix)) {
            std::string_view id = file.name;
            id.remove_prefix(prefix.size());
            id.remove_suffix(suffix.size());
            ids.push_back(id);
        }
    }
    return ids;
}

Result<Composition>
compose_rules(std::string_view name, data::Tables const& tables, std::string const& folder) {
    if (std::count(name.begin(), name.end(), '+') >= std::ptrdiff_t{input::joined_rules_max}) {
        return tl::make_unexpected(
            Problems{{input::shortened(name),
                      fmt::format("joins more than {} rule sets", input::joined_rules_max)}});
    }
    auto const parts = parts_of(name, folder);
    bool const joined = parts.size() > 1;
    Problems problems = joined ? faults_of_parts(name, parts) : Problems{};
    Composing composing;
    for (std::string const& part : parts) {
        if (joined && part.empty()) {
            continue;
        }
        auto const text = find_rule_text(part, folder);
        if (!text) {
            for (Problem const& problem : text.error()) {
                bool const of_name = problem.where == part && !is_file_name(part);
                problems.push_back({of_name ? std::string(name) : problem.where, problem.what});
            }
            continue;
        }
        composing.parts.push_back({.name = part});
        append(problems, read_chain(*text, tables, {}, composing));
        if (auto const* const file = composing.find(identity_of(*text))) {
            composing.parts.back().title_en = file->title_en;
            composing.parts.back().title_zh = file->title_zh;
        }
    }
    if (!problems.empty()) {
        return tl::make_unexpected(std::move(problems));
    }
    return finished(name, std::move(composing));
}

Result<RuleBook>
load_rules(std::string_view name, data::Tables const& tables, std::string const& folder) {
    auto made = compose_rules(name, tables, folder);
    if (!made) {
        return tl::make_unexpected(std::move(made.error()));
    }
    return std::move(made->book);
}

Result<Composition>
read_composition(std::string_view name, std::string_view text, data::Tables const& tables) {
    auto const folder = std::filesystem::path(name).parent_path().string();
    Composing composing;
    composing.parts.push_back({.name = std::string(name)});
    Problems problems =
        read_chain({std::string(name), folder, std::string(text)}, tables, {}, composing);
    if (!problems.empty()) {
        return tl::make_unexpected(std::move(problems));
    }
    composing.parts.back().title_en = composing.book.title_en;
    composing.parts.back().title_zh = composing.book.title_zh;
    return finished(name, std::move(composing));
}

Result<RuleBook>
read_rules(std::string_view name, std::string_view text, data::Tables const& tables) {
    auto made = read_composition(name, text, tables);
    if (!made) {
        return tl::make_unexpected(std::move(made.error()));
    }
    return std::move(made->book);
}

} // namespace pensim::rules

#include "sim/app/declared.hpp"

#include <algorithm>
#include <string_view>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace pensim::app {

namespace {

std::vector<std::string> parts(std::string_view text, char separator) {
    std::vector<std::string> found;
    for (std::size_t begin = 0; begin <= text.size();) {
        auto const end = std::min(text.find(separator, begin), text.size());
        found.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return found;
}

/// The library has the kind of value and what it must be in one text: "TEXT:{en,zh}",
/// "K:INT in [1 - 9]", "WHAT:PRECISION".
void read_type(std::string_view type, DeclaredOption& option) {
    constexpr std::string_view before_choices = ":{";
    constexpr std::string_view before_limits = " in [";
    constexpr std::string_view between_limits = " - ";
    if (auto const choices = type.find(before_choices); choices != type.npos) {
        auto const inside = type.substr(choices + before_choices.size());
        option.choices = parts(inside.substr(0, inside.find('}')), ',');
        type = type.substr(0, choices);
    } else if (auto const limits = type.find(before_limits); limits != type.npos) {
        auto const inside = type.substr(limits + before_limits.size());
        auto const middle = inside.find(between_limits);
        option.limits =
            fmt::format("from {} to {}",
                        inside.substr(0, middle),
                        inside.substr(middle + between_limits.size(),
                                      inside.find(']') - middle - between_limits.size()));
        type = type.substr(0, type.substr(0, limits).rfind(':'));
    }
    option.value = type == "INT" || type == "UINT" ? "N" : type;
}

DeclaredOption declared_option(CLI::Option const& option) {
    DeclaredOption made;
    if (option.get_positional()) {
        made.names.push_back(option.get_name(true));
    }
    for (auto const& name : option.get_snames()) {
        made.names.push_back("-" + name);
    }
    for (auto const& name : option.get_lnames()) {
        made.names.push_back("--" + name);
    }
    if (option.get_type_size_max() > 0) {
        read_type(option.get_type_name(), made);
    }
    made.preset = option.get_default_str();
    made.description = option.get_description();
    made.required = option.get_required();
    made.repeated = option.get_items_expected_max() > 1
                    || option.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll;
    return made;
}

void add_declared(CLI::App const& app,
                  std::string const& path,
                  std::vector<DeclaredCommand>& list) {
    auto const below = app.get_subcommands([](CLI::App const*) { return true; });
    DeclaredCommand command{path, app.get_description(), {}, {}, {}};
    for (auto const* const option : app.get_options()) {
        (option->get_positional() ? command.arguments : command.options)
            .push_back(declared_option(*option));
    }
    for (auto const* const next : below) {
        command.commands.push_back(next->get_name());
    }
    list.push_back(std::move(command));
    for (auto const* const next : below) {
        add_declared(*next, path.empty() ? next->get_name() : path + " " + next->get_name(), list);
    }
}

} // namespace

std::vector<DeclaredCommand> declared(CLI::App const& program) {
    std::vector<DeclaredCommand> list;
    add_declared(program, "", list);
    return list;
}

} // namespace pensim::app

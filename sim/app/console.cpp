#include "sim/app/console.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>

#include "sim/cases/case_json.hpp"
#include "sim/input/file.hpp"
#include "sim/rules/rule_files.hpp"

namespace pensim::app {

namespace {

constexpr std::size_t buffered = 1U << 20U;

void to_standard_output(std::string& text) {
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) {
        throw input::MachineFault("standard output cannot be written");
    }
    text.clear();
}

/// A shipped case file by its name, or the file.
Result<std::string> case_text(std::string const& path) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
        for (std::string const& name : {"cases/" + path + ".json", path + ".json", path}) {
            if (auto const shipped = data::shipped_file(name);
                shipped && name.starts_with("cases/")) {
                return std::string(*shipped);
            }
        }
    }
    return input::read_file(path);
}

} // namespace

std::string place_in(std::string_view file, std::string const& where) {
    return file.empty() || where.empty() ? std::string(file) + where
                                         : fmt::format("{}: {}", file, where);
}

report::Ink terminal_ink() {
    char const* const no = std::getenv("NO_COLOR");
    char const* const terminal = std::getenv("TERM");
    bool const colour = ::isatty(STDOUT_FILENO) == 1 && (no == nullptr || *no == '\0')
                        && (terminal == nullptr || std::string_view(terminal) != "dumb");
    return colour ? report::Ink::colour : report::Ink::plain;
}

void print_problems(Problems const& problems, std::string_view file) {
    for (Problem const& problem : problems) {
        std::string const where = place_in(file, problem.where);
        fmt::print(
            stderr, "{}\n", report::printable(where + (where.empty() ? "" : ": ") + problem.what));
    }
}

std::string shell_line(std::vector<std::string> const& words) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        "-_./:=+,@%";
    std::string line;
    for (std::string const& word : words) {
        line += line.empty() ? "" : " ";
        if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) {
            line += word;
            continue;
        }
        line += '\'';
        for (char const c : word) {
            line += c == '\'' ? "'\\''" : std::string(1, c);
        }
        line += '\'';
    }
    return line;
}

void Results::write(std::string_view text) {
    text_ += text;
    if (path_.empty() && text_.size() > buffered) {
        to_standard_output(text_);
    }
}

void Results::finish() {
    if (!path_.empty()) {
        input::write_file(path_, text_);
        return;
    }
    to_standard_output(text_);
    if (std::fflush(stdout) != 0) {
        throw input::MachineFault("standard output cannot be written");
    }
}

data::Tables load_tables(Setting const& setting) {
    if (setting.data_folder.empty()) {
        return value_or_throw(data::load_tables({}));
    }
    if (!std::filesystem::is_directory(setting.data_folder)) {
        throw WrongInput(setting.data_folder,
                         "is no folder; expected one with data tables (*.csv)");
    }
    return value_or_throw(data::load_tables(data::TableSource(setting.data_folder)));
}

law::RuleBook load_rules(RulesName const& rules, data::Tables const& tables) {
    return value_or_throw(rules::load_rules(rules.name, tables, rules.folder));
}

cases::CaseFile load_cases(std::string const& path, data::Tables const& tables) {
    auto const text = value_or_throw(case_text(path));
    return value_or_throw(cases::read_cases(text, tables), path);
}

RulesName rules_for(Setting const& setting, std::string const& path, cases::CaseFile const& file) {
    if (!setting.rules.empty() || !file.rules) {
        return {setting.rules.empty() ? "law" : setting.rules, ""};
    }
    return {*file.rules, std::filesystem::path(path).parent_path().string()};
}

int thread_count(int asked) {
    return asked > 0 ? asked : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

} // namespace pensim::app

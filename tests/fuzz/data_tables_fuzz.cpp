// A data folder of any bytes: tables one after another, a line "====" between two. What is accepted
// has a wage above zero for every year, and the law decides the shipped cases with it.
#include <filesystem>
#include <map>

#include "sim/cases/case_json.hpp"
#include "sim/cases/decide_case.hpp"
#include "sim/data/residents.hpp"
#include "sim/data/tables.hpp"
#include "sim/data/world_tables.hpp"
#include "sim/rules/rule_files.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace pensim::test {
namespace {

/// The shipped tables by their header, which says what a text is about.
std::map<std::string_view, std::string_view> const& names_by_header() {
    static auto const names = [] {
        constexpr std::string_view folder = "data/";
        std::map<std::string_view, std::string_view> found;
        for (auto const& file : data::shipped_files()) {
            if (file.name.starts_with(folder) && file.name.ends_with(".csv")) {
                found.emplace(file.content.substr(0, file.content.find('\n')),
                              file.name.substr(folder.size()));
            }
        }
        return found;
    }();
    return names;
}

/// A text with another header stands for one of them all the same, which then refuses it.
std::string_view name_of(std::string_view table) {
    auto const& names = names_by_header();
    auto const found = names.find(table.substr(0, table.find('\n')));
    if (found != names.end()) {
        return found->second;
    }
    auto const any = static_cast<std::ptrdiff_t>(table.size() % names.size());
    return std::next(names.begin(), any)->second;
}

std::string write_tables(std::string_view text) {
    constexpr std::string_view between = "====\n";
    std::string const folder = own_folder() + "/data";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directory(folder);
    while (true) {
        auto const end = std::min(text.find(between), text.size());
        std::string_view const table = text.substr(0, end);
        write_text(folder + "/" + std::string(name_of(table)), table);
        if (end == text.size()) {
            return folder;
        }
        text.remove_prefix(end + between.size());
    }
}

template <class T>
bool good(Result<T> const& result) {
    claim(result.has_value() || !result.error().empty(), "a refusal has a reason");
    return result.has_value();
}

void check_wages(data::Tables const& tables) {
    for (std::size_t i = 0; i < tables.areas.size(); ++i) {
        for (int year = YearMonth::first_year; year <= YearMonth::last_year; ++year) {
            claim(tables.wages.at(static_cast<AreaId>(i), year) > Fen{}, "a wage is above zero");
        }
    }
}

void decide_shipped_cases(data::Tables const& tables) {
    auto rules = rules::load_rules("law", tables);
    if (!good(rules)) {
        return;
    }
    cases::Law const law(std::move(*rules), tables);
    for (std::string_view const name : {"cases/order-41.json", "cases/mainland.json"}) {
        auto file = cases::read_cases(data::shipped_file(name).value(), tables);
        if (good(file)) {
            static_cast<void>(cases::decide_file(law, *file));
        }
    }
}

} // namespace
} // namespace pensim::test

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace pensim;
    test::use_one_thread();
    data::TableSource const source(test::write_tables(test::text_of(data, size)));
    auto const tables = data::load_tables(source);
    if (!test::good(tables)) {
        return 0;
    }
    test::check_wages(*tables);
    test::decide_shipped_cases(*tables);
    static_cast<void>(test::good(data::load_migration(source, tables->areas)));
    static_cast<void>(test::good(data::load_mortality(source)));
    static_cast<void>(test::good(data::load_insured(source, tables->areas)));
    static_cast<void>(test::good(data::load_places(source, tables->areas)));
    static_cast<void>(test::good(data::load_residents(source, tables->areas)));
    static_cast<void>(test::good(data::load_nationalities(source, tables->country_codes)));
    return 0;
}

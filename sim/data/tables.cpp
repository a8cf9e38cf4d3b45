#include "sim/data/tables.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "sim/data/table_reader.hpp"
#include "sim/input/limits.hpp"
#include "sim/input/suggestion.hpp"

namespace pensim::data {

namespace {

using input::in_quotes;

constexpr int projection_end = 2150; ///< beyond every pension of somebody now alive

/// Nothing when there are none, or too many, and no other table is worth reading.
std::optional<AreaTable> load_areas(TableSource const& source, Problems& problems) {
    TableReader reader(source, "areas.csv", problems);
    std::vector<Area> areas;
    std::vector<Area> further;
    std::set<std::string> ids;
    auto const rows =
        reader.rows({"id", "name_en", "name_zh", "level", "parent", "gb2", "default", "source"});
    for (auto const& row : rows) {
        auto const& f = row.fields;
        reader.source_given(row, 7);
        if (f[0].empty() || !ids.insert(f[0]).second) {
            reader.fault(row, "area " + in_quotes(f[0]) + " is empty or stands here twice");
            continue;
        }
        (f[6] == "0" ? further : areas).push_back({f[0], f[1], f[2], std::nullopt});
    }
    if (ids.size() > input::areas_max) {
        reader.fault(fmt::format("{} areas; expected at most {}", ids.size(), input::areas_max));
        return std::nullopt;
    }
    if (ids.empty()) {
        if (problems.empty()) {
            reader.fault("no area with default = 1");
        }
        return std::nullopt;
    }
    std::size_t const default_count = areas.size();
    areas.insert(areas.end(), further.begin(), further.end());
    for (auto const& row : rows) {
        std::string const& parent = row.fields[4];
        if (parent.empty()) {
            continue;
        }
        auto const at = [&](std::string const& id) {
            return std::find_if(
                areas.begin(), areas.end(), [&](Area const& a) { return a.id == id; });
        };
        if (at(parent) == areas.end()) {
            reader.fault(row, "parent " + in_quotes(parent) + " is no area");
        } else if (auto const area = at(row.fields[0]); area != areas.end()) { // its id is no fault
            area->parent = static_cast<AreaId>(at(parent) - areas.begin());
        }
    }
    if (default_count == 0) {
        reader.fault("no area with default = 1");
    }
    return AreaTable(std::move(areas), default_count);
}

/// Growth by year, the last row holding on.
std::map<int, Rate> load_projection(TableSource const& source, Problems& problems) {
    TableReader reader(source, "wage_projection.csv", problems);
    std::map<int, Rate> growth;
    for (auto const& row : reader.rows({"from_year", "growth_ppm", "source"})) {
        auto const year = reader.whole(row, 0, 1978, projection_end);
        auto const ppm = reader.whole(row, 1, -500'000, 1'000'000);
        reader.source_given(row, 2);
        if (year && ppm && !growth.emplace(static_cast<int>(*year), Rate::ppm(*ppm)).second) {
            reader.fault(row, fmt::format("year {} stands here twice", *year));
        }
    }
    return growth;
}

struct WageRows {
    std::map<std::pair<AreaId, int>, Fen> wages;
    int first = projection_end;
    int last = 0;
};

WageRows read_wages(TableReader& reader, AreaTable const& areas) {
    WageRows read;
    for (auto const& row : reader.rows({"area", "year", "yuan_per_month", "method", "source"})) {
        auto const area = reader.area(row, 0, areas);
        auto const year = reader.whole(row, 1, YearMonth::first_year, projection_end);
        auto const wage = reader.yuan(row, 2);
        reader.source_given(row, 4);
        if (!area || !year || !wage) {
            continue;
        }
        int const y = static_cast<int>(*year);
        if (!read.wages.emplace(std::pair(*area, y), *wage).second) {
            reader.fault(row, fmt::format("{} {} stands here twice", row.fields[0], y));
        }
        read.first = std::min(read.first, y);
        read.last = std::max(read.last, y);
    }
    return read;
}

/// Each run of years without a wage is one fault.
void report_gaps(TableReader& reader, WageRows const& read, AreaId area, std::string const& id) {
    for (int year = read.first; year <= read.last; ++year) {
        int const from = year;
        while (year <= read.last && !read.wages.contains({area, year})) {
            ++year;
        }
        if (year > from) {
            std::string const gap = year - from == 1 ? fmt::format("{}", from)
                                                     : fmt::format("{} to {}", from, year - 1);
            reader.fault(fmt::format(
                "area {} has no wage for {} (needed {} to {})", id, gap, read.first, read.last));
        }
    }
}

/// A wage a year later; nothing where none is left, or more than an amount can be.
std::optional<Fen> grown(Fen wage, Rate growth) {
    constexpr std::int64_t whole = 1'000'000;
    Wide const product = static_cast<Wide>(wage.count()) * (whole + growth.parts());
    if (product < whole || product > static_cast<Wide>(INT64_MAX) * whole - whole) {
        return std::nullopt;
    }
    return divide_half_up(product, whole);
}

/// The wages of an area from the first year to the end of the projection.
void append_wages(TableReader& reader,
                  WageRows const& read,
                  std::map<int, Rate> const& growth,
                  AreaId area,
                  std::string const& id,
                  std::vector<Fen>& all) {
    Fen wage;
    for (int year = read.first; year <= projection_end; ++year) {
        auto const known = read.wages.find({area, year});
        auto const next = growth.upper_bound(year);
        if (known != read.wages.end()) {
            wage = known->second;
        } else if (year > read.last && next != growth.begin() && wage > Fen{}) {
            auto const grew = grown(wage, std::prev(next)->second);
            if (!grew) {
                reader.fault(fmt::format("the projected wage of area {} leaves what an amount can "
                                         "be in {}; expected growth in wage_projection.csv that "
                                         "is nearer to zero",
                                         id,
                                         year));
            }
            wage = grew.value_or(Fen{});
        }
        all.push_back(wage);
    }
}

void load_wages(TableSource const& source, Tables& tables, Problems& problems) {
    auto const growth = load_projection(source, problems);
    TableReader reader(source, "average_wage.csv", problems);
    WageRows const read = read_wages(reader, tables.areas);
    if (read.wages.empty()) {
        reader.fault("no wages");
        return;
    }
    std::vector<Fen> all;
    for (std::size_t i = 0; i < tables.areas.size(); ++i) {
        auto const area = static_cast<AreaId>(i);
        report_gaps(reader, read, area, tables.areas[area].id);
        append_wages(reader, read, growth, area, tables.areas[area].id, all);
    }
    tables.wages = AverageWages(read.first, projection_end - read.first + 1, std::move(all));
    tables.wages_known_to = read.last;
}

void load_countries(TableSource const& source, Tables& tables, Problems& problems) {
    TableReader reader(source, "countries.csv", problems);
    std::set<std::string> seen;
    for (auto const& row : reader.rows({"alpha3", "numeric", "name_en", "name_zh", "source"})) {
        auto const code = country_code(row.fields[0]);
        auto const numeric = reader.whole(row, 1, 0, 999);
        if (!code || !seen.insert(row.fields[0]).second) {
            reader.fault(row, in_quotes(row.fields[0]) + " is no new three-letter code");
        } else if (numeric) {
            tables.countries.push_back({*code, static_cast<int>(*numeric)});
            tables.country_codes.push_back(row.fields[0]);
        }
    }
}

void load_agreements(TableSource const& source, Tables& tables, Problems& problems) {
    TableReader reader(source, "agreements.csv", problems);
    std::set<std::string> seen;
    for (auto const& row : reader.rows({"nationality",
                                        "name_en",
                                        "name_zh",
                                        "in_force",
                                        "employee_scheme",
                                        "resident_scheme",
                                        "unemployment",
                                        "detached_months",
                                        "detached_months_total",
                                        "confidence",
                                        "source"})) {
        auto const& f = row.fields;
        auto const code = country_code(f[0]);
        auto const in_force = reader.month(row, 3);
        reader.source_given(row, 10);
        law::Agreement agreement{};
        if (!code || !seen.insert(f[0]).second
            || std::find(tables.country_codes.begin(), tables.country_codes.end(), f[0])
                   == tables.country_codes.end()) {
            reader.fault(row, in_quotes(f[0]) + " is no country, or stands here twice");
            continue;
        }
        agreement.nationality = *code;
        agreement.in_force = in_force.value_or(YearMonth::first());
        agreement.employee_scheme = f[4] == "1";
        agreement.resident_scheme = f[5] == "1";
        constexpr int longest = 600;
        if (!f[7].empty()) {
            auto const first = reader.whole(row, 7, 1, longest);
            auto const total = reader.whole(row, 8, first.value_or(1), longest);
            agreement.detached_months = static_cast<int>(first.value_or(1));
            agreement.detached_months_total = static_cast<int>(total.value_or(longest));
        }
        tables.agreements.push_back(agreement);
    }
}

void load_incomes(TableSource const& source, Tables& tables, Problems& problems) {
    TableReader reader(source, "urban_income.csv", problems);
    for (auto const& row : reader.rows({"area", "year", "yuan_per_year", "source"})) {
        auto const area = reader.area(row, 0, tables.areas);
        auto const year = reader.whole(row, 1, YearMonth::first_year, projection_end);
        auto const income = reader.yuan(row, 2);
        reader.source_given(row, 3);
        if (area && year && income
            && !tables.urban_income.emplace(std::pair(*area, static_cast<int>(*year)), *income)
                    .second) {
            reader.fault(row, fmt::format("{} {} stands here twice", row.fields[0], *year));
        }
    }
}

constexpr std::int64_t ppm_max = 10'000'000;

void load_limits(TableSource const& source, Tables& tables, Problems& problems) {
    TableReader limits(source, "contribution_limits.csv", problems);
    std::optional<YearMonth> before;
    for (auto const& row : limits.rows({"from", "floor_ppm", "ceiling_ppm", "source"})) {
        auto const from = limits.month(row, 0);
        if (from && before && *from <= *before) {
            limits.fault(row,
                         fmt::format("{} after {}: rows stand in order of time",
                                     from->text(),
                                     before->text()));
        }
        before = from ? from : before;
        auto const floor = limits.whole(row, 1, 0, ppm_max);
        auto const ceiling = limits.whole(row, 2, floor.value_or(0), ppm_max);
        limits.source_given(row, 3);
        if (from && floor && ceiling) {
            tables.rates["contribution_limits.csv:floor_ppm"].push_back(
                {*from, "*", Rate::ppm(*floor), row.fields[3]});
            tables.rates["contribution_limits.csv:ceiling_ppm"].push_back(
                {*from, "*", Rate::ppm(*ceiling), row.fields[3]});
        }
    }
}

void load_rates(TableSource const& source, Tables& tables, Problems& problems) {
    TableReader reader(source, "contribution_rates.csv", problems);
    std::vector<std::string_view> const columns{"from",
                                                "area",
                                                "employer_ppm",
                                                "individual_ppm",
                                                "account_ppm",
                                                "alone_pool_ppm",
                                                "source"};
    std::set<std::pair<std::string, std::string>> seen;
    std::optional<YearMonth> before;
    std::string national_account;
    for (auto const& row : reader.rows(columns)) {
        auto const from = reader.month(row, 0);
        if (from && before && *from < *before) {
            reader.fault(row,
                         fmt::format("{} after {}: rows stand in order of time",
                                     from->text(),
                                     before->text()));
        }
        if (from && !before && row.fields[1] != "*") {
            reader.fault(row, "the first row must be of all areas (*)");
        }
        before = from ? from : before;
        reader.source_given(row, 6);
        if (row.fields[1] != "*") {
            static_cast<void>(reader.area(row, 1, tables.areas));
        }
        if (!seen.emplace(row.fields[0], row.fields[1]).second) {
            reader.fault(row, "month and area stand here twice");
        }
        constexpr std::size_t account_column = 4;
        if (row.fields[1] == "*") {
            national_account = row.fields[account_column];
        } else if (!national_account.empty() && row.fields[account_column] != national_account) {
            reader.fault(row,
                         fmt::format("account_ppm is one for all areas: expected {}, found {}",
                                     national_account,
                                     row.fields[account_column]));
        }
        for (std::size_t column = 2; column <= 5; ++column) {
            auto const ppm = reader.whole(row, column, 0, 1'000'000);
            if (from && ppm) {
                tables.rates[fmt::format("contribution_rates.csv:{}", columns[column])].push_back(
                    {*from, row.fields[1], Rate::ppm(*ppm), row.fields[6]});
            }
        }
    }
    load_limits(source, tables, problems);
}

void load_interest(TableSource const& source, Tables& tables, Problems& problems) {
    TableReader reader(source, "interest_rates.csv", problems);
    std::optional<std::int64_t> before;
    for (auto const& row : reader.rows({"year", "rate_ppm", "source"})) {
        auto const year = reader.whole(row, 0, YearMonth::first_year, projection_end);
        auto const ppm = reader.whole(row, 1, 0, 1'000'000);
        reader.source_given(row, 2);
        if (!year || !ppm) {
            continue;
        }
        if (before && *year != *before + 1) {
            reader.fault(row, fmt::format("year {} after {}: no gaps, no doubles", *year, *before));
        }
        before = *year;
        tables.rates["interest_rates.csv:rate_ppm"].push_back(
            {YearMonth(static_cast<int>(*year), 1), "*", Rate::ppm(*ppm), row.fields[2]});
    }
}

void load_payout(TableSource const& source, Tables& tables, Problems& problems) {
    TableReader reader(source, "payout_months.csv", problems);
    int expected = law::PayoutTable::first_age;
    for (auto const& row : reader.rows({"age", "months", "source"})) {
        auto const age = reader.whole(row, 0, expected, expected);
        auto const months = reader.whole(row, 1, 1, 600);
        reader.source_given(row, 2);
        if (age && months) {
            tables.payout_months.emplace_back(static_cast<int>(*age), static_cast<int>(*months));
            tables.payout_source = row.fields[2];
        }
        ++expected;
    }
    if (expected != law::PayoutTable::last_age + 1) {
        reader.fault(fmt::format("ages must run from {} to {}",
                                 law::PayoutTable::first_age,
                                 law::PayoutTable::last_age));
    }
}

} // namespace

Result<Tables> load_tables(TableSource const& source) {
    Tables tables;
    Problems problems;
    auto areas = load_areas(source, problems);
    if (!areas) {
        return tl::make_unexpected(std::move(problems));
    }
    tables.areas = std::move(*areas);
    load_wages(source, tables, problems);
    load_countries(source, tables, problems);
    load_agreements(source, tables, problems);
    load_incomes(source, tables, problems);
    load_rates(source, tables, problems);
    load_interest(source, tables, problems);
    load_payout(source, tables, problems);
    if (!problems.empty()) {
        return tl::make_unexpected(std::move(problems));
    }
    return tables;
}

} // namespace pensim::data

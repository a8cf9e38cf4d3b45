#include "sim/data/world_tables.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "sim/data/table_reader.hpp"
#include "sim/input/suggestion.hpp"

namespace pensim::data {

namespace {

using input::in_quotes;
using Row = TableReader::Row;

constexpr int year_min = 1900;
constexpr int year_max = 2200;

// ---- migration ----------------------------------------------------------------------------------

bool is_year(std::string_view text) {
    auto const digit = [](char c) { return c >= '0' && c <= '9'; };
    return text.size() == 4 && std::all_of(text.begin(), text.end(), digit);
}

bool is_period(std::string_view text) {
    auto const dash = text.find('-');
    if (dash == std::string_view::npos) {
        return false;
    }
    auto const from = text.substr(0, dash);
    auto const to = text.substr(dash + 1);
    return is_year(to) && (from == "birth" || (is_year(from) && from < to));
}

/// One period while it is read; nothing where no row was.
using Cells = std::vector<std::optional<std::int64_t>>;

MigrationTable complete(TableReader& reader,
                        std::string const& period,
                        Cells const& cells,
                        AreaTable const& areas) {
    std::size_t const count = areas.default_count();
    MigrationTable table{period, count, {}};
    std::vector<std::string> missing;
    for (std::size_t origin = 0; origin < count; ++origin) {
        for (std::size_t destination = 0; destination < count; ++destination) {
            auto const& cell = cells[origin * count + destination];
            if (!cell && (origin != destination || !table.since_birth())) {
                missing.push_back(
                    fmt::format("{} to {}", areas.all()[origin].id, areas.all()[destination].id));
            }
            table.persons.push_back(cell.value_or(0));
        }
    }
    reader.missing(period, missing);
    return table;
}

} // namespace

Result<std::vector<MigrationTable>> load_migration(TableSource const& source,
                                                   AreaTable const& areas) {
    Problems problems;
    TableReader reader(source, "migration.csv", problems);
    std::size_t const count = areas.default_count();
    std::map<std::string, Cells> periods;
    for (auto const& row : reader.rows({"period", "origin", "destination", "persons", "source"})) {
        auto const& f = row.fields;
        bool const period = is_period(f[0]);
        if (!period) {
            reader.fault(
                row, in_quotes(f[0]) + " is no period; expected such as 2015-2020 or birth-2010");
        }
        auto const origin = reader.default_area(row, 1, areas);
        auto const destination = reader.default_area(row, 2, areas);
        auto const persons = reader.persons(row, 3);
        reader.source_given(row, 4);
        if (!period || !origin || !destination || !persons) {
            continue;
        }
        auto& cells = periods.try_emplace(f[0], count * count).first->second;
        auto& cell = cells[pensim::row(*origin) * count + pensim::row(*destination)];
        if (cell) {
            reader.fault(row, fmt::format("{} {} to {} stands here twice", f[0], f[1], f[2]));
        }
        cell = persons;
    }
    std::vector<MigrationTable> tables;
    tables.reserve(periods.size());
    for (auto const& [period, cells] : periods) {
        tables.push_back(complete(reader, period, cells, areas));
    }
    if (tables.empty() && problems.empty()) {
        reader.fault("no rows");
    }
    return checked(std::move(tables), std::move(problems));
}

MigrationTable const* find_migration(std::vector<MigrationTable> const& tables,
                                     std::string_view period) {
    auto const found = std::find_if(
        tables.begin(), tables.end(), [&](auto const& table) { return table.period == period; });
    return found == tables.end() ? nullptr : &*found;
}

// ---- mortality ----------------------------------------------------------------------------------

namespace {

/// 0, 1, 5, 10 ... 100.
std::vector<int> age_groups() {
    constexpr int last = 100;
    constexpr int width = 5;
    std::vector<int> ages{0, 1};
    for (int age = width; age <= last; age += width) {
        ages.push_back(age);
    }
    return ages;
}

struct Rates {
    double male = 0;
    double female = 0;
};
using RatesByYearAndAge = std::map<std::pair<int, int>, Rates>;

/// Every year of the table, in order; a wider step than the least is a hole.
std::vector<int>
mid_years(TableReader& reader, std::string const& name, RatesByYearAndAge const& rates) {
    std::set<int> years;
    for (auto const& [key, ignored] : rates) {
        years.insert(key.first);
    }
    std::vector<int> sorted(years.begin(), years.end());
    int step = year_max;
    for (std::size_t i = 1; i < sorted.size(); ++i) {
        step = std::min(step, sorted[i] - sorted[i - 1]);
    }
    for (std::size_t i = 1; i < sorted.size(); ++i) {
        if (sorted[i] - sorted[i - 1] != step) {
            reader.fault(fmt::format("table {} has {} after {}; its years are {} apart",
                                     name,
                                     sorted[i],
                                     sorted[i - 1],
                                     step));
        }
    }
    return sorted;
}

MortalityTable
complete(TableReader& reader, std::string const& name, RatesByYearAndAge const& rates) {
    MortalityTable table{name, mid_years(reader, name, rates), age_groups(), {}, {}};
    std::vector<std::string> missing;
    for (int const year : table.mid_years) {
        for (int const age : table.ages) {
            auto const found = rates.find({year, age});
            if (found == rates.end()) {
                missing.push_back(fmt::format("{} age {}", year, age));
                continue;
            }
            table.male.push_back(found->second.male);
            table.female.push_back(found->second.female);
        }
    }
    reader.missing("table " + name, missing);
    return table;
}

} // namespace

Result<std::vector<MortalityTable>> load_mortality(TableSource const& source) {
    Problems problems;
    TableReader reader(source, "mortality.csv", problems);
    auto const ages = age_groups();
    constexpr int decimals = 8;
    constexpr int rate_max = 2; // everybody dead within half a year
    std::map<std::string, RatesByYearAndAge> read;
    for (auto const& row :
         reader.rows({"table", "mid_year", "age", "mx_male", "mx_female", "source"})) {
        auto const& f = row.fields;
        if (f[0].empty()) {
            reader.fault(row, "a table needs its name");
        }
        auto const year = reader.whole(row, 1, year_min, year_max);
        auto const age = reader.whole(row, 2, 0, ages.back());
        bool const group = age && std::binary_search(ages.begin(), ages.end(), *age);
        if (age && !group) {
            reader.fault(row,
                         fmt::format("age {} begins no group; expected 0, 1, 5, 10 ... 100", *age));
        }
        auto const male = reader.decimal(row, 3, decimals, 0, rate_max);
        auto const female = reader.decimal(row, 4, decimals, 0, rate_max);
        reader.source_given(row, 5);
        if (!f[0].empty() && year && group && male && female) {
            reader.put(row,
                       read[f[0]],
                       {static_cast<int>(*year), static_cast<int>(*age)},
                       Rates{*male, *female},
                       fmt::format("{} {} age {}", f[0], *year, *age));
        }
    }
    std::vector<MortalityTable> tables;
    tables.reserve(read.size());
    for (auto const& [name, rates] : read) {
        tables.push_back(complete(reader, name, rates));
    }
    if (tables.empty() && problems.empty()) {
        reader.fault("no rows");
    }
    return checked(std::move(tables), std::move(problems));
}

MortalityTable const* find_mortality(std::vector<MortalityTable> const& tables,
                                     std::string_view name) {
    auto const found = std::find_if(
        tables.begin(), tables.end(), [&](auto const& table) { return table.name == name; });
    return found == tables.end() ? nullptr : &*found;
}

// ---- insured ------------------------------------------------------------------------------------

namespace {

using InsuredByAreaAndYear = std::map<std::pair<std::optional<AreaId>, int>, Insured>;

/// The years of one area that always exists are the years of all.
void report_gaps(TableReader& reader, InsuredByAreaAndYear const& read, AreaTable const& areas) {
    int first = year_max;
    int last = year_min;
    for (auto const& [key, ignored] : read) {
        if (key.first) {
            first = std::min(first, key.second);
            last = std::max(last, key.second);
        }
    }
    for (std::size_t i = 0; i < areas.default_count(); ++i) {
        std::vector<std::string> missing;
        for (int year = first; year <= last; ++year) {
            if (!read.contains({static_cast<AreaId>(i), year})) {
                missing.push_back(fmt::format("{}", year));
            }
        }
        reader.missing("area " + areas.all()[i].id, missing);
    }
}

} // namespace

Result<std::vector<Insured>> load_insured(TableSource const& source, AreaTable const& areas) {
    Problems problems;
    TableReader reader(source, "insured.csv", problems);
    InsuredByAreaAndYear read;
    for (auto const& row : reader.rows({"area", "year", "active", "retirees", "source"})) {
        auto const& f = row.fields;
        bool const nation = f[0] == "*";
        auto const area = nation ? std::nullopt : reader.area(row, 0, areas);
        auto const year = reader.whole(row, 1, year_min, year_max);
        auto const active = reader.persons(row, 2);
        auto const retirees = reader.persons(row, 3);
        reader.source_given(row, 4);
        if ((nation || area) && year && active && retirees) {
            int const y = static_cast<int>(*year);
            reader.put(row,
                       read,
                       {area, y},
                       Insured{area, y, *active, *retirees},
                       fmt::format("{} {}", f[0], y));
        }
    }
    report_gaps(reader, read, areas);
    if (read.empty() && problems.empty()) {
        reader.fault("no rows");
    }
    std::vector<Insured> rows;
    rows.reserve(read.size());
    for (auto const& [ignored, row] : read) {
        rows.push_back(row);
    }
    return checked(std::move(rows), std::move(problems));
}

Insured const*
find_insured(std::vector<Insured> const& rows, std::optional<AreaId> area, int year) {
    auto const found = std::find_if(rows.begin(), rows.end(), [&](Insured const& row) {
        return row.area == area && row.year == year;
    });
    return found == rows.end() ? nullptr : &*found;
}

// ---- places -------------------------------------------------------------------------------------

Result<std::vector<AreaPlace>> load_places(TableSource const& source, AreaTable const& areas) {
    Problems problems;
    TableReader reader(source, "area_places.csv", problems);
    constexpr int decimals = 6;
    constexpr std::int64_t tiles_max = 99;
    std::map<AreaId, AreaPlace> read;
    std::map<std::pair<std::int64_t, std::int64_t>, std::string> tiles;
    for (auto const& row :
         reader.rows({"area", "longitude", "latitude", "tile_column", "tile_row", "source"})) {
        auto const area = reader.area(row, 0, areas);
        auto const longitude = reader.decimal(row, 1, decimals, -180, 180);
        auto const latitude = reader.decimal(row, 2, decimals, -90, 90);
        auto const column = reader.whole(row, 3, 0, tiles_max);
        auto const line = reader.whole(row, 4, 0, tiles_max);
        reader.source_given(row, 5);
        if (column && line) {
            auto const [tile, free] = tiles.emplace(std::pair(*column, *line), row.fields[0]);
            if (!free && tile->second != row.fields[0]) {
                reader.fault(
                    row, fmt::format("tile {}, {} is that of {}", *column, *line, tile->second));
            }
        }
        if (area && longitude && latitude && column && line) {
            AreaPlace const place{
                *area, *longitude, *latitude, static_cast<int>(*column), static_cast<int>(*line)};
            reader.put(row, read, *area, place, row.fields[0]);
        }
    }
    std::vector<std::string> missing;
    for (std::size_t i = 0; i < areas.default_count(); ++i) {
        if (!read.contains(static_cast<AreaId>(i))) {
            missing.push_back(areas.all()[i].id);
        }
    }
    reader.missing("the table", missing);
    std::vector<AreaPlace> places;
    places.reserve(read.size());
    for (auto const& [ignored, place] : read) {
        places.push_back(place);
    }
    return checked(std::move(places), std::move(problems));
}

} // namespace pensim::data

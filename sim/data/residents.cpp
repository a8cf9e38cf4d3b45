#include "sim/data/residents.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "core/law/words.hpp"
#include "sim/data/table_reader.hpp"
#include "sim/input/suggestion.hpp"

namespace pensim::data {

namespace {

using input::in_quotes;
using Row = TableReader::Row;

constexpr int residents_year = 2020;

/// Of the groups that these tables count; mainland residents are not among them.
constexpr std::array<Group, 4> origins{
    Group::hong_kong, Group::macau, Group::taiwan, Group::foreign};
constexpr std::array<Sex, 2> sexes{Sex::male, Sex::female};

/// A word of `allowed`.
template <class Enum, std::size_t count>
std::optional<Enum> one_of(TableReader& reader,
                           Row const& row,
                           std::size_t field,
                           std::string_view what,
                           std::array<Enum, count> const& allowed) {
    auto const value = from_word<Enum>(row.fields[field]);
    if (value && std::find(allowed.begin(), allowed.end(), *value) != allowed.end()) {
        return value;
    }
    std::vector<std::string_view> names;
    names.reserve(count);
    for (Enum const each : allowed) {
        names.push_back(word(each));
    }
    reader.fault(row, input::unknown(what, row.fields[field], names));
    return std::nullopt;
}

std::vector<AreaCount>
load_by_area(TableSource const& source, AreaTable const& areas, Problems& problems) {
    TableReader reader(source, "residents_2020.csv", problems);
    std::map<AreaId, std::int64_t> read;
    for (auto const& row : reader.rows({"area", "persons", "source"})) {
        auto const area = reader.default_area(row, 0, areas);
        auto const persons = reader.persons(row, 1);
        reader.source_given(row, 2);
        if (area && persons) {
            reader.put(row, read, *area, *persons, row.fields[0]);
        }
    }
    std::vector<AreaCount> counts;
    std::vector<std::string> missing;
    for (std::size_t i = 0; i < areas.default_count(); ++i) {
        auto const found = read.find(static_cast<AreaId>(i));
        if (found == read.end()) {
            missing.push_back(areas.all()[i].id);
        } else {
            counts.push_back({found->first, found->second});
        }
    }
    reader.missing("the table", missing);
    return counts;
}

std::vector<OriginCount> load_by_origin(TableSource const& source, Problems& problems) {
    TableReader reader(source, "residents_origin.csv", problems);
    std::map<std::pair<Group, Sex>, std::int64_t> read;
    for (auto const& row : reader.rows({"year", "origin", "sex", "persons", "source"})) {
        auto const year = reader.whole(row, 0, residents_year, residents_year);
        auto const origin = one_of(reader, row, 1, "origin", origins);
        auto const sex = one_of(reader, row, 2, "sex", sexes);
        auto const persons = reader.persons(row, 3);
        reader.source_given(row, 4);
        if (year && origin && sex && persons) {
            reader.put(row,
                       read,
                       {*origin, *sex},
                       *persons,
                       fmt::format("{} {}", row.fields[1], row.fields[2]));
        }
    }
    std::vector<OriginCount> counts;
    std::vector<std::string> missing;
    for (Group const origin : origins) {
        for (Sex const sex : sexes) {
            auto const found = read.find({origin, sex});
            if (found == read.end()) {
                missing.push_back(fmt::format("{} {}", word(origin), word(sex)));
            } else {
                counts.push_back({origin, sex, found->second});
            }
        }
    }
    reader.missing("the table", missing);
    return counts;
}

std::vector<OriginWeight>
load_seed(TableSource const& source, AreaTable const& areas, Problems& problems) {
    TableReader reader(source, "residents_seed.csv", problems);
    constexpr int decimals = 6;
    constexpr std::int64_t weight_max = 1'000'000'000;
    std::map<std::pair<AreaId, Group>, double> read;
    for (auto const& row : reader.rows({"area", "origin", "weight", "source"})) {
        auto const area = reader.default_area(row, 0, areas);
        auto const origin = one_of(reader, row, 1, "origin", origins);
        auto const weight = reader.decimal(row, 2, decimals, 0, weight_max);
        reader.source_given(row, 3);
        if (weight && *weight <= 0) {
            reader.fault(row, "a weight must be above zero");
        } else if (area && origin && weight) {
            reader.put(row,
                       read,
                       {*area, *origin},
                       *weight,
                       fmt::format("{} {}", row.fields[0], row.fields[1]));
        }
    }
    std::vector<OriginWeight> weights;
    std::vector<std::string> missing;
    for (std::size_t i = 0; i < areas.default_count(); ++i) {
        for (Group const origin : origins) {
            auto const found = read.find({static_cast<AreaId>(i), origin});
            if (found == read.end()) {
                missing.push_back(fmt::format("{} {}", areas.all()[i].id, word(origin)));
            } else {
                weights.push_back({found->first.first, origin, found->second});
            }
        }
    }
    reader.missing("the table", missing);
    return weights;
}

template <class Count>
std::int64_t sum_of(std::vector<Count> const& counts) {
    std::int64_t sum = 0;
    for (Count const& count : counts) {
        sum += count.persons;
    }
    return sum;
}

} // namespace

Result<Residents> load_residents(TableSource const& source, AreaTable const& areas) {
    Problems problems;
    Residents residents;
    residents.by_area = load_by_area(source, areas, problems);
    residents.by_origin = load_by_origin(source, problems);
    residents.seed = load_seed(source, areas, problems);
    auto const by_area = sum_of(residents.by_area);
    auto const by_origin = sum_of(residents.by_origin);
    if (problems.empty() && by_area != by_origin) {
        problems.push_back(
            {"residents_origin.csv",
             fmt::format("{} persons in all; residents_2020.csv has {}", by_origin, by_area)});
    }
    return checked(std::move(residents), std::move(problems));
}

Result<std::vector<NationalityCount>>
load_nationalities(TableSource const& source, std::vector<std::string> const& country_codes) {
    constexpr std::array<std::string_view, 4> not_foreign{"CHN", "HKG", "MAC", "TWN"};
    Problems problems;
    TableReader reader(source, "foreign_nationalities.csv", problems);
    std::map<CountryCode, std::int64_t> read;
    for (auto const& row : reader.rows({"nationality", "persons", "source"})) {
        std::string const& text = row.fields[0];
        auto code = country_code(text);
        if (std::find(not_foreign.begin(), not_foreign.end(), text) != not_foreign.end()) {
            reader.fault(row, in_quotes(text) + " is no foreign nationality");
            code.reset();
        } else if (std::find(country_codes.begin(), country_codes.end(), text)
                   == country_codes.end()) {
            std::vector<std::string_view> const known(country_codes.begin(), country_codes.end());
            reader.fault(row, input::unknown("nationality", text, known));
            code.reset();
        }
        auto const persons = reader.persons(row, 1);
        reader.source_given(row, 2);
        if (code && persons) {
            reader.put(row, read, *code, *persons, text);
        }
    }
    std::vector<NationalityCount> counts;
    counts.reserve(read.size());
    for (auto const& [code, persons] : read) {
        counts.push_back({code, persons});
    }
    if (counts.empty() && problems.empty()) {
        reader.fault("no rows");
    }
    return checked(std::move(counts), std::move(problems));
}

} // namespace pensim::data

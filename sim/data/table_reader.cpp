#include "sim/data/table_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/input/decimal.hpp"
#include "sim/input/limits.hpp"
#include "sim/input/suggestion.hpp"

namespace pensim::data {

using input::in_quotes;

std::vector<TableReader::Row> TableReader::rows(std::vector<std::string_view> const& columns) {
    auto const text = source_.read(file_);
    readable_ = false;
    if (!text) {
        append(text.error());
        return {};
    }
    auto table = input::CsvTable::parse(file_, *text, columns);
    if (!table) {
        append(table.error());
        return {};
    }
    readable_ = true;
    return std::move(*table).take();
}

void TableReader::fault(Row const& row, std::string what) {
    put_fault({fmt::format("{}:{}", file_, row.line), std::move(what)});
}

void TableReader::fault(std::string what) {
    put_fault({file_, std::move(what)});
}

void TableReader::put_fault(Problem problem) {
    if (++faults_ < input::table_faults_max) {
        problems_.push_back(std::move(problem));
    } else if (faults_ == input::table_faults_max) {
        problems_.push_back({file_, "has more faults than are told here"});
    }
}

std::optional<std::int64_t>
TableReader::whole(Row const& row, std::size_t field, std::int64_t low, std::int64_t high) {
    auto const number = input::parse_scaled(row.fields[field], 0);
    if (!number || *number < low || *number > high) {
        fault(
            row,
            fmt::format(
                "{} is not a whole number from {} to {}", in_quotes(row.fields[field]), low, high));
        return std::nullopt;
    }
    return *number;
}

std::optional<std::int64_t> TableReader::persons(Row const& row, std::size_t field) {
    constexpr std::int64_t persons_max = 10'000'000'000;
    return whole(row, field, 0, persons_max);
}

std::optional<double> TableReader::decimal(
    Row const& row, std::size_t field, int decimals, std::int64_t low, std::int64_t high) {
    constexpr std::int64_t base = 10;
    std::int64_t scale = 1;
    for (int i = 0; i < decimals; ++i) {
        scale *= base;
    }
    auto const number = input::parse_scaled(row.fields[field], decimals);
    if (!number || *number < low * scale || *number > high * scale) {
        fault(row,
              fmt::format("{} is not a number from {} to {} with at most {} decimals",
                          in_quotes(row.fields[field]),
                          low,
                          high,
                          decimals));
        return std::nullopt;
    }
    return static_cast<double>(*number) / static_cast<double>(scale);
}

std::optional<Fen> TableReader::yuan(Row const& row, std::size_t field) {
    auto const amount = input::parse_yuan(row.fields[field]);
    if (!amount) {
        fault(row, input::describe_yuan_fault(amount.error(), row.fields[field]));
        return std::nullopt;
    }
    if (*amount <= Fen{}) {
        fault(row, "an amount here must be above zero");
        return std::nullopt;
    }
    return *amount;
}

std::optional<YearMonth> TableReader::month(Row const& row, std::size_t field) {
    auto const month = YearMonth::parse(row.fields[field]);
    if (!month) {
        fault(row, in_quotes(row.fields[field]) + " is no month; expected such as 2019-05");
    }
    return month;
}

std::optional<AreaId> TableReader::area(Row const& row, std::size_t field, AreaTable const& areas) {
    auto const area = areas.find(row.fields[field]);
    if (!area && faults_ >= input::table_faults_max) {
        ++faults_; // no more are told, and a near miss takes long to find
    } else if (!area) {
        std::vector<std::string_view> ids;
        for (Area const& known : areas.all()) {
            ids.push_back(known.id);
        }
        fault(row, input::unknown("area", row.fields[field], ids));
    }
    return area;
}

std::optional<AreaId>
TableReader::default_area(Row const& row, std::size_t field, AreaTable const& areas) {
    auto const found = area(row, field, areas);
    if (found && pensim::row(*found) >= areas.default_count()) {
        fault(row, fmt::format("area {} has default = 0 and no place here", row.fields[field]));
        return std::nullopt;
    }
    return found;
}

void TableReader::missing(std::string_view whole, std::vector<std::string> const& parts) {
    if (readable_ && !parts.empty()) {
        std::string const more =
            parts.size() > 1 ? fmt::format(" and {} more", parts.size() - 1) : "";
        fault(fmt::format("{} lacks {}{}", whole, parts.front(), more));
    }
}

void TableReader::source_given(Row const& row, std::size_t field) {
    if (row.fields[field].empty()) {
        fault(row, "a row needs its source");
    }
}

void TableReader::append(Problems const& more) {
    problems_.insert(problems_.end(), more.begin(), more.end());
}

std::optional<CountryCode> country_code(std::string_view text) {
    auto const capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (text.size() != 3 || !std::all_of(text.begin(), text.end(), capital)) {
        return std::nullopt;
    }
    return CountryCode{text[0], text[1], text[2]};
}

} // namespace pensim::data

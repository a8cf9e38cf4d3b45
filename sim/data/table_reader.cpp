#include "sim/data/table_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/input/decimal.hpp"
#include "sim/input/suggestion.hpp"

namespace pensim::data {

using input::in_quotes;

std::vector<TableReader::Row> TableReader::rows(std::vector<std::string_view> const& columns) {
    auto const text = source_.read(file_);
    if (!text) {
        append(text.error());
        return {};
    }
    auto const table = input::CsvTable::parse(file_, *text, columns);
    if (!table) {
        append(table.error());
        return {};
    }
    return table->rows();
}

void TableReader::fault(Row const& row, std::string what) {
    problems_.push_back({fmt::format("{}:{}", file_, row.line), std::move(what)});
}

void TableReader::fault(std::string what) {
    problems_.push_back({file_, std::move(what)});
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
    if (!area) {
        std::vector<std::string_view> ids;
        for (Area const& known : areas.all()) {
            ids.push_back(known.id);
        }
        fault(row, input::unknown("area", row.fields[field], ids));
    }
    return area;
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

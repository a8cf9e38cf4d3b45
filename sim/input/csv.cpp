#include "sim/input/csv.hpp"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/input/limits.hpp"
#include "sim/input/suggestion.hpp"

namespace pensim::input {

std::size_t row_end(std::string_view text, std::size_t from) {
    while (from < text.size()) {
        std::size_t const line = text.find('\n', from);
        std::size_t const end = line == std::string_view::npos ? text.size() : line + 1;
        auto const* const begin = text.data() + from;
        auto const quotes = std::memchr(begin, '"', end - from) == nullptr
                                ? 0
                                : std::count(begin, text.data() + end, '"');
        if (quotes % 2 == 0) {
            return end;
        }
        // An open quote: the row goes on to the line with the closing one.
        std::size_t const closing = text.find('"', end);
        if (closing == std::string_view::npos) {
            return std::string_view::npos;
        }
        from = closing + 1;
    }
    return text.size();
}

std::string_view RowSplitter::unquote(std::string_view inside) {
    if (inside.find('"') == std::string_view::npos) {
        return inside;
    }
    if (used_ == unquoted_.size()) {
        unquoted_.emplace_back();
    }
    std::string& text = unquoted_[used_++];
    text.clear();
    for (std::size_t i = 0; i < inside.size(); ++i) {
        text += inside[i];
        i += inside[i] == '"' ? std::size_t{1} : 0; // a doubled quote stands for one
    }
    return text;
}

std::vector<std::string_view> const* RowSplitter::split(std::string_view row) {
    while (!row.empty() && (row.back() == '\n' || row.back() == '\r')) {
        row.remove_suffix(1);
    }
    fields_.clear();
    used_ = 0;
    if (std::memchr(row.data(), '"', row.size()) == nullptr) {
        for (std::size_t start = 0;;) {
            std::size_t const comma = std::min(row.find(',', start), row.size());
            fields_.push_back(row.substr(start, comma - start));
            if (comma == row.size()) {
                return &fields_;
            }
            start = comma + 1;
        }
    }
    // Room for all of them first: views into unquoted_ would not survive its growth.
    unquoted_.reserve(std::max<std::size_t>(
        unquoted_.capacity(),
        static_cast<std::size_t>(std::count(row.begin(), row.end(), '"')) / 2));
    std::size_t position = 0;
    while (true) {
        if (position < row.size() && row[position] == '"') {
            std::size_t end = position + 1;
            while (true) {
                end = row.find('"', end);
                if (end == std::string_view::npos) {
                    return nullptr;
                }
                if (end + 1 >= row.size() || row[end + 1] != '"') {
                    break;
                }
                end += 2;
            }
            fields_.push_back(unquote(row.substr(position + 1, end - position - 1)));
            position = end + 1;
            if (position < row.size() && row[position] != ',') {
                return nullptr;
            }
        } else {
            std::size_t const comma = std::min(row.find(',', position), row.size());
            std::string_view const field = row.substr(position, comma - position);
            if (field.find('"') != std::string_view::npos) {
                return nullptr;
            }
            fields_.push_back(field);
            position = comma;
        }
        if (position >= row.size()) {
            return &fields_;
        }
        ++position;
    }
}

namespace {

std::string header_text(std::vector<std::string_view> const& fields) {
    constexpr std::size_t longest = 200;
    return shortened(fmt::format("{}", fmt::join(fields, ",")), longest);
}

} // namespace

Result<CsvTable> CsvTable::parse(std::string_view file,
                                 std::string_view text,
                                 std::vector<std::string_view> const& columns) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) {
        text.remove_prefix(byte_order_mark.size());
    }
    CsvTable table;
    Problems problems;
    RowSplitter splitter;
    int line = 1;
    for (std::size_t start = 0; start < text.size();) {
        std::size_t const end = std::min(row_end(text, start), text.size());
        std::string_view const row = text.substr(start, end - start);
        auto const* const fields = splitter.split(row);
        auto const where = fmt::format("{}:{}", file, line);
        if (table.rows_.size() == table_rows_max || problems.size() == table_faults_max) {
            problems.push_back({where,
                                problems.empty() ? fmt::format("more than {} lines", table_rows_max)
                                                 : "is not read on: too many faults"});
            break;
        }
        if (fields == nullptr) {
            problems.push_back({where, "broken quotes"});
        } else if (line == 1) {
            if (*fields != columns) {
                problems.push_back({where,
                                    fmt::format("the header is {}; expected {}",
                                                header_text(*fields),
                                                fmt::join(columns, ","))});
                break;
            }
        } else if (fields->size() != columns.size()) {
            problems.push_back(
                {where, fmt::format("{} fields; expected {}", fields->size(), columns.size())});
        } else {
            table.rows_.push_back({line, {fields->begin(), fields->end()}});
        }
        line += static_cast<int>(std::count(row.begin(), row.end(), '\n'));
        start = end;
    }
    if (text.empty()) {
        problems.push_back({std::string(file) + ":1", "the file is empty"});
    }
    if (!problems.empty()) {
        return tl::make_unexpected(std::move(problems));
    }
    return table;
}

namespace {

/// Digits with at most one sign before and one point inside. "-1+2" is none: a spreadsheet would
/// compute it.
bool is_number(std::string_view field) {
    std::size_t const start = field.find_first_not_of("+-") == 1 ? 1 : 0;
    std::string_view const digits = field.substr(start);
    return !digits.empty() && digits.find_first_not_of(".0123456789") == std::string_view::npos
           && std::count(digits.begin(), digits.end(), '.') <= 1;
}

void append_quoted(std::string& out, std::string_view before, std::string_view field) {
    out += '"';
    out += before;
    for (char const character : field) {
        out += character;
        if (character == '"') {
            out += '"';
        }
    }
    out += '"';
}

} // namespace

void append_csv_field(std::string& out, std::string_view field) {
    constexpr std::string_view formula_starts = "=+-@\t\r";
    bool const formula =
        !field.empty() && formula_starts.find(field.front()) != std::string_view::npos
        && field.find_first_not_of("+-") != std::string_view::npos && !is_number(field);
    if (formula) {
        append_quoted(out, "'", field);
    } else {
        append_csv_id(out, field);
    }
}

void append_csv_id(std::string& out, std::string_view id) {
    if (id.find_first_of(",\"\n\r") == std::string_view::npos) {
        out += id;
    } else {
        append_quoted(out, "", id);
    }
}

} // namespace pensim::input

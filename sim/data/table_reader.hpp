// Reads the fields of one table of scenarios/data; what is wrong goes to one list with file and
// line, so that all faults come at once.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/area/area_table.hpp"
#include "core/basis/money.hpp"
#include "core/basis/month.hpp"
#include "core/basis/problem.hpp"
#include "core/record/life.hpp"
#include "sim/data/shipped.hpp"
#include "sim/input/csv.hpp"

namespace pensim::data {

/// `source` and `problems` must outlive the reader.
class TableReader {
  public:
    using Row = input::CsvTable::Row;

    TableReader(TableSource const& source, std::string file, Problems& problems)
        : file_(std::move(file)), problems_(problems), source_(source) {}

    /// None when the file cannot be read as a table; that is a fault too.
    [[nodiscard]] std::vector<Row> rows(std::vector<std::string_view> const& columns);

    void fault(Row const& row, std::string what);
    void fault(std::string what);

    [[nodiscard]] std::optional<std::int64_t>
    whole(Row const& row, std::size_t field, std::int64_t low, std::int64_t high);
    /// A headcount: from 0, below any that a sum of them could carry too far.
    [[nodiscard]] std::optional<std::int64_t> persons(Row const& row, std::size_t field);
    /// Of rates, weights and coordinates, never of money or persons; ends included.
    [[nodiscard]] std::optional<double>
    decimal(Row const& row, std::size_t field, int decimals, std::int64_t low, std::int64_t high);
    /// Above zero.
    [[nodiscard]] std::optional<Fen> yuan(Row const& row, std::size_t field);
    [[nodiscard]] std::optional<YearMonth> month(Row const& row, std::size_t field);
    [[nodiscard]] std::optional<AreaId>
    area(Row const& row, std::size_t field, AreaTable const& areas);
    /// An area that always exists; of the others a table has no room.
    [[nodiscard]] std::optional<AreaId>
    default_area(Row const& row, std::size_t field, AreaTable const& areas);
    void source_given(Row const& row, std::size_t field);
    /// One fault for all that is missing: "2015-2020 lacks GD to SH and 3 more". None for nothing,
    /// nor where the file could not be read: that was said.
    void missing(std::string_view whole, std::vector<std::string> const& parts);
    /// Puts a row under its key, which must be new.
    template <class Key, class Value>
    void put(Row const& row,
             std::map<Key, Value>& read,
             Key const& key,
             Value const& value,
             std::string const& name) {
        if (!read.emplace(key, value).second) {
            fault(row, name + " stands here twice");
        }
    }

  private:
    void append(Problems const& more);
    /// The first ones are told one by one.
    void put_fault(Problem problem);

    std::string file_;
    Problems& problems_;
    TableSource const& source_;
    bool readable_ = true;
    std::size_t faults_ = 0;
};

/// What was read, or what was wrong with it.
template <class T>
[[nodiscard]] Result<T> checked(T value, Problems problems) {
    if (!problems.empty()) {
        return tl::make_unexpected(std::move(problems));
    }
    return value;
}

/// Three capital letters.
[[nodiscard]] std::optional<CountryCode> country_code(std::string_view text);

} // namespace pensim::data

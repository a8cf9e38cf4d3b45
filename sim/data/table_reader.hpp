// Reads the fields of one table of scenarios/data; what is wrong goes to one list with file and
// line, so that all faults come at once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/area/area_table.hpp"
#include "core/basis/money.hpp"
#include "core/basis/month.hpp"
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
    /// Above zero.
    [[nodiscard]] std::optional<Fen> yuan(Row const& row, std::size_t field);
    [[nodiscard]] std::optional<YearMonth> month(Row const& row, std::size_t field);
    [[nodiscard]] std::optional<AreaId>
    area(Row const& row, std::size_t field, AreaTable const& areas);
    void source_given(Row const& row, std::size_t field);

  private:
    void append(Problems const& more);

    std::string file_;
    Problems& problems_;
    TableSource const& source_;
};

/// Three capital letters.
[[nodiscard]] std::optional<CountryCode> country_code(std::string_view text);

} // namespace pensim::data

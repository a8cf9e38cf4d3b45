// The columns of persons.csv and records.csv, and a person read from the rows of both. See
// case_csv.hpp for the format.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "sim/cases/case.hpp"
#include "sim/cases/csv_join.hpp"

namespace pensim::cases {

enum PersonColumn : std::size_t {
    p_id,
    p_group,
    p_sex,
    p_birth,
    p_required, ///< the columns before must be there
    p_post = p_required,
    p_hukou,
    p_nationality,
    p_permanent_resident,
    p_claim,
    p_continue_in_last_area,
    p_move_to_resident_scheme,
    p_id_number,
    p_note,
    p_events,
    p_exemptions,
    p_count,
};

enum RecordColumn : std::size_t {
    r_person_id,
    r_area,
    r_from,
    r_to,
    r_base,
    r_required, ///< the columns before must be there
    r_scheme = r_required,
    r_kind,
    r_months,
    r_transfer,
    r_keep,
    r_count,
};

using CsvFields = std::vector<std::string_view>;

/// Where each known column stands in a file, and the columns that nobody knows.
template <std::size_t count>
struct ColumnMap {
    static constexpr std::size_t absent = static_cast<std::size_t>(-1);
    std::array<std::size_t, count> at{};
    std::vector<std::size_t> further;
    std::size_t width = 0;

    /// The field of a row, empty when the file has no such column.
    [[nodiscard]] std::string_view field(CsvFields const& row, std::size_t column) const {
        return at[column] == absent ? std::string_view() : row[at[column]];
    }
};

/// Two files by name, with their columns.
struct CsvShape {
    std::string persons_file;
    std::string records_file;
    ColumnMap<p_count> persons;
    ColumnMap<r_count> records;
};

/// The columns of a table that is called `name`; faults of them stand at `place`.
struct TableHead {
    std::string name;
    std::string place;
    std::vector<std::string> columns;
};

/// What is wrong with a further column that has a name of outcomes.csv.
[[nodiscard]] std::string cannot_be_kept(std::string_view column);

/// The columns of persons that have a meaning.
[[nodiscard]] std::vector<std::string_view> person_columns_known();

/// Problems: a column is missing; one looks like a misspelt known one (unless further columns are
/// wanted).
[[nodiscard]] CsvShape shape_of(TableHead const& persons,
                                TableHead const& records,
                                bool further_wanted,
                                Problems& problems);

/// Reads persons from their rows. Keeps its memory from person to person.
class RowReader {
  public:
    RowReader(CsvShape const& shape, data::Tables const& tables) : shape_(shape), tables_(tables) {}

    /// The person lives in the reader until the next call. Problems name `file:line:column`.
    Case& read(Batch const& batch, PersonRows const& rows);

    /// The same from fields that are at hand, `line` by `line`: the person first, then the records.
    void start(CsvFields const& person, std::uint64_t line);
    /// An earlier person has the same id.
    void doubled(std::uint64_t line);
    void add_record(CsvFields const& record, std::uint64_t line);
    /// Once all are there; `line` is the person's.
    Case& finish(std::uint64_t line);

    /// The fields of the person's row; empty when the row is broken.
    [[nodiscard]] CsvFields const& person_fields() const { return person_fields_; }

    [[nodiscard]] std::string person_place(std::uint64_t line, std::string_view column) const;
    [[nodiscard]] std::string record_place(std::uint64_t line, std::string_view column) const;

  private:
    /// The fields of a row; null, with a fault, when it is broken or has not `width` of them.
    CsvFields const*
    split(std::string_view row, std::string const& file, std::uint64_t line, std::size_t width);
    void clear();
    void read_person(CsvFields const& fields, std::uint64_t line);
    void read_events(std::string_view list, std::uint64_t line);
    void read_exemptions(std::string_view list, std::uint64_t line);
    [[nodiscard]] Record read_record(CsvFields const& fields, std::uint64_t line);

    CsvShape const& shape_;
    data::Tables const& tables_;
    input::RowSplitter splitter_;
    CsvFields person_fields_;
    Case case_;
};

} // namespace pensim::cases

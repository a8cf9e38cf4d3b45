// Brings the records of records.csv to the persons of persons.csv, in batches and in the order of
// the persons.
//
// A first look through both files finds out whether the records come batch by batch in the order of
// the persons (in any order within a batch). If they do, one batch at a time is in memory. If not,
// or if a record belongs to nobody, both files are indexed once, and each person's records are
// fetched from where they stand. Without the first look, a late record would find its person
// decided. Pipes cannot be looked through: there the records must stand in order.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sim/input/csv.hpp"
#include "sim/input/limits.hpp"
#include "sim/input/row_stream.hpp"

namespace pensim::cases {

/// A row in a batch's text.
struct RowText {
    std::size_t start = 0;
    std::size_t length = 0;
    std::uint64_t line = 0;
};

struct PersonRows {
    RowText person;
    bool doubled = false; ///< an earlier person has the same id
    std::vector<RowText> records;
    std::size_t bytes = 0; ///< of all records; beyond csv_person_bytes_max they are left out

    void start(RowText const& row) {
        person = row;
        records.clear();
        bytes = 0;
    }
    /// One more record of so many bytes; false when it is to be left out.
    [[nodiscard]] bool takes(std::size_t more) {
        bytes += more;
        return bytes <= input::csv_person_bytes_max;
    }
};

/// A record row whose person is not in persons.csv.
struct OrphanRow {
    std::string id;
    std::uint64_t line = 0;
};

struct Batch {
    std::string text;
    std::vector<PersonRows>
        persons; ///< only the first `count` are filled; the others keep their memory
    std::size_t count = 0;
    std::vector<OrphanRow> orphans;

    void clear() {
        text.clear();
        count = 0;
        orphans.clear();
    }
    [[nodiscard]] std::string_view row(RowText const& row) const {
        return std::string_view(text).substr(row.start, row.length);
    }
    RowText keep(std::string_view row, std::uint64_t line) {
        RowText const kept{text.size(), row.size(), line};
        text += row;
        return kept;
    }
};

/// Ids seen so far, as 64-bit hashes: 16 bytes a person. Two of ten million ids share one with a
/// chance of 3 in a million.
class SeenIds {
  public:
    /// False when the id was there before.
    bool insert(std::string_view id);

  private:
    [[nodiscard]] static std::uint64_t hash_of(std::string_view id);
    /// The slot of a hash, or the empty one where it belongs.
    [[nodiscard]] std::size_t slot_of(std::uint64_t hash) const;
    void grow();
    std::vector<std::uint64_t> slots_; ///< 0: empty; a power of two of them
    std::size_t used_ = 0;
};

class CsvJoin {
  public:
    CsvJoin(input::RowStream& persons,
            std::size_t id_column,
            input::RowStream& records,
            std::size_t person_id_column);

    /// The first look through both files; once, before next().
    void start();

    /// The next persons with their records; false at the end. Throws MachineFault when a pipe is
    /// not in order.
    bool next(Batch& batch);

    static constexpr std::size_t batch_size = 1024;

  private:
    struct Waiting {
        std::string id;
        std::string row;
        input::RowPlace place;
    };
    struct IndexedRecord {
        std::uint32_t person;
        std::uint32_t length;
        input::RowPlace place;
    };
    struct Window {
        std::vector<Waiting> persons;
        std::unordered_map<std::string_view, std::uint32_t> rows;
    };
    void fill_window();
    bool next_record();
    [[nodiscard]] bool find_in_window(std::string_view id, std::size_t& person) const;
    bool in_order();
    void build_index();
    bool next_in_order(Batch& batch);
    bool next_indexed(Batch& batch);
    [[nodiscard]] std::string_view id_of(std::string_view row, std::size_t column);

    input::RowStream& persons_;
    input::RowStream& records_;
    std::size_t id_column_;
    std::size_t person_id_column_;
    input::RowSplitter splitter_;

    SeenIds seen_;  ///< of the persons given out in order
    Window window_; ///< the persons of the next batch
    bool started_ = false;
    bool record_waits_ = false;
    std::string_view record_; ///< the record row not yet given out
    input::RowPlace record_place_;

    bool indexed_ = false;
    std::uint32_t next_person_ = 0;
    std::size_t next_record_row_ = 0;
    std::vector<IndexedRecord> index_; ///< by person, then as they stand
    std::vector<OrphanRow> orphans_;
    std::vector<std::uint32_t> doubled_; ///< numbers of persons, rising
    std::size_t next_doubled_ = 0;
};

} // namespace pensim::cases

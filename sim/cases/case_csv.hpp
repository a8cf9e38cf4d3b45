// Histories as an agency exports them: persons.csv and records.csv, decided as they stream by.
//
// persons.csv  id, group, sex, birth; and any of post, hukou, nationality, permanent_resident,
// claim,
//              continue_in_last_area, move_to_resident_scheme, id_number, note, events, exemptions.
//              events: "depart 2017-10; terminate 2020-01; death 2030-05".
//              exemptions: "agreement 2015-01 2019-12; home_certificate 2020-01 2021-12".
// records.csv  person_id, area, from, to, base; and any of scheme, kind, months, transfer, keep.
//
// Persons are decided in their order on all cores. Memory does not grow with the files while the
// records stand in the order of the persons (a first look through both files finds out); records in
// another order, or of nobody, cost 24 bytes each and one look-up table of the persons.
#pragma once

#include <cstdint>
#include <string>

#include "sim/cases/decide_case.hpp"

namespace pensim::cases {

/// What becomes of the outcomes.
enum class CsvOutput : std::uint8_t {
    json_lines, ///< to standard output
    folder,     ///< outcomes.csv, transfers.csv, refunds.csv, errors.csv
    faults,     ///< nothing but faults, a line each, to standard error
};

struct CsvJob {
    std::string persons;
    std::string records;
    CsvOutput output = CsvOutput::json_lines;
    std::string folder;        ///< a new one, for CsvOutput::folder
    bool keep_columns = false; ///< further columns of persons.csv go on to outcomes.csv
    int threads = 1;
};

struct CsvSummary {
    std::uint64_t persons = 0;
    std::uint64_t errors = 0; ///< persons with errors, and lines that belong to nobody
};

/// Problems: of the files as a whole (unreadable, a column is missing); nothing is written then.
/// Throws MachineFault.
[[nodiscard]] Result<CsvSummary> decide_csv(Law const& law, CsvJob const& job);

} // namespace pensim::cases

// Histories as two tables in memory, decided into tables: persons and records with the columns of
// persons.csv and records.csv (cases/case_csv.hpp).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/cases/decide_case.hpp"
#include "sim/input/progress.hpp"
#include "sim/report/table.hpp"

namespace pensim::job {

/// The texts of a column's cells, each distinct one once.
struct FrameColumn {
    std::string name;
    std::vector<std::int32_t> codes; ///< by row; -1: an empty cell
    std::vector<std::string> words;
};
struct Frame {
    std::string name; ///< under which faults are reported
    std::vector<FrameColumn> columns;
    std::size_t rows = 0;
};

struct DecidedFrames {
    report::Table outcomes; ///< a row a person, in their order, as in outcomes.csv
    report::Table transfers;
    report::Table refunds;
    report::Table errors; ///< id, table, row (from 0), column, message
    std::string json;     ///< pensim/outcomes/1, if wanted
    std::size_t failed = 0;
};

struct FrameWishes {
    bool keep_columns = false; ///< further columns of the persons are no typing errors
    bool json = false;
};

/// Throws WrongInput with the faults of the tables as a whole, input::Interrupted.
[[nodiscard]] DecidedFrames decide_frames(cases::Law const& law,
                                          Frame const& persons,
                                          Frame const& records,
                                          FrameWishes const& wishes,
                                          input::OnProgress const& progressed);

} // namespace pensim::job

// Two records of one month: which one counts.
//   Law    rsb-2009-187; rsb-2010-70, item 10 (one relation is kept for the period, the account of
//   the others is
//          refunded); OPEN_QUESTIONS A13 (the person's choice, decided before anything is counted)
//   Given  the employee-scheme records of one life; lump sums pay for past months and do not
//   compete Gives  disjoint runs of counted months in order of time, and every month that lost, in
//   order of month and record Fails  never
#pragma once

#include <vector>

#include "core/record/life.hpp"

namespace pensim::law {

/// Months that count, out of one record; ends included.
struct PaidRun {
    YearMonth from = YearMonth::first();
    YearMonth to = YearMonth::first();
    int record = 0;
};

/// A month of a record that another record of the same month put aside.
struct LostMonth {
    YearMonth month = YearMonth::first();
    int record = 0;
};

/// Fills `runs` and `lost` (their old contents go). Kept one, else the one that starts earlier,
/// else the one listed first, counts. Every record must end no earlier than it starts.
void resolve_overlaps(std::vector<Record> const& records,
                      std::vector<PaidRun>& runs,
                      std::vector<LostMonth>& lost);

} // namespace pensim::law

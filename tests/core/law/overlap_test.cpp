#include "core/law/overlap.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace pensim::test {

namespace {

/// Months of 2010, both ends included; beyond 12 they run on into 2011.
struct Paid {
    int from;
    int to;
    bool keep = false;
    Kind kind = Kind::employed;
    Scheme scheme = Scheme::employee;
};

YearMonth month_of(int number) {
    return YearMonth{2009, 12} + Months(number);
}
int number_of(YearMonth month) {
    return (month - YearMonth{2009, 12}).count();
}

std::vector<Record> records_of(std::vector<Paid> const& paid) {
    std::vector<Record> records;
    records.reserve(paid.size());
    for (Paid const& p : paid) {
        records.push_back({.from = month_of(p.from),
                           .to = month_of(p.to),
                           .kind = p.kind,
                           .scheme = p.scheme,
                           .keep = p.keep});
    }
    return records;
}

/// "0:1-4 1:5-6" and "3/1 4/1": record and months, month and record.
struct Resolved {
    std::string runs;
    std::string lost;
};

Resolved resolve(std::vector<Paid> const& paid) {
    std::vector<law::PaidRun> runs{{}, {}}; // old contents must go
    std::vector<law::LostMonth> lost{{}};
    law::resolve_overlaps(records_of(paid), runs, lost);
    Resolved text;
    for (auto const& run : runs) {
        text.runs += (text.runs.empty() ? "" : " ") + std::to_string(run.record) + ':'
                     + std::to_string(number_of(run.from)) + '-'
                     + std::to_string(number_of(run.to));
    }
    for (auto const& l : lost) {
        text.lost += (text.lost.empty() ? "" : " ") + std::to_string(number_of(l.month)) + '/'
                     + std::to_string(l.record);
    }
    return text;
}

} // namespace

TEST_CASE("of two records of a month one counts") {
    constexpr auto lump = Kind::lump_sum;
    constexpr auto work = Kind::employed;
    constexpr auto resident = Scheme::resident;
    struct Case {
        std::string why;
        std::vector<Paid> paid;
        std::string runs;
        std::string lost;
    };
    for (auto const& c : std::vector<Case>{
             {"nothing paid", {}, "", ""},
             {"one record", {{1, 3}}, "0:1-3", ""},
             {"a gap between", {{1, 3}, {5, 6}}, "0:1-3 1:5-6", ""},
             {"next to each other", {{1, 3}, {4, 6}}, "0:1-3 1:4-6", ""},
             {"next to each other, listed backwards", {{4, 6}, {1, 3}}, "1:1-3 0:4-6", ""},
             {"one month in common: the earlier start", {{1, 3}, {3, 5}}, "0:1-3 1:4-5", "3/1"},
             {"listed later, but starts earlier", {{3, 6}, {1, 4}}, "1:1-4 0:5-6", "3/0 4/0"},
             {"same start: the one listed first", {{1, 2}, {1, 4}}, "0:1-2 1:3-4", "1/1 2/1"},
             {"same start, the longer first", {{1, 4}, {1, 2}}, "0:1-4", "1/1 2/1"},
             {"the same months twice", {{1, 2}, {1, 2}}, "0:1-2", "1/1 2/1"},
             {"nested", {{1, 6}, {3, 4}}, "0:1-6", "3/1 4/1"},
             {"nested and kept", {{1, 6}, {3, 4, true}}, "0:1-2 1:3-4 0:5-6", "3/0 4/0"},
             {"the later start kept", {{1, 4}, {3, 6, true}}, "0:1-2 1:3-6", "3/0 4/0"},
             {"listed second, same start, kept", {{1, 2}, {1, 2, true}}, "1:1-2", "1/0 2/0"},
             {"two kept: the earlier start",
              {{3, 6, true}, {1, 4, true}},
              "1:1-4 0:5-6",
              "3/0 4/0"},
             {"two kept, same start: listed first",
              {{1, 2, true}, {1, 3, true}},
              "0:1-2 1:3-3",
              "1/1 2/1"},
             {"three deep: the earliest",
              {{1, 6}, {2, 5}, {3, 4}},
              "0:1-6",
              "2/1 3/1 3/2 4/1 4/2 5/1"},
             {"three deep, the innermost kept",
              {{1, 6}, {2, 5}, {3, 4, true}},
              "0:1-2 2:3-4 0:5-6",
              "2/1 3/0 3/1 4/0 4/1 5/1"},
             {"a chain: each month for itself",
              {{1, 3}, {2, 5}, {4, 7}},
              "0:1-3 1:4-5 2:6-7",
              "2/1 3/1 4/2 5/2"},
             {"over New Year", {{11, 14}, {13, 15}}, "0:11-14 1:15-15", "13/1 14/1"},
             {"a lump sum does not compete", {{2, 2, false, lump}, {1, 3}}, "1:1-3", ""},
             {"not even when kept", {{1, 3}, {2, 2, true, lump}}, "0:1-3", ""},
             {"a resident record does not compete",
              {{1, 12, false, work, resident}, {2, 3}},
              "1:2-3",
              ""},
             {"not even when kept", {{1, 12, true, work, resident}, {2, 3}}, "1:2-3", ""},
             {"the other two still do",
              {{1, 12, true, work, resident}, {2, 3}, {3, 4}},
              "1:2-3 2:4-4",
              "3/2"},
         }) {
        CAPTURE(c.why);
        auto const found = resolve(c.paid);
        CHECK(found.runs == c.runs);
        CHECK(found.lost == c.lost);
    }
}

TEST_CASE("random records: each month's winner is the first by keep, start and listing") {
    std::mt19937 random(20260101);
    auto const draw = [&](int below) {
        return static_cast<int>(random() % static_cast<unsigned>(below));
    };
    for (int round = 0; round < 500; ++round) {
        std::vector<Paid> paid;
        for (int i = draw(6); i >= 0; --i) {
            int const from = 1 + draw(20);
            paid.push_back({from, from + draw(8), draw(4) == 0});
        }
        std::string winners(40, '.');
        std::string lost;
        for (int month = 0; month < 40; ++month) {
            int best = -1;
            for (int i = 0; i < static_cast<int>(paid.size()); ++i) {
                auto const& p = paid[static_cast<std::size_t>(i)];
                auto const& b = paid[static_cast<std::size_t>(std::max(best, 0))];
                if (p.from <= month && month <= p.to
                    && (best < 0 || (p.keep && !b.keep) || (p.keep == b.keep && p.from < b.from))) {
                    best = i;
                }
            }
            for (int i = 0; i < static_cast<int>(paid.size()); ++i) {
                auto const& p = paid[static_cast<std::size_t>(i)];
                if (i != best && p.from <= month && month <= p.to) {
                    lost +=
                        (lost.empty() ? "" : " ") + std::to_string(month) + '/' + std::to_string(i);
                }
            }
            if (best >= 0) {
                winners[static_cast<std::size_t>(month)] = static_cast<char>('0' + best);
            }
        }
        std::vector<law::PaidRun> runs;
        std::vector<law::LostMonth> months;
        law::resolve_overlaps(records_of(paid), runs, months);
        std::string found(40, '.');
        for (auto const& run : runs) {
            for (auto month = run.from; month <= run.to; month = month.next()) {
                auto& place = found[static_cast<std::size_t>(number_of(month))];
                CHECK(place == '.'); // runs are disjoint
                place = static_cast<char>('0' + run.record);
            }
        }
        CAPTURE(round);
        CHECK(found == winners);
        CHECK(resolve(paid).lost == lost);
    }
}

TEST_CASE("a record must end no earlier than it starts") {
    std::vector<law::PaidRun> runs;
    std::vector<law::LostMonth> lost;
    CHECK_THROWS_AS(law::resolve_overlaps(records_of({{3, 2}}), runs, lost), ContractViolation);
    CHECK_NOTHROW(law::resolve_overlaps(records_of({{3, 3}}), runs, lost));
}

} // namespace pensim::test

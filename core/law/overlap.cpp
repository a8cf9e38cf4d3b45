#include "core/law/overlap.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace pensim::law {

namespace {

/// Orders records by who counts first.
struct Precedence {
    bool put_aside; // not marked `keep`
    YearMonth from;
    int record;
    friend bool operator<(Precedence const& a, Precedence const& b) {
        return std::tie(a.put_aside, a.from, a.record) < std::tie(b.put_aside, b.from, b.record);
    }
};

/// A record begins to cover months, or has ceased to.
struct Edge {
    YearMonth month;
    bool begins;
    int record;
};

void append_run(std::vector<PaidRun>& runs, PaidRun run) {
    if (!runs.empty() && runs.back().record == run.record && runs.back().to.next() == run.from) {
        runs.back().to = run.to;
    } else {
        runs.push_back(run);
    }
}

std::vector<Edge> edges_of(std::vector<Record> const& records, std::vector<PaidRun> const& runs) {
    std::vector<Edge> edges;
    for (PaidRun const& run : runs) {
        auto const& record = records[static_cast<std::size_t>(run.record)];
        edges.push_back({record.from, true, run.record});
        edges.push_back({record.to.next(), false, run.record});
    }
    std::sort(
        edges.begin(), edges.end(), [](Edge const& a, Edge const& b) { return a.month < b.month; });
    return edges;
}

void sweep(std::vector<Record> const& records,
           std::vector<PaidRun>& runs,
           std::vector<LostMonth>& lost) {
    std::vector<Edge> const edges = edges_of(records, runs);
    runs.clear();
    std::set<Precedence> covering;
    for (std::size_t i = 0; i < edges.size();) {
        YearMonth const from = edges[i].month;
        for (; i < edges.size() && edges[i].month == from; ++i) {
            auto const& record = records[static_cast<std::size_t>(edges[i].record)];
            Precedence const key{!record.keep, record.from, edges[i].record};
            if (edges[i].begins) {
                covering.insert(key);
            } else {
                covering.erase(key);
            }
        }
        if (covering.empty()) {
            continue;
        }
        YearMonth const to = edges[i].month.previous(); // the last edge leaves nothing covered
        append_run(runs, {from, to, covering.begin()->record});
        for (auto loser = std::next(covering.begin()); loser != covering.end(); ++loser) {
            for (YearMonth month = from; month <= to; month = month.next()) {
                lost.push_back({month, loser->record});
            }
        }
    }
    std::sort(lost.begin(), lost.end(), [](LostMonth const& a, LostMonth const& b) {
        return std::tie(a.month, a.record) < std::tie(b.month, b.record);
    });
}

} // namespace

void resolve_overlaps(std::vector<Record> const& records,
                      std::vector<PaidRun>& runs,
                      std::vector<LostMonth>& lost) {
    runs.clear();
    lost.clear();
    runs.reserve(records.size());
    bool in_order = true;
    YearMonth before = YearMonth::first() - Months(1); // ends before any record
    for (std::size_t i = 0; i < records.size(); ++i) {
        auto const& record = records[i];
        if (record.scheme != Scheme::employee || record.kind == Kind::lump_sum) {
            continue;
        }
        PENSIM_EXPECT(record.from <= record.to);
        in_order = in_order && before < record.from;
        before = record.to;
        runs.push_back({record.from, record.to, static_cast<int>(i)});
    }
    if (!in_order) {
        sweep(records, runs, lost);
    }
}

} // namespace pensim::law

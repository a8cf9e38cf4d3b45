// Many holdings through their years, side by side: credits, interest, what is paid into the funds.
//   Law    mirrors core/law/relation.hpp (pay, pay_whole_year, close_year) and holding.hpp (credit,
//          interest, close_year), and world::BaseLimits::base
//   Given  rows: payments of one period in one area, or a year that only ends; by lane, one
//          holding's after the other's
//   Gives  the areas' books of each period, added up; each holding as it is when it moves or ends
//   Fails  never: LaneTables has seen to the limits
//
// Lanes are filled one holding behind the other, so that they stay full whatever the careers.
// A holding that takes in others (gathering, a move to where money waits) goes on in a later pass,
// when those are known.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "sim/lanes/lane_tables.hpp"
#include "sim/lanes/lane_work.hpp"

namespace pensim::lanes {

/// Where a snapshot is found once its pass has run.
struct SnapshotPlace {
    std::uint16_t pass = 0;
    std::uint16_t lane = 0;
    std::uint32_t number = 0;
};

/// How wide the vectors of this machine are, in lanes: 8, 4, or 0 for none that will do.
[[nodiscard]] int widest_lanes();

class PaidYears {
  public:
    static constexpr std::size_t passes_max = 12;
    /// `width`: 8 or 4, not above widest_lanes(). The tables outlive it.
    PaidYears(LaneTables const& tables, int width);

    /// The lane with fewest rows.
    [[nodiscard]] std::size_t shortest_lane(std::size_t pass) const {
        auto const& sizes = passes_[pass].sizes;
        std::uint32_t shortest = sizes[0] << 3U;
        for (std::uint32_t lane = 1; lane < width_; ++lane) {
            shortest = std::min(shortest, sizes[lane] << 3U | lane);
        }
        return shortest & 7U;
    }
    /// Where the next rows of a lane go. They are to be written at once, no more than there is room
    /// for (has_room()), and then told by added(), with how many of them look.
    [[nodiscard]] PaidRow* room(std::size_t pass, std::size_t lane) {
        Pass& p = passes_[pass];
        if (p.rows.empty()) {
            p.rows.resize(lane_stride * width_);
        }
        return p.rows.data() + lane * lane_stride + p.sizes[lane];
    }
    /// So many rows of one life at the most.
    static constexpr std::size_t rows_of_life_max = 1024;
    /// Is there room for a life, if all lives of now have no more than `rows` rows together? Each
    /// segment goes to the shortest lane.
    [[nodiscard]] bool has_room(std::size_t rows) const {
        return rows + (rows_of_life_max + 1) * width_ <= rows_of_lane * width_;
    }
    void added(std::size_t pass, std::size_t lane, std::size_t rows, std::uint32_t looks) {
        passes_[pass].sizes[lane] += static_cast<std::uint32_t>(rows);
        passes_[pass].looks[lane] += looks;
    }
    /// The next snapshot of a lane that a row will ask for.
    [[nodiscard]] SnapshotPlace next_snapshot(std::size_t pass, std::size_t lane) const {
        return {static_cast<std::uint16_t>(pass),
                static_cast<std::uint16_t>(lane),
                passes_[pass].looks[lane]};
    }
    /// With what the next row of the lane that takes in begins; to be called in the order of rows,
    /// before the pass runs.
    void begin_with(std::size_t pass, std::size_t lane, Snapshot const& first) {
        passes_[pass].lanes[lane].first.push_back(first);
    }

    /// Passes run in order.
    void run(std::size_t pass);
    [[nodiscard]] bool has_rows(std::size_t pass) const {
        auto const& sizes = passes_[pass].sizes;
        return std::any_of(sizes.begin(), sizes.end(), [](auto size) { return size > 0; });
    }
    [[nodiscard]] Snapshot const& at(SnapshotPlace const& place) const {
        return passes_[place.pass].lanes[place.lane].seen[place.number];
    }
    /// For other holdings; the books stay.
    void clear();

    [[nodiscard]] std::vector<PaidBooks>& books() { return books_; }

  private:
    struct Lane {
        std::vector<Snapshot> seen;
        std::vector<Snapshot> first;
    };
    struct Pass {
        std::array<std::uint32_t, lanes_max> sizes{};
        std::array<std::uint32_t, lanes_max> looks{}; ///< rows that look
        std::array<Lane, lanes_max> lanes;
        std::vector<PaidRow> rows; ///< by lane; empty: never needed
    };
    void even_out(std::size_t pass);

    LaneTables const& tables_;
    std::size_t width_;
    std::array<Pass, passes_max> passes_;
    std::vector<PaidBooks> books_; ///< by line of the tables
};

} // namespace pensim::lanes

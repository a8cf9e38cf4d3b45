// Brings what lanes go through together into an order in which neighbours begin and end in like
// years: by bands of some years in which they begin, then by the year in which they end.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/lanes/lane_work.hpp"

namespace pensim::lanes {

/// `Job` has `begin` and `end`: months by number, from 0.
template <class Job>
class YearBands {
  public:
    explicit YearBands(int years) : years_(static_cast<std::size_t>(years)) {}

    /// Months of all jobs lie in the years from 0 up to and with `years`.
    void sort(std::vector<Job>& jobs) {
        constexpr std::int32_t band = 8 * months_of_year;
        sorted_.resize(jobs.size());
        sort_by(jobs, sorted_, [](Job const& job) { return job.end / months_of_year; });
        sort_by(sorted_, jobs, [](Job const& job) { return job.begin / band; });
    }

  private:
    /// By counting; what has the same key keeps its order.
    template <class Key>
    void sort_by(std::vector<Job> const& from, std::vector<Job>& to, Key const& key) {
        starts_.assign(years_ + 2, 0);
        for (Job const& job : from) {
            ++starts_[static_cast<std::size_t>(key(job)) + 1];
        }
        for (std::size_t i = 1; i < starts_.size(); ++i) {
            starts_[i] += starts_[i - 1];
        }
        for (Job const& job : from) {
            to[starts_[static_cast<std::size_t>(key(job))]++] = job;
        }
    }

    std::size_t years_;
    std::vector<Job> sorted_;
    std::vector<std::uint32_t> starts_;
};

} // namespace pensim::lanes

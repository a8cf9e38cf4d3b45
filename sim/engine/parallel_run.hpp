// Many people over threads: shards of a fixed number of persons, a tally a thread, sums that do not
// depend on who did what.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "sim/engine/life_runner.hpp"
#include "sim/lanes/lane_tables.hpp"

namespace pensim::engine {

struct Crowd {
    std::uint64_t first = 0;
    std::uint64_t persons = 0;
    std::uint64_t shard = 4096; ///< persons a shard; results do not depend on it

    [[nodiscard]] std::uint64_t shards() const { return (persons + shard - 1) / shard; }
    /// The persons of a shard: from begin() up to but without end().
    [[nodiscard]] std::uint64_t begin(std::uint64_t number) const { return first + number * shard; }
    [[nodiscard]] std::uint64_t end(std::uint64_t number) const {
        return std::min(begin(number) + shard, first + persons);
    }
};

/// Told now and then, by one thread at a time, how many persons were done since the last call.
using Progressed = std::function<void(std::uint64_t)>;

/// Rows of single lives, beside the sums.
struct RowSink {
    /// Appends a life's row; called on any thread.
    std::function<void(std::string&, std::uint64_t person, LifeResult const&)> append;
    /// Compresses a shard's rows; called on any thread.
    std::function<std::string(std::string_view)> pack;
    /// Takes each shard's rows, as they are and packed, in order of persons.
    std::function<void(std::string const& text, std::string const& packed)> take;
};

/// The rows of a replicate, one replicate at a time.
using RowsOfReplicate = std::function<RowSink const*(std::uint32_t replicate)>;

/// Runs crowds; the tables of their lanes are made once.
class CrowdRun {
  public:
    /// Everything that the setup refers to outlives it.
    explicit CrowdRun(Setup const& setup) : setup_(setup) {}
    /// People of one replicate. `rows` may be null. Throws input::Interrupted, MoneyOverflow,
    /// BrokenLife.
    [[nodiscard]] Tally run(random::Key key,
                            Crowd const& crowd,
                            Progressed const& progressed,
                            RowSink const* rows = nullptr);

  private:
    Setup setup_;
    /// Null where lanes will not do; nothing until the first run without rows.
    std::optional<std::unique_ptr<lanes::LaneTables const>> tables_;
};

/// One crowd.
[[nodiscard]] Tally run_people(Setup const& setup,
                               random::Key key,
                               Crowd const& crowd,
                               Progressed const& progressed,
                               RowSink const* rows = nullptr);

} // namespace pensim::engine

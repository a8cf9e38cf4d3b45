// Persons reckoned in lanes (engine::BatchRunner), at every width that this machine has, against
// the same persons one by one (engine::LifeRunner): whole tallies, of few persons at a time, so
// that no difference is made good by another one.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sim/data/tables.hpp"
#include "sim/engine/batch_runner.hpp"
#include "sim/engine/parallel_run.hpp"

namespace pensim::test {

/// 4 and 8, as far as this machine has them.
[[nodiscard]] std::vector<int> lane_widths();

class InLanes {
  public:
    /// Everything that `setup` and `areas` refer to outlives it.
    InLanes(engine::Setup const& setup, random::Key key, AreaTable const& areas);

    /// Have the tables been made? (Also where the machine has no lanes.)
    [[nodiscard]] bool possible() const { return tables_ != nullptr; }
    /// The first difference in a crowd, shard by shard: "8 lanes, person 17: GD in 2030, interest:
    /// 5 and 6". Empty if there is none.
    [[nodiscard]] std::string difference(engine::Crowd const& crowd);
    /// Persons of all crowds, and how many of them needed the general way.
    [[nodiscard]] std::int64_t persons() const { return persons_; }
    [[nodiscard]] std::int64_t went_general() const;

  private:
    struct Way {
        Way(engine::Setup const& setup, random::Key key, lanes::LaneTables const& tables, int width)
            : tally(setup.areas, setup.watch), runner(setup, key, tables, tally), lanes(width) {}
        engine::Tally tally;
        engine::BatchRunner runner;
        int lanes;
    };
    void run_general(std::uint64_t first, std::uint64_t end);
    [[nodiscard]] std::string difference(Way& way, std::uint64_t first, std::uint64_t end);
    [[nodiscard]] std::string who_differs(Way& way, std::uint64_t first, std::uint64_t end);

    AreaTable const& areas_;
    std::unique_ptr<lanes::LaneTables const> tables_;
    engine::Tally general_tally_;
    engine::LifeRunner general_;
    std::vector<std::unique_ptr<Way>> ways_;
    std::int64_t persons_ = 0;
};

} // namespace pensim::test

// People run in stretches, on one or more ranks: what was saved is read, the rest is run and saved
// as it is done. The sums and the rows are those of engine::run_people.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/engine/parallel_run.hpp"
#include "sim/engine/stretch.hpp"
#include "sim/ranks/ranks.hpp"
#include "sim/resume/saved_run.hpp"
#include "sim/scenario/simulation.hpp"

namespace pensim::resume {

class PeopleRun {
  public:
    /// `saved` may be null; `progressed` is told of people who are run, on any rank, and not of
    /// those who are only read.
    PeopleRun(scenario::Simulation const& simulation,
              ranks::Ranks& ranks,
              SavedRun* saved,
              engine::Progressed progressed);

    /// The sum over these people at the first rank; elsewhere over some of them. Every rank asks
    /// for the same people in the same order: for all of a replicate, where the run has several.
    /// Their rows, if wanted, are packed by `shard` persons. Throws as engine::run_people, and
    /// input::MachineFault.
    [[nodiscard]] engine::Tally
    run(engine::Stretch const& people, std::uint64_t shard, engine::RowsOfReplicate const& rows);

  private:
    /// People with their sum, and with their rows by first person.
    struct Part {
        engine::Tally tally;
        std::map<std::uint64_t, std::string> rows;
    };
    /// Takes the rows of a stretch, as they are and packed.
    using TakeRows = std::function<void(
        std::uint64_t first, std::string const& text, std::string const& packed)>;
    struct Rows {
        engine::RowSink const* sink = nullptr; ///< null: none are wanted
        TakeRows take;
    };

    [[nodiscard]] engine::Tally empty_tally() const;
    [[nodiscard]] bool split_by_replicates() const;
    [[nodiscard]] engine::Tally run_split(engine::Stretch const& people,
                                          std::uint64_t shard,
                                          engine::RowsOfReplicate const& rows);
    [[nodiscard]] engine::Tally run_by_replicates(engine::Stretch const& people,
                                                  std::uint64_t shard,
                                                  engine::RowsOfReplicate const& rows);
    void run_all(engine::Stretch people, std::uint64_t shard, engine::Tally& sum, Rows const& rows);
    /// Adds a saved stretch to the sum; false when it cannot be read.
    bool take_saved(engine::Stretch const& people, engine::Tally& sum, Rows const& rows);
    void run_stretch(engine::Stretch const& people,
                     std::uint64_t shard,
                     engine::Tally& sum,
                     Rows const& rows);
    [[nodiscard]] std::uint64_t next_stretch(std::uint64_t shard, bool with_rows) const;
    void note_progress(std::uint64_t persons);

    scenario::Simulation const& simulation_;
    engine::CrowdRun crowds_;
    ranks::Ranks& ranks_;
    SavedRun* saved_;
    engine::Progressed progressed_;
    double lives_a_second_ = 0; ///< of the last stretch; 0: none yet
    std::uint64_t untold_ = 0;  ///< persons that the first rank does not know of
    std::chrono::steady_clock::time_point next_told_;
    std::optional<Part> ahead_; ///< the replicate that this rank has run before its turn
};

} // namespace pensim::resume

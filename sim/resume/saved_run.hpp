// What a run has finished, in a folder beside its results, until it is whole: killed at any moment,
// the run goes on from there.
//
// The folder has run.json, which says what is run, and files of finished stretches
// (shard_file.hpp), each written under another name and renamed. Tallies are sums of integers and
// each person's draws have a key of their own, so that it does not matter how a run was cut into
// stretches.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/basis/problem.hpp"
#include "sim/engine/tally.hpp"
#include "sim/resume/shard_file.hpp"

namespace pensim::resume {

/// The folder of what is unfinished of results in `output`.
[[nodiscard]] std::string saved_folder_of(std::string output);

struct SavedRunOptions {
    std::string folder;
    std::string identity;                    ///< JSON: whatever decides the results
    std::chrono::duration<double> every{15}; ///< between files
    int writer = 0;                          ///< of several, each with a number: the rank
};

class SavedRun {
  public:
    /// Nothing is written yet.
    explicit SavedRun(SavedRunOptions options);
    SavedRun(SavedRun const&) = delete;
    SavedRun& operator=(SavedRun const&) = delete;
    ~SavedRun();

    /// Takes up what is there, if anything. Problems: another run in the folder, and what differs;
    /// one that is still at work. Throws input::MachineFault.
    [[nodiscard]] Problems take_up();
    /// Makes the folder now, for several writers. Throws input::MachineFault.
    void open();
    /// What take_up() found, for other writers, who do not look themselves.
    [[nodiscard]] std::string found_text() const;
    void adopt(std::string const& found);
    /// Files that were there but are not as they were written; they are not used.
    [[nodiscard]] std::vector<std::string> const& damaged() const { return damaged_; }
    /// Lives that need not be run again.
    [[nodiscard]] std::uint64_t lives_found() const { return lives_found_; }

    /// The first found stretch that begins inside; those that reach out of it are none.
    [[nodiscard]] std::optional<engine::Stretch> first_inside(engine::Stretch const& people) const;
    /// What was found of it; nothing when its file has changed since.
    [[nodiscard]] std::optional<FinishedStretch> read(engine::Stretch const& people);

    /// Takes finished work, and writes it when it is time. Throws input::MachineFault.
    void add(engine::Stretch const& people, engine::Tally const& tally, std::string rows);
    /// Writes what was added. Throws input::MachineFault.
    void save();
    /// Whether anything stands in the folder.
    [[nodiscard]] bool has_files() const { return has_files_; }
    /// Lives in the folder.
    [[nodiscard]] std::uint64_t lives() const { return lives_found_ + lives_saved_; }
    [[nodiscard]] std::string const& folder() const { return options_.folder; }
    /// The run is whole: the folder goes.
    void remove();

  private:
    using Clock = std::chrono::steady_clock;
    struct Work {
        engine::Stretch people;
        engine::Tally tally;
        std::string rows;
    };
    void lock();
    void expect_own_folder();
    void index_files();
    [[nodiscard]] std::string path(std::string_view name) const;

    SavedRunOptions options_;
    bool has_files_ = false;
    int lock_ = -1; ///< a file descriptor of run.json, locked by the first writer; -1: none
    std::vector<std::string> damaged_;
    std::vector<std::string> files_;
    /// By replicate and first person: how many persons, and in which file.
    std::map<std::pair<std::uint32_t, std::uint64_t>, std::pair<std::uint64_t, std::size_t>> found_;
    std::uint64_t lives_found_ = 0;
    std::uint64_t lives_saved_ = 0;
    std::uint64_t next_number_ = 0;
    std::vector<Work> waiting_;
    std::size_t waiting_bytes_ = 0;
    Clock::time_point next_save_;
    std::size_t read_file_ = SIZE_MAX; ///< whose stretches are these:
    std::vector<FinishedStretch> read_;
};

} // namespace pensim::resume

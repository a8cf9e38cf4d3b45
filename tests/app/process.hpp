// Runs of the program that are stopped, limited or disturbed while they are at work, and what they
// leave.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/app/program.hpp"

namespace pensim::test {

/// The words of a command line, split at blanks.
[[nodiscard]] std::vector<std::string> words_of(std::string_view line);

/// A command at work in a folder. It ends with this object, if not before.
class Process {
  public:
    /// Begins `words`, of which the first is a path; `prepare` is called in the child before.
    Process(TemporaryFolder const& folder,
            std::vector<std::string> words,
            std::function<void()> const& prepare = {});
    Process(Process const&) = delete;
    Process& operator=(Process const&) = delete;
    ~Process();

    [[nodiscard]] int pid() const { return pid_; }
    /// What it has told so far.
    [[nodiscard]] std::string told() const { return content_of(streams_.path("err")); }
    /// Waits for something; false when the command ended before, or after a minute.
    [[nodiscard]] bool runs_until(std::function<bool()> const& happened);
    void send(int signal) const;
    /// Its end, however it comes: 128 and the signal where it was killed, as shells tell it.
    [[nodiscard]] Ran wait();

  private:
    [[nodiscard]] bool has_ended();
    TemporaryFolder streams_;
    int pid_ = 0;
    int status_ = 0;
    bool ended_ = false;
};

/// `pensim ARGUMENTS` at work.
[[nodiscard]] std::vector<std::string> program_words(std::string_view arguments);

/// A manifest without the figures of machine and moment.
[[nodiscard]] std::string manifest_but_clock(std::string const& path);

/// All files of a folder by name, for comparison: of a manifest, what does not tell of the moment.
using Results = std::map<std::string, std::string>;
[[nodiscard]] Results results_in(std::string const& path);

/// Names of files whose bytes differ, or that are in one only; empty if results are equal.
[[nodiscard]] std::string difference_of(Results const& a, Results const& b);

/// Names in a folder, in order; none where there is no such folder.
[[nodiscard]] std::vector<std::string> names_in(std::string const& path);

/// How many files of finished work a run has saved there.
[[nodiscard]] std::size_t shards_in(std::string const& saved_folder);

} // namespace pensim::test

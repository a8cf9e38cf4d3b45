// The processes of one run: ranks of MPI, where the program was built with it and started by
// mpirun; otherwise this process alone, and everything here costs nothing.
//
// All ranks do the same calls in the same order. One thread at a time calls.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace pensim::ranks {

class Ranks {
  public:
    /// Joins the others, once in a program. Throws input::MachineFault.
    Ranks();
    Ranks(Ranks const&) = delete;
    Ranks& operator=(Ranks const&) = delete;
    /// Parts from them in peace.
    ~Ranks(); // NOLINT(performance-trivially-destructible): with MPI it is not

    [[nodiscard]] int rank() const { return rank_; }
    [[nodiscard]] int size() const { return size_; }
    [[nodiscard]] bool alone() const { return size_ == 1; }
    [[nodiscard]] bool first() const { return rank_ == 0; } ///< who speaks, and writes results

    void send(int to, std::string const& text) const;
    [[nodiscard]] std::string receive(int from) const;
    /// What the first rank says, on every rank.
    [[nodiscard]] std::string from_first(std::string text) const;
    /// One text from each rank: `merge` is given those of others, in pairs, so that the first rank
    /// ends up with all; `mine` gives what this rank has so far.
    void reduce(std::function<std::string()> const& mine,
                std::function<void(std::string const&)> const& merge) const;
    /// At the first rank the texts of all, by rank; elsewhere nothing.
    [[nodiscard]] std::vector<std::string> gather(std::string const& mine) const;

    /// Tells the first rank how much was done here; it may be late.
    void tell_progress(std::uint64_t done);
    /// At the first rank: what others have told since the last call.
    [[nodiscard]] std::uint64_t progress_of_others() const;

    /// For a rank that fails: whether all do, within two seconds.
    [[nodiscard]] bool all_arrive() const;
    /// Ends every rank, with this exit status.
    [[noreturn]] void end_all(int status) const;

  private:
    int rank_ = 0;
    int size_ = 1;
};

} // namespace pensim::ranks

// With MPI (version 3, by its C functions).
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <mpi.h>
#include <thread>

#include "sim/input/file.hpp"
#include "sim/ranks/launched.hpp"
#include "sim/ranks/ranks.hpp"

namespace pensim::ranks {

namespace {

enum Tag : int { tag_length = 1, tag_text, tag_progress };

/// Lengths of messages are of type int.
constexpr std::uint64_t piece_max = 1U << 30U;

} // namespace

Ranks::Ranks() {
    if (launched_size() == 1) {
        return;
    }
    int given = MPI_THREAD_SINGLE;
    if (MPI_Init_thread(nullptr, nullptr, MPI_THREAD_SERIALIZED, &given) != MPI_SUCCESS
        || given < MPI_THREAD_SERIALIZED) {
        throw input::MachineFault("MPI cannot be called from several threads in turn; expected "
                                  "an MPI library with MPI_THREAD_SERIALIZED");
    }
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &size_);
}

Ranks::~Ranks() {
    if (alone()) {
        return;
    }
    MPI_Barrier(MPI_COMM_WORLD);
    static_cast<void>(progress_of_others()); // nothing may be left on its way
    MPI_Finalize();
}

void Ranks::send(int to, std::string const& text) const {
    std::uint64_t const length = text.size();
    MPI_Send(&length, 1, MPI_UINT64_T, to, tag_length, MPI_COMM_WORLD);
    for (std::uint64_t at = 0; at < length; at += piece_max) {
        auto const piece = static_cast<int>(std::min(piece_max, length - at));
        MPI_Send(text.data() + at, piece, MPI_BYTE, to, tag_text, MPI_COMM_WORLD);
    }
}

std::string Ranks::receive(int from) const {
    std::uint64_t length = 0;
    MPI_Recv(&length, 1, MPI_UINT64_T, from, tag_length, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    std::string text(length, '\0');
    for (std::uint64_t at = 0; at < length; at += piece_max) {
        auto const piece = static_cast<int>(std::min(piece_max, length - at));
        MPI_Recv(
            text.data() + at, piece, MPI_BYTE, from, tag_text, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    }
    return text;
}

std::string Ranks::from_first(std::string text) const {
    if (alone()) {
        return text;
    }
    for (int step = 1; step < size_; step *= 2) { // whoever has it tells one more
        if (rank_ < step && rank_ + step < size_) {
            send(rank_ + step, text);
        } else if (rank_ >= step && rank_ < 2 * step) {
            text = receive(rank_ - step);
        }
    }
    return text;
}

void Ranks::reduce(std::function<std::string()> const& mine,
                   std::function<void(std::string const&)> const& merge) const {
    for (int step = 1; step < size_; step *= 2) {
        if (rank_ % (2 * step) == step) {
            send(rank_ - step, mine());
            return;
        }
        if (rank_ + step < size_) {
            merge(receive(rank_ + step));
        }
    }
}

std::vector<std::string> Ranks::gather(std::string const& mine) const {
    if (!first()) {
        send(0, mine);
        return {};
    }
    std::vector<std::string> texts{mine};
    for (int other = 1; other < size_; ++other) {
        texts.push_back(receive(other));
    }
    return texts;
}

void Ranks::tell_progress(std::uint64_t done) {
    if (!alone() && !first()) {
        MPI_Send(&done, 1, MPI_UINT64_T, 0, tag_progress, MPI_COMM_WORLD);
    }
}

std::uint64_t Ranks::progress_of_others() const {
    std::uint64_t sum = 0;
    if (alone() || !first()) {
        return sum;
    }
    while (true) {
        int there = 0;
        MPI_Iprobe(MPI_ANY_SOURCE, tag_progress, MPI_COMM_WORLD, &there, MPI_STATUS_IGNORE);
        if (there == 0) {
            return sum;
        }
        std::uint64_t done = 0;
        MPI_Recv(&done,
                 1,
                 MPI_UINT64_T,
                 MPI_ANY_SOURCE,
                 tag_progress,
                 MPI_COMM_WORLD,
                 MPI_STATUS_IGNORE);
        sum += done;
    }
}

bool Ranks::all_arrive() const {
    using namespace std::chrono_literals;
    constexpr int looks = 100;
    int all = alone() ? 1 : 0;
    MPI_Request request = MPI_REQUEST_NULL;
    if (all == 0) {
        MPI_Ibarrier(MPI_COMM_WORLD, &request);
    }
    for (int i = 0; i < looks && all == 0; ++i) {
        MPI_Test(&request, &all, MPI_STATUS_IGNORE);
        std::this_thread::sleep_for(20ms);
    }
    return all != 0;
}

void Ranks::end_all(int status) const {
    if (!alone()) {
        MPI_Abort(MPI_COMM_WORLD, status);
    }
    std::exit(status);
}

} // namespace pensim::ranks

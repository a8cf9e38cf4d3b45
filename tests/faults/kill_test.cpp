// Runs killed at random moments, again and again, until one reaches its end: the results are those
// of a run that was left alone, each time. PENSIM_SEED sets the seed of the moments, PENSIM_KILLS
// how many kills of each kind of run, instead of those below.
#include <chrono>
#include <csignal>
#include <random>
#include <thread>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/app/process.hpp"

namespace pensim::test {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

int setting(char const* name, int otherwise) {
    char const* const text = std::getenv(name);
    return text != nullptr ? std::atoi(text) : otherwise;
}

/// What may be left in the folder of a run that was killed: results not yet, and work that can be
/// taken up.
void check_left(TemporaryFolder const& folder) {
    for (std::string const& name : folder.names()) {
        CAPTURE(name);
        bool const known = name == "out" || name == "out.resume"
                           || (name.starts_with("out.") && name.ends_with(".part"));
        CHECK(known);
    }
}

class Killer {
  public:
    Killer(std::string arguments, int signal) : arguments_(std::move(arguments)), signal_(signal) {
        auto const begin = Clock::now();
        Process whole(folder_, program_words(arguments_ + " -o whole"));
        CHECK(whole.wait().status == 0);
        time_ = Clock::now() - begin;
        expected_ = results_in(folder_.path("whole"));
        fs::remove_all(folder_.path("whole"));
        CHECK(expected_.size() > 10);
    }

    /// Kills runs, each time it comes to that, until one ends; gives how many.
    int until_it_ends(std::mt19937& random) {
        constexpr double first_reach = 0.5; // of a run: its end is out of reach
        constexpr double more_reach = 0.06; // after each kill, however slow the machine is now
        for (int kills = 0;; ++kills) {
            std::uniform_real_distribution<double> moment(0, first_reach + kills * more_reach);
            Process process(folder_, program_words(arguments_ + " --save-every 0 --resume -o out"));
            std::this_thread::sleep_for(moment(random) * time_);
            process.send(signal_);
            Ran const ran = process.wait();
            CAPTURE(ran.err);
            check_left(folder_);
            if (fs::exists(folder_.path("out"))) { // whole, even if it was killed after
                check_whole(ran);
                return kills;
            }
            bool const early = ran.status == 128 + signal_; // before it listens to signals
            CHECK((early || (signal_ != SIGKILL && ran.status == 130)));
        }
    }

  private:
    void check_whole(Ran const& ran) {
        CHECK((ran.status == 0 || ran.status == 128 + signal_));
        CHECK(difference_of(results_in(folder_.path("out")), expected_).empty());
        if (ran.status == 0) {
            CHECK(folder_.names() == std::vector<std::string>{"out"});
        }
        for (std::string const& name : folder_.names()) {
            fs::remove_all(folder_.path(name));
        }
    }

    TemporaryFolder folder_;
    std::string arguments_;
    int signal_;
    std::chrono::duration<double> time_{};
    Results expected_;
};

void kill_often(std::string const& arguments, int signal, int kills) {
    auto const seed = static_cast<unsigned>(setting("PENSIM_SEED", 20191129));
    CAPTURE(seed);
    CAPTURE(arguments);
    std::mt19937 random(seed);
    Killer killer(arguments, signal);
    int done = 0;
    int ends = 0;
    while (done < setting("PENSIM_KILLS", kills)) {
        done += killer.until_it_ends(random);
        ++ends;
    }
    fmt::print("{}: {} kills by signal {}, {} runs that ended, seed {}\n",
               arguments,
               done,
               signal,
               ends,
               seed);
    std::fflush(stdout);
}

} // namespace

TEST_CASE("200 kills at random moments lose nothing and change nothing") {
    kill_often("run hmt --persons 100000 --no-report", SIGKILL, 80);
    kill_often("run hmt --persons 60000 --no-report --microdata", SIGKILL, 60);
    kill_often("run hmt --persons 5000 --replicates 20 --no-report", SIGKILL, 60);
}

TEST_CASE("30 ends by SIGTERM lose nothing and change nothing") {
    kill_often("run hmt --persons 100000 --no-report", SIGTERM, 30);
}

} // namespace pensim::test

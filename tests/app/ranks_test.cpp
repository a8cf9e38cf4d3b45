// Runs on several processes, as mpirun starts them on one machine: their results are those of one.
#include <csignal>
#include <cstdlib>
#include <fstream>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/app/stopped.hpp"

namespace pensim::test {

#ifdef PENSIM_MPIRUN

namespace {

/// On a machine of two cores, in containers too, and quietly.
void allow_many_ranks() {
    ::setenv("OMPI_ALLOW_RUN_AS_ROOT", "1", 1);
    ::setenv("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1", 1);
    ::setenv("OMPI_MCA_rmaps_base_oversubscribe", "1", 1);
    ::setenv("OMPI_MCA_mpi_yield_when_idle", "1", 1);
}

std::vector<std::string> on_ranks(int ranks, std::string const& arguments) {
    auto words = words_of(fmt::format("{} -n {}", PENSIM_MPIRUN, ranks));
    for (std::string const& word : program_words(arguments)) {
        words.push_back(word);
    }
    return words;
}

Ran run_on(TemporaryFolder const& folder, int ranks, std::string const& arguments) {
    return Process(folder, on_ranks(ranks, arguments), allow_many_ranks).wait();
}

/// What one process gives.
Results alone(TemporaryFolder const& folder, std::string const& arguments) {
    CHECK(run(folder, arguments + " -o alone").status == 0);
    Results results = results_in(folder.path("alone"));
    std::filesystem::remove_all(folder.path("alone"));
    return results;
}

/// Ids of processes that another one has started.
std::vector<int> children_of(int pid) {
    std::ifstream file(fmt::format("/proc/{0}/task/{0}/children", pid));
    return {std::istream_iterator<int>(file), {}};
}

/// Kills one of the ranks once something was saved; gives the end of mpirun.
Ran kill_a_rank(TemporaryFolder const& folder, int ranks, std::string const& arguments) {
    constexpr int tries = 20;
    for (int i = 0; i < tries; ++i) {
        Process process(
            folder, on_ranks(ranks, arguments + std::string(slowly) + " -o out"), allow_many_ranks);
        bool const saved =
            process.runs_until([&] { return shards_in(folder.path("out.resume")) > 0; });
        auto const children = children_of(process.pid());
        if (saved && children.size() == static_cast<std::size_t>(ranks)) {
            CHECK(::kill(children.back(), SIGKILL) == 0);
        }
        Ran ran = process.wait();
        if (ran.status != 0) {
            return ran;
        }
        std::filesystem::remove_all(folder.path("out")); // too quick
    }
    FAIL("no rank could be killed");
    return {};
}

} // namespace

TEST_CASE("ranks give the bytes of one process") {
    struct Case {
        int ranks;
        std::string run;
    };
    for (Case const& c : std::vector<Case>{
             {2, "--persons 20000"},
             {3, "--persons 20000 --microdata --threads 2"},
             {4, "--persons 300"},
             {2, "--persons 5000 --replicates 5 --microdata"},
             {4, "--persons 5000 --replicates 3 --microdata"},
             {3, "--persons 3000 --replicates 20 --until contributions.total:4%"},
             {4, "--persons 3000 --replicates 3 --until contributions.total:4%"},
         }) {
        CAPTURE(c.ranks);
        CAPTURE(c.run);
        TemporaryFolder const folder;
        std::string const arguments = "run hmt --no-report " + c.run;
        Results const expected = alone(folder, arguments);
        Ran const ran = run_on(folder, c.ranks, arguments + " -o out");
        CAPTURE(ran.err);
        CHECK(ran.status == 0);
        CHECK(ran.out.starts_with("hmt: "));
        CHECK(ran.out.find("hmt: ", 1) == std::string::npos); // one rank speaks
        CHECK(difference_of(results_in(folder.path("out")), expected).empty());
        CHECK(folder.names() == std::vector<std::string>{"out"});
    }
}

TEST_CASE("a rank that is killed ends the run; it goes on with another number of ranks, or alone") {
    for (std::string const more : {" --microdata", " --replicates 5"}) {
        CAPTURE(more);
        TemporaryFolder const folder;
        std::string const arguments = long_run() + more;
        Results const expected = alone(folder, arguments);
        CHECK(kill_a_rank(folder, 3, arguments).status != 0);
        CHECK(kill_a_rank(folder, 2, arguments + " --resume").status != 0);
        CHECK_FALSE(std::filesystem::exists(folder.path("out")));
        std::filesystem::copy(folder.path("out.resume"), folder.path("again.resume"));
        Ran const single = run(folder, arguments + " --resume -o again");
        CHECK(single.status == 0);
        CHECK(number_before(single.err, "of ") > 0);
        CHECK(difference_of(results_in(folder.path("again")), expected).empty());
        Ran const four = run_on(folder, 4, arguments + " --resume -o out");
        CAPTURE(four.err);
        CHECK(four.status == 0);
        CHECK(number_before(four.err, "of ") == number_before(single.err, "of "));
        CHECK(difference_of(results_in(folder.path("out")), expected).empty());
        CHECK(folder.names() == std::vector<std::string>{"again", "out"});
    }
}

TEST_CASE("what one process has saved, ranks go on with") {
    TemporaryFolder const folder;
    Results const expected = alone(folder, long_run());
    CHECK(stop(folder, long_run(), "out", SIGINT).status == 130);
    Ran const ran = run_on(folder, 2, long_run() + " --resume -o out");
    CHECK(ran.status == 0);
    CHECK(number_before(ran.err, "of ") > 0);
    CHECK(difference_of(results_in(folder.path("out")), expected).empty());
}

TEST_CASE("wrong input is told by one rank, and nothing is written") {
    TemporaryFolder const folder;
    struct Case {
        std::string arguments;
        std::string told;
    };
    for (Case const& c : std::vector<Case>{
             {"run hmt --until x:1% -o out", "--until: unknown figure \"x\"; expected one of "},
             {"run nothing.json -o out", "nothing.json: cannot be read"},
             {"run hmt --resume", "--resume: needs -o"},
         }) {
        CAPTURE(c.arguments);
        Ran const ran = run_on(folder, 2, c.arguments);
        CAPTURE(ran.err);
        CHECK(ran.status == 2);
        CHECK(ran.out.empty());
        auto const at = ran.err.find(c.told);
        CHECK(at != std::string::npos);
        CHECK(ran.err.find(c.told, at + 1) == std::string::npos);
        CHECK(folder.names().empty());
    }
    Ran const sample = run_on(folder, 2, "sample hmt --persons 3 -o out");
    CHECK(sample.status == 2);
    CHECK(holds(sample.err, "mpirun: is for `pensim run`; other commands run on one machine\n"));
    CHECK(folder.names().empty());
}

// mpirun gives them some time to end, and then kills those that have not.
TEST_CASE("an interrupt of ranks keeps what each of them has finished") {
    TemporaryFolder const folder;
    // Of so many lives that nobody waits for their end.
    std::string const long_one = "run hmt --persons 50000000 --no-report -o out";
    Process process(folder, on_ranks(3, long_one + std::string(slowly)), allow_many_ranks);
    CHECK(process.runs_until([&] { return shards_in(folder.path("out.resume")) >= 4; }));
    process.send(SIGINT);
    Ran const ran = process.wait();
    CAPTURE(ran.err);
    CHECK(ran.status != 0);
    CHECK(holds(ran.err,
                "out.resume: finished lives are kept; the same command with --resume goes on\n"));
    CHECK(folder.names() == std::vector<std::string>{"out.resume"});
}

#else

TEST_CASE("a program that was built without MPI says so when mpirun starts it") {
    TemporaryFolder const folder;
    for (char const* const name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "PMIX_SIZE"}) {
        CAPTURE(name);
        Process process(
            folder, program_words("run hmt --persons 100 -o out"), [&] { ::setenv(name, "2", 1); });
        Ran const ran = process.wait();
        CHECK(ran.status == 3);
        CHECK(ran.err
              == "pensim: started by mpirun, but built without MPI: configure with "
                 "-DPENSIM_MPI=ON\n");
        CHECK(folder.names().empty());
    }
}

#endif

} // namespace pensim::test

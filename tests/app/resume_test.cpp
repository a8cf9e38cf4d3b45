// Runs that are stopped and go on: their results are those of a run that was left alone.
#include <csignal>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/app/stopped.hpp"

namespace pensim::test {

namespace {

/// A run, how it is stopped, and what its second begin says besides --resume.
struct Stopped {
    std::string run;
    int signal = SIGKILL;
    std::string more;
};

/// What a run left alone gives.
Results whole(TemporaryFolder const& folder, std::string const& arguments) {
    Ran const ran = run(folder, arguments + " -o whole");
    CHECK(ran.status == 0);
    Results results = results_in(folder.path("whole"));
    std::filesystem::remove_all(folder.path("whole"));
    return results;
}

std::string resumed(std::string const& run) {
    return run + " --resume";
}

/// After a signal that can be answered: what is kept, and how to go on. Gives the lives kept.
long check_told(Ran const& ran) {
    CAPTURE(ran.err);
    CHECK(ran.status == 130);
    CHECK(ran.out.empty());
    long const kept = number_before(ran.err, "lives are kept");
    CHECK(kept > 0);
    CHECK(without_progress(ran.err).ends_with(fmt::format(
        "out.resume: {} lives are kept; the same command with --resume goes on\ninterrupted\n",
        kept)));
    return kept;
}

} // namespace

TEST_CASE("a stopped run goes on to the results of one left alone, byte for byte") {
    std::string const few = "run hmt --persons 6000 --no-report";
    for (Stopped const& c : std::vector<Stopped>{
             {long_run(), SIGINT, ""},
             {long_run() + " --microdata", SIGTERM, " --threads 3"},
             {few + " --replicates 9", SIGHUP, " --threads 2 --save-every=15"},
             {long_run(), SIGKILL, ""},
             {few + " --replicates 7 --microdata", SIGKILL, " --threads 7 --save-every 86400"},
             {few + " --replicates 30 --until contributions.total:0.5%", SIGKILL, ""},
         }) {
        CAPTURE(c.run);
        CAPTURE(c.signal);
        TemporaryFolder const folder;
        Results const expected = whole(folder, c.run);
        CHECK(expected.size() == (holds(c.run, "--microdata") ? 17 : 16));
        Ran const ran = stop(folder, c.run, "out", c.signal);
        long const kept = c.signal == SIGKILL ? -1 : check_told(ran);
        CHECK((c.signal != SIGKILL || ran.status == 128 + SIGKILL));
        CHECK_FALSE(std::filesystem::exists(folder.path("out")));
        Ran const second = run(folder, resumed(c.run) + c.more + " -o out");
        CAPTURE(second.err);
        CHECK(second.status == 0);
        long const found = number_before(second.err, "of ");
        CHECK(found > 0);
        CHECK((kept < 0 || found == kept));
        CHECK(difference_of(results_in(folder.path("out")), expected).empty());
        CHECK(folder.names() == std::vector<std::string>{"out"}); // nothing else is left
    }
}

TEST_CASE("a run may be stopped as often as one likes") {
    TemporaryFolder const folder;
    Results const expected = whole(folder, long_run());
    long before = 0;
    CHECK(check_told(stop(folder, long_run(), "out", SIGINT)) > 0);
    for (int const signal : {SIGTERM, SIGKILL, SIGINT}) {
        CAPTURE(signal);
        Ran const ran = stop(folder, resumed(long_run()), "out", signal);
        long const found = number_before(ran.err, "of ");
        CHECK(found > before);
        before = found;
    }
    Ran const last = run(folder, resumed(long_run()) + " -o out/");
    CHECK(last.status == 0);
    CHECK(number_before(last.err, "of ") > before);
    CHECK(difference_of(results_in(folder.path("out")), expected).empty());
    CHECK(folder.names() == std::vector<std::string>{"out"});
}

TEST_CASE("the report of a resumed run does not tell that it was stopped") {
    TemporaryFolder const folder;
    std::string const with_report = replaced(long_run(), " --no-report", "");
    Results expected = whole(folder, with_report);
    CHECK(stop(folder, with_report, "out", SIGKILL).status == 128 + SIGKILL);
    CHECK(run(folder, resumed(with_report) + " -o out").status == 0);
    Results results = results_in(folder.path("out"));
    CHECK(results.size() == 18);
    for (Results* const made : {&results, &expected}) { // they have the time of day in them
        CHECK(made->erase("report.html") == 1);
        CHECK(made->erase("results.xlsx") == 1);
    }
    CHECK(difference_of(results, expected).empty());
    CHECK(run(folder, "verify out").status == 0);
}

TEST_CASE("--resume where nothing was saved begins at the beginning") {
    TemporaryFolder const folder;
    std::string const tiny = "run hmt --persons 500 --no-report";
    Results const expected = whole(folder, tiny);
    Ran const first = run(folder, tiny + " --resume -o out");
    CHECK(first.status == 0);
    CHECK(first.err == "out.resume: 0 of 500 lives were run before\n");
    CHECK(difference_of(results_in(folder.path("out")), expected).empty());
    // Killed between its first two steps: the folder is there, and empty.
    std::filesystem::create_directory(folder.path("again.resume"));
    CHECK(run(folder, tiny + " --resume -o again").status == 0);
    CHECK(difference_of(results_in(folder.path("again")), expected).empty());
    CHECK(folder.names() == std::vector<std::string>{"again", "out"});
    // Results are there: they are not written over.
    Ran const done = run(folder, tiny + " --resume -o out");
    CHECK(done.status == 2);
    CHECK(done.err == "out: exists; expected the name of a new folder\n");
    Ran const homeless = run(folder, tiny + " --resume");
    CHECK(homeless.status == 2);
    CHECK(homeless.err == "--resume: needs -o, the folder that the run was to write\n");
    CHECK(homeless.out.empty());
}

TEST_CASE("a run under nohup outlives its terminal") {
    TemporaryFolder const folder;
    Results const expected = whole(folder, long_run());
    Process process(folder, program_words(long_run() + std::string(slowly) + " -o out"), [] {
        std::signal(SIGHUP, SIG_IGN);
    });
    bool const at_work =
        process.runs_until([&] { return shards_in(folder.path("out.resume")) > 0; });
    CHECK(at_work);
    process.send(SIGHUP);
    CHECK(process.wait().status == 0);
    CHECK(difference_of(results_in(folder.path("out")), expected).empty());
}

} // namespace pensim::test

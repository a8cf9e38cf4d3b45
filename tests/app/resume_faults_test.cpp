// What keeps a run from going on, or should not: other runs, damaged files, folders that go away.
#include <chrono>
#include <csignal>
#include <linux/capability.h>
#include <memory>
#include <random>
#include <sys/prctl.h>
#include <thread>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/app/stopped.hpp"

namespace pensim::test {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view goes_on = "the same command with --resume goes on\n";

/// A run of people in a folder, in `out`, and what it gives when it is left alone.
struct Watched {
    explicit Watched(std::string words = long_run()) : arguments(std::move(words)) {
        CHECK(run(folder, arguments + " -o whole").status == 0);
        expected = results_in(folder.path("whole"));
        fs::remove_all(folder.path("whole"));
    }
    [[nodiscard]] std::string saved(std::string const& file) const {
        return folder.path("out.resume/" + file);
    }
    /// Stops it for good, with some of its work saved.
    void kill() const { CHECK(stop(folder, arguments, "out", SIGKILL).status == 128 + SIGKILL); }
    /// At work, and held there with some of its work saved, until it is sent SIGCONT.
    [[nodiscard]] std::unique_ptr<Process> hold(std::function<void()> const& prepare = {}) const {
        auto process = std::make_unique<Process>(
            folder, program_words(arguments + std::string(slowly) + " -o out"), prepare);
        REQUIRE(process->runs_until([&] { return shards_in(saved("")) > 0; }));
        process->send(SIGSTOP);
        return process;
    }
    [[nodiscard]] Ran resume(std::string const& more = "") const {
        return run(folder, arguments + " --resume -o out" + more);
    }
    /// It goes on, and gives what it would have given. Returns what it told.
    std::string check_resumes() const {
        Ran const ran = resume();
        CAPTURE(ran.err);
        CHECK(ran.status == 0);
        CHECK(difference_of(results_in(folder.path("out")), expected).empty());
        CHECK_FALSE(fs::exists(folder.path("out.resume")));
        return ran.err;
    }
    TemporaryFolder folder;
    std::string arguments;
    Results expected;
};

/// Gives up what lets root write anywhere; for a child.
void obey_permissions() {
    ::prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0);
}

void continue_to_end(Process& process, int status) {
    process.send(SIGCONT);
    Ran const ran = process.wait();
    CAPTURE(ran.err);
    CHECK(ran.status == status);
}

/// Names of shards; there is one at least.
std::vector<std::string> shards_of(Watched const& watched) {
    auto names = names_in(watched.saved(""));
    std::erase_if(names, [](std::string const& name) { return !name.ends_with(".shard"); });
    REQUIRE(!names.empty());
    return names;
}

/// In the way of the i-th try: nothing is left, the end is cut off, or one bit is another.
void damage(std::string& bytes, int i, std::size_t at, int bit) {
    if (i == 0) {
        bytes.clear();
    } else if (i % 3 == 0) {
        bytes.resize(at);
    } else {
        bytes[at] = static_cast<char>(bytes[at] ^ bit);
    }
}

} // namespace

TEST_CASE("another run than the saved one is refused, and what differs is told") {
    Watched const watched(long_run() + " --replicates 2 --rules practice");
    watched.kill();
    Results const before = results_in(watched.saved(""));
    struct Change {
        std::string from;
        std::string to;
        std::string told; ///< one of the lines
    };
    for (Change const& c : std::vector<Change>{
             {"--replicates 2", "--replicates 3", "/replicates: saved 2, now 3\n"},
             {"--rules practice", "--rules law", "/rules_id: saved \"practice\", now \"law\"\n"},
             {"--no-report", "--no-report --seed 5", "/seed: saved 20191129, now 5\n"},
             {"run hmt", "run small", "/scenario_id: saved \"hmt\", now \"small\"\n"},
             {"--persons ", "--persons 1", "/persons: saved "},
             {"--no-report", "--microdata", "/microdata: saved false, now true\n"},
             {"--no-report",
              "--until flows.total:1%",
              "/until: saved \"\", now \"flows.total:1%\"\n"},
         }) {
        CAPTURE(c.to);
        Ran const ran =
            run(watched.folder, replaced(watched.arguments, c.from, c.to) + " --resume -o out");
        CAPTURE(ran.err);
        CHECK(ran.status == 2);
        CHECK(ran.out.empty());
        CHECK(holds(ran.err, "out.resume/run.json: " + c.told));
        CHECK(difference_of(results_in(watched.saved("")), before).empty());
        CHECK_FALSE(fs::exists(watched.folder.path("out")));
    }
    Ran const anew = run(watched.folder, watched.arguments + " -o out");
    CHECK(anew.status == 2);
    CHECK(anew.err
          == "out.resume: holds a run that was stopped; --resume goes on with it, or remove it to "
             "begin again\n");
    CHECK(difference_of(results_in(watched.saved("")), before).empty());
    watched.check_resumes();
}

TEST_CASE("a scenario or a rule set that was edited since is another one") {
    TemporaryFolder const folder;
    std::string const scenario = R"({"schema": "pensim/scenario/1", "id": "ours",
        "extends": "hmt", "title": {"en": "Ours", "zh": "我们的"}, "rules": "law+part.json"})";
    std::string const rules = R"({"schema": "pensim/rules/1", "id": "part",
        "title": {"en": "Part", "zh": "甲"}, "parameters": {"place.min_months":
        [{"from": "2027-01", "value": 60, "source": "test"}]}})";
    folder.file("ours.json", scenario);
    folder.file("part.json", rules);
    std::string const ours = replaced(long_run(), "run hmt", "run ours.json");
    CHECK(stop(folder, ours, "out", SIGKILL).status == 128 + SIGKILL);
    folder.file("part.json", replaced(rules, "60", "61"));
    Ran const other_rules = run(folder, ours + " --resume -o out");
    CHECK(other_rules.status == 2);
    CHECK(holds(other_rules.err, "out.resume/run.json: /rules/parameters/place.min_months"));
    folder.file("part.json", rules);
    folder.file("ours.json", replaced(scenario, "Ours", "Mine"));
    Ran const other_title = run(folder, ours + " --resume -o out");
    CHECK(other_title.status == 2);
    CHECK(other_title.err
          == "out.resume/run.json: /scenario/title/en: saved \"Ours\", now \"Mine\"\n");
    folder.file("ours.json", scenario);
    CHECK(run(folder, ours + " --resume -o out").status == 0);
}

TEST_CASE("a damaged shard is found, told of, and what it held is run again") {
    Watched const watched("run hmt --persons 20000 --no-report --microdata");
    watched.kill();
    std::string const copy = watched.folder.path("copy");
    fs::rename(watched.saved(""), copy);
    constexpr unsigned seed = 7;
    std::mt19937 random(seed);
    auto const below = [&](std::size_t end) { return random() % end; };
    for (int i = 0; i < 9; ++i) {
        fs::copy(copy, watched.saved(""));
        auto const shards = shards_of(watched);
        std::string const shard = "out.resume/" + shards[below(shards.size())];
        std::string bytes = content_of(watched.folder.path(shard));
        std::size_t const at = below(bytes.size());
        CAPTURE(i);
        CAPTURE(at);
        damage(bytes, i, at, 1 << below(8));
        watched.folder.file(shard, bytes);
        CHECK(watched.check_resumes().starts_with(
            shard + ": damaged; what it held is run again\nout.resume: "));
        fs::remove_all(watched.folder.path("out"));
    }
    // One that is gone is run again, and one that is there twice counts once.
    fs::copy(copy, watched.saved(""));
    fs::rename(watched.saved(shards_of(watched)[0]), watched.saved("000077-0.shard"));
    fs::copy(watched.saved("000077-0.shard"), watched.saved("000078-3.shard"));
    watched.check_resumes();
}

TEST_CASE("a damaged description of the run refuses, and loses nothing") {
    Watched const watched;
    watched.kill();
    std::string const whole = content_of(watched.saved("run.json"));
    constexpr unsigned seed = 8;
    std::mt19937 random(seed);
    std::string const damaged = "out.resume/run.json: is damaged, so that nobody knows what was "
                                "run; remove its folder\n";
    for (int i = 0; i < 9; ++i) {
        std::string bytes = whole;
        std::size_t const at = random() % bytes.size();
        CAPTURE(i);
        CAPTURE(at);
        damage(bytes, i, at, 1);
        watched.folder.file("out.resume/run.json", bytes);
        Ran const ran = watched.resume();
        CHECK(ran.status == 2);
        CHECK((i % 3 == 0 ? ran.err == damaged : ran.err.starts_with("out.resume/run.json: ")));
    }
    fs::remove(watched.saved("run.json"));
    Ran const gone = watched.resume();
    CHECK(gone.status == 2);
    CHECK(gone.err == "out.resume: is no unfinished run of pensim; remove it\n");
    watched.folder.file("out.resume/run.json", whole);
    watched.check_resumes();
}

TEST_CASE("a run at work is not taken up by another one") {
    Watched const watched;
    auto const process = watched.hold();
    Ran const second = watched.resume();
    CHECK(second.status == 3);
    CHECK(second.err == "pensim: out.resume: another run is at work on it; wait for its end\n");
    continue_to_end(*process, 0);
    CHECK(difference_of(results_in(watched.folder.path("out")), watched.expected).empty());
}

TEST_CASE("a signal that comes twice at once, as timeout(1) sends it, is one") {
    Watched const watched;
    auto const process = watched.hold();
    process->send(SIGINT);
    process->send(SIGCONT);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    process->send(SIGINT);
    Ran const ran = process->wait();
    CAPTURE(ran.err);
    CHECK(ran.status == 130);
    CHECK(holds(ran.err, goes_on));
    watched.check_resumes();
}

TEST_CASE("of two runs to one folder the first to end has it, and the other one keeps its work") {
    Watched const watched(long_run() + " --microdata");
    TemporaryFolder const& folder = watched.folder;
    Process slow(folder, program_words(watched.arguments + " --threads 1 -o out"));
    std::string const part = fmt::format("out.{}.part", slow.pid());
    REQUIRE(slow.runs_until([&] { return fs::exists(folder.path(part + "/people.csv.gz")); }));
    slow.send(SIGSTOP);
    // Nothing is saved so far; what the other one is writing is not taken for a dead one's.
    CHECK(run(folder, "run hmt --persons 500 --no-report --resume -o out").status == 0);
    CHECK(folder.names() == std::vector<std::string>{"out", part});
    Results const first = results_in(folder.path("out"));
    slow.send(SIGCONT);
    Ran const ran = slow.wait();
    CAPTURE(ran.err);
    CHECK(ran.status == 3);
    CHECK(holds(ran.err, goes_on));
    CHECK(holds(ran.err, "pensim: out: cannot be renamed to: "));
    CHECK(difference_of(results_in(folder.path("out")), first).empty());
    fs::remove_all(folder.path("out"));
    watched.check_resumes();
}

TEST_CASE("a run does not save among the files of another one that was quicker") {
    Watched const watched;
    TemporaryFolder const& folder = watched.folder;
    std::string const other = watched.arguments + " --seed 9" + std::string(slowly) + " -o out";
    std::unique_ptr<Process> slow;
    for (bool early = false; !early;) { // held after it has looked, and before it saves
        fs::remove_all(folder.path("out.resume"));
        slow = std::make_unique<Process>(folder, program_words(other));
        std::string const part = folder.path(fmt::format("out.{}.part", slow->pid()));
        REQUIRE(slow->runs_until([&] { return fs::exists(part); }));
        slow->send(SIGSTOP);
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        early = !fs::exists(folder.path("out.resume"));
    }
    auto const quick = watched.hold();
    slow->send(SIGCONT);
    Ran const ran = slow->wait();
    CAPTURE(ran.err);
    CHECK(ran.status == 3);
    CHECK(ran.err
          == "pensim: out.resume: another run has begun to write here; wait for its end, or choose "
             "another name\n");
    continue_to_end(*quick, 0);
    CHECK(difference_of(results_in(folder.path("out")), watched.expected).empty());
}

TEST_CASE("saved work that somebody removes is missed by nobody") {
    Watched const watched;
    auto const process = watched.hold();
    fs::remove_all(watched.saved(""));
    continue_to_end(*process, 0);
    CHECK(difference_of(results_in(watched.folder.path("out")), watched.expected).empty());
    CHECK(watched.folder.names() == std::vector<std::string>{"out"});
}

TEST_CASE("saved work that somebody removes is saved anew from then on") {
    Watched const watched;
    auto const process = watched.hold();
    fs::remove_all(watched.saved(""));
    process->send(SIGCONT);
    CHECK(process->runs_until([&] { return shards_in(watched.saved("")) > 0; }));
    process->send(SIGINT);
    Ran const ran = process->wait();
    CHECK(ran.status == 130);
    long const kept = number_before(ran.err, "lives are kept");
    CHECK(kept > 0);
    CHECK(number_before(watched.check_resumes(), "of ") == kept);
}

TEST_CASE("unfinished results that somebody removes are made again by --resume") {
    Watched const watched(long_run() + " --microdata");
    auto const process = watched.hold();
    fs::remove_all(watched.folder.path(fmt::format("out.{}.part", process->pid())));
    process->send(SIGCONT);
    Ran const ran = process->wait();
    CAPTURE(ran.err);
    CHECK(ran.status == 3);
    CHECK(holds(ran.err, goes_on));
    CHECK(holds(ran.err, ".part/flows.csv: cannot be created: No such file or directory; "));
    std::string const told = watched.check_resumes(); // everybody had been run
    CHECK(number_before(told, "of ") == number_before(told, "lives were run before"));
}

TEST_CASE("a folder that cannot be written stops a run, which goes on when it can be") {
    Watched const watched;
    auto const writable = [&](bool yes) {
        fs::permissions(watched.saved(""),
                        fs::perms::owner_write,
                        yes ? fs::perm_options::add : fs::perm_options::remove);
    };
    auto const process = watched.hold(obey_permissions);
    writable(false);
    process->send(SIGCONT);
    Ran const ran = process->wait();
    writable(true);
    CAPTURE(ran.err);
    CHECK(ran.status == 3);
    CHECK(holds(ran.err, ".shard: cannot be created: Permission denied; choose "));
    CHECK(holds(ran.err, goes_on));
    CHECK(number_before(watched.check_resumes(), "of ")
          == number_before(ran.err, "lives are kept"));
    // From the beginning.
    fs::create_directory(watched.folder.path("locked"));
    fs::permissions(watched.folder.path("locked"), fs::perms::owner_read | fs::perms::owner_exec);
    Process early(
        watched.folder, program_words("run hmt --persons 500 -o locked/out"), obey_permissions);
    Ran const refused = early.wait();
    CHECK(refused.status == 3);
    CHECK(
        refused.err
        == fmt::format("pensim: locked/out.{}.part: cannot be created: Permission denied; choose a "
                       "place that you may write to\n",
                       early.pid()));
}

} // namespace pensim::test

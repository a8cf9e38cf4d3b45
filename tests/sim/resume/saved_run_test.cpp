#include "sim/resume/saved_run.hpp"

#include <filesystem>

#include <doctest/doctest.h>

#include "sim/input/file.hpp"
#include "sim/resume/run_identity.hpp"
#include "sim/resume/tally_bytes.hpp"
#include "tests/sim/support.hpp"

namespace pensim::resume {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;

constexpr std::string_view identity = R"({"seed": 7, "rules": {"id": "law", "months": [1, 2]}})";

SavedRunOptions options(TemporaryFolder const& folder, int writer = 0) {
    return {folder.path("out.resume"), std::string(identity), std::chrono::seconds(0), writer};
}
engine::Tally tally_of_people(std::int64_t people) {
    engine::Tally tally(1, {});
    tally.people = people;
    return tally;
}
std::string told(Problems const& problems) {
    std::string text;
    for (Problem const& problem : problems) {
        text += fs::path(problem.where).filename().string() + " | " + problem.what + '\n';
    }
    return text;
}

TEST_CASE("the folder beside the results") {
    CHECK(saved_folder_of("out") == "out.resume");
    CHECK(saved_folder_of("a/out//") == "a/out.resume");
    CHECK(saved_folder_of("/") == "/.resume");
}

TEST_CASE("what was added is found by the next run, and goes with the end of it") {
    TemporaryFolder const folder;
    {
        SavedRun run(options(folder));
        CHECK(told(run.take_up()).empty());
        CHECK_FALSE(run.has_files());
        CHECK(folder.names().empty()); // nothing is written before there is something
        run.add({2, 0, 10}, tally_of_people(10), "rows");
        run.add({2, 30, 5}, tally_of_people(5), "");
        CHECK(run.lives() == 15);
    }
    SavedRun run(options(folder));
    CHECK(told(run.take_up()).empty());
    CHECK(run.lives_found() == 15);
    CHECK(run.first_inside({2, 0, 100}) == engine::Stretch{2, 0, 10});
    CHECK(run.first_inside({2, 1, 99}) == engine::Stretch{2, 30, 5});
    CHECK(run.first_inside({2, 0, 34}) == engine::Stretch{2, 0, 10});
    CHECK_FALSE(run.first_inside({2, 10, 24}).has_value()); // it reaches out
    CHECK_FALSE(run.first_inside({2, 0, 9}).has_value());
    CHECK_FALSE(run.first_inside({1, 0, 100}).has_value());
    auto const found = run.read({2, 0, 10});
    REQUIRE(found.has_value());
    CHECK(found->rows == "rows");
    CHECK(tally_of(found->tally, 1, {})->people == 10);
    CHECK_FALSE(run.read({2, 0, 9}).has_value());
    run.add({2, 10, 20}, tally_of_people(20), "");
    CHECK(test::TemporaryFolder().names().empty());
    run.remove();
    CHECK(folder.names().empty());
}

TEST_CASE("rows of many lives are found again, however large their file") {
    TemporaryFolder const folder;
    std::string const rows(input::file_bytes_max + 1, 'r'); // more than users may write
    {
        SavedRun run(options(folder));
        run.add({0, 0, 10}, tally_of_people(10), rows);
    }
    SavedRun run(options(folder));
    CHECK(told(run.take_up()).empty());
    CHECK(run.damaged().empty());
    CHECK(run.lives_found() == 10);
    auto const found = run.read({0, 0, 10});
    REQUIRE(found.has_value());
    CHECK((found->rows == rows)); // not shown where they differ
}

TEST_CASE("work waits until it is time, and is there when asked for") {
    TemporaryFolder const folder;
    SavedRunOptions slow = options(folder);
    slow.every = std::chrono::hours(1);
    SavedRun run(slow);
    run.add({0, 0, 10}, tally_of_people(10), "");
    run.add({0, 10, 10}, tally_of_people(10), "");
    CHECK(folder.names().empty());
    run.save();
    run.save(); // nothing new
    CHECK(fs::exists(folder.path("out.resume/000000-0.shard")));
    CHECK_FALSE(fs::exists(folder.path("out.resume/000001-0.shard")));
}

TEST_CASE("a damaged file is told and not used; one cut while it was written is gone") {
    TemporaryFolder const folder;
    {
        SavedRun run(options(folder));
        run.add({0, 0, 10}, tally_of_people(10), "");
        run.add({0, 10, 10}, tally_of_people(10), "");
    }
    std::string const damaged = folder.path("out.resume/000000-0.shard");
    std::string text = test::content_of(damaged);
    text[text.size() / 2] = static_cast<char>(text[text.size() / 2] ^ 4);
    folder.file("out.resume/000000-0.shard", text);
    folder.file("out.resume/000002-0.shard.99.part", "half");
    SavedRun run(options(folder));
    CHECK(told(run.take_up()).empty());
    CHECK(run.damaged() == std::vector<std::string>{damaged});
    CHECK(run.lives_found() == 10);
    CHECK(run.first_inside({0, 0, 20}) == engine::Stretch{0, 10, 10});
    CHECK_FALSE(fs::exists(folder.path("out.resume/000002-0.shard.99.part")));
    run.add({0, 0, 10}, tally_of_people(10), ""); // under a number of its own
    CHECK(fs::exists(folder.path("out.resume/000002-0.shard")));
    SUBCASE("one that changes later is not read") {
        folder.file("out.resume/000001-0.shard", "changed");
        CHECK_FALSE(run.read({0, 10, 10}).has_value());
    }
}

TEST_CASE("another run, one at work, and folders of others are refused") {
    TemporaryFolder const folder;
    {
        SavedRun run(options(folder));
        run.add({0, 0, 10}, tally_of_people(10), "");
        SavedRun second(options(folder));
        CHECK_THROWS_WITH_AS(
            static_cast<void>(second.take_up()),
            (folder.path("out.resume") + ": another run is at work on it; wait for its end")
                .c_str(),
            input::MachineFault);
    }
    SavedRunOptions other = options(folder);
    other.identity = R"({"seed": 8, "rules": {"id": "law", "months": [1, 3]}, "until": "x"})";
    CHECK(told(SavedRun(other).take_up())
          == "seed | saved 7, now 8\n1 | saved 2, now 3\nuntil | saved nothing, now \"x\"\n");
    folder.file("out.resume/run.json", "{");
    CHECK(told(SavedRun(options(folder)).take_up())
          == "run.json | is damaged, so that nobody knows what was run; remove its folder\n");
    fs::remove(folder.path("out.resume/run.json"));
    CHECK(told(SavedRun(options(folder)).take_up())
          == "out.resume | is no unfinished run of pensim; remove it\n");
    CHECK(fs::exists(folder.path("out.resume/000000-0.shard")));
    fs::remove(folder.path("out.resume/000000-0.shard"));
    CHECK(told(SavedRun(options(folder)).take_up()).empty()); // killed before it wrote anything
}

TEST_CASE("several writers: what one has found, all know") {
    TemporaryFolder const folder;
    {
        SavedRun run(options(folder));
        run.add({0, 0, 10}, tally_of_people(10), "");
        run.add({1, 10, 10}, tally_of_people(10), "");
    }
    SavedRun first(options(folder));
    CHECK(told(first.take_up()).empty());
    first.open();
    SavedRun second(options(folder, 1));
    second.adopt(first.found_text());
    CHECK(second.lives_found() == 20);
    CHECK(second.first_inside({1, 0, 20}) == engine::Stretch{1, 10, 10});
    CHECK(second.read({1, 10, 10}).has_value());
    first.add({2, 0, 1}, tally_of_people(1), "");
    second.add({3, 0, 1}, tally_of_people(1), "");
    CHECK(fs::exists(folder.path("out.resume/000002-0.shard")));
    CHECK(fs::exists(folder.path("out.resume/000002-1.shard")));
}

TEST_CASE("a folder that cannot be made or written is a fault of the machine") {
    TemporaryFolder const folder;
    folder.file("file", "");
    SavedRunOptions inside = options(folder);
    inside.folder = folder.path("file/out.resume");
    SavedRun run(inside);
    CHECK_THROWS_AS(run.add({0, 0, 10}, tally_of_people(10), ""), input::MachineFault);
}

TEST_CASE("of many differences ten are told") {
    std::string saved = "{";
    for (int i = 0; i < 30; ++i) {
        saved += (i > 0 ? ", \"" : "\"") + std::to_string(i) + "\": " + std::to_string(i);
    }
    saved += "}";
    Problems const problems = identity_differences("f", saved, "{}");
    REQUIRE(problems.size() == 11);
    CHECK(problems.front() == Problem{"f: /0", "saved 0, now nothing"});
    CHECK(problems.back() == Problem{"f", "and 20 more differences"});
    CHECK(identity_differences("f", "[1]", "[1, 2]") == Problems{{"f: ", "saved [1], now [1, 2]"}});
}

} // namespace
} // namespace pensim::resume
